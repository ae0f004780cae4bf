import Testing

@testable import Storefront

@Suite struct SlotsTests {
    @Test("A page cut into slots gives each promoter their own, escaped")
    func filled() {
        let promoter = PromoterPage(token: "aaaabbbbccccdddd", name: "<Ann & \"Bob\">", message: "It's good")
        let stand = Slots.stand(for: promoter)
        let page = Array("[\(stand.token)] \(stand.name): \(stand.message) kfslot \(stand.token)".utf8)
        let slots = Slots(page)
        #expect(
            String(decoding: slots.filled(promoter), as: UTF8.self)
                == "[aaaabbbbccccdddd] &lt;Ann &amp; &quot;Bob&quot;&gt;: It&#39;s good kfslot aaaabbbbccccdddd")
    }

    @Test("What a promoter does not say stays empty, so sections about it are left out")
    func empty() {
        let stand = Slots.stand(for: PromoterPage(token: "aaaabbbbccccdddd"))
        #expect(stand.name.isEmpty && stand.message.isEmpty)
        #expect(!stand.token.isEmpty)
    }
}
