//! The code on the terminal, with a bar of the seconds that remain.

use std::io::{BufRead, IsTerminal, Write};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Duration;

use health_code_core::citizen::{CodeView, HealthCode};
use health_code_core::picture;
use health_code_core::picture::matrix;
use health_code_core::words::Language;

use crate::Failure;

const BAR_CELLS: u32 = 25;

/// A line each time the person presses Enter.
pub fn enter_presses() -> Receiver<()> {
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

/// Shows the code, redrawn as it rotates, until Enter is pressed.
pub fn show_until_enter(health_code: &HealthCode, enter: &Receiver<()>) -> Result<(), Failure> {
    let mut shown = String::new();
    let mut lines = 0;
    loop {
        let code = health_code.current_code()?;
        if code.text != shown {
            if lines > 0 && std::io::stdout().is_terminal() {
                print!("\x1b[{lines}A\x1b[J");
            }
            let drawn = draw(&code, health_code.language().words())?;
            lines = drawn.lines().count() + 2;
            println!("{drawn}\n");
            shown.clone_from(&code.text);
        }
        bar(&code);
        match enter.try_recv() {
            Ok(()) | Err(TryRecvError::Disconnected) => break,
            Err(TryRecvError::Empty) => std::thread::sleep(Duration::from_millis(200)),
        }
    }
    println!();
    Ok(())
}

/// Waits until the next code is due and gives it; the bar shows the wait.
pub fn wait_for_next(health_code: &HealthCode, current: &CodeView) -> Result<CodeView, Failure> {
    loop {
        let code = health_code.current_code()?;
        if code.text != current.text {
            println!();
            return Ok(code);
        }
        if std::io::stdout().is_terminal() {
            bar(&code);
        }
        std::thread::sleep(Duration::from_millis(
            u64::from(code.remaining_ms).clamp(10, 500),
        ));
    }
}

/// The code as half blocks, with its colour's shape and word above: never colour alone.
pub fn draw(code: &CodeView, language: Language) -> Result<String, Failure> {
    let matrix = matrix(&code.text)?;
    let picture = if has_colours() {
        picture::terminal(&matrix)
    } else {
        picture::terminal_plain(&matrix)
    };
    let colour = code.colour;
    Ok(format!(
        "    {} {}  {}\n{picture}",
        colour.shape(),
        colour.word(language),
        code.masked_name
    ))
}

/// A terminal that takes escape sequences, and a person who wants them (no-color.org).
fn has_colours() -> bool {
    let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|set| set == value);
    std::io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty())
        && !is("TERM", "dumb")
}

fn bar(code: &CodeView) {
    let whole = code.rotation_secs * 1_000;
    let left = (code.remaining_ms * BAR_CELLS)
        .div_ceil(whole.max(1))
        .min(BAR_CELLS);
    let cells: String = (0..BAR_CELLS)
        .map(|cell| if cell < left { '█' } else { '░' })
        .collect();
    print!("\r    {cells} {:>2} s  ", code.remaining_ms.div_ceil(1_000));
    // A terminal that cannot be written to will fail at the next line anyway.
    let _ = std::io::stdout().flush();
}
