// A stand-in for what the app uses of Apple's BackgroundTasks: declarations alone, after its documentation.
@_exported import Foundation

open class BGTaskRequest: NSObject {
    public var earliestBeginDate: Date?
}
open class BGAppRefreshTaskRequest: BGTaskRequest {
    public init(identifier: String) {}
}
public final class BGTaskScheduler: @unchecked Sendable {
    public class var shared: BGTaskScheduler { BGTaskScheduler() }
    public func submit(_ taskRequest: BGTaskRequest) throws {}
}
