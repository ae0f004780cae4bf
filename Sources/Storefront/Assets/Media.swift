import Catalog

/// The pictures and files of products and pages, published under names that say their content.
struct Media: Sendable {
    /// URL from the host's root of files that are linked to, by path relative to the shop folder.
    private let urls: [String: String]
    /// What is shown, by path relative to the shop folder.
    private let pictures: [String: Picture]
    /// What the merchant should know; for people, in English.
    let notes: [String]

    /// What comes of one path: the files to publish, and how pages name them.
    private struct Published {
        var url: String?
        var picture: Picture?
        var offers: [Publication.Offer] = []
        /// Why a picture is published as it is.
        var note: String?
    }

    /// Publishes every file that products, pages and topics refer to.
    ///
    /// Inputs beside the catalogue: each file's content, and the picture tool. Pictures that are shown go through the tool when there is
    /// one, and their originals are then not published; files that are linked to are published as they are.
    ///
    /// - Parameter firstNumber: the publication's number for the first file; the next ``numbers(for:)`` are for these.
    /// - Throws: ``SiteError`` `file` when one cannot be read or staged.
    static func publish(
        _ catalogue: Catalogue, shopFolder: String, base: String, tool: PictureTool, into publication: Publication, firstNumber: Int,
        jobs: Int
    ) throws(SiteError) -> (media: Media, offers: [Publication.Offer]) {
        let wanted = MediaReferences(catalogue, shopFolder: shopFolder)
        let cache = PictureCache(shopFolder: shopFolder, tool: tool)
        let done = try parallelMap(wanted.paths.count, jobs: jobs) { (index) throws(SiteError) in
            try publish(
                wanted.paths[index], wanted, shopFolder: shopFolder, base: base, cache: cache, into: publication,
                firstNumber: firstNumber + index * numbersEach)
        }
        var urls: [String: String] = [:]
        var pictures: [String: Picture] = [:]
        var offers: [String: Publication.Offer] = [:]
        for (path, one) in zip(wanted.paths, done) {
            urls[path] = one.url
            pictures[path] = one.picture
            // Equal files of equal names are one file.
            for offer in one.offers { offers[offer.file.path] = offer }
        }
        var notes = done.compactMap(\.note)
        let plain = pictures.values.count { $0.isRaster && $0.sources.isEmpty }
        if tool.path == nil, plain > 0 {
            notes = [
                "\(plain) picture\(plain == 1 ? " is" : "s are") published as they are, in one size and with what the camera wrote into them: "
                    + "vipsthumbnail is not installed (Debian: apt install libvips-tools)"
            ]
        }
        return (
            Media(urls: urls, pictures: pictures, notes: notes),
            offers.values.sorted { $0.file.path.utf8.lexicographicallyPrecedes($1.file.path.utf8) }
        )
    }

    /// The most files that one path becomes: itself, one for every browser, and each width of two formats.
    private static let numbersEach = 2 + 2 * Renditions.widths.count

    private static func publish(
        _ path: String, _ wanted: MediaReferences, shopFolder: String, base: String, cache: PictureCache, into publication: Publication,
        firstNumber: Int
    ) throws(SiteError) -> Published {
        var done = Published()
        let content = try Files.read("\(shopFolder)/\(path)")
        func offer(_ name: String, _ bytes: [UInt8]) throws(SiteError) -> String {
            let file = Asset.name("media/" + name, bytes)
            done.offers.append(
                try publication.offer(bytes, path: file, kind: .asset, number: firstNumber + done.offers.count))
            return "\(base)/\(file)"
        }
        let name = published(path)
        if wanted.isShown(path), cache.tool.path != nil {
            do throws(SiteError) {
                if let made = try Renditions.make(content, name: stem(name), cache: cache) {
                    let size = ImageSize.read(made.plain.content)
                    var picture = Picture(
                        url: try offer(made.plain.name, made.plain.content), width: size?.width, height: size?.height, isRaster: true)
                    for set in made.sets {
                        var parts: [String] = []
                        for file in set.files { parts.append("\(try offer(file.name, file.content)) \(file.width)w") }
                        picture.sources.append(Picture.Source(type: set.type, set: parts.joined(separator: ", ")))
                    }
                    done.picture = picture
                }
            } catch {
                // One picture that can not be converted does not keep the shop from being published.
                guard error.code == .picture else { throw error }
                done.note = "\(path): published as it is: \(error.message)"
            }
        }
        if wanted.isLinked(path) || done.picture == nil {
            let url = try offer(name, content)
            done.url = url
            if wanted.isShown(path), done.picture == nil {
                let size = ImageSize.read(content)
                let format = PictureFormat(content)
                done.picture = Picture(
                    url: url, width: size?.width, height: size?.height, isRaster: format.map { $0 != .svg && $0 != .avif } ?? false)
            }
        }
        return done
    }

    init(urls: [String: String] = [:], pictures: [String: Picture] = [:], notes: [String] = []) {
        self.urls = urls
        self.pictures = pictures
        self.notes = notes
    }

    /// The URL of a file of the shop folder that is linked to, or nil when it was not published.
    func url(_ path: String) -> String? { urls[path] ?? pictures[path]?.url }

    /// A picture of the shop folder that is shown, or nil when it was not published.
    func picture(_ path: String) -> Picture? { pictures[path] }

    /// The last names of a path in plain characters: `content/products/lamp/cover.svg` → `cover.svg`.
    private static func published(_ path: String) -> String {
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
        let plain = name.map { byte -> UInt8 in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): byte
            default: UInt8(ascii: "-")
            }
        }
        return plain.first == UInt8(ascii: ".") ? "file" + String(decoding: plain, as: UTF8.self) : String(decoding: plain, as: UTF8.self)
    }

    /// `cover.svg` → `cover`
    private static func stem(_ name: String) -> String {
        name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }
}
