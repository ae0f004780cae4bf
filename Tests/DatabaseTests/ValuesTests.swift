import Testing

@testable import Database

@Suite("Values and statements' text")
struct ValuesTests {
    @Test("A value's description names its type and hides the value")
    func hidden() {
        #expect("\(SQLValue.text("KEY-1"))" == "<TEXT>")
        #expect("\([SQLValue.blob([1]), .null, 7])" == "[<BLOB>, <NULL>, <BIGINT>]")
    }

    @Test("A hint is opened for its own engine and stays a comment for the other")
    func hints() {
        let sql = "SELECT 1 /*+pg FOR UPDATE*/ /*+sqlite LIMIT 1*/"
        #expect(Dialect.sqlite.text(sql) == "SELECT 1 /*+pg FOR UPDATE*/ LIMIT 1")
        #expect(Dialect.pg.text(sql) == "SELECT 1 FOR UPDATE /*+sqlite LIMIT 1*/")
    }
}
