// What calls from Swift cost: `cargo xtask bench swift`. Each round times every call in turn,
// so that a busy machine slows all; the table gives medians, and ratios to the cheapest call of the same round.
// No time makes it fail.
import Foundation
import HealthCodeKit
import TestSupport

let folder = FileManager.default.temporaryDirectory.appendingPathComponent("health-code-costs-\(UUID().uuidString)")
let authority = try Authority(folder.appendingPathComponent("authority"))
let phone = try Phone(folder.appendingPathComponent("phone"), authority.config())
let health = try await phone.open()
try await health.turnGreen()
health.close()

let clock = HandClock()
let core = try CoreHealthCode.open(
    dataDir: phone.store.path, config: authority.config(), keyGuard: phone.fileGuard(), clock: clock)
guard let trust = try core.publishedBundle(kind: .trust, name: "") else { throw SetUpFailure("no trust bundle") }
let checkpoint = try Checkpoint(trustBundle: trust, rootKey: authority.rootKey)
let token = CancelToken()
var text = try core.currentCode().text
let calls: [(name: String, repeats: Int, work: () throws -> Void)] = [
    ("cheapest call (`CancelToken.isCancelled`)", 20, { _ = token.isCancelled() }),
    ("home view", 1, { _ = try core.home() }),
    ("code, same slot", 1, { _ = try core.currentCode() }),
    (
        "code, next slot (one signature)", 1,
        {
            clock.advance(milliseconds: 25_000)
            text = try core.currentCode().text
        }
    ),
    ("code's picture, PNG", 1, { _ = try codePng(text: text) }),
    ("check (two verifications)", 1, { _ = try checkpoint.check(text, at: try core.now().atMs / 1_000) }),
]
for _ in 0..<200 { for call in calls { try call.work() } }
var times = [[Double]](repeating: [], count: calls.count)
for _ in 0..<500 {
    for (number, call) in calls.enumerated() {
        let start = DispatchTime.now().uptimeNanoseconds
        for _ in 0..<call.repeats { try call.work() }
        times[number].append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e3 / Double(call.repeats))
    }
}
print("| call from Swift | us | times the cheapest |\n|---|---|---|")
for (number, call) in calls.enumerated() {
    let cost = median(times[number])
    let ratio = median(zip(times[number], times[0]).map { $0 / max($1, 0.001) })
    print("| \(call.name) | \(String(format: "%.1f", cost)) | \(String(format: "%.1f", ratio)) |")
}
authority.stop()
try FileManager.default.removeItem(at: folder)

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
