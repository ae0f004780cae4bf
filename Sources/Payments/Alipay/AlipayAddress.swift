import Catalog

/// Where Alipay's interface is: the real one, its sandbox, or a stand-in of a test.
struct AlipayAddress: Sendable {
    let text: String
    /// Origins that the browser passes on its way to the pay page.
    let origins: [String]

    init(_ account: GatewayAccount) {
        if let base = account.settings["api"]?.text.flatMap(WebAddress.init) {
            text = base.text
            origins = [base.origin]
        } else if account.settings["test_mode"]?.bool == true {
            text = "https://openapi-sandbox.dl.alipaydev.com/gateway.do"
            origins = [
                "https://excashier-sandbox.dl.alipaydev.com", "https://openapi-sandbox.dl.alipaydev.com",
                "https://unitradeadapter-sandbox.dl.alipaydev.com",
            ]
        } else {
            text = "https://openapi.alipay.com/gateway.do"
            origins = [
                "https://excashier.alipay.com", "https://mclient.alipay.com", "https://openapi.alipay.com",
                "https://unitradeadapter.alipay.com",
            ]
        }
    }
}
