//! Which clinics, in which order: pure.

use std::borrow::Borrow;

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
    lists: &[impl Borrow<Clinics>],
    query: &ClinicQuery,
    at: i64,
    language: &LanguageTag,
) -> Vec<ClinicView> {
    let here = query.position.filter(|position| position.is_valid());
    let limit = usize::try_from(query.limit).unwrap_or(MAX_RESULTS);
    let limit = limit.min(MAX_RESULTS);
    let concerns = |clinic: &Clinic| {
        let outer = query.division;
        outer.is_none_or(|outer| covers(outer, clinic.division))
    };
    let all = lists.iter().map(Borrow::borrow).flat_map(|list| {
        let clinics = list.clinics.iter().filter(|clinic| concerns(clinic));
        clinics.map(move |clinic| {
            let distance = here.map_or(0, |here| here.distance_m(position(clinic)));
            (distance, list, clinic)
        })
    });
    let mut all: Vec<(u32, &Clinics, &Clinic)> = all.collect();
    sorting::sort_by(&mut all, |(left, ..), (right, ..)| left.cmp(right));
    // Views are made of the nearest alone: up to the limit, and of those that are as far away as the last one.
    let mut found: Vec<(u32, ClinicView)> = Vec::new();
    for (distance, list, clinic) in all {
        let farthest = found.last().map(|(distance, _)| *distance);
        if found.len() >= limit && farthest != Some(distance) {
            break;
        }
        let view = view(list, clinic, here.map(|_| distance), at, language);
        if !query.open_only || view.open == ClinicOpen::Open {
            found.push((distance, view));
        }
    }
    let openness = |clinic: &ClinicView| match clinic.open {
        ClinicOpen::Open => 2,
        ClinicOpen::Unknown => 1,
        ClinicOpen::Closed => 0,
    };
    sorting::sort_by(
        &mut found,
        |(left_distance, left), (right_distance, right)| {
            left_distance
                .cmp(right_distance)
                .then_with(|| openness(right).cmp(&openness(left)))
                .then_with(|| left.id.cmp(&right.id))
        },
    );
    let found = found.into_iter().take(limit);
    found.map(|(_, view)| view).collect()
}

fn position(clinic: &Clinic) -> Position {
    Position {
        latitude: clinic.latitude,
        longitude: clinic.longitude,
    }
}

fn view(
    list: &Clinics,
    clinic: &Clinic,
    distance_m: Option<u32>,
    at: i64,
    language: &LanguageTag,
) -> ClinicView {
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
        position: position(clinic),
        distance_m,
        open,
        changes_at,
    }
}
