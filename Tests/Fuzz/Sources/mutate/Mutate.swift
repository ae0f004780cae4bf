import Foundation

/// Judges a million mutated notices (or as many as it is told), lists what was accepted, and fails when a forgery was.
@main
struct Mutate {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) }
        let count = arguments.first.map { $0 ?? 0 } ?? 1_000_000
        let seed = arguments.dropFirst().first.map { $0 ?? 0 } ?? 20_261_121
        guard count > 0, count <= 1_000_000_000 else {
            FileHandle.standardError.write(Data("usage: mutate [COUNT [SEED]]\n".utf8))
            exit(2)
        }
        let subjects = try await Authentic.all()
        let clock = ContinuousClock()
        let start = clock.now
        let run = MutationRun(count: Int(count), seed: seed, over: subjects)
        let time = start.duration(to: clock.now).components.seconds
        print("seed \(seed), \(subjects.count) authentic notices: \(subjects.map(\.name).joined(separator: ", "))")
        print(run.summary)
        print("\(time) s")
        exit(run.forgeries.isEmpty ? 0 : 1)
    }
}
