//! How many connections there are, from one address and in all, and how long one may stand still.
//!
//! A connection has a place from before its TLS handshake until it is closed. Invariant: no address has more than its
//! share, so that one cannot take the places of all others; a write that makes no progress for [`STALL`] ends its connection.
//! Knows addresses as the network shows them: a trusted proxy's are its own to share out.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use super::client_address::TrustedProxies;
use super::shares::{Place, Shares};

/// Longest time that an answer waits for its reader.
const STALL: Duration = Duration::from_secs(20);

/// Lets connections in that have a place.
#[derive(Clone, Debug)]
pub(crate) struct PlaceAcceptor {
    shares: Arc<Shares>,
    proxies: TrustedProxies,
}

impl PlaceAcceptor {
    pub(crate) fn new(most: usize, most_of_one: usize, proxies: TrustedProxies) -> Self {
        Self {
            shares: Shares::new(most, most_of_one),
            proxies,
        }
    }
}

impl<S: Send + 'static> Accept<TcpStream, S> for PlaceAcceptor {
    type Stream = PlacedStream;
    type Service = S;
    type Future = std::future::Ready<io::Result<(PlacedStream, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = stream.peer_addr().map(|peer| {
            let is_proxy = self.proxies.contains(peer.ip());
            self.shares.enter(peer.ip(), is_proxy)
        });
        std::future::ready(match place {
            Ok(Ok(place)) => {
                // An answer is one small write; waiting for more helps nobody.
                let _ = stream.set_nodelay(true);
                Ok((PlacedStream::new(stream, place), service))
            }
            Ok(Err(_)) => Err(io::Error::other("no place for another connection")),
            Err(error) => Err(error),
        })
    }
}

/// A connection with its place.
#[derive(Debug)]
pub(crate) struct PlacedStream {
    stream: TcpStream,
    /// Runs while a write waits.
    stalled: Option<Pin<Box<Sleep>>>,
    _place: Place,
}

impl PlacedStream {
    fn new(stream: TcpStream, place: Place) -> Self {
        Self {
            stream,
            stalled: None,
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
