import Foundation
import HealthCodeCore

/// The certificate authorities that a configuration names, for a network that is not the core's own.
enum Certificates {
    /// The certificates in a PEM text, DER. One that cannot be read is left out: it must not cut the phone off.
    ///
    /// - Throws: ``HealthCodeError`` with `http_roots_invalid` if none is left.
    static func read(pem: Data) throws -> [Data] {
        let parts = String(decoding: pem, as: UTF8.self).components(separatedBy: "-----BEGIN CERTIFICATE-----")
        let read = parts.dropFirst().compactMap { part -> Data? in
            let base64 = part.components(separatedBy: "-----END CERTIFICATE-----")
            guard base64.count == 2, let der = Data(base64Encoded: base64[0], options: .ignoreUnknownCharacters),
                publicKeyInfo(of: der) != nil
            else { return nil }
            return der
        }
        if read.isEmpty { throw HealthCodeError.rootsInvalid }
        return read
    }

    /// The SubjectPublicKeyInfo of a certificate (RFC 5280, 4.1): the seventh field of what is signed, the first of
    /// which, the version, may be missing.
    static func publicKeyInfo(of certificate: Data) -> Data? {
        var outer = DERReader(certificate)
        guard let whole = outer.next(), whole.tag == 0x30 else { return nil }
        var inner = DERReader(whole.content)
        guard let signed = inner.next(), signed.tag == 0x30 else { return nil }
        var fields = DERReader(signed.content)
        guard var field = fields.next() else { return nil }
        if field.tag == 0xa0, let serial = fields.next() { field = serial }
        // Behind the serial number: algorithm, issuer, validity, subject, key.
        for _ in 0..<5 {
            guard let next = fields.next() else { return nil }
            field = next
        }
        return field.tag == 0x30 ? field.whole : nil
    }
}

/// Reads DER elements one after the other (X.690, 8.1), of at most 16 MiB each.
private struct DERReader {
    private var rest: Data

    init(_ bytes: Data) { rest = bytes }

    /// The next element; nil at the end and for anything else.
    mutating func next() -> (tag: UInt8, content: Data, whole: Data)? {
        let bytes = [UInt8](rest.prefix(5))
        guard bytes.count >= 2 else { return nil }
        var (head, length) = (2, Int(bytes[1]))
        if length >= 0x80 {
            let count = length - 0x80
            guard (1...3).contains(count), bytes.count >= 2 + count else { return nil }
            head += count
            length = bytes[2..<head].reduce(0) { $0 << 8 | Int($1) }
        }
        guard rest.count >= head + length else { return nil }
        let whole = rest.prefix(head + length)
        rest = rest.dropFirst(head + length)
        return (bytes[0], whole.dropFirst(head), Data(whole))
    }
}

extension HealthCodeError {
    static var rootsInvalid: HealthCodeError { .Http(code: "http_roots_invalid") }
}
