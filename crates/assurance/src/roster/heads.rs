//! Roster heads, and those of all sides together.

use backchannel_wire::ids::hex;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{ChannelId, PartyNo};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;
use std::fmt;

const HEADS: Tag = Tag("backchannel roster heads v1");

/// The hash of a roster version.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct RosterHead(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl RosterHead {
    /// The hash's bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Lower-case hexadecimal form.
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }
}

impl fmt::Debug for RosterHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RosterHead({})", self.to_hex().get(..8).unwrap_or_default())
    }
}

/// The roster heads of several sides as one station knows them, in order of party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct RosterHeads(#[n(0)] BTreeMap<PartyNo, RosterHead>);

impl RosterHeads {
    /// The head of one party's roster.
    pub fn get(&self, party: PartyNo) -> Option<RosterHead> {
        self.0.get(&party).copied()
    }

    /// Sets the head of one party's roster.
    pub fn set(&mut self, party: PartyNo, head: RosterHead) {
        self.0.insert(party, head);
    }

    /// Every party and its head, in order of party.
    pub fn iter(&self) -> impl Iterator<Item = (PartyNo, RosterHead)> {
        self.0.iter().map(|(party, head)| (*party, *head))
    }

    /// How many heads there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One hash over the channel, every party and its head.
    pub fn digest(&self, channel: ChannelId) -> [u8; 32] {
        let parties: Vec<[u8; 1]> = self.0.keys().map(|party| [party.0]).collect();
        let mut parts: Vec<&[u8]> = vec![&channel.0];
        for (party, head) in parties.iter().zip(self.0.values()) {
            parts.push(party);
            parts.push(head.as_bytes());
        }
        tagged::hash(HEADS, &parts)
    }
}

impl FromIterator<(PartyNo, RosterHead)> for RosterHeads {
    fn from_iter<I: IntoIterator<Item = (PartyNo, RosterHead)>>(heads: I) -> Self {
        Self(heads.into_iter().collect())
    }
}
