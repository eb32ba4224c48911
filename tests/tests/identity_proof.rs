//! Proof of identity, end to end over TLS: a desk's codes, a login, an assertion; who moves, who is told, who goes to the desk.

#[path = "identity_proof/crash.rs"]
mod crash;
#[path = "identity_proof/desk.rs"]
mod desk;
#[path = "identity_proof/login.rs"]
mod login;

use health_code_authority::{CodeEntry, CodesAnswer, Config};
use health_code_core::capability::identity_proof::{
    OwnProofState, ProofKind, ProofLevel, ProofStep,
};
use health_code_core::citizen::{CONSENT_VERSION, CitizenErrorKind, NextStepKind, Stage};
use health_code_core::code::Assurance;
use health_code_core::colour::{Colour, Reason};
use health_code_core::sync::SyncOutcome;
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
