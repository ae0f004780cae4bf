/// The sandbox gateway's page for one order, with its three buttons.
struct PayPage {
    /// The shop's order id.
    let orderID: String
    private let page: Visitor.Page
    private let forms: [PageForm]

    /// - Throws: ``DemoError`` when the page has no button that pays.
    init(_ page: Visitor.Page) throws(DemoError) {
        self.page = page
        forms = PageForm.all(in: page.text)
        guard forms.contains(where: { Self.button("pay", of: $0) != nil }) else {
            throw DemoError("\(page.url) (\(page.status)) is no pay page:\n\(page.text.prefix(2_000))")
        }
        orderID = forms.lazy.compactMap { $0.value("order") }.first ?? ""
    }

    /// Presses `pay`, `decline` or `refund`.
    func press(_ name: String, with visitor: Visitor) async throws {
        for form in forms {
            guard let button = Self.button(name, of: form) else { continue }
            let answer = try await visitor.post(form, at: page.url, pressing: button)
            guard answer.status == 200 else { throw DemoError("the pay page answered «\(name)» with \(answer.status)") }
            return
        }
        throw DemoError("\(page.url) has no button «\(name)»")
    }

    private static func button(_ value: String, of form: PageForm) -> (name: String, value: String)? {
        form.buttons.first { $0.value == value }
    }
}
