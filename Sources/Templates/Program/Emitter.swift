/// Writes a checked theme as instructions.
///
/// Each template is written twice: plain, with neighbouring literals as one, and with an instruction at
/// the beginning of each line, for where it is included with indentation.
struct Emitter {
    private(set) var code: [Instruction] = []
    private(set) var sites: [Program.Site] = []
    private(set) var literals: [UInt8] = []
    private(set) var names: [UInt32] = []
    private(set) var units: [Program.Unit]
    private(set) var overrides: [Program.Override] = []
    private(set) var sources: [SourceText]

    private let theme: Theme
    /// Arguments by source and offset, and those still to be written.
    private var argumentUnits: [[Int]: Int] = [:]
    private var waiting: [(unit: Int, content: [Node], scope: Scope)] = []
    private var stringSources: [String: Int] = [:]
    private var namePlaces: [[Key]: Int32] = [:]
    /// No literal before this place may grow: something jumps here.
    private var barrier = 0

    /// What holds for the nodes being written.
    private struct Scope {
        var source: Int
        var escapes: Bool
        /// Whether literals are escaped too: those of strings in an escaping template.
        var escapesLiterals = false
        var isIndented = false
    }

    /// - Parameter theme: without missing strings or strings that hold themselves.
    init(_ theme: Theme) {
        self.theme = theme
        sources = theme.templates.map(\.source)
        units = theme.templates.map { _ in Program.Unit() }
        for (place, template) in theme.templates.enumerated() {
            waiting.append((place, template.nodes, Scope(source: place, escapes: template.escapes)))
        }
        while let (unit, content, scope) = waiting.popLast() {
            emitUnit(unit, content, scope)
        }
    }

    private mutating func emitUnit(_ unit: Int, _ content: [Node], _ scope: Scope) {
        var scope = scope
        let literalsBefore = literals.count
        units[unit].plain = Int32(code.count)
        emitBody(content, scope)
        units[unit].size = Int32(literals.count - literalsBefore)
        scope.isIndented = true
        units[unit].indented = Int32(code.count)
        emitBody(content, scope)
    }

    private mutating func emitBody(_ content: [Node], _ scope: Scope) {
        barrier = code.count
        emit(content, scope)
        append(Instruction(operation: .end), at: 0, scope)
        barrier = code.count
    }

    private mutating func emit(_ nodes: [Node], _ scope: Scope) {
        for node in nodes {
            switch node {
            case .lineStart:
                if scope.isIndented { append(Instruction(operation: .lineStart), at: 0, scope) }
            case .literal(let bytes):
                emitLiteral(bytes, scope)
            case .variable(let name, let escaped):
                emitNamed(escaped && scope.escapes ? .write : .writeRaw, name, scope)
            case .string(let key, let escaped, _):
                emitString(key, escaped: escaped, scope)
            case .section(let name, let content):
                let start = emitNamed(.section, name, scope)
                emitBody(content, scope)
                code[start].c = Int32(code.count)
            case .inverted(let name, let content):
                let start = emitNamed(.inverted, name, scope)
                emit(content, scope)
                code[start].c = Int32(code.count)
                barrier = code.count
            case .partial(let inclusion):
                emitInclusion(inclusion, scope)
            case .parent(let inclusion, let arguments):
                emitParent(inclusion, arguments, scope)
            case .block(let block):
                emitBlock(block, scope)
            }
        }
    }

    private mutating func emitLiteral(_ bytes: [UInt8], _ scope: Scope) {
        let start = literals.count
        if scope.escapesLiterals {
            bytes.withUnsafeBufferPointer { Escape.append($0, to: &literals) }
        } else {
            literals += bytes
        }
        let count = Int32(literals.count - start)
        if let last = code.last, last.operation == .literal, code.count > barrier, Int(last.a + last.b) == start {
            code[code.count - 1].b += count
        } else {
            append(Instruction(operation: .literal, a: Int32(start), b: count), at: 0, scope)
        }
    }

    @discardableResult
    private mutating func emitNamed(_ operation: Instruction.Operation, _ name: Name, _ scope: Scope) -> Int {
        append(Instruction(operation: operation, a: place(of: name), b: Int32(name.parts.count)), at: name.offset, scope)
        return code.count - 1
    }

    /// The string's own tags escape as the template does; its words are escaped unless written with `{{{t.key}}}`.
    private mutating func emitString(_ key: String, escaped: Bool, _ scope: Scope) {
        guard let fragment = theme.strings?[key] else { return }
        var inner = scope
        if let known = stringSources[key] {
            inner.source = known
        } else {
            inner.source = sources.count
            stringSources[key] = sources.count
            sources.append(fragment.source)
        }
        inner.escapesLiterals = escaped && scope.escapes
        emit(fragment.nodes, inner)
    }

    private mutating func emitInclusion(_ inclusion: Inclusion, _ scope: Scope) {
        var instruction: Instruction
        switch inclusion.target {
        case .fixed(let name):
            guard let unit = theme.place(of: name) else { return }
            instruction = Instruction(operation: .include, a: Int32(unit))
        case .dynamic(let name):
            instruction = Instruction(operation: .includeDynamic, a: place(of: name), b: Int32(name.parts.count))
        }
        (instruction.c, instruction.d) = indentation(inclusion.indent)
        append(instruction, at: inclusion.offset, scope)
    }

    private mutating func emitParent(_ inclusion: Inclusion, _ arguments: [Argument], _ scope: Scope) {
        let entries = arguments.map { Program.Override(block: $0.name.id, unit: unit(of: $0, scope)) }
        let start = Int32(overrides.count)
        overrides += entries
        append(Instruction(operation: .arguments, a: start, b: Int32(entries.count)), at: inclusion.offset, scope)
        emitInclusion(inclusion, scope)
        append(Instruction(operation: .endArguments), at: inclusion.offset, scope)
    }

    private mutating func unit(of argument: Argument, _ scope: Scope) -> Int32 {
        let key = [scope.source, argument.offset]
        if let known = argumentUnits[key] { return Int32(known) }
        let unit = units.count
        units.append(Program.Unit())
        argumentUnits[key] = unit
        var inner = scope
        inner.isIndented = false
        waiting.append((unit, argument.content, inner))
        return Int32(unit)
    }

    private mutating func emitBlock(_ block: Block, _ scope: Scope) {
        let start = code.count
        let (c, d) = indentation(block.indent)
        let operation: Instruction.Operation = block.startsLine ? .blockAtLineStart : .block
        append(Instruction(operation: operation, a: Int32(bitPattern: block.name.id), c: c, d: d), at: 0, scope)
        emit(block.content, scope)
        code[start].b = Int32(code.count)
        barrier = code.count
    }

    private mutating func indentation(_ indent: [UInt8]?) -> (start: Int32, count: Int32) {
        guard let indent else { return (0, -1) }
        let start = literals.count
        literals += indent
        return (Int32(start), Int32(indent.count))
    }

    private mutating func place(of name: Name) -> Int32 {
        if let known = namePlaces[name.parts] { return known }
        let place = Int32(names.count)
        names += name.parts.map(\.id)
        namePlaces[name.parts] = place
        return place
    }

    private mutating func append(_ instruction: Instruction, at offset: Int, _ scope: Scope) {
        code.append(instruction)
        sites.append(Program.Site(source: Int32(scope.source), offset: Int32(offset)))
    }
}
