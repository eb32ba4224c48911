//! Activation codes by the thousand, and orders about them that do not count.

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use health_code_core::capability::identity_proof::ActivationCode;
use health_code_core::wire::ProblemKind;
use serde_json::json;

use super::{Answer, Citizen, NOON, Server, new_id};
use crate::capability::identity_proof::{CodeAct, CodeOrder, CodesAnswer, sign_code_order};
use crate::system::SystemEntropy;

fn order(act: CodeAct) -> CodeOrder {
    CodeOrder {
        id: new_id(),
        act,
        document_kind: None,
        document_number: None,
        name: None,
        code_sha256: None,
        days: None,
        code_id: None,
        at: NOON,
    }
}

fn make(code: &ActivationCode, number: &str) -> CodeOrder {
    CodeOrder {
        document_kind: Some("resident_id".to_owned()),
        document_number: Some(number.to_owned()),
        code_sha256: Some(HEXLOWER.encode(&code.sha256())),
        ..order(CodeAct::Make)
    }
}

async fn send(server: &Server, order: &CodeOrder, officer: &str, key: &SigningKey) -> Answer {
    let signed = sign_code_order(order, officer, key);
    let request = axum::http::Request::post("/v1/admin/activation-codes")
        .header("content-type", "application/json")
        .body(axum::body::Body::from(
            serde_json::to_vec(&signed).expect("JSON"),
        ));
    server.send(request.expect("a request")).await
}

#[tokio::test]
async fn a_thousand_codes_are_told_and_each_counts() {
    let server = Server::new().await;
    let key = server.officer("officer-1");
    let citizen = Citizen::new();
    let mut last = None;
    for _ in 0..1_000 {
        let code = ActivationCode::generate(&SystemEntropy).expect("a code");
        let order = make(&code, &citizen.document_number);
        let answer = send(&server, &order, "officer-1", &key).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        // The same order again is the same code.
        last = Some((code, order));
    }
    let (code, order_of_last) = last.expect("made");
    let again = send(&server, &order_of_last, "officer-1", &key).await;
    assert_eq!(again.status, 200);
    let list = send(&server, &order(CodeAct::List), "officer-1", &key).await;
    let list: CodesAnswer = serde_json::from_slice(&list.body).expect("codes");
    assert_eq!(list.codes.len(), 1_000);
    assert!(list.codes.iter().all(|code| code.state == "open"));
    // Another officer's are not told, and not struck off.
    let other = server.officer("officer-2");
    let none = send(&server, &order(CodeAct::List), "officer-2", &other).await;
    let none: CodesAnswer = serde_json::from_slice(&none.body).expect("codes");
    assert!(none.codes.is_empty());
    let strike = CodeOrder {
        code_id: Some(list.codes[0].id.clone()),
        ..order(CodeAct::StrikeOff)
    };
    let answer = send(&server, &strike, "officer-2", &other).await;
    answer.refused_field("codeId", "unknown");

    let mut body = citizen.registration();
    body["proof"] = json!({"kind": "activation_code", "value": code.as_str()});
    let answer = citizen.register_as(&server, &new_id(), &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["proof"]["kind"], "activation_code");
    let strike = CodeOrder {
        code_id: Some(list.codes[0].id.clone()),
        ..order(CodeAct::StrikeOff)
    };
    let answer = send(&server, &strike, "officer-1", &key).await;
    answer.refused_field("codeId", "used");
}

#[tokio::test]
async fn orders_of_nobody_and_of_another_time_do_not_count() {
    let server = Server::new().await;
    let key = server.officer("officer-1");
    let stranger = SigningKey::from_bytes(&[9; 32]);
    let code = ActivationCode::generate(&SystemEntropy).expect("a code");
    let good = make(&code, &Citizen::new().document_number);
    for (officer, key) in [
        ("officer-1", &stranger),
        ("officer-9", &key),
        ("officer-2", &key),
    ] {
        let answer = send(&server, &good, officer, key).await;
        answer.problem(ProblemKind::OfficersRefused);
    }
    let old = CodeOrder {
        at: NOON - 4 * 86_400,
        ..good.clone()
    };
    let answer = send(&server, &old, "officer-1", &key).await;
    answer.refused_field("at", "too_old");
    let nobody = CodeOrder {
        document_number: Some("330106199003070010".to_owned()),
        ..good.clone()
    };
    let answer = send(&server, &nobody, "officer-1", &key).await;
    let problem = answer.problem(ProblemKind::Invalid);
    assert_eq!(problem.field.as_deref(), Some("documentNumber"));
    assert_eq!(send(&server, &good, "officer-1", &key).await.status, 201);
    // The same code in another order is somebody else's.
    let twice = CodeOrder {
        id: new_id(),
        ..good
    };
    let answer = send(&server, &twice, "officer-1", &key).await;
    answer.refused_field("codeSha256", "known");
}

#[tokio::test]
async fn a_proof_that_cannot_be_read_takes_nothing() {
    let server = Server::new().await;
    for proof in [
        json!(null),
        json!("code"),
        json!({"kind": "activation_code"}),
        json!({"kind": "activation_code", "value": "x", "more": 1}),
        json!({"kind": "none", "value": ""}),
        json!({"kind": "of_tomorrow", "value": "x"}),
        json!({"kind": "activation_code", "value": "3".repeat(30_000)}),
    ] {
        let citizen = Citizen::new();
        let mut body = citizen.registration();
        body["proof"] = proof.clone();
        let answer = citizen.register_as(&server, &new_id(), &body).await;
        let is_nothing = proof.is_null();
        assert_eq!(
            answer.status == 201,
            is_nothing,
            "{proof}: {}",
            answer.text()
        );
        assert!(is_nothing || matches!(answer.status, 400 | 409));
        if !is_nothing {
            assert_eq!(citizen.register(&server).await.status, 201);
        }
    }
}
