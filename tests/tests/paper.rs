//! Sheets of paper, end to end over TLS: asked for by a phone, made at the desk, printed, read from the print by two readers, and
//! ended by whatever ends them.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use health_code_authority::PaperAct;
use health_code_core::capability::paper::{
    PaperError, PaperStatus, PaperStep, SHEETS_KEPT, SheetStanding,
};
use health_code_core::code::{Checkpoint, Refusal};
use health_code_core::colour::{Colour, Reason};
use health_code_core::sync::SyncResult;
use health_code_core::trust::SoftwareEd25519;
use health_code_tests::authority_process::AuthorityProcess;
use health_code_tests::bare_phone::{BarePhone, client, healthy_declaration, new_id, send};
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;
use serde_json::Value;

const AUTHORITY: &str = env!("CARGO_BIN_EXE_authority_under_test");
const CHECKPOINT: &str = env!("CARGO_BIN_EXE_checkpoint_under_test");

/// What a door with the newest lists says of a sheet.
fn says(phone: &Phone, town: &Town, code: &str) -> Option<Refusal> {
    phone.sync();
    let checkpoint: Checkpoint = phone.checkpoint(town);
    checkpoint.check(code, town.now()).refusal
}

/// A phone's wish is listed soon after its answer.
fn is_dead_soon(phone: &Phone, town: &Town, code: &str) -> bool {
    (0..50).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        says(phone, town, code) == Some(Refusal::PaperRevoked)
    })
}

fn citizen_id(phone: &Phone) -> String {
    let receipt = phone.health_code.home().expect("a view").colour;
    receipt.expect("a colour").citizen_id
}

/// Syncs until nothing waits and what followed is here.
fn settle(phone: &Phone) {
    for _ in 0..2 {
        let outcome = phone.sync();
        assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
        assert_eq!(outcome.problem, None);
    }
}

#[test]
fn a_phone_asks_for_a_sheet_and_a_newer_one_ends_it_at_once() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let none = phone.health_code.papers().expect("a view");
    assert!(none.sheet.is_none());
    assert_eq!(
        (none.status, none.next_step),
        (PaperStatus::None, PaperStep::Ask)
    );

    phone.health_code.request_paper(90).expect("queued");
    let waiting = phone.health_code.papers().expect("a view");
    assert!(waiting.is_asked_for && waiting.waiting_text.is_some() && waiting.sheet.is_none());
    settle(&phone);
    assert_eq!(
        (waiting.status, waiting.next_step),
        (PaperStatus::Asked, PaperStep::Connect)
    );
    let view = phone.health_code.papers().expect("a view");
    assert_eq!(
        (view.status, view.next_step, view.shape.as_str()),
        (PaperStatus::Counts, PaperStep::Carry, "≡")
    );
    assert!(!view.title.is_empty() && view.spoken.starts_with(&view.title));
    assert!(view.spoken.ends_with(&view.next_step_text));
    let first = view.sheet.expect("a sheet");
    assert!(!view.is_asked_for && !first.by_desk && first.counts);
    assert_eq!(view.max_days, 180);
    let code = first.code.expect("a code");
    assert_eq!(
        says(&phone, &town, &code),
        Some(Refusal::CompareWithDocument)
    );

    // The server off: it is shown all the same.
    town.stop();
    let offline = phone.health_code.papers().expect("a view").sheet;
    assert_eq!(offline.expect("a sheet").code.as_ref(), Some(&code));
    phone.health_code.request_paper(30).expect("queued");
    phone.sync();
    town.start();
    settle(&phone);
    let view = phone.health_code.papers().expect("a view");
    let second = view.sheet.expect("a sheet").code.expect("a code");
    assert_ne!(second, code);
    assert_eq!(view.earlier.len(), 1);
    assert!(!view.earlier[0].counts && view.earlier[0].code.is_none());
    assert!(is_dead_soon(&phone, &town, &code));
    assert_eq!(
        says(&phone, &town, &second),
        Some(Refusal::CompareWithDocument)
    );

    phone.health_code.end_paper().expect("queued");
    let ending = phone.health_code.papers().expect("a view");
    assert!(ending.is_ending && ending.status == PaperStatus::Ending);
    assert!(
        ending
            .waiting_text
            .is_some_and(|told| ending.spoken.contains(&told))
    );
    settle(&phone);
    assert!(phone.health_code.papers().expect("a view").sheet.is_none());
    assert!(is_dead_soon(&phone, &town, &second));
    // The phone's own code is none of the paper's business.
    let own = phone.health_code.current_code().expect("a code");
    let door = phone.checkpoint(&town);
    assert!(door.check(&own.text, town.now()).accepted);

    // A week without a network, then past the last day.
    phone.health_code.request_paper(10).expect("queued");
    settle(&phone);
    town.stop();
    let counts = || phone.health_code.papers().expect("a view").sheet.is_some();
    phone.clock.advance_ms(7 * 86_400_000);
    assert!(counts());
    phone.clock.advance_ms(3 * 86_400_000);
    assert!(!counts());
}

#[test]
fn the_desk_s_sheet_is_told_to_the_phone_and_ends_with_the_colour() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let citizen = citizen_id(&phone);
    let made = town.order_paper(&citizen, PaperAct::Issue, Some(180));
    let code = made.sheets[0].code.clone().expect("a code");
    assert_eq!(made.region.get("en"), Some("Hangzhou"));
    settle(&phone);
    let sheet = phone.health_code.papers().expect("a view").sheet;
    assert!(sheet.expect("a sheet").by_desk);
    assert_eq!(
        says(&phone, &town, &code),
        Some(Refusal::CompareWithDocument)
    );

    town.change_colour(&citizen, Colour::Yellow, Reason::CloseContact, "");
    settle(&phone);
    let view = phone.health_code.papers().expect("a view");
    assert!(view.sheet.is_none() && !view.earlier[0].counts);
    assert_eq!(says(&phone, &town, &code), Some(Refusal::PaperRevoked));

    // None is made for who is not green, and the phone is told why.
    phone.health_code.request_paper(10).expect("queued");
    phone.sync();
    let home = phone.health_code.home().expect("a view");
    let refused = home.uploads_refused.first().expect("told");
    assert_eq!(
        refused.field_code.as_deref(),
        Some(PaperError::NotGreen.code())
    );
    let listed = town.order_paper(&citizen, PaperAct::List, None);
    assert_eq!(listed.sheets.len(), 1);
}

#[test]
fn the_desk_is_refused_by_name() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let citizen = citizen_id(&phone);
    let refused = |order: &health_code_authority::SignedPaperOrder| {
        let body = serde_json::to_vec(order).expect("JSON");
        let answer = town.request("POST", "/v1/admin/papers", body);
        let problem: Value = serde_json::from_slice(&answer.body).expect("a problem");
        (
            answer.status,
            problem["field_code"].as_str().map(str::to_owned),
        )
    };
    let code = |text: &str| Some(text.to_owned());
    let good = town.paper_order(&citizen, PaperAct::Issue, Some(1));
    let mut altered = good.clone();
    altered.order = town.paper_order(&citizen, PaperAct::Issue, Some(180)).order;
    assert_eq!(refused(&altered), (403, code("signature_wrong")));
    let nobody = town.paper_order("00000000-0000-4000-8000-000000000000", PaperAct::List, None);
    assert_eq!(refused(&nobody), (422, code("unknown")));
    for days in [0, 181] {
        let order = town.paper_order(&citizen, PaperAct::Issue, Some(days));
        assert_eq!(refused(&order), (422, code("paper_days_out_of_range")));
    }
    // Two desks at once, and one again and again: one sheet counts, and the newest few are listed.
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..6 {
                    town.order_paper(&citizen, PaperAct::Issue, Some(30));
                }
            });
        }
    });
    let listed = town.order_paper(&citizen, PaperAct::List, None).sheets;
    let counting = listed
        .iter()
        .filter(|one| one.standing == SheetStanding::Good);
    assert_eq!((counting.count(), listed.len()), (1, SHEETS_KEPT));
    // The same order again is the same sheet.
    let body = serde_json::to_vec(&good).expect("JSON");
    let answers = [201, 200].map(|status| {
        let answer = town.request("POST", "/v1/admin/papers", body.clone());
        assert_eq!(answer.status, status);
        let answer: Value = serde_json::from_slice(&answer.body).expect("JSON");
        answer["sheets"].clone()
    });
    assert_eq!(answers[0], answers[1]);
}

fn succeed(command: &mut Command) -> String {
    let output = command
        .output()
        .expect("installed: poppler-utils, zbar-tools");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}: {stderr}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A citizen who declared well.
async fn green_citizen(server: &AuthorityProcess) -> String {
    let signer = Arc::new(SoftwareEd25519::from_seed(&[6; 32]));
    let phone = BarePhone::new(signer, &server.url, client(&server.ca_pem()));
    let citizen = phone.register().await;
    let path = format!("/v1/subjects/owner/declarations/{}", new_id());
    let declared = phone.send("PUT", &path, &[], healthy_declaration(1)).await;
    assert_eq!(declared.expect("an answer").status, 201);
    citizen
}

async fn fetch_lists(server: &AuthorityProcess, to: &Path) {
    let client = client(&server.ca_pem());
    let get = |path: String| send(client.get(format!("{}{path}", server.url)));
    let index = get("/v1/bundles".to_owned()).await.expect("an answer");
    let index: Value = serde_json::from_slice(&index.body).expect("JSON");
    let entries = index["bundles"].as_array().expect("entries");
    std::fs::create_dir_all(to).expect("a folder");
    for entry in entries.iter().filter(|it| it["kind"] == "revocation-list") {
        let sha256 = entry["sha256"].as_str().expect("a hash");
        let list = get(format!("/v1/bundles/{sha256}")).await.expect("a list");
        std::fs::write(to.join(sha256), list.body).expect("written");
    }
}

#[tokio::test]
async fn a_printed_sheet_is_read_by_a_door_from_the_print() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = AuthorityProcess::start(AUTHORITY, folder.path(), &[]);
    let citizen = green_citizen(&server).await;
    let out = folder.path().join("sheet.pdf");
    let paper = |act: &str| {
        let mut command = Command::new(AUTHORITY);
        command
            .args([
                "paper",
                act,
                "--citizen",
                &citizen,
                "--officer",
                "officer-1",
            ])
            .arg("--officer-key")
            .arg(folder.path().join("officers/officer-1.key"))
            .args(["--url", &server.url, "--ca"])
            .arg(folder.path().join("ca.pem"));
        command
    };
    let told = succeed(paper("issue").args(["--days", "30", "--out"]).arg(&out));
    assert!(told.contains("\"standing\":\"good\"") && !told.contains("JKM1:"));
    // A file that is there is not written over, and nothing is asked for before.
    let again = paper("issue")
        .args(["--days", "30", "--out"])
        .arg(&out)
        .output();
    let again = String::from_utf8_lossy(&again.expect("runs").stderr).into_owned();
    assert!(again.contains("file_unwritable"), "{again}");

    // By a real renderer: the font is embedded as a subset, and the words are text.
    let fonts = succeed(Command::new("pdffonts").arg(&out));
    let rows: Vec<_> = fonts.lines().skip(2).collect();
    assert_eq!(rows.len(), 1, "{fonts}");
    assert!(
        rows[0].contains("NotoSansCJK") && rows[0].contains("yes yes yes"),
        "{fonts}"
    );
    let words = succeed(
        Command::new("pdftotext")
            .args(["-layout"])
            .arg(&out)
            .arg("-"),
    );
    for text in ["健康码", "Health Code on paper", "须与证件核对", "杭州市"] {
        assert!(words.contains(text), "{text}: {words}");
    }
    for colour in ["green", "Green", "绿"] {
        assert!(!words.contains(colour), "a sheet has no colour: {words}");
    }
    let picture = folder.path().join("page");
    succeed(
        Command::new("pdftoppm")
            .args(["-r", "150", "-png", "-singlefile"])
            .args([&out, &picture]),
    );
    let picture = picture.with_extension("png");
    let read = succeed(Command::new("zbarimg").args(["-q", "--raw"]).arg(&picture));
    let codes: std::collections::BTreeSet<_> = read.lines().collect();
    assert_eq!(codes.len(), 1, "the same on page and card");

    let lists = folder.path().join("lists");
    let check = || {
        let root = std::fs::read_to_string(folder.path().join("root-key.hex")).expect("a key");
        let output = Command::new(CHECKPOINT)
            .arg("--trust")
            .arg(folder.path().join("trust-bundle.cbor"))
            .args(["--root", root.trim(), "--status"])
            .arg(&lists)
            .arg("--image")
            .arg(&picture)
            .output()
            .expect("runs");
        let line: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (output.status.code(), line)
    };
    let (exit_code, line) = check();
    assert_eq!(
        (exit_code, line["reason"].as_str()),
        (Some(1), Some("paper_needs_status_list"))
    );
    fetch_lists(&server, &lists).await;
    let (exit_code, line) = check();
    assert_eq!(
        (exit_code, line["verdict"].as_str()),
        (Some(4), Some("compare")),
        "{line}"
    );

    // Korean and Arabic beside the Chinese: joined from right to left, each font as a subset, and the code still reads.
    for (language, own_fonts) in [("ko", 1), ("ar", 2)] {
        let out = folder.path().join(format!("sheet-{language}.pdf"));
        let mut issue = paper("issue");
        issue.args(["--days", "30", "--language", language, "--out"]);
        succeed(issue.arg(&out));
        let fonts = succeed(Command::new("pdffonts").arg(&out));
        let rows: Vec<_> = fonts.lines().skip(2).collect();
        assert_eq!(rows.len(), own_fonts, "{fonts}");
        assert!(
            rows.iter().all(|row| row.contains("yes yes yes")),
            "{fonts}"
        );
        let size = std::fs::metadata(&out).expect("a file").len();
        assert!(size < 120_000, "{size}");
        let picture = folder.path().join(format!("page-{language}"));
        succeed(
            Command::new("pdftoppm")
                .args(["-r", "150", "-png", "-singlefile"])
                .args([&out, &picture]),
        );
        let picture = picture.with_extension("png");
        let read = succeed(Command::new("zbarimg").args(["-q", "--raw"]).arg(&picture));
        let codes: std::collections::BTreeSet<_> = read.lines().collect();
        assert_eq!(codes.len(), 1, "{language}");
    }

    let told = succeed(&mut paper("revoke"));
    assert!(told.contains("\"revoked\":1"), "{told}");
    fetch_lists(&server, &lists).await;
    let (exit_code, line) = check();
    assert_eq!(
        (exit_code, line["reason"].as_str()),
        (Some(1), Some("paper_revoked"))
    );
    assert!(succeed(&mut paper("list")).contains("\"standing\":\"revoked\""));
}
