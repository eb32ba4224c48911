use ed25519_dalek::Signer;

use super::{
    DevicePublicKey, MAX_SIGNATURE_HEADER_BYTES, RequestParts, SignMessage, SignatureRefusal,
    SignatureVerifier, SignedHeaders, content_digest, device_id, is_nonce, sign_request,
    signature_base,
};
use crate::ports::PortError;

const NONCE: &str = "bm9uY2Utbm9uY2Utbm9uY2U";
const PARTS: RequestParts<'_> = RequestParts {
    method: "PUT",
    authority: "Health.Example:443",
    path: "/v1/declarations/0190",
    query: "",
    body: b"{}",
};

fn ed25519() -> (
    DevicePublicKey,
    impl Fn(&[u8]) -> Result<Vec<u8>, PortError>,
) {
    let key = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let public = DevicePublicKey::Ed25519(key.verifying_key().to_bytes());
    (public, move |message: &[u8]| {
        Ok(key.sign(message).to_bytes().to_vec())
    })
}

fn p256() -> (
    DevicePublicKey,
    impl Fn(&[u8]) -> Result<Vec<u8>, PortError>,
) {
    let key = p256::ecdsa::SigningKey::from_slice(&[9; 32]).unwrap();
    let public = key.verifying_key().to_sec1_point(true);
    let public = DevicePublicKey::from_bytes(public.as_bytes()).unwrap();
    (public, move |message: &[u8]| {
        let signature: p256::ecdsa::Signature = key.sign(message);
        Ok(signature.to_der().as_bytes().to_vec())
    })
}

fn signed() -> (DevicePublicKey, SignedHeaders) {
    let (public, sign) = ed25519();
    let headers = sign_request(&PARTS, NONCE, 1_700_000_000, &public, &sign).unwrap();
    (public, headers)
}

fn parse(
    parts: &RequestParts<'_>,
    headers: &SignedHeaders,
) -> Result<SignatureVerifier, SignatureRefusal> {
    SignatureVerifier::parse(
        parts,
        &headers.content_digest,
        &headers.signature_input,
        &headers.signature,
    )
}

/// RFC 9421, B.2.6: other components than ours, so the base and the key are tested, not the header.
#[test]
fn rfc_9421_appendix_b_2_6() {
    let components = [
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("@method", "POST"),
        ("@path", "/foo"),
        ("@authority", "example.com"),
        ("content-type", "application/json"),
        ("content-length", "18"),
    ];
    let parameters = "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \
                      \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"";
    let base = signature_base(components.into_iter(), parameters);
    let key = data_encoding::BASE64
        .decode(b"JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")
        .unwrap();
    let signature = data_encoding::BASE64
        .decode(
            b"wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==",
        )
        .unwrap();
    let key = DevicePublicKey::from_bytes(&key).unwrap();
    assert!(key.verify(base.as_bytes(), &signature));
    assert!(!key.verify(base.replace("18\n", "19\n").as_bytes(), &signature));
}

/// RFC 9530, appendices B.1 and D: digests of its examples.
#[test]
fn rfc_9530_digests() {
    assert_eq!(
        content_digest(b"{\"hello\": \"world\"}\n"),
        "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
    );
    assert_eq!(
        content_digest(b""),
        "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"
    );
}

#[test]
fn the_headers_are_exactly_these() {
    let (public, headers) = signed();
    assert_eq!(
        headers.signature_input,
        format!(
            "sig1=(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\");created=1700000000;\
             keyid=\"{}\";nonce=\"{NONCE}\";alg=\"ed25519\"",
            device_id(&public)
        )
    );
    assert!(headers.signature.starts_with("sig1=:"));
}

#[test]
fn both_key_kinds_sign_and_verify() {
    let (ed25519_public, ed25519_sign) = ed25519();
    let (p256_public, p256_sign) = p256();
    let pairs: [(_, &SignMessage<'_>); 2] =
        [(ed25519_public, &ed25519_sign), (p256_public, &p256_sign)];
    for (public, sign) in pairs {
        for query in ["", "cursor=a%20b&limit=3"] {
            let parts = RequestParts { query, ..PARTS };
            let headers = sign_request(&parts, NONCE, 5, &public, sign).unwrap();
            let verifier = parse(&parts, &headers).unwrap();
            assert_eq!(verifier.key_id, device_id(&public));
            assert_eq!(verifier.nonce, NONCE);
            assert_eq!(verifier.created, 5);
            assert_eq!(verifier.verify(&public), Ok(()));
        }
    }
}

#[test]
fn authority_is_compared_without_case_and_default_port() {
    let (public, headers) = signed();
    let parts = RequestParts {
        authority: "health.example",
        ..PARTS
    };
    assert_eq!(parse(&parts, &headers).unwrap().verify(&public), Ok(()));
}

#[test]
fn every_part_is_covered() {
    let (public, headers) = signed();
    let altered = [
        RequestParts {
            method: "POST",
            ..PARTS
        },
        RequestParts {
            authority: "health.example:8443",
            ..PARTS
        },
        RequestParts {
            path: "/v1/declarations/0191",
            ..PARTS
        },
        RequestParts {
            query: "a",
            ..PARTS
        },
    ];
    for parts in altered {
        let verifier = parse(&parts, &headers).unwrap();
        assert_eq!(
            verifier.verify(&public),
            Err(SignatureRefusal::SignatureWrong),
            "{parts:?}"
        );
    }
    let parts = RequestParts {
        body: b"{ }",
        ..PARTS
    };
    assert_eq!(
        parse(&parts, &headers),
        Err(SignatureRefusal::DigestMismatch)
    );
}

#[test]
fn keys_are_not_mixed_up() {
    let (_, headers) = signed();
    let other = ed25519_dalek::SigningKey::from_bytes(&[8; 32]);
    let other = DevicePublicKey::Ed25519(other.verifying_key().to_bytes());
    let verifier = parse(&PARTS, &headers).unwrap();
    assert_eq!(verifier.verify(&other), Err(SignatureRefusal::KeyMismatch));

    // Signed by the named key, but claiming the other algorithm.
    let claims_p256 = SignedHeaders {
        signature_input: headers
            .signature_input
            .replace("ed25519", "ecdsa-p256-sha256"),
        ..headers
    };
    let (public, _) = ed25519();
    let verifier = parse(&PARTS, &claims_p256).unwrap();
    assert_eq!(
        verifier.verify(&public),
        Err(SignatureRefusal::AlgorithmNotAccepted)
    );
}

#[test]
fn altered_signature_inputs_are_refused_by_name() {
    use SignatureRefusal::{
        AlgorithmNotAccepted, ComponentsNotAccepted, Malformed, ParametersNotAccepted,
    };
    let (_, headers) = signed();
    let good = headers.signature_input.clone();
    let long_nonce = "n".repeat(129);
    let table: Vec<(&str, String, SignatureRefusal)> = vec![
        ("empty", String::new(), Malformed),
        ("no structured field", "sig1=(".into(), Malformed),
        ("item, no list", "sig1=1".into(), Malformed),
        ("other label", good.replace("sig1=", "sig2="), Malformed),
        (
            "two labels",
            format!("{good}, {}", good.replace("sig1=", "sig2=")),
            Malformed,
        ),
        ("same label twice", format!("{good}, {good}"), Malformed),
        (
            "component missing",
            good.replace(" \"@query\"", ""),
            ComponentsNotAccepted,
        ),
        (
            "digest missing",
            good.replace(" \"content-digest\"", ""),
            ComponentsNotAccepted,
        ),
        (
            "component more",
            good.replace(" \"@query\"", " \"@query\" \"date\""),
            ComponentsNotAccepted,
        ),
        (
            "component twice",
            good.replace(" \"@query\"", " \"@query\" \"@query\""),
            ComponentsNotAccepted,
        ),
        (
            "other order",
            good.replace("\"@path\" \"@query\"", "\"@query\" \"@path\""),
            ComponentsNotAccepted,
        ),
        (
            "component with parameter",
            good.replace("\"@path\"", "\"@path\";req"),
            ComponentsNotAccepted,
        ),
        (
            "token component",
            good.replace("\"content-digest\"", "content-digest"),
            ComponentsNotAccepted,
        ),
        (
            "created missing",
            good.replace(";created=1700000000", ""),
            ParametersNotAccepted,
        ),
        (
            "created text",
            good.replace("1700000000", "\"1700000000\""),
            ParametersNotAccepted,
        ),
        (
            "created negative",
            good.replace("1700000000", "-1"),
            ParametersNotAccepted,
        ),
        (
            "nonce missing",
            good.replace(&format!(";nonce=\"{NONCE}\""), ""),
            ParametersNotAccepted,
        ),
        (
            "nonce empty",
            good.replace(NONCE, ""),
            ParametersNotAccepted,
        ),
        (
            "nonce not base64url",
            good.replace(NONCE, "a b"),
            ParametersNotAccepted,
        ),
        (
            "nonce too long",
            good.replace(NONCE, &long_nonce),
            ParametersNotAccepted,
        ),
        (
            "key id too long",
            good.replace("keyid=\"", "keyid=\"AAAA"),
            ParametersNotAccepted,
        ),
        (
            "key id missing",
            good.replace(";keyid=", ";kid="),
            ParametersNotAccepted,
        ),
        (
            "parameter more",
            format!("{good};tag=\"x\""),
            ParametersNotAccepted,
        ),
        (
            "expires added",
            good.replace(";keyid", ";expires=1;keyid"),
            ParametersNotAccepted,
        ),
        (
            "parameter twice",
            good.replace(";created=", ";created=1;created="),
            Malformed,
        ),
        ("parameters in other order", reordered(&good), Malformed),
        (
            "alg missing",
            good.replace(";alg=\"ed25519\"", ""),
            ParametersNotAccepted,
        ),
        (
            "alg unknown",
            good.replace("ed25519", "hmac-sha256"),
            AlgorithmNotAccepted,
        ),
        (
            "space more",
            good.replace(" \"@query\"", "  \"@query\""),
            Malformed,
        ),
        ("space at the end", format!("{good} "), Malformed),
        (
            "number in another form",
            good.replace("1700000000", "01700000000"),
            Malformed,
        ),
        (
            "too long",
            format!("{good}{}", " ".repeat(MAX_SIGNATURE_HEADER_BYTES)),
            SignatureRefusal::HeaderTooLong,
        ),
    ];
    for (name, signature_input, refusal) in table {
        assert_ne!(signature_input, good, "{name} alters nothing");
        let altered = SignedHeaders {
            signature_input,
            ..headers.clone()
        };
        assert_eq!(parse(&PARTS, &altered), Err(refusal), "{name}");
    }
}

fn reordered(good: &str) -> String {
    let nonce = format!(";nonce=\"{NONCE}\"");
    format!("{}{nonce}", good.replace(&nonce, ""))
}

#[test]
fn altered_signatures_and_digests_are_refused_by_name() {
    use SignatureRefusal::{DigestMismatch, HeaderTooLong, Malformed};
    let (_, headers) = signed();
    let good = &headers.signature;
    let signatures = [
        (String::new(), Malformed),
        (good.replace("sig1", "sig2"), Malformed),
        (format!("{good}, sig2=:AAAA:"), Malformed),
        (format!("{good};a=1"), Malformed),
        (format!(" {good}"), Malformed),
        ("sig1=:AAAA:".into(), Malformed),
        ("sig1=\"AAAA\"".into(), Malformed),
        ("sig1=()".into(), Malformed),
        // The last character's unused bits: another spelling of the same bytes.
        (good.replace("==:", "=:"), Malformed),
        ("s".repeat(MAX_SIGNATURE_HEADER_BYTES + 1), HeaderTooLong),
    ];
    for (signature, refusal) in signatures {
        let altered = SignedHeaders {
            signature: signature.clone(),
            ..headers.clone()
        };
        assert_eq!(parse(&PARTS, &altered), Err(refusal), "{signature}");
    }
    let good = &headers.content_digest;
    for digest in [
        String::new(),
        good.replace("sha-256", "sha-512"),
        good.replace("sha-256", "SHA-256"),
        format!("{good}, sha-512=:AAAA:"),
        format!("{good}, {good}"),
    ] {
        let altered = SignedHeaders {
            content_digest: digest.clone(),
            ..headers.clone()
        };
        assert_eq!(parse(&PARTS, &altered), Err(DigestMismatch), "{digest}");
    }
}

#[test]
fn a_signer_that_returns_no_signature_is_an_error() {
    let (public, _) = ed25519();
    let outcome = sign_request(&PARTS, NONCE, 1, &public, &|_| Ok(vec![1; 63]));
    assert_eq!(outcome, Err(PortError::HostFailed));
    let outcome = sign_request(&PARTS, NONCE, 1, &public, &|_| {
        Err(PortError::KeyUnavailable)
    });
    assert_eq!(outcome, Err(PortError::KeyUnavailable));
}

#[test]
fn nonces() {
    for (nonce, good) in [
        (NONCE, true),
        ("", false),
        ("a b", false),
        ("\"", false),
        ("YQ==", false),
    ] {
        assert_eq!(is_nonce(nonce), good, "{nonce}");
    }
    assert!(!is_nonce(&"AAAA".repeat(33)));
}
