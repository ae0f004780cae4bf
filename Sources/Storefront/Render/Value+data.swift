import Catalog
import Templates

extension Value {
    /// A value of `content/data/` as templates see it.
    init(_ data: DataValue) {
        switch data {
        case .text(let text): self = .text(text)
        case .bool(let flag): self = .bool(flag)
        case .null: self = .null
        case .list(let items): self = .list(items.map { Value($0) })
        case .record(let members): self = .record(Record(members.map { (Key($0.name), Value($0.value)) }))
        }
    }
}

extension Digester {
    /// Takes in all of a value, and its shape.
    mutating func add(_ data: DataValue) {
        switch data {
        case .text(let text):
            add(1)
            add(text)
        case .bool(let flag):
            add(2)
            add(flag)
        case .null: add(3)
        case .list(let items):
            add(4)
            add(items.count)
            for item in items { add(item) }
        case .record(let members):
            add(5)
            add(members.count)
            for member in members {
                add(member.name)
                add(member.value)
            }
        }
    }
}
