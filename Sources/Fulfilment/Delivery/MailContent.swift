package import Catalog

/// All that a mail says, in plain text: lives as long as it takes to render and send it.
package struct MailContent: Sendable {
    package struct Line: Sendable {
        package var title: String
        package var quantity: Int64
        package var keys: [String]
    }

    package struct Order: Sendable {
        package var id: String
        /// The order's page, with its secret.
        package var link: String
        package var amount: Money
        /// Unix seconds.
        package var createdAt: Int64
        package var lines: [Line]
    }

    package struct Promoter: Sendable {
        package var id: String
        /// The referral token.
        package var token: String
        /// The page to share.
        package var shareLink: String
        /// The promoter's own page, with its secret.
        package var pageLink: String
        /// Of level 1.
        package var rate: ExactRate?
    }

    /// The recipient's address.
    package var to: String
    package var language: String
    /// `delivered`, `owed`, `lookup`, `promoter`: the templates `mail/<name>.subject.txt`, `.txt`, `.html`.
    package var template: String
    /// The left side of the Message-ID: the same for every try.
    package var messageID: String
    /// One for `delivered` and `owed`, several for `lookup`, none for `promoter`.
    package var orders: [Order]
    /// nil when the shop has no promoters.
    package var promoter: Promoter?
    /// Unix seconds: when the item was made, so that every try has the same Date.
    package var date: Int64
}

extension MailContent: CustomStringConvertible, CustomReflectable {
    package var description: String { "(a \(template) mail)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
