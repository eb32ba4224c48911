//! How many connections there are, from one address and in all, and how long one may stand still.
//!
//! A connection has a place from before its TLS handshake until it is closed. Invariant: no address has more than its
//! share, so that one cannot take the places of all others; a write that makes no progress for [`STALL`] ends its connection, and so
//! does a time without a request, whatever else the client sends: who answers pings alone needs no place.
//! Knows addresses as the network shows them: a trusted proxy's are its own to share out.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};
use tower_http::add_extension::AddExtension;

use super::client_address::TrustedProxies;
use super::shares::{Place, Shares};

/// Longest time that an answer waits for its reader.
const STALL: Duration = Duration::from_secs(20);

/// Lets connections in that have a place.
#[derive(Clone, Debug)]
pub(crate) struct PlaceAcceptor {
    shares: Arc<Shares>,
    proxies: TrustedProxies,
    idle: Duration,
}

impl PlaceAcceptor {
    /// `idle` is how long after a request another one has to come.
    pub(crate) fn new(
        [most, most_of_one]: [usize; 2],
        proxies: TrustedProxies,
        idle: Duration,
    ) -> Self {
        Self {
            shares: Shares::new(most, most_of_one),
            proxies,
            idle,
        }
    }
}

impl<S: Send + 'static> Accept<TcpStream, S> for PlaceAcceptor {
    type Stream = PlacedStream;
    type Service = AddExtension<S, LastRequest>;
    type Future = std::future::Ready<io::Result<(PlacedStream, Self::Service)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = stream.peer_addr().map(|peer| {
            let is_proxy = self.proxies.contains(peer.ip());
            (self.shares.enter(peer.ip(), is_proxy), is_proxy)
        });
        std::future::ready(match place {
            Ok((Ok(place), is_proxy)) => {
                // An answer is one small write; waiting for more helps nobody.
                let _ = stream.set_nodelay(true);
                let last_request = LastRequest::now();
                // A proxy keeps connections for clients to come.
                let idle = (!is_proxy).then(|| Idle::new(self.idle, last_request.clone()));
                let service = AddExtension::new(service, last_request);
                Ok((PlacedStream::new(stream, place, idle), service))
            }
            Ok((Err(_), _)) => Err(io::Error::other("no place for another connection")),
            Err(error) => Err(error),
        })
    }
}

/// When the last request of a connection began; until the first, when the connection did.
#[derive(Clone, Debug)]
pub(crate) struct LastRequest(Arc<Mutex<Instant>>);

impl LastRequest {
    fn now() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    /// Another one begins.
    pub(crate) fn renew(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn at(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends a connection on which no request comes.
#[derive(Debug)]
struct Idle {
    most: Duration,
    last_request: LastRequest,
    due: Pin<Box<Sleep>>,
}

impl Idle {
    fn new(most: Duration, last_request: LastRequest) -> Self {
        Self {
            due: Box::pin(tokio::time::sleep(most)),
            most,
            last_request,
        }
    }

    /// Whether it has been too long.
    fn is_over(&mut self, context: &mut Context<'_>) -> bool {
        while self.due.as_mut().poll(context).is_ready() {
            let due = self.last_request.at() + self.most;
            if due <= Instant::now() {
                return true;
            }
            self.due.as_mut().reset(due);
        }
        false
    }
}

/// A connection with its place.
#[derive(Debug)]
pub(crate) struct PlacedStream {
    stream: TcpStream,
    /// Runs while a write waits.
    stalled: Option<Pin<Box<Sleep>>>,
    /// None for who may wait as long as it likes.
    idle: Option<Idle>,
    _place: Place,
}

impl PlacedStream {
    fn new(stream: TcpStream, place: Place, idle: Option<Idle>) -> Self {
        Self {
            stream,
            stalled: None,
            idle,
            _place: place,
        }
    }

    fn watch<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(STALL)));
        if stalled.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Pending
    }
}

impl AsyncRead for PlacedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let is_over = |idle: &mut Idle| idle.is_over(context);
        if self.idle.as_mut().is_some_and(is_over) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for PlacedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
