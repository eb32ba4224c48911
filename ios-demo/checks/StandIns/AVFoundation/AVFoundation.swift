// A stand-in for what the app uses of Apple's AVFoundation: declarations alone, after its documentation.
import Foundation

public struct AVMediaType: Hashable, Sendable { public static let video = Self() }
open class AVCaptureDevice: NSObject, @unchecked Sendable {
    public enum TorchMode: Int, Sendable { case off, on, auto }
    public class func `default`(for mediaType: AVMediaType) -> AVCaptureDevice? { nil }
    public class func requestAccess(for mediaType: AVMediaType) async -> Bool { false }
    public var hasTorch: Bool { false }
    public var torchMode = TorchMode.off
    public func lockForConfiguration() throws {}
    public func unlockForConfiguration() {}
}
