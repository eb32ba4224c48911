import Foundation
import HealthCodeKit
import TestSupport

/// Reads a file of tests/vectors.
func read<T: Decodable>(_ type: T.Type, _ name: String) throws -> T {
    try JSONDecoder().decode(type, from: Data(contentsOf: projectRoot.appendingPathComponent("tests/vectors/\(name)")))
}

/// JSON whose numbers and truth values cannot be taken for one another.
enum Json: Codable, Equatable, Sendable {
    case null
    case truth(Bool)
    case number(Decimal)
    case text(String)
    case list([Json])
    case object([String: Json])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let truth = try? value.decode(Bool.self) {
            self = .truth(truth)
        } else if let number = try? value.decode(Decimal.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([Json].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: Json].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .truth(let truth): try value.encode(truth)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        case .object(let object): try value.encode(object)
        }
    }

    static func reading(_ text: String) throws -> Json { try JSONDecoder().decode(Json.self, from: Data(text.utf8)) }

    func written() throws -> String { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }

    subscript(key: String) -> Json? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    var string: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var elements: [Json]? {
        if case .list(let list) = self { list } else { nil }
    }
}

/// What the vectors' regions have published.
struct Published {
    private struct Content: Decodable {
        let rootKey: String
        let trustBundles: [String: String]
        let statusLists: [String: String]
    }

    private let content: Content

    init() throws { content = try read(Content.self, "code/published.json") }

    var rootKey: Data { unhex(content.rootKey) }

    func trust(_ name: String) throws -> Data { try named(name, content.trustBundles) }

    func list(_ name: String) throws -> Data { try named(name, content.statusLists) }

    private func named(_ name: String, _ bundles: [String: String]) throws -> Data {
        guard let bundle = bundles[name] else { throw SetUpFailure("nothing is published as \(name)") }
        return unhex(bundle)
    }
}

/// A vector of code/{valid,invalid,edge}.json.
struct CodeVector: Decodable {
    struct Shown: Decodable {
        let text: String
        let at: Int64
    }

    let name: String
    let text: String
    let at: Int64
    let trust: String
    let statusLists: [String]
    let place: String?
    let localDivision: UInt32?
    let shownBefore: [Shown]
    let seenElsewhere: String?
    let expect: Expectation
}

/// A vector of code/bundles.json.
struct BundleVector: Decodable {
    struct Content: Decodable {
        let version: UInt64?
        let divisions: [UInt32]?
        let until: Int64?
        let payload: String?
        let division: UInt32?
    }

    let name: String
    let kind: String
    let bytes: String
    let at: Int64
    let lowest: Int64
    let trust: String
    let expect: String
    let content: Content?
}

/// Every field of a verdict, as vectors write them.
struct Expectation: Decodable, Equatable {
    var accepted: Bool
    var reason: String
    var colour, localColour, mappingRule, healthReason, maskedName, documentTail: String?
    var assurance, subjectKind, scheme: String?
    var regionName: [String: String]?
    var region: UInt32?
    var ruleSetVersion: UInt16?
    var credentialExpiresAt, presentationAgeSecs, statusAgeSecs: Int64?
    var trustAgeSecs: Int64
    var statusChecked: Bool

    init(_ verdict: Verdict) {
        accepted = verdict.accepted
        reason = verdict.reason
        colour = verdict.colour.map { "\($0)" }
        localColour = verdict.localColour.map { "\($0)" }
        mappingRule = verdict.mappingRule
        healthReason = verdict.healthReason
        maskedName = verdict.maskedName
        documentTail = verdict.documentTail
        assurance = verdict.assurance.map { "\($0)" }
        subjectKind = verdict.subjectKind.map { $0 == .myself ? "self" : "\($0)" }
        scheme = verdict.scheme.map { "\($0)" }
        regionName = verdict.regionName
        region = verdict.region
        ruleSetVersion = verdict.ruleSetVersion
        credentialExpiresAt = verdict.credentialExpiresAt
        presentationAgeSecs = verdict.presentationAgeSecs
        statusAgeSecs = verdict.statusAgeSecs
        trustAgeSecs = verdict.trustAgeSecs
        statusChecked = verdict.statusChecked
    }
}
