import SwiftUI
import WidgetKit

/// One tap to the code, from the home and the lock screen. It shows no colour and holds no data: whoever picks up the phone
/// learns nothing.
@main
struct HealthCodeWidgets: WidgetBundle {
    var body: some Widget { ShowCodeWidget() }
}

struct ShowCodeWidget: Widget {
    var body: some WidgetConfiguration {
        StaticConfiguration(kind: "org.healthcode.app.show-code", provider: NothingToKnow()) { _ in
            ShowCodeLabel()
        }
        .configurationDisplayName("outside-tile")
        .description("outside-widget-hint")
        .supportedFamilies([.systemSmall, .accessoryCircular, .accessoryRectangular])
    }
}

struct ShowCodeLabel: View {
    @Environment(\.widgetFamily) private var family

    var body: some View {
        VStack(spacing: 4) {
            Image(systemName: "qrcode").font(.title)
            if family != .accessoryCircular { Text("outside-show-code").multilineTextAlignment(.center) }
        }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel("outside-show-code")
        .containerBackground(.background, for: .widget)
        .widgetURL(URL(string: "health-code://code"))
    }
}

/// There is one entry, for ever.
struct NothingToKnow: TimelineProvider {
    struct Entry: TimelineEntry { let date: Date }

    func placeholder(in context: Context) -> Entry { Entry(date: .now) }

    func getSnapshot(in context: Context, completion: @escaping (Entry) -> Void) { completion(Entry(date: .now)) }

    func getTimeline(in context: Context, completion: @escaping (Timeline<Entry>) -> Void) {
        completion(Timeline(entries: [Entry(date: .now)], policy: .never))
    }
}
