import HealthCodeCore

extension HealthCode {
    /// Looks at the text of a scanned code: what it says, whether a key of the list signed it, whether it counts here, whose it
    /// is. Works offline and keeps nothing; what is wrong with it is in the view.
    public func readDcc(text: String) async throws -> DccView { try await call { try $0.readDcc(text: text) } }

    /// Keeps an EU certificate, sealed; the same again is the same. Gives its id.
    ///
    /// - Throws: ``HealthCodeError``: `session` with a code `dcc_...` for a text that is no certificate and where no more are kept.
    @discardableResult
    public func keepDcc(text: String) async throws -> String { try await call { try $0.keepDcc(text: text) } }

    /// The EU certificates that are kept, as they stand now. Works offline.
    public func dccs() async throws -> DccsView { try await call { try $0.dccs() } }

    /// Hands a kept certificate in, to be delivered once. `namesConfirmed`: the citizen saw both names, which are not the same, and
    /// says that it is theirs. Works offline. Gives the upload's id; one that waits already is the same.
    ///
    /// - Throws: ``HealthCodeError``: `session` before a registration, and with a code `dcc_...` where names are not confirmed or
    ///   it does not hold.
    @discardableResult
    public func submitDcc(id: String, namesConfirmed: Bool = false) async throws -> String {
        try await changing { try $0.submitDcc(id: id, namesConfirmed: namesConfirmed) }
    }

    /// Removes a certificate from this phone, and from the authority where it was handed in. Works offline.
    ///
    /// - Throws: ``HealthCodeError``: `session` with `dcc_unknown`.
    public func removeDcc(id: String) async throws { try await changing { try $0.removeDcc(id: id) } }
}
