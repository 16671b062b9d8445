//! Puts the fragments of commits and bodies together again, within bounds for each seat.

use crate::limits::PARTIAL_MESSAGES_MAX;
use backchannel_wire::cell::Fragment;
use backchannel_wire::{Beat, MessageId};
use minicbor::{Decode, Encode};

/// A message of which some fragments arrived.
#[derive(Clone, Encode, Decode)]
struct Partial {
    #[n(0)]
    message: MessageId,
    #[n(1)]
    parts: Vec<Option<minicbor::bytes::ByteVec>>,
    #[n(2)]
    last: Beat,
}

/// The incomplete messages of one seat.
#[derive(Clone, Default, Encode, Decode)]
pub struct Assembly {
    #[n(0)]
    partial: Vec<Partial>,
}

impl Assembly {
    /// Takes a fragment; gives the whole message if this completes it.
    ///
    /// Fragments that contradict an earlier one of the same message (another count) are dropped. If too many
    /// messages are incomplete, the one that has waited longest gives way: its sender sends it again (TRANSPORT-4).
    pub fn take(&mut self, fragment: &Fragment, now: Beat) -> Option<Vec<u8>> {
        let at = match self.partial.iter().position(|partial| partial.message == fragment.message) {
            Some(at) => at,
            None => self.begin(fragment, now),
        };
        let partial = self.partial.get_mut(at)?;
        if partial.parts.len() != usize::from(fragment.count) {
            return None;
        }
        partial.last = now;
        let slot = partial.parts.get_mut(usize::from(fragment.index))?;
        *slot = Some(fragment.bytes.clone().into());
        if partial.parts.iter().any(Option::is_none) {
            return None;
        }
        let whole = self.partial.remove(at);
        Some(whole.parts.into_iter().flatten().flat_map(Vec::<u8>::from).collect())
    }

    /// Whether a fragment of this message arrived and it is not complete.
    pub fn has(&self, message: MessageId) -> bool {
        self.partial.iter().any(|partial| partial.message == message)
    }

    fn begin(&mut self, fragment: &Fragment, now: Beat) -> usize {
        if self.partial.len() >= PARTIAL_MESSAGES_MAX {
            let oldest = self.partial.iter().enumerate().min_by_key(|(_, partial)| partial.last);
            if let Some((oldest, _)) = oldest {
                self.partial.remove(oldest);
            }
        }
        let parts = vec![None; usize::from(fragment.count)];
        self.partial.push(Partial { message: fragment.message, parts, last: now });
        self.partial.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backchannel_wire::cell::FragmentKind;

    fn fragment(message: u8, index: u16, count: u16) -> Fragment {
        Fragment {
            kind: FragmentKind::Body,
            message: MessageId([message; 16]),
            index,
            count,
            bytes: vec![index as u8; 2],
        }
    }

    #[test]
    fn fragments_join_in_any_order_and_duplicates_do_no_harm() {
        let mut assembly = Assembly::default();
        assert_eq!(assembly.take(&fragment(1, 2, 3), Beat(1)), None);
        assert_eq!(assembly.take(&fragment(1, 2, 3), Beat(2)), None);
        assert_eq!(assembly.take(&fragment(1, 0, 3), Beat(3)), None);
        assert_eq!(assembly.take(&fragment(1, 1, 3), Beat(4)), Some(vec![0, 0, 1, 1, 2, 2]));
        assert!(!assembly.has(MessageId([1; 16])));
    }

    #[test]
    fn another_count_is_dropped() {
        let mut assembly = Assembly::default();
        assert_eq!(assembly.take(&fragment(1, 0, 2), Beat(1)), None);
        assert_eq!(assembly.take(&fragment(1, 0, 1), Beat(1)), None);
        assert_eq!(assembly.take(&fragment(1, 1, 2), Beat(1)), Some(vec![0, 0, 1, 1]));
    }

    // TRANSPORT-4
    #[test]
    fn a_seat_cannot_fill_the_memory() {
        let mut assembly = Assembly::default();
        for message in 0..200 {
            assembly.take(&fragment(message, 0, 1000), Beat(u64::from(message)));
        }
        assert_eq!(assembly.partial.len(), PARTIAL_MESSAGES_MAX);
        assert!(assembly.has(MessageId([199; 16])));
    }
}
