// A stand-in for what the app uses of Apple's UIKit: declarations alone, after its documentation.
@_exported import Foundation

public struct UIKeyboardType: Sendable {
    public static let `default` = Self(), numberPad = Self(), phonePad = Self(), decimalPad = Self()
    public static let numbersAndPunctuation = Self(), asciiCapable = Self()
}
public struct UITextContentType: Sendable { public static let name = Self(), telephoneNumber = Self() }

open class UIImage: @unchecked Sendable {
    public init?(data: Data) {}
    public var size: CGSize { .zero }
    public func byPreparingThumbnail(ofSize size: CGSize) async -> UIImage? { nil }
    public func jpegData(compressionQuality: CGFloat) -> Data? { nil }
}

@MainActor open class UIScreen {
    public var brightness: CGFloat = 0
}
@MainActor open class UIScene: NSObject {}
@MainActor open class UIWindowScene: UIScene { public var screen: UIScreen { UIScreen() } }
@MainActor open class UIApplication {
    public class var shared: UIApplication { UIApplication() }
    public var connectedScenes: Set<UIScene> { [] }
    public nonisolated static let userDidTakeScreenshotNotification = Notification.Name("screenshot")
}
@MainActor open class UIViewController: NSObject {}
@MainActor open class UINotificationFeedbackGenerator {
    public enum FeedbackType: Sendable { case success, warning, error }
    public init() {}
    open func notificationOccurred(_ notificationType: FeedbackType) {}
}

// Foundation's own on Apple's systems.
extension NotificationCenter {
    public func notifications(named name: Notification.Name, object: AnyObject? = nil) -> AsyncStream<Notification> {
        AsyncStream { $0.finish() }
    }
}
extension URL {
    public static var applicationSupportDirectory: URL { URL(fileURLWithPath: "/") }
}

// Text and PDF.
open class UIFont: NSObject, @unchecked Sendable {
    public struct Weight: Hashable, Sendable { public static let regular = Self(), semibold = Self(), bold = Self() }
    open class func systemFont(ofSize fontSize: CGFloat, weight: Weight) -> UIFont { UIFont() }
}
public enum NSTextAlignment: Int, Sendable { case left, center, right, justified, natural }
public enum NSWritingDirection: Int, Sendable { case natural = -1, leftToRight, rightToLeft }
open class NSMutableParagraphStyle: NSObject {
    open var alignment = NSTextAlignment.natural
    open var baseWritingDirection = NSWritingDirection.natural
}
public struct NSStringDrawingOptions: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let usesLineFragmentOrigin = Self(rawValue: 1), usesFontLeading = Self(rawValue: 2)
}
open class NSStringDrawingContext: NSObject {}
extension NSAttributedString.Key {
    public static let font = Self(rawValue: "NSFont"), paragraphStyle = Self(rawValue: "NSParagraphStyle")
    public static let languageIdentifier = Self(rawValue: "NSLanguage")
}
extension NSAttributedString {
    public func draw(with rect: CGRect, options: NSStringDrawingOptions = [], context: NSStringDrawingContext?) {}
    public func boundingRect(
        with size: CGSize, options: NSStringDrawingOptions = [], context: NSStringDrawingContext?
    ) -> CGRect { .zero }
}
open class UIGraphicsPDFRendererContext: NSObject { open func beginPage() {} }
open class UIGraphicsPDFRenderer: NSObject {
    public init(bounds: CGRect) {}
    open func pdfData(actions: (UIGraphicsPDFRendererContext) -> Void) -> Data { Data() }
}
