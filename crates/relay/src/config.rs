//! relay.toml: every bound an operator may change, checked at start with errors that name the line.

use crate::machine::{OperatorHash, Settings};
use serde::Deserialize;
use std::net::SocketAddr;
use std::ops::{Range, RangeInclusive};
use toml::Spanned;

/// What `relay init` writes.
pub const DEFAULT_TOML: &str = include_str!("relay.toml");

/// A configuration that has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where the relay listens.
    pub listen: SocketAddr,
    /// Beats to wait after a start before missed beats are sealed.
    pub restart_grace_beats: u64,
    /// Hours for which sealed beats are kept.
    pub retention_hours: u64,
    /// Channels the relay carries.
    pub channels: usize,
    /// Connections in total.
    pub connections: usize,
    /// Connections of one address.
    pub connections_per_address: usize,
    /// Seconds for TLS, WebSocket and the first message together.
    pub handshake_seconds: u64,
    /// Messages waiting for a slow reader before it is closed.
    pub write_queue_frames: usize,
    /// Seconds one message may take to leave.
    pub write_seconds: u64,
    /// Lobby requests of one address a minute.
    pub lobby_per_minute_per_address: u32,
    /// Lobby requests of one seat a minute.
    pub lobby_per_minute_per_seat: u32,
    /// Hours for which a blob waits.
    pub lobby_hours: u64,
    /// Wrong tokens from one address before it is refused.
    pub wrong_tokens_per_address: u32,
    /// Seconds for which it is refused.
    pub wrong_token_pause_seconds: u64,
}

/// Why relay.toml was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("relay.toml, line {line}: {problem}")]
pub struct ConfigError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Spanned<String>,
    beats: Beats,
    connections: Connections,
    lobby: Lobby,
    abuse: Abuse,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Beats {
    channels: Spanned<u64>,
    retention_hours: Spanned<u64>,
    restart_grace_beats: Spanned<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Connections {
    total: Spanned<u64>,
    per_address: Spanned<u64>,
    handshake_seconds: Spanned<u64>,
    write_queue_frames: Spanned<u64>,
    write_seconds: Spanned<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lobby {
    per_minute_per_address: Spanned<u64>,
    per_minute_per_seat: Spanned<u64>,
    hours: Spanned<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abuse {
    wrong_tokens_per_address: Spanned<u64>,
    pause_seconds: Spanned<u64>,
}

impl Config {
    /// Reads and checks the text of a relay.toml.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let file: File = toml::from_str(text).map_err(|error| ConfigError {
            line: line_of(text, error.span()),
            problem: error.message().to_owned(),
        })?;
        let check = Check(text);
        let bound = |value: &Spanned<u64>, name, range| check.bound(value, name, range);
        Ok(Self {
            listen: check.address(&file.listen)?,
            restart_grace_beats: bound(&file.beats.restart_grace_beats, "restart_grace_beats", 0..=12)?,
            retention_hours: bound(&file.beats.retention_hours, "retention_hours", 1..=8_760)?,
            channels: check.count(&file.beats.channels, "channels", 1..=100_000)?,
            connections: check.count(&file.connections.total, "total", 1..=100_000)?,
            connections_per_address: check.count(
                &file.connections.per_address,
                "per_address",
                1..=100_000,
            )?,
            handshake_seconds: bound(&file.connections.handshake_seconds, "handshake_seconds", 1..=60)?,
            write_queue_frames: check.count(
                &file.connections.write_queue_frames,
                "write_queue_frames",
                1..=64,
            )?,
            write_seconds: bound(&file.connections.write_seconds, "write_seconds", 1..=600)?,
            lobby_per_minute_per_address: check
                .rate(&file.lobby.per_minute_per_address, "per_minute_per_address")?,
            lobby_per_minute_per_seat: check.rate(&file.lobby.per_minute_per_seat, "per_minute_per_seat")?,
            lobby_hours: bound(&file.lobby.hours, "hours", 1..=720)?,
            wrong_tokens_per_address: check
                .rate(&file.abuse.wrong_tokens_per_address, "wrong_tokens_per_address")?,
            wrong_token_pause_seconds: bound(&file.abuse.pause_seconds, "pause_seconds", 1..=86_400)?,
        })
    }

    /// What of it the machine needs.
    pub fn settings(&self, operator: OperatorHash) -> Settings {
        const HOUR_MS: u64 = 60 * 60 * 1000;
        Settings {
            operator,
            restart_grace_beats: self.restart_grace_beats,
            retention_ms: self.retention_hours.saturating_mul(HOUR_MS),
            channels_max: self.channels,
            lobby_term_ms: self.lobby_hours.saturating_mul(HOUR_MS),
            lobby_per_minute: self.lobby_per_minute_per_seat,
        }
    }
}

struct Check<'a>(&'a str);

impl Check<'_> {
    fn refuse<T>(&self, at: &Spanned<T>, problem: String) -> ConfigError {
        ConfigError { line: line_of(self.0, Some(at.span())), problem }
    }

    fn bound(
        &self,
        value: &Spanned<u64>,
        name: &str,
        range: RangeInclusive<u64>,
    ) -> Result<u64, ConfigError> {
        let (least, most) = (range.start(), range.end());
        match *value.get_ref() {
            n if range.contains(&n) => Ok(n),
            n => Err(self.refuse(value, format!("{name} is {n}; it must be from {least} to {most}"))),
        }
    }

    fn count(
        &self,
        value: &Spanned<u64>,
        name: &str,
        range: RangeInclusive<u64>,
    ) -> Result<usize, ConfigError> {
        let n = self.bound(value, name, range)?;
        usize::try_from(n)
            .map_err(|_| self.refuse(value, format!("{name} is {n}, too many for this machine")))
    }

    fn rate(&self, value: &Spanned<u64>, name: &str) -> Result<u32, ConfigError> {
        let n = self.bound(value, name, 1..=1_000_000)?;
        u32::try_from(n).map_err(|_| self.refuse(value, format!("{name} is {n}, too many")))
    }

    fn address(&self, value: &Spanned<String>) -> Result<SocketAddr, ConfigError> {
        value.get_ref().parse().map_err(|_| {
            let problem = format!("listen is \"{}\"; it must be an address and a port", value.get_ref());
            self.refuse(value, problem)
        })
    }
}

fn line_of(text: &str, span: Option<Range<usize>>) -> usize {
    let end = span.map_or(0, |span| span.start).min(text.len());
    text.bytes().take(end).filter(|byte| *byte == b'\n').count().saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(from: &str, to: &str) -> ConfigError {
        assert!(DEFAULT_TOML.contains(from), "the default has no {from}");
        Config::parse(&DEFAULT_TOML.replace(from, to)).unwrap_err()
    }

    fn line(what: &str) -> usize {
        DEFAULT_TOML.lines().position(|line| line.starts_with(what)).unwrap() + 1
    }

    #[test]
    fn what_init_writes_is_accepted() {
        assert!(Config::parse(DEFAULT_TOML).is_ok());
    }

    #[test]
    fn errors_name_the_line() {
        let out_of_range = refused("retention_hours = 168", "retention_hours = 0");
        assert_eq!(out_of_range.line, line("retention_hours"));
        assert!(out_of_range.to_string().contains("from 1 to 8760"), "{out_of_range}");
        assert_eq!(refused("write_seconds = 20", "write_seconds = \"x\"").line, line("write_seconds"));
        assert_eq!(refused("write_seconds = 20", "write_secondz = 20").line, line("write_seconds"));
        assert_eq!(refused("\"0.0.0.0:7443\"", "\"nowhere\"").line, line("listen"));
        assert_eq!(refused("total = 4096", "total = = 4").line, line("total"));
        assert_eq!(refused("total = 4096", "total = -1").line, line("total"));
    }

    #[test]
    fn a_missing_key_is_refused() {
        assert!(refused("write_seconds = 20", "").to_string().contains("write_seconds"));
    }

    #[test]
    fn every_key_of_the_default_is_commented() {
        let lines: Vec<_> = DEFAULT_TOML.lines().collect();
        let keys =
            lines.iter().enumerate().filter(|(_, line)| line.contains(" = ") && !line.starts_with('#'));
        for (at, line) in keys {
            assert!(lines[at - 1].starts_with("# "), "{line} has no comment");
        }
    }
}
