//! From text to meaning: durations, sizes, addresses, words. Each says what would be allowed.
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use std::{net::IpAddr, time::Duration};

/// How many; 0 = no limit.
pub fn count(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "a whole number; 0 = no limit")
}

/// A number and a unit: `30s`, `15m`, `12h`, `14d`.
pub fn duration(text: &str) -> Result<Duration, &'static str> {
    const ALLOWED: &str = "a whole number and s, m, h or d, such as 14d; at least 1s, at most 3650d";
    let (digits, unit) = split_number(text).ok_or(ALLOWED)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return Err(ALLOWED),
    };
    let total = digits.checked_mul(seconds).filter(|total| (1..=3_650 * 86_400).contains(total)).ok_or(ALLOWED)?;
    Ok(Duration::from_secs(total))
}

/// A number of bytes: `20 MiB`, `512k`, `20971520`.
pub fn size(text: &str) -> Result<u64, &'static str> {
    const ALLOWED: &str = "a whole number and KiB, MiB or GiB, such as 20 MiB; from 1 KiB to 1 GiB";
    let (digits, unit) = split_number(text).ok_or(ALLOWED)?;
    let factor = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return Err(ALLOWED),
    };
    digits.checked_mul(factor).filter(|bytes| (1 << 10..=1 << 30).contains(bytes)).ok_or(ALLOWED)
}

fn split_number(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, text[end..].trim()))
}

/// Addresses of a network: one, or all that share the first bits (`10.0.0.0/8`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// `192.0.2.1`, `10.0.0.0/8`, `::1`, `fd00::/8`.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { address, bits })
    }

    /// Whether the address is one of it. An IPv4 address that is written as IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let shared = |a: u128, b: u128, width: u8| {
            let shift = u32::from(width - self.bits);
            a.checked_shr(shift).unwrap_or(0) == b.checked_shr(shift).unwrap_or(0)
        };
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => shared(own.to_bits().into(), other.to_bits().into(), 32),
            (IpAddr::V6(own), IpAddr::V6(other)) => shared(own.to_bits(), other.to_bits(), 128),
            _ => false,
        }
    }
}

/// A list of networks, divided by commas.
pub fn networks(text: &str) -> Result<Vec<Network>, &'static str> {
    text.split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .map(Network::parse)
        .collect::<Option<_>>()
        .ok_or("addresses or networks divided by commas, such as 127.0.0.1,10.0.0.0/8")
}

/// How browsers reach the program: scheme, host and perhaps a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// Whether the scheme is https.
    pub https: bool,
    /// Host, with the port where it is not the scheme's own.
    pub authority: String,
}

impl PublicUrl {
    /// `https://money.example.org`: no path, no user, no query.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const ALLOWED: &str = "http:// or https://, a host and perhaps a port, such as https://money.example.org";
        let lower = text.to_ascii_lowercase();
        let (https, rest) = match (lower.strip_prefix("https://"), lower.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Err(ALLOWED),
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = split_port(authority);
        let host_fine = !host.is_empty()
            && if let Some(v6) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
                v6.parse::<std::net::Ipv6Addr>().is_ok()
            } else {
                host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
            };
        let port: Option<u16> = port.map(str::parse).transpose().map_err(|_| ALLOWED)?;
        if !host_fine || port == Some(0) {
            return Err(ALLOWED);
        }
        let own = if https { 443 } else { 80 };
        let authority = match port {
            Some(port) if port != own => format!("{host}:{port}"),
            _ => host.to_owned(),
        };
        Ok(Self { https, authority })
    }

    /// As browsers write it in `Origin`.
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.https { "https" } else { "http" }, self.authority)
    }
}

/// Host and port of an authority; the colons of an IPv6 address are none.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// What MongoDB takes for the name of a database.
pub(crate) fn database_name(text: &str) -> Result<String, &'static str> {
    let fits =
        (1..=63).contains(&text.len()) && !text.contains(|c: char| c.is_control() || "/\\. \"$*<>:|?".contains(c));
    if fits { Ok(text.to_owned()) } else { Err("1 to 63 bytes without / \\ . $ * < > : | ? quotes and spaces") }
}

/// 32 bytes in base64, with or without padding.
pub(super) fn key(text: &str) -> Option<[u8; 32]> {
    let text = text.trim().trim_end_matches('=');
    STANDARD_NO_PAD.decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (text, seconds) in [("30s", 30), ("15m", 900), ("12h", 43_200), ("14d", 1_209_600), ("14 d", 1_209_600)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "14", "d", "-1d", "0s", "1w", "4000d", "99999999999999999999d", "1.5h"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes() {
        for (text, bytes) in
            [("20 MiB", 20 << 20), ("20MB", 20 << 20), ("512k", 512 << 10), ("1048576", 1 << 20), ("1G", 1 << 30)]
        {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "MiB", "1", "2 GiB", "20 MiBs", "-1", "18446744073709551615 GiB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn networks_hold_their_addresses() {
        let holds = |network: &str, address: &str| Network::parse(network).unwrap().contains(address.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.255.1.2") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("127.0.0.1", "127.0.0.1") && !holds("127.0.0.1", "127.0.0.2"));
        assert!(holds("127.0.0.1", "::ffff:127.0.0.1") && holds("0.0.0.0/0", "8.8.8.8"));
        assert!(holds("fd00::/8", "fd12::1") && !holds("fd00::/8", "::1") && holds("::/0", "::1"));
        assert_eq!(networks("127.0.0.1, 10.0.0.0/8,").map(|list| list.len()), Ok(2));
        assert!(networks("localhost").is_err() && networks("10.0.0.0/33").is_err());
    }

    #[test]
    fn public_urls_become_origins() {
        for (text, origin) in [
            ("http://localhost:3000", "http://localhost:3000"),
            ("https://Money.example.org/", "https://money.example.org"),
            ("https://money.example.org:443", "https://money.example.org"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(PublicUrl::parse(text).map(|url| url.origin()), Ok(origin.to_owned()), "{text}");
        }
        for text in [
            "",
            "localhost:3000",
            "ftp://x",
            "https://",
            "https://a/b",
            "https://u@a",
            "https://a?b",
            "http://a:0",
            "http://a:99999",
            "http://a b",
        ] {
            assert!(PublicUrl::parse(text).is_err(), "{text}");
        }
    }
}
