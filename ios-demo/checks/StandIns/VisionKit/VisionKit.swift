// A stand-in for what the app uses of Apple's VisionKit: declarations alone, after its documentation.
import UIKit
import Vision

public enum RecognizedItem: Sendable {
    case barcode(Barcode)
    public struct Barcode: Sendable { public var payloadStringValue: String? { nil } }
}
@MainActor open class DataScannerViewController: UIViewController {
    public struct RecognizedDataType: Hashable, Sendable {
        public static func barcode(symbologies: [VNBarcodeSymbology] = []) -> Self { .init() }
    }
    public enum QualityLevel: Sendable { case balanced, fast, accurate }
    public static var isSupported: Bool { false }
    public static var isAvailable: Bool { false }
    public weak var delegate: (any DataScannerViewControllerDelegate)?
    public init(
        recognizedDataTypes: Set<RecognizedDataType>, qualityLevel: QualityLevel = .balanced,
        recognizesMultipleItems: Bool = false, isHighFrameRateTrackingEnabled: Bool = true,
        isPinchToZoomEnabled: Bool = true, isGuidanceEnabled: Bool = true, isHighlightingEnabled: Bool = false
    ) {}
    public var isScanning: Bool { false }
    public func startScanning() throws {}
    public func stopScanning() {}
}
@MainActor public protocol DataScannerViewControllerDelegate: AnyObject {
    func dataScanner(_ dataScanner: DataScannerViewController, didAdd addedItems: [RecognizedItem], allItems: [RecognizedItem])
    func dataScanner(
        _ dataScanner: DataScannerViewController, didUpdate updatedItems: [RecognizedItem], allItems: [RecognizedItem])
}
