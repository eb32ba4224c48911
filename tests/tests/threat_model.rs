//! The threat model claims nothing that is not there: each file and test it names exists, each link leads somewhere.

use std::path::Path;

use health_code_core::trust::PresentationPolicy;

const DOCUMENTS: [&str; 3] = ["SECURITY.md", "docs/THREAT_MODEL.md", "docs/FORMS.md"];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the repository")
}

/// `path/file.rs` or `path/file.rs::test_name` in backquotes.
fn evidence(text: &str) -> Vec<(&str, Option<&str>)> {
    let spans = text.split('`').skip(1).step_by(2);
    let named = spans.map(|span| match span.split_once("::") {
        Some((file, test)) => (file, Some(test)),
        None => (span, None),
    });
    named
        .filter(|(file, _)| has_extension(file, "rs") || has_extension(file, "json"))
        .collect()
}

fn has_extension(file: &str, extension: &str) -> bool {
    Path::new(file)
        .extension()
        .is_some_and(|found| found == extension)
}

#[test]
fn every_named_file_and_test_exists() {
    let mut tests = 0;
    for document in DOCUMENTS {
        let text = std::fs::read_to_string(repository().join(document)).expect(document);
        for (file, test) in evidence(&text) {
            let source = std::fs::read_to_string(repository().join(file));
            let source = source.unwrap_or_else(|_| panic!("{document} names {file}"));
            if let Some(test) = test {
                assert!(
                    source.contains(&format!("fn {test}(")),
                    "{document} names {file}::{test}"
                );
                tests += 1;
            }
        }
    }
    assert!(
        tests >= 20,
        "the threat model names its evidence: {tests} tests"
    );
}

#[test]
fn every_link_leads_to_a_file() {
    for document in DOCUMENTS {
        let path = repository().join(document);
        let text = std::fs::read_to_string(&path).expect(document);
        for rest in text.split("](").skip(1) {
            let target = rest.split([')', '#']).next().unwrap_or_default();
            let folder = path.parent().expect("a file lies in a folder");
            let outside = target.is_empty() || target.contains("://");
            assert!(
                outside || folder.join(target).exists(),
                "{document} links to {target}"
            );
        }
    }
}

#[test]
fn the_figures_are_those_of_the_policy() {
    let policy = PresentationPolicy::default();
    let text = std::fs::read_to_string(repository().join(DOCUMENTS[1])).expect(DOCUMENTS[1]);
    let status_hours = policy.status_max_age_secs / 3_600;
    for row in [
        format!(
            "| a presentation is made anew every | {} s |",
            policy.rotation_secs
        ),
        format!(
            "| accepted after it was made, by the checkpoint's clock | {} s |",
            policy.accept_secs
        ),
        format!(
            "| accepted from the future (clocks apart) | {} s |",
            policy.skew_secs
        ),
        format!(
            "{} s at a checkpoint whose clock",
            policy.accept_secs + policy.skew_secs
        ),
        format!("| status list | counts as a check for {status_hours} h;"),
    ] {
        assert!(text.contains(&row), "{row}");
    }
}
