//! What generated records and enumerations print of themselves: their name, and of most nothing else.
//!
//! Invariant: whatever carries data and is not named in [`PRINTED`] hides it, so that a new one cannot be forgotten.
//! Changes nothing but what is printed. Errors are printed with their codes: what they carry besides hides itself.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use uniffi_bindgen::ComponentInterface;

/// Those with nothing of anybody's in them: outcomes, clocks, versions.
const PRINTED: [&str; 5] = [
    "ClockReading",
    "RefusedUpload",
    "SyncOutcome",
    "TrustSummary",
    "TrustedTime",
];

/// Kotlin with a `toString` in each data class, variants of sealed classes included.
///
/// # Errors
/// A data class that has no place for one.
pub fn kotlin(source: &str) -> Result<String, String> {
    let mut hidden = String::with_capacity(source.len() + source.len() / 16);
    let mut open: Option<&str> = None;
    for line in source.lines() {
        let declared = line.trim_start();
        if let Some(rest) = declared.strip_prefix("data class ") {
            if let Some(name) = open {
                return Err(format!("no place for a toString in {name}"));
            }
            open = rest.split(['(', ' ', '<']).next();
        } else if declared == "companion object"
            && let Some(name) = open.take()
            && !PRINTED.contains(&name)
        {
            let indent = &line[..line.len() - declared.len()];
            let _ = writeln!(
                hidden,
                "{indent}override fun toString(): kotlin.String = \"{name}(hidden)\"\n"
            );
        }
        hidden.push_str(line);
        hidden.push('\n');
    }
    match open {
        Some(name) => Err(format!("no place for a toString in {name}")),
        None => Ok(hidden),
    }
}

/// Swift, with what `print`, `String(reflecting:)` and `dump` show of each record and of each enumeration that carries
/// something.
pub fn swift(source: &str, component: &ComponentInterface) -> String {
    let records = component.record_definitions().iter();
    let enums = component.enum_definitions().iter().filter(|item| {
        !component.is_name_used_as_error(item.name())
            && item.variants().iter().any(|one| !one.fields().is_empty())
    });
    let names = records
        .map(uniffi_bindgen::interface::Record::name)
        .chain(enums.map(uniffi_bindgen::interface::Enum::name))
        .filter(|name| !PRINTED.contains(name));
    // A record that an exported function takes may be listed once more.
    let names: BTreeSet<&str> = names.collect();
    let mut hidden = source.to_owned();
    for name in names {
        let _ = write!(
            hidden,
            "\nextension {name}: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {{\n    \
             public var description: String {{ \"{name}(hidden)\" }}\n    \
             public var debugDescription: String {{ \"{name}(hidden)\" }}\n    \
             public var customMirror: Mirror {{ Mirror(self, children: [Mirror.Child]()) }}\n}}\n"
        );
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::kotlin;

    #[test]
    fn a_data_class_prints_its_name() {
        let source = "data class Code (\n    val `text`: kotlin.String\n){\n    companion object\n}\n\
                      sealed class Answer {\n    data class Text(\n        val `t`: kotlin.String) : Answer()\n    \
                      {\n        companion object\n    }\n    companion object\n}\n\
                      data class TrustedTime (\n    val `atMs`: kotlin.Long\n){\n    companion object\n}\n";
        let hidden = kotlin(source).expect("hidden");
        let named: Vec<_> = hidden
            .lines()
            .filter(|line| line.contains("toString"))
            .map(str::trim)
            .collect();
        let expected = ["Code", "Text"]
            .map(|name| format!("override fun toString(): kotlin.String = \"{name}(hidden)\""));
        assert_eq!(named, expected);
        assert!(hidden.find("Code(hidden)") < hidden.find("companion object"));
    }

    #[test]
    fn a_data_class_without_a_place_for_it_is_an_error() {
        for source in [
            "data class A(val b: Int)\n",
            "data class A(val b: Int)\ndata class C (\n){\n    companion object\n}\n",
        ] {
            assert!(kotlin(source).is_err(), "{source}");
        }
    }
}
