//! Every way to alter a header, and what it is called.

use super::*;

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
