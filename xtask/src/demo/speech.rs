//! What the demo says, on standard output, in one language.
//!
//! Invariant: a reader that has gone away (`| head`) is never a panic and never a complaint: the walk ends in silence, or
//! goes on in silence where a folder is to be filled.

use std::fmt;
use std::io::{self, Write as _};

use health_code_core::words::{Language, LanguageTag};

use crate::{Failure, words};

/// The demo's voice.
#[derive(Clone)]
pub struct Speech {
    /// The reader's language.
    pub tag: LanguageTag,
    /// Whether the walk goes on with nobody who reads.
    pub goes_on_unheard: bool,
}

/// Nobody reads any more.
#[derive(Debug)]
pub struct Unheard;

impl fmt::Display for Unheard {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("nobody reads standard output any more")
    }
}

impl std::error::Error for Unheard {}

impl Speech {
    /// The language of the program's own words.
    pub fn language(&self) -> Language {
        self.tag.words()
    }

    pub fn say(&self, line: &str) -> Result<(), Failure> {
        self.put(&format!("{line}\n"))
    }

    /// The line of words with this id.
    pub fn tell(&self, id: &'static str) -> Result<(), Failure> {
        self.say(&format!("  {}", words::line(id, self.language())))
    }

    /// The line of words with this id and these arguments.
    pub fn tell_with(
        &self,
        id: &'static str,
        arguments: &[(&'static str, &str)],
    ) -> Result<(), Failure> {
        let line = words::line_with(id, arguments, self.language());
        self.say(&format!("  {line}"))
    }

    /// Text as it is, shown at once; but for the marks of direction (Unicode, UAX 9), which the core puts around arguments
    /// and many a terminal shows as boxes.
    pub fn put(&self, text: &str) -> Result<(), Failure> {
        let text = text.replace(|it| matches!(it, '\u{2066}'..='\u{2069}'), "");
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            Err(_) if !self.goes_on_unheard => Err(Unheard.into()),
            _ => Ok(()),
        }
    }
}
