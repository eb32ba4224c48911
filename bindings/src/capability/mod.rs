//! What apps call of each capability: a file each, on the one exported object.

mod appeals;
mod bulletins;
mod clinics;
mod dcc;
mod dependants;
mod export;
mod identity_proof;
mod international;
mod officer_chain;
mod paper;
mod results;
