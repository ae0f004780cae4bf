import ArgumentParser
import Foundation

/// `keyfront doctor`: what stands between this shop and its first sale.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Checks the set-up: files, secrets, gateways, books, mail; says what to do about each fault.",
        discussion: """
            It reads and asks, and changes nothing: the mail server is logged in to and sent no mail, no gateway is called. Each line says \
            what was looked at; ✗ stands for a fault, ? for a doubt. Exits with 1 if there is a fault.
            """)

    @OptionGroup var options: ShopOptions

    func run() async throws {
        var examination = Examination(folder: options.absoluteFolder, environment: ProcessInfo.processInfo.environment)
        let findings = await examination.findings()
        if options.json {
            for finding in findings { try Console.print(json: finding) }
        } else {
            for finding in findings { Console.print(finding.text) }
        }
        if findings.contains(where: { $0.state == .fault }) { throw ExitCode(1) }
    }
}

/// One thing that was looked at.
struct Finding: Encodable {
    enum State: String, Encodable {
        case well, doubt, fault
    }

    let subject: String
    let state: State
    let message: String

    var text: String {
        let mark =
            switch state {
            case .well: "✓"
            case .doubt: "?"
            case .fault: "✗"
            }
        return "\(mark) \(subject): " + message.split(separator: "\n").joined(separator: "\n    ")
    }
}
