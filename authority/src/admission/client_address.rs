//! From which address a request came, also through proxies.
//!
//! A proxy that the settings trust says for whom it asks, in one header of the settings' choice: `X-Forwarded-For`, or
//! `Forwarded` (RFC 7239). Invariant: what a client writes into such a header counts for nothing: it is read from the right, where the
//! nearest proxy wrote, and only as far as those who wrote are trusted. From anybody else the header is not read.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;

/// Most hops that are looked at.
const MAX_HOPS: usize = 32;

/// Networks of proxies that are believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TrustedProxies(Vec<IpNet>);

/// Which header they write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ForwardedHeader {
    XForwardedFor,
    Forwarded,
}

impl ForwardedHeader {
    /// Reads the setting.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "x-forwarded-for" => Some(Self::XForwardedFor),
            "forwarded" => Some(Self::Forwarded),
            _ => None,
        }
    }
}

impl TrustedProxies {
    /// Reads networks such as `10.0.0.0/8`, and single addresses; none where one is no network.
    pub(crate) fn parse(networks: &[String]) -> Option<Self> {
        let network = |text: &String| {
            let address = text.parse::<IpAddr>().map(IpNet::from);
            text.parse::<IpNet>().or(address).ok()
        };
        networks
            .iter()
            .map(network)
            .collect::<Option<_>>()
            .map(Self)
    }

    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The client's address of a request that came from `peer`.
    pub(crate) fn client(
        &self,
        peer: IpAddr,
        headers: &HeaderMap,
        header: ForwardedHeader,
    ) -> IpAddr {
        let mut client = peer.to_canonical();
        let name = match header {
            ForwardedHeader::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
            ForwardedHeader::Forwarded => header::FORWARDED,
        };
        let lines: Vec<&[u8]> = headers
            .get_all(name)
            .iter()
            .map(axum::http::HeaderValue::as_bytes)
            .collect();
        let is_comma = |byte: &u8| *byte == b',';
        let hops = lines.iter().rev().flat_map(|line| line.rsplit(is_comma));
        for hop in hops.take(MAX_HOPS) {
            if !self.contains(client) {
                break;
            }
            // A client's bytes further left spoil nothing of what the proxy wrote.
            let Ok(hop) = std::str::from_utf8(hop) else {
                break;
            };
            let said = match header {
                ForwardedHeader::XForwardedFor => address(hop.trim()),
                ForwardedHeader::Forwarded => forwarded_for(hop).and_then(address),
            };
            // Who does not say for whom it asks answers for it itself.
            let Some(said) = said else { break };
            client = said.to_canonical();
        }
        client
    }
}

/// The value of `for` in an element of `Forwarded`, without quotes.
fn forwarded_for(element: &str) -> Option<&str> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let value = value.trim();
        let unquoted = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'));
        name.trim()
            .eq_ignore_ascii_case("for")
            .then_some(unquoted.unwrap_or(value))
    })
}

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`.
fn address(text: &str) -> Option<IpAddr> {
    let bracketed = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    if let Ok(address) = bracketed.unwrap_or(text).parse() {
        return Some(address);
    }
    text.parse::<SocketAddr>().ok().map(|socket| socket.ip())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::{ForwardedHeader, TrustedProxies};

    #[test]
    fn a_header_counts_as_far_as_its_writers_are_trusted() {
        let networks = ["10.0.0.0/8", "fd00::/8", "192.0.2.1"].map(str::to_owned);
        let trusted = TrustedProxies::parse(&networks).expect("networks");
        let proxy = "10.0.0.1";
        for (peer, header, lines, expected) in [
            (
                proxy,
                "x-forwarded-for",
                &["203.0.113.7"][..],
                "203.0.113.7",
            ),
            (
                "::ffff:10.0.0.1",
                "x-forwarded-for",
                &["203.0.113.7"],
                "203.0.113.7",
            ),
            // Written by a client, then by the proxy.
            (
                proxy,
                "x-forwarded-for",
                &["1.1.1.1, 203.0.113.7"],
                "203.0.113.7",
            ),
            (
                proxy,
                "x-forwarded-for",
                &["1.1.1.1", "203.0.113.7"],
                "203.0.113.7",
            ),
            (
                proxy,
                "x-forwarded-for",
                &["1.1.1.1, 203.0.113.7, 192.0.2.1, 10.9.9.9"],
                "203.0.113.7",
            ),
            (proxy, "x-forwarded-for", &["2001:db8::7"], "2001:db8::7"),
            (
                proxy,
                "x-forwarded-for",
                &["203.0.113.7:4711"],
                "203.0.113.7",
            ),
            // Nobody that is trusted wrote it.
            (
                "203.0.113.9",
                "x-forwarded-for",
                &["1.1.1.1"],
                "203.0.113.9",
            ),
            // Nothing that can be believed.
            (proxy, "x-forwarded-for", &[], proxy),
            (proxy, "x-forwarded-for", &["unknown"], proxy),
            (proxy, "x-forwarded-for", &["1.1.1.1, "], proxy),
            (
                proxy,
                "x-forwarded-for",
                &["10.0.0.2, 10.0.0.3"],
                "10.0.0.2",
            ),
            // The other header is the client's own.
            (proxy, "forwarded", &["for=203.0.113.7"], "203.0.113.7"),
            (
                proxy,
                "forwarded",
                &["For=\"[2001:db8::7]:4711\";proto=https"],
                "2001:db8::7",
            ),
            (
                proxy,
                "forwarded",
                &["for=1.1.1.1, proto=https;for=203.0.113.7;by=10.0.0.1"],
                "203.0.113.7",
            ),
            (proxy, "forwarded", &["for=_hidden"], proxy),
            // Bytes that are no text, from a client.
            (
                proxy,
                "x-forwarded-for",
                &["\u{ff}, 203.0.113.7"],
                "203.0.113.7",
            ),
            (
                proxy,
                "forwarded",
                &["\u{ff}, for=203.0.113.7"],
                "203.0.113.7",
            ),
            (proxy, "x-forwarded-for", &["203.0.113.7, \u{ff}"], proxy),
        ] {
            let name = HeaderName::from_static(header);
            let mut headers = HeaderMap::new();
            for line in lines {
                // One byte each, as somebody may send them.
                let bytes: Vec<u8> = line.chars().map(|one| one as u8).collect();
                headers.append(&name, HeaderValue::from_bytes(&bytes).expect("a value"));
            }
            let kind = ForwardedHeader::parse(header).expect("a header");
            let other = match kind {
                ForwardedHeader::Forwarded => ("x-forwarded-for", "8.8.8.8"),
                ForwardedHeader::XForwardedFor => ("forwarded", "for=8.8.8.8"),
            };
            headers.append(other.0, HeaderValue::from_static(other.1));
            let client = trusted.client(peer.parse().expect("an address"), &headers, kind);
            assert_eq!(client.to_string(), expected, "{peer} {lines:?}");
        }
        assert_eq!(TrustedProxies::parse(&["10.0.0.0/33".to_owned()]), None);
        assert_eq!(TrustedProxies::parse(&["proxy".to_owned()]), None);
    }
}
