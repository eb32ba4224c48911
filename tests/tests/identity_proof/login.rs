//! Proof by a login or by an assertion of the app around this one: what counts, what does not, whose keys.

use health_code_core::capability::identity_proof::{OwnProofState, ProofKind};
use health_code_tests::login_issuer::{LoginIssuer, Person, SigningAlgorithm};
use health_code_tests::phone::{Phone, resident_id};
use health_code_tests::town::Town;
use serde_json::{Value, json};

use super::{NAME, both, citizen, own, phone, policy, refused, register, town, write};

/// Claims at a time.
type Claims<'a> = &'a dyn Fn(i64) -> Value;

fn login(issuer: &LoginIssuer) -> Value {
    json!({
        "kind": "oidc", "name": {"en": "City login", "zh": "城市登录"}, "issuer": issuer.issuer,
        "clientId": "health-code", "scope": "openid id_number", "jwks": issuer.fetch_keys(),
        "claims": {"name": "name", "documentNumber": "id_number", "fixedDocumentKind": "resident_id"},
    })
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

/// What providers sign with most. The key set is pinned anew after each rotation, as an operator does; the one before counts until it is dropped.
#[test]
fn logins_signed_with_rsa_register_and_move_while_the_issuer_goes_over_to_other_keys() {
    use SigningAlgorithm::{EdDsa, Ps256, Rs256};
    let issuer = LoginIssuer::signing_with(Rs256);
    let mut town = town(&policy(1, true, &json!([login(&issuer)])));
    let number = resident_id("001");
    let person = Person {
        account: "account-1",
        name: NAME,
        number: &number,
    };
    let nonce = |phone: &Phone| {
        let view = phone.health_code.identity_proof().expect("a view");
        json!({"nonce": view.nonce})
    };
    let issuer_refused = both("identity_proof_refused", "identity_proof_issuer_refused");
    let repinned = |town: &mut Town, version: u64| {
        town.stop();
        let policy = policy(version, true, &json!([login(&issuer)]));
        town.configure(|config| {
            write(config, &policy);
        });
        town.start();
    };

    // A key counts with its own algorithm alone, though it could verify the other one.
    let first = phone(&town, "first");
    let as_ps256 = issuer.token_claiming(&person, town.now(), &nonce(&first), Ps256);
    let outcome = register(&first, "001", ProofKind::Oidc, &as_ps256);
    assert_eq!(refused(&outcome), issuer_refused);
    let token = issuer.token(&person, town.now(), &nonce(&first));
    register(&first, "001", ProofKind::Oidc, &token);
    assert_eq!(own(&first), OwnProofState::Proven);
    first.declare_well();
    first.sync();
    let registered = citizen(&first);

    // A key that the authority has not pinned yet is nobody's; once it is, the same person moves.
    issuer.rotate_to(Ps256);
    town.clock.advance_ms(60_000);
    let second = phone(&town, "second");
    let token = issuer.token(&person, town.now(), &nonce(&second));
    let outcome = register(&second, "001", ProofKind::Oidc, &token);
    assert_eq!(refused(&outcome), issuer_refused);
    repinned(&mut town, 2);
    second.sync();
    let as_rs256 = issuer.token_claiming(&person, town.now(), &nonce(&second), Rs256);
    let outcome = register(&second, "001", ProofKind::Oidc, &as_rs256);
    assert_eq!(refused(&outcome), issuer_refused);
    let token = issuer.token(&person, town.now(), &nonce(&second));
    let outcome = register(&second, "001", ProofKind::Oidc, &token);
    assert!(outcome.uploads_refused.is_empty(), "{outcome:?}");
    second.sync();
    assert_eq!(citizen(&second), registered);
    let told = refused(&first.sync());
    assert_eq!(told, both("registration_ended", "moved_by_proof"));

    // A token of a key that was dropped since counts no more.
    town.clock.advance_ms(60_000);
    let third = phone(&town, "third");
    let late = issuer.token(&person, town.now(), &nonce(&third));
    issuer.rotate_to(EdDsa);
    issuer.drop_old_keys();
    repinned(&mut town, 3);
    third.sync();
    let outcome = register(&third, "001", ProofKind::Oidc, &late);
    assert_eq!(refused(&outcome), issuer_refused);
    let token = issuer.token(&person, town.now(), &nonce(&third));
    let outcome = register(&third, "001", ProofKind::Oidc, &token);
    assert!(outcome.uploads_refused.is_empty(), "{outcome:?}");
    third.sync();
    assert_eq!(citizen(&third), registered);
    town.stop();
    assert!(third.health_code.current_code().is_ok());
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
