/// The code that a buyer scans to pay, for pages that the daemon renders.
package enum PaymentCode {
    /// A QR code as one SVG element: black on white with the quiet zone of four squares that the standard asks for, whatever the page's
    /// colours. No style in it, so that the strictest policy shows it.
    /// - Returns: nil when the text is empty or too long for a code.
    package static func svg(_ text: String) -> [UInt8]? {
        guard let code = QRCode(text) else { return nil }
        let side = code.side + 8
        var out = Array("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-4 -4 \(side) \(side)\" width=\"264\" height=\"264\"".utf8)
        out += Array(" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"QR\">".utf8)
        out += Array("<rect x=\"-4\" y=\"-4\" width=\"\(side)\" height=\"\(side)\" fill=\"#fff\"/><path fill=\"#000\" d=\"".utf8)
        code.path(to: &out)
        out += Array("\"/></svg>".utf8)
        return out
    }
}
