//! By when an appeal is decided, and how much of it there may be: policy data of the authority's settings.
//!
//! Invariant: a division has the level of the smallest region that names it, or the lowest.

use std::collections::BTreeMap;

use health_code_core::trust::covers;

use crate::config::Config;

/// Risk level of a division.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum RiskLevel {
    #[default]
    Low,
    Medium,
    High,
}

/// Risk levels by GB/T 2260 division.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RiskLevels(BTreeMap<u32, RiskLevel>);

impl RiskLevels {
    /// Reads `330106=high` and the like; none where one cannot be read or stands twice.
    pub(crate) fn parse(said: &[String]) -> Option<Self> {
        let mut levels = BTreeMap::new();
        for one in said {
            let (division, level) = one.split_once('=')?;
            let level = match level.trim() {
                "low" => RiskLevel::Low,
                "medium" => RiskLevel::Medium,
                "high" => RiskLevel::High,
                _ => return None,
            };
            let division: u32 = division.trim().parse().ok()?;
            let can_be = (100_000..=999_999).contains(&division);
            if !can_be || levels.insert(division, level).is_some() {
                return None;
            }
        }
        Some(Self(levels))
    }

    fn of(&self, division: u32) -> RiskLevel {
        // A smaller region has fewer zeros at its end, and a district's own entry comes before its city's.
        let zeros = |region: u32| {
            region
                .to_string()
                .bytes()
                .rev()
                .take_while(|it| *it == b'0')
                .count()
        };
        let covering = self
            .0
            .iter()
            .filter(|(region, _)| covers(**region, division));
        let smallest = covering.min_by_key(|(region, _)| zeros(**region));
        smallest.map_or(RiskLevel::Low, |(_, level)| *level)
    }
}

/// What appeals go by.
#[derive(Clone, Debug)]
pub(crate) struct AppealPolicy {
    /// Hours in regions of low, medium and high risk.
    hours: [u32; 3],
    levels: RiskLevels,
    /// Most open ones of one subject.
    pub(super) open_at_most: usize,
    /// How often officers may ask for more on one appeal.
    pub(super) requests_at_most: usize,
    /// How long its deadline stands still for an answer, seconds.
    pub(super) time_to_answer: i64,
    /// Most bytes of evidence of one citizen a day.
    pub(super) evidence_bytes_per_day: u64,
    /// How long evidence is kept, seconds.
    pub(super) evidence_kept_secs: i64,
}

impl AppealPolicy {
    /// As the settings say, which were checked.
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            hours: [
                config.appeal_hours_low_risk,
                config.appeal_hours_medium_risk,
                config.appeal_hours_high_risk,
            ],
            levels: RiskLevels::parse(&config.risk_levels).unwrap_or_default(),
            open_at_most: usize::try_from(config.open_appeals).unwrap_or(usize::MAX),
            requests_at_most: usize::try_from(config.appeal_requests).unwrap_or(usize::MAX),
            time_to_answer: i64::from(config.appeal_answer_hours) * 3_600,
            evidence_bytes_per_day: config.citizen_evidence_kib_per_day.saturating_mul(1_024),
            evidence_kept_secs: i64::from(config.evidence_kept_days) * 86_400,
        }
    }

    /// How long the authority has to decide on an appeal of somebody of this division, seconds.
    pub(super) fn time_to_decide(&self, division: u32) -> i64 {
        let [low, medium, high] = self.hours;
        let hours = match self.levels.of(division) {
            RiskLevel::Low => low,
            RiskLevel::Medium => medium,
            RiskLevel::High => high,
        };
        i64::from(hours) * 3_600
    }
}
