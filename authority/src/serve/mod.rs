//! Starts the server and stops it.
//!
//! Invariant: once [`start`] has returned, the address answers; once [`RunningAuthority::shutdown`] has returned,
//! every request that was answered is on disk and the data folder is free for another process.

mod tls;

use std::fs::File;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use health_code_core::ports::{Clock, Entropy};
use tokio::task::JoinHandle;

use crate::admission::PlaceAcceptor;
use crate::app::{self, App};
use crate::config::Config;
use crate::errors::AuthorityError;
use crate::system::SystemClock;
use crate::{http, init};

/// Longest wait for the rest of a request's head, and for the first request of a connection.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Largest head of a request, bytes.
const MAX_HEAD_BYTES: usize = 16 * 1024;
/// Requests at the same time on one HTTP/2 connection: a phone needs one, a proxy some.
const MAX_STREAMS: u32 = 32;
/// Files that are open beside connections: database, log, bundles.
const OTHER_FILES: u64 = 128;
/// Shortest time between two status lists that revocations by declarations cause.
const STATUS_PAUSE: Duration = Duration::from_secs(1);

/// A server that runs.
#[derive(Debug)]
pub struct RunningAuthority {
    /// Address it listens on.
    pub addr: SocketAddr,
    /// URL to give to phones of the same machine, without a slash at the end.
    pub base_url: String,
    /// The development CA that clients must trust, PEM; empty where the certificate came from files.
    pub ca_pem: String,
    /// The national root's public key.
    pub root_public_key: [u8; 32],
    /// This authority's public key.
    pub issuer_public_key: [u8; 32],
    handle: Handle<SocketAddr>,
    server: JoinHandle<std::io::Result<()>>,
    housekeeper: JoinHandle<()>,
    app: Arc<App>,
    grace: Duration,
    _lock: DataLock,
}

/// Starts on the current tokio runtime. An empty data folder is initialised for development first
/// (see [`init::initialise`]).
///
/// # Errors
/// Any [`AuthorityError`].
pub async fn start(
    config: Config,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
) -> Result<RunningAuthority, AuthorityError> {
    config.validate()?;
    init::initialise(&config, clock.as_ref(), entropy.as_ref())?;
    let lock = lock(&config.data)?;
    let tls = server_tls(&config, clock.as_ref())?;
    let grace = Duration::from_secs(config.shutdown_grace_secs);
    let refresh = Duration::from_secs(config.status_refresh_secs.into());
    let listen = config.listen;
    let app = Arc::new(App::open(config, clock, entropy).await?);
    let unpublished = |error| app::refused(&app.config, error);
    app.keep_house().await.map_err(unpublished)?;
    let (addr, handle, server) = listen_on(listen, &app, tls.config).await?;
    Ok(RunningAuthority {
        addr,
        base_url: format!("https://{}", reachable(addr)),
        ca_pem: tls.ca_pem,
        root_public_key: app.root_key,
        issuer_public_key: app.authority.issuer_key.verifying_key().to_bytes(),
        handle,
        server,
        housekeeper: tokio::spawn(keep_house(Arc::clone(&app), refresh)),
        app,
        grace,
        _lock: lock,
    })
}

impl RunningAuthority {
    /// Stops: takes no new request, finishes the running ones within the grace time, writes what is queued.
    pub async fn shutdown(self) {
        self.handle.graceful_shutdown(Some(self.grace));
        self.housekeeper.abort();
        // Either way the server has ended; there is nobody left to tell.
        let _ = self.server.await;
        let app = self.app;
        let _ = tokio::task::spawn_blocking(move || app.close()).await;
    }

    /// The routes of this server, for a caller in the same process that needs no network between.
    pub fn router(&self) -> axum::Router {
        http::router(Arc::clone(&self.app))
    }

    /// Officers who are enrolled.
    #[must_use]
    pub fn officer_count(&self) -> usize {
        self.app.authority.officers.count()
    }
}

/// The locked data folder.
#[derive(Debug)]
struct DataLock(File);

impl Drop for DataLock {
    /// Closing is not enough: a process that is being started holds a copy of the file until it runs, and with it
    /// the lock (flock(2)).
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

fn lock(data: &Path) -> Result<DataLock, AuthorityError> {
    let in_use = |_| AuthorityError::DataInUse {
        at: data.display().to_string(),
    };
    let path = data.join("authority.lock");
    let file = File::create(&path).map_err(|_| AuthorityError::FileUnwritable {
        at: path.display().to_string(),
    })?;
    file.try_lock().map_err(in_use)?;
    Ok(DataLock(file))
}

fn server_tls(config: &Config, clock: &dyn Clock) -> Result<tls::ServerTls, AuthorityError> {
    if let (Some(cert), Some(key)) = (&config.tls_cert, &config.tls_key) {
        return tls::from_files(cert, key);
    }
    let mut names: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    let listened = config.listen.ip();
    if !listened.is_unspecified() {
        names.push(listened.to_string());
    }
    names.extend(config.hosts.iter().cloned());
    names.sort();
    names.dedup();
    // Clients judge certificates by the real time, or by the one that a test gave to both sides.
    let clocks = [clock.read(), SystemClock.read()].map(|now| now.wall_ms.div_euclid(1_000));
    tls::from_development_ca(&config.data, &names, &clocks)
}

type Listening = (
    SocketAddr,
    Handle<SocketAddr>,
    JoinHandle<std::io::Result<()>>,
);

async fn listen_on(
    listen: SocketAddr,
    app: &Arc<App>,
    tls: Arc<rustls::ServerConfig>,
) -> Result<Listening, AuthorityError> {
    let handle = Handle::new();
    let config = &app.config;
    let connections = config.connections.min(room_for_connections());
    // A request that is answered late is no idle time.
    let idle = config.idle_connection_secs + config.request_timeout_secs;
    let places = PlaceAcceptor::new(
        [connections, config.address_connections],
        config.proxies()?,
        Duration::from_secs(idle),
    );
    let acceptor = RustlsAcceptor::new(RustlsConfig::from_config(tls))
        .handshake_timeout(HEAD_TIMEOUT)
        .acceptor(places);
    let mut server = axum_server::bind(listen)
        .acceptor(acceptor)
        .handle(handle.clone())
        .first_request_timeout(HEAD_TIMEOUT)
        .accept_error_handler(|_, _| {
            tracing::debug!("a connection failed before its first request");
        });
    let builder = server.http_builder();
    builder
        .http1()
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD_BYTES);
    builder
        .http2()
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(u32::try_from(MAX_HEAD_BYTES).unwrap_or(u32::MAX))
        .keep_alive_interval(Some(Duration::from_secs(20)));
    let service = http::router(Arc::clone(app)).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(server.serve(service));
    let addr = handle
        .listening()
        .await
        .ok_or_else(|| AuthorityError::ListenFailed {
            at: listen.to_string(),
        })?;
    Ok((addr, handle, server))
}

/// How many connections this process may hold open: as many files as the system gives it, less those that it needs itself.
#[cfg(unix)]
fn room_for_connections() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let _ = setrlimit(Resource::Nofile, raised);
    let files = getrlimit(Resource::Nofile).current;
    files.map_or(usize::MAX, |files| {
        let files = files.saturating_sub(OTHER_FILES).max(1);
        usize::try_from(files).unwrap_or(usize::MAX)
    })
}

#[cfg(not(unix))]
fn room_for_connections() -> usize {
    usize::MAX
}

/// An address that a client on this machine can connect to.
fn reachable(addr: SocketAddr) -> SocketAddr {
    let ip = match addr.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, addr.port())
}

/// Signs the status list anew when it is time and soon after a revocation.
///
/// Revocations that come all the time do not keep the rest waiting: what the root says of this server's key is read,
/// and time that passed is kept, every `refresh`.
pub(crate) async fn keep_house(app: Arc<App>, refresh: Duration) {
    let start = tokio::time::Instant::now() + refresh;
    let mut due = tokio::time::interval_at(start, refresh);
    due.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let done = tokio::select! {
            biased;
            _ = due.tick() => app.keep_house().await,
            () = app.authority.bundles.wait_for_revocations() => app.authority.publish_status_list().await,
        };
        if let Err(error) = done {
            tracing::error!(code = error.code(), "housekeeping failed");
        }
        tokio::time::sleep(STATUS_PAUSE.min(refresh)).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[cfg(unix)]
    #[test]
    fn who_starts_processes_can_let_a_folder_go_and_take_it_again_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let held = lock(folder.path()).expect("free");
        assert!(lock(folder.path()).is_err());
        drop(held);
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while !is_over.load(Ordering::SeqCst) {
                        let _ = std::process::Command::new("true").status();
                    }
                });
            }
            let refused = (0..2_000).filter(|_| lock(folder.path()).is_err()).count();
            is_over.store(true, Ordering::SeqCst);
            assert_eq!(refused, 0);
        });
    }
}
