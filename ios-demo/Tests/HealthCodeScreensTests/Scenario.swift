import Foundation
import HealthCodeKit

/// A row of `tests/scenarios/*.json`; the format is in `docs/APPS.md`.
struct Scenario: Decodable {
    let scenario: String
    let about: String
    /// The authority's settings by name.
    let authority: [String: String]?
    let given: [Step]
    let steps: [Step]

    /// Something that happens, and what is on the screen afterwards.
    struct Step: Decodable {
        let `do`: String
        let screen: String?
        let form: String?
        let answers: [String: Answer]?
        let colour: String?
        let reason: String?
        let statement: String?
        let file: String?
        let hours: Double?
        /// Of an appeal: what the picker gives, and what two officers decide.
        let evidence: [String]?
        let outcome: String?
        let strike: String?
        let add: String?
        let en: String?
        let zh: String?
        /// The document that the desk sees, by its number alone or with its kind; and whether the code is typed wrong.
        let document: Answer?
        let mistyped: Bool?
        let birthDate: String?
        /// Whether the code is typed that another phone shows.
        let code: Bool?
        let purpose: String?
        let name: String?
        let days: String?
        let lines: String?
        /// Of a laboratory's report: which, what was done, its version, where, whether it is taken back.
        let id: String?
        let kind: String?
        let version: Int?
        let place: String?
        let withdrawn: Bool?
        let hoursAgo: Double?
        /// What officers decide about a certificate.
        let act: String?
        /// Of the authority's own: settings by name, and when the region ends.
        let settings: [String: String]?
        let inDays: Int?
        let eraseAfterDays: Int?
        let see: Sight?

        private enum CodingKeys: String, CodingKey {
            case `do`, screen, form, answers, colour, reason, statement, file, hours
            case birthDate = "birth_date"
            case hoursAgo = "hours_ago"
            case inDays = "in_days"
            case eraseAfterDays = "erase_after_days"
            case settings
            case id, kind, version, place, withdrawn, act
            case evidence, outcome, strike, add, en, zh, document, mistyped
            case code, purpose, name, days, lines, see
        }
    }

    /// What is on the screen.
    struct Sight: Decodable {
        let screen: String?
        let state: String?
        let notices: [String]?
        let words: [String]?
        let zh: [String]?
        let en: [String]?
        let hidden: [String]?
    }

    /// All of them, by file name.
    static func all(in folder: URL) throws -> [Scenario] {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.map { file in
            try JSONDecoder().decode(Scenario.self, from: Data(contentsOf: file))
        }
    }
}

/// A day `YYYY-MM-DD` of the region's calendar, so long before today.
func day(daysAgo days: Int) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(secondsFromGMT: 8 * 3_600)
    format.dateFormat = "yyyy-MM-dd"
    return format.string(from: Date(timeIntervalSinceNow: -86_400 * Double(days)))
}

extension Answer: @retroactive Decodable {
    /// A text, a number, yes or no, a list of choices, a document, or a day that is so long ago.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let yes = try? value.decode(Bool.self) {
            self = .yesNo(value: yes)
        } else if let number = try? value.decode(Double.self) {
            self = .number(value: number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text: text)
        } else if let ids = try? value.decode([String].self) {
            self = .choices(ids: ids)
        } else if let days = try? value.decode([String: Int].self)["days_ago"] {
            self = .text(text: day(daysAgo: days))
        } else {
            let parts = try value.decode([String: String].self)
            let kinds: [String: DocumentKind] = [
                "resident_id": .residentId, "passport": .passport, "birth_certificate": .birthCertificate,
            ]
            guard let kind = parts["kind"].flatMap({ kinds[$0] }), let number = parts["number"] else {
                throw DecodingError.dataCorruptedError(in: value, debugDescription: "a document: \(parts)")
            }
            self = .document(kind, number)
        }
    }
}
