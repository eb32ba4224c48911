import Foundation
import HealthCodeCore

/// A place where codes are checked, without a network. May be used from any thread; a check takes less than a millisecond,
/// so it may be called where a picture was just read.
public final class Checkpoint: Sendable {
    private let calls: Calls<CoreCheckpoint>

    /// A checkpoint that trusts the regions of `trustBundle`, signed by the national root `rootKey` (Ed25519, 32 bytes).
    ///
    /// - Parameters:
    ///   - place: its place id, for codes made for one place.
    ///   - localDivision: where it stands (GB/T 2260), for the meaning of other regions' colours.
    ///   - lowestVersion: version of the newest trust bundle seen so far.
    ///   - at: the time in Unix seconds where it is not the system's.
    /// - Throws: ``HealthCodeError``: `bundle`, `argument`.
    public init(
        trustBundle: Data, rootKey: Data, place: String? = nil, localDivision: UInt32? = nil,
        lowestVersion: UInt64 = 0, at: Int64? = nil
    ) throws {
        calls = Calls(
            try CoreCheckpoint.open(
                trustBundle: trustBundle, rootKey: rootKey, place: place, localDivision: localDivision,
                lowestVersion: lowestVersion, at: at))
    }

    /// Whose codes it knows. Keep its version and pass it as `lowestVersion` next time.
    public func trust() throws -> TrustSummary { try calls.during { try $0.trust() } }

    /// Takes a status list: first a base of an issuer key, then those that follow on it, oldest first, as
    /// ``HealthCode/statusLists()`` gives them. One that says nothing newer changes nothing. Gives the time until which
    /// it says what was revoked (Unix seconds).
    ///
    /// - Parameter lowestUntil: what ends earlier is refused.
    /// - Throws: ``HealthCodeError``: `bundle`, with `bundle_delta_gap` where the lists before are missing.
    @discardableResult
    public func addStatusList(_ statusList: Data, lowestUntil: Int64 = 0, at: Int64? = nil) throws -> Int64 {
        try calls.during {
            try $0.addStatusList(statusList: statusList, lowestUntil: lowestUntil, at: at)
        }
    }

    /// Checks the text of a scanned code at `at` (Unix seconds), now where it is left out.
    public func check(_ text: String, at: Int64? = nil) throws -> Verdict {
        try calls.during { try $0.check(text: text, at: at) }
    }

    /// How much the status lists taken so far say at `at` (Unix seconds), now where it is left out.
    public func lists(at: Int64? = nil) throws -> Lists {
        try calls.during { try $0.lists(at: at) }
    }

    /// Which sheets of paper held here within the last minute, for doors that share their lists: numbers and times, no
    /// name.
    public func papersSeen(at: Int64? = nil) throws -> Data { try calls.during { try $0.papersSeen(at: at) } }

    /// Takes the list of another door. A sheet that was there within a minute is named from then on. Gives how many of
    /// its sheets were shown here as well within a minute: of each two one is a copy.
    ///
    /// - Throws: ``HealthCodeError``: `argument` (`papers_seen_unreadable`, `papers_seen_too_large`); nothing changes then.
    @discardableResult
    public func addPapersSeen(_ list: Data) throws -> UInt32 { try calls.during { try $0.addPapersSeen(list: list) } }

    /// Opens what the authority of a known region signed, such as the published form or rules.
    ///
    /// - Parameter contentType: `application/health-code-form+json`, `application/health-code-rules+json` or
    ///   `application/health-code-receipt+json`.
    /// - Throws: ``HealthCodeError``: `bundle`.
    public func openSigned(contentType: String, _ bundle: Data, at: Int64? = nil) throws -> SignedData {
        try calls.during { try $0.openSigned(contentType: contentType, bundle: bundle, at: at) }
    }

    /// Frees it. Twice is the same as once; later calls end in the error `closed`.
    public func close() { calls.end() }
}
