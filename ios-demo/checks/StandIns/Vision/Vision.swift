// A stand-in for what the app uses of Apple's Vision: declarations alone, after its documentation.
import Foundation

public struct VNBarcodeSymbology: Hashable, Sendable { public static let qr = Self() }

open class VNRequest { public init() {} }
open class VNDetectBarcodesRequest: VNRequest {
    public var symbologies: [VNBarcodeSymbology] = []
    public var results: [VNBarcodeObservation]? { nil }
}
open class VNBarcodeObservation { public var payloadStringValue: String? { nil } }
open class VNImageRequestHandler {
    public init(data imageData: Data, options: [VNImageOption: Any] = [:]) {}
    public func perform(_ requests: [VNRequest]) throws {}
}
public struct VNImageOption: Hashable, Sendable {}
