//! Runs of days with a check-in.
//!
//! Invariant: a day counts once, in whatever order the days came. A run is alive while its last day is today or
//! yesterday: today's check-in may still come.

use crate::sorting;
use chrono::NaiveDate;

/// Days with a check-in.
pub(super) struct Runs {
    /// Ascending, each once.
    days: Vec<NaiveDate>,
    today: NaiveDate,
}

impl Runs {
    pub(super) fn new(mut days: Vec<NaiveDate>, today: NaiveDate) -> Self {
        sorting::sort_and_dedup(&mut days);
        Self { days, today }
    }

    pub(super) fn current_since(&self, since: NaiveDate) -> u32 {
        if self.last().is_some_and(|last| is_alive(last, self.today)) {
            self.runs_since(since).last().unwrap_or(0)
        } else {
            0
        }
    }

    pub(super) fn longest_since(&self, since: NaiveDate) -> u32 {
        self.runs_since(since).max().unwrap_or(0)
    }

    /// The last day with a check-in.
    pub(super) fn last(&self) -> Option<NaiveDate> {
        self.days.last().copied()
    }

    /// Lengths of the runs, oldest first.
    fn runs_since(&self, since: NaiveDate) -> impl Iterator<Item = u32> {
        let from = self.days.partition_point(|day| *day < since);
        self.days[from..]
            .chunk_by(|day, next| day.succ_opt() == Some(*next))
            .map(|run| u32::try_from(run.len()).unwrap_or(u32::MAX))
    }
}

/// Whether a run that ends on `last` can still be continued today.
pub(super) fn is_alive(last: NaiveDate, today: NaiveDate) -> bool {
    last == today || last.succ_opt() == Some(today)
}
