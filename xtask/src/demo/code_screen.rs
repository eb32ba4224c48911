//! The code on the terminal, redrawn in place as it rotates, with a bar of the seconds that remain.
//!
//! Invariant: a terminal shows one whole code, the current one, and what is asked below it; one that is too small is told
//! which size is needed, and the code is kept as a picture. Where escape sequences are not wanted there are none.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Duration;

use health_code_core::citizen::{CodeView, HealthCode};
use health_code_core::picture;
use health_code_core::picture::matrix;

use crate::out_folder::write_whole;
use crate::speech::Speech;
use crate::terminal::{self, Size};
use crate::{Failure, PIXELS_PER_MODULE, words};

const BAR_CELLS: u32 = 25;
const LOOK: Duration = Duration::from_millis(200);

/// What ends the showing.
pub enum Until<'a> {
    /// The person has seen enough.
    Enter(&'a Receiver<()>),
    /// There was a second code.
    NextCode,
}

/// The place on the terminal where the code stands.
pub struct CodeScreen<'a> {
    speech: &'a Speech,
    health_code: &'a HealthCode,
    /// Where the code is kept as a picture for a terminal that is too small.
    picture: PathBuf,
    takes_escapes: bool,
    stands: Option<Stands>,
}

/// What stands on the terminal.
struct Stands {
    /// The code's text.
    code: String,
    terminal: Option<Size>,
    /// Lines above the bar that the next code takes the place of; none where the terminal is too small for a code.
    lines: Option<usize>,
}

impl<'a> CodeScreen<'a> {
    /// A screen that shows the codes of `health_code`.
    pub fn new(speech: &'a Speech, health_code: &'a HealthCode, picture: PathBuf) -> Self {
        Self {
            speech,
            health_code,
            picture,
            takes_escapes: terminal::takes_escapes(),
            stands: None,
        }
    }

    /// Shows the code until that is enough; `next` gets each code that takes the place of one shown before.
    pub fn show(
        &mut self,
        until: &Until<'_>,
        next: &mut dyn FnMut(&CodeView) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        loop {
            let code = self.health_code.current_code()?;
            let shown_before = self.stands.as_ref().map(|stands| stands.code != code.text);
            let terminal = terminal::size();
            let is_resized = self
                .stands
                .as_ref()
                .is_some_and(|stands| stands.terminal != terminal);
            if shown_before != Some(false) || is_resized {
                let question = match until {
                    Until::Enter(_) => Some("enter"),
                    Until::NextCode => shown_before.is_none().then_some("next-code"),
                };
                self.draw(&code, terminal, is_resized, question)?;
            }
            if shown_before == Some(true) {
                next(&code)?;
            }
            self.bar(&code)?;
            match until {
                Until::NextCode if shown_before == Some(true) => break,
                Until::NextCode => std::thread::sleep(LOOK),
                Until::Enter(presses) => match presses.try_recv() {
                    Ok(()) | Err(TryRecvError::Disconnected) => break,
                    Err(TryRecvError::Empty) => std::thread::sleep(LOOK),
                },
            }
        }
        if self.takes_escapes {
            self.speech.say("")?;
        }
        Ok(())
    }

    fn draw(
        &mut self,
        code: &CodeView,
        terminal: Option<Size>,
        is_resized: bool,
        question: Option<&'static str>,
    ) -> Result<(), Failure> {
        let text = self.code_and_question(code, question)?;
        let needed = needed(code, &text)?;
        let fits = terminal.is_none_or(|terminal| {
            terminal.columns >= needed.columns && terminal.rows >= needed.rows
        });
        let stood = self.stands.as_ref().and_then(|stands| stands.lines);
        if self.takes_escapes && is_resized {
            // Whatever a change of size has made of it.
            self.speech.put("\x1b[H\x1b[2J")?;
        } else if self.takes_escapes
            && let Some(lines) = stood
        {
            self.speech.put(&format!("\r\x1b[{lines}A\x1b[J"))?;
        }
        if fits {
            self.speech.put(&text)?;
        } else {
            let picture = picture::png(&matrix(&code.text)?, PIXELS_PER_MODULE)?;
            write_whole(&self.picture, &picture)?;
            if self.stands.is_none() || is_resized {
                self.say_too_small(terminal, needed, question)?;
            }
        }
        self.stands = Some(Stands {
            code: code.text.clone(),
            terminal,
            lines: fits.then(|| text.lines().count()),
        });
        Ok(())
    }

    /// The code as half blocks, with its colour's shape and word above (never colour alone), and what ends the showing.
    fn code_and_question(
        &self,
        code: &CodeView,
        question: Option<&'static str>,
    ) -> Result<String, Failure> {
        let matrix = matrix(&code.text)?;
        let picture = if self.takes_escapes {
            picture::terminal(&matrix)
        } else {
            picture::terminal_plain(&matrix)
        };
        let language = self.speech.language();
        let question = question.map_or(String::new(), |id| {
            format!("  {}\n", words::line(id, language))
        });
        Ok(format!(
            "    {} {}  {}\n{picture}{question}",
            code.colour.shape(),
            code.colour.word(language),
            code.masked_name,
        ))
    }

    fn say_too_small(
        &self,
        terminal: Option<Size>,
        needed: Size,
        question: Option<&'static str>,
    ) -> Result<(), Failure> {
        let number = |number: usize| number.to_string();
        let (columns, rows) = terminal.map_or((0, 0), |size| (size.columns, size.rows));
        let arguments = [
            ("columns", number(columns)),
            ("rows", number(rows)),
            ("wide", number(needed.columns)),
            ("high", number(needed.rows)),
        ];
        let arguments = arguments
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        self.speech.tell_with("too-small", &arguments)?;
        self.speech
            .say(&format!("    {}", self.picture.display()))?;
        question.map_or(Ok(()), |id| self.speech.tell(id))
    }

    /// On the line that the cursor stands in, and back to its start.
    fn bar(&self, code: &CodeView) -> Result<(), Failure> {
        if !self.takes_escapes {
            return Ok(());
        }
        let whole = code.rotation_secs * 1_000;
        let left = (code.remaining_ms * BAR_CELLS)
            .div_ceil(whole.max(1))
            .min(BAR_CELLS);
        let cells: String = (0..BAR_CELLS)
            .map(|cell| if cell < left { '█' } else { '░' })
            .collect();
        let seconds = code.remaining_ms.div_ceil(1_000);
        self.speech.put(&format!("\r    {cells} {seconds:>2} s  "))
    }
}

/// Columns and rows that `text` and the bar below it take.
fn needed(code: &CodeView, text: &str) -> Result<Size, Failure> {
    let columns = matrix(&code.text)?.size() + 2 * picture::QUIET_ZONE_MODULES;
    let rows = text.lines().count() + 1;
    Ok(Size { columns, rows })
}
