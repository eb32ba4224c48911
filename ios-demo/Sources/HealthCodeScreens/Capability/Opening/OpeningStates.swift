import HealthCodeKit

extension OpeningState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [OpeningState] {
        let codes = ["store_key_refused", "store_damaged", "store_newer_schema", "store_io_failed"]
        return [OpeningState(words)] + codes.map { OpeningState(words, code: $0) }
    }
}
