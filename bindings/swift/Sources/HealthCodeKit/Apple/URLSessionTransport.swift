#if canImport(Security)
    import CryptoKit
    import Foundation
    import HealthCodeCore
    import Security

    /// HTTPS by the system's `URLSession`. ``HealthCode/open(dataDirectory:config:keyGuard:deviceSigner:subjectKeys:transport:clock:)``
    /// takes it where the library was built without the core's own HTTPS, which makes it smaller by a third. Not compiled
    /// where it was written: there is no Apple SDK there.
    ///
    /// Trusts the certificate authorities of the configuration and nobody else's, and only the pinned ones while the pins
    /// hold. Certificates are judged by the phone's clock; the core's own HTTPS goes by the trusted time.
    public final class URLSessionTransport: HostTransport {
        private let roots: [Data]
        private let pins: PinnedKeys?

        /// - Throws: ``HealthCodeError`` with `http_roots_invalid` for certificates that cannot be read.
        public init(config: CitizenConfig) throws {
            roots = try Certificates.read(pem: config.rootsPem)
            pins = config.pins
        }

        public func send(request: HostHttpRequest, timeoutMs: UInt64, cancel: CancelToken) throws -> HostHttpResponse {
            let trusted = trusted.compactMap { SecCertificateCreateWithData(nil, $0 as CFData) }
            let exchange = Exchange { challenge in
                guard let trust = challenge.protectionSpace.serverTrust, !trusted.isEmpty,
                    SecTrustSetAnchorCertificates(trust, trusted as CFArray) == errSecSuccess,
                    SecTrustSetAnchorCertificatesOnly(trust, true) == errSecSuccess,
                    SecTrustEvaluateWithError(trust, nil)
                else { return nil }
                return URLCredential(trust: trust)
            }
            return try exchange.send(request, timeoutMs: timeoutMs, cancel: cancel)
        }

        /// The authorities that count now.
        private var trusted: [Data] {
            guard let pins, Date().timeIntervalSince1970 < Double(pins.expiresAt) else { return roots }
            return roots.filter { root in
                guard let key = Certificates.publicKeyInfo(of: root) else { return false }
                let hash = Data(SHA256.hash(data: key))
                return hash == pins.primary || hash == pins.backup
            }
        }
    }
#endif
