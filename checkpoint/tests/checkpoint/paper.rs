//! Sheets of paper at the program: never let in by themselves, and two doors that share what they saw.

use health_code_core::testing::nation::{places_around, sample_paper};
use health_code_core::trust::StatusList;
use serde_json::json;

use crate::scene::{AT, Scene, drawn};

fn list(scene: &Scene, revoked: &[u32]) -> String {
    let places = places_around(revoked, AT);
    let bytes = StatusList::build(&scene.nation.hangzhou, &places, AT - 600, 3_600).unwrap();
    let file = scene.write("status.cbor", &bytes);
    file.to_str().unwrap().to_owned()
}

#[test]
fn a_sheet_is_compared_with_the_document_where_a_list_counts() {
    let scene = Scene::at(AT);
    let claims = sample_paper(AT);
    let sheet = scene.nation.paper(&claims);
    let unknown = scene.check(&[&sheet]);
    unknown.is(1, "refuse", "paper_needs_status_list");
    assert_eq!(unknown.line["colour"], json!(null));

    let clear = list(&scene, &[1]);
    let picture = scene.png(drawn(&sheet, 4));
    let holds = scene.check(&["--status", &clear, "--image", picture.to_str().unwrap()]);
    holds.is(4, "compare", "compare_with_document");
    for (field, value) in [
        ("accepted", json!(false)),
        ("maskedName", json!("欧**娜")),
        ("documentTail", json!("002X")),
        ("assurance", json!("paper")),
        ("statusText", json!(null)),
    ] {
        assert_eq!(holds.line[field], value, "{field}");
    }

    let revoked = list(&scene, &[claims.status_index]);
    scene
        .check(&["--status", &revoked, &sheet])
        .is(1, "refuse", "paper_revoked");
}

#[test]
fn a_copy_at_two_doors_within_a_minute_is_noticed_where_they_share_their_lists() {
    let scene = Scene::at(AT);
    let sheet = scene.nation.paper(&sample_paper(AT));
    let status = list(&scene, &[]);
    let seen = scene.folder.path().join("seen.cbor");
    let seen = seen.to_str().unwrap();
    scene
        .check(&["--status", &status, "--write-papers-seen", seen, &sheet])
        .is(4, "compare", "compare_with_document");
    let shared = ["--status", &status, "--papers-seen", seen, &sheet];
    scene
        .check_after(60, &shared)
        .is(1, "refuse", "paper_shown_elsewhere");
    scene
        .check_after(61, &shared)
        .is(4, "compare", "compare_with_document");
    // Nothing shared, nothing noticed: the document is what counts there.
    scene
        .check_after(1, &["--status", &status, &sheet])
        .is(4, "compare", "compare_with_document");

    scene.write("seen.cbor", b"rubbish");
    let answer = scene.check(&shared);
    answer.is(4, "compare", "compare_with_document");
    assert!(answer.stderr.contains("papers_seen_unreadable"));
}
