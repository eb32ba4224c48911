//! A login's addresses, answers of others, and what a provider may say of itself.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::login::{LoginAttempt, LoginError, is_usable_issuer, token_in};
use crate::encoding::base64;
use crate::testing::entropy::FixedEntropy;

const ISSUER: &str = "https://login.example.org";
const BACK: &str = "org.healthcode.app:/login";

fn attempt(issuer: &str, seed: u64) -> LoginAttempt {
    let nonce = "thumb".to_owned();
    let entropy = FixedEntropy::new(seed);
    LoginAttempt::begin(
        issuer,
        "health code",
        "openid id_number",
        nonce,
        BACK,
        &entropy,
    )
    .expect("begun")
}

fn metadata(issuer: &str) -> Value {
    json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize?theme=plain"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/jwks.json"),
    })
}

fn bytes(json: &Value) -> Vec<u8> {
    json.to_string().into_bytes()
}

#[test]
fn the_page_is_asked_for_a_code_of_which_only_this_phone_has_the_secret() {
    let login = attempt(ISSUER, 1);
    assert_eq!(
        login.metadata_url,
        "https://login.example.org/.well-known/openid-configuration"
    );
    let page = login.page(&bytes(&metadata(ISSUER))).expect("a page");
    let (before, query) = page
        .split_once("?theme=plain&")
        .expect("its own query stays");
    assert_eq!(before, "https://login.example.org/authorize");
    let challenge = base64::encode_url(&Sha256::digest(login.verifier.as_bytes()));
    assert_eq!(
        query,
        format!(
            "response_type=code&client_id=health+code&redirect_uri=org.healthcode.app%3A%2Flogin&scope=openid+id_number\
             &state={}&nonce=thumb&code_challenge={challenge}&code_challenge_method=S256",
            login.state
        )
    );
    assert!(!page.contains(&login.verifier));
    assert_eq!((login.state.len(), login.verifier.len()), (43, 43));
    let other = attempt(ISSUER, 2);
    assert!(other.state != login.state && other.verifier != login.verifier);
    assert!(login.state != login.verifier);
    assert_eq!(format!("{login:?}"), "LoginAttempt(hidden)");
}

#[test]
fn an_answer_counts_for_its_own_login_alone() {
    let login = attempt(ISSUER, 1);
    let said = bytes(&metadata(ISSUER));
    let of = |answer: &str| login.token_request(&said, answer);
    let state = &login.state;
    let request = of(&format!(
        "{BACK}?code=a%2Bb&state={state}&iss=https%3A%2F%2Flogin.example.org"
    ))
    .expect("a request");
    assert_eq!(request.url, "https://login.example.org/token");
    assert_eq!(
        request.body,
        format!(
            "grant_type=authorization_code&code=a%2Bb&redirect_uri=org.healthcode.app%3A%2Flogin&client_id=health+code\
             &code_verifier={}",
            login.verifier
        )
    );
    for (answer, error) in [
        (String::new(), LoginError::OtherLogin),
        (BACK.to_owned(), LoginError::OtherLogin),
        (format!("{BACK}?code=a"), LoginError::OtherLogin),
        (format!("{BACK}?code=a&state=other"), LoginError::OtherLogin),
        (
            format!("{BACK}?code=a&state={state}&state=x"),
            LoginError::OtherLogin,
        ),
        (
            format!("{BACK}?code=a#state={state}"),
            LoginError::OtherLogin,
        ),
        (
            format!("{BACK}2?code=a&state={state}"),
            LoginError::OtherLogin,
        ),
        (
            format!("https://evil.example/?code=a&state={state}"),
            LoginError::OtherLogin,
        ),
        (
            format!("{BACK}?code=a&state={state}&iss=https%3A%2F%2Fevil.example"),
            LoginError::OtherLogin,
        ),
        (
            format!("{BACK}?error=access_denied&state={state}"),
            LoginError::Declined,
        ),
        (
            format!("{BACK}?error=server_error&state={state}"),
            LoginError::Refused,
        ),
        (format!("{BACK}?state={state}"), LoginError::NoToken),
        (format!("{BACK}?code=&state={state}"), LoginError::NoToken),
    ] {
        assert_eq!(of(&answer).err(), Some(error), "{answer}");
    }
}

#[test]
fn a_provider_speaks_for_itself_and_safely() {
    let login = attempt(ISSUER, 1);
    let refused = |said: &[u8]| assert_eq!(login.page(said), Err(LoginError::ProviderUnusable));
    refused(b"");
    refused(b"<html>");
    refused(&bytes(&metadata("https://login.example.org/")));
    refused(&vec![b' '; super::MAX_LOGIN_ANSWER_BYTES + 1]);
    for member in ["authorization_endpoint", "token_endpoint"] {
        for url in [
            json!("http://login.example.org/a"),
            json!("javascript:alert(1)"),
            json!("https://"),
            json!("https://login.example.org/a#b"),
            json!("https://login.example.org/a b"),
            json!("http://127.0.0.1/a"),
            json!(format!("https://login.example.org/{}", "a".repeat(2_048))),
            json!(7),
        ] {
            let mut said = metadata(ISSUER);
            said[member] = url;
            refused(&bytes(&said));
        }
    }
    // A provider on this very machine needs no certificate; a name that only begins like it is another machine.
    let local = "http://127.0.0.1:8080";
    assert!(attempt(local, 1).page(&bytes(&metadata(local))).is_ok());
    for issuer in [
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1:80@evil.example",
        "http://example.org",
        "login",
    ] {
        assert!(!is_usable_issuer(issuer), "{issuer}");
    }
    assert!(is_usable_issuer(ISSUER) && is_usable_issuer("http://127.0.0.1"));
}

#[test]
fn a_token_is_taken_out_of_the_answer_or_why_there_is_none() {
    assert_eq!(
        token_in(br#"{"id_token": "a.b.c", "access_token": "x"}"#),
        Ok("a.b.c".to_owned())
    );
    for (answer, error) in [
        (r#"{"error": "invalid_grant"}"#, LoginError::Refused),
        (r#"{"access_token": "x"}"#, LoginError::NoToken),
        (r#"{"id_token": ""}"#, LoginError::NoToken),
        ("[]", LoginError::NoToken),
        ("", LoginError::NoToken),
    ] {
        assert_eq!(token_in(answer.as_bytes()), Err(error), "{answer}");
    }
}
