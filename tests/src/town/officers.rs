//! What the town's officers order.
//!
//! Invariant: each order is signed as officers sign it, with the keys that the authority enrolled.

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use serde::Serialize;
use serde::de::DeserializeOwned;

use health_code_authority::{
    AppealDecisionOrder, AppealRequestOrder, CareOrder, CareOrderAnswer, CodeAct, CodeOrder,
    ColourChangeAnswer, ColourOrder, DccAct, DccOrder, MoveAnswer, MoveOrder, OfficerSignature,
    Order, PaperAct, PaperAnswer, PaperOrder, PublicationAnswer, PublicationOrder, SignedOrder,
    SignedPaperOrder, SystemEntropy, content_sha256, keys, sign_code_order, sign_order,
    sign_paper_order,
};
use health_code_core::capability::identity_proof::ActivationCode;
use health_code_core::colour::{Colour, Reason};
use health_code_core::ports::{Clock as _, Entropy as _, HttpResponse};
use health_code_core::wire::Problem;

use super::Town;

impl Town {
    /// Both officers change a colour. `previous` is the hex head of the citizen's chain.
    pub fn change_colour(
        &self,
        citizen_id: &str,
        colour: Colour,
        reason: Reason,
        previous: &str,
    ) -> ColourChangeAnswer {
        let at_ms = self.clock.read().wall_ms;
        let order = ColourOrder {
            id: new_id(at_ms),
            citizen_id: citizen_id.to_owned(),
            subject: health_code_core::wire::SubjectId::OWNER,
            colour,
            reason,
            at: at_ms / 1_000,
            previous: previous.to_owned(),
        };
        self.post("colour-changes", &self.signed(&order))
    }

    /// Both officers move who has this resident identity number to the device with this id.
    pub fn move_device(&self, document_number: &str, device_id: &str) -> MoveAnswer {
        let at_ms = self.clock.read().wall_ms;
        let order = MoveOrder {
            id: new_id(at_ms),
            document_kind: "resident_id".to_owned(),
            document_number: document_number.to_owned(),
            new_document_kind: None,
            new_document_number: None,
            device_id: device_id.to_owned(),
            at: at_ms / 1_000,
        };
        self.post("moves", &self.signed(&order))
    }

    /// One officer asks at the desk for what is to be done with a citizen's sheets of paper.
    pub fn order_paper(&self, citizen_id: &str, act: PaperAct, days: Option<u8>) -> PaperAnswer {
        self.post("papers", &self.paper_order(citizen_id, act, days))
    }

    /// What the officer posts.
    #[must_use]
    pub fn paper_order(
        &self,
        citizen_id: &str,
        act: PaperAct,
        days: Option<u8>,
    ) -> SignedPaperOrder {
        let at_ms = self.clock.read().wall_ms;
        let order = PaperOrder {
            id: new_id(at_ms),
            act,
            citizen_id: citizen_id.to_owned(),
            subject: health_code_core::wire::SubjectId::OWNER,
            days,
            at: at_ms / 1_000,
        };
        let order = serde_json::to_vec(&order).expect("JSON");
        let path = self.config.data.join("officers/officer-1.key");
        let key = keys::read_key_file(&path).expect("a key");
        sign_paper_order(&order, "officer-1", &key)
    }

    /// Both officers let the owner of this device care for who has this document.
    pub fn order_care(
        &self,
        document_kind: &str,
        document_number: &str,
        device_id: &str,
    ) -> CareOrderAnswer {
        let at_ms = self.clock.read().wall_ms;
        let order = CareOrder {
            id: new_id(at_ms),
            document_kind: document_kind.to_owned(),
            document_number: document_number.to_owned(),
            device_id: device_id.to_owned(),
            at: at_ms / 1_000,
        };
        self.post("care-orders", &self.signed(&order))
    }

    /// Both officers decide an appeal; the status and body of the answer.
    pub fn decide_appeal(&self, order: &AppealDecisionOrder) -> HttpResponse {
        let body = serde_json::to_vec(&self.signed(order)).expect("JSON");
        self.request("POST", "/v1/admin/appeal-decisions", body)
    }

    /// One officer asks for more on an appeal; the status and body of the answer.
    pub fn ask_on_appeal(&self, citizen_id: &str, appeal: &str, reason: &str) -> HttpResponse {
        let order = AppealRequestOrder {
            id: self.new_id(),
            citizen_id: citizen_id.to_owned(),
            subject: health_code_core::wire::SubjectId::OWNER,
            appeal: appeal.to_owned(),
            reason: reason.to_owned(),
            text: None,
            at: self.now(),
        };
        let mut signed = self.signed(&order);
        signed.signatures.truncate(1);
        let body = serde_json::to_vec(&signed).expect("JSON");
        self.request("POST", "/v1/admin/appeal-requests", body)
    }

    /// So many officers say what is to be done with a citizen's certificates.
    pub fn order_dcc(
        &self,
        citizen_id: &str,
        act: DccAct,
        certificate: Option<&str>,
        officers: usize,
    ) -> HttpResponse {
        let at_ms = self.clock.read().wall_ms;
        let order = DccOrder {
            id: new_id(at_ms),
            act,
            citizen_id: citizen_id.to_owned(),
            subject: health_code_core::wire::SubjectId::OWNER,
            certificate: certificate.map(str::to_owned),
            at: at_ms / 1_000,
        };
        let mut signed = self.signed(&order);
        signed.signatures.truncate(officers);
        let body = serde_json::to_vec(&signed).expect("JSON");
        self.request("POST", "/v1/admin/certificates", body)
    }

    /// A new id of an order.
    #[must_use]
    pub fn new_id(&self) -> String {
        new_id(self.clock.read().wall_ms)
    }

    /// Both officers publish a bundle.
    pub fn publish(
        &self,
        kind: &str,
        name: &str,
        version: u64,
        content: &[u8],
    ) -> PublicationAnswer {
        let signed = self.publication(kind, name, version, content);
        self.post("publications", &signed)
    }

    /// The code for which what both officers publish is refused.
    pub fn publish_refused(&self, kind: &str, name: &str, version: u64, content: &[u8]) -> String {
        let signed = self.publication(kind, name, version, content);
        let body = serde_json::to_vec(&signed).expect("JSON");
        let answer = self.request("POST", "/v1/admin/publications", body);
        assert_eq!(answer.status, 422, "published");
        let problem: Problem = serde_json::from_slice(&answer.body).expect("a problem");
        assert_eq!(problem.field.as_deref(), Some("content"));
        problem.field_code.expect("a code")
    }

    fn publication(
        &self,
        kind: &str,
        name: &str,
        version: u64,
        content: &[u8],
    ) -> SignedOrder<PublicationOrder> {
        let at_ms = self.clock.read().wall_ms;
        let order = PublicationOrder {
            id: new_id(at_ms),
            kind: kind.to_owned(),
            name: name.to_owned(),
            version,
            sha256: content_sha256(content),
            at: at_ms / 1_000,
        };
        self.signed(&order).with_content(content)
    }

    /// The order with both officers' signatures.
    fn signed<O: Order>(&self, order: &O) -> SignedOrder<O> {
        let bytes = serde_json::to_vec(order).expect("JSON");
        let signatures = self.by_both_officers(|name, key| sign_order::<O>(&bytes, name, key));
        SignedOrder::new(&bytes, signatures)
    }

    /// What an officer of the desk asks about activation codes, signed by the first one.
    pub fn desk(&self, change: impl FnOnce(CodeOrder) -> CodeOrder) -> HttpResponse {
        let at_ms = self.clock.read().wall_ms;
        let order = change(CodeOrder {
            id: new_id(at_ms),
            act: CodeAct::List,
            document_kind: None,
            document_number: None,
            name: None,
            code_sha256: None,
            days: None,
            code_id: None,
            at: at_ms / 1_000,
        });
        let path = self.config.data.join("officers/officer-1.key");
        let key = keys::read_key_file(&path).expect("a key");
        let signed = sign_code_order(&order, "officer-1", &key);
        let body = serde_json::to_vec(&signed).expect("JSON");
        self.request("POST", "/v1/admin/activation-codes", body)
    }

    /// A code for who has this resident identity number, as it is read from the sheet.
    #[must_use]
    pub fn activation_code(&self, document_number: &str) -> String {
        let code = ActivationCode::generate(&SystemEntropy).expect("a code");
        let answer = self.desk(|order| CodeOrder {
            act: CodeAct::Make,
            document_kind: Some("resident_id".to_owned()),
            document_number: Some(document_number.to_owned()),
            code_sha256: Some(HEXLOWER.encode(&code.sha256())),
            ..order
        });
        assert_eq!(
            answer.status,
            201,
            "{}",
            String::from_utf8_lossy(&answer.body)
        );
        code.in_groups()
    }

    /// The key of an officer, for who cheats.
    #[must_use]
    pub fn officer_key(&self, name: &str) -> SigningKey {
        let path = self.config.data.join(format!("officers/{name}.key"));
        keys::read_key_file(&path).expect("a key")
    }

    fn by_both_officers(
        &self,
        sign: impl Fn(&str, &SigningKey) -> OfficerSignature,
    ) -> Vec<OfficerSignature> {
        let sign = |name: &&str| {
            let path = self.config.data.join(format!("officers/{name}.key"));
            sign(name, &keys::read_key_file(&path).expect("a key"))
        };
        ["officer-1", "officer-2"].iter().map(sign).collect()
    }

    fn post<A: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> A {
        let body = serde_json::to_vec(body).expect("JSON");
        let answer = self.request("POST", &format!("/v1/admin/{path}"), body);
        assert!(
            (200..300).contains(&answer.status),
            "{} {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
        serde_json::from_slice(&answer.body).expect("an answer")
    }
}

fn new_id(at_ms: i64) -> String {
    let mut random = [0; 10];
    SystemEntropy.fill(&mut random).expect("random");
    let id = uuid::Builder::from_unix_timestamp_millis(at_ms.unsigned_abs(), &random).into_uuid();
    id.to_string()
}
