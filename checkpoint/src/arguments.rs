//! What the program is given on its command line.
//!
//! Invariant: what is here has the form that it must have; files are not opened yet.

use std::path::PathBuf;

use clap::{ArgGroup, Parser};
use data_encoding::HEXLOWER_PERMISSIVE;
use health_code_core::code::is_audience;

/// Says of one health code, offline, whether to let the person in.
#[derive(Parser)]
#[command(version, group(ArgGroup::new("code").required(true).args(["text", "image"])))]
pub struct Arguments {
    /// Trust bundle, signed by the national root
    #[arg(long, value_name = "FILE")]
    pub trust: PathBuf,
    /// The national root's public key, 64 hexadecimal digits
    #[arg(long, value_name = "HEX", value_parser = root_key)]
    pub root: [u8; 32],
    /// Status list of an issuer, or a folder of them; may be given several times. One that cannot be used is named and left
    /// out
    #[arg(long, value_name = "FILE|FOLDER")]
    pub status: Vec<PathBuf>,
    /// Refuse a code, with exit code 3, of which no status list says whether it was revoked
    #[arg(long)]
    pub require_status: bool,
    /// List of the sheets of paper that a door saw, as --write-papers-seen makes it; may be given several times. One that cannot
    /// be used is named and left out
    #[arg(long, value_name = "FILE")]
    pub papers_seen: Vec<PathBuf>,
    /// Where to write which sheet of paper was seen now, for other doors: no name, only a number and the time
    #[arg(long, value_name = "FILE")]
    pub write_papers_seen: Option<PathBuf>,
    /// The instant of the check, as Unix seconds or RFC 3339; the system clock's if left out
    #[arg(long, value_name = "INSTANT", value_parser = instant, allow_negative_numbers = true)]
    pub at: Option<i64>,
    /// Id of the place, for codes made for one place only
    #[arg(long, value_name = "ID", value_parser = place_id)]
    pub place: Option<String>,
    /// Division (GB/T 2260) where the checkpoint stands, for the meaning of other regions' colours
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100_000..1_000_000))]
    pub division: Option<u32>,
    /// Language of texts, such as zh-CN; the one of the environment (LC_ALL, LC_MESSAGES, LANG) if left out
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// PNG or JPEG picture of a code
    #[arg(long, value_name = "FILE")]
    pub image: Option<PathBuf>,
    /// Text of a code; `-` reads it from standard input
    #[arg(value_name = "TEXT")]
    pub text: Option<String>,
}

fn root_key(hex: &str) -> Result<[u8; 32], &'static str> {
    let bytes = HEXLOWER_PERMISSIVE.decode(hex.trim().as_bytes()).ok();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or("not 64 hexadecimal digits")
}

/// Unix seconds, as the demo's result.json has them, or RFC 3339.
fn instant(text: &str) -> Result<i64, &'static str> {
    if let Ok(unix_secs) = text.parse() {
        return Ok(unix_secs);
    }
    let instant = chrono::DateTime::parse_from_rfc3339(text).map_err(
        |_| "neither Unix seconds nor an RFC 3339 instant such as 2026-11-24T16:00:00+08:00",
    )?;
    Ok(instant.timestamp())
}

fn place_id(id: &str) -> Result<String, &'static str> {
    if is_audience(id) {
        Ok(id.to_owned())
    } else {
        Err("not 1 to 16 characters of A-Z, 0-9 and -")
    }
}
