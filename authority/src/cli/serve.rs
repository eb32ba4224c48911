//! `serve` and `init`.

use std::sync::Arc;

use clap::Args;

use super::speech::line;
use super::{Settings, explain, runtime, say};
use crate::config::Config;
use crate::errors::AuthorityError;
use crate::init::{Initialised, Made, initialise};
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

/// Makes what a first start needs, and says what it made.
pub(super) fn init(settings: &Settings) -> Result<(), AuthorityError> {
    let config = settings.resolve()?;
    let done = initialise(&config, &SystemClock, &SystemEntropy)?;
    report(&done);
    if done.made.is_empty() {
        explain!("nothing-to-do");
    }
    Ok(())
}

fn report(done: &Initialised) {
    for made in &done.made {
        match made {
            Made::IssuerKey { file, key } => {
                explain!("made-issuer-key", file = file.as_path(), key = key.as_str());
            }
            Made::NationalRoot {
                bundle,
                public,
                secret,
            } => explain!(
                "made-national-root",
                bundle = bundle.as_path(),
                public = public.as_path(),
                secret = secret.as_path(),
            ),
            Made::Officers { file, folder } => {
                explain!(
                    "made-officers",
                    file = file.as_path(),
                    folder = folder.as_path()
                );
            }
        }
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
    explain!("stopping");
    running.shutdown().await;
    explain!("stopped");
    Ok(())
}

fn announce(running: &RunningAuthority, data: &std::path::Path) {
    let ca = if running.ca_pem.is_empty() {
        line("own-ca", &[])
    } else {
        data.join("ca.pem").display().to_string()
    };
    explain!(
        "serving",
        url = running.base_url.as_str(),
        ca = ca.as_str(),
        officers = running.officer_count(),
    );
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
