//! Appeals: evidence in pieces, an appeal with a signed deadline, its withdrawal, and the decision of two officers.
//!
//! Invariant: an appeal is acknowledged only with all of its evidence here, whole and of the type that it says; a decision changes
//! facts, and the colour follows from them by the rules in the same act. Nothing here sets a colour.
//!
//! | file | what it is |
//! |---|---|
//! | `policy` | deadlines by risk level, caps, how long evidence is kept |
//! | `records` | what is kept |
//! | `pieces` | evidence as it comes |
//! | `filing` | what follows from an appeal, an objection of before and a withdrawal |
//! | `open_list` | the appeals that wait for a decision |
//! | `ask` | what an officer asks for, and what is added |
//! | `decide` | the decision |
//! | `part` | what phones are told later |
//! | `routes` | HTTP |

mod ask;
mod decide;
mod filing;
mod open_list;
mod part;
mod pieces;
mod policy;
mod records;
mod routes;

#[cfg(test)]
mod tests;

pub(crate) use ask::ADDITION;
pub(crate) use filing::{Due, Listed, UPLOAD, WITHDRAWAL, acknowledge, reserve};
pub(crate) use open_list::{keep_open_list, place_of};
pub(crate) use part::PART;
pub(crate) use policy::{AppealPolicy, RiskLevels};
pub(crate) use records::{Appeals, KeptAppeal, KeptRequest, piece_bytes, piece_place};
pub(crate) use routes::routes;
