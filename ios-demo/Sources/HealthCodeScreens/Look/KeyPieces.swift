import Foundation

/// A piece of a text: words, or a key's fingerprint or hash, which people compare letter by letter.
public struct KeyPiece: Equatable, Sendable {
    public var text: String
    public var isKey: Bool
}

/// The text in pieces, each of `keys` in groups of four, so that it wraps between two, and from left to right in every language.
public func pieces(of text: String, keys: [String]) -> [KeyPiece] {
    var pieces = [KeyPiece(text: text, isKey: false)]
    for key in keys where !key.isEmpty {
        pieces = pieces.flatMap { piece in
            guard !piece.isKey else { return [piece] }
            let around = piece.text.components(separatedBy: key).map { KeyPiece(text: $0, isKey: false) }
            let set = KeyPiece(text: "\u{2066}\(grouped(key))\u{2069}", isKey: true)
            return Array(around.map { [$0] }.joined(separator: [set]))
        }
    }
    return pieces.filter { !$0.text.isEmpty }
}

private func grouped(_ key: String) -> String {
    guard !key.contains(" ") else { return key }
    let letters = Array(key)
    return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
        .joined(separator: " ")
}
