import Foundation
import HealthCodeKit
import Observation

/// For what somebody proves who they are.
public enum ProofPlace: Hashable, Sendable {
    /// The own registration.
    case own
    /// The registration that was filled in: its answers go along, in one step.
    case registration
}

/// Leads the ways of the authority's policy, has the core judge a code while it is typed, and hands the proof in.
///
/// Invariant: which proofs count, what is wrong with a code and how the own proof stands, the core says alone. What was typed or
/// a login gave is kept nowhere here once it was handed over.
@MainActor
@Observable
public final class ProofModel {
    /// The code as it is typed.
    public var code = "" { didSet { if code != oldValue { look() } } }
    private let session: Session
    private let place: ProofPlace
    /// Shows and carries a login; nil: that way has no button.
    public var browser: LoginBrowser?
    private var page = Page.standing
    private var triesAgain: Bool
    private var view: IdentityProofView?
    private var review: ActivationCodeReview?
    private var failure: (any Error)?
    private var isUnfit = false
    /// The picture that was picked has no code.
    private var hasNoSquare = false
    private var isCameraDenied = false
    private var looking: Task<Void, Never>?
    private let acts = OneAct()

    private enum Page { case standing, code, scan, declined }

    public init(_ session: Session, _ place: ProofPlace = .own, browser: LoginBrowser? = nil) {
        self.session = session
        self.place = place
        self.browser = browser
        triesAgain = place == .registration
    }

    /// Reads it; again whenever home, or the language, has changed.
    public func load() async {
        do {
            view = try await session.health.identityProof()
            if !code.isEmpty { review = try await session.health.reviewActivationCode(code) }
        } catch {
            failure = error
        }
    }

    public func act(_ action: ProofAction) async {
        switch action {
        // One that was begun before this screen was made anew is still under way.
        case .take where session.login.isUnderWay: break
        case .take(let kind):
            forget()
            page = kind == .activationCode ? .code : .standing
            if kind == .hostAssertion { await once { await askHost() } }
            if kind == .oidc { await once { await logIn() } }
        case .cancelLogin: session.login.cancel()
        case .send: await once { await send(code) }
        case .scan: page = .scan
        case .endScan: page = .code
        case .cameraDenied: (page, isCameraDenied) = (.code, true)
        case .read(let texts): if page == .scan { await once { await read(texts) } }
        case .picked(let texts): await once { hasNoSquare = await !read(texts) }
        case .tryAgain: triesAgain = true
        case .goWithout:
            await once {
                do {
                    try await prove(.none, "")
                } catch {
                    failure = error
                }
            }
        case .connect:
            await session.sync()
            await load()
        case .done: session.open(.home)
        case .back: back()
        }
    }

    /// One step back: to the ways, to how it stands, off the screen.
    private func back() {
        forget()
        switch page {
        case .scan: page = .code
        case .code, .declined: page = .standing
        case .standing where triesAgain && place == .own: triesAgain = false
        case .standing: session.back()
        }
    }

    private func forget() {
        (failure, isUnfit, hasNoSquare, isCameraDenied) = (nil, false, false, false)
        session.login.forget()
    }

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

    /// Of all squares in the picture the one that is a code; whether there is one.
    @discardableResult
    private func read(_ texts: [String]) async -> Bool {
        for text in texts {
            guard let read = try? await session.health.reviewActivationCode(text), read.isComplete else { continue }
            page = .code
            code = read.text
            return true
        }
        return false
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

    private func logIn() async {
        guard let browser, let token = await session.login.token(session.health, by: browser) else { return }
        await handOver(.oidc, token)
    }

    private func askHost() async {
        guard let ask = session.setup.hostAssertion, let view,
            let way = view.ways.first(where: { $0.kind == .hostAssertion })
        else { return }
        let request = HostAssertionRequest(issuer: way.issuer ?? "", nonce: view.nonce)
        await handOver(.hostAssertion, await ask(request))
    }

    /// Without a token nothing came of it.
    private func handOver(_ kind: ProofKind, _ token: String?) async {
        page = .declined
        guard let token else { return }
        do {
            try await prove(kind, token)
        } catch {
            failure = error
        }
    }

    private func prove(_ kind: ProofKind, _ proof: String) async throws {
        let health = session.health
        if place == .registration {
            try await health.register(
                answers: try await health.draft(.registration), consent: consent(language: session.words.language),
                kind: kind, proof: proof)
            session.preferences.isWelcomed = true
        } else {
            try await health.proveIdentity(kind: kind, proof: proof)
        }
        code = ""
        (page, triesAgain) = (.standing, false)
        await session.sync(.afterSubmit)
        await load()
    }

    /// A second tap does nothing while the first is at work.
    private func once(_ work: () async -> Void) async {
        await acts.begin {
            forget()
            await work()
        }
    }

    private var problem: String? {
        let failure = failure ?? session.login.failure
        if case HealthCodeError.FormRefused(_, let fields)? = failure, let first = fields.first {
            return textOfCode(code: first.code, language: session.words.language) ?? first.text
        }
        if let ended = failure as? BrowserLogin.Failure { return session.words[ended.rawValue] }
        if let failure { return session.text(of: failure) }
        if hasNoSquare { return session.words["dcc-no-code"] }
        return isUnfit ? review?.message : nil
    }

    /// As the core told it; not known until it has, which takes milliseconds.
    public var state: ProofState {
        guard let view else { return ProofState(name: .notKnown) }
        var state = ProofState(name: name(view))
        state.introduction = view.introduction
        state.own = view.own.state == .notRegistered ? nil : own(view.own)
        state.ways = view.ways.map { way in
            .init(id: way.kind, title: way.title, text: way.text, phone: way.phone, isPossible: isPossible(way.kind))
        }
        if !code.isEmpty, let review {
            state.readBack = review.text
            state.missing = review.error == nil && !review.message.isEmpty ? review.message : nil
        }
        state.problem = problem
        (state.isScanning, state.isCameraDenied) = (page == .scan, isCameraDenied)
        (state.isSyncing, state.isRegistering) = (session.isSyncing, place == .registration)
        return state
    }

    /// Whether this phone can go the way.
    private func isPossible(_ kind: ProofKind) -> Bool {
        switch kind {
        case .activationCode: true
        case .oidc: browser != nil
        case .hostAssertion: session.setup.hostAssertion != nil
        case .none: false
        }
    }

    private func name(_ view: IdentityProofView) -> ProofState.Name {
        if session.login.isUnderWay { return .loggingIn }
        switch view.own.state {
        case .proven: return .proven
        case .waiting where !triesAgain: return .waiting
        case .needsDesk where !triesAgain: return .needsDesk
        case .refused where !triesAgain: return .refused
        case .waiting, .needsDesk, .refused, .unproven, .notRegistered: break
        }
        guard view.isKnown else { return .notKnown }
        guard !view.ways.isEmpty else { return .notNeeded }
        switch page {
        case .code, .scan: return problem == nil ? .code : .problem
        case .declined: return .loginFailed
        case .standing: return session.login.failure == nil ? .ways : .loginFailed
        }
    }

    private func own(_ own: OwnProofView) -> ProofState.Own {
        let sign: StatusSign =
            switch own.level {
            case .good: .done
            case .note: .waiting
            case .warning: .attention
            }
        return .init(
            sign: sign, title: own.title, text: own.text, spoken: "\(own.spoken) \(own.text)",
            since: own.provenAt.map { session.words.format("proof-since", ["time": session.moment($0)]) })
    }
}
