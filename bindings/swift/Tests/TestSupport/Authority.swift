import Foundation
import HealthCodeKit

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a test's surroundings failed at.
public struct SetUpFailure: Error, CustomStringConvertible {
    /// In words.
    public let description: String

    /// Says `description`.
    public init(_ description: String) { self.description = description }
}

/// A value behind a lock.
public final class Locked<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var held: Value

    /// Holds `value`.
    public init(_ value: Value) { held = value }

    /// The value now.
    public var value: Value { lock.withLock { held } }

    /// Changes it.
    @discardableResult
    public func change<T>(_ work: (inout Value) -> T) -> T { lock.withLock { work(&held) } }
}

/// The project's root folder.
public let projectRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../..").standardizedFileURL

/// The real authority as an operator runs it: its own process, its own commands, TLS.
///
/// Invariant: ``stop()`` and the end of the object leave no process behind.
public final class Authority: @unchecked Sendable {
    /// The folder of its files.
    public let data: URL
    private var settings: [String: String]
    private var running: Process?
    /// The issuer key's public half, hex.
    public let issuer: String
    /// `https://127.0.0.1:PORT`, the same after a restart.
    public private(set) var baseURL = ""

    /// Makes its keys and its trust bundle in the folder `data` and starts it. `settings` are its settings by name, such as
    /// `credential_min_hours`.
    public init(_ data: URL, settings: [String: String] = [:]) throws {
        self.data = data
        self.settings = settings
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        func path(_ name: String) -> String { data.appendingPathComponent(name).path }
        let root = try Self.run(["national", "keygen", "--out", path("root.key")])
        issuer = try Self.run(["keys", "issuer", "--out", path("issuer.key")])
        let wuhan = try Self.run(["keys", "issuer", "--out", path("wuhan.key")])
        try Data("\(root)\n".utf8).write(to: data.appendingPathComponent("root-key.hex"))
        try Self.run([
            "national", "trust-bundle", "--root-key", path("root.key"),
            "--region", "330100:zh=杭州市,en=Hangzhou:\(issuer)", "--region", "420100:zh=武汉市,en=Wuhan:\(wuhan)",
            "--out", path("trust-bundle.cbor"),
        ])
        try start()
    }

    deinit { running?.terminate() }

    /// What a phone is configured with.
    public func config(baseURL: String? = nil) throws -> CitizenConfig {
        CitizenConfig(baseUrl: baseURL ?? self.baseURL, rootKey: try rootKey, rootsPem: try caPem, language: "en")
    }

    /// The national root's public key.
    public var rootKey: Data {
        get throws {
            let hex = try String(contentsOf: data.appendingPathComponent("root-key.hex"), encoding: .utf8)
            return unhex(hex.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    /// Its development CA, PEM.
    public var caPem: Data { get throws { try Data(contentsOf: caFile) } }

    /// Where that CA lies.
    public var caFile: URL { data.appendingPathComponent("ca.pem") }

    /// Starts the server; returns once it says that it is ready.
    public func start() throws {
        let listen = baseURL.isEmpty ? "127.0.0.1:0" : baseURL.replacingOccurrences(of: "https://", with: "")
        let process = Process()
        process.executableURL = try Self.program
        process.arguments = ["--data", data.path, "--listen", listen, "--division", "330100"]
        process.environment = settings.reduce(into: ProcessInfo.processInfo.environment) { environment, setting in
            environment["HEALTH_CODE_\(setting.key.uppercased())"] = setting.value
        }
        let out = Pipe()
        process.standardOutput = out
        let log = data.appendingPathComponent("authority.log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        running = process
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let more = out.fileHandleForReading.availableData
            if more.isEmpty { break }
            line += more
        }
        let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.hasPrefix("READY ") else {
            throw SetUpFailure("\(text) \((try? String(contentsOf: log, encoding: .utf8)) ?? "")")
        }
        baseURL = String(text.dropFirst("READY ".count))
    }

    /// Starts it anew with these settings beside those that it has.
    public func set(_ changes: [String: String]) throws {
        stop()
        settings.merge(changes) { $1 }
        try start()
    }

    /// Stops it: nobody answers any more.
    public func stop() {
        guard let process = running else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        running = nil
    }

    /// Two officers, or those named, change a colour.
    public func changeColour(_ citizen: String, to colour: String, reason: String) throws {
        func path(_ name: String) -> String { data.appendingPathComponent(name).path }
        try Self.run([
            "colour-change", "apply", "--citizen", citizen, "--colour", colour, "--reason", reason,
            "--officer-key", path("officers/officer-1.key"), "--officer-key", path("officers/officer-2.key"),
            "--url", baseURL, "--ca", path("ca.pem"),
        ])
    }

    /// Both officers publish a bundle while it runs.
    public func publish(_ kind: String, _ content: String) throws {
        func path(_ name: String) -> String { data.appendingPathComponent(name).path }
        try Data(content.utf8).write(to: data.appendingPathComponent("\(kind).json"))
        try Self.run([
            "publish", "apply", "--kind", kind, path("\(kind).json"),
            "--officer-key", path("officers/officer-1.key"), "--officer-key", path("officers/officer-2.key"),
            "--url", baseURL, "--ca", path("ca.pem"),
        ])
    }

    /// Two officers order that the phone with this device id cares for whoever has the document.
    public func orderCare(_ kind: String, _ number: String, device: String) throws {
        func path(_ name: String) -> String { data.appendingPathComponent(name).path }
        let file = path("care-\(UUID().uuidString).json")
        try Self.run([
            "care-order", "draft", "--document-kind", kind, "--document-number", number, "--device", device,
            "--out", file,
        ])
        for officer in ["officer-1", "officer-2"] {
            try Self.run([
                "care-order", "sign", file, "--officer", officer, "--officer-key", path("officers/\(officer).key"),
            ])
        }
        try Self.run(["care-order", "submit", file, "--url", baseURL, "--ca", path("ca.pem")])
    }

    /// An officer of the desk makes a sheet of paper for a citizen; where it is printed to.
    @discardableResult
    public func makePaper(_ citizen: String, days: Int) throws -> URL {
        func path(_ name: String) -> String { data.appendingPathComponent(name).path }
        let sheet = data.appendingPathComponent("sheet-\(UUID().uuidString).pdf")
        try Self.run([
            "paper", "issue", "--citizen", citizen, "--days", "\(days)", "--out", sheet.path,
            "--officer", "officer-1", "--officer-key", path("officers/officer-1.key"), "--url", baseURL,
            "--ca", path("ca.pem"),
        ])
        return sheet
    }

    /// A code that an officer of the desk makes for who has this resident identity number.
    public func activationCode(_ number: String) throws -> String {
        func path(_ name: String) -> String { data.appendingPathComponent(name).path }
        let arguments = [
            "activation-code", "make", "--officer", "officer-1", "--officer-key", path("officers/officer-1.key"),
            "--url", baseURL, "--ca", path("ca.pem"),
        ]
        let made = try output(of: try Self.program, arguments, input: Data("\(number)\n".utf8))
        let told = try JSONSerialization.jsonObject(with: made) as? [String: Any]
        guard let code = told?["code"] as? String else { throw SetUpFailure("no code") }
        return code
    }

    /// Its program: HEALTH_CODE_AUTHORITY, else the one cargo built.
    static var program: URL {
        get throws {
            let named = ProcessInfo.processInfo.environment["HEALTH_CODE_AUTHORITY"].map { URL(fileURLWithPath: $0) }
            let program = named ?? projectRoot.appendingPathComponent("target/debug/health-code-authority")
            guard FileManager.default.isExecutableFile(atPath: program.path) else {
                throw SetUpFailure("no authority at \(program.path): cargo build -p health-code-authority")
            }
            return program
        }
    }

    @discardableResult
    static func run(_ arguments: [String]) throws -> String {
        String(decoding: try output(of: try program, arguments), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// The standard output of a program that must end well.
public func output(of program: URL, _ arguments: [String], input: Data = Data()) throws -> Data {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    let (entering, out, failing) = (Pipe(), Pipe(), Pipe())
    process.standardInput = entering
    process.standardOutput = out
    process.standardError = failing
    try process.run()
    try entering.fileHandleForWriting.write(contentsOf: input)
    try entering.fileHandleForWriting.close()
    let told = out.fileHandleForReading.readDataToEndOfFile()
    let complaint = failing.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        throw SetUpFailure("\(arguments): \(String(decoding: complaint, as: UTF8.self))")
    }
    return told
}

/// Bytes of lower-case hex.
public func unhex(_ text: String) -> Data {
    let digits = Array(text)
    return Data(
        stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) })
}
