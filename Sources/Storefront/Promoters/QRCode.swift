import CQREncode

/// A QR code (ISO/IEC 18004) as the squares that are dark.
///
/// The one place that calls libqrencode (its `qrencode.h`: `QRcode_encodeString8bit`; bit 0 of a
/// module's byte says dark).
struct QRCode {
    /// Squares on a side.
    let side: Int
    /// Row after row, `side` × `side`.
    let dark: [Bool]

    /// Encodes a text at error correction level M (15 % may be damaged).
    ///
    /// - Returns: nil when the text is empty or too long for a code.
    init?(_ text: String) {
        guard !text.isEmpty, let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let side = Int(code.pointee.width)
        guard let modules = code.pointee.data else { return nil }
        self.side = side
        dark = (0..<side * side).map { modules[$0] & 1 == 1 }
    }

    /// The dark squares as one SVG path in units of a square, runs of a row joined.
    func path(to out: inout [UInt8]) {
        for row in 0..<side {
            var column = 0
            while column < side {
                guard dark[row * side + column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < side, dark[row * side + column] { column += 1 }
                out.append(UInt8(ascii: "M"))
                out.append(decimal: start)
                out.append(UInt8(ascii: " "))
                out.append(decimal: row)
                out.append(UInt8(ascii: "h"))
                out.append(decimal: column - start)
                out.append("v1h-")
                out.append(decimal: column - start)
                out.append(UInt8(ascii: "z"))
            }
        }
    }
}
