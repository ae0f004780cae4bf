/// A promoter's poster: the shop's name, a QR code of the landing page, and its address in letters.
///
/// An SVG without fonts of its own, scripts or references; it holds no sentence, so it needs no
/// translation.
package enum Poster {
    /// - Parameters:
    ///   - url: the absolute address of the landing page.
    ///   - shop: the shop's name.
    ///   - name: the promoter's name, or an empty text.
    /// - Returns: the file, or nil when the address is too long for a QR code.
    package static func svg(url: String, shop: String, name: String) -> [UInt8]? {
        guard let code = QRCode(url) else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(12_000)
        out.append(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"1020\" viewBox=\"0 0 720 1020\" role=\"img\">\n<title>")
        out.append(escaped: shop)
        out.append("</title>\n<rect width=\"720\" height=\"1020\" fill=\"#fff\"/>\n<rect width=\"720\" height=\"16\" fill=\"#111827\"/>\n")
        text(shop, y: 124, size: 52, weight: 700, width: 620, to: &out)
        if !name.isEmpty { text(name, y: 184, size: 30, weight: 400, width: 620, to: &out) }
        // Four squares of quiet zone around the code, as the standard asks.
        let scale = 600_000 / (code.side + 8)
        out.append(
            "<g transform=\"translate(60 240) scale(\(scale / 1000).\(padded(scale % 1000))) translate(4 4)\"><path fill=\"#111827\" d=\"")
        code.path(to: &out)
        out.append("\"/></g>\n")
        text(url, y: 920, size: 26, weight: 400, width: 640, to: &out)
        out.append("</svg>\n")
        return out
    }

    private static func text(_ content: String, y: Int, size: Int, weight: Int, width: Int, to out: inout [UInt8]) {
        // A wide character takes about the size, a narrow one about 0.6 of it; a line that would be
        // longer than the sheet is set smaller.
        let tenths = content.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 10 : 6) }
        let fitting = tenths * size > width * 10 ? max(8, width * 10 / max(1, tenths)) : size
        out.append("<text x=\"360\" y=\"\(y)\" text-anchor=\"middle\" font-family=\"system-ui,sans-serif\" ")
        out.append("font-size=\"\(fitting)\" font-weight=\"\(weight)\" fill=\"#111827\">")
        out.append(escaped: content)
        out.append("</text>\n")
    }

    private static func padded(_ thousandths: Int) -> String {
        let digits = String(thousandths)
        return String(repeating: "0", count: 3 - digits.utf8.count) + digits
    }
}
