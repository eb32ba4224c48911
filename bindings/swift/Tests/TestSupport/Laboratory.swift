import Foundation

/// What a laboratory reports, and what officers do about certificates of other countries.
extension Authority {
    /// The laboratory `lab` reports `results`, a JSON list, by its own command; before its first report both officers publish the
    /// list with it.
    public func report(_ results: String) throws {
        func path(_ name: String) -> String { data.appendingPathComponent(name).path }
        let key = path("lab.key")
        if !FileManager.default.fileExists(atPath: key) {
            let jwks = try Self.run(["laboratory", "key", "--out", key])
            try Data(jwks.utf8).write(to: data.appendingPathComponent("lab.jwks"))
            let kinds = ["nucleic_acid", "antigen", "antibody", "vaccination", "other"].flatMap { ["--reports", $0] }
            try Self.run(
                [
                    "laboratory", "add", path("laboratories-made.json"), "--id", "lab", "--name", "en=First Hospital",
                    "--name", "zh=第一医院", "--jwks", path("lab.jwks"),
                ] + kinds)
            let list = try Data(contentsOf: data.appendingPathComponent("laboratories-made.json"))
            try publish("laboratories", String(decoding: list, as: UTF8.self))
        }
        try Data(results.utf8).write(to: data.appendingPathComponent("results.json"))
        let told = try Self.run([
            "laboratory", "send", path("results.json"), "--id", "lab", "--key", key, "--division", "330100", "--url",
            baseURL, "--ca", path("ca.pem"),
        ])
        if told.contains("refused") { throw SetUpFailure(told) }
    }

    /// Both officers decide whose the certificate is whose names wait; `act` is `agree` or `refuse`.
    public func decideCertificate(of citizen: String, _ act: String) throws {
        func path(_ name: String) -> String { data.appendingPathComponent(name).path }
        func by(_ officer: String) -> [String] {
            ["--officer", officer, "--officer-key", path("officers/\(officer).key")]
        }
        let place = ["--url", baseURL, "--ca", path("ca.pem")]
        let shown = try Self.run(["certificates", "show", "--citizen", citizen] + by("officer-1") + place)
        let told = try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: Any]
        let all = told?["certificates"] as? [[String: Any]] ?? []
        guard let id = all.first(where: { $0["names"] as? String == "waiting" })?["id"] as? String else {
            throw SetUpFailure("none waits: \(shown)")
        }
        let file = path("names-\(UUID().uuidString).json")
        try Self.run([
            "certificates", "draft", "--citizen", citizen, "--certificate", id, "--act", act, "--out", file,
        ])
        for officer in ["officer-1", "officer-2"] { try Self.run(["certificates", "sign", file] + by(officer)) }
        try Self.run(["certificates", "submit", file] + place)
    }
}
