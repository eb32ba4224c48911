//! What is wrong with claims, content or key, by its name.

use super::*;

#[test]
fn every_fault_of_claims_and_content_has_its_name() {
    let issuer = sweden();
    let payload = |bytes: &[u8]| text_of(&issuer.sign(&issuer.header(), &[0xa0], bytes));
    let claims = issuer.claims(&dose(), ISSUED, EXPIRES);
    let mut two_times = claims.clone();
    two_times[0] = 0xa5;
    two_times.extend([0x04, 0x01]);
    let mut two_kinds = dose();
    two_kinds["t"] = negative_test(&anna(), "", "2026-11-23T10:00:00Z")["t"].clone();
    let mut two_doses = dose();
    let again = two_doses["v"][0].clone();
    two_doses["v"] = json!([again.clone(), again]);
    let without = |group: &str, member: &str| {
        let mut content = dose();
        let place = if group.is_empty() {
            &mut content
        } else {
            content.pointer_mut(group).unwrap()
        };
        place.as_object_mut().unwrap().remove(member);
        issuer.issue(&content, ISSUED, EXPIRES)
    };
    let of = |content: &Value| issuer.issue(content, ISSUED, EXPIRES);
    let mut float = dose();
    float["v"][0]["dn"] = json!("2");
    let test = |at: &str| of(&negative_test(&anna(), "1974", at));
    for (what, text, error) in [
        ("claims no map", payload(&[0x01]), E::ClaimsMalformed),
        (
            "claims trailing",
            payload(&[&claims[..], &[0]].concat()),
            E::CborTrailing,
        ),
        ("a claim twice", payload(&two_times), E::KeyRepeated),
        ("no claims", payload(&[0xa0]), E::IssuerInvalid),
        (
            "issuer in words",
            DccIssuer::es256("Sweden", 7).issue(&dose(), ISSUED, EXPIRES),
            E::IssuerInvalid,
        ),
        (
            "issued before 1970",
            issuer.issue(&dose(), -1, EXPIRES),
            E::TimeInvalid,
        ),
        (
            "ends after 9999",
            issuer.issue(&dose(), ISSUED, i64::MAX),
            E::TimeInvalid,
        ),
        (
            "ends first",
            issuer.issue(&dose(), ISSUED, ISSUED),
            E::TimesContradict,
        ),
        ("expired", issuer.issue(&dose(), ISSUED, NOW), E::Expired),
        (
            "issued tomorrow",
            issuer.issue(&dose(), NOW + 86_400, EXPIRES),
            E::IssuedInFuture,
        ),
        (
            "no certificate",
            payload(&[&[0xa3][..], &claims[1..17]].concat()),
            E::CertificateMissing,
        ),
        ("certificate in bytes", of(&json!(7)), E::CertificateMissing),
        ("schema 2", with("/ver", json!("2.0.0")), E::VersionUnknown),
        ("no schema", without("", "ver"), E::FieldMissing),
        ("no kind", without("", "v"), E::KindMissing),
        ("empty kind", with("/v", json!([])), E::KindMissing),
        ("kind no list", with("/v", json!({})), E::FieldInvalid),
        ("two kinds", of(&two_kinds), E::SeveralEntries),
        ("two doses", of(&two_doses), E::SeveralEntries),
        ("no name", without("", "nam"), E::NameInvalid),
        (
            "no standard name",
            with("/nam", json!({"fn": "Eriksson"})),
            E::NameInvalid,
        ),
        (
            "small letters",
            with("/nam/fnt", json!("Eriksson")),
            E::NameInvalid,
        ),
        (
            "long name",
            with("/nam/fn", json!("E".repeat(81))),
            E::NameInvalid,
        ),
        ("no birth date", without("", "dob"), E::BirthDateInvalid),
        (
            "birth with a time",
            with("/dob", json!("1974-08-12T00:00:00")),
            E::BirthDateInvalid,
        ),
        (
            "month 13",
            with("/dob", json!("1974-13")),
            E::BirthDateInvalid,
        ),
        (
            "born tomorrow",
            with("/dob", json!("2026-11-27")),
            E::BirthDateInvalid,
        ),
        (
            "another disease",
            with("/v/0/tg", json!("6142004")),
            E::DiseaseOther,
        ),
        ("no product", without("/v/0", "mp"), E::FieldMissing),
        ("empty product", with("/v/0/mp", json!("")), E::FieldInvalid),
        (
            "control character",
            with("/v/0/is", json!("a\u{7}")),
            E::FieldInvalid,
        ),
        ("dose 0", with("/v/0/dn", json!(0)), E::FieldInvalid),
        ("dose in words", of(&float), E::FieldInvalid),
        ("no doses", without("/v/0", "sd"), E::FieldMissing),
        (
            "country of three",
            with("/v/0/co", json!("SWE")),
            E::FieldInvalid,
        ),
        ("no identifier", without("/v/0", "ci"), E::FieldMissing),
        (
            "day with a time",
            with("/v/0/dt", json!("2026-11-01T00:00:00Z")),
            E::DateInvalid,
        ),
        (
            "no such day",
            with("/v/0/dt", json!("2026-02-30")),
            E::DateInvalid,
        ),
        (
            "time without zone",
            test("2026-11-23T10:00:00"),
            E::DateInvalid,
        ),
        (
            "time with a blank",
            test("2026-11-23 10:00:00Z"),
            E::DateInvalid,
        ),
        (
            "ends before it begins",
            of(&recovery(&anna(), "", "2026-09-01", "2026-08-01")),
            E::DateInvalid,
        ),
    ] {
        assert_eq!(refusal(&text), error, "{what}");
    }
}

#[test]
fn every_fault_of_the_key_has_its_name() {
    let text = sweden().issue(&dose(), ISSUED, EXPIRES);
    let good = sweden().entry(&[]);
    let but = |member: &str, value: Value| {
        let mut entry = good.clone();
        entry[member] = value;
        entry
    };
    let kid = good["kid"].clone();
    let mut of_another = DccIssuer::es256("SE", 8).entry(&[]);
    of_another["kid"] = kid.clone();
    let mut rsa = DccIssuer::ps256("SE").entry(&[]);
    rsa["kid"] = kid;
    for (what, keys, error) in [
        ("none", vec![], E::KeyUnknown),
        (
            "another id",
            vec![DccIssuer::es256("SE", 9).entry(&[])],
            E::KeyUnknown,
        ),
        (
            "another country",
            vec![but("country", json!("DE"))],
            E::KeyOfAnotherCountry,
        ),
        (
            "another algorithm",
            vec![rsa.clone()],
            E::KeyOfAnotherAlgorithm,
        ),
        ("another key", vec![of_another.clone()], E::SignatureWrong),
        (
            "over before",
            vec![but("notAfter", json!(ISSUED - 1))],
            E::KeyNotValid,
        ),
        (
            "begins after",
            vec![but("notBefore", json!(ISSUED + 1))],
            E::KeyNotValid,
        ),
        (
            "over since",
            vec![but("notAfter", json!(NOW - 1))],
            E::KeyNotValid,
        ),
        (
            "for tests alone",
            vec![sweden().entry(&["test", "recovery"])],
            E::KeyNotForKind,
        ),
    ] {
        assert_eq!(judged(&text, &keys).unwrap_err(), error, "{what}");
    }
    let certificate = Certificate::read(&text).unwrap();
    assert_eq!(certificate.verify::<DccKeys>(&[], NOW), Err(E::NoTrustList));
    // Two keys with one id: the one that fits counts, wherever it stands; of several lists all keys.
    for keys in [[of_another.clone(), good.clone()], [good.clone(), rsa]] {
        assert_eq!(judged(&text, &keys), Ok(DccKind::Vaccination));
    }
    let lists = [list(&[of_another]), list(&[good])];
    assert!(certificate.verify(&lists, NOW).is_ok());
}
