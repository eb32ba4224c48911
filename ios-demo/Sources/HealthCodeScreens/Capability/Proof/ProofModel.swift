import Foundation
import HealthCodeKit
import Observation

/// For what somebody proves who they are.
public enum ProofPlace: Hashable, Sendable {
    /// The own registration, or none yet.
    case own
    /// The form that is being filled in, whose last page sends both at once.
    case registration
}

/// A proof that goes along with the registration that is being filled in. In memory alone.
public struct RegistrationProof: Equatable, Sendable {
    let kind: ProofKind
    let proof: String
}

/// Leads the ways of the authority's policy, has the core judge a code while it is typed, and hands the proof in.
///
/// Invariant: what a way is called, whether a code can be one and how the own proof stands, the core says alone.
@MainActor
@Observable
public final class ProofModel {
    /// The code as it is typed.
    public var code = "" { didSet { if code != oldValue { look() } } }
    private let session: Session
    private let place: ProofPlace
    /// Where logins begin; nil where this app was given none.
    private let loginPage: URL?
    private var page = Page.plain
    private var view: IdentityProofView?
    private var review: ActivationCodeReview?
    private var failure: (any Error)?
    private var isUnfit = false
    private var isCameraDenied = false
    private var looking: Task<Void, Never>?
    private var login: LoginRequest?
    private var isBusy = false

    private enum Page { case plain, ways, code, scan, loginFailed }

    public init(_ session: Session, _ place: ProofPlace = .own, loginPage: URL? = nil) {
        self.session = session
        self.place = place
        self.loginPage = loginPage
    }

    /// Reads it; again whenever home has changed.
    public func load() async {
        do {
            view = try await session.health.identityProof()
            if page == .code { review = try await session.health.reviewActivationCode(code) }
        } catch {
            failure = error
        }
    }

    public func act(_ action: ProofAction) async {
        switch action {
        case .next: await next()
        case .choose(let kind): choose(kind)
        case .send: await once { await send(code) }
        case .scan: page = .scan
        case .endScan: page = .code
        case .cameraDenied: (page, isCameraDenied) = (.code, true)
        case .read(let texts): await once { await read(texts) }
        case .loggedIn(let answer): await once { await finish(answer) }
        case .loginFailed: page = .loginFailed
        case .sync:
            await session.sync()
            await load()
        case .back: back()
        case .close: session.back()
        }
    }

    /// The page where somebody logs in, with what the token has to name; nil where there is none.
    public func loginURL() -> URL? {
        guard let view, let loginPage, let way = view.ways.first(where: { $0.kind == .oidc }) else { return nil }
        login = LoginRequest(loginPage, way, nonce: view.nonce)
        return login?.url
    }

    private func choose(_ kind: ProofKind) {
        forget()
        if kind == .activationCode { page = .code }
    }

    private func next() async {
        switch view?.own.nextStep {
        case .register: session.open(.form(.registration))
        case .prove:
            forget()
            page = .ways
        case .connect: await act(.sync)
        case nil, .some(.none): break
        }
    }

    /// One step back: to the ways, to how it stands, off the screen.
    private func back() {
        let wasOn = page
        forget()
        switch wasOn {
        case .plain: session.back()
        case .ways: page = .plain
        case .scan: page = .code
        case .code, .loginFailed: page = view?.own.state == .refused ? .ways : .plain
        }
    }

    private func forget() { (failure, isUnfit, isCameraDenied) = (nil, false, false) }

    /// Has the core say what is missing, each time for what is typed by then.
    private func look() {
        forget()
        let (before, typed) = (looking, code)
        looking = Task {
            await before?.value
            guard typed == code else { return }
            review = try? await session.health.reviewActivationCode(typed)
        }
    }

    /// Of all squares in the picture the one that is a code.
    private func read(_ texts: [String]) async {
        guard page == .scan else { return }
        for text in texts {
            guard let read = try? await session.health.reviewActivationCode(text), read.isComplete else { continue }
            page = .code
            code = read.text
            await send(text)
            return
        }
    }

    private func send(_ typed: String) async {
        await looking?.value
        do {
            let judged = try await session.health.reviewActivationCode(typed)
            (review, isUnfit) = (judged, !judged.isComplete)
            if judged.isComplete { try await prove(.activationCode, typed) }
        } catch {
            failure = error
        }
    }

    private func finish(_ answer: String) async {
        guard let token = login?.token(in: answer) else {
            page = .loginFailed
            return
        }
        login = nil
        do {
            try await prove(.oidc, token)
        } catch {
            (failure, page) = (error, .loginFailed)
        }
    }

    private func prove(_ kind: ProofKind, _ proof: String) async throws {
        if place == .registration || view?.own.state == .notRegistered {
            session.registrationProof = RegistrationProof(kind: kind, proof: proof)
            code = ""
            page = .plain
            if place == .registration { session.back() } else { session.open(.form(.registration)) }
            return
        }
        try await session.health.proveIdentity(kind: kind, proof: proof)
        code = ""
        page = .plain
        await session.sync(.afterSubmit)
        await load()
    }

    /// A second tap does nothing while the first is at work.
    private func once(_ work: () async -> Void) async {
        guard !isBusy else { return }
        isBusy = true
        defer { isBusy = false }
        forget()
        await work()
    }

    private var problem: String? {
        if case HealthCodeError.FormRefused(_, let fields)? = failure, let first = fields.first {
            return textOfCode(code: first.code, language: session.words.language) ?? first.text
        }
        if let failure { return session.text(of: failure) }
        return isUnfit ? review?.message : nil
    }

    /// As the core tells it; not known until it has.
    public var state: ProofState {
        guard let view else { return ProofState(name: .notKnown) }
        var state = ProofState(name: name(view))
        state.introduction = view.introduction
        state.problem = problem
        state.own = own(view.own)
        state.ways = view.ways.map { way in
            let isPossible =
                switch way.kind {
                case .activationCode: true
                case .oidc: loginPage != nil
                case .hostAssertion, .none: false
                }
            return .init(
                id: way.kind, title: way.title, text: way.text, phone: way.phone, isPossible: isPossible)
        }
        state.grouped = review?.text ?? ""
        state.hint = isUnfit || code.isEmpty ? nil : review.flatMap { $0.message.isEmpty ? nil : $0.message }
        state.isScanning = page == .scan
        state.isCameraDenied = isCameraDenied
        return state
    }

    private func name(_ view: IdentityProofView) -> ProofState.Name {
        switch page {
        case .code, .scan: return problem == nil ? .code : .problem
        case .loginFailed: return .loginFailed
        case .plain, .ways: break
        }
        guard view.isKnown else { return .notKnown }
        switch view.own.state {
        case .proven: return .proven
        case .waiting: return .waiting
        case .needsDesk: return .needsDesk
        case .refused where page == .plain: return .refused
        case .refused, .unproven, .notRegistered: return view.ways.isEmpty ? .notNeeded : .ways
        }
    }

    private func own(_ own: OwnProofView) -> ProofState.Own {
        let sign: ProofState.Sign =
            switch own.level {
            case .good: .good
            case .note: .note
            case .warning: .warning
            }
        return .init(
            sign: sign, title: own.title, text: own.text, spoken: own.spoken, nextStep: own.nextStepText,
            since: own.provenAt.map { session.moment($0) })
    }
}
