import Foundation
import TestSupport
import XCTest

@testable import HealthCodeKit

/// What the system's network is made of. On Linux `URLSession` trusts the system's authorities alone: what they vouch
/// for is not there to be asked.
final class ExchangeTests: PhoneTestCase {
    private func request(_ url: String) -> HostHttpRequest {
        HostHttpRequest(method: "GET", url: url, headers: [], body: Data())
    }

    private func failure(_ url: String, timeoutMs: UInt64 = 20_000, cancelled: Bool = false) -> HostTransportError? {
        let cancel = CancelToken()
        if cancelled { cancel.cancel() }
        do {
            _ = try Exchange(challenge: nil).send(request(url), timeoutMs: timeoutMs, cancel: cancel)
            return nil
        } catch {
            return error as? HostTransportError
        }
    }

    func testAStrangersServerIsNotAsked() throws {
        // Foundation on Linux has no error of its own for a certificate.
        let failure = try XCTUnwrap(failure("\(authority.baseURL)/v1/bundles"))
        XCTAssertTrue([.CertificateRefused, .Unreachable].contains(failure), "\(failure)")
    }

    func testNobodyThereIsUnreachable() {
        authority.stop()
        XCTAssertEqual(failure("\(authority.baseURL)/v1/bundles"), .Unreachable)
    }

    func testADeadlineAndATokenEndACallToAServerThatSaysNothing() throws {
        let server = try SilentServer()
        let start = ContinuousClock.now
        XCTAssertEqual(failure(server.baseURL, timeoutMs: 300), .DeadlinePassed)
        XCTAssertEqual(failure(server.baseURL, timeoutMs: 60_000, cancelled: true), .Cancelled)
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(15))
    }

    func testNothingButHTTPSIsSpoken() {
        for url in ["http://127.0.0.1/", "file:///etc/passwd", "", "https"] {
            XCTAssertEqual(failure(url), .Malformed, url)
        }
    }

    func testTheKeyOfACertificateIsFound() throws {
        let pem = try Data(contentsOf: authority.caFile)
        let openssl = URL(fileURLWithPath: "/usr/bin/openssl")
        let read = try Certificates.read(pem: pem + pem)
        XCTAssertEqual(read.count, 2)
        let key = try output(of: openssl, ["x509", "-in", authority.caFile.path, "-noout", "-pubkey"])
        let der = try output(of: openssl, ["pkey", "-pubin", "-outform", "DER"], input: key)
        XCTAssertEqual(Certificates.publicKeyInfo(of: read[0]), der)
        for length in 0..<der.count { XCTAssertNil(Certificates.publicKeyInfo(of: read[0].prefix(length))) }
    }

    func testOneBadRootAmongGoodOnesIsLeftOut() throws {
        let pem = try Data(contentsOf: authority.caFile)
        let bad = Data("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8)
        XCTAssertEqual(try Certificates.read(pem: bad + pem), try Certificates.read(pem: pem))
    }

    func testRootsThatCannotBeReadAreTold() {
        let begin = "-----BEGIN CERTIFICATE-----\n"
        for pem in ["", "no certificate", begin, "\(begin)AAAA\n-----END CERTIFICATE-----\n"] {
            XCTAssertThrowsError(try Certificates.read(pem: Data(pem.utf8)), pem) {
                XCTAssertEqual(($0 as? HealthCodeError)?.code, "http_roots_invalid")
            }
        }
    }
}
