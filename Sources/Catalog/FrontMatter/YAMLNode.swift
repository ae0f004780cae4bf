/// A YAML value in which every scalar is text; it knows where it was written.
struct YAMLNode: Hashable {
    /// Line (from 1, of the whole file) and Unicode scalar in it (from 1).
    struct Mark: Hashable {
        let line: Int
        let scalar: Int
    }

    struct Scalar: Hashable {
        let text: String
        /// Written without quotes.
        let plain: Bool
        let mark: Mark
    }

    struct Field: Hashable {
        let key: Scalar
        let value: YAMLNode
    }

    enum Content: Hashable {
        case scalar(Scalar)
        case list([YAMLNode])
        case fields([Field])
    }

    let mark: Mark
    let content: Content

    var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }

    /// For messages: what it is.
    var shape: String {
        switch content {
        case .scalar: "a text"
        case .list: "a list"
        case .fields: "a set of keys"
        }
    }
}
