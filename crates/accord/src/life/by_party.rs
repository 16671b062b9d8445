//! What each party says, held in place: a life has few parties, and is asked often.

use crate::limits::PARTIES_OF_LIFE_MAX;
use backchannel_wire::PartyNo;

/// One value a party, in the order of their numbers; of the parties of a life, which are at most
/// [`PARTIES_OF_LIFE_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByParty<T>([Option<(PartyNo, T)>; PARTIES_OF_LIFE_MAX]);

impl<T: Copy> ByParty<T> {
    /// Nobody has said anything.
    pub fn new() -> Self {
        Self([None; PARTIES_OF_LIFE_MAX])
    }

    /// What a party says.
    pub fn get(&self, party: PartyNo) -> Option<T> {
        self.iter().find(|(of, _)| *of == party).map(|(_, value)| value)
    }

    /// What each says, by party.
    pub fn iter(&self) -> impl Iterator<Item = (PartyNo, T)> {
        self.0.iter().flatten().copied()
    }

    /// A party says something; what it said before. One beyond the most there are is not taken.
    pub(super) fn insert(&mut self, party: PartyNo, value: T) -> Option<T> {
        let held = self.iter().count();
        let at = self.0[..held].partition_point(|one| one.is_some_and(|(of, _)| of < party));
        match self.0.get_mut(at) {
            Some(Some((of, before))) if *of == party => Some(std::mem::replace(before, value)),
            Some(_) if held < PARTIES_OF_LIFE_MAX => {
                self.0[at..=held].rotate_right(1);
                self.0[at] = Some((party, value));
                None
            }
            _ => None,
        }
    }

    /// Nobody has said anything any more.
    pub(super) fn clear(&mut self) {
        *self = Self::new();
    }
}

impl<T: Copy> Default for ByParty<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_holds_what_a_map_would_hold(said in proptest::collection::vec((1..=8u8, any::<u16>()), 0..40)) {
            let (mut held, mut map) = (ByParty::new(), BTreeMap::new());
            for (party, value) in said {
                prop_assert_eq!(held.insert(PartyNo(party), value), map.insert(PartyNo(party), value));
                prop_assert!(held.iter().eq(map.iter().map(|(party, value)| (*party, *value))));
                prop_assert_eq!(held.get(PartyNo(party)), Some(value));
            }
        }
    }

    #[test]
    fn more_than_there_can_be_are_not_taken_and_nothing_is_lost() {
        let mut held = ByParty::new();
        for party in (1..=12).rev() {
            assert_eq!(held.insert(PartyNo(party), party), None);
        }
        assert!(held.iter().map(|(party, _)| party.0).eq(5..=12));
        assert_eq!((held.get(PartyNo(4)), held.get(PartyNo(5))), (None, Some(5)));
        assert_eq!(held.insert(PartyNo(12), 0), Some(12));
        held.clear();
        assert_eq!(held, ByParty::default());
    }
}
