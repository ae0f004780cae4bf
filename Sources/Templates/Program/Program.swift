/// A compiled theme: flat tables, no trees, nothing that changes.
final class Program: Sendable {
    /// Where a template or an argument begins in the code: without and with indentation.
    struct Unit {
        var plain: Int32 = 0
        var indented: Int32 = 0
        /// How many bytes of literals it has itself, to size the output by.
        var size: Int32 = 0
    }

    /// What a parent tag puts into the block of a key.
    struct Override {
        let block: UInt32
        let unit: Int32
    }

    /// Where an instruction was written.
    struct Site {
        let source: Int32
        let offset: Int32
    }

    let code: [Instruction]
    /// One for each instruction.
    let sites: [Site]
    let literals: [UInt8]
    /// Key numbers; a dotted name is several in a row.
    let names: [UInt32]
    /// Templates first, by their place in the theme; then arguments.
    let units: [Unit]
    let overrides: [Override]
    let sources: [SourceText]
    private let places: [String: Int]

    init(_ emitter: Emitter, templates: [String]) {
        code = emitter.code
        sites = emitter.sites
        literals = emitter.literals
        names = emitter.names
        units = emitter.units
        overrides = emitter.overrides
        sources = emitter.sources
        places = Dictionary(templates.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func unit(named name: String) -> Int? {
        places[name]
    }

    /// As an include finds it: by its name, or beneath `partials/`.
    func unit(included name: String) -> Int? {
        name.isEmpty ? nil : places[name] ?? places["partials/\(name)"]
    }

    var templateNames: [String] {
        places.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
