import Foundation
import HealthCodeKit

#if canImport(Glibc)
    import Glibc
    private let stream = Int32(SOCK_STREAM.rawValue)
#else
    import Darwin
    private let stream = SOCK_STREAM
#endif

/// Takes connections and never says a word.
public final class SilentServer: @unchecked Sendable {
    private let socket: Int32
    /// Its port at 127.0.0.1.
    public let port: UInt16

    /// Listens; the system's queue takes the connections, nobody reads them.
    public init() throws {
        socket = newSocket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (descriptor, size) = (socket, length)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isListening else { throw SetUpFailure("no socket: \(errno)") }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(socket) }

    /// Its address.
    public var baseURL: String { "https://127.0.0.1:\(port)" }

    /// Waits until somebody has called, and a little more: the call is then inside the handshake.
    public func awaitCaller() async throws {
        var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        for _ in 0..<1_000 {
            if poll(&descriptor, 1, 0) == 1 { return try await Task.sleep(for: .milliseconds(100)) }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw SetUpFailure("nobody called")
    }
}

private func newSocket(_ family: Int32, _ kind: Int32, _ protocolNumber: Int32) -> Int32 {
    socket(family, kind, protocolNumber)
}

/// The app's own network, made of the openssl program: TLS with the authority's CA, one request a connection.
public final class OpenSSLTransport: HostTransport {
    private let caFile: URL
    private let counted = Locked(0)

    /// Trusts the CA in `caFile`.
    public init(caFile: URL) { self.caFile = caFile }

    /// Requests so far.
    public var requests: Int { counted.value }

    public func send(request: HostHttpRequest, timeoutMs: UInt64, cancel: CancelToken) throws -> HostHttpResponse {
        counted.change { $0 += 1 }
        if cancel.isCancelled() { throw HostTransportError.Cancelled }
        guard let url = URLComponents(string: request.url), let host = url.host else {
            throw HostTransportError.Malformed
        }
        let target = url.percentEncodedPath + (url.percentEncodedQuery.map { "?\($0)" } ?? "")
        let own = ["host", "content-length", "connection"]
        let headers = request.headers.filter { !own.contains($0.name.lowercased()) }.map {
            "\($0.name): \($0.value)\r\n"
        }
        let head =
            "\(request.method) \(target) HTTP/1.1\r\nHost: \(host):\(url.port ?? 443)\r\nConnection: close\r\n"
            + "Content-Length: \(request.body.count)\r\n\(headers.joined())\r\n"
        let answer: Data
        do {
            answer = try output(
                of: URL(fileURLWithPath: "/usr/bin/openssl"),
                [
                    "s_client", "-quiet", "-verify_return_error", "-CAfile", caFile.path, "-verify_ip", host,
                    "-connect", "\(host):\(url.port ?? 443)",
                ],
                input: Data(head.utf8) + request.body)
        } catch {
            throw HostTransportError.Unreachable
        }
        return try Self.response(answer)
    }

    private static func response(_ answer: Data) throws -> HostHttpResponse {
        guard let end = answer.range(of: Data("\r\n\r\n".utf8)) else { throw HostTransportError.Malformed }
        let lines = String(decoding: answer[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count > 1, let status = UInt16(words[1]) else { throw HostTransportError.Malformed }
        let headers = lines.dropFirst().compactMap { line -> HostHeader? in
            let parts = line.split(separator: ":", maxSplits: 1)
            return parts.count == 2
                ? HostHeader(name: String(parts[0]), value: parts[1].trimmingCharacters(in: .whitespaces)) : nil
        }
        let isChunked = headers.contains { $0.name.lowercased() == "transfer-encoding" && $0.value == "chunked" }
        let body = Data(answer[end.upperBound...])
        return HostHttpResponse(status: status, headers: headers, body: isChunked ? try joined(body) : body)
    }

    private static func joined(_ chunked: Data) throws -> Data {
        var (rest, body) = (chunked, Data())
        while let line = rest.range(of: Data("\r\n".utf8)) {
            guard let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16) else { break }
            if size == 0 { return body }
            guard rest.distance(from: line.upperBound, to: rest.endIndex) >= size + 2 else { break }
            body += rest[line.upperBound..<line.upperBound + size]
            rest = Data(rest[(line.upperBound + size + 2)...])
        }
        throw HostTransportError.Malformed
    }
}

/// A P-256 device key in the form of phones, made and used by the openssl program.
public final class OpenSSLSigner: HostDeviceSigner, HostSubjectKeys {
    private let file: URL
    private static let program = URL(fileURLWithPath: "/usr/bin/openssl")

    /// Opens the key in `file`; makes it if there is none.
    public init(_ file: URL) throws {
        self.file = file
        if !FileManager.default.fileExists(atPath: file.path) {
            _ = try output(
                of: Self.program, ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", file.path])
        }
    }

    public func publicKey() throws -> Data {
        let spki = try? output(of: Self.program, ["ec", "-in", file.path, "-pubout", "-outform", "DER"])
        guard let spki, spki.count == 91 else { throw HostError.KeyUnavailable }
        return Data(spki.suffix(65))
    }

    public func sign(message: Data) throws -> Data {
        guard let signature = try? output(of: Self.program, ["dgst", "-sha256", "-sign", file.path], input: message)
        else { throw HostError.KeyUnavailable }
        return signature
    }

    public func isHardware() throws -> Bool { false }

    public func credentialSigner(number: UInt64) throws -> (any HostDeviceSigner)? {
        try OpenSSLSigner(URL(fileURLWithPath: "\(file.path).credential-\(number)"))
    }

    public func credentialSlots() throws -> UInt32 { 16 }

    public func subjectSigner(alias: String) throws -> (any HostDeviceSigner)? {
        try OpenSSLSigner(URL(fileURLWithPath: "\(file.path).subject-\(alias)"))
    }

    public func keepSubjects(aliases: [String]) throws {
        let kept = aliases.map { "\(file.lastPathComponent).subject-\($0)" }
        for name in try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
        where name.hasPrefix("\(file.lastPathComponent).subject-") && !kept.contains(where: name.hasPrefix) {
            try FileManager.default.removeItem(at: file.deletingLastPathComponent().appendingPathComponent(name))
        }
    }
}
