import Foundation
import HealthCodeCore

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One request and its answer over a `URLSession` of its own: no cookie, no cache, no redirect, at most 2 MiB.
final class Exchange: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    /// Says whether a server is trusted, and with what.
    typealias Challenge = @Sendable (URLAuthenticationChallenge) -> URLCredential?

    private static let maxBody = 2 << 20
    private let condition = NSCondition()
    private let challenge: Challenge?
    private var body = Data()
    private var outcome: Result<HostHttpResponse, HostTransportError>?

    /// - Parameter challenge: nil leaves it to the system.
    init(challenge: Challenge?) { self.challenge = challenge }

    /// Sends and waits.
    func send(_ request: HostHttpRequest, timeoutMs: UInt64, cancel: CancelToken) throws -> HostHttpResponse {
        guard let url = URL(string: request.url), url.scheme == "https" else { throw HostTransportError.Malformed }
        // A day is longer than any system lets a sync run.
        let seconds = TimeInterval(min(timeoutMs, 86_400_000)) / 1_000
        var outgoing = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData)
        outgoing.timeoutInterval = max(seconds, 1)
        outgoing.httpMethod = request.method
        outgoing.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        for header in request.headers where !["host", "content-length", "connection"].contains(header.name) {
            outgoing.addValue(header.value, forHTTPHeaderField: header.name)
        }
        if !request.body.isEmpty || request.method == "POST" { outgoing.httpBody = request.body }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        session.dataTask(with: outgoing).resume()
        return try awaited(until: Date(timeIntervalSinceNow: seconds), cancel)
    }

    private func awaited(until end: Date, _ cancel: CancelToken) throws -> HostHttpResponse {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let outcome { return try outcome.get() }
            if cancel.isCancelled() { throw HostTransportError.Cancelled }
            if Date() >= end { throw HostTransportError.DeadlinePassed }
            _ = condition.wait(until: min(end, Date(timeIntervalSinceNow: 0.025)))
        }
    }

    private func conclude(_ result: Result<HostHttpResponse, HostTransportError>) {
        condition.lock()
        // What came first counts: a task that was stopped also completes, with an error of its own.
        if outcome == nil { outcome = result }
        condition.broadcast()
        condition.unlock()
    }

    func urlSession(
        _ session: URLSession, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        guard let decide = self.challenge else { return completionHandler(.performDefaultHandling, nil) }
        if let credential = decide(challenge) { return completionHandler(.useCredential, credential) }
        conclude(.failure(.CertificateRefused))
        completionHandler(.cancelAuthenticationChallenge, nil)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        condition.lock()
        body.append(data)
        let isTooLarge = body.count > Self.maxBody
        condition.unlock()
        if isTooLarge {
            conclude(.failure(.TooLarge))
            dataTask.cancel()
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error { return conclude(.failure(Self.meaning(error))) }
        guard let response = task.response as? HTTPURLResponse, let status = UInt16(exactly: response.statusCode) else {
            return conclude(.failure(.Malformed))
        }
        let headers = response.allHeaderFields.map { name, value in
            HostHeader(name: "\(name)".lowercased(), value: "\(value)")
        }
        condition.lock()
        let body = body
        condition.unlock()
        conclude(.success(HostHttpResponse(status: status, headers: headers, body: body)))
    }

    /// What an error means; its text is dropped.
    private static func meaning(_ error: any Error) -> HostTransportError {
        switch (error as? URLError)?.code {
        case .timedOut: .DeadlinePassed
        case .cancelled: .Cancelled
        case .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot,
            .serverCertificateNotYetValid, .secureConnectionFailed:
            .CertificateRefused
        case .badServerResponse, .cannotParseResponse, .cannotDecodeRawData, .cannotDecodeContentData: .Malformed
        default: .Unreachable
        }
    }
}
