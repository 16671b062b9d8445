//! What a station still has to bring into a room: items by class, each kept until every recipient's receipt came.

use super::body::{self, SealedBody};
use super::envelope::{CLASSES, Class, Envelope, Floor, PerClass};
use crate::limits::{BODY_FRAGMENT_BYTES, INLINE_ITEM_BYTES, ITEM_BYTES_MAX, OUTBOX_ITEMS_MAX};
use crate::sabotage::{Sabotage, on};
use backchannel_wire::canonical;
use backchannel_wire::cell::{Fragment, FragmentKind};
use backchannel_wire::limits::FRAGMENT_HEADER_BYTES;
use backchannel_wire::{Beat, MessageId, SeatNo, StreamId};
use minicbor::{Decode, Encode};
use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;
use std::collections::BTreeMap;
use zeroize::Zeroize;

/// Where one part of an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Part {
    /// To be posted.
    #[n(0)]
    Waiting,
    /// In a cell whose beat is not sealed yet.
    #[n(1)]
    Posted,
    /// In a sealed cell.
    #[n(2)]
    Sealed(#[n(0)] Beat),
}

/// What a caller wants to be told about: the id of a dispatch, or zeros.
pub type ItemTag = [u8; 16];

/// The body of a long item.
#[derive(Clone, Encode, Decode)]
struct Body {
    #[n(0)]
    message: MessageId,
    #[cbor(n(1), with = "minicbor::bytes")]
    key: [u8; 32],
    #[cbor(n(2), with = "minicbor::bytes")]
    bytes: Vec<u8>,
}

/// An item on its way.
#[derive(Clone, Encode, Decode)]
pub struct OutItem {
    #[n(0)]
    class: Class,
    #[n(1)]
    number: u64,
    #[n(2)]
    tag: ItemTag,
    #[cbor(n(3), with = "minicbor::bytes")]
    inline: Vec<u8>,
    #[n(4)]
    body: Option<Body>,
}

impl Drop for OutItem {
    fn drop(&mut self) {
        self.inline.zeroize();
        if let Some(body) = &mut self.body {
            body.key.zeroize();
        }
    }
}

/// How far an item has come.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Progress {
    #[n(0)]
    lead: Part,
    #[n(1)]
    parts: Vec<Part>,
    /// Seats whose receipt is awaited.
    #[n(2)]
    pub awaiting: Vec<u8>,
    /// The beat that first sealed it whole.
    #[n(3)]
    pub sent: Option<Beat>,
    /// The beat that sealed the last part of what is on its way now.
    #[n(4)]
    pub complete: Option<Beat>,
}

/// A part that a cell carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Carried {
    /// The MLS message of an item.
    #[n(0)]
    Lead {
        /// The class.
        #[n(0)]
        class: Class,
        /// The item's number.
        #[n(1)]
        number: u64,
        /// The epoch it was encrypted in.
        #[n(2)]
        epoch: u64,
    },
    /// A fragment of an item's body.
    #[n(1)]
    Body {
        /// The class.
        #[n(0)]
        class: Class,
        /// The item's number.
        #[n(1)]
        number: u64,
        /// The fragment.
        #[n(2)]
        index: u16,
    },
    /// A fragment of the station's own commit.
    #[n(2)]
    Commit {
        /// The commit.
        #[n(0)]
        message: MessageId,
        /// The fragment.
        #[n(1)]
        index: u16,
    },
    /// A pulse.
    #[n(3)]
    Pulse {
        /// Its number.
        #[n(0)]
        number: u64,
        /// The epoch it was encrypted in.
        #[n(1)]
        epoch: u64,
    },
}

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was sealed whole in this beat.
    Sent(ItemTag, Beat),
    /// This seat's station has it, by a receipt sealed in this beat.
    Acknowledged(ItemTag, SeatNo, Beat),
    /// Nobody is left to receive it.
    Undeliverable(ItemTag),
}

/// Why an item was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutboxError {
    /// It is longer than the limit.
    #[error("the item has {0} bytes, above the limit of {ITEM_BYTES_MAX}")]
    TooLong(usize),
    /// Too many items wait.
    #[error("{OUTBOX_ITEMS_MAX} items wait in this room already")]
    Full,
}

/// The outbox of one room.
pub struct Outbox {
    /// The station's stream in this room.
    pub stream: StreamId,
    assigned: PerClass,
    items: BTreeMap<(Class, u64), OutItem>,
    progress: BTreeMap<(Class, u64), Progress>,
    /// Kept for sabotage only; empty otherwise.
    last_said: Vec<u8>,
}

/// The small part of an outbox's state.
#[derive(Encode, Decode)]
pub struct OutboxState {
    #[n(0)]
    stream: StreamId,
    #[n(1)]
    assigned: PerClass,
    #[n(2)]
    progress: BTreeMap<(Class, u64), Progress>,
}

impl Outbox {
    /// An empty outbox with a fresh stream.
    pub fn new(stream: StreamId) -> Self {
        Self {
            stream,
            assigned: [0; CLASSES],
            items: BTreeMap::new(),
            progress: BTreeMap::new(),
            last_said: Vec::new(),
        }
    }

    /// The state without the items.
    pub fn state(&self) -> OutboxState {
        OutboxState { stream: self.stream, assigned: self.assigned, progress: self.progress.clone() }
    }

    /// Puts state and items together again; an item without state, or the reverse, was done and is left out.
    pub fn restore(state: OutboxState, items: Vec<OutItem>) -> Self {
        let items: BTreeMap<_, _> = items.into_iter().map(|item| ((item.class, item.number), item)).collect();
        let mut progress = state.progress;
        progress.retain(|key, _| items.contains_key(key));
        Self { stream: state.stream, assigned: state.assigned, items, progress, last_said: Vec::new() }
    }

    /// Takes an item for these seats; gives its place, by which the vault keeps it.
    pub fn push(
        &mut self,
        class: Class,
        tag: ItemTag,
        bytes: &[u8],
        recipients: &[SeatNo],
        rng: &mut ChaCha20Rng,
    ) -> Result<(Class, u64), OutboxError> {
        if bytes.len() > ITEM_BYTES_MAX {
            return Err(OutboxError::TooLong(bytes.len()));
        }
        if self.items.len() >= OUTBOX_ITEMS_MAX {
            return Err(OutboxError::Full);
        }
        self.assigned[class.index()] += 1;
        let number = self.assigned[class.index()];
        if on(Sabotage::ClearCells) {
            self.last_said = bytes.to_vec();
        }
        let (inline, body) = if bytes.len() <= INLINE_ITEM_BYTES {
            (bytes.to_vec(), None)
        } else {
            let sealed = SealedBody::new(bytes, rng);
            (Vec::new(), Some(Body { message: sealed.message, key: *sealed.key, bytes: sealed.bytes }))
        };
        let parts =
            body.as_ref().map_or(0, |body| body::fragment_count(body.bytes.len(), BODY_FRAGMENT_BYTES));
        let progress = Progress {
            lead: Part::Waiting,
            parts: vec![Part::Waiting; usize::from(parts)],
            awaiting: recipients.iter().map(|seat| seat.get()).collect(),
            sent: None,
            complete: None,
        };
        self.items.insert((class, number), OutItem { class, number, tag, inline, body });
        self.progress.insert((class, number), progress);
        Ok((class, number))
    }

    /// The stored form of an item.
    pub fn item(&self, key: (Class, u64)) -> Option<&OutItem> {
        self.items.get(&key)
    }

    /// The places of all items.
    pub fn keys(&self) -> Vec<(Class, u64)> {
        self.items.keys().copied().collect()
    }

    /// The plaintext of what was said last (sabotage only).
    pub fn last_said(&self) -> Vec<u8> {
        self.last_said.clone()
    }

    /// Gives a number away to no item: nobody waits for it (TRANSPORT-8).
    pub fn pass_over(&mut self, class: Class) -> u64 {
        self.assigned[class.index()] += 1;
        self.assigned[class.index()]
    }

    /// The places of the items whose tags are such.
    pub fn tagged(&self, such: impl Fn(&ItemTag) -> bool) -> Vec<(Class, u64)> {
        self.items.iter().filter(|(_, item)| such(&item.tag)).map(|(key, _)| *key).collect()
    }

    /// Takes items back, sealed or not: whoever lacks one is told not to wait for it (TRANSPORT-8).
    pub fn take_back(&mut self, keys: &[(Class, u64)]) {
        for key in keys {
            self.progress.remove(key);
            self.items.remove(key);
        }
    }

    /// How many items wait for a receipt.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Items sealed whole more than `beats` ago and not acknowledged by everybody.
    pub fn unacknowledged(&self, now: Beat, beats: u64) -> Vec<ItemTag> {
        let late = |progress: &Progress| progress.complete.is_some_and(|beat| now.since(beat) > beats);
        let keys = self.progress.iter().filter(|(_, progress)| late(progress)).map(|(key, _)| key);
        keys.filter_map(|key| self.items.get(key))
            .map(|item| item.tag)
            .filter(|tag| *tag != [0; 16])
            .collect()
    }

    /// Chooses parts for a cell with `space` bytes left, by class and age. `encrypt` makes an MLS message of an
    /// envelope at that moment, never earlier; `epoch` is the epoch it encrypts in. With `hold`, only the handshake
    /// class leaves.
    pub fn fill<E>(
        &mut self,
        mut space: usize,
        hold: bool,
        epoch: u64,
        mut encrypt: impl FnMut(&[u8]) -> Result<Vec<u8>, E>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Vec<(Fragment, Carried)>, E> {
        let mut out = Vec::new();
        let mut keys: Vec<_> = self.progress.keys().copied().collect();
        if on(Sabotage::NoPrecedence) {
            keys.reverse();
        }
        for key in keys {
            if hold && key.0 != Class::Handshake {
                break;
            }
            let (Some(item), Some(progress)) = (self.items.get(&key), self.progress.get_mut(&key)) else {
                continue;
            };
            if progress.lead == Part::Waiting {
                let envelope = canonical::to_vec(&item.envelope(self.stream, progress.sent));
                if FRAGMENT_HEADER_BYTES + envelope.len() + MLS_OVERHEAD_BYTES > space {
                    return Ok(out);
                }
                let mut message = MessageId([0; 16]);
                rng.fill_bytes(&mut message.0);
                let bytes = encrypt(&envelope)?;
                let fragment = Fragment { kind: FragmentKind::Message, message, index: 0, count: 1, bytes };
                space = space.saturating_sub(fragment.size());
                out.push((fragment, Carried::Lead { class: key.0, number: key.1, epoch }));
                progress.lead = Part::Posted;
            }
            if !fill_body(item, progress, &mut space, &mut out) {
                return Ok(out);
            }
        }
        Ok(out)
    }

    /// A part was sealed in `beat`, or not. Leads whose epoch had passed are as good as lost (TRANSPORT-1).
    pub fn settle(&mut self, carried: Carried, sealed: Option<Beat>, epoch: u64) -> Option<Fate> {
        let (key, index, good) = match carried {
            Carried::Lead { class, number, epoch: made } => ((class, number), None, made == epoch),
            Carried::Body { class, number, index } => ((class, number), Some(index), true),
            Carried::Commit { .. } | Carried::Pulse { .. } => return None,
        };
        let progress = self.progress.get_mut(&key)?;
        let part = match index {
            None => &mut progress.lead,
            Some(index) => progress.parts.get_mut(usize::from(index))?,
        };
        let Some(beat) = sealed.filter(|_| good) else {
            *part = Part::Waiting;
            return None;
        };
        *part = Part::Sealed(beat);
        let all = std::iter::once(&progress.lead).chain(&progress.parts);
        if !all.clone().all(|part| matches!(part, Part::Sealed(_))) {
            return None;
        }
        progress.complete = Some(beat);
        if progress.sent.is_some() {
            return None;
        }
        progress.sent = Some(beat);
        self.items.get(&key).map(|item| Fate::Sent(item.tag, beat))
    }

    /// A receipt of this seat, sealed in `beat`; gives what became of items and the places that are done.
    pub fn receipted(
        &mut self,
        seat: SeatNo,
        through: &PerClass,
        beat: Beat,
    ) -> (Vec<Fate>, Vec<(Class, u64)>) {
        let mut fates = Vec::new();
        for (key, progress) in &mut self.progress {
            let before = progress.awaiting.len();
            if key.1 <= through[key.0.index()] {
                progress.awaiting.retain(|awaited| *awaited != seat.get());
            }
            if progress.awaiting.len() < before {
                fates.extend(self.items.get(key).map(|item| Fate::Acknowledged(item.tag, seat, beat)));
            }
        }
        (fates, self.drop_done())
    }

    /// A seat's member left for good: nothing is kept for it (TRANSPORT-6).
    pub fn forget_seat(&mut self, seat: SeatNo) -> (Vec<Fate>, Vec<(Class, u64)>) {
        let mut fates = Vec::new();
        for (key, progress) in &mut self.progress {
            let before = progress.awaiting.len();
            progress.awaiting.retain(|awaited| *awaited != seat.get());
            if before == 1 && progress.awaiting.is_empty() {
                fates.extend(self.items.get(key).map(|item| Fate::Undeliverable(item.tag)));
            }
        }
        (fates, self.drop_done())
    }

    /// A seat's station came back with a new leaf: everything it has not receipted is sent again.
    pub fn send_again(&mut self, seat: SeatNo) {
        for progress in self.progress.values_mut() {
            if progress.awaiting.contains(&seat.get()) {
                progress.restart();
            }
        }
    }

    /// The station came back with a new leaf: nothing of what was sealed before can be relied on.
    pub fn send_all_again(&mut self) {
        self.progress.values_mut().for_each(Progress::restart);
    }

    /// Sends again what was sealed whole longer ago than `beats` and is awaited by a seat that is `present`
    /// (TRANSPORT-6).
    pub fn send_stale_again(&mut self, now: Beat, beats: u64, present: impl Fn(u8) -> bool) {
        for progress in self.progress.values_mut() {
            let stale = progress.complete.is_some_and(|beat| now.since(beat) > beats);
            if stale && progress.awaiting.iter().any(|seat| present(*seat)) {
                progress.restart();
            }
        }
    }

    /// What this seat, which receipted `through`, need not wait for; nothing if it lacks nothing (TRANSPORT-8).
    pub fn floor(&self, seat: SeatNo, through: Option<&PerClass>) -> Option<Floor> {
        let mut below = self.assigned;
        for (key, progress) in &self.progress {
            if progress.awaiting.contains(&seat.get()) {
                let slot = &mut below[key.0.index()];
                *slot = (*slot).min(key.1.saturating_sub(1));
            }
        }
        let known =
            through.is_some_and(|through| below.iter().zip(through).all(|(below, through)| below <= through));
        (!known).then_some(Floor { seat: seat.get(), below })
    }

    /// For each class the highest number that was sealed whole: what a station that was away has to have (TRANSPORT-11).
    pub fn sent(&self) -> PerClass {
        Class::ALL.map(|class| {
            let last = self.assigned[class.index()];
            let unsent = self.progress.range((class, 0)..=(class, last)).rev();
            let unsent = unsent.take_while(|(_, progress)| progress.sent.is_none());
            // Numbers go up by one, and what was done with left nothing behind.
            let mut below = last;
            for ((_, number), _) in unsent {
                if *number != below {
                    break;
                }
                below -= 1;
            }
            below
        })
    }

    fn drop_done(&mut self) -> Vec<(Class, u64)> {
        let done: Vec<_> = self
            .progress
            .iter()
            .filter(|(_, progress)| progress.awaiting.is_empty())
            .map(|(key, _)| *key)
            .collect();
        for key in &done {
            self.progress.remove(key);
            self.items.remove(key);
        }
        done
    }
}

/// What MLS adds to a message: measured 146 bytes, with room for a longer sender index.
const MLS_OVERHEAD_BYTES: usize = 200;

impl Progress {
    fn restart(&mut self) {
        let sealed_again = |part: &mut Part| {
            if matches!(part, Part::Sealed(_)) {
                *part = Part::Waiting;
            }
        };
        sealed_again(&mut self.lead);
        self.parts.iter_mut().for_each(sealed_again);
        self.complete = None;
    }
}

impl OutItem {
    fn envelope(&self, stream: StreamId, first: Option<Beat>) -> Envelope {
        let (class, number) = (self.class, self.number);
        match &self.body {
            None => Envelope::Small { stream, class, number, bytes: self.inline.clone(), first },
            Some(body) => Envelope::Large {
                stream,
                class,
                number,
                message: body.message,
                key: body.key,
                hash: body::hash(&body.bytes),
                length: u32::try_from(body.bytes.len()).unwrap_or(u32::MAX),
                first,
            },
        }
    }
}

/// Adds body fragments while there is room; whether all of them are on their way.
fn fill_body(
    item: &OutItem,
    progress: &mut Progress,
    space: &mut usize,
    out: &mut Vec<(Fragment, Carried)>,
) -> bool {
    let Some(body) = &item.body else { return true };
    let count = body::fragment_count(body.bytes.len(), BODY_FRAGMENT_BYTES);
    for index in 0..count {
        let part = &mut progress.parts[usize::from(index)];
        if *part != Part::Waiting {
            continue;
        }
        let bytes = body::fragment(&body.bytes, index, BODY_FRAGMENT_BYTES).to_vec();
        let fragment = Fragment { kind: FragmentKind::Body, message: body.message, index, count, bytes };
        if fragment.size() > *space {
            return false;
        }
        *space -= fragment.size();
        out.push((fragment, Carried::Body { class: item.class, number: item.number, index }));
        *part = Part::Posted;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::SeedableRng;

    fn outbox() -> (Outbox, ChaCha20Rng) {
        (Outbox::new(StreamId([1; 8])), ChaCha20Rng::seed_from_u64(1))
    }

    fn seat(n: u8) -> SeatNo {
        SeatNo::new(n).unwrap()
    }

    fn fill(outbox: &mut Outbox, rng: &mut ChaCha20Rng) -> Vec<Carried> {
        let plain = |bytes: &[u8]| Ok::<_, ()>(bytes.to_vec());
        outbox.fill(1822, false, 1, plain, rng).unwrap().into_iter().map(|(_, carried)| carried).collect()
    }

    #[test]
    fn a_flash_overtakes_a_long_routine_item() {
        let (mut outbox, mut rng) = outbox();
        outbox.push(Class::Routine, [1; 16], &[0; 20_000], &[seat(1)], &mut rng).unwrap();
        assert!(matches!(fill(&mut outbox, &mut rng)[0], Carried::Lead { class: Class::Routine, .. }));
        outbox.push(Class::Flash, [2; 16], &[0; 500], &[seat(1)], &mut rng).unwrap();
        let next = fill(&mut outbox, &mut rng);
        assert!(matches!(next[0], Carried::Lead { class: Class::Flash, .. }));
        assert!(matches!(next[1], Carried::Body { class: Class::Routine, .. }));
    }

    #[test]
    fn a_lead_of_a_passed_epoch_is_sent_again() {
        let (mut outbox, mut rng) = outbox();
        outbox.push(Class::Routine, [1; 16], b"text", &[seat(1)], &mut rng).unwrap();
        let carried = fill(&mut outbox, &mut rng)[0];
        assert_eq!(outbox.settle(carried, Some(Beat(5)), 2), None);
        let carried = fill(&mut outbox, &mut rng)[0];
        assert_eq!(outbox.settle(carried, Some(Beat(6)), 1), Some(Fate::Sent([1; 16], Beat(6))));
        assert!(fill(&mut outbox, &mut rng).is_empty());
    }

    #[test]
    fn an_item_is_kept_until_every_recipient_has_it() {
        let (mut outbox, mut rng) = outbox();
        let key = outbox.push(Class::Flash, [1; 16], b"text", &[seat(1), seat(2)], &mut rng).unwrap();
        let mut through = [0; CLASSES];
        through[Class::Flash.index()] = 1;
        let (fates, done) = outbox.receipted(seat(1), &through, Beat(4));
        assert_eq!((fates, done), (vec![Fate::Acknowledged([1; 16], seat(1), Beat(4))], vec![]));
        assert_eq!(outbox.receipted(seat(1), &through, Beat(5)), (vec![], vec![]));
        let (_, done) = outbox.receipted(seat(2), &through, Beat(6));
        assert_eq!(done, [key]);
    }

    #[test]
    fn an_item_nobody_is_left_for_is_reported() {
        let (mut outbox, mut rng) = outbox();
        outbox.push(Class::Flash, [1; 16], b"text", &[seat(1)], &mut rng).unwrap();
        assert_eq!(outbox.forget_seat(seat(1)).0, [Fate::Undeliverable([1; 16])]);
        assert!(outbox.is_empty());
    }

    #[test]
    fn while_content_is_held_only_vouches_leave() {
        let (mut outbox, mut rng) = outbox();
        outbox.push(Class::Flash, [1; 16], b"text", &[seat(1)], &mut rng).unwrap();
        outbox.push(Class::Handshake, [0; 16], b"vouch", &[seat(1)], &mut rng).unwrap();
        let plain = |bytes: &[u8]| Ok::<_, ()>(bytes.to_vec());
        let out = outbox.fill(1822, true, 1, plain, &mut rng).unwrap();
        assert_eq!(out.len(), 1);
        assert!(matches!(out[0].1, Carried::Lead { class: Class::Handshake, .. }));
    }

    // CLAIM-8, TRANSPORT-8
    #[test]
    fn what_is_taken_back_leaves_no_more_and_is_waited_for_by_nobody() {
        let (mut outbox, mut rng) = outbox();
        for tag in [1, 2, 3] {
            outbox.push(Class::Routine, [tag; 16], b"text", &[seat(1)], &mut rng).unwrap();
        }
        let keys = outbox.tagged(|tag| tag[0] == 2);
        assert_eq!(keys, [(Class::Routine, 2)]);
        outbox.take_back(&keys);
        assert_eq!(fill(&mut outbox, &mut rng).len(), 2);
        let mut through = [0; CLASSES];
        through[Class::Routine.index()] = 1;
        outbox.receipted(seat(1), &through, Beat(4));
        assert_eq!(outbox.floor(seat(1), Some(&through)).unwrap().below[Class::Routine.index()], 2);
        let keys = outbox.tagged(|_| true);
        outbox.take_back(&keys);
        assert_eq!(outbox.floor(seat(1), Some(&through)).unwrap().below[Class::Routine.index()], 3);
        assert!(outbox.is_empty());
    }

    // TRANSPORT-8
    #[test]
    fn a_newcomer_is_told_what_not_to_wait_for() {
        let (mut outbox, mut rng) = outbox();
        for _ in 0..3 {
            outbox.push(Class::Routine, [1; 16], b"text", &[seat(1)], &mut rng).unwrap();
        }
        assert_eq!(outbox.floor(seat(2), None).unwrap().below, [0, 0, 0, 0, 0, 3]);
        assert_eq!(outbox.floor(seat(1), None).unwrap().below, [0; CLASSES]);
        assert_eq!(outbox.floor(seat(2), Some(&[0, 0, 0, 0, 0, 3])), None);
    }
}
