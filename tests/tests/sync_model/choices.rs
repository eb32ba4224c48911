//! Every path through a program that asks what happens next.
//!
//! Invariant: each path is run from its start, once; where the program is deterministic, all paths with at most the given
//! number of faults are run. Knows nothing of what the choices mean.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The choices of one path: those of its prefix, then the first option (no fault) each time.
pub struct Choices(Mutex<Path>);

struct Path {
    prefix: Vec<u8>,
    /// What was taken, of how many options.
    taken: Vec<(u8, u8)>,
    faults_left: usize,
    trace: Vec<String>,
}

impl Choices {
    fn new(prefix: Vec<u8>, faults: usize) -> Self {
        Self(Mutex::new(Path {
            prefix,
            taken: Vec::new(),
            faults_left: faults,
            trace: Vec::new(),
        }))
    }

    /// Takes one of `options`; the first is no fault, all others are.
    pub fn choose<T: Copy + std::fmt::Debug>(&self, site: &str, options: &[T]) -> T {
        let mut path = self.lock();
        let count = u8::try_from(options.len()).expect("few options");
        if path.faults_left == 0 {
            return options[0];
        }
        let at = path.taken.len();
        let taken = path.prefix.get(at).copied().unwrap_or_default();
        assert!(taken < count, "not the same path again");
        path.taken.push((taken, count));
        let option = options[usize::from(taken)];
        if taken > 0 {
            path.faults_left -= 1;
            path.trace.push(format!("{site}: {option:?}"));
        }
        option
    }

    /// From now on nothing fails.
    pub fn heal(&self) {
        self.lock().faults_left = 0;
    }

    /// Notes what happens, for whoever reads of a violation.
    pub fn note(&self, what: impl FnOnce() -> String) {
        self.lock().trace.push(what());
    }

    fn lock(&self) -> MutexGuard<'_, Path> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What came of running all paths.
#[derive(Debug, Default)]
pub struct Explored {
    /// Paths that were run.
    pub paths: usize,
    /// Most places of one path at which something could fail.
    pub longest: usize,
    /// The first path on which something did not hold: its faults, and what did not.
    pub violation: Option<String>,
}

/// Prefixes that are still to be run.
struct Work {
    prefixes: Vec<Vec<u8>>,
    running: usize,
    explored: Explored,
}

/// Runs `program` on every path with at most `faults` faults, up to the first violation.
pub fn explore(
    faults: usize,
    program: impl Fn(&Arc<Choices>) -> Result<(), String> + Sync,
) -> Explored {
    let work = Mutex::new(Work {
        prefixes: vec![Vec::new()],
        running: 0,
        explored: Explored::default(),
    });
    let changed = Condvar::new();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(prefix) = next(&work, &changed) {
                    let choices = Arc::new(Choices::new(prefix.clone(), faults));
                    let run = catch_unwind(AssertUnwindSafe(|| program(&choices)));
                    let wrong = match run {
                        Ok(Ok(())) => None,
                        Ok(Err(wrong)) => Some(wrong),
                        Err(panic) => Some(panic_text(panic.as_ref())),
                    };
                    finish(&work, &choices, prefix.len(), wrong);
                    changed.notify_all();
                }
            });
        }
    });
    let work = work.into_inner().unwrap_or_else(PoisonError::into_inner);
    work.explored
}

/// The next prefix; none where nothing is left to run.
fn next(work: &Mutex<Work>, changed: &Condvar) -> Option<Vec<u8>> {
    let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if work.explored.violation.is_some() {
            return None;
        }
        if let Some(prefix) = work.prefixes.pop() {
            work.running += 1;
            return Some(prefix);
        }
        if work.running == 0 {
            return None;
        }
        work = changed.wait(work).unwrap_or_else(PoisonError::into_inner);
    }
}

/// Books a path, and those that leave it after its prefix.
fn finish(work: &Mutex<Work>, choices: &Choices, prefix: usize, wrong: Option<String>) {
    let path = choices.lock();
    let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
    work.running -= 1;
    work.explored.paths += 1;
    work.explored.longest = work.explored.longest.max(path.taken.len());
    if let Some(wrong) = wrong {
        let trace = path.trace.join("\n  ");
        let violation = format!("{wrong}, after\n  {trace}");
        work.explored.violation.get_or_insert(violation);
        return;
    }
    for at in prefix..path.taken.len() {
        for option in 1..path.taken[at].1 {
            let mut branch: Vec<u8> = path.taken[..at].iter().map(|(taken, _)| *taken).collect();
            branch.push(option);
            work.prefixes.push(branch);
        }
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("panicked: {}", text.unwrap_or("something"))
}
