//! The test vectors of docs/PROTOCOL.md: made here, kept as JSON under tests/vectors, run by every verifier.
//!
//! Invariant: what a vector expects is written down beside it or follows from the parts that it was forged from;
//! it is never what the checkpoint happened to say.

mod bundles;
mod context;
mod edge;
mod erasure;
mod invalid_claims;
mod invalid_form;
mod invalid_trust;
mod paper;
mod valid;

use std::path::PathBuf;

use health_code_core::code::{ACCEPTED, Checkpoint, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub use context::{Context, Published};
pub use erasure::erasure_vectors;

/// The instant around which everything happens: 2027-01-15T08:00:00Z.
pub const NOW: i64 = 1_800_000_000;

/// A code at a checkpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeVector {
    /// Unique name.
    pub name: String,
    /// What is special about it.
    pub about: String,
    /// The code.
    pub text: String,
    /// When it is checked, Unix seconds.
    pub at: i64,
    /// Name of the checkpoint's trust bundle.
    pub trust: String,
    /// Names of its status lists.
    pub status_lists: Vec<String>,
    /// Its place id.
    pub place: Option<String>,
    /// Where it stands.
    pub local_division: Option<u32>,
    /// What was shown there before.
    pub shown_before: Vec<Shown>,
    /// The list of sheets that another door saw, hex, where it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_elsewhere: Option<String>,
    /// The verdict, texts for people left out.
    pub expect: Map<String, Value>,
}

/// A code shown earlier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The code.
    pub text: String,
    /// When, Unix seconds.
    pub at: i64,
}

/// A published bundle that is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BundleVector {
    /// Unique name.
    pub name: String,
    /// What is special about it.
    pub about: String,
    /// `trust`, `status-list`, or the `typ` that is asked for.
    pub kind: String,
    /// The bundle, hex.
    pub bytes: String,
    /// When it is opened, Unix seconds.
    pub at: i64,
    /// Lowest version (trust bundle) or issue time (status list) that is taken.
    pub lowest: i64,
    /// Name of the trust bundle that names the signers; not for a trust bundle.
    pub trust: String,
    /// `ok`, or the code of the error.
    pub expect: String,
    /// What an opened bundle says: a trust bundle's version and divisions, a status list's issue time and some of its
    /// bits, the payload of another.
    pub content: Value,
}

/// What a verifier knows of a person before both signatures are right: nothing.
const UNKNOWN: [&str; 16] = [
    "colour",
    "localColour",
    "mappingRule",
    "healthReason",
    "maskedName",
    "documentTail",
    "assurance",
    "subjectKind",
    "scheme",
    "region",
    "regionName",
    "ruleSetVersion",
    "credentialExpiresAt",
    "presentationAgeSecs",
    "statusAgeSecs",
    "statusChecked",
];

impl CodeVector {
    fn new(name: &str, about: &str, text: String) -> Self {
        Self {
            name: name.to_owned(),
            about: about.to_owned(),
            text,
            at: NOW + 5,
            trust: "default".to_owned(),
            status_lists: Vec::new(),
            place: None,
            local_division: None,
            shown_before: Vec::new(),
            seen_elsewhere: None,
            expect: Map::new(),
        }
    }

    fn at(mut self, at: i64) -> Self {
        self.at = at;
        self
    }

    fn trusting(mut self, trust: &str) -> Self {
        trust.clone_into(&mut self.trust);
        self
    }

    fn with_status(mut self, list: &str) -> Self {
        self.status_lists.push(list.to_owned());
        self
    }

    fn at_place(mut self, place: &str) -> Self {
        self.place = Some(place.to_owned());
        self
    }

    fn standing_in(mut self, division: u32) -> Self {
        self.local_division = Some(division);
        self
    }

    fn after(mut self, text: &str, at: i64) -> Self {
        let text = text.to_owned();
        self.shown_before.push(Shown { text, at });
        self
    }

    /// Let in; `person`: [`context::person`], changed where the place changes it.
    fn accepted(self, person: Map<String, Value>) -> Self {
        self.concluded(ACCEPTED, person)
    }

    /// Refused before both signatures were right.
    fn refused(self, reason: &str) -> Self {
        self.concluded(reason, Map::new())
    }

    /// Refused after both signatures were right.
    fn refused_knowing(self, reason: &str, person: Map<String, Value>) -> Self {
        self.concluded(reason, person)
    }

    fn concluded(mut self, reason: &str, person: Map<String, Value>) -> Self {
        for key in UNKNOWN {
            self.expect.insert(key.to_owned(), Value::Null);
        }
        self.expect.insert("statusChecked".to_owned(), json!(false));
        if let Some(made_at) = person.get("issuedAt").and_then(Value::as_i64) {
            let age = json!(self.at - made_at);
            self.expect.insert("presentationAgeSecs".to_owned(), age);
        }
        let issued_at = context::trust_issued_at();
        self.expect
            .insert("trustAgeSecs".to_owned(), json!(self.at - issued_at));
        self.expect.extend(person);
        self.expect.remove("issuedAt");
        self.expect
            .insert("accepted".to_owned(), json!(reason == ACCEPTED));
        self.expect.insert("reason".to_owned(), json!(reason));
        self
    }

    /// What a checkpoint says about it.
    #[must_use]
    pub fn run(&self, published: &Published) -> Verdict {
        let trust = published.open_trust(&self.trust);
        let lists: Vec<_> = self
            .status_lists
            .iter()
            .map(|name| published.open_status_list(name, &trust))
            .collect();
        let checkpoint = Checkpoint::new(trust, self.place.clone(), self.local_division);
        for list in lists {
            let added = checkpoint.add_status_list(list);
            added.expect("no gap");
        }
        if let Some(list) = &self.seen_elsewhere {
            let list = data_encoding::HEXLOWER.decode(list.as_bytes());
            let added = checkpoint.add_papers_seen(&list.expect("hex"));
            added.expect("a list");
        }
        for shown in &self.shown_before {
            let _ = checkpoint.check(&shown.text, shown.at);
        }
        checkpoint.check(&self.text, self.at)
    }
}

/// All of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Vectors {
    /// What checkpoints hold.
    pub published: Published,
    /// Codes that are let in.
    pub valid: Vec<CodeVector>,
    /// Codes that are refused.
    pub invalid: Vec<CodeVector>,
    /// Codes at both sides of each limit.
    pub edge: Vec<CodeVector>,
    /// Sheets of paper.
    pub paper: Vec<CodeVector>,
    /// Bundles.
    pub bundles: Vec<BundleVector>,
}

impl Vectors {
    /// Makes them, the same each time.
    #[must_use]
    pub fn generate() -> Self {
        let context = Context::new();
        Self {
            published: context.published(),
            valid: valid::vectors(&context),
            invalid: [
                invalid_form::vectors(&context),
                invalid_claims::vectors(&context),
                invalid_trust::vectors(&context),
            ]
            .concat(),
            edge: edge::vectors(&context),
            paper: paper::vectors(&context),
            bundles: bundles::vectors(&context),
        }
    }

    /// File names and contents.
    ///
    /// # Panics
    /// Never: everything here is JSON.
    #[must_use]
    pub fn files(&self) -> Vec<(&'static str, String)> {
        fn pretty<T: Serialize>(value: &T) -> String {
            let json = serde_json::to_string_pretty(value).expect("plain data");
            format!("{json}\n")
        }
        vec![
            ("published.json", pretty(&self.published)),
            ("valid.json", pretty(&self.valid)),
            ("invalid.json", pretty(&self.invalid)),
            ("edge.json", pretty(&self.edge)),
            ("paper.json", pretty(&self.paper)),
            ("bundles.json", pretty(&self.bundles)),
        ]
    }

    /// Reads the committed files.
    ///
    /// # Panics
    /// If one is missing or is not what it should be.
    #[must_use]
    pub fn committed() -> Self {
        fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
            let path = folder().join(name);
            let text = std::fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
        }
        Self {
            published: read("published.json"),
            valid: read("valid.json"),
            invalid: read("invalid.json"),
            edge: read("edge.json"),
            paper: read("paper.json"),
            bundles: read("bundles.json"),
        }
    }

    /// All codes.
    pub fn codes(&self) -> impl Iterator<Item = &CodeVector> {
        let of_phones = self.valid.iter().chain(&self.invalid).chain(&self.edge);
        of_phones.chain(&self.paper)
    }
}

/// Where the files are.
#[must_use]
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors/code")
}

/// The part of a verdict that vectors speak of.
///
/// # Panics
/// Never: a verdict is JSON.
#[must_use]
pub fn comparable(verdict: &Verdict) -> Map<String, Value> {
    let Ok(Value::Object(mut map)) = serde_json::to_value(verdict) else {
        panic!("a verdict is an object");
    };
    map.remove("mappingText");
    map
}
