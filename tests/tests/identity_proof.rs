//! Proof of identity, end to end over TLS: a desk's codes, a login, an assertion; who moves, who is told, who goes to the desk.

#[path = "identity_proof/crash.rs"]
mod crash;

use health_code_authority::{CodeAct, CodeEntry, CodeOrder, CodesAnswer, Config};
use health_code_core::capability::identity_proof::{
    OwnProofState, ProofKind, ProofLevel, ProofStep,
};
use health_code_core::citizen::{CONSENT_VERSION, CitizenErrorKind, NextStepKind, Stage};
use health_code_core::code::Assurance;
use health_code_core::colour::{Colour, Reason};
use health_code_core::sync::SyncOutcome;
use health_code_tests::login_issuer::{LoginIssuer, Person};
use health_code_tests::phone::{Phone, registration, resident_id};
use health_code_tests::town::Town;
use serde_json::{Value, json};

const NAME: &str = "欧阳振华";

/// A town with this policy.
fn town(policy: &Value) -> Town {
    let mut file = None;
    let town = Town::with(|config| {
        std::fs::create_dir_all(&config.data).expect("a folder");
        file = Some(write(config, policy));
    });
    assert!(file.is_some());
    town
}

fn write(config: &mut Config, policy: &Value) -> std::path::PathBuf {
    let path = config.data.join("identity-proofs.json");
    std::fs::write(&path, policy.to_string()).expect("written");
    config.identity_proofs = Some(path.clone());
    path
}

fn policy(version: u64, code: bool, ways: &Value) -> Value {
    json!({"version": version, "unproven": {"code": code, "assurance": "paper"}, "ways": ways})
}

fn login(issuer: &LoginIssuer) -> Value {
    json!({
        "kind": "oidc", "name": {"en": "City login", "zh": "城市登录"}, "issuer": issuer.issuer,
        "clientId": "health-code", "scope": "openid id_number", "jwks": issuer.fetch_keys(),
        "claims": {"name": "name", "documentNumber": "id_number", "fixedDocumentKind": "resident_id"},
    })
}

/// A phone that has synced, and so knows the policy.
fn phone(town: &Town, name: &str) -> Phone {
    let phone = Phone::new(town, name);
    phone.sync();
    phone
}

fn register(phone: &Phone, order: &str, kind: ProofKind, proof: &str) -> SyncOutcome {
    let answers = registration(&resident_id(order));
    let health_code = &phone.health_code;
    health_code
        .register_with_proof(&answers, CONSENT_VERSION, kind, proof)
        .expect("queued");
    phone.sync()
}

fn code(phone: &Phone, order: &str, code: &str) -> SyncOutcome {
    register(phone, order, ProofKind::ActivationCode, code)
}

fn own(phone: &Phone) -> OwnProofState {
    let view = phone.health_code.identity_proof().expect("a view");
    assert!(!view.own.title.is_empty() && !view.own.text.is_empty());
    assert!(!view.own.spoken.is_empty());
    assert_eq!(
        view.own.next_step == ProofStep::None,
        view.own.next_step_text.is_empty()
    );
    view.own.state
}

/// Why the last registration was refused: code, and what is wrong with the proof or how it ended.
fn refused(outcome: &SyncOutcome) -> (String, String) {
    let [refused] = outcome.uploads_refused.as_slice() else {
        panic!("{outcome:?}");
    };
    let code = refused.field_code.clone().unwrap_or_default();
    (refused.code.clone(), code)
}

fn both(code: &str, field: &str) -> (String, String) {
    (code.to_owned(), field.to_owned())
}

fn citizen(phone: &Phone) -> String {
    let home = phone.health_code.home().expect("a view");
    home.colour.expect("a colour").citizen_id
}

fn codes(town: &Town) -> Vec<CodeEntry> {
    let answer = town.desk(|order| order);
    assert_eq!(answer.status, 200);
    let answer: CodesAnswer = serde_json::from_slice(&answer.body).expect("codes");
    answer.codes
}

/// Claims at a time.
type Claims<'a> = &'a dyn Fn(i64) -> Value;

#[test]
fn a_desk_s_code_registers_and_the_next_one_moves_to_a_new_phone() {
    let desk_text = json!({"en": "Wulin Road 1, 9 to 17", "zh": "武林路 1 号，9 至 17 时"});
    let ways = json!([{"kind": "activation_code", "days": 3, "text": desk_text, "phone": "12345"}]);
    let mut town = town(&policy(1, true, &ways));
    let old = Phone::new(&town, "old");
    let made = town.activation_code(&resident_id("001"));

    // Before the first sync nobody knows which proofs are taken: nothing is sent that an older authority would refuse.
    let answers = registration(&resident_id("001"));
    let too_early = old.health_code.register_with_proof(
        &answers,
        CONSENT_VERSION,
        ProofKind::ActivationCode,
        &made,
    );
    let error = too_early.expect_err("refused");
    assert_eq!(error.kind(), CitizenErrorKind::FormRefused);
    assert_eq!(error.refused()[0].code, "identity_proof_not_known_yet");
    assert!(!old.health_code.identity_proof().expect("a view").is_known);

    old.sync();
    let view = old.health_code.identity_proof().expect("a view");
    assert!(view.is_known && view.is_required && view.own.state == OwnProofState::NotRegistered);
    assert_eq!(view.ways.len(), 1);
    assert_eq!(view.ways[0].text, "Wulin Road 1, 9 to 17");
    assert_eq!(view.ways[0].phone.as_deref(), Some("12345"));

    // A typing error is told before anything is sent.
    let mistyped = format!(
        "{}{}",
        &made[..18],
        if made.ends_with('3') { "4" } else { "3" }
    );
    let error = old
        .health_code
        .register_with_proof(
            &answers,
            CONSENT_VERSION,
            ProofKind::ActivationCode,
            &mistyped,
        )
        .expect_err("refused");
    assert_eq!(error.refused()[0].code, "activation_code_mistyped");

    old.register();
    let outcome = old.sync();
    assert_eq!(refused(&outcome), both("identity_proof_required", ""));
    assert_eq!(own(&old), OwnProofState::Refused);

    // Without a network the proof waits; then it registers.
    town.stop();
    let outcome = code(&old, "001", &made.to_lowercase().replace('-', " "));
    assert_eq!(outcome.uploads_left, 1);
    assert_eq!(own(&old), OwnProofState::Waiting);
    town.clock.advance_ms(2 * 86_400_000);
    old.clock.advance_ms(2 * 86_400_000);
    town.start();
    old.declare_well();
    old.sync();
    let view = old.health_code.identity_proof().expect("a view").own;
    assert_eq!(
        (view.state, view.level),
        (OwnProofState::Proven, ProofLevel::Good)
    );
    assert_eq!(view.proven_at, Some(town.now()));
    assert_eq!(old.colour(), Colour::Green);
    let shown = old.health_code.current_code().expect("a code").text;
    let verdict = old.checkpoint(&town).check(&shown, town.now());
    assert!(verdict.accepted);
    assert_eq!(codes(&town)[0].state, "used");

    // A new phone: a used code is none, the next one moves.
    town.clock.advance_ms(60_000);
    let new = phone(&town, "new");
    let outcome = code(&new, "001", &made);
    assert_eq!(
        refused(&outcome),
        both("identity_proof_refused", "identity_proof_code_used")
    );
    let next = town.activation_code(&resident_id("001"));
    code(&new, "001", &next);
    assert_eq!(own(&new), OwnProofState::Proven);
    new.sync();
    assert_eq!(citizen(&new), citizen(&old));
    assert_eq!(new.colour(), Colour::Green);

    // The older phone is told, its code counts nowhere, and it registers nobody by itself.
    let outcome = old.sync();
    assert_eq!(
        refused(&outcome),
        both("registration_ended", "moved_by_proof")
    );
    let told = &outcome.uploads_refused[0];
    assert!(
        told.field_text
            .as_deref()
            .is_some_and(|text| text.contains("another phone"))
    );
    assert_eq!(own(&old), OwnProofState::Refused);
    // Nothing was refused there: it says what happened.
    let told = old.health_code.identity_proof().expect("a view").own;
    assert_eq!(told.title, "Moved to another phone");
    let home = old.health_code.home().expect("a view");
    assert_eq!(
        (home.stage, home.code_available),
        (Stage::RegistrationRefused, false)
    );
    // The list is signed anew within a second or two.
    let is_refused = (0..50).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(200));
        new.sync();
        !new.checkpoint(&town).check(&shown, town.now()).accepted
    });
    assert!(is_refused);
    town.stop();
    assert_eq!(own(&new), OwnProofState::Proven);
    assert!(new.health_code.current_code().is_ok());
}

#[test]
fn whoever_proves_it_takes_a_document_from_whoever_does_not() {
    let town = town(&policy(
        1,
        true,
        &json!([{"kind": "none"}, {"kind": "activation_code"}]),
    ));
    let squatter = phone(&town, "squatter");
    squatter.register();
    squatter.declare(&json!({
        "temperature": 38.6, "symptoms": ["fever"], "symptomsSince": "2026-11-23",
    }));
    squatter.sync();
    assert_eq!(squatter.colour(), Colour::Yellow);
    assert_eq!(own(&squatter), OwnProofState::Unproven);
    // Checkpoints compare with the document.
    let shown = squatter.health_code.current_code().expect("a code").text;
    let verdict = squatter.checkpoint(&town).check(&shown, town.now());
    let assurance = verdict.assurance;
    assert_eq!(assurance, Some(Assurance::Paper));

    let owner = phone(&town, "owner");
    owner.register();
    assert_eq!(refused(&owner.sync()), both("already_registered", ""));
    let made = town.activation_code(&resident_id("001"));
    code(&owner, "001", &made);
    assert_eq!(own(&owner), OwnProofState::Proven);
    // Nothing that the squatter declared is the owner's.
    assert_eq!(
        owner.health_code.home().expect("a view").stage,
        Stage::AwaitingColour
    );
    owner.declare_well();
    owner.sync();
    assert_eq!(owner.colour(), Colour::Green);

    let outcome = squatter.sync();
    assert_eq!(
        refused(&outcome),
        both("registration_ended", "taken_over_by_proof")
    );
    assert!(
        squatter
            .health_code
            .home()
            .expect("a view")
            .colour
            .is_none()
    );
    // With a consent of its own it may register somebody else.
    town.clock.advance_ms(60_000);
    squatter.clock.advance_ms(60_000);
    squatter.register_as("002");
    assert!(squatter.sync().uploads_refused.is_empty());
}

/// Its last registration brought a code that is used by now: that is not what there is to say.
#[test]
fn who_proved_later_is_told_of_a_move_like_who_proved_at_once() {
    let ways = json!([{"kind": "none"}, {"kind": "activation_code"}]);
    let town = town(&policy(1, true, &ways));
    let old = phone(&town, "old");
    old.register();
    old.sync();
    let proof = town.activation_code(&resident_id("001"));
    let kind = ProofKind::ActivationCode;
    old.health_code
        .prove_identity(kind, &proof)
        .expect("queued");
    old.sync();
    assert_eq!(own(&old), OwnProofState::Proven);
    town.clock.advance_ms(60_000);
    let new = phone(&town, "new");
    new.clock.advance_ms(60_000);
    code(&new, "001", &town.activation_code(&resident_id("001")));
    assert_eq!(own(&new), OwnProofState::Proven);
    assert_eq!(
        refused(&old.sync()),
        both("registration_ended", "moved_by_proof")
    );
}

#[test]
fn an_order_of_two_officers_stays_when_a_document_is_taken_over() {
    let town = Town::new();
    let squatter = phone(&town, "squatter");
    squatter.turn_green(&town);
    town.change_colour(
        &citizen(&squatter),
        Colour::Yellow,
        Reason::CloseContact,
        "",
    );
    let owner = phone(&town, "owner");
    code(&owner, "001", &town.activation_code(&resident_id("001")));
    owner.declare_well();
    owner.sync();
    assert_eq!(owner.colour(), Colour::Yellow);
}

#[test]
fn an_unproven_citizen_gets_what_policy_says_and_more_after_proving() {
    let ways = json!([{"kind": "none"}, {"kind": "activation_code"}]);
    let mut town = town(&policy(1, false, &ways));
    let phone = phone(&town, "phone");
    phone.register();
    phone.declare_well();
    phone.sync();
    let home = phone.health_code.home().expect("a view");
    assert!(home.colour.is_some() && !home.code_available);
    assert_eq!(home.next_step.kind, NextStepKind::ProveIdentity);
    let view = phone.health_code.identity_proof().expect("a view");
    assert_eq!(view.own.next_step, ProofStep::Prove);
    assert!(
        view.introduction.contains("once you have proven"),
        "{}",
        view.introduction
    );

    // Of somebody else's document, mistyped, then right; all of it the citizen's to mend.
    let prove = |code: &str| {
        let kind = ProofKind::ActivationCode;
        phone
            .health_code
            .prove_identity(kind, code)
            .expect("queued");
        phone.sync()
    };
    let others = town.activation_code(&resident_id("002"));
    let expected = both("identity_proof_refused", "identity_proof_code_unknown");
    assert_eq!(refused(&prove(&others)), expected);
    assert!(phone.health_code.home().expect("a view").colour.is_some());
    prove(&town.activation_code(&resident_id("001")));
    assert_eq!(own(&phone), OwnProofState::Proven);
    phone.sync();
    let shown = phone.health_code.current_code().expect("a code").text;
    let verdict = phone.checkpoint(&town).check(&shown, town.now());
    let assurance = verdict.assurance;
    assert_eq!(
        (verdict.accepted, assurance),
        (true, Some(Assurance::Software))
    );

    // The policy goes on: a phone that knew the older one learns of it.
    town.stop();
    town.configure(|config| {
        write(
            config,
            &policy(2, true, &json!([{"kind": "activation_code"}])),
        );
    });
    town.start();
    phone.sync();
    assert!(
        phone
            .health_code
            .identity_proof()
            .expect("a view")
            .is_required
    );
    // Who is registered corrects without a proof, but for name and document.
    let other = phone
        .health_code
        .register(&registration(&resident_id("005")), CONSENT_VERSION);
    assert!(other.is_err() || !phone.sync().uploads_refused.is_empty());
    let mut answers = registration(&resident_id("001"));
    answers["phone"] = json!("13900001234");
    let corrected = phone.health_code.register(&answers, CONSENT_VERSION);
    corrected.expect("queued");
    assert!(phone.sync().uploads_refused.is_empty());
    assert_eq!(own(&phone), OwnProofState::Proven);
}

#[test]
fn a_login_registers_moves_and_contradicts() {
    let issuer = LoginIssuer::start();
    let mut town = town(&policy(1, true, &json!([login(&issuer)])));
    let number = resident_id("001");
    let person = Person {
        account: "account-1",
        name: NAME,
        number: &number,
    };
    let log_in = |phone: &Phone, person: &Person<'_>, more: &Value| {
        let view = phone.health_code.identity_proof().expect("a view");
        let mut claims = json!({"nonce": view.nonce});
        for (name, value) in more.as_object().into_iter().flatten() {
            claims[name] = value.clone();
        }
        issuer.token(person, town.now(), &claims)
    };
    let old = phone(&town, "old");
    let view = old.health_code.identity_proof().expect("a view");
    assert_eq!(view.ways[0].title, "City login");
    assert_eq!(view.ways[0].client_id.as_deref(), Some("health-code"));
    assert_eq!(view.nonce.len(), 43);

    // Each way in which a login can be wrong, in words that say what to do.
    let stranger = phone(&town, "stranger");
    let of_stranger = stranger.health_code.identity_proof().expect("a view").nonce;
    let wrong: [(Claims<'_>, &str); 6] = [
        (&|_| json!({"aud": "bank"}), "identity_proof_wrong_audience"),
        (
            &|_| json!({"nonce": of_stranger}),
            "identity_proof_other_device",
        ),
        (&|now| json!({"exp": now - 400}), "identity_proof_expired"),
        (
            &|now| json!({"iat": now + 400}),
            "identity_proof_not_yet_valid",
        ),
        (
            &|_| json!({"name": "欧阳振中"}),
            "identity_proof_other_person",
        ),
        (
            &|_| json!({"iss": "https://evil.example"}),
            "identity_proof_issuer_refused",
        ),
    ];
    for (claims, expected) in wrong {
        let token = log_in(&old, &person, &claims(town.now()));
        let outcome = register(&old, "001", ProofKind::Oidc, &token);
        assert_eq!(refused(&outcome), both("identity_proof_refused", expected));
        assert!(
            outcome.uploads_refused[0].field_text.is_some(),
            "{expected}"
        );
        // Tries come back.
        town.clock.advance_ms(86_400_000);
        old.clock.advance_ms(86_400_000);
    }
    let first = log_in(&old, &person, &json!({}));
    register(&old, "001", ProofKind::Oidc, &first);
    assert_eq!(own(&old), OwnProofState::Proven);
    old.declare_well();
    old.sync();

    // The same login with another document is no second code.
    let renewed = resident_id("003");
    let second = phone(&town, "second");
    let of_new = Person {
        number: &renewed,
        ..person
    };
    let outcome = register(
        &second,
        "003",
        ProofKind::Oidc,
        &log_in(&second, &of_new, &json!({})),
    );
    assert_eq!(refused(&outcome), both("identity_needs_desk", ""));
    assert_eq!(own(&second), OwnProofState::NeedsDesk);
    // Another login for the same document neither.
    let other = Person {
        account: "account-2",
        ..person
    };
    town.clock.advance_ms(60_000);
    let third = phone(&town, "third");
    let outcome = register(
        &third,
        "001",
        ProofKind::Oidc,
        &log_in(&third, &other, &json!({})),
    );
    assert_eq!(refused(&outcome), both("identity_needs_desk", ""));

    // The issuer goes over to another key; the same person on a new phone moves.
    let early = log_in(
        &third,
        &person,
        &json!({"iat": town.now() - 3_000, "exp": town.now() + 600}),
    );
    issuer.rotate();
    town.stop();
    let rotated = policy(2, true, &json!([login(&issuer)]));
    town.configure(|config| {
        write(config, &rotated);
    });
    town.start();
    let token = |phone: &Phone, at: i64| {
        let view = phone.health_code.identity_proof().expect("a view");
        issuer.token(&person, at, &json!({"nonce": view.nonce}))
    };
    let outcome = register(&third, "001", ProofKind::Oidc, &token(&third, town.now()));
    assert!(outcome.uploads_refused.is_empty(), "{outcome:?}");
    third.sync();
    assert_eq!(citizen(&third), citizen(&old));
    assert_eq!(
        refused(&old.sync()),
        both("registration_ended", "moved_by_proof")
    );

    // A login of before moves nobody back, on whichever phone; nor does a replayed one on another.
    let old_again = token(&old, town.now() - 100);
    town.clock.advance_ms(60_000);
    old.clock.advance_ms(60_000);
    let outcome = register(&old, "001", ProofKind::Oidc, &old_again);
    assert_eq!(refused(&outcome), both("identity_needs_desk", ""));
    let fourth = phone(&town, "fourth");
    let outcome = register(&fourth, "001", ProofKind::Oidc, &early);
    assert_eq!(
        refused(&outcome),
        both("identity_proof_refused", "identity_proof_other_device")
    );

    // What was taken stays taken when it comes again, though the login has run out since.
    let fifth = phone(&town, "fifth");
    town.clock.advance_ms(60_000);
    fifth.line.lose_answers_to("POST", 1);
    register(&fifth, "001", ProofKind::Oidc, &token(&fifth, town.now()));
    assert_eq!(own(&fifth), OwnProofState::Waiting);
    town.clock.advance_ms(2 * 86_400_000);
    fifth.clock.advance_ms(2 * 86_400_000);
    let outcome = fifth.sync();
    assert!(outcome.uploads_refused.is_empty(), "{outcome:?}");
    assert_eq!(own(&fifth), OwnProofState::Proven);

    // The old key is gone.
    issuer.drop_old_keys();
    assert_eq!(
        issuer.fetch_keys()["keys"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn an_assertion_of_the_app_around_this_one_counts_for_its_device() {
    let issuer = LoginIssuer::start();
    let mut way = login(&issuer);
    way["kind"] = json!("host_assertion");
    way["audience"] = json!("health-code");
    for member in ["clientId", "scope"] {
        way.as_object_mut().expect("a way").remove(member);
    }
    let town = town(&policy(1, true, &json!([way, {"kind": "activation_code"}])));
    let phone = phone(&town, "phone");
    let number = resident_id("001");
    let person = Person {
        account: "pay-77",
        name: NAME,
        number: &number,
    };
    let nonce = phone.health_code.identity_proof().expect("a view").nonce;
    let assertion = |jkt: &str| issuer.token(&person, town.now(), &json!({"cnf": {"jkt": jkt}}));
    let outcome = register(
        &phone,
        "001",
        ProofKind::HostAssertion,
        &assertion("another"),
    );
    let expected = both("identity_proof_refused", "identity_proof_other_device");
    assert_eq!(refused(&outcome), expected);
    // A login is no assertion.
    let as_login = issuer.token(&person, town.now(), &json!({"nonce": nonce}));
    let outcome = register(&phone, "001", ProofKind::HostAssertion, &as_login);
    assert_eq!(refused(&outcome), expected);
    let error = phone
        .health_code
        .prove_identity(ProofKind::Oidc, &as_login)
        .expect_err("refused");
    assert_eq!(error.refused()[0].code, "identity_proof_kind_not_taken");
    let error = phone
        .health_code
        .prove_identity(ProofKind::HostAssertion, "no token")
        .expect_err("refused");
    assert_eq!(error.refused()[0].code, "identity_proof_unreadable");
    let outcome = register(&phone, "001", ProofKind::HostAssertion, &assertion(&nonce));
    assert!(outcome.uploads_refused.is_empty(), "{outcome:?}");
    assert_eq!(own(&phone), OwnProofState::Proven);
}

#[test]
fn a_desk_lists_and_strikes_off_its_codes_and_they_end() {
    let ways = json!([{"kind": "activation_code", "days": 3}]);
    let town = town(&policy(1, true, &ways));
    let phone = phone(&town, "phone");
    let struck = town.activation_code(&resident_id("001"));
    let id = codes(&town)[0].id.clone();
    let strike = || {
        town.desk(|order| CodeOrder {
            act: CodeAct::StrikeOff,
            code_id: Some(id.clone()),
            ..order
        })
    };
    assert_eq!(strike().status, 200);
    assert_eq!(codes(&town)[0].state, "struck_off");
    let refusal = |detail| both("identity_proof_refused", detail);
    let outcome = code(&phone, "001", &struck);
    assert_eq!(refused(&outcome), refusal("identity_proof_code_struck_off"));

    let late = town.activation_code(&resident_id("001"));
    town.clock.advance_ms(3 * 86_400_000);
    phone.clock.advance_ms(3 * 86_400_000);
    let outcome = code(&phone, "001", &late);
    assert_eq!(refused(&outcome), refusal("identity_proof_code_expired"));
    assert_eq!(codes(&town)[0].state, "expired");

    let good = town.activation_code(&resident_id("001"));
    // Two phones at once: one of them has it.
    let second = self::phone(&town, "second");
    let outcomes = std::thread::scope(|scope| {
        let one = scope.spawn(|| code(&phone, "001", &good));
        let two = scope.spawn(|| code(&second, "001", &good));
        [one.join().expect("one"), two.join().expect("two")]
    });
    let taken = outcomes.iter().filter(|it| it.uploads_refused.is_empty());
    assert_eq!(taken.count(), 1, "{outcomes:?}");
    let states = [own(&phone), own(&second)];
    assert!(states.contains(&OwnProofState::Proven) && states.contains(&OwnProofState::Refused));
    // An officer who is not enrolled, a longer life than policy gives, a code that there is no more.
    let too_long = town.desk(|order| CodeOrder {
        act: CodeAct::Make,
        document_kind: Some("resident_id".to_owned()),
        document_number: Some(resident_id("004")),
        code_sha256: Some("00".repeat(32)),
        days: Some(4),
        ..order
    });
    assert_eq!(too_long.status, 422);
    let unknown = town.desk(|order| CodeOrder {
        act: CodeAct::StrikeOff,
        code_id: Some("00".repeat(16)),
        ..order
    });
    assert_eq!(unknown.status, 422);
}
