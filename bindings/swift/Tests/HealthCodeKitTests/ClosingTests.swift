import HealthCodeKit
import TestSupport
import XCTest

/// Closing, at any time and from any task; and the keys that a phone is opened with.
final class ClosingTests: PhoneTestCase {
    func testClosingWhileEightTasksUseItEndsEveryCallNormallyOrWithClosed() async throws {
        let phone = try Phone(folder("phone"), authority.config())
        let first = try await phone.open()
        try await first.turnGreen()
        first.close()
        for round in 0..<5 {
            let health = try await phone.open()
            let done = Locked(0)
            let users = (0..<8).map { user in
                Task { () -> String in
                    do {
                        while true {
                            switch user % 4 {
                            case 0: _ = try await health.currentCode()
                            case 1: _ = try await health.form(.healthDeclaration)
                            case 2: _ = try await health.syncWanted()
                            default: try await health.saveDraft(.healthDeclaration, answers: ["contact": true])
                            }
                            done.change { $0 += 1 }
                        }
                    } catch {
                        return (error as? HealthCodeError)?.code ?? "\(error)"
                    }
                }
            }
            let isBusy = await eventually(within: .seconds(20)) { done.value >= 200 }
            XCTAssertTrue(isBusy)
            health.close()
            for user in users {
                let end = await user.value
                XCTAssertEqual(end, "closed", "round \(round)")
            }
            // The store is free again at once: the next round opens it.
        }
    }

    func testClosingTwiceIsTheSameAsOnceAndStreamsEnd() async throws {
        let phone = try Phone(folder("phone"), authority.config())
        let health = try await phone.open()
        try await health.turnGreen()
        let (homes, events, codes) = (health.homes, health.events, health.codes)
        let bundle = try await health.publishedBundle(.trust)
        let checkpoint = try Checkpoint(trustBundle: XCTUnwrap(bundle), rootKey: authority.rootKey)
        let text = try await health.currentCode().text
        health.close()
        health.close()
        let refused = await failure { try await health.currentCode() }
        XCTAssertEqual(refused?.code, "closed")
        let ended = await within(.seconds(30)) {
            for await _ in homes {}
            for await _ in events {}
            for await _ in codes {}
            return true
        }
        XCTAssertEqual(ended, true)
        XCTAssertTrue(try checkpoint.check(text).accepted)
        checkpoint.close()
        checkpoint.close()
        XCTAssertThrowsError(try checkpoint.check(text)) { XCTAssertEqual(($0 as? HealthCodeError)?.code, "closed") }
        let again = try await phone.open()
        XCTAssertTrue(again.home.codeAvailable)
        again.close()
    }

    func testWhoeverClosesFindsTheStoreFree() async throws {
        let phone = try Phone(folder("phone"), authority.config())
        for _ in 0..<10 {
            let health = try await phone.open()
            let busy = Task {
                while true { try await health.saveDraft(.healthDeclaration, answers: ["contact": true]) }
            }
            try await Task.sleep(for: .milliseconds(20))
            let first = Task.detached { health.close() }
            health.close()
            // Also for who came second.
            let again = try await phone.open()
            again.close()
            await first.value
            _ = await busy.result
        }
    }

    func testAP256KeyInTheFormOfPhonesMakesCodesThatCheckpointsAccept() async throws {
        let phone = try Phone(folder("phone"), authority.config())
        let health = try await phone.open(signer: OpenSSLSigner(folder("device.key")))
        try await health.turnGreen()
        let trust = try await health.publishedBundle(.trust)
        let code = try await health.currentCode()
        let verdict = try Checkpoint(trustBundle: XCTUnwrap(trust), rootKey: authority.rootKey).check(code.text)
        XCTAssertTrue(verdict.accepted, verdict.reason)
        XCTAssertEqual(verdict.assurance, .software)
        health.close()
        // Another device's key: the credential is not for it.
        let other = try await phone.open(signer: OpenSSLSigner(folder("other.key")))
        let refused = await failure { try await other.currentCode() }
        XCTAssertEqual(refused?.code, "code_signer_mismatch")
        other.close()
    }

    func testAnEnvelopeOpensWithItsOwnKeyAloneAndNotWhenAltered() throws {
        let file = folder("guard.key")
        let secret = Data(0..<32)
        let envelope = try FileKeyGuard(file: file).wrap(secret: secret)
        XCTAssertEqual(try FileKeyGuard(file: file).unwrap(envelope: envelope), secret)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        XCTAssertEqual(mode, 0o600)
        let stranger = try FileKeyGuard(file: folder("stranger.key"))
        XCTAssertThrowsError(try stranger.unwrap(envelope: envelope)) {
            XCTAssertEqual($0 as? HostError, .EnvelopeRefused)
        }
        let keyGuard = try FileKeyGuard(file: file)
        for place in envelope.indices {
            var altered = envelope
            altered[place] ^= 1
            XCTAssertThrowsError(try keyGuard.unwrap(envelope: altered)) {
                XCTAssertEqual($0 as? HostError, .EnvelopeRefused)
            }
        }
    }
}
