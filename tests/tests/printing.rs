//! Nothing of anybody's is printed: `Debug` of whatever can hold personal data hides it.
//!
//! A type that derives `Debug` and has texts, bytes or free values in it stands in [`NOBODYS`], by decision, or hides itself
//! (`hidden_debug!`, or by hand). A new type is in neither, and fails here until somebody has decided.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use health_code_core::form::{FieldError, RefusedAnswer};
use health_code_core::ports::{HttpRequest, HttpResponse};
use health_code_core::rules::Evidence;
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{
    ErasureAnswer, ItineraryLeg, Receipt, RegistrationRequest, StateAnswer,
};
use serde_json::json;

/// What texts, bytes and values can stand in; numbers and times alone are nobody's.
const FREE: [&str; 13] = [
    "String",
    "str",
    "u8",
    "char",
    "f64",
    "Value",
    "Map",
    "NaiveDate",
    "Colour",
    "Reason",
    "ReasonId",
    "ReasonNumber",
    "Bytes",
];

/// Types that print themselves whole: what is published, configured, counted or named by a code. One a line of reasons:
/// words, colours and codes by themselves; published content; settings and files of an authority; keys that are public;
/// what is sealed before it comes there; ids of uploads and bundles.
const NOBODYS: &str = "
    ReasonId ReasonNumber ReasonText ReasonTexts LocalizedText LanguageTag StaticText ErrorText ColourTexts ColourWords
    MrzFaultView Visitors
    Bulletins Bulletin BulletinView BulletinsView Clinics Clinic Calendar Hours SpanOfDay Span
    DccKeyEntry DccKey DccKeys DccRules DccRule DccPolicy Certificates
    FormDefinition FormSection FormField FormChoice FormConstraint FieldBound FormView FormSectionView FormFieldView
    FormChoiceView ShippedForm FormError Compiled Condition ConsentForm Consent
    RuleSet Rule Expression Node Fragment
    TrustBundle Region IssuerKey PresentationPolicy ColourMapping GraceOrder SunsetOrder Anchors Opened BundleKind
    BundleRow BundleIndex BundleEntry Index Held HeldBundle KeptItem Supported TrustSummary
    CitizenConfig SyncConfig HttpConfig SpkiPins PinnedKeys Base KindRow Capability ErrorEntry
    Journal Entry Write Change Content Memtable SinceManifest RawPlace Place Codec RecordKind Ledger
    CitizenError HealthCodeError SyncError Refused NameError Problem ProblemKind UploadRefusal RefusedUpload PendingUpload
    SyncOutcome UploadRow UploadRoute UploadKind UploadAnswer SubjectEntry SubjectsAnswer Parts PartRow PartFault LeftOut
    Machine Progress Situation SubjectSituation Action Input Ending
    App Config Policy Acting Bundles Changing Listed Trust Published Publication PublicationDone PublicationOrder
    PublicationAnswer BundleKindRow UploadKindRow Refusal OrderRefusal AuthorityError
    OfficerSignature OfficersFile EnrolledOfficer Officers Initialised Made RegionKey RunningAuthority ServerTls
    Cli Command Settings Serve Keys National Root KeyAt TrustBundleArgs Publish What ColourChange DeviceMove Paper CareOrders
    RevokedKeys OwnKey StatusListKeys SignedList Named Request Manifest ListedFile Restore FindCitizen
    IdentityProofs ProofWay ActivationCodes Desk ChangeLink OfficerList OfficerKey OfficerView
    HealthCodeEvent Draft AtStart Server WithDraft Posted Issuance Checking LeasedIndex Life Lives Look
     AheadRow MissingAnswer PieceAnswer Laboratory Add";

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders: Vec<PathBuf> = ["core", "authority", "bindings", "checkpoint"]
        .iter()
        .map(|one| root.join(one).join("src"))
        .collect();
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            if name.contains("test") || name == "contract" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") {
                let source = std::fs::read_to_string(&path).expect("a source");
                sources.push((path, source));
            }
        }
    }
    sources
}

/// Names and bodies of the types that derive `Debug`.
fn derived(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("#[derive(") {
        let rest = &source[at..];
        let end = rest.find(")]").expect("the end of a derive");
        if !rest[..end]
            .split([',', '(', ' ', '\n'])
            .any(|one| one == "Debug")
        {
            continue;
        }
        // Attributes and comments may stand between.
        let mut code = String::new();
        for line in rest[end + 2..].lines() {
            let line = line.trim();
            let declares = |line: &str| line.starts_with("struct ") || line.starts_with("enum ");
            let bare = line
                .trim_start_matches("pub ")
                .trim_start_matches("pub(crate) ");
            let bare = bare.trim_start_matches("pub(super) ");
            if !line.starts_with("//") && (!code.is_empty() || declares(bare)) {
                code.push_str(bare);
                code.push(' ');
            }
            if !code.is_empty() {
                let opens = code.matches(['{', '(']).count();
                let closes = code.matches(['}', ')']).count();
                let is_whole = code.trim_end().ends_with(['}', ';', ',']) && opens == closes;
                if is_whole {
                    break;
                }
            }
        }
        let Some(start) = ["struct ", "enum "]
            .iter()
            .filter_map(|word| code.find(word).map(|at| at + word.len()))
            .min()
        else {
            continue;
        };
        let (name, body) = code[start..]
            .split_once(|one: char| !one.is_alphanumeric() && one != '_')
            .expect("a name and a body");
        found.push((name.to_owned(), body.to_owned()));
    }
    found
}

fn holds_something_free(body: &str) -> bool {
    body.split(|one: char| !one.is_alphanumeric() && one != '_')
        .any(|word| FREE.contains(&word))
}

#[test]
fn whatever_can_hold_personal_data_hides_it() {
    let allowed: BTreeSet<&str> = NOBODYS.split_whitespace().collect();
    let mut undecided = Vec::new();
    let mut seen = 0;
    for (path, source) in sources() {
        for (name, body) in derived(&source) {
            seen += 1;
            let is_undecided = holds_something_free(&body) && !allowed.contains(name.as_str());
            if is_undecided {
                undecided.push(format!("{name} in {}", path.display()));
            }
        }
    }
    assert!(seen > 100, "the sources were read: {seen}");
    assert!(
        undecided.is_empty(),
        "hide what these print (`hidden_debug!`), or decide that it is nobody's: {undecided:#?}"
    );
}

#[test]
fn a_canary_in_each_is_not_printed() {
    let canary = "王小明13800138000";
    let read = |value: serde_json::Value| value.to_string().replace("CANARY", canary);
    let request: RegistrationRequest = serde_json::from_str(&read(json!({
        "device": {"publicKey": "CANARY", "hardware": false},
        "identity": {"name": "CANARY", "sex": "1", "nationality": "CHN", "documentKind": "CANARY",
            "documentNumber": "CANARY", "division": 330_106, "address": "CANARY", "phone": "CANARY"},
        "consent": {"version": 1, "acceptedAt": 1},
    })))
    .expect("a registration");
    let leg: ItineraryLeg = serde_json::from_str(&read(json!({
        "division": 330_106, "from": "CANARY", "until": "CANARY", "transport": "CANARY", "number": "CANARY",
    })))
    .expect("a leg");
    let state: StateAnswer = serde_json::from_str(&read(json!({
        "receipt": "CANARY", "credential": "CANARY", "nextSync": {"afterSecs": 1, "spreadSecs": 1}, "serverTimeMs": 1,
    })))
    .expect("a state");
    let receipt: Receipt = serde_json::from_str(&read(json!({
        "citizenId": "CANARY", "colour": "red", "reason": "fever", "ruleSetId": "CANARY", "ruleSetVersion": 1,
        "ruleId": "CANARY", "since": 1, "facts": {"fever": "CANARY"}, "decidedAt": 1,
    })))
    .expect("a receipt");
    let evidence = Evidence::from_value(&json!({
        "today": "2026-11-26", "declaration": {"date": "2026-11-26", "temperature": "CANARY"},
        "checkIns": {"streak": 1}, "unknown": canary,
    }))
    .ok();
    let http = HttpRequest {
        method: "PUT".to_owned(),
        url: format!("https://a.example/{canary}"),
        headers: vec![("signature-input".to_owned(), canary.to_owned())],
        body: canary.as_bytes().to_vec(),
    };
    let answer = HttpResponse {
        status: 200,
        headers: vec![("etag".to_owned(), canary.to_owned())],
        body: canary.as_bytes().to_vec(),
    };
    let erasure: ErasureAnswer =
        serde_json::from_str(&read(json!({"receipt": "CANARY", "serverTimeMs": 1}))).expect("one");
    let refused = RefusedAnswer {
        path: "name".to_owned(),
        code: "a_code".to_owned(),
        text: None,
    };
    let field = FieldError {
        path: "name".to_owned(),
        code: "a_code".to_owned(),
        text: canary.to_owned(),
    };
    let printed = [
        format!("{request:?}{leg:?}{state:?}{receipt:?}{evidence:#?}"),
        format!("{http:?}{answer:#?}{erasure:?}{refused:?}{field:#?}"),
        format!("{:?}", DevicePublicKey::Ed25519([77; 32])),
    ];
    let bytes = format!("{:?}", canary.as_bytes()).replace(['[', ']'], "");
    for printed in printed {
        for secret in [canary, "fever", "77, 77", &bytes[..20]] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
    assert_eq!(format!("{http:?}"), "HttpRequest(PUT, hidden)");
}
