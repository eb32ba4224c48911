//! A pseudo-terminal with a program in it, and what a person sees on it.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::num::NonZero;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use vt100::{Color, Parser, Screen};

/// Lines that have scrolled away and are kept.
const SCROLLBACK: usize = 1_000;
/// Longest wait for something to appear: a busy machine takes its time.
const PATIENCE: Duration = Duration::from_mins(2);

/// A person's terminal.
pub struct PseudoTerminal {
    controller: File,
    child: Child,
    seen: Arc<Mutex<Seen>>,
}

struct Seen {
    bytes: Vec<u8>,
    parser: Parser,
}

/// Starts `command` on a terminal of this size.
pub fn start(command: &mut Command, columns: u16, rows: u16) -> PseudoTerminal {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let name = ptsname(&controller, Vec::new()).unwrap();
    let flags = OFlags::RDWR | OFlags::NOCTTY;
    let user = File::from(rustix::fs::open(name, flags, Mode::empty()).unwrap());
    let controller = File::from(controller);
    set_size(&controller, columns, rows);
    let child = command
        .stdin(user.try_clone().unwrap())
        .stdout(user.try_clone().unwrap())
        .stderr(user)
        .spawn()
        .unwrap();
    // The command holds the user's side; without it there is an end to read.
    command
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    let seen = Arc::new(Mutex::new(Seen {
        bytes: Vec::new(),
        parser: Parser::new(lines(rows), lines(columns), SCROLLBACK),
    }));
    let (mut reading, sees) = (controller.try_clone().unwrap(), seen.clone());
    std::thread::spawn(move || {
        let mut buffer = [0; 4_096];
        // Linux ends with an error (EIO) once nobody holds the other side.
        while let Ok(read @ 1..) = reading.read(&mut buffer) {
            let mut seen = sees.lock().unwrap();
            seen.bytes.extend_from_slice(&buffer[..read]);
            seen.parser.process(&buffer[..read]);
        }
    });
    PseudoTerminal {
        controller,
        child,
        seen,
    }
}

fn lines(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap()
}

fn set_size(controller: &File, columns: u16, rows: u16) {
    let size = Winsize {
        ws_row: rows,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(controller, size).unwrap();
}

impl PseudoTerminal {
    /// The person draws the window's corner.
    pub fn resize(&self, columns: u16, rows: u16) {
        let mut seen = self.seen.lock().unwrap();
        seen.parser
            .screen_mut()
            .set_size(lines(rows), lines(columns));
        set_size(&self.controller, columns, rows);
    }

    pub fn press_enter(&mut self) {
        self.controller.write_all(b"\r").unwrap();
    }

    /// Waits until the person sees it.
    pub fn wait_until(&self, what: &str, is_seen: impl Fn(&Screen) -> bool) {
        let start = Instant::now();
        while !is_seen(self.seen.lock().unwrap().parser.screen()) {
            assert!(start.elapsed() < PATIENCE, "{what}:\n{}", self.contents());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until this text is on the screen.
    pub fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    /// What is on the screen now.
    pub fn contents(&self) -> String {
        self.seen.lock().unwrap().parser.screen().contents()
    }

    /// All that was ever written.
    pub fn written(&self) -> String {
        String::from_utf8(self.seen.lock().unwrap().bytes.clone()).unwrap()
    }

    /// Rows of a code in all that can be scrolled to.
    pub fn rows_of_codes(&self) -> usize {
        let mut seen = self.seen.lock().unwrap();
        let screen = seen.parser.screen_mut();
        screen.set_scrollback(SCROLLBACK);
        let gone = screen.scrollback();
        let mut count = 0;
        for offset in 1..=gone {
            screen.set_scrollback(offset);
            count += usize::from(is_row_of_a_code(screen, 0));
        }
        screen.set_scrollback(0);
        let (rows, _) = screen.size();
        count
            + (0..rows.get())
                .filter(|row| is_row_of_a_code(screen, *row))
                .count()
    }

    pub fn wait(&mut self) -> ExitStatus {
        let status = self.child.wait().unwrap();
        // What it wrote last is read by then.
        std::thread::sleep(Duration::from_millis(200));
        status
    }
}

impl Drop for PseudoTerminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// White of the palette with 256 colours: nothing but a code is written on it.
const WHITE: Color = Color::Idx(231);

fn is_row_of_a_code(screen: &Screen, row: u16) -> bool {
    screen
        .cell(row, 0)
        .is_some_and(|cell| cell.bgcolor() == WHITE)
}

/// The modules on the screen, row by row, dark ones true; with the quiet zone.
pub fn modules(screen: &Screen) -> Vec<Vec<bool>> {
    let (rows, columns) = screen.size();
    let mut modules = Vec::new();
    for row in (0..rows.get()).filter(|row| is_row_of_a_code(screen, *row)) {
        let cells = (0..columns.get()).map_while(|column| {
            let cell = screen.cell(row, column)?;
            (cell.bgcolor() == WHITE).then(|| cell.contents().to_owned())
        });
        let cells: Vec<String> = cells.collect();
        let dark = |blocks: [&str; 2]| {
            cells
                .iter()
                .map(|it| blocks.contains(&it.as_str()))
                .collect()
        };
        modules.push(dark(["█", "▀"]));
        modules.push(dark(["█", "▄"]));
    }
    modules
}
