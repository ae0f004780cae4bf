import Testing

@testable import Storefront

@Suite struct ParallelMapTests {
    @Test("Results stand in order for any number of threads", arguments: [1, 2, 3, 16])
    func order(jobs: Int) throws {
        #expect(try parallelMap(1000, jobs: jobs) { $0 * 2 } == Array(0..<1000).map { $0 * 2 })
        #expect(try parallelMap(0, jobs: jobs) { $0 } == [])
    }

    @Test("Of several failures the first in order is thrown", arguments: [1, 2, 4])
    func failures(jobs: Int) {
        for _ in 0..<20 {
            let error = #expect(throws: SiteError.self) {
                try parallelMap(500, jobs: jobs) { (index) throws(SiteError) -> Int in
                    if index % 100 == 37 { throw SiteError(.file, "number \(index)") }
                    return index
                }
            }
            #expect(error?.message == "number 37")
        }
    }
}
