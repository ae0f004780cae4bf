extension SignedParameters {
    /// The members of a JSON object as parameters: texts as they are, numbers in their shortest form (as Go and .NET print them
    /// when they sign), null as nothing. What is read from them later is what was signed.
    ///
    /// Throws `malformed_json` for anything else in it: what has parts, or a number beyond reason, is not signed by these gateways.
    init(json bytes: [UInt8]) throws(Refusal) {
        guard let content = try? JSONReader.read(bytes), case .object(let members) = content else {
            throw Refusal(.format, "malformed_json")
        }
        try self.init(members: members)
    }

    /// The same of members that were read before.
    init(members: [JSON.Member]) throws(Refusal) {
        var parameters: [(String, String)] = []
        for member in members {
            guard !member.name.isEmpty else { throw Refusal(.format, "malformed_json") }
            switch member.value {
            case .null: continue
            case .text(let text): parameters.append((member.name, text))
            case .number(let text):
                guard let number = PlainNumber.shortest(text) else { throw Refusal(.format, "malformed_json") }
                parameters.append((member.name, number))
            case .bool, .list, .object: throw Refusal(.format, "malformed_json")
            }
        }
        self.init(parameters)
    }
}
