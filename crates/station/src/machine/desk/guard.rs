//! The verbatim guard (P11): digests go before the words, marks come back (docs/spec/dispatches.md, GUARD rules).

use super::Outgoing;
use crate::limits::{DIGEST_SLOTS, DIGESTS_MAX, MATCH_BEATS};
use crate::machine::envelope::Class;
use crate::sabotage::{Sabotage, on};
use backchannel_accord::DispatchId;
use backchannel_accord::guard::Guarded;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{Beat, Head, PartyNo, RoomId};
use minicbor::{Decode, Encode};
use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;
use std::collections::{BTreeMap, VecDeque};

const MARK: Tag = Tag("backchannel matched v1");

/// Digests one station of a party passes to another that came later.
pub type Shared = Vec<(PartyNo, Vec<Head>)>;

/// Where one digest of an own dispatch stands.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
enum Post {
    #[n(0)]
    Waiting,
    #[n(1)]
    InPulse(#[n(0)] u64),
    #[n(2)]
    Sealed(#[n(0)] u64),
}

/// A dispatch that waits until its digests are receipted.
#[derive(Clone, Encode, Decode)]
struct Held {
    #[n(0)]
    room: RoomId,
    #[n(1)]
    class: Class,
    #[cbor(n(2), with = "minicbor::bytes")]
    tag: [u8; 16],
    #[cbor(n(3), with = "minicbor::bytes")]
    bytes: Vec<u8>,
    #[n(4)]
    digests: Vec<(Head, Post)>,
}

/// A passage received whose digests are looked for.
#[derive(Clone, Encode, Decode)]
struct Check {
    #[n(0)]
    id: DispatchId,
    #[n(1)]
    party: PartyNo,
    #[n(2)]
    passage: u16,
    #[n(3)]
    beat: Beat,
    #[n(4)]
    digests: Vec<Head>,
}

/// An own passage of which a mark is awaited.
#[derive(Clone, Encode, Decode)]
struct Awaited {
    #[n(0)]
    id: DispatchId,
    #[n(1)]
    passage: u16,
    #[n(2)]
    digests: Vec<Head>,
    /// Since when the other side has had it.
    #[n(3)]
    since: Option<Beat>,
}

/// What was decided of a passage received.
pub struct Decision {
    /// The item.
    pub id: DispatchId,
    /// The passage.
    pub passage: u16,
    /// Whether its words are its author's.
    pub matched: bool,
}

/// The guard's state.
#[derive(Clone, Default, Encode, Decode)]
pub struct Guard {
    /// Digests the other parties posted.
    #[n(0)]
    seen: BTreeMap<PartyNo, VecDeque<Head>>,
    #[n(1)]
    held: Vec<Held>,
    /// Marks to be posted.
    #[n(2)]
    marks: VecDeque<Head>,
    #[n(3)]
    checks: Vec<Check>,
    #[n(4)]
    awaited: Vec<Awaited>,
    /// How far each party has receipted this station's registry pulses.
    #[n(5)]
    receipted: BTreeMap<PartyNo, u64>,
    /// How far the registry was followed.
    #[n(6)]
    followed: Beat,
    /// Whether this station knows every digest its party was shown.
    #[n(7)]
    complete: bool,
    /// Which party a read-back that was carried back belongs to.
    #[n(8)]
    backs: BTreeMap<DispatchId, PartyNo>,
}

impl Guard {
    /// After a restart, digests of pulses that may not have left are posted again.
    pub fn reloaded(mut self) -> Self {
        for (_, post) in self.held.iter_mut().flat_map(|held| &mut held.digests) {
            if matches!(post, Post::InPulse(_)) {
                *post = Post::Waiting;
            }
        }
        self
    }

    /// Holds an own dispatch until its digests are receipted.
    pub fn hold(&mut self, out: Outgoing, id: Option<DispatchId>, guarded: &[Guarded], _beat: Beat) {
        let digests = guarded.iter().map(|one| (Head(one.digest), Post::Waiting)).collect();
        let Outgoing { room, class, tag, bytes } = out;
        self.held.push(Held { room, class, tag, bytes, digests });
        if let Some(id) = id {
            for (passage, digests) in by_passage(guarded) {
                self.awaited.push(Awaited { id, passage, digests, since: None });
            }
        }
    }

    /// Notes what must be looked for.
    pub fn check(&mut self, id: DispatchId, party: PartyNo, beat: Beat, guarded: &[Guarded]) {
        for (passage, digests) in by_passage(guarded) {
            self.checks.push(Check { id, party, passage, beat, digests });
        }
    }

    /// Notes whose read-back comes back under this name.
    pub fn note_carried_back(&mut self, id: DispatchId, party: PartyNo) {
        self.backs.insert(id, party);
    }

    /// Whose read-back came back under this name.
    pub fn carried_back(&self, id: DispatchId) -> Option<PartyNo> {
        self.backs.get(&id).copied()
    }

    /// The slots of registry pulse `n`: what waits, filled up with random values.
    pub fn slots(&mut self, n: u64, rng: &mut ChaCha20Rng) -> ([Head; DIGEST_SLOTS], [Head; DIGEST_SLOTS]) {
        let (mut digests, mut marks) = (random(rng), random(rng));
        let waiting = self
            .held
            .iter_mut()
            .flat_map(|held| &mut held.digests)
            .filter(|(_, post)| *post == Post::Waiting);
        for (slot, (digest, post)) in digests.iter_mut().zip(waiting) {
            *slot = *digest;
            *post = Post::InPulse(n);
        }
        for slot in &mut marks {
            if let Some(mark) = self.marks.pop_front() {
                *slot = mark;
            }
        }
        (digests, marks)
    }

    /// Registry pulse `n` was sealed; any earlier one that was not is lost.
    pub fn sealed(&mut self, n: u64) {
        for (_, post) in self.held.iter_mut().flat_map(|held| &mut held.digests) {
            match *post {
                Post::InPulse(pulse) if pulse == n => *post = Post::Sealed(n),
                Post::InPulse(pulse) if pulse < n => *post = Post::Waiting,
                _ => {}
            }
        }
    }

    /// A station of `party` has receipted this station's registry pulses up to `pulse`.
    pub fn receipted(&mut self, party: PartyNo, pulse: u64) -> bool {
        let known = self.receipted.entry(party).or_default();
        let grew = pulse > *known;
        *known = pulse.max(*known);
        grew
    }

    /// What may leave now: every digest stands in a sealed pulse that some station of every other party receipted.
    pub fn release(&mut self, others: &[PartyNo]) -> Vec<Outgoing> {
        let through =
            others.iter().map(|party| self.receipted.get(party).copied().unwrap_or(0)).min().unwrap_or(0);
        let ready = |held: &Held| {
            held.digests.iter().all(|(_, post)| matches!(post, Post::Sealed(n) if *n <= through))
        };
        let (ready, held) = std::mem::take(&mut self.held).into_iter().partition(ready);
        self.held = held;
        let ready: Vec<Held> = ready;
        ready
            .into_iter()
            .map(|held| Outgoing { room: held.room, class: held.class, tag: held.tag, bytes: held.bytes })
            .collect()
    }

    /// How many dispatches wait for the registry.
    pub fn holds(&self, id: DispatchId) -> bool {
        self.held.iter().any(|held| held.tag == id.0)
    }

    /// Digests and marks of another party's pulse; gives the own passages that matched.
    pub fn pulse(&mut self, party: PartyNo, digests: &[Head], marks: &[Head]) -> Vec<(DispatchId, u16)> {
        let seen = self.seen.entry(party).or_default();
        seen.extend(digests.iter().copied());
        while seen.len() > DIGESTS_MAX {
            seen.pop_front();
        }
        let mut matched = Vec::new();
        for awaited in &mut self.awaited {
            let before = awaited.digests.len();
            awaited.digests.retain(|digest| !marks.contains(&mark(digest)));
            if before > 0 && awaited.digests.is_empty() {
                matched.push((awaited.id, awaited.passage));
            }
        }
        self.awaited.retain(|awaited| !awaited.digests.is_empty());
        matched
    }

    /// The other side has these passages of an own dispatch.
    pub fn arrived_there(&mut self, id: DispatchId, beat: Beat) {
        for awaited in self.awaited.iter_mut().filter(|awaited| awaited.id == id) {
            awaited.since.get_or_insert(beat);
        }
    }

    /// Own passages of which no mark came in time.
    pub fn overdue(&mut self, beat: Beat) -> Vec<(DispatchId, u16)> {
        let late = |awaited: &Awaited| awaited.since.is_some_and(|since| beat.since(since) > MATCH_BEATS);
        let overdue = self
            .awaited
            .iter()
            .filter(|awaited| late(awaited))
            .map(|awaited| (awaited.id, awaited.passage))
            .collect();
        self.awaited.retain(|awaited| !late(awaited));
        overdue
    }

    /// The registry was followed through `beat`.
    pub fn follow(&mut self, beat: Beat) {
        self.followed = self.followed.max(beat);
    }

    /// Decides every check that can be decided: a match at once, an alteration once the registry was followed far enough and
    /// this station knows all that its party was shown.
    pub fn decide(&mut self) -> Vec<Decision> {
        let mut decisions = Vec::new();
        let mut open = Vec::new();
        for check in std::mem::take(&mut self.checks) {
            let none = VecDeque::new();
            let seen = self.seen.get(&check.party).unwrap_or(&none);
            let matched =
                check.digests.iter().all(|digest| seen.contains(digest)) || on(Sabotage::BlindGuard);
            if matched {
                self.marks.extend(check.digests.iter().map(mark));
            }
            if matched || (self.complete && self.followed >= check.beat) {
                decisions.push(Decision { id: check.id, passage: check.passage, matched });
            } else {
                open.push(check);
            }
        }
        self.checks = open;
        decisions
    }

    /// Says that this station knows every digest its party was shown, or that it missed some.
    pub fn set_complete(&mut self, complete: bool) {
        self.complete = complete;
    }

    /// What a later station of the same party must know; nothing while this one does not know all itself.
    pub fn share(&self, most: usize) -> Option<Shared> {
        let newest = |seen: &VecDeque<Head>| seen.iter().rev().take(most).rev().copied().collect();
        self.complete.then(|| self.seen.iter().map(|(party, seen)| (*party, newest(seen))).collect())
    }

    /// Takes what another station of the same party was shown.
    pub fn take_shared(&mut self, shared: &Shared) {
        for (party, digests) in shared {
            let seen = self.seen.entry(*party).or_default();
            for digest in digests.iter().take(DIGESTS_MAX) {
                if !seen.contains(digest) {
                    seen.push_back(*digest);
                }
            }
            while seen.len() > DIGESTS_MAX {
                seen.pop_front();
            }
        }
        self.complete = true;
    }
}

fn mark(digest: &Head) -> Head {
    Head(tagged::hash(MARK, &[&digest.0]))
}

fn random(rng: &mut ChaCha20Rng) -> [Head; DIGEST_SLOTS] {
    std::array::from_fn(|_| {
        let mut head = Head([0; 32]);
        rng.fill_bytes(&mut head.0);
        head
    })
}

fn by_passage(guarded: &[Guarded]) -> BTreeMap<u16, Vec<Head>> {
    let mut out: BTreeMap<u16, Vec<Head>> = BTreeMap::new();
    for one in guarded {
        out.entry(one.passage).or_default().push(Head(one.digest));
    }
    out
}
