//! What standard output is: a terminal that takes escape sequences, one that takes none, or a pipe or a file.
//!
//! Invariant: nothing else asks for this; whoever writes an escape sequence has asked [`takes_escapes`].

use std::io::{BufRead as _, IsTerminal as _};
use std::sync::mpsc::Receiver;

/// Columns and rows of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub columns: usize,
    pub rows: usize,
}

/// A terminal that takes escape sequences, and a person who wants them (no-color.org).
pub fn takes_escapes() -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    std::io::stdout().is_terminal()
        && set("NO_COLOR").is_none()
        && set("TERM").is_none_or(|term| term != "dumb")
}

/// How large it is now; none where that is no terminal or one that does not say.
#[cfg(unix)]
pub fn size() -> Option<Size> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    let (columns, rows) = (usize::from(size.ws_col), usize::from(size.ws_row));
    (columns > 0 && rows > 0).then_some(Size { columns, rows })
}

#[cfg(not(unix))]
pub fn size() -> Option<Size> {
    None
}

/// A person at both ends: somebody sees what is asked and can answer.
pub fn has_person() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// A message each time the person presses Enter from now on. What was typed before is forgotten: it was no answer to what
/// is asked now. For one question a process, since the reading goes on.
pub fn enter_presses() -> Receiver<()> {
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(std::io::stdin(), rustix::termios::QueueSelector::IFlush);
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            if line.is_err() || sender.send(()).is_err() {
                return;
            }
        }
    });
    receiver
}
