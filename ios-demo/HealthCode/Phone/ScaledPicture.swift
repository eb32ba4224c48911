import UIKit

/// A photograph made as small as evidence has to be.
enum ScaledPicture {
    /// Longest side, pixels, and JPEG's quality, tried in this order.
    private static let steps: [(side: CGFloat, quality: CGFloat)] = [
        (2_048, 0.85), (2_048, 0.7), (1_600, 0.7), (1_200, 0.7), (900, 0.6),
    ]

    /// As JPEG of `mostBytes` at most, drawn anew: where and with what it was taken does not come along. Nil where it cannot be
    /// read or made that small.
    static func jpeg(of bytes: Data, mostBytes: Int) async -> Data? {
        guard let whole = UIImage(data: bytes) else { return nil }
        let longest = max(whole.size.width, whole.size.height)
        guard longest > 0 else { return nil }
        for step in steps {
            let scale = min(1, step.side / longest)
            let size = CGSize(width: whole.size.width * scale, height: whole.size.height * scale)
            guard let small = await whole.byPreparingThumbnail(ofSize: size),
                let made = small.jpegData(compressionQuality: step.quality)
            else { return nil }
            if made.count <= mostBytes { return made }
        }
        return nil
    }
}
