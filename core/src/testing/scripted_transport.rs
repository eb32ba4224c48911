//! A network that fails as it is told, in front of a server in memory.
//!
//! Invariant: one scripted fault a request, in order; after the last one all goes well. Time passes only as told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::clock::FixedClock;
use crate::cancel::CancelHandle;
use crate::ports::{HttpRequest, HttpResponse, MAX_RESPONSE_BYTES, Transport, TransportError};
use crate::wire::TIME_HEADER;

/// What happens to one request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Nothing.
    None,
    /// It never reaches the server; this comes back.
    Fails(TransportError),
    /// The server does what was asked; the answer gets lost.
    AnswerLost,
    /// The server gets it twice; the second answer comes back.
    Duplicated,
    /// It takes this long to the server, and this long back. Beyond the timeout the caller stops waiting.
    Delayed {
        /// Milliseconds to the server.
        there_ms: u64,
        /// Milliseconds back.
        back_ms: u64,
    },
    /// The server does what was asked; the answer breaks off in the middle, as a transport reports it.
    Truncated,
    /// The answer's body is cut in half, by a transport that does not notice.
    CutInHalf,
    /// One bit of the answer's body is another.
    BitFlipped,
    /// An answer larger than a transport may hand over.
    Oversized,
    /// A Wi-Fi login page answers instead.
    CaptivePortal,
    /// The Wi-Fi's gateway redirects to its login page.
    Redirected,
    /// This comes back; the server hears nothing.
    Answers(HttpResponse),
    /// Somebody sets the phone's wall clock while the request is under way.
    WallClockSet {
        /// To this, Unix milliseconds.
        wall_ms: i64,
    },
    /// The answer comes without the server's time, as a cache may hand it out.
    TimeWithheld,
    /// The caller cancels after the server did what was asked.
    CancelledMidway,
}

/// What answers requests.
pub trait Server: Send + Sync {
    /// Does what is asked.
    fn answer(&self, request: &HttpRequest) -> HttpResponse;
}

/// Answers by a script, and keeps what was asked.
pub struct ScriptedTransport {
    server: Arc<dyn Server>,
    /// The phone's.
    clock: Arc<FixedClock>,
    /// Others that go on with it.
    others: Vec<Arc<FixedClock>>,
    script: Mutex<VecDeque<Fault>>,
    sent: Mutex<Vec<HttpRequest>>,
}

impl ScriptedTransport {
    /// In front of `server`. Delays advance `clock`, the phone's, and `others`, such as the server's.
    #[must_use]
    pub fn new(
        server: Arc<dyn Server>,
        clock: Arc<FixedClock>,
        others: Vec<Arc<FixedClock>>,
    ) -> Self {
        Self {
            server,
            clock,
            others,
            script: Mutex::default(),
            sent: Mutex::default(),
        }
    }

    /// Adds faults for the next requests.
    pub fn script(&self, faults: impl IntoIterator<Item = Fault>) {
        lock(&self.script).extend(faults);
    }

    /// Drops the faults that did not happen yet; gives their number.
    pub fn clear_script(&self) -> usize {
        let mut script = lock(&self.script);
        let left = script.len();
        script.clear();
        left
    }

    /// The requests since the last call, in order, also those that never reached the server.
    pub fn take_sent(&self) -> Vec<HttpRequest> {
        std::mem::take(&mut lock(&self.sent))
    }

    /// As [`ScriptedTransport::take_sent`], each as `METHOD path`.
    pub fn take_sent_lines(&self) -> Vec<String> {
        let sent = self.take_sent();
        sent.iter()
            .map(|request| format!("{} {}", request.method, path(&request.url)))
            .collect()
    }

    fn pass(&self, elapsed_ms: u64) {
        for clock in self.others.iter().chain([&self.clock]) {
            clock.advance_ms(elapsed_ms);
        }
    }
}

impl Transport for ScriptedTransport {
    fn send(
        &self,
        request: HttpRequest,
        timeout_ms: u64,
        cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        if cancel.is_cancelled() {
            return Err(TransportError::Cancelled);
        }
        let fault = lock(&self.script).pop_front().unwrap_or(Fault::None);
        lock(&self.sent).push(request.clone());
        match fault {
            Fault::None => Ok(self.server.answer(&request)),
            Fault::Fails(error) => Err(error),
            Fault::AnswerLost => {
                self.server.answer(&request);
                Err(TransportError::Unreachable)
            }
            Fault::Duplicated => {
                self.server.answer(&request);
                Ok(self.server.answer(&request))
            }
            Fault::Delayed { there_ms, back_ms } => {
                if there_ms >= timeout_ms {
                    self.pass(timeout_ms);
                    return Err(TransportError::DeadlinePassed);
                }
                self.pass(there_ms);
                let answer = self.server.answer(&request);
                if there_ms + back_ms >= timeout_ms {
                    self.pass(timeout_ms - there_ms);
                    return Err(TransportError::DeadlinePassed);
                }
                self.pass(back_ms);
                Ok(answer)
            }
            Fault::Truncated => {
                self.server.answer(&request);
                Err(TransportError::Malformed)
            }
            Fault::CutInHalf => {
                let mut answer = self.server.answer(&request);
                answer.body.truncate(answer.body.len() / 2);
                Ok(answer)
            }
            Fault::BitFlipped => {
                let mut answer = self.server.answer(&request);
                let middle = answer.body.len() / 2;
                if let Some(byte) = answer.body.get_mut(middle) {
                    *byte ^= 1;
                }
                Ok(answer)
            }
            Fault::Oversized => {
                let mut answer = self.server.answer(&request);
                answer.body.resize(MAX_RESPONSE_BYTES + 1, b' ');
                Ok(answer)
            }
            Fault::CaptivePortal => Ok(html(200, "<html>Log in to the Wi-Fi</html>")),
            Fault::Redirected => Ok(html(302, "")),
            Fault::Answers(answer) => Ok(answer),
            Fault::WallClockSet { wall_ms } => {
                let answer = self.server.answer(&request);
                self.clock.set_wall_ms(wall_ms);
                Ok(answer)
            }
            Fault::TimeWithheld => {
                let mut answer = self.server.answer(&request);
                answer.headers.retain(|(name, _)| name != TIME_HEADER);
                Ok(answer)
            }
            Fault::CancelledMidway => {
                self.server.answer(&request);
                cancel.cancel();
                Err(TransportError::Cancelled)
            }
        }
    }
}

/// Path and query of an `https` URL.
pub(super) fn path(url: &str) -> &str {
    let rest = url.strip_prefix("https://").unwrap_or(url);
    rest.find('/').map_or("/", |slash| &rest[slash..])
}

fn html(status: u16, body: &str) -> HttpResponse {
    HttpResponse {
        status,
        headers: vec![
            ("content-type".to_owned(), "text/html".to_owned()),
            (
                "location".to_owned(),
                "https://wifi.example/login".to_owned(),
            ),
        ],
        body: body.as_bytes().to_vec(),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
