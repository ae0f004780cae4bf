/// A promoter as the static site knows them: the token of their links, and what they say on their page.
package struct PromoterPage: Sendable, Hashable {
    /// 8 to 64 lower-case letters and digits.
    package var token: String
    /// Plain text from anywhere; empty: not said.
    package var name: String
    package var message: String

    package init(token: String, name: String = "", message: String = "") {
        self.token = token
        self.name = name
        self.message = message
    }
}
