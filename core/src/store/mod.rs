//! Sealed records on the phone.
