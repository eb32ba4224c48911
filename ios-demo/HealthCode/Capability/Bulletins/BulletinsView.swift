import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// What the authority tells everybody.
struct BulletinsScreen: View {
    @State private var model: BulletinsModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: BulletinsModel(session))
    }

    var body: some View {
        BulletinsDrawing(state: model.state, words: session.words) { action in Task { await model.act(action) } }
            .task { await model.load() }
    }
}

struct BulletinsDrawing: View {
    @Environment(\.palette) private var palette
    let state: BulletinsState
    let words: ScreenWords
    let act: @MainActor (BulletinsAction) -> Void

    var body: some View {
        Page(title: words["bulletins-title"]) {
            if let one = state.one, state.name == .one {
                whole(one)
            } else if state.name == .empty {
                Text(words["bulletins-empty"]).role(.body)
            } else {
                ForEach(state.bulletins) { bulletin in row(bulletin) }
            }
        } bottom: {
            switch state.name {
            case .one: PrimaryButton(words["common-back"]) { act(.list) }
            case .empty: PrimaryButton(words["common-back"]) { act(.close) }
            case .list: EmptyView()
            }
        }
    }

    private func row(_ bulletin: BulletinsState.Bulletin) -> some View {
        Button {
            act(.read(bulletin.id))
        } label: {
            VStack(alignment: .leading, spacing: 4) {
                head(bulletin)
                if !bulletin.isRead { Text(words["bulletins-new"]).role(.smallest, weight: .bold) }
            }
            .padding(12)
            .frame(maxWidth: .infinity, alignment: .leading)
            .foregroundStyle(Color(palette.text))
            .overlay { RoundedRectangle(cornerRadius: 12).stroke(Color(palette.border), lineWidth: 1) }
            .contentShape(Rectangle())
        }
        .buttonStyle(.plain)
    }

    @ViewBuilder private func head(_ bulletin: BulletinsState.Bulletin) -> some View {
        HStack(spacing: 8) {
            Image(systemName: bulletin.isUrgent ? "exclamationmark.triangle.fill" : "info.circle")
                .accessibilityHidden(true)
            Text(bulletin.level).role(.smallest, weight: .medium)
        }
        Text(bulletin.title).role(.title, weight: .semibold)
        if let published = bulletin.published {
            Text(published).role(.smallest).foregroundStyle(Color(palette.second))
        }
    }

    @ViewBuilder private func whole(_ bulletin: BulletinsState.Bulletin) -> some View {
        head(bulletin)
        Text(bulletin.text).role(.body)
        Text(words["bulletins-signed"]).role(.smallest)
        if let phone = bulletin.phone {
            CallButton(label: words.format("common-call-number", ["number": phone]), number: phone)
        }
        if let link = bulletin.link, let url = URL(string: link) {
            Link(destination: url) { Text(verbatim: link).role(.body) }
        }
    }
}

struct BulletinsPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(BulletinsState.all(words), id: \.name) { state in
                BulletinsDrawing(state: state, words: words) { _ in }.previewDisplayName(state.name.rawValue)
            }
        }
    }
}
