//! TLS: a certificate from files, or one made by a development CA of this data folder.
//!
//! Invariant: TLS 1.2 and 1.3 with ring, nothing below; there is no switch that turns TLS off.
//! The development CA is for loopback and test networks: its key lies beside the server.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Duration, NaiveDate};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::errors::AuthorityError;
use crate::files;

/// Longest validity that every phone accepts of a server certificate, days.
const SERVER_VALID_DAYS: i64 = 397;
const CA_VALID_DAYS: i64 = 3_650;
const PEM_CAP: u64 = 256 * 1024;

/// What the server listens with.
#[derive(Clone, Debug)]
pub(crate) struct ServerTls {
    /// For the acceptor.
    pub(crate) config: Arc<ServerConfig>,
    /// The CA that clients must trust, PEM; empty for a certificate from files.
    pub(crate) ca_pem: String,
}

/// Reads certificate chain and key (PEM).
pub(crate) fn from_files(cert: &Path, key: &Path) -> Result<ServerTls, AuthorityError> {
    let refused = |path: &Path| AuthorityError::TlsRefused {
        at: path.display().to_string(),
    };
    let chain = CertificateDer::pem_slice_iter(&files::read_capped(cert, PEM_CAP)?)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| refused(cert))?;
    let key_pem = files::read_secret(key)?;
    let secret = PrivateKeyDer::from_pem_slice(key_pem.as_bytes()).map_err(|_| refused(key))?;
    Ok(ServerTls {
        config: server_config(chain, secret).map_err(|()| refused(cert))?,
        ca_pem: String::new(),
    })
}

/// Makes a server certificate for `names` (DNS names and IP addresses), signed by the development CA in
/// `folder` (`ca.pem`, `ca.key`), which is made where it is missing. Valid from the earliest to the latest of
/// `clocks` (Unix seconds) and on.
pub(crate) fn from_development_ca(
    folder: &Path,
    names: &[String],
    clocks: &[i64],
) -> Result<ServerTls, AuthorityError> {
    let ca_path = folder.join("ca.pem");
    let key_path = folder.join("ca.key");
    let refused = || AuthorityError::TlsRefused {
        at: ca_path.display().to_string(),
    };
    let ca_key = if key_path.exists() {
        KeyPair::from_pem(&files::read_secret(&key_path)?).map_err(|_| refused())?
    } else {
        let key = KeyPair::generate().map_err(|_| refused())?;
        let pem = zeroize::Zeroizing::new(key.serialize_pem());
        files::write_secret(&key_path, pem.as_bytes())?;
        key
    };
    if !ca_path.exists() {
        let ca = ca_params(clocks)
            .and_then(|params| params.self_signed(&ca_key).ok())
            .ok_or_else(refused)?;
        files::write_public(&ca_path, ca.pem().as_bytes())?;
    }
    let ca_pem =
        String::from_utf8(files::read_capped(&ca_path, PEM_CAP)?).map_err(|_| refused())?;
    let issuer = Issuer::new(ca_params(clocks).ok_or_else(refused)?, ca_key);
    let (chain, secret) = server_certificate(names, clocks, &issuer).ok_or_else(refused)?;
    Ok(ServerTls {
        config: server_config(vec![chain], secret).map_err(|()| refused())?,
        ca_pem,
    })
}

fn server_certificate(
    names: &[String],
    clocks: &[i64],
    issuer: &Issuer<'_, KeyPair>,
) -> Option<(CertificateDer<'static>, PrivateKeyDer<'static>)> {
    let mut params = CertificateParams::new(names.to_vec()).ok()?;
    params
        .distinguished_name
        .push(DnType::CommonName, "Health Code authority (development)");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    set_validity(&mut params, clocks, SERVER_VALID_DAYS - 1)?;
    let key = KeyPair::generate().ok()?;
    let certificate = params.signed_by(&key, issuer).ok()?;
    let secret = PrivateKeyDer::try_from(key.serialize_der()).ok()?;
    Some((certificate.der().clone(), secret))
}

/// Name and key usages must stay the same for good: later server certificates name the CA by them.
fn ca_params(clocks: &[i64]) -> Option<CertificateParams> {
    let mut params = CertificateParams::new(Vec::new()).ok()?;
    params
        .distinguished_name
        .push(DnType::CommonName, "Health Code development CA");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    set_validity(&mut params, clocks, CA_VALID_DAYS)?;
    Some(params)
}

/// From the day before, so that a client's clock a few hours behind does not matter.
fn set_validity(params: &mut CertificateParams, clocks: &[i64], days: i64) -> Option<()> {
    let date = |at: &i64| Some(DateTime::from_timestamp(*at, 0)?.date_naive());
    let day = |date: NaiveDate| {
        Some(rcgen::date_time_ymd(
            date.year(),
            u8::try_from(date.month()).ok()?,
            u8::try_from(date.day()).ok()?,
        ))
    };
    let from = date(clocks.iter().min()?)?.checked_sub_signed(Duration::days(1))?;
    let until = date(clocks.iter().max()?)?.checked_add_signed(Duration::days(days))?;
    params.not_before = day(from)?;
    params.not_after = day(until)?;
    Some(())
}

fn server_config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Arc<ServerConfig>, ()> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(|_| ())?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|_| ())?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
