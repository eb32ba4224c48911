//! What the command line says, in the language of its reader.
//!
//! Invariant: results (standard output) are the same in every language; only what stands beside them is translated.

use std::io::Write;
use std::sync::OnceLock;

use health_code_core::words::{FluentArgs, Language, LanguageTag};

use crate::errors::AuthorityError;
use crate::words::WORDS;

/// The reader's language: one process, one terminal.
static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// Speaks the language of `--lang`, or of the environment.
pub(super) fn set_language(tag: Option<&str>) {
    let tag = match tag {
        Some(tag) => LanguageTag::new(tag),
        None => LanguageTag::of_environment(|name| std::env::var(name).ok()),
    };
    let _ = LANGUAGE.set(tag.words());
}

/// A result, for people or other programs.
pub(super) fn say(line: &str) {
    // A reader that has gone away (`| head`) is no fault of ours.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// An explanation as it stands, beside the result: what is signed.
pub(super) fn show(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// An explanation in the reader's language, beside the result. Counts go in as numbers and take their plural.
macro_rules! explain {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::cli::speech::show(&$crate::cli::speech::line(
            $id,
            &[$((stringify!($name), ($value).into())),*],
        ))
    };
}
pub(super) use explain;

pub(super) fn line(id: &str, arguments: &[(&'static str, Said)]) -> String {
    in_language(
        id,
        arguments,
        LANGUAGE.get().copied().unwrap_or(Language::English),
    )
}

/// The line with this id in a language.
pub(super) fn in_language(
    id: &str,
    arguments: &[(&'static str, Said)],
    language: Language,
) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in arguments {
        match value {
            Said::Text(text) => args.set(*name, text.as_str()),
            Said::Count(count) => args.set(*name, *count),
        }
    }
    let text = WORDS.format(id, &args, language);
    text.unwrap_or_else(|| id.to_owned())
}

/// What stands in a line.
pub(super) enum Said {
    Text(String),
    Count(u64),
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&std::path::Path> for Said {
    fn from(path: &std::path::Path) -> Self {
        Self::Text(path.display().to_string())
    }
}

impl From<u64> for Said {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Said {
    fn from(count: usize) -> Self {
        Self::Count(u64::try_from(count).unwrap_or(u64::MAX))
    }
}

/// What went wrong: code, text, and the file or value at fault.
pub(super) fn complain(error: &AuthorityError) {
    let language = LANGUAGE.get().copied().unwrap_or(Language::English);
    let (code, text, at) = (error.code(), error.text(language), error.at());
    if at.is_empty() {
        explain!("failed", code = code, text = text);
    } else {
        explain!("failed-at", code = code, text = text, at = at);
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, in_language};

    #[test]
    fn a_count_takes_the_plural_of_the_language() {
        let serving = |officers: u64, language| {
            let arguments = [
                ("url", "https://a".into()),
                ("ca", "ca.pem".into()),
                ("officers", officers.into()),
            ];
            in_language("serving", &arguments, language)
        };
        for (officers, language, end) in [
            (1, Language::English, "ca.pem, one officer enrolled"),
            (2, Language::English, "ca.pem, 2 officers enrolled"),
            (1, Language::Chinese, "ca.pem，已登记 1 名工作人员"),
            (2, Language::Chinese, "ca.pem，已登记 2 名工作人员"),
        ] {
            let line = serving(officers, language);
            assert!(line.ends_with(end), "{line}");
        }
        let signatures =
            |count: u64| in_language("signatures", &[("count", count.into())], Language::English);
        assert_eq!(signatures(1), "1 of 2 signatures");
        assert_eq!(signatures(2), "2 of 2 signatures: it can be submitted");
    }
}
