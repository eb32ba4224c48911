//! Each view carries words, a spoken form, a shape and the next step: by the listing of what apps are given.

use std::collections::{BTreeMap, BTreeSet};

/// A view, and where in it each of the four stands. `a.b` is member `b` of what member `a` is.
struct Row {
    view: &'static str,
    words: &'static str,
    spoken: &'static str,
    /// A shape as text, or what an app draws one for.
    shape: &'static str,
    next_step: &'static str,
}

const fn row(
    view: &'static str,
    words: &'static str,
    spoken: &'static str,
    shape: &'static str,
    next_step: &'static str,
) -> Row {
    Row {
        view,
        words,
        spoken,
        shape,
        next_step,
    }
}

#[rustfmt::skip]
const VIEWS: [Row; 17] = [
    row("HomeView", "status.title", "status.spoken", "status.kind", "next_step.text"),
    row("ColourView", "why", "shown.spoken", "shown.shape", "instruction"),
    row("WayToGreenView", "steps", "spoken", "kind", "steps"),
    row("ElsewhereView", "title", "spoken", "there.shape", "next_step"),
    row("DoorColourView", "title", "spoken", "here.shape", "next_step"),
    row("IdentityProofView", "own.title", "own.spoken", "own.level", "own.next_step_text"),
    // What is read aloud is the sentence itself.
    row("ChangesView", "text", "text", "shape", "alarms.next_step"),
    row("AppealsView", "appeals.title", "appeals.spoken", "appeals.level", "appeals.next_step_text"),
    row("DependantsView", "dependants.state_text", "dependants.spoken", "dependants.state", "dependants.next_text"),
    row("GroupCode", "title", "spoken", "code.colour", "missing_text"),
    row("PapersView", "title", "spoken", "shape", "next_step_text"),
    row("ResultsView", "current.title", "current.spoken", "current.shape", "current.next_step_text"),
    row("DccView", "title", "spoken", "level", "next_step_text"),
    row("EntryView", "title", "spoken", "stage", "next_step_text"),
    row("MrzView", "title", "spoken", "level", "next_step"),
    row("SunsetView", "title", "spoken", "shape", "save_text"),
    row("ErasureView", "text", "spoken", "shape", "next_step_text"),
];

/// What a method gives that is no standing of anything, and why.
const NO_STANDING: [(&str, &str); 10] = [
    (
        "AppealDraftView",
        "what a citizen is writing; its problem is a sentence",
    ),
    ("BulletinsView", "texts of the authority, read as they are"),
    (
        "CareCodeView",
        "a code with its sentence, on the page of the person that it is for",
    ),
    ("CarerView", "a row: one sentence"),
    ("ClinicView", "a row of a list: a place"),
    (
        "CodeView",
        "the code itself: its screen shows the home view's status",
    ),
    ("DccsView", "a list of `DccView`, and a sentence"),
    ("ExportView", "a document"),
    ("FormView", "questions"),
    (
        "NamesComparedView",
        "one sentence, on the page of what was read",
    ),
];

/// The records of the listing: name, then members with their types.
fn records(listing: &str) -> BTreeMap<&str, BTreeMap<String, String>> {
    let after = |head: &str| {
        listing
            .split_once(&format!("\n{head}\n"))
            .map_or("", |(_, rest)| rest)
    };
    let section = after("Records").split("\n\n").next().unwrap_or_default();
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let mut last = "";
    for line in section.lines() {
        if let Some((name, members)) = line
            .strip_prefix("  ")
            .filter(|line| !line.starts_with(' '))
            .and_then(|line| line.split_once(": "))
        {
            last = name;
            found.insert(name, members.to_owned());
        } else if let Some(members) = found.get_mut(last) {
            members.push(' ');
            members.push_str(line.trim());
        }
    }
    let members = |text: String| {
        let pairs = text.split(", ").filter_map(|one| one.split_once(": "));
        pairs
            .map(|(name, of)| (name.to_owned(), of.to_owned()))
            .collect()
    };
    found
        .into_iter()
        .map(|(name, text)| (name, members(text)))
        .collect()
}

fn bare(of: &str) -> &str {
    of.trim_matches(['[', ']', '?', ',', ' '])
}

fn is_there(records: &BTreeMap<&str, BTreeMap<String, String>>, view: &str, path: &str) -> bool {
    let members = records.get(view);
    match path.split_once('.') {
        None => members.is_some_and(|members| members.contains_key(path)),
        Some((first, rest)) => members
            .and_then(|members| members.get(first))
            .is_some_and(|of| is_there(records, bare(of), rest)),
    }
}

#[test]
fn each_view_carries_words_a_spoken_form_a_shape_and_the_next_step() {
    let listing = include_str!("../../docs/API.txt");
    let records = records(listing);
    assert!(records.len() > 60, "the listing was not read");
    for row in &VIEWS {
        for path in [row.words, row.spoken, row.shape, row.next_step] {
            assert!(
                is_there(&records, row.view, path),
                "{}: no {path}",
                row.view
            );
        }
    }
    assert!(!is_there(&records, "HomeView", "status.nothing"));
    assert!(!is_there(&records, "NoView", "title"));
}

#[test]
fn each_view_that_a_method_gives_is_in_the_table_or_is_no_standing() {
    let listing = include_str!("../../docs/API.txt");
    let given: BTreeSet<&str> = listing
        .lines()
        .filter_map(|line| line.split_once(" -> "))
        .map(|(_, of)| bare(of.split(" ! ").next().unwrap_or_default()))
        .filter(|of| of.ends_with("View") || *of == "GroupCode")
        .collect();
    assert!(given.len() > 20, "{given:?}");
    let known: BTreeSet<&str> = VIEWS
        .iter()
        .map(|row| row.view)
        .chain(NO_STANDING.iter().map(|(view, _)| *view))
        .collect();
    let strange: Vec<_> = given.difference(&known).collect();
    assert!(
        strange.is_empty(),
        "neither in the table nor excepted: {strange:?}"
    );
    for (view, why) in NO_STANDING {
        assert!(given.contains(view), "{view} is given no more");
        assert!(!why.is_empty(), "{view}");
    }
}
