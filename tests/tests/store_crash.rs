//! The store when the process is killed, the disk is full, somebody else has it open. Children are the program
//! `store_writer`.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use health_code_core::store::StoreError;
use health_code_tests::store_writing::{batch, last_batch, open};

const WRITER: &str = env!("CARGO_BIN_EXE_store_writer");
const KILLS: u64 = 200;

fn writer(dir: &Path, first: u64, count: u64) -> Command {
    let mut command = Command::new(WRITER);
    command
        .arg(dir)
        .arg(first.to_string())
        .arg(count.to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// The lines that the child printed, without a last one that was cut off.
fn lines(child: &mut Child) -> Vec<String> {
    lines_after(String::new(), child)
}

/// The same, where `text` was read before.
fn lines_after(mut text: String, child: &mut Child) -> Vec<String> {
    let mut out = child.stdout.take().expect("a pipe");
    out.read_to_string(&mut text).expect("its output");
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole.lines().map(str::to_owned).collect()
}

/// What the child prints up to its first acknowledgement, byte by byte: nothing that follows is taken.
fn first_acknowledgement(child: &mut Child) -> String {
    let mut text = String::new();
    let out = child.stdout.as_mut().expect("a pipe");
    let mut byte = [0];
    while out.read(&mut byte).is_ok_and(|count| count == 1) {
        text.push(char::from(byte[0]));
        let line = text.lines().last().unwrap_or_default();
        if byte[0] == b'\n' && line.parse::<u64>().is_ok() {
            break;
        }
    }
    text
}

#[test]
fn a_killed_process_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let (mut next, mut opened, mut in_flight) = (0, 0, 0);
    for kill in 0..KILLS {
        let mut child = writer(&dir, next, u64::MAX).spawn().unwrap();
        // Every other time from its first acknowledgement on, however slow the machine is; else from at once, while
        // it is being opened, or made. To 45 ms later (some batches), each fourth time up to 180 ms.
        let is_writing = kill % 2 == 1;
        let before = if is_writing {
            first_acknowledgement(&mut child)
        } else {
            String::new()
        };
        let longer = if kill % 4 == 3 { 4 } else { 1 };
        std::thread::sleep(Duration::from_micros(kill * 7_919 % 45_000 * longer));
        child.kill().unwrap();
        child.wait().unwrap();
        let lines = lines_after(before, &mut child);
        opened += u64::from(!lines.is_empty());
        let acknowledged = lines.iter().rev().find_map(|line| line.parse::<u64>().ok());
        let store = open(&dir).unwrap_or_else(|error| panic!("kill {kill}: {error}"));
        let last = last_batch(&store).unwrap_or_else(|wrong| panic!("kill {kill}: {wrong}"));
        let found = last.map_or(0, |last| last + 1);
        let promised = acknowledged.map_or(next, |last| last + 1);
        assert!(
            found >= promised,
            "kill {kill}: {promised} promised, {found} found"
        );
        assert!(
            found <= promised + 1,
            "kill {kill}: {promised} promised, {found} found"
        );
        in_flight += found - promised;
        next = found;
    }
    println!(
        "{next} batches, {opened} of {KILLS} kills after the open, {in_flight} of an unacknowledged batch"
    );
    assert!(opened >= KILLS / 2, "only {opened} children came to write");
    assert!(next >= KILLS / 2, "only {next} batches were written");
}

#[test]
fn a_second_opener_gets_a_named_error() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let store = open(&dir).unwrap();
    store.apply(&batch(0)).unwrap();
    assert_eq!(
        open(&dir).err(),
        Some(StoreError::AlreadyOpen),
        "the same process"
    );
    let mut child = writer(&dir, 1, 1).spawn().unwrap();
    assert_eq!(lines(&mut child), ["store_already_open"], "another process");
    assert_eq!(child.wait().unwrap().code(), Some(4));
    assert_eq!(last_batch(&store), Ok(Some(0)), "the first opener goes on");
    store.apply(&batch(1)).unwrap();
    drop(store);

    let mut child = writer(&dir, 2, u64::MAX).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut String::new()).unwrap();
    assert_eq!(
        open(&dir).err(),
        Some(StoreError::AlreadyOpen),
        "while the child has it"
    );
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(open(&dir).is_ok(), "a killed owner lets go");
}

#[test]
fn a_file_size_limit_is_a_full_disk_and_loses_nothing() {
    for kilobytes in [600, 700, 1100] {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("store");
        drop(open(&dir).unwrap());
        // An ignored signal stays ignored in the program that takes the shell's place.
        let script = format!(
            "trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"",
            kilobytes * 2
        );
        let mut command = Command::new("sh");
        command
            .args(["-c", &script, WRITER])
            .arg(&dir)
            .args(["0", "100000"]);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        check_full(&dir, command.spawn().unwrap());
    }
}

/// What a child said that ran out of room, and what is there once there is room again.
fn check_full(dir: &Path, mut child: Child) {
    let lines = lines(&mut child);
    assert_eq!(child.wait().expect("its end").code(), Some(3), "{lines:?}");
    let [.., acknowledged, error, next_write, read] = lines.as_slice() else {
        panic!("{lines:?}");
    };
    assert_eq!(error, "store_disk_full");
    assert_eq!(next_write, "store_writes_stopped");
    // What sled has in memory can still be read; for the rest it repeats the error. Never something else.
    assert!(
        ["read", "store_disk_full"].contains(&read.as_str()),
        "{read}"
    );
    let acknowledged: u64 = acknowledged.parse().expect("some batches were written");
    assert!(acknowledged > 10, "{acknowledged}");
    let store = open(dir).expect("with room again");
    let found = last_batch(&store).expect("whole batches").expect("a batch");
    assert!(
        (acknowledged..=acknowledged + 1).contains(&found),
        "{acknowledged} {found}"
    );
    store.apply(&batch(found + 1)).expect("room to write");
}

#[test]
fn a_full_disk_loses_nothing_and_can_still_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(folder.path(), "2m") else {
        println!("not run: needs the right to mount a small disk in memory");
        return;
    };
    let dir = folder.path().join("store");
    let mut child = writer(&dir, 0, 100_000).spawn().unwrap();
    let lines = lines(&mut child);
    assert_eq!(child.wait().unwrap().code(), Some(3), "{lines:?}");
    assert!(lines.contains(&"store_disk_full".to_owned()), "{lines:?}");
    let acknowledged = lines
        .iter()
        .filter_map(|line| line.parse::<u64>().ok())
        .next_back();
    // Somebody else takes what is left, to the last byte.
    let mut filler = std::fs::File::create(folder.path().join("filler")).unwrap();
    while std::io::Write::write_all(&mut filler, &[1; 512]).is_ok() {}
    for _ in 0..3 {
        let store = open(&dir).unwrap();
        let found = last_batch(&store).unwrap();
        assert!(found >= acknowledged, "{acknowledged:?} {found:?}");
    }
    std::fs::remove_file(folder.path().join("filler")).unwrap();
    let store = open(&dir).unwrap();
    let found = last_batch(&store).unwrap().unwrap();
    drop(store);
    drop(disk);
    assert!(found > 10);
}

/// A disk in memory, unmounted when dropped.
struct SmallDisk(std::path::PathBuf);

impl SmallDisk {
    fn mount(at: &Path, size: &str) -> Option<Self> {
        let status = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(at)
            .stderr(Stdio::null())
            .status();
        status
            .is_ok_and(|status| status.success())
            .then(|| Self(at.to_path_buf()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
