import Yams

extension YAMLReader {
    /// Says in a merchant's words, at the right place, what libyaml complained about.
    func report(_ error: any Error, _ yaml: String) {
        guard let error = error as? YamlError else {
            return report.error(YAMLNode.Mark(line: lineOffset + 1, scalar: 1), "cannot be read as YAML")
        }
        switch error {
        case .scanner(let context, let problem, let place, _), .parser(let context, let problem, let place, _):
            syntax(problem, at: mark(place), context.map { (text: $0.text, mark: mark($0.mark)) })
        case .composer(_, let problem, let place, _):
            if problem.contains("alias") {
                report.error(mark(place), "anchors and aliases are not read", hint: "put the value in quotes if it begins with “*”")
            } else {
                report.error(mark(place), "a second document begins here", hint: "one file holds one YAML document")
            }
        case .duplicatedKeysInMapping(let duplicates, let context):
            repeated(duplicates.first ?? "", first: mark(context.mark))
        case .reader(_, let offset, _, _):
            let characters = yaml.prefix(offset ?? 0)
            let base = report.source.starts[min(lineOffset, report.source.starts.count - 1)]
            report.error(report.source.location(offset: base + characters.utf8.count), "a character that YAML does not allow")
        default:
            report.error(YAMLNode.Mark(line: lineOffset + 1, scalar: 1), "cannot be read as YAML")
        }
    }

    private func syntax(_ problem: String, at place: YAMLNode.Mark, _ context: (text: String, mark: YAMLNode.Mark)?) {
        let quotes = "put the value in quotes"
        switch problem {
        case "mapping values are not allowed in this context":
            report.error(place, "unexpected “:”", hint: "put the value in quotes if it holds a colon; check the indentation")
        case "found character that cannot start any token":
            let character = character(at: place)
            if character == "\t" {
                report.error(place, "a tab cannot indent", hint: "use spaces")
            } else {
                report.error(place, "a value cannot begin with “\(character)”", hint: quotes)
            }
        case "found unexpected end of stream" where context?.text.contains("quoted") == true:
            report.error(context?.mark ?? place, "this quote is not closed")
        case "could not find expected ':'":
            report.error(context?.mark ?? place, "“:” is missing after the key", hint: "write “key: value”, with a space after the colon")
        case "did not find expected ',' or ']'":
            report.error(context?.mark ?? place, "this list is not closed", hint: "separate with “,” and end with “]”")
        case "did not find expected ',' or '}'":
            report.error(context?.mark ?? place, "these braces are not closed", hint: "separate with “,” and end with “}”")
        case "did not find expected key", "did not find expected '-' indicator":
            report.error(place, "this line does not fit what stands before it", hint: "check its indentation and quotes")
        case "did not find expected <document start>":
            report.error(place, "this does not belong to the document", hint: "check its indentation")
        default:
            report.error(place, problem)
        }
    }

    private func character(at place: YAMLNode.Mark) -> String {
        let line = report.source.content(place.line).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let location = report.location(place)
        return line.dropFirst(location.column - 1).first.map { String($0) } ?? ""
    }

    /// libyaml says where the key stands first; the second place is the one to mend.
    private func repeated(_ key: String, first: YAMLNode.Mark) {
        var place = first
        let indent = first.scalar - 1
        for number in (first.line + 1)...max(first.line + 1, report.source.lineCount) {
            guard let content = report.source.content(number) else { break }
            let line = String(decoding: content, as: UTF8.self).unicodeScalars
            guard line.prefix(indent).allSatisfy({ $0 == " " || $0 == "-" }) else { continue }
            let rest = String(String.UnicodeScalarView(line.dropFirst(indent)))
            if [key, "\"\(key)\"", "'\(key)'"].contains(where: { rest.hasPrefix($0 + ":") || rest.hasPrefix($0 + " :") }) {
                place = YAMLNode.Mark(line: number, scalar: first.scalar)
                break
            }
        }
        report.error(place, "“\(key)” stands here twice", hint: "it is first at line \(first.line)")
    }
}
