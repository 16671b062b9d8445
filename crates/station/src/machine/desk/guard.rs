//! The state of the verbatim guard (docs/spec/desk.md, REG rules): what this station posts in the registry, what it
//! waits for there, and which passages received are still to be judged. It holds digests only, so that it goes on while
//! the records are locked.

use crate::limits::{CHECKS_MAX, DIGEST_SLOTS, OWN_GUARDED_MAX};
use backchannel_accord::DispatchId;
use backchannel_accord::guard::Guarded;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{Beat, ChannelId, Head, PartyNo, RoomId};
use minicbor::{Decode, Encode};
use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;
use std::collections::VecDeque;

/// The mark of a language version that arrived unaltered (REG-3).
pub(super) fn mark_of(digest: &[u8; 32]) -> Head {
    Head(tagged::hash(Tag("backchannel matched v1"), &[digest]))
}

/// A digest posted once more, in a form that nobody who does not know it can tell from another (REG-5).
pub(super) fn again_of(digest: &[u8; 32]) -> [u8; 32] {
    tagged::hash(Tag("backchannel verbatim again v1"), &[digest])
}

/// Says that every digest of a dispatch was posted again before (REG-5).
pub(super) fn closing_of(channel: ChannelId, party: PartyNo, dispatch: DispatchId) -> [u8; 32] {
    tagged::hash(Tag("backchannel verbatim all v1"), &[&channel.0, &[party.0], &dispatch.0])
}

/// What a slot is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
enum Use {
    /// A digest of an item that waits to leave.
    #[n(0)]
    Digest,
    /// A digest of an item that was conveyed, for stations that did not see it the first time.
    #[n(1)]
    Again,
    /// The end of those.
    #[n(2)]
    Closing,
    /// A mark.
    #[n(3)]
    Mark,
}

/// How far a posting has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
enum Standing {
    #[n(0)]
    Queued,
    /// In the pulse of this number, which is not known to be sealed.
    #[n(1)]
    Built(#[n(0)] u64),
    /// In the sealed pulse of this number.
    #[n(2)]
    Sealed(#[n(0)] u64),
}

#[derive(Clone, Encode, Decode)]
struct Post {
    #[n(0)]
    head: Head,
    #[n(1)]
    what: Use,
    #[n(2)]
    id: DispatchId,
    #[n(3)]
    standing: Standing,
    /// The parties that have it.
    #[n(4)]
    by: Vec<PartyNo>,
}

#[derive(Clone, Encode, Decode)]
struct OwnDigest {
    #[n(0)]
    passage: u16,
    #[cbor(n(1), with = "minicbor::bytes")]
    digest: [u8; 32],
    #[n(2)]
    mark: Head,
    #[n(3)]
    matched: bool,
}

/// A guarded item of this side.
#[derive(Clone, Encode, Decode)]
struct Own {
    #[n(0)]
    id: DispatchId,
    #[n(1)]
    digests: Vec<OwnDigest>,
    /// The beat through which the registry must be followed before a missing mark is told; never again once it was.
    #[n(2)]
    deadline: Option<Beat>,
}

/// A passage received whose words are to be judged.
#[derive(Clone, Encode, Decode)]
pub(super) struct Check {
    /// The item to name.
    #[n(0)]
    pub(super) id: DispatchId,
    /// The number of the passage.
    #[n(1)]
    pub(super) passage: u16,
    /// The side whose words they are said to be.
    #[n(2)]
    pub(super) party: PartyNo,
    /// That side's dispatch or read-back.
    #[n(3)]
    pub(super) of: DispatchId,
    /// The digests of its language versions.
    #[n(4)]
    pub(super) digests: Vec<Head>,
    /// The room in which it came.
    #[n(5)]
    pub(super) room: RoomId,
    /// The beat in which it came.
    #[n(6)]
    pub(super) beat: Beat,
}

/// The state that is kept beside the records.
#[derive(Clone, Default, Encode, Decode)]
pub(super) struct Guard {
    /// The first beat of the registry that was followed, without a gap since.
    #[n(0)]
    pub(super) since: Option<Beat>,
    /// Whether no digest of an item that left its author can have been missed (REG-4).
    #[n(1)]
    pub(super) complete: bool,
    /// The number of the last page of digests.
    #[n(2)]
    pub(super) last_page: u64,
    /// Parties of which a station has receipted a pulse of this one.
    #[n(3)]
    present: Vec<PartyNo>,
    #[n(4)]
    posts: VecDeque<Post>,
    /// Own items that wait for the registry, in order.
    #[n(5)]
    pub(super) waiting: Vec<DispatchId>,
    #[n(6)]
    own: VecDeque<Own>,
    #[n(7)]
    pub(super) checks: VecDeque<Check>,
    /// The other parties.
    #[n(8)]
    pub(super) others: Vec<PartyNo>,
}

impl Guard {
    /// The guard of a new station.
    pub(super) fn new(complete: bool) -> Self {
        Self { complete, ..Self::default() }
    }

    /// The registry is followed anew, and what came before may have been missed: pulses count from the start.
    pub(super) fn anew(&mut self, complete: bool) {
        self.since = None;
        self.complete = complete;
        self.present.clear();
        for post in &mut self.posts {
            (post.standing, post.by) = (Standing::Queued, Vec::new());
        }
    }

    /// Follows a guarded item of this side; `wait` says that it leaves only once its digests are in the registry.
    pub(super) fn follow(&mut self, id: DispatchId, guarded: &[Guarded], wait: bool) {
        if self.own.iter().any(|own| own.id == id) {
            return;
        }
        if self.own.len() >= OWN_GUARDED_MAX {
            let oldest = self.own.iter().position(|own| !self.waiting.contains(&own.id));
            oldest.and_then(|at| self.own.remove(at));
        }
        let digest = |one: &Guarded| OwnDigest {
            passage: one.passage,
            digest: one.digest,
            mark: mark_of(&one.digest),
            matched: false,
        };
        self.own.push_back(Own { id, digests: guarded.iter().map(digest).collect(), deadline: None });
        if wait {
            self.waiting.push(id);
            for one in guarded {
                self.post(Head(one.digest), Use::Digest, id);
            }
        }
    }

    fn post(&mut self, head: Head, what: Use, id: DispatchId) {
        if !self.posts.iter().any(|post| post.head == head) {
            self.posts.push_back(Post { head, what, id, standing: Standing::Queued, by: Vec::new() });
        }
    }

    /// How many postings wait.
    pub(super) fn queue(&self) -> usize {
        self.posts.len()
    }

    /// Queues the marks of a passage that matched.
    pub(super) fn mark(&mut self, check: &Check) {
        for digest in &check.digests {
            self.post(mark_of(&digest.0), Use::Mark, check.id);
        }
    }

    /// The intermediary says that an own item was received on the other side: marks are awaited until `deadline`
    /// (REG-6), and its digests are posted once more (REG-5) the first time, or if `again` is set.
    pub(super) fn received(&mut self, id: DispatchId, deadline: Beat, closing: [u8; 32], again: bool) {
        let Some(own) = self.own.iter_mut().find(|own| own.id == id) else { return };
        let first = own.deadline.is_none();
        own.deadline.get_or_insert(deadline);
        if !(first || again) {
            return;
        }
        let heads: Vec<Head> = own.digests.iter().map(|one| Head(again_of(&one.digest))).collect();
        for head in heads {
            self.post(head, Use::Again, id);
        }
        self.post(Head(closing), Use::Closing, id);
    }

    /// What the pulse of this number carries: digests and marks, filled up with random bytes (REG-1); and whether any.
    pub(super) fn slots(
        &mut self,
        number: u64,
        rng: &mut ChaCha20Rng,
    ) -> ([Head; DIGEST_SLOTS], [Head; DIGEST_SLOTS], bool) {
        let (mut digests, mut marks) = (random(rng), random(rng));
        let (mut digest_slots, mut mark_slots) = (digests.iter_mut(), marks.iter_mut());
        let present = &self.present;
        let everybody = !self.others.is_empty() && self.others.iter().all(|party| present.contains(party));
        let open: Vec<DispatchId> =
            self.posts.iter().filter(|post| post.what == Use::Again).map(|post| post.id).collect();
        let mut used = false;
        for post in &mut self.posts {
            let free = match post.standing {
                Standing::Queued => true,
                Standing::Built(earlier) => earlier == number,
                Standing::Sealed(_) => false,
            };
            let ready = match post.what {
                // What nobody is there to see would count as seen by whoever comes later (REG-2).
                Use::Digest => everybody,
                Use::Closing => !open.contains(&post.id),
                Use::Again | Use::Mark => true,
            };
            if !(free && ready) {
                continue;
            }
            let slot = if post.what == Use::Mark { mark_slots.next() } else { digest_slots.next() };
            if let Some(slot) = slot {
                *slot = post.head;
                post.standing = Standing::Built(number);
                used = true;
            }
        }
        (digests, marks, used)
    }

    /// The pulse of this number was sealed; earlier ones that were not are lost, and what they carried is posted again.
    pub(super) fn sealed(&mut self, number: u64) -> bool {
        let mut changed = false;
        for post in &mut self.posts {
            let Standing::Built(built) = post.standing else { continue };
            if built <= number {
                post.standing = if built == number { Standing::Sealed(number) } else { Standing::Queued };
                changed = true;
            }
        }
        self.posts.retain(|post| post.what == Use::Digest || !matches!(post.standing, Standing::Sealed(_)));
        changed
    }

    /// A station of the party has receipted the pulses up to this number.
    pub(super) fn receipted(&mut self, party: PartyNo, number: u64) -> bool {
        if number == 0 {
            return false;
        }
        let mut changed = false;
        if !self.present.contains(&party) {
            self.present.push(party);
            changed = true;
        }
        for post in &mut self.posts {
            let has = matches!(post.standing, Standing::Sealed(sealed) if sealed <= number);
            if has && !post.by.contains(&party) {
                post.by.push(party);
                changed = true;
            }
        }
        changed
    }

    /// Own items that may leave: each of their digests is known to every other party (GUARD-2).
    pub(super) fn released(&mut self) -> Vec<DispatchId> {
        let known = |post: &Post| self.others.iter().all(|party| post.by.contains(party));
        let held = |id: &DispatchId| {
            self.posts.iter().any(|post| post.id == *id && post.what == Use::Digest && !known(post))
        };
        let ready: Vec<DispatchId> = self.waiting.iter().copied().filter(|id| !held(id)).collect();
        self.waiting.retain(|id| !ready.contains(id));
        self.posts.retain(|post| post.what != Use::Digest || !ready.contains(&post.id));
        ready
    }

    /// A mark was seen; gives the item and passage, if with it every language version of the passage matched.
    pub(super) fn marked(&mut self, mark: &Head) -> Option<(DispatchId, u16)> {
        for own in &mut self.own {
            let Some(one) = own.digests.iter_mut().find(|one| one.mark == *mark && !one.matched) else {
                continue;
            };
            one.matched = true;
            let passage = one.passage;
            let whole = own.digests.iter().filter(|one| one.passage == passage).all(|one| one.matched);
            return whole.then_some((own.id, passage));
        }
        None
    }

    /// The passages whose marks did not come in time; each is told once.
    pub(super) fn overdue(&mut self, through: Beat) -> Vec<(DispatchId, u16)> {
        let mut out = Vec::new();
        for own in &mut self.own {
            if own.deadline.is_none_or(|deadline| through < deadline) {
                continue;
            }
            own.deadline = Some(Beat(u64::MAX));
            for one in own.digests.iter().filter(|one| !one.matched) {
                if !out.contains(&(own.id, one.passage)) {
                    out.push((own.id, one.passage));
                }
            }
        }
        out
    }

    /// Adds passages to be judged: one check for each passage of an item.
    pub(super) fn check(
        &mut self,
        id: DispatchId,
        party: PartyNo,
        guarded: &[Guarded],
        came: (RoomId, Beat),
    ) {
        for one in guarded {
            let digest = Head(one.digest);
            let known = self.checks.iter_mut().find(|check| check.id == id && check.passage == one.passage);
            match known {
                Some(check) if check.digests.contains(&digest) => {}
                Some(check) => check.digests.push(digest),
                None => {
                    if self.checks.len() >= CHECKS_MAX {
                        self.checks.pop_front();
                    }
                    let ((room, beat), passage, of) = (came, one.passage, one.dispatch);
                    self.checks.push_back(Check {
                        id,
                        passage,
                        party,
                        of,
                        digests: vec![digest],
                        room,
                        beat,
                    });
                }
            }
        }
    }

    /// Forgets own items whose records are gone, and passages that are judged or gone.
    pub(super) fn keep_only(&mut self, known: impl Fn(DispatchId) -> bool, pending: impl Fn(&Check) -> bool) {
        self.waiting.retain(|id| known(*id));
        self.own.retain(|own| known(own.id));
        self.posts.retain(|post| post.what == Use::Mark || known(post.id));
        self.checks.retain(pending);
    }
}

fn random(rng: &mut ChaCha20Rng) -> [Head; DIGEST_SLOTS] {
    std::array::from_fn(|_| {
        let mut head = Head([0; 32]);
        rng.fill_bytes(&mut head.0);
        head
    })
}
