import Foundation

/// A file that is made to be handed on, in the folder for temporary files.
///
/// Invariant: there is one at most, and none after ``clear()``: whoever got it has it.
@MainActor
final class TemporaryFile {
    private(set) var url: URL?
    private let folder: URL

    init(in folder: URL) { self.folder = folder }

    /// Writes another one in the place of the one before; whether that could be done.
    func write(_ data: Data, as name: String) -> Bool {
        clear()
        let made = folder.appendingPathComponent(name)
        #if os(Linux)
            let options: Data.WritingOptions = .atomic
        #else
            let options: Data.WritingOptions = [.atomic, .completeFileProtection]
        #endif
        guard (try? data.write(to: made, options: options)) != nil else { return false }
        url = made
        return true
    }

    func clear() {
        if let url { try? FileManager.default.removeItem(at: url) }
        url = nil
    }
}
