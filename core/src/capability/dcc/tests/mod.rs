//! Tests of certificates.

mod judging;
mod reading;
