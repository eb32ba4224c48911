//! Parts of a subject: asked for when their tag is another, written with it, judged alone.

use super::subjects::{child, family};
use super::{Colour, Fault, OWNER, Reason, SyncResult, World};
use crate::ports::{HttpResponse, MAX_RESPONSE_BYTES, TransportError};
use crate::store::{Codec, OfSubject, RecordKind, SubjectId};
use crate::sync::records::PART_TAG;
use crate::sync::{PartFault, PartRow, PartTaken};

/// What came of a part, for tests: lines, each after the other.
const LINES: RecordKind<String, OfSubject> = RecordKind::of_subject(
    crate::store::FIRST_TEST_KIND + 80,
    "lines",
    Codec::TEXT,
    4_096,
);

/// A part that is asked for from the line after the last one held.
static LINES_PART: PartRow = PartRow {
    name: "lines",
    max_bytes: 1_000,
    cursor: |holding| {
        let held = holding.store.read(&LINES.for_subject(holding.subject))?;
        let lines = held.map_or(0, |held| held.lines().count());
        Ok(if lines == 0 {
            String::new()
        } else {
            lines.to_string()
        })
    },
    writes: |holding, body| {
        let text: String = crate::encoding::json::from_slice(body)
            .map_err(|_| PartFault::Refused("sync_answer_malformed"))?;
        let place = LINES.for_subject(holding.subject);
        let held = holding.store.read(&place)?.unwrap_or_default();
        Ok(PartTaken {
            writes: vec![place.put(&format!("{held}{text}\n"))?],
            is_complete: !text.ends_with("..."),
        })
    },
};

/// Another one, after it.
static OTHER_PART: PartRow = PartRow {
    name: "lines_of_others",
    ..LINES_PART
};

/// Rows of the table in tests.
pub(crate) static PARTS_FOR_TESTS: &[&PartRow] = &[&LINES_PART, &OTHER_PART];

const PATH: &str = "GET /v1/subjects/owner/parts/lines";

fn lines(world: &World, subject: &SubjectId) -> String {
    let held = world.store.read(&LINES.for_subject(subject)).unwrap();
    held.unwrap_or_default()
}

fn asked(world: &World) -> Vec<String> {
    let lines = world.transport.take_sent_lines().into_iter();
    lines.filter(|line| line.contains("/parts/")).collect()
}

#[test]
fn a_part_is_asked_for_when_its_tag_is_another_and_from_where_it_was_left() {
    let world = World::settled();
    world.authority.set_part(&OWNER, "lines", "t1", b"\"one\"");
    world.authority.set_part(&OWNER, "of_tomorrow", "t", b"1");
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert!(outcome.state_changed && outcome.problem.is_none());
    assert_eq!(asked(&world), [PATH]);
    assert!(!world.sync().state_changed);
    assert!(asked(&world).is_empty(), "nothing is new");
    world.authority.set_part(&OWNER, "lines", "t2", b"\"two\"");
    assert_eq!(world.sync().result, SyncResult::Synced);
    assert_eq!(asked(&world), [format!("{PATH}?after=1")]);
    assert_eq!(lines(&world, &OWNER), "one\ntwo\n");
}

#[test]
fn the_rest_of_a_part_comes_with_the_next_sync_though_nothing_else_changed() {
    let world = World::settled();
    world
        .authority
        .set_part(&OWNER, "lines", "t1", b"\"one...\"");
    assert_eq!(world.sync().result, SyncResult::Synced);
    assert_eq!(asked(&world), [PATH], "once a sync");
    world.authority.set_part(&OWNER, "lines", "t1", b"\"two\"");
    assert_eq!(world.sync().result, SyncResult::Synced);
    assert_eq!(asked(&world), [format!("{PATH}?after=1")]);
    world.sync();
    assert!(asked(&world).is_empty());
}

#[test]
fn rubbish_in_a_part_is_named_asked_for_again_and_takes_nothing_from_the_rest() {
    let answers = |status: u16, content_type: &str, body: Vec<u8>| {
        Fault::Answers(HttpResponse {
            status,
            headers: vec![("content-type".into(), content_type.into())],
            body,
        })
    };
    let json = "application/json";
    let table = [
        (answers(200, json, b"{".to_vec()), "sync_answer_malformed"),
        (answers(200, json, vec![b'1'; 1_001]), "sync_part_too_large"),
        (
            answers(200, json, vec![b' '; MAX_RESPONSE_BYTES + 1]),
            "sync_part_too_large",
        ),
        (
            Fault::Fails(TransportError::TooLarge),
            "sync_part_too_large",
        ),
        (
            answers(
                404,
                "application/problem+json",
                b"{\"type\":\"urn:health-code:problem:not_found\",\"title\":\"\",\"status\":404}"
                    .to_vec(),
            ),
            "sync_part_missing",
        ),
        (
            answers(
                422,
                "application/problem+json",
                b"{\"type\":\"urn:health-code:problem:of_tomorrow\",\"title\":\"\",\"status\":422}"
                    .to_vec(),
            ),
            "unknown_problem",
        ),
    ];
    for (fault, code) in table {
        let world = World::settled();
        let authority = &world.authority;
        authority.set_part(&OWNER, "lines", "t1", b"\"one\"");
        authority.set_part(&OWNER, "lines_of_others", "t1", b"\"other\"");
        authority.decide(Colour::Yellow, Reason::CloseContact);
        // State, index, then the part.
        world
            .transport
            .script(vec![Fault::None, Fault::None, fault]);
        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::AnswerRefused);
        assert_eq!(outcome.problem.as_deref(), Some(code));
        assert_eq!(world.colour(), Some(Colour::Yellow), "{code}");
        assert_eq!(lines(&world, &OWNER), "other\n", "{code}");
        world.transport.take_sent();
        assert_eq!(world.sync().result, SyncResult::Synced, "{code}");
        assert_eq!(asked(&world).len(), 1);
        assert_eq!(lines(&world, &OWNER), "other\none\n", "{code}");
    }
}

#[test]
fn parts_are_the_subjects_own() {
    let world = family();
    world
        .authority
        .set_part(&child(), "lines", "t1", b"\"hers\"");
    assert_eq!(world.sync().result, SyncResult::Synced);
    assert_eq!(lines(&world, &child()), "hers\n");
    assert_eq!(lines(&world, &OWNER), "");
}

#[test]
fn an_authority_of_before_parts_and_a_phone_of_before_them() {
    let world = World::settled();
    assert_eq!(world.sync().problem, None);
    assert!(asked(&world).is_empty());
    // The state as a version of before parts stored it, when there were some already.
    world.authority.set_part(&OWNER, "lines", "t1", b"\"one\"");
    assert_eq!(world.sync().result, SyncResult::Synced);
    let meta: RecordKind<serde_json::Value, OfSubject> =
        RecordKind::of_subject(35, "about the state", Codec::JSON, 64 * 1024);
    let place = meta.for_subject(&OWNER);
    let mut stored = world.store.read(&place).unwrap().unwrap();
    stored.as_object_mut().unwrap().remove("parts").unwrap();
    world.store.write(&place, &stored).unwrap();
    let tag = PART_TAG.for_subject(&OWNER).at("lines");
    world
        .store
        .apply(&[tag.delete(), LINES.for_subject(&OWNER).delete()])
        .unwrap();
    world.transport.take_sent();
    assert_eq!(world.sync().result, SyncResult::Synced);
    assert_eq!(asked(&world), [PATH], "the state was asked for whole");
    assert_eq!(lines(&world, &OWNER), "one\n");
}

#[test]
fn what_cannot_be_read_is_not_written_over() {
    let world = World::settled();
    let of_tomorrow: RecordKind<Vec<u8>, OfSubject> = RecordKind::of_subject(
        crate::store::FIRST_TEST_KIND + 80,
        "lines",
        Codec::BYTES,
        4_096,
    );
    let place = of_tomorrow.for_subject(&OWNER);
    world.store.write(&place, &vec![0xff]).unwrap();
    world.authority.set_part(&OWNER, "lines", "t1", b"\"one\"");
    let outcome = world.sync();
    assert_eq!(outcome.problem.as_deref(), Some("sync_part_unreadable"));
    assert_eq!(world.store.read(&place).unwrap(), Some(vec![0xff]));
    assert!(asked(&world).is_empty());
}
