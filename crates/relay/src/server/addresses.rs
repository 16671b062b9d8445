//! What one network address may cost the relay.

use crate::config::Config;
use crate::limits::{ADDRESSES_MAX, MINUTE_MS};
use crate::rate::Rate;
use backchannel_wire::UtcMs;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts connections, lobby requests and wrong tokens by address.
pub(super) struct Addresses {
    most: usize,
    counts: Mutex<Counts>,
}

struct Counts {
    open: BTreeMap<IpAddr, usize>,
    lobby: Rate<IpAddr>,
    wrong: Rate<IpAddr>,
}

/// A connection's place among those of its address; given back when dropped.
pub(super) struct Guest {
    addresses: Arc<Addresses>,
    pub address: IpAddr,
}

impl Addresses {
    pub fn new(config: &Config) -> Self {
        let pause_ms = config.wrong_token_pause_seconds.saturating_mul(1000);
        let counts = Counts {
            open: BTreeMap::new(),
            lobby: Rate::new(config.lobby_per_minute_per_address, MINUTE_MS, ADDRESSES_MAX),
            wrong: Rate::new(config.wrong_tokens_per_address, pause_ms, ADDRESSES_MAX),
        };
        Self { most: config.connections_per_address, counts: Mutex::new(counts) }
    }

    /// Takes a place for a connection, unless the address has too many or guesses tokens.
    pub fn admit(self: &Arc<Self>, address: IpAddr, now: UtcMs) -> Option<Guest> {
        let address = network_of(address);
        let mut counts = self.counts();
        if counts.wrong.check(&address, now).is_err() {
            return None;
        }
        let open = counts.open.entry(address).or_insert(0);
        if *open >= self.most {
            return None;
        }
        *open = open.saturating_add(1);
        Some(Guest { addresses: self.clone(), address })
    }

    /// Counts a lobby request, or says how long to wait.
    pub fn lobby(&self, address: IpAddr, now: UtcMs) -> Result<(), u64> {
        self.counts().lobby.take(&address, now)
    }

    pub fn wrong_token(&self, address: IpAddr, now: UtcMs) {
        let _ = self.counts().wrong.take(&address, now);
    }

    /// The counts stay sound if a thread died holding them: each change is one step.
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut counts = self.addresses.counts();
        if let Some(open) = counts.open.get_mut(&self.address) {
            *open = open.saturating_sub(1);
            if *open == 0 {
                counts.open.remove(&self.address);
            }
        }
    }
}

/// One customer has a whole /64 of IPv6 addresses: it counts as one.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::DEFAULT_TOML;

    fn addresses() -> Arc<Addresses> {
        let config = Config::parse(DEFAULT_TOML).unwrap();
        let config = Config { connections_per_address: 2, wrong_tokens_per_address: 2, ..config };
        Arc::new(Addresses::new(&config))
    }

    #[test]
    fn places_are_counted_by_network_and_given_back() {
        let (addresses, now) = (addresses(), UtcMs(0));
        let near: IpAddr = "2001:db8::1".parse().unwrap();
        let neighbour: IpAddr = "2001:db8::2".parse().unwrap();
        let far: IpAddr = "2001:db8:0:1::1".parse().unwrap();
        let first = addresses.admit(near, now).unwrap();
        let _second = addresses.admit(neighbour, now).unwrap();
        assert!(addresses.admit(near, now).is_none());
        assert!(addresses.admit(far, now).is_some());
        drop(first);
        assert!(addresses.admit(near, now).is_some());
    }

    #[test]
    fn who_guesses_tokens_is_refused_for_a_while() {
        let addresses = addresses();
        let address: IpAddr = "192.0.2.1".parse().unwrap();
        addresses.wrong_token(address, UtcMs(0));
        assert!(addresses.admit(address, UtcMs(1)).is_some());
        addresses.wrong_token(address, UtcMs(1));
        assert!(addresses.admit(address, UtcMs(2)).is_none());
        assert!(addresses.admit(address, UtcMs(300_000)).is_some());
    }
}
