//! The journal's bytes: whole entries or none, whatever lies behind them.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Write;
use super::journal::{Entry, JOURNAL_BYTES, Journal, JournalFile, body, can_hold};

fn file(path: &Path) -> File {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    options.open(path).unwrap()
}

fn writes(number: u64) -> Vec<Write> {
    let key = number.to_be_bytes().to_vec();
    let mut writes = vec![Write::Put {
        key: key.clone(),
        value: vec![u8::try_from(number).unwrap(); usize::try_from(number * 37 % 300).unwrap()],
    }];
    if number.is_multiple_of(3) {
        writes.push(Write::Delete { key });
    }
    writes
}

fn append(journal: &mut Journal, numbers: std::ops::Range<u64>) {
    for number in numbers {
        let body = body(&writes(number));
        assert!(journal.has_room(&body));
        journal.append(number, &body).unwrap();
    }
}

fn expected(numbers: std::ops::Range<u64>) -> Vec<Entry> {
    numbers
        .map(|number| Entry {
            number,
            writes: writes(number),
        })
        .collect()
}

fn read(path: &Path) -> Vec<Entry> {
    Journal::open(file(path)).unwrap().1
}

#[test]
fn entries_come_back_in_order_and_are_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    fs::write(&path, vec![0; JOURNAL_BYTES]).unwrap();
    assert_eq!(read(&path), []);
    append(&mut Journal::new(file(&path)), 1..8);
    let (mut journal, entries) = Journal::open(file(&path)).unwrap();
    assert_eq!(entries, expected(1..8));
    append(&mut journal, 8..12);
    assert_eq!(read(&path), expected(1..12));
    assert_eq!(fs::metadata(&path).unwrap().len(), JOURNAL_BYTES as u64);
}

#[test]
fn what_was_cut_off_or_altered_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    append(&mut Journal::new(file(&path)), 1..6);
    let whole = fs::read(&path).unwrap();
    let mut ends = vec![0];
    for number in 1..6 {
        let length = 28 + body(&writes(number)).len();
        ends.push(ends.last().unwrap() + length);
    }
    assert_eq!(ends[5], whole.len());
    for at in 0..whole.len() {
        let before = ends.iter().filter(|end| **end <= at).count() as u64;
        fs::write(&path, &whole[..at]).unwrap();
        assert_eq!(read(&path), expected(1..before), "cut off at {at}");
        let mut altered = whole.clone();
        altered[at] ^= 1 << (at % 8);
        fs::write(&path, &altered).unwrap();
        assert_eq!(read(&path), expected(1..before), "altered at {at}");
    }
}

#[test]
fn older_entries_behind_the_last_one_mean_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let mut journal = Journal::new(file(&path));
    append(&mut journal, 1..10);
    journal.start_over();
    assert_eq!(read(&path), expected(1..10), "until they are written over");
    for number in 10..13 {
        append(&mut journal, number..number + 1);
        assert_eq!(read(&path), expected(10..number + 1));
    }
    // An entry of an earlier round of the very length and number that would follow.
    fs::remove_file(&path).unwrap();
    let put = |value| {
        let key = b"k".to_vec();
        body(&[Write::Put { key, value }])
    };
    let mut journal = Journal::new(file(&path));
    journal.append(1, &put(vec![1])).unwrap();
    journal.append(2, &put(vec![2])).unwrap();
    journal.start_over();
    journal.append(1, &put(vec![3])).unwrap();
    assert_eq!(read(&path).len(), 1, "the second does not continue from it");
}

#[test]
fn it_says_what_has_room() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let mut journal = Journal::new(file(&path));
    let largest = vec![1; JOURNAL_BYTES - 28];
    assert!(journal.has_room(&largest) && can_hold(&largest));
    assert!(!journal.has_room(&[largest, vec![1]].concat()));
    append(&mut journal, 1..2);
    let length = 28 + body(&writes(1)).len();
    assert!(journal.has_room(&vec![1; JOURNAL_BYTES - length - 28]));
    assert!(!journal.has_room(&vec![1; JOURNAL_BYTES - length - 27]));
}

/// A file below a page cache that tells what the disk never got: after a sync that fails, pages count as written.
#[derive(Default)]
struct Lying {
    cache: Mutex<Vec<u8>>,
    disk: Mutex<Vec<u8>>,
    dirty: Mutex<BTreeSet<usize>>,
    fails: AtomicBool,
}

const PAGE: usize = 4096;

impl Lying {
    /// The machine loses its power: memory is gone.
    fn power_cut(&self) {
        *self.cache.lock().unwrap() = self.disk.lock().unwrap().clone();
        self.dirty.lock().unwrap().clear();
    }
}

impl JournalFile for &Lying {
    fn read_at(&self, bytes: &mut [u8], offset: u64) -> std::io::Result<usize> {
        let cache = self.cache.lock().unwrap();
        let rest = cache.get(usize::try_from(offset).unwrap()..).unwrap_or(&[]);
        let read = rest.len().min(bytes.len());
        bytes[..read].copy_from_slice(&rest[..read]);
        Ok(read)
    }

    fn write_all_at(&self, bytes: &[u8], offset: u64) -> std::io::Result<()> {
        let offset = usize::try_from(offset).unwrap();
        let end = offset + bytes.len();
        let mut cache = self.cache.lock().unwrap();
        if cache.len() < end {
            cache.resize(end, 0);
        }
        cache[offset..end].copy_from_slice(bytes);
        let pages = offset / PAGE..=(end - 1) / PAGE;
        self.dirty.lock().unwrap().extend(pages);
        Ok(())
    }

    fn sync_data(&self) -> std::io::Result<()> {
        let dirty = std::mem::take(&mut *self.dirty.lock().unwrap());
        if self.fails.swap(false, Ordering::SeqCst) {
            return Err(std::io::Error::other("the disk failed"));
        }
        let cache = self.cache.lock().unwrap();
        let mut disk = self.disk.lock().unwrap();
        disk.resize(cache.len(), 0);
        for page in dirty {
            let end = cache.len().min((page + 1) * PAGE);
            disk[page * PAGE..end].copy_from_slice(&cache[page * PAGE..end]);
        }
        Ok(())
    }
}

/// What was acknowledged after a failed sync and another opening is there after a power cut, whatever was found.
#[test]
fn what_a_failed_sync_left_in_memory_is_written_again() {
    for before in [1, 5, 40, 120] {
        for openings in 1..3 {
            let file = Lying::default();
            let mut journal = Journal::new(&file);
            for number in 1..before {
                journal.append(number, &body(&writes(number))).unwrap();
            }
            file.fails.store(true, Ordering::SeqCst);
            let failed = journal.append(before, &body(&writes(before)));
            assert!(failed.is_err());
            for _ in 1..openings {
                Journal::open(&file).unwrap();
            }
            let (mut journal, entries) = Journal::open(&file).unwrap();
            assert_eq!(entries, expected(1..before + 1));
            for number in before + 1..before + 4 {
                journal.append(number, &body(&writes(number))).unwrap();
            }
            file.power_cut();
            let (_, entries) = Journal::open(&file).unwrap();
            assert_eq!(entries, expected(1..before + 4), "{before}");
        }
    }
}
