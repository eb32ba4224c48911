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
    path: "/v1/subjects/owner/declarations/0190",
    query: "",
    body: b"{}",
};

#[path = "signature_tests/refusals.rs"]
mod refusals;

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
            path: "/v1/subjects/owner/declarations/0191",
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
