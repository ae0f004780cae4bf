/// The sources as bytes.
extension ContentSources {
    package func write(to out: inout FactsWriter) {
        out.write(fixed: settings)
        out.write(isClean)
        out.write(others, Self.encode)
        out.write(folders, Self.encode)
        out.write(products) { out, unit in
            out.write(unit.content.slug)
            out.write(unit.content.path)
            out.write(unit.content.translations) { out, translation in
                out.write(translation.language)
                out.write(translation.path)
            }
            out.write(unit.sources, Self.encode)
            out.write(fixed: unit.digest)
            out.write(unit.facts)
            out.write(fixed: unit.factsDigest)
        }
    }

    package init(from input: inout FactsReader) throws(FactsReader.Damage) {
        settings = try input.fixed()
        isClean = try input.flag()
        others = try input.list(Self.decode)
        folders = try input.list(Self.decode)
        products = try input.list { input throws(FactsReader.Damage) in
            let slug = try input.text()
            let path = try input.text()
            let translations = try input.list { input throws(FactsReader.Damage) in
                ContentUnit.Translation(language: try input.text(), path: try input.text())
            }
            return Unit(
                content: ContentUnit(slug: slug, path: path, translations: translations), sources: try input.list(Self.decode),
                digest: try input.fixed(), facts: try input.block(), factsDigest: try input.fixed())
        }
    }

    private static func encode(_ out: inout FactsWriter, _ source: Source) {
        out.write(source.path)
        out.write(source.stamp.device)
        out.write(fixed: source.stamp.inode)
        out.write(Int(source.stamp.size))
        out.write(fixed: UInt64(bitPattern: source.stamp.modified))
        out.write(fixed: UInt64(bitPattern: source.stamp.changed))
    }

    private static func decode(_ input: inout FactsReader) throws(FactsReader.Damage) -> Source {
        let path = try input.text()
        let device = try input.number()
        let inode = try input.fixed()
        let size = Int64(try input.int())
        let modified = Int64(bitPattern: try input.fixed())
        return Source(
            path: path,
            stamp: FileStamp(
                device: device, inode: inode, size: size, modified: modified, changed: Int64(bitPattern: try input.fixed())))
    }
}
