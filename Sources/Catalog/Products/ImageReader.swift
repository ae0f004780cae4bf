/// `images:` → pictures that exist, with what to say in their place.
struct ImageReader {
    let report: Report
    let folder: ShopFolder
    /// The folder of the product's file.
    let base: String

    /// The pictures; `text` is nil where nothing was written.
    func read(_ fields: Fields) -> [(image: Image, text: String?)] {
        let texts = fields.texts("image_texts", single: true)
        let items = fields.texts("images", single: true)
        if texts.count > items.count { report.error(texts[items.count].mark, "there are only \(items.count) images") }
        return items.enumerated().compactMap { index, item in
            image(item).map { ($0, index < texts.count ? texts[index].text : nil) }
        }
    }

    private func image(_ item: YAMLNode.Scalar) -> Image? {
        switch ContentPath.resolve(item.text, from: base) {
        case .failure(let refusal): report.error(item.mark, refusal)
        case .success(let path):
            do {
                try folder.check(path, inside: "content")
                let size = ImageSize.read(try folder.head(path, ImageSize.headerLength))
                return Image(path: path, width: size?.width, height: size?.height)
            } catch {
                let hint = error == .missing ? "it is looked for at \(path)" : nil
                report.error(item.mark, "“\(item.text)”: \(error.message)", hint: hint)
            }
        }
        return nil
    }
}
