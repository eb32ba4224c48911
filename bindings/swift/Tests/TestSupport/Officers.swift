import Foundation

/// What officers do at the authority's command line.
extension Authority {
    /// Decides an appeal as two officers do: one writes it down, both sign, and it is handed in. `HEAD` in `strike` is the order
    /// at the end of the chain.
    public func decideAppeal(
        _ appeal: String, of citizen: String, outcome: String, reason: String, strike: String? = nil,
        add: String? = nil, texts: [String: String] = [:]
    ) throws {
        func path(_ name: String) -> String { data.appendingPathComponent(name).path }
        let file = path("decision-\(appeal).json")
        var draft = [
            "appeals", "draft", "--citizen", citizen, "--appeal", appeal, "--outcome", outcome, "--reason", reason,
            "--out", file,
        ]
        for language in ["en", "zh"] { draft += ["--text", "\(language)=\(texts[language] ?? "li")"] }
        if let strike { draft += ["--strike", strike.replacingOccurrences(of: "HEAD", with: try orderHead(appeal))] }
        if let add { draft += ["--add", add] }
        try Self.run(draft)
        for officer in ["officer-1", "officer-2"] {
            try Self.run([
                "appeals", "sign", file, "--officer", officer, "--officer-key", path("officers/\(officer).key"),
            ])
        }
        try Self.run(["appeals", "submit", file, "--url", baseURL, "--ca", path("ca.pem")])
    }

    /// One officer asks for more on it.
    public func askOnAppeal(_ appeal: String, of citizen: String, reason: String) throws {
        let key = data.appendingPathComponent("officers/officer-1.key").path
        try Self.run([
            "appeals", "ask", "--citizen", citizen, "--appeal", appeal, "--reason", reason, "--officer", "officer-1",
            "--officer-key", key, "--url", baseURL, "--ca", data.appendingPathComponent("ca.pem").path,
        ])
    }

    /// The order in force of whom the appeal is of, as an officer looks it up.
    private func orderHead(_ appeal: String) throws -> String {
        let shown = try Self.run([
            "appeals", "show", "--data", data.path, "--officer", "officer-1", "--appeal", appeal,
        ])
        let told = try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: Any]
        return told?["orderHead"] as? String ?? "HEAD"
    }

    /// The nation orders that codes of this authority's region end so many days from now, and that phones erase so many days later.
    public func endRegion(inDays days: Int, erasedAfter: Int, texts: [String: String]) throws {
        func path(_ name: String) -> String { data.appendingPathComponent(name).path }
        stop()
        let at = Int(Date().timeIntervalSince1970) + days * 86_400
        let said = texts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        try Self.run([
            "national", "trust-bundle", "--root-key", path("root.key"), "--out", path("trust-bundle.cbor"), "--sunset",
            "330100:\(at):\(said)", "--erase-after", "\(erasedAfter)",
        ])
        try start()
    }

    /// Copies what the server holds, as a backup does.
    public func backUp() throws {
        stop()
        try? FileManager.default.removeItem(at: copy)
        try FileManager.default.copyItem(at: data, to: copy)
        try start()
    }

    /// Puts that copy in the place of what the server holds, and says so to nobody.
    public func putBack() throws {
        stop()
        try FileManager.default.removeItem(at: data)
        try FileManager.default.copyItem(at: copy, to: data)
        try start()
    }

    private var copy: URL { data.deletingLastPathComponent().appendingPathComponent("\(data.lastPathComponent)-copy") }
}
