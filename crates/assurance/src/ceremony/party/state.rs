//! What of a party's part in a try is stored. It holds no nonce, no partial and no key.

use super::Setup;
use crate::ceremony::contribution::Try;
use crate::ceremony::ids::{CeremonyId, Salt};
use crate::ceremony::message::{Destruction, Refusal, Release, Why};
use crate::ceremony::terms::Instrument;
use crate::joint::{NoncePublic, UsedNonces};
use backchannel_wire::{Beat, MemberId, PartyNo, UtcMs};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// Where a try stands at one station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Phase {
    /// Contributions are being committed to.
    #[n(0)]
    Committing,
    /// Contributions are being opened.
    #[n(1)]
    Opening,
    /// Signers consent, or post their nonces.
    #[n(2)]
    Preparing,
    /// Signers make their partials (joint form).
    #[n(3)]
    Signing,
    /// The party stands ready and waits for the others (joint form, heads).
    #[n(4)]
    Readying,
    /// This station gave what it had to give, and watches.
    #[n(5)]
    Given,
    /// The deposit is on its way or held.
    #[n(6)]
    Deposited,
    /// The deposit was asked back.
    #[n(7)]
    Withdrawing,
    /// This station has no more part, and watches.
    #[n(8)]
    Stopped(#[n(0)] Stop),
    /// A release that holds is here; acknowledgements are counted.
    #[n(9)]
    Released,
    /// The registry has been seen through, or everybody acknowledged.
    #[n(10)]
    Over(#[n(0)] Outcome),
}

/// Why a station has no more part in a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Stop {
    /// It ended before the deposit.
    #[n(0)]
    Ended(#[n(0)] Why),
    /// The depositary gave the deposit back.
    #[n(1)]
    Withdrawn,
    /// The depositary destroyed everything.
    #[n(2)]
    Destroyed(#[n(0)] Destruction),
    /// The depositary refused the deposit.
    #[n(3)]
    Refused(#[n(0)] Refusal),
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Outcome {
    /// Every party's acknowledgement was sealed in time; the last in this beat.
    #[n(0)]
    InEffect(#[n(0)] Beat),
    /// It was released, but not acknowledged by all in time.
    #[n(1)]
    SignedNotInEffect,
    /// Nothing was released.
    #[n(2)]
    Void,
}

#[derive(Clone, Debug, Encode, Decode)]
pub(super) struct State {
    #[n(0)]
    pub me: (PartyNo, MemberId),
    #[n(1)]
    pub instrument: Instrument,
    #[n(2)]
    pub number: u32,
    #[n(3)]
    pub limit: UtcMs,
    #[n(4)]
    pub heads: BTreeMap<PartyNo, MemberId>,
    /// The beat by which the deposit must be made.
    #[n(5)]
    pub deadline: Beat,
    #[n(6)]
    pub phase: Phase,
    #[n(7)]
    pub agreed: Option<(CeremonyId, Salt)>,
    /// All nonces in order, once all are known: what a release is checked against.
    #[n(8)]
    pub nonces: Vec<NoncePublic>,
    #[n(9)]
    pub used: UsedNonces,
    #[n(10)]
    pub release: Option<Release>,
    #[n(11)]
    pub acknowledged: BTreeMap<PartyNo, Beat>,
    #[n(12)]
    pub generation: u64,
}

impl State {
    pub(super) fn begin(setup: Setup, now: Beat) -> Self {
        Self {
            me: (setup.me.party, setup.me.member),
            number: setup.number,
            limit: setup.limit,
            heads: setup.heads,
            deadline: now.plus(u64::from(setup.try_beats)),
            phase: Phase::Committing,
            agreed: None,
            nonces: Vec::new(),
            used: UsedNonces::default(),
            release: None,
            acknowledged: BTreeMap::new(),
            generation: 0,
            instrument: setup.instrument,
        }
    }

    /// Whether this station handed the deposit in, as far as the phase tells.
    pub(super) fn handed_in(&self) -> bool {
        match self.phase {
            Phase::Deposited | Phase::Withdrawing | Phase::Released => true,
            Phase::Stopped(stop) => !matches!(stop, Stop::Ended(_)),
            _ => self.release.is_some(),
        }
    }

    pub(super) fn of(&self) -> Try {
        Try { instrument: self.instrument.digest(), number: self.number, limit: self.limit }
    }
}
