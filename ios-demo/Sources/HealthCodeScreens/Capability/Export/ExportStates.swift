import Foundation
import HealthCodeKit

extension ExportState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [ExportState] {
        let section = Section(
            id: "1", title: words["export-title"],
            rows: [Row(id: 0, label: words["checkpoint-name"], text: "li")], empty: nil)
        return Name.allCases.map { name in
            var state = ExportState(name: name, title: words["export-title"])
            state.sections = [section]
            if name == .saved { state.file = URL(fileURLWithPath: "/") }
            if name == .problem { state.problem = words["common-not-saved"] }
            return state
        }
    }
}
