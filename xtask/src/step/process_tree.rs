//! What a step's processes do, as the kernel tells it: whether they compute, and whether a compiler is among them.
//!
//! Invariant: where nothing can be told, they count as working.

use std::collections::HashMap;

/// Programs that may compute or wait for a long time without a word. The kernel keeps 15 characters of a name.
const COMPILERS: [&str; 12] = [
    "rustc",
    "rustdoc",
    "clippy-driver",
    "cc1",
    "cc1plus",
    "clang",
    "ld",
    "lld",
    "ld.lld",
    "rust-lld",
    "collect2",
    "swift-frontend",
];

/// One look at a process and all that it started.
#[derive(Clone, Copy, Default)]
pub struct Look {
    /// Processor time so far, hundredths of a second, with that of processes that have ended.
    cpu: u64,
    compiles: bool,
    unknown: bool,
}

impl Look {
    /// At the process `id` and all below it.
    pub fn at(id: u32) -> Self {
        let processes = all();
        if !processes.contains_key(&id) {
            return Self {
                unknown: true,
                ..Self::default()
            };
        }
        let mut look = Self::default();
        let mut members = vec![id];
        while let Some(member) = members.pop() {
            let Some(process) = processes.get(&member) else {
                continue;
            };
            look.cpu += process.cpu;
            look.compiles |= COMPILERS.contains(&process.name.as_str());
            members.extend(
                processes
                    .iter()
                    .filter(|(_, other)| other.parent == member)
                    .map(|(id, _)| *id),
            );
        }
        look
    }

    /// Whether they work: a compiler runs, or they have used a hundredth of the time since `before` or more.
    pub fn works_since(self, before: Self, elapsed: std::time::Duration) -> bool {
        let hundredth = u64::try_from(elapsed.as_millis() / 1_000).unwrap_or(u64::MAX);
        self.unknown || self.compiles || self.cpu.saturating_sub(before.cpu) >= hundredth.max(1)
    }
}

struct Process {
    parent: u32,
    name: String,
    cpu: u64,
}

/// Every process; none where there is no /proc.
fn all() -> HashMap<u32, Process> {
    let Ok(folders) = std::fs::read_dir("/proc") else {
        return HashMap::new();
    };
    folders
        .flatten()
        .filter_map(|folder| {
            let id = folder.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(folder.path().join("stat")).ok()?;
            Some((id, process(&stat)?))
        })
        .collect()
}

/// A line of /proc/ID/stat: `12 (a name) S 1 ...`; the name may hold brackets and spaces.
fn process(stat: &str) -> Option<Process> {
    let (start, rest) = stat.rsplit_once(") ")?;
    let (_, name) = start.split_once(" (")?;
    let fields: Vec<&str> = rest.split(' ').collect();
    // utime, stime and, of children that were waited for, cutime and cstime: fields 14 to 17 of proc(5).
    let cpu = fields.get(11..15)?;
    Some(Process {
        parent: fields.get(1)?.parse().ok()?,
        name: name.to_owned(),
        cpu: cpu
            .iter()
            .filter_map(|ticks| ticks.parse::<u64>().ok())
            .sum(),
    })
}

#[cfg(test)]
mod tests {
    use super::process;

    #[test]
    fn reads_a_line_of_the_kernel() {
        let line = "4711 (a) b (c) S 17 4711 1 0 -1 4194560 1 2 3 4 10 20 300 4000 20 0 1 0 5";
        let process = process(line).unwrap();
        assert_eq!(process.name, "a) b (c");
        assert_eq!((process.parent, process.cpu), (17, 4330));
        assert!(super::process("4711 (gone").is_none());
    }
}
