//! Delivers the items of one sender once and in order within each class (TRANSPORT-5).

use super::envelope::{CLASSES, Class, PerClass};
use crate::limits::EARLY_ITEMS_MAX;
use backchannel_wire::{Beat, StreamId};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;
use zeroize::{Zeroize, Zeroizing};

/// An item that came whole.
#[derive(Clone, Encode, Decode)]
pub struct Whole {
    /// The beat that completed it.
    #[n(0)]
    pub beat: Beat,
    /// Its bytes.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
    /// The beat from which it counts: of something sent again, the one that first sealed it, if this station could not read
    /// that (TRANSPORT-10).
    #[n(2)]
    pub dated: Beat,
}

impl Drop for Whole {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// A body whose lead came and whose fragments are awaited, or the other way round.
#[derive(Clone, Encode, Decode)]
pub struct Awaited {
    /// Key of the body.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// Hash of the body.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub hash: [u8; 32],
    /// Its class.
    #[n(2)]
    pub class: Class,
    /// Its number.
    #[n(3)]
    pub number: u64,
    /// Its length in bytes.
    #[n(4)]
    pub length: u32,
    /// Sent again: the beat that first sealed it whole.
    #[n(5)]
    pub first: Option<Beat>,
}

/// What was received of one sender's stream.
#[derive(Clone, Encode, Decode)]
pub struct Incoming {
    /// The stream.
    #[n(0)]
    pub stream: StreamId,
    /// For each class the number of items delivered without a gap.
    #[n(1)]
    pub through: PerClass,
    /// The number of the last pulse.
    #[n(2)]
    pub pulse: u64,
    /// Whether the sender said what need not be waited for, or the stream was followed from its first item.
    #[n(3)]
    started: bool,
    #[n(4)]
    early: Vec<BTreeMap<u64, Whole>>,
}

impl Incoming {
    /// A stream just met. `from_start` if its first item is to be waited for without a word of the sender.
    pub fn new(stream: StreamId, from_start: bool) -> Self {
        Self {
            stream,
            through: [0; CLASSES],
            pulse: 0,
            started: from_start,
            early: vec![BTreeMap::new(); CLASSES],
        }
    }

    /// Whether the stream's beginning is known, so that its items can be delivered and receipted.
    pub fn is_started(&self) -> bool {
        self.started
    }

    /// Whether an item was delivered or waits already.
    pub fn has(&self, class: Class, number: u64) -> bool {
        number <= self.through[class.index()] || self.early[class.index()].contains_key(&number)
    }

    /// Takes an item; duplicates and items too far ahead are dropped (the sender sends again).
    pub fn take(&mut self, class: Class, number: u64, whole: Whole) {
        let waiting = &mut self.early[class.index()];
        if number > self.through[class.index()] && waiting.len() < EARLY_ITEMS_MAX {
            waiting.entry(number).or_insert(whole);
        }
    }

    /// The sender says that nothing below these numbers will come.
    pub fn raise_floor(&mut self, below: &PerClass) {
        for class in Class::ALL {
            let at = class.index();
            self.through[at] = self.through[at].max(below[at]);
            self.early[at] = self.early[at].split_off(&self.through[at].saturating_add(1));
        }
        self.started = true;
    }

    /// The next item of a class, if it is its turn: none before the floor is known (TRANSPORT-8).
    pub fn next(&mut self, class: Class) -> Option<(u64, Whole)> {
        if !self.started {
            return None;
        }
        let at = class.index();
        let whole = self.early[at].remove(&self.through[at].saturating_add(1))?;
        self.through[at] = self.through[at].saturating_add(1);
        Some((self.through[at], whole))
    }
}

/// Bodies and leads that wait for each other.
#[derive(Clone, Default, Encode, Decode)]
pub struct Waiting {
    #[n(0)]
    leads: BTreeMap<backchannel_wire::MessageId, Awaited>,
    #[n(1)]
    bodies: BTreeMap<backchannel_wire::MessageId, (Beat, minicbor::bytes::ByteVec)>,
}

impl Waiting {
    /// A body came whole; gives the item if its lead came before.
    pub fn body(
        &mut self,
        id: backchannel_wire::MessageId,
        bytes: Vec<u8>,
        beat: Beat,
    ) -> Option<(Awaited, Zeroizing<Vec<u8>>)> {
        if let Some(lead) = self.leads.get(&id) {
            let plain = checked(lead, &bytes)?;
            return self.leads.remove(&id).map(|lead| (lead, plain));
        }
        if self.bodies.len() >= crate::limits::PARTIAL_MESSAGES_MAX {
            let oldest = self.bodies.iter().min_by_key(|(_, (beat, _))| *beat).map(|(id, _)| *id);
            oldest.and_then(|id| self.bodies.remove(&id));
        }
        self.bodies.insert(id, (beat, bytes.into()));
        None
    }

    /// A lead came; gives the item if its body is whole already.
    pub fn lead(
        &mut self,
        id: backchannel_wire::MessageId,
        lead: Awaited,
    ) -> Option<(Awaited, Zeroizing<Vec<u8>>)> {
        if let Some((_, bytes)) = self.bodies.remove(&id)
            && let Some(plain) = checked(&lead, &bytes)
        {
            return Some((lead, plain));
        }
        if self.leads.len() >= EARLY_ITEMS_MAX {
            self.leads.pop_first();
        }
        self.leads.insert(id, lead);
        None
    }
}

/// A body is used only if it is the one its lead names (TRANSPORT-3).
fn checked(lead: &Awaited, bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let right = bytes.len() == lead.length as usize && super::body::hash(bytes) == lead.hash;
    if right { super::body::open(&lead.key, bytes) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(n: u64) -> Whole {
        Whole { beat: Beat(n), bytes: vec![n as u8], dated: Beat(n) }
    }

    // TRANSPORT-5
    #[test]
    fn items_come_once_and_in_order_whatever_the_arrival() {
        let mut incoming = Incoming::new(StreamId([1; 8]), true);
        for number in [3, 1, 1, 3] {
            incoming.take(Class::Flash, number, whole(number));
        }
        let mut seen = Vec::new();
        while let Some((number, _)) = incoming.next(Class::Flash) {
            seen.push(number);
        }
        incoming.take(Class::Flash, 1, whole(1));
        incoming.take(Class::Flash, 2, whole(2));
        while let Some((number, _)) = incoming.next(Class::Flash) {
            seen.push(number);
        }
        assert_eq!(seen, [1, 2, 3]);
    }

    // TRANSPORT-8
    #[test]
    fn a_newcomer_waits_for_the_floor() {
        let mut incoming = Incoming::new(StreamId([1; 8]), false);
        incoming.take(Class::Routine, 8, whole(8));
        assert!(incoming.next(Class::Routine).is_none());
        incoming.raise_floor(&[0, 0, 0, 0, 0, 7]);
        assert_eq!(incoming.next(Class::Routine).map(|(number, _)| number), Some(8));
    }

    // TRANSPORT-3
    #[test]
    fn a_body_is_used_only_with_the_hash_and_length_of_its_lead() {
        use crate::machine::body::{SealedBody, hash};
        use rand_core::SeedableRng;
        let sealed = SealedBody::new(&[7; 3000], &mut rand_chacha::ChaCha20Rng::seed_from_u64(1));
        let length = sealed.bytes.len() as u32;
        let lead = Awaited {
            key: *sealed.key,
            hash: hash(&sealed.bytes),
            class: Class::Routine,
            number: 1,
            length,
            first: None,
        };
        let came = |lead: &Awaited, lead_first: bool| {
            let mut waiting = Waiting::default();
            let (lead, bytes) = (lead.clone(), sealed.bytes.clone());
            let (first, second) = if lead_first {
                (waiting.lead(sealed.message, lead), waiting.body(sealed.message, bytes, Beat(1)))
            } else {
                (waiting.body(sealed.message, bytes, Beat(1)), waiting.lead(sealed.message, lead))
            };
            assert!(first.is_none());
            second.is_some()
        };
        for lead_first in [true, false] {
            assert!(came(&lead, lead_first));
            assert!(!came(&Awaited { hash: [0; 32], ..lead.clone() }, lead_first));
            assert!(!came(&Awaited { length: length + 1, ..lead.clone() }, lead_first));
        }
    }
}
