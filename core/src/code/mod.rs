//! The code itself, one stage a file: credential, presentation, trust bundle, status list, checking,
//! rotation, QR and rendering.
//!
//! Invariant: pure. No I/O, no clock, no randomness; the instant is an argument (Unix seconds).

mod device_key;
mod device_signature;
pub mod picture;
mod qr;

pub use device_key::{DeviceKeyError, DevicePublicKey};
pub use device_signature::DEVICE_SIGNATURE_BYTES;
pub use qr::{MAX_TEXT_CHARS, MAX_VERSION, Matrix, PictureError, matrix};
