import Foundation

// Pages side by side, and what is handed to other apps.

public protocol TabViewStyle {}
public struct PageTabViewStyle: TabViewStyle {
    public struct IndexDisplayMode: Sendable { public static let automatic = Self(), always = Self(), never = Self() }
}
extension TabViewStyle where Self == PageTabViewStyle {
    public static var page: Self { .init() }
    public static func page(indexDisplayMode: PageTabViewStyle.IndexDisplayMode) -> Self { .init() }
}
extension View {
    public func tabViewStyle<S: TabViewStyle>(_ style: S) -> some View { self }
}

public struct ShareLink<Label: View>: StandInView {
    public init(item: URL, subject: Text? = nil, message: Text? = nil, @ViewBuilder label: () -> Label) {}
}
