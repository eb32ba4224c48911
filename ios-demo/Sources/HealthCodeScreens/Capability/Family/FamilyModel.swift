import Foundation
import HealthCodeKit
import Observation

/// Takes people into care, shows them, hands them over and lets them go.
///
/// Invariant: nobody leaves before what is lost was shown and agreed to; a code for the other side is made on demand alone.
@MainActor
@Observable
public final class FamilyModel {
    public private(set) var state: FamilyState
    private let session: Session
    private let acts = OneAct()
    /// Whose page it is; nil for the list.
    private let id: String?
    private var page = Page.first
    /// Whom a declaration is for.
    private var chosen: Set<String> = []
    private var view: DependantsView?
    /// The carer whose care was asked to be ended.
    private var asked: String?

    private enum Page: Equatable { case first, add, leave, code(of: String, CarePurpose), declare, carers }

    /// Everybody, or one of them by the id on this phone.
    public init(_ session: Session, of id: String? = nil) {
        self.session = session
        self.id = id
        state = FamilyState(name: .empty, text: "")
    }

    /// As it is now.
    public func load() async {
        do {
            view = try await session.health.dependants()
            try await show()
        } catch {
            state.problem = session.text(of: error)
        }
    }

    /// Shows that a code counts no more when its time is over, unless another one is shown by then.
    public func expire() async {
        guard let shown = state.code, shown.secondsLeft > 0,
            (try? await Task.sleep(for: .seconds(shown.secondsLeft + 1))) != nil, state.code == shown
        else { return }
        await load()
    }

    public func act(_ action: FamilyAction) async {
        do {
            switch action {
            case .add: try await go(.add)
            case .fillIn: session.open(.form(.dependant(nil)))
            case .mend: if let id { session.open(.form(.dependant(id))) }
            case .open(let id): session.open(.familyOf(id))
            case .step: await takeStep()
            case .showHealthCode: session.open(id.map { .codeOf($0) } ?? .code)
            case .declareFor: if let id { session.open(.form(.healthDeclarationOf([id]))) }
            case .paper: if let id { session.open(.paperOf(id)) }
            case .share(let purpose): try await once { try await share(id ?? HealthCode.owner, purpose) }
            case .renew: if case .code(let id, let purpose) = page { try await once { try await renew(id, purpose) } }
            case .askLeave: try await go(.leave)
            case .leave: try await leave()
            case .declare:
                chosen = due()
                try await go(.declare)
            case .choose(let id):
                chosen.formSymmetricDifference([id])
                try await show()
            case .fillInDeclaration: fillInDeclaration()
            case .carers: try await go(.carers)
            case .endCare(let id): try await once { try await endCare(id) }
            case .sync: await sync()
            case .back: if page == .first { session.back() } else { try await go(above) }
            }
        } catch {
            state.problem = session.text(of: error)
        }
    }

    private var one: DependantView? { view?.dependants.first { $0.id == id } }
    private var inCare: [DependantView] { (view?.dependants ?? []).filter { $0.state == .inCare } }

    private func go(_ page: Page) async throws {
        self.page = page
        try await show()
    }

    /// Does what is done once: a tap meanwhile begins nothing. The sync after it keeps nobody from anything.
    private func once(_ work: () async throws -> Bool) async throws {
        var sends = false
        try await acts.begin { sends = try await work() }
        guard sends else { return }
        await session.sync(.afterSubmit)
        await load()
    }

    private func sync() async {
        state.isSyncing = true
        await session.sync()
        await load()
    }

    /// The page that one step back leads to.
    private var above: Page {
        if case .code(HealthCode.owner, _) = page { .carers } else { .first }
    }

    /// Whom the core asks for a declaration; the others can be added.
    private func due() -> Set<String> {
        let kinds: [NextStepKind] = [.declare, .checkInToday]
        let others = inCare.filter { kinds.contains($0.nextStep.kind) }.map(\.id)
        return Set(others + (kinds.contains(session.home.nextStep.kind) ? [HealthCode.owner] : []))
    }

    /// The code that was made before, while it counts.
    private func share(_ id: String, _ purpose: CarePurpose) async throws -> Bool {
        let before = try await session.health.subject(id).careCode()
        if let before, before.purpose == purpose, before.state != .over {
            try await go(.code(of: id, purpose))
            return false
        }
        return try await renew(id, purpose)
    }

    /// It counts once the authority was told of it.
    private func renew(_ id: String, _ purpose: CarePurpose) async throws -> Bool {
        _ = try await session.health.subject(id).showCareCode(purpose)
        try await go(.code(of: id, purpose))
        return true
    }

    private func endCare(_ carer: String) async throws -> Bool {
        let isSure = asked == carer
        asked = isSure ? nil : carer
        if isSure { _ = try await session.health.endCare(carers: [carer]) }
        try await show()
        return isSure
    }

    private func leave() async throws {
        guard let id else { return }
        var isGone = false
        try await acts.begin {
            try await session.health.subject(id).erase()
            isGone = true
            session.path = [.family]
        }
        if isGone { await session.sync(.afterSubmit) }
    }

    private func fillInDeclaration() {
        let all = [HealthCode.owner] + inCare.map(\.id)
        let ids = all.filter(chosen.contains)
        if ids.isEmpty {
            state.problem = session.words["family-declare-nobody"]
        } else {
            session.open(.form(.healthDeclarationOf(ids)))
        }
    }

    private func takeStep() async {
        guard let one else { return }
        switch (one.state, one.nextStep.kind) {
        case (.waiting, _), (.inCare, .connect): await sync()
        case (.refused, _), (.ended, _): session.open(.form(.dependant(one.id)))
        case (.inCare, .showCode): session.open(.codeOf(one.id))
        case (.inCare, .declare), (.inCare, .checkInToday): session.open(.form(.healthDeclarationOf([one.id])))
        case (.inCare, _): break
        }
    }

    private func show() async throws {
        switch page {
        case .first: if id == nil { await list() } else { try await person() }
        case .add:
            state = FamilyState(name: .add, text: view?.text ?? "")
            state.deviceId = try? await session.health.deviceId()
        case .leave:
            try await person()
            state.name = .leave
        case .code(let id, let purpose): try await code(of: id, purpose)
        case .declare:
            await list()
            state.name = .declare
            let owner = FamilyState.Person(
                id: HealthCode.owner, name: session.words["family-myself"], standing: "", next: "",
                spoken: session.words["family-myself"])
            state.people = ([owner] + state.people.filter { person in inCare.contains { $0.id == person.id } }).map {
                var person = $0
                person.isChosen = chosen.contains(person.id)
                return person
            }
        case .carers:
            let carers = try await session.health.carers().filter { !$0.isThisPhone }
            state = FamilyState(
                name: .carers, text: session.words[carers.isEmpty ? "family-carers-none" : "family-carers-lead"])
            state.carers = carers.map(carer)
        }
    }

    private func list() async {
        let all = view?.dependants ?? []
        state = FamilyState(
            name: all.isEmpty ? .empty : view?.canAdd == 0 ? .full : .list, text: view?.text ?? "")
        state.canAdd = ![.notRegistered, .registrationRefused].contains(session.home.stage)
        state.hasCode = all.contains(where: \.codeAvailable)
        for one in all { state.people.append(await shown(one)) }
    }

    private func step(of one: DependantView) -> String? {
        switch one.state {
        case .waiting: session.words["code-connect"]
        case .refused, .ended: session.words["family-ask-anew"]
        case .inCare: one.nextStep.kind == .none ? nil : one.nextText
        }
    }

    private func person() async throws {
        guard let one else { throw HealthCodeError.Sync(code: "sync_subject_unknown") }
        let names: [DependantState: FamilyState.Name] = [
            .waiting: .waiting, .refused: .refused, .inCare: .inCare, .ended: .ended,
        ]
        state = FamilyState(name: names[one.state] ?? .waiting, text: one.stateText)
        state.person = await shown(one)
        state.refusal = one.refusal.map { [$0.text, $0.fieldText].compactMap { $0 }.joined(separator: "\n") }
        state.ends = one.endText.isEmpty ? nil : one.endText
        state.carers = one.carers.map(carer)
        state.hasCode = one.codeAvailable && one.nextStep.kind != .showCode
        state.step = step(of: one)
        if one.uploadsWaiting > 0 {
            state.waiting = session.words.format("home-waiting", ["count": one.uploadsWaiting])
        }
        if one.state == .refused { state.deviceId = try? await session.health.deviceId() }
    }

    private func code(of id: String, _ purpose: CarePurpose) async throws {
        let view = try await session.health.subject(id).careCode()
        guard let view, view.purpose == purpose else { return try await go(.first) }
        let names: [CareCodeState: FamilyState.Name] = [
            .waiting: .showCodeWaiting, .counts: .showCode, .over: .showCodeOver,
        ]
        state = FamilyState(name: names[view.state] ?? .showCodeOver, text: view.text)
        if let one { state.person = await shown(one) }
        state.code = FamilyState.CareCode(
            code: view.code, picture: view.state == .over ? nil : try? codePng(text: view.pictureText),
            pictureLabel: session.words["family-code-image"],
            until: view.until.map { session.words.format("family-code-until", ["time": session.moment($0)]) },
            secondsLeft: view.state == .counts ? Int(view.remainingSecs) : 0)
    }

    private func shown(_ one: DependantView) async -> FamilyState.Person {
        var person = FamilyState.Person(
            id: one.id, name: one.name, standing: one.stateText, next: one.nextText, spoken: one.spoken,
            key: one.state == .inCare ? one.keyText : nil)
        // Never a colour that counts no more.
        guard one.status.kind != .unknown, one.state == .inCare,
            let colour = (try? await session.health.subject(one.id).home())?.colour
        else { return person }
        (person.mark, person.colour) = (Mark(colour.shown.tone), colour.shown.title)
        (person.why, person.instruction) = (colour.why, colour.instruction)
        return person
    }

    private func carer(_ carer: CarerView) -> FamilyState.Carer {
        .init(id: carer.id, text: carer.text, isAsked: carer.id == asked)
    }
}
