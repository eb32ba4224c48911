import HealthCodeKit
import Observation

/// Reads certificates, keeps them, hands them in and removes them.
///
/// Invariant: nothing is kept before it was shown, handed in with other names before both were shown and confirmed, or removed
/// before that was agreed to. What holds, and what counts, the core says alone.
@MainActor
@Observable
public final class DccModel {
    /// A certificate's text, as it is typed or pasted.
    public var text = "" { didSet { if text != oldValue { forget() } } }
    private let session: Session
    /// Of the one that is shown; nil: the list.
    private let id: String?
    private var page = Page.first
    private var view: DccsView?
    /// What was read and is not kept, and how it was written.
    private var read: (text: String, view: DccView)?
    /// What is wrong, in the language of the moment.
    private var problem: (@MainActor () -> String)?
    private var isCameraDenied = false
    private let acts = OneAct()

    private enum Page { case first, add, scanning, read, confirm, remove }

    public init(_ session: Session, of id: String? = nil) {
        self.session = session
        self.id = id
    }

    /// Reads them; again whenever home, or the language, has changed.
    public func load() async {
        await attempt {
            view = try await session.health.dccs()
            if let (text, _) = read { read = (text, try await session.health.readDcc(text: text)) }
        }
    }

    public func act(_ action: DccAction) async {
        switch action {
        case .add: show(.add)
        case .scan: show(.scanning)
        case .endScan: show(.add)
        case .cameraDenied:
            show(.add)
            isCameraDenied = true
        case .scanned(let texts): await once { try await look(at: texts) }
        case .read: await once { try await look(at: [text]) }
        case .open(let id): session.open(.dccOf(id))
        case .step: await once { try await step() }
        case .handIn: await once { try await handIn() }
        case .confirm: await once { try await submit(namesConfirmed: true) }
        case .askRemove: show(.remove)
        case .remove: await once { try await remove() }
        case .sync:
            await session.sync()
            await load()
        case .back: back()
        }
    }

    /// The page, without what was wrong on the one before.
    private func show(_ page: Page) {
        forget()
        self.page = page
    }

    private func forget() { (problem, isCameraDenied) = (nil, false) }

    private func back() {
        switch page {
        case .first: session.back()
        case .scanning, .read:
            read = nil
            show(.add)
        case .add, .confirm, .remove: show(.first)
        }
    }

    /// Of all squares in a picture the one that is a certificate; where none is, what is wrong with the last.
    private func look(at texts: [String]) async throws {
        guard page == .add || page == .scanning else { return }
        read = nil
        for text in texts {
            let view = try await session.health.readDcc(text: text)
            if view.status != .unreadable { return show(view, text) }
            read = (text, view)
        }
        show(.add)
        problem = { [weak self] in self?.read?.view.faultText ?? self?.session.words["dcc-no-code"] ?? "" }
    }

    /// What was read is looked at before it is kept; what is kept already has its page.
    private func show(_ view: DccView, _ text: String) {
        self.text = ""
        if view.isKept {
            read = nil
            show(.first)
            session.open(.dccOf(view.id))
        } else {
            read = (text, view)
            show(.read)
        }
    }

    private func step() async throws {
        switch shown.flatMap(step(of:)) {
        case .keep:
            guard let (text, _) = read else { return }
            let id = try await session.health.keepDcc(text: text)
            read = nil
            show(.first)
            view = try await session.health.dccs()
            session.open(.dccOf(id))
        case .handIn: try await handIn()
        case .connect:
            await session.sync()
            await load()
        case .register: session.open(.form(.registration))
        case nil: break
        }
    }

    private func handIn() async throws {
        if shown?.needsConfirmation == true { show(.confirm) } else { try await submit(namesConfirmed: false) }
    }

    private func submit(namesConfirmed: Bool) async throws {
        guard let id else { return }
        try await session.health.submitDcc(id: id, namesConfirmed: namesConfirmed)
        show(.first)
        await session.sync(.afterSubmit)
        await load()
    }

    private func remove() async throws {
        guard let id else { return }
        try await session.health.removeDcc(id: id)
        session.back()
        await session.sync(.afterSubmit)
    }

    /// A second tap does nothing while the first is at work.
    private func once(_ work: () async throws -> Void) async {
        await acts.begin {
            forget()
            await attempt(work)
        }
    }

    private func attempt(_ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            problem = { [weak self] in self?.session.text(of: error) ?? "" }
        }
    }

    /// The one that the page is about, where it is about one.
    private var shown: DccView? {
        if page == .read { return read?.view }
        return id.flatMap { id in view?.certificates.first { $0.id == id } }
    }

    /// As the core last told it; an empty list until it has, which takes milliseconds.
    public var state: DccState {
        var state = DccState(name: .empty)
        (state.problem, state.isCameraDenied, state.isSyncing) = (problem?(), isCameraDenied, session.isSyncing)
        guard let view else { return state }
        state.text = view.text
        state.most = Int(view.maxCertificates)
        state.certificates = view.certificates.map(line)
        if let shown { state.one = one(shown) }
        state.name =
            switch page {
            case .add: problem == nil ? .add : .problem
            case .scanning: .scanning
            case .read: .read
            case .confirm: .confirm
            case .remove: .remove
            case .first:
                if let shown { name(shown) } else { view.certificates.isEmpty ? .empty : view.canKeep ? .list : .full }
            }
        return state
    }

    private func line(_ certificate: DccView) -> DccState.Line {
        let name = name(certificate)
        let isOnItsWay = [.waiting, .atDesk, .refused, .notOurs].contains(name)
        return .init(
            id: certificate.id, sign: sign(certificate), title: certificate.kindText, holder: holder(certificate),
            standing: isOnItsWay ? certificate.sendingText : certificate.title, spoken: certificate.spoken)
    }

    private func one(_ certificate: DccView) -> DccState.One {
        let step = step(of: certificate)
        let isCompared = certificate.namesComparison != nil
        return .init(
            id: certificate.id, sign: sign(certificate), kind: certificate.kindText, title: certificate.title,
            // The rules say what does not hold.
            spoken: certificate.spoken, fault: certificate.rules.isEmpty ? said(certificate.faultText) : nil,
            rules: certificate.rules, sending: said(certificate.sendingText), nextText: certificate.nextStepText,
            step: step, canHandIn: certificate.isKept && certificate.canSubmit && step != .handIn,
            mustConfirm: certificate.needsConfirmation, names: said(certificate.namesText),
            parts: certificate.names.map { part in
                .init(
                    id: part.label, inCertificate: said(part.inCertificate), inDocument: said(part.inDocument),
                    comparison: isCompared ? part.comparisonText : nil,
                    isOpen: isCompared && part.comparison != .same)
            },
            holder: holder(certificate),
            content: certificate.lines.enumerated().map { .init(id: $0, label: $1.label, value: $1.value) })
    }

    private func holder(_ certificate: DccView) -> String? {
        let names = certificate.names.filter { $0.part != .birthDate }.map(\.inCertificate)
        return said(names.filter { !$0.isEmpty }.joined(separator: " "))
    }

    private func said(_ text: String) -> String? { text.isEmpty ? nil : text }

    private func step(of certificate: DccView) -> DccState.Step? {
        switch certificate.nextStep {
        case .keep: .keep
        case .submit, .compare: .handIn
        case .connect, .wait: .connect
        case .register: .register
        case .desk, .askIssuer, .none: nil
        }
    }

    private func sign(_ certificate: DccView) -> StatusSign {
        switch (certificate.level, certificate.sending) {
        case (.stop, _), (_, .refused), (_, .notOurs): .attention
        case (_, .waiting), (_, .atDesk): .waiting
        case (.good, _): .done
        case (.attention, _): .unclear
        }
    }

    private func name(_ certificate: DccView) -> DccState.Name {
        if certificate.level == .stop { return .stopped }
        switch certificate.sending {
        case .waiting: return .waiting
        case .atDesk: return .atDesk
        case .notOurs: return .notOurs
        case .refused: return .refused
        case .notSent, .received, .agreed: break
        }
        if certificate.status == .notAccepted { return .notAccepted }
        if certificate.sending != .notSent { return certificate.status == .counts ? .counted : .received }
        return certificate.needsConfirmation ? .names : .kept
    }
}
