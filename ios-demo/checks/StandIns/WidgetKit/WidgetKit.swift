// A stand-in for what the widget uses of Apple's WidgetKit: declarations alone, after its documentation.
import Foundation
import SwiftUI

public enum WidgetFamily: Sendable { case systemSmall, systemMedium, accessoryCircular, accessoryRectangular }
public protocol TimelineEntry { var date: Date { get } }
public struct TimelineProviderContext { public let isPreview: Bool }
public struct TimelineReloadPolicy: Sendable { public static let never = Self(), atEnd = Self() }
public struct Timeline<EntryType: TimelineEntry> {
    public init(entries: [EntryType], policy: TimelineReloadPolicy) {}
}
public protocol TimelineProvider {
    associatedtype Entry: TimelineEntry
    typealias Context = TimelineProviderContext
    func placeholder(in context: Context) -> Entry
    func getSnapshot(in context: Context, completion: @escaping (Entry) -> Void)
    func getTimeline(in context: Context, completion: @escaping (Timeline<Entry>) -> Void)
}

@MainActor @preconcurrency public protocol WidgetConfiguration {}
public struct SomeConfiguration: WidgetConfiguration {}
extension WidgetConfiguration {
    public func configurationDisplayName(_ displayName: LocalizedStringKey) -> some WidgetConfiguration { self }
    public func description(_ description: LocalizedStringKey) -> some WidgetConfiguration { self }
    public func supportedFamilies(_ families: [WidgetFamily]) -> some WidgetConfiguration { self }
}
public struct StaticConfiguration<Content: View>: WidgetConfiguration {
    public init<Provider: TimelineProvider>(
        kind: String, provider: Provider, @ViewBuilder content: @escaping (Provider.Entry) -> Content
    ) {}
}
@MainActor @preconcurrency public protocol Widget {
    associatedtype Body: WidgetConfiguration
    var body: Body { get }
    init()
}
@resultBuilder public enum WidgetBundleBuilder {
    public static func buildBlock<W: Widget>(_ widget: W) -> some Widget { widget }
}
@MainActor @preconcurrency public protocol WidgetBundle {
    associatedtype Body: Widget
    @WidgetBundleBuilder var body: Body { get }
    init()
}
extension WidgetBundle { public static func main() { fatalError("a stand-in") } }

public struct ContainerBackgroundPlacement: Sendable { public static let widget = Self() }
extension View {
    public func widgetURL(_ url: URL?) -> some View { self }
    public func containerBackground<S: ShapeStyle>(_ style: S, for container: ContainerBackgroundPlacement) -> some View {
        self
    }
}
extension EnvironmentValues { public var widgetFamily: WidgetFamily { .systemSmall } }
