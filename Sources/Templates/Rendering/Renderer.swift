/// Runs the instructions of a program over a value.
struct Renderer {
    /// What went wrong, and at which instruction.
    struct Fault: Error {
        let code: TemplateError.Code
        let place: Int
        let name: String
        var known: [String] = []
    }

    /// How deep templates and blocks may stand in one another while rendering.
    static let depthLimit = 128
    /// How deep these and sections may together: it bounds the thread's stack.
    static let levelLimit = 512

    private let program: Program
    private let strict: Bool
    private var output: [UInt8]
    private var stack: [Value]
    /// Arguments in force, the outermost parent's first.
    private var frames: [Range<Int>] = []
    private var indent: [UInt8] = []
    /// Whether the next line start is within a line of the output already.
    private var isWithinLine = false
    private var depth = 0
    private var level = 0

    static func render(_ program: Program, unit: Int, _ value: Value, strict: Bool, into output: inout [UInt8]) throws(Fault) {
        var renderer = Renderer(program: program, strict: strict, output: [], stack: [value])
        swap(&renderer.output, &output)
        defer { swap(&renderer.output, &output) }
        try renderer.run(Int(program.units[unit].plain))
    }

    private init(program: Program, strict: Bool, output: [UInt8], stack: [Value]) {
        self.program = program
        self.strict = strict
        self.output = output
        self.stack = stack
    }

    /// Runs up to the matching `end`.
    private mutating func run(_ start: Int) throws(Fault) {
        var place = start
        while true {
            let step = program.code[place]
            switch step.operation {
            case .literal:
                append(literal: step.a, step.b)
            case .lineStart:
                if isWithinLine { isWithinLine = false } else { output += indent }
            case .write, .writeRaw:
                try write(step, at: place)
            case .section:
                try section(step, at: place)
                place = Int(step.c)
                continue
            case .inverted:
                if try lookup(step, at: place)?.isTrue ?? false {
                    place = Int(step.c)
                    continue
                }
            case .end:
                return
            case .include:
                try include(Int(step.a), step, at: place)
            case .includeDynamic:
                try includeDynamic(step, at: place)
            case .arguments:
                frames.append(Int(step.a)..<Int(step.a + step.b))
            case .endArguments:
                frames.removeLast()
            case .block, .blockAtLineStart:
                if let unit = override(of: UInt32(bitPattern: step.a)) {
                    try replace(step, with: unit, at: place)
                    place = Int(step.b)
                    continue
                }
            }
            place += 1
        }
    }

    private mutating func append(literal start: Int32, _ count: Int32) {
        program.literals.withUnsafeBufferPointer { literals in
            output.append(contentsOf: UnsafeBufferPointer(rebasing: literals[Int(start)..<Int(start + count)]))
        }
    }
}

// MARK: Names

extension Renderer {
    /// The value of a name: the innermost record that has its first part, then down the others. Beneath
    /// `null` everything is `null`.
    private func lookup(_ step: Instruction, at place: Int) throws(Fault) -> Value? {
        let count = Int(step.b)
        guard count > 0 else { return stack[stack.count - 1] }
        let start = Int(step.a)
        let first = program.names[start]
        var index = stack.count - 1
        while index >= 0 {
            if case .record(let record) = stack[index], let found = record.value(of: first) {
                if count == 1 { return found }
                if let value = descend(from: found, start + 1..<start + count) { return value }
                break
            }
            index -= 1
        }
        if strict { throw unknownName(step, at: place) }
        return nil
    }

    private func descend(from value: Value, _ parts: Range<Int>) -> Value? {
        var value = value
        for part in parts {
            switch value {
            case .record(let record):
                guard let next = record.value(of: program.names[part]) else { return nil }
                value = next
            case .null: return .null
            default: return nil
            }
        }
        return value
    }

    private func unknownName(_ step: Instruction, at place: Int) -> Fault {
        let known = stack.flatMap { if case .record(let record) = $0 { record.names } else { [] as [String] } }
        return Fault(code: .unknownName, place: place, name: name(step), known: known)
    }

    private func name(_ step: Instruction) -> String {
        step.b == 0 ? "." : program.names[Int(step.a)..<Int(step.a + step.b)].map { Key(id: $0).name }.joined(separator: ".")
    }

    private mutating func write(_ step: Instruction, at place: Int) throws(Fault) {
        switch try lookup(step, at: place) {
        case .text(let text), .number(let text):
            let escaped = step.operation == .write
            let written: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
                if escaped { Escape.append(bytes, to: &output) } else { output.append(contentsOf: bytes) }
            }
            if written == nil { appendCopy(of: text, escaped: escaped) }
        case .html(let bytes): output += bytes
        case .bool(let flag): output += flag ? "true".utf8 : "false".utf8
        case .list, .record:
            if strict { throw Fault(code: .notText, place: place, name: name(step)) }
        case .null, nil: return
        }
    }

    /// For strings that keep their bytes elsewhere.
    private mutating func appendCopy(of text: String, escaped: Bool) {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            if escaped { Escape.append(bytes, to: &output) } else { output.append(contentsOf: bytes) }
        }
    }

    private mutating func section(_ step: Instruction, at place: Int) throws(Fault) {
        guard let value = try lookup(step, at: place), value.isTrue else { return }
        guard level < Self.levelLimit else { throw Fault(code: .tooDeep, place: place, name: "") }
        level += 1
        defer { level -= 1 }
        if case .list(let items) = value {
            for item in items {
                stack.append(item)
                try run(place + 1)
                stack.removeLast()
            }
        } else {
            stack.append(value)
            try run(place + 1)
            stack.removeLast()
        }
    }
}

// MARK: Templates in templates

extension Renderer {
    private mutating func include(_ unit: Int, _ step: Instruction, at place: Int) throws(Fault) {
        if step.d < 0 {
            var outer: [UInt8] = []
            swap(&outer, &indent)
            try call(unit, at: place)
            swap(&outer, &indent)
        } else {
            try callIndented(unit, step, at: place)
        }
    }

    private mutating func includeDynamic(_ step: Instruction, at place: Int) throws(Fault) {
        let name: String
        switch try lookup(step, at: place) {
        case .text(let text), .number(let text): name = text
        case .null, nil: return
        default:
            if strict { throw Fault(code: .notText, place: place, name: self.name(step)) }
            return
        }
        if let unit = program.unit(included: name) {
            try include(unit, step, at: place)
        } else if strict {
            throw Fault(code: .missingPartial, place: place, name: name, known: program.templateNames)
        }
    }

    /// The outermost parent's argument for a block counts.
    private func override(of block: UInt32) -> Int? {
        for frame in frames {
            for place in frame where program.overrides[place].block == block {
                return Int(program.overrides[place].unit)
            }
        }
        return nil
    }

    private mutating func replace(_ step: Instruction, with unit: Int, at place: Int) throws(Fault) {
        if step.operation == .block { isWithinLine = true }
        try callIndented(unit, step, at: place)
        isWithinLine = false
    }

    private mutating func callIndented(_ unit: Int, _ step: Instruction, at place: Int) throws(Fault) {
        let before = indent.count
        indent += program.literals[Int(step.c)..<Int(step.c + step.d)]
        try call(unit, at: place)
        indent.removeLast(indent.count - before)
    }

    private mutating func call(_ unit: Int, at place: Int) throws(Fault) {
        guard depth < Self.depthLimit else { throw Fault(code: .recursion, place: place, name: "") }
        guard level < Self.levelLimit else { throw Fault(code: .tooDeep, place: place, name: "") }
        depth += 1
        level += 1
        let entry = program.units[unit]
        try run(Int(indent.isEmpty ? entry.plain : entry.indented))
        depth -= 1
        level -= 1
    }
}
