//! Which clinics, in which order: pure.

use std::cmp::Reverse;

use super::views::{ClinicOpen, ClinicQuery, ClinicView, Position};
use super::wire::{Clinic, Clinics};
use crate::sorting;
use crate::trust::covers;
use crate::words::LanguageTag;

/// Most clinics given out at once.
const MAX_RESULTS: usize = 500;

/// The clinics that are asked for at `at`, Unix seconds: the nearest first, or where no position is given those that
/// are open first.
#[must_use]
pub fn find(
    lists: &[Clinics],
    query: &ClinicQuery,
    at: i64,
    language: &LanguageTag,
) -> Vec<ClinicView> {
    let here = query.position.filter(|position| position.is_valid());
    let mut found: Vec<ClinicView> = lists
        .iter()
        .flat_map(|list| list.clinics.iter().map(move |clinic| (list, clinic)))
        .filter(|(_, clinic)| {
            query
                .division
                .is_none_or(|outer| covers(outer, clinic.division))
        })
        .map(|(list, clinic)| view(list, clinic, here, at, language))
        .filter(|clinic| !query.open_only || clinic.open == ClinicOpen::Open)
        .collect();
    let openness = |clinic: &ClinicView| match clinic.open {
        ClinicOpen::Open => 2,
        ClinicOpen::Unknown => 1,
        ClinicOpen::Closed => 0,
    };
    sorting::sort_by(&mut found, |left, right| {
        let key = |clinic: &ClinicView| (clinic.distance_m.unwrap_or(0), Reverse(openness(clinic)));
        key(left)
            .cmp(&key(right))
            .then_with(|| left.id.cmp(&right.id))
    });
    let limit = usize::try_from(query.limit).unwrap_or(MAX_RESULTS);
    found.truncate(limit.min(MAX_RESULTS));
    found
}

fn view(
    list: &Clinics,
    clinic: &Clinic,
    here: Option<Position>,
    at: i64,
    language: &LanguageTag,
) -> ClinicView {
    let position = Position {
        latitude: clinic.latitude,
        longitude: clinic.longitude,
    };
    let (open, changes_at) = clinic
        .hours
        .as_ref()
        .map_or((ClinicOpen::Unknown, None), |hours| {
            hours.at(&list.calendar, at)
        });
    ClinicView {
        id: clinic.id.clone(),
        name: clinic.name.for_tag(language).to_owned(),
        address: clinic.address.for_tag(language).to_owned(),
        division: clinic.division,
        phone: clinic.phone.clone(),
        position,
        distance_m: here.map(|here| here.distance_m(position)),
        open,
        changes_at,
    }
}
