//! Whether an acknowledged write was handed to the disk before it was acknowledged, as the system's calls show it.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};

const WRITER: &str = env!("CARGO_BIN_EXE_store_writer");
const BATCHES: usize = 50;

/// One moment of a call: when it began or when it had succeeded.
#[derive(Debug, PartialEq, Eq)]
struct Moment {
    call: String,
    /// The arguments as far as strace shows them, files with their paths.
    arguments: String,
    done: bool,
}

/// Reads what `strace -f -y` wrote. A call that another thread's call came in between of has two lines.
fn moments(trace: &str) -> Vec<Moment> {
    let mut begun: HashMap<&str, (String, String)> = HashMap::new();
    let mut moments = Vec::new();
    for line in trace.lines() {
        let Some((thread, text)) = line.split_once(' ') else {
            continue;
        };
        let text = text.trim_start();
        let succeeded = text
            .rsplit_once(" = ")
            .is_some_and(|(_, result)| !result.starts_with('-') && !result.starts_with('?'));
        if text.starts_with("<... ") {
            let (call, arguments) = begun.remove(thread).expect("the call's first line");
            if succeeded {
                moments.push(Moment {
                    call,
                    arguments,
                    done: true,
                });
            }
        } else if let Some((call, arguments)) = text.split_once('(') {
            let (call, arguments) = (call.to_owned(), arguments.to_owned());
            let moment = |done| Moment {
                call: call.clone(),
                arguments: arguments.clone(),
                done,
            };
            moments.push(moment(false));
            if succeeded {
                moments.push(moment(true));
            } else if text.ends_with("<unfinished ...>") {
                begun.insert(thread, (call, arguments));
            }
        }
    }
    moments
}

/// Whether a write to sled's file fills up a segment (512 KiB) and holds nothing: sled may write that at any time after, in
/// a thread of its own. Its message has no number (all ones) and zeros up to the segment's end.
fn is_padding(arguments: &str) -> bool {
    const SEGMENT_BYTES: u64 = 512 * 1024;
    let Some((content, rest)) = arguments.rsplit_once("\"..., ") else {
        return false;
    };
    let mut numbers = rest
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse().expect("a number"));
    let (length, offset): (Option<u64>, Option<u64>) = (numbers.next(), numbers.next());
    let end = length.zip(offset).map(|(length, offset)| length + offset);
    let is_empty = content.contains(&["\\377".repeat(8), "\\0".repeat(8)].concat());
    is_empty && end.is_some_and(|end| end.is_multiple_of(SEGMENT_BYTES))
}

/// What became of one of the two files that batches are written to, since the acknowledgement before.
#[derive(Clone, Copy, Default)]
struct SinceBefore {
    /// Once or more.
    written: bool,
    /// A sync was begun, or done, after the last write.
    sync_begun: bool,
    synced: bool,
}

impl SinceBefore {
    const fn is_unsynced(self) -> bool {
        self.written && !self.synced
    }
}

/// For each acknowledgement, whether since the one before the journal or sled's file was written, each that was
/// written was then synced as a whole, and the journal was never written while sled's file was not synced.
fn acknowledgements(trace: &str) -> Vec<Result<(), String>> {
    let mut found = Vec::new();
    let (mut journal, mut db) = (SinceBefore::default(), SinceBefore::default());
    let mut is_out_of_order = false;
    for moment in moments(trace) {
        let on_journal = moment.arguments.contains("/journal>");
        let on_db = moment.arguments.contains("/records/db>");
        if on_db && moment.call == "pwrite64" && is_padding(&moment.arguments) {
            continue;
        }
        if on_journal && moment.call == "pwrite64" {
            is_out_of_order |= db.is_unsynced();
        }
        let file = if on_journal { &mut journal } else { &mut db };
        match (moment.call.as_str(), moment.done) {
            ("pwrite64", true) if on_db || on_journal => {
                *file = SinceBefore {
                    written: true,
                    ..SinceBefore::default()
                }
            }
            ("fsync" | "fdatasync", false) if on_db || on_journal => file.sync_begun = true,
            ("fsync" | "fdatasync", true) if on_db || on_journal => file.synced |= file.sync_begun,
            // Standard output: the number of a batch and the end of the line.
            ("write", false) if moment.arguments.starts_with("1<") => {
                let is_number = moment.arguments.split_once('"').is_some_and(|(_, text)| {
                    text.starts_with(|first: char| first.is_ascii_digit())
                });
                if is_number {
                    let wrong = if !journal.written && !db.written {
                        Some("acknowledged without a write")
                    } else if journal.is_unsynced() || db.is_unsynced() {
                        Some("acknowledged without a sync")
                    } else if is_out_of_order {
                        Some("the journal was written before sled was synced")
                    } else {
                        None
                    };
                    found.push(wrong.map_or(Ok(()), |wrong| Err(wrong.to_owned())));
                    (journal, db, is_out_of_order) = Default::default();
                }
            }
            _ => {}
        }
    }
    found
}

/// Files that took another's place, each with what was missing: a sync of its content since it was last written and before
/// it was renamed, and a sync of a folder after that.
fn replaced_files(trace: &str) -> Vec<(String, Result<(), &'static str>)> {
    let mut synced: HashMap<String, bool> = HashMap::new();
    let mut found: Vec<(String, Result<(), &'static str>)> = Vec::new();
    for moment in moments(trace).into_iter().filter(|moment| moment.done) {
        let path = moment.arguments.split_once('<');
        let path = path.and_then(|(_, rest)| Some(rest.split_once('>')?.0.to_owned()));
        match (moment.call.as_str(), path) {
            ("write" | "pwrite64", Some(path)) => _ = synced.insert(path, false),
            ("fsync" | "fdatasync", Some(path)) => {
                for (file, outcome) in &mut found {
                    let folder = Path::new(file).parent();
                    if folder == Some(Path::new(&path)) && *outcome == Err("no sync of the folder")
                    {
                        *outcome = Ok(());
                    }
                }
                synced.insert(path, true);
            }
            ("rename" | "renameat" | "renameat2", _) => {
                let mut names = moment.arguments.split('"').skip(1).step_by(2);
                let (Some(from), Some(to)) = (names.next(), names.next()) else {
                    continue;
                };
                // A file that was written in an earlier run is none that this one answers for.
                match synced.get(from) {
                    Some(true) => found.push((to.to_owned(), Err("no sync of the folder"))),
                    Some(false) => found.push((to.to_owned(), Err("no sync of the content"))),
                    None => {}
                }
            }
            _ => {}
        }
    }
    found
}

fn strace(dir: &Path, trace: &Path) -> Option<std::process::ExitStatus> {
    let calls = "trace=pwrite64,write,fsync,fdatasync,sync_file_range,rename,renameat,renameat2";
    Command::new("strace")
        .args(["-f", "-y", "-e", calls, "-o"])
        .arg(trace)
        .arg(WRITER)
        .arg(dir)
        .args(["0", &BATCHES.to_string()])
        .stdout(Stdio::null())
        .status()
        .ok()
}

#[test]
fn each_acknowledged_batch_was_synced_to_the_disk_before() {
    if !cfg!(target_os = "linux") {
        println!("not run: strace is Linux's; elsewhere sled's own flush is a full sync");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let Some(status) = strace(&folder.path().join("store"), &trace) else {
        assert!(
            std::env::var_os("HEALTH_CODE_WITHOUT_STRACE").is_some(),
            "strace is not installed, so nothing shows that writes reach the disk: apt-get install strace, or set HEALTH_CODE_WITHOUT_STRACE"
        );
        println!("not run: strace is not installed (apt-get install strace)");
        return;
    };
    assert!(status.success(), "strace or the child failed: {status}");
    let trace = std::fs::read_to_string(trace).unwrap();
    let found = acknowledgements(&trace);
    assert_eq!(found.len(), BATCHES);
    for (batch, found) in found.iter().enumerate() {
        assert_eq!(found, &Ok(()), "batch {batch}");
    }
    // The master key is in one file, which takes its place in one step.
    let replaced = replaced_files(&trace);
    assert!(
        replaced.iter().any(|(file, _)| file.ends_with("/envelope")),
        "{replaced:?}"
    );
    for (file, outcome) in replaced {
        assert_eq!(outcome, Ok(()), "{file}");
    }
    // Most of them wait for the disk once.
    let of_journal = trace.matches("/journal>").count();
    assert!(of_journal > BATCHES, "{of_journal}");
    // Why sled's file is synced as well: sled itself only asks for the pages to be written.
    assert!(
        trace.contains("sync_file_range"),
        "sled no longer calls sync_file_range: look again at what it does"
    );
}

#[test]
fn the_reading_of_the_trace_tells_what_took_a_place_unsynced() {
    let write = "1 write(5</store/key.new>, \"x\"..., 9) = 9\n";
    let sync = "1 fsync(5</store/key.new>) = 0\n";
    let rename = "1 rename(\"/store/key.new\", \"/store/key\") = 0\n";
    let folder = "1 fsync(6</store>) = 0\n";
    let judge = |lines: &[&str]| {
        replaced_files(&lines.concat())
            .pop()
            .map(|(_, outcome)| outcome)
    };
    assert_eq!(judge(&[write, sync, rename, folder]), Some(Ok(())));
    let content = Some(Err("no sync of the content"));
    assert_eq!(judge(&[write, rename, folder]), content);
    assert_eq!(judge(&[write, rename, sync, folder]), content);
    assert_eq!(judge(&[sync, write, rename, folder]), content);
    let no_folder = Some(Err("no sync of the folder"));
    assert_eq!(judge(&[write, sync, rename]), no_folder);
    assert_eq!(judge(&[write, sync, folder, rename]), no_folder);
}

#[test]
fn the_reading_of_the_trace_tells_a_sync_from_none() {
    let db = "5</store/records/db>";
    let write = format!("1 pwrite64({db}, \"x\"..., 9, 0) = 9\n");
    let ack = "2 write(1</dev/null>, \"7\\n\", 2) = 2\n";
    let sync = format!("2 fdatasync({db}) = 0\n");
    let judge = |trace: &str| acknowledgements(trace).pop().expect("an acknowledgement");
    let unsynced = Err("acknowledged without a sync".to_owned());
    assert_eq!(judge(&format!("{write}{sync}{ack}")), Ok(()));
    assert_eq!(judge(&format!("{write}{ack}")), unsynced);
    assert_eq!(
        judge(&format!("{sync}{write}{ack}")),
        unsynced,
        "a sync before the write"
    );
    let failed = format!("2 fdatasync({db}) = -1 EIO (Input/output error)\n");
    assert_eq!(judge(&format!("{write}{failed}{ack}")), unsynced);
    let other = "2 fdatasync(6</store/anchor>) = 0\n";
    assert_eq!(
        judge(&format!("{write}{other}{ack}")),
        unsynced,
        "another file"
    );
    let range = format!("1 sync_file_range({db}, 0, 9, 7) = 0\n");
    assert_eq!(judge(&format!("{write}{range}{ack}")), unsynced);
    assert_eq!(
        judge(&format!("{sync}{ack}")),
        Err("acknowledged without a write".to_owned())
    );
    // In two lines, and begun before the write had ended.
    let begun = format!("2 fdatasync({db} <unfinished ...>\n");
    let ended = "2 <... fdatasync resumed>) = 0\n";
    assert_eq!(judge(&format!("{write}{begun}{ended}{ack}")), Ok(()));
    assert_eq!(judge(&format!("{begun}{write}{ended}{ack}")), unsynced);
    assert_eq!(judge(&format!("{write}{begun}{ack}{ended}")), unsynced);
    // What fills up a segment after the sync holds nothing; anything else, or at another place, is a write.
    let empty = ["x\\1", &"\\377".repeat(9), &"\\0".repeat(14)].concat();
    let after = |content: &str, offset: u32| {
        let padding = format!("3 pwrite64({db}, \"{content}\"..., 23519, {offset}) = 23519\n");
        judge(&format!("{write}{sync}{padding}{ack}"))
    };
    assert_eq!(after(&empty, 1_025_057), Ok(()));
    assert_eq!(after(&empty, 1_025_056), unsynced);
    assert_eq!(after("x", 1_025_057), unsynced);
    // The journal: its own write and sync, after those of sled where there were any.
    let journal_write = write.replace("records/db", "journal");
    let journal_sync = sync.replace("records/db", "journal");
    let entry = format!("{journal_write}{journal_sync}");
    assert_eq!(judge(&format!("{entry}{ack}")), Ok(()));
    assert_eq!(judge(&format!("{write}{sync}{entry}{ack}")), Ok(()));
    assert_eq!(judge(&format!("{journal_write}{ack}")), unsynced);
    assert_eq!(judge(&format!("{journal_write}{sync}{ack}")), unsynced);
    assert_eq!(judge(&format!("{write}{entry}{ack}")), unsynced);
    assert_eq!(
        judge(&format!("{write}{entry}{sync}{ack}")),
        Err("the journal was written before sled was synced".to_owned())
    );
}
