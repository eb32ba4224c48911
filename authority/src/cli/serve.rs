//! `serve` and `init`.

use std::sync::Arc;

use clap::Args;

use super::{Settings, explain, runtime, say};
use crate::config::Config;
use crate::errors::AuthorityError;
use crate::init::{Initialised, initialise};
use crate::logs;
use crate::serve::{RunningAuthority, start};
use crate::system::{SystemClock, SystemEntropy};

/// Runs the server.
#[derive(Args, Clone, Debug)]
pub(super) struct Serve {
    #[command(flatten)]
    settings: Settings,
    /// Print the configuration that results from flags, environment, file and defaults, and stop
    #[arg(long)]
    print_config: bool,
}

impl Serve {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        let config = self.settings.resolve()?;
        if self.print_config {
            return print(&config);
        }
        logs::start(&config.log)?;
        report(&initialise(&config, &SystemClock, &SystemEntropy)?);
        runtime()?.block_on(serve(config))
    }
}

/// `init`.
pub(super) fn init(settings: &Settings) -> Result<(), AuthorityError> {
    let config = settings.resolve()?;
    let done = initialise(&config, &SystemClock, &SystemEntropy)?;
    report(&done);
    if done.made.is_empty() {
        explain("Nothing to do: everything is there.");
    }
    Ok(())
}

fn report(done: &Initialised) {
    for made in &done.made {
        explain(&format!("made {made}"));
    }
}

fn print(config: &Config) -> Result<(), AuthorityError> {
    let text = toml::to_string(config).map_err(|_| AuthorityError::ConfigInvalid {
        at: "configuration".to_owned(),
    })?;
    say(text.trim_end());
    Ok(())
}

async fn serve(config: Config) -> Result<(), AuthorityError> {
    let data = config.data.clone();
    // Before the start, so that a signal that comes early is not missed.
    let stop = Stop::new()?;
    let running = start(config, Arc::new(SystemClock), Arc::new(SystemEntropy)).await?;
    announce(&running, &data);
    stop.wait().await;
    explain("Stopping: no new requests, the running ones are finished.");
    running.shutdown().await;
    explain("Stopped.");
    Ok(())
}

fn announce(running: &RunningAuthority, data: &std::path::Path) {
    let ca = if running.ca_pem.is_empty() {
        "the certificate's own CA".to_owned()
    } else {
        data.join("ca.pem").display().to_string()
    };
    explain(&format!(
        "Health Code authority at {}, clients must trust {ca}, {} officers enrolled",
        running.base_url,
        running.officer_count()
    ));
    say(&format!("READY {}", running.base_url));
}

/// SIGTERM or SIGINT.
#[cfg(unix)]
struct Stop {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Stop {
    fn new() -> Result<Self, AuthorityError> {
        use tokio::signal::unix::{SignalKind, signal};
        let failed = |_| AuthorityError::ConfigInvalid {
            at: "signals".to_owned(),
        };
        Ok(Self {
            terminate: signal(SignalKind::terminate()).map_err(failed)?,
            interrupt: signal(SignalKind::interrupt()).map_err(failed)?,
        })
    }

    async fn wait(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
struct Stop;

#[cfg(not(unix))]
impl Stop {
    #[expect(clippy::unnecessary_wraps, reason = "the same shape as on Unix")]
    fn new() -> Result<Self, AuthorityError> {
        Ok(Self)
    }

    async fn wait(self) {
        // Without a handler the server cannot be stopped gently; it runs on.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
