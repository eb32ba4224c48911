import AVFoundation
import SwiftUI
import UIKit
import VisionKit

/// The camera, reading every code in the picture again and again; says so where it may not.
struct CodeScanner: UIViewControllerRepresentable {
    let read: @MainActor ([String]) -> Void
    let denied: @MainActor () -> Void

    func makeCoordinator() -> Coordinator { Coordinator(read: read, denied: denied) }

    func makeUIViewController(context: Context) -> DataScannerViewController {
        let scanner = DataScannerViewController(
            recognizedDataTypes: [.barcode(symbologies: [.qr])], qualityLevel: .accurate,
            recognizesMultipleItems: true, isHighFrameRateTrackingEnabled: false, isPinchToZoomEnabled: true,
            isGuidanceEnabled: false, isHighlightingEnabled: true)
        scanner.delegate = context.coordinator
        return scanner
    }

    func updateUIViewController(_ scanner: DataScannerViewController, context: Context) {
        context.coordinator.begin(scanner)
    }

    static func dismantleUIViewController(_ scanner: DataScannerViewController, coordinator: Coordinator) {
        scanner.stopScanning()
    }

    /// Invariant: all codes that are in the picture at the moment are told at once, so that two are never taken for one.
    @MainActor
    final class Coordinator: NSObject, DataScannerViewControllerDelegate {
        private let read: @MainActor ([String]) -> Void
        private let denied: @MainActor () -> Void

        init(read: @escaping @MainActor ([String]) -> Void, denied: @escaping @MainActor () -> Void) {
            self.read = read
            self.denied = denied
        }

        func begin(_ scanner: DataScannerViewController) {
            guard !scanner.isScanning else { return }
            Task {
                let isAllowed = await AVCaptureDevice.requestAccess(for: .video)
                guard isAllowed, DataScannerViewController.isSupported, DataScannerViewController.isAvailable,
                    (try? scanner.startScanning()) != nil
                else { return denied() }
            }
        }

        func dataScanner(
            _ dataScanner: DataScannerViewController, didAdd addedItems: [RecognizedItem], allItems: [RecognizedItem]
        ) { tell(allItems) }

        func dataScanner(
            _ dataScanner: DataScannerViewController, didUpdate updatedItems: [RecognizedItem],
            allItems: [RecognizedItem]
        ) { tell(allItems) }

        private func tell(_ items: [RecognizedItem]) {
            let texts = items.compactMap { item -> String? in
                if case .barcode(let code) = item { code.payloadStringValue } else { nil }
            }
            if !texts.isEmpty { read(texts) }
        }
    }
}
