//! The digests that other parties' stations posted in the registry, kept in pages (docs/spec/desk.md, REG rules).

use crate::limits::{DIGEST_PAGE_PULSES, DIGEST_SLOTS, DIGESTS_MAX};
use backchannel_wire::{Beat, Head, PartyNo, RoomId};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// Bytes kept of a digest: nobody can find other words for so many bits, and pages stay half as long.
const KEPT_BYTES: usize = 16;

type Short = [u8; KEPT_BYTES];

fn short(digest: &[u8; 32]) -> Short {
    let mut out = [0; KEPT_BYTES];
    out.copy_from_slice(&digest[..KEPT_BYTES]);
    out
}

/// The digests of one pulse.
#[derive(Clone, Encode, Decode)]
struct Pulse {
    #[n(0)]
    party: PartyNo,
    #[n(1)]
    beat: Beat,
    #[n(2)]
    digests: ByteVec,
}

/// The digests of some pulses in a row.
#[derive(Clone, Encode, Decode)]
pub(super) struct Page {
    /// Pages are numbered in a row, so that a page burned is noticed.
    #[n(0)]
    pub(super) number: u64,
    #[n(1)]
    pulses: Vec<Pulse>,
}

impl Page {
    fn shorts(&self) -> impl Iterator<Item = ((PartyNo, Short), Beat)> {
        self.pulses.iter().flat_map(|pulse| {
            let each = pulse.digests.chunks_exact(KEPT_BYTES);
            each.filter_map(|chunk| Some(((pulse.party, chunk.try_into().ok()?), pulse.beat)))
        })
    }
}

/// The key of a page's record.
#[derive(Clone, Copy)]
pub(super) struct PagePlace {
    pub(super) room: Option<RoomId>,
    pub(super) day: u32,
    pub(super) seq: u64,
}

/// Everything seen and kept.
#[derive(Default)]
pub(super) struct Seen {
    pages: BTreeMap<u64, (PagePlace, Page)>,
    /// Each digest with the last beat in which it was seen.
    index: BTreeMap<(PartyNo, Short), Beat>,
}

impl Seen {
    /// Makes the index of stored pages.
    pub(super) fn load(pages: Vec<(PagePlace, Page)>) -> Self {
        let index = pages.iter().flat_map(|(_, page)| page.shorts()).collect();
        Self { pages: pages.into_iter().map(|(place, page)| (page.number, (place, page))).collect(), index }
    }

    /// Whether all pages up to the last one are there: none went for want of room, none was burned.
    pub(super) fn whole(&self, last: u64) -> bool {
        u64::try_from(self.pages.len()).is_ok_and(|count| count == last)
    }

    /// The page that takes the next pulse, if there is room in it. `last` is the number of the last page ever begun.
    pub(super) fn has_room(&self, last: u64) -> bool {
        self.pages.get(&last).is_some_and(|(_, page)| page.pulses.len() < DIGEST_PAGE_PULSES)
    }

    /// Begins a page.
    pub(super) fn begin(&mut self, number: u64, place: PagePlace) {
        self.pages.insert(number, (place, Page { number, pulses: Vec::new() }));
    }

    /// Gives up the oldest page if there are too many digests.
    pub(super) fn shed(&mut self) -> Option<PagePlace> {
        if self.index.len() <= DIGESTS_MAX || self.pages.len() <= 1 {
            return None;
        }
        let (_, (place, page)) = self.pages.pop_first()?;
        for (key, _) in page.shorts() {
            self.index.remove(&key);
        }
        Some(place)
    }

    /// Takes the digests of one pulse into the page; gives the page to store, with its place.
    pub(super) fn add(
        &mut self,
        number: u64,
        party: PartyNo,
        beat: Beat,
        digests: &[Head; DIGEST_SLOTS],
    ) -> Option<(PagePlace, Page)> {
        let (place, page) = self.pages.get_mut(&number)?;
        let shorts = digests.map(|head| short(&head.0));
        self.index.extend(shorts.iter().map(|digest| ((party, *digest), beat)));
        page.pulses.push(Pulse { party, beat, digests: shorts.concat().into() });
        Some((*place, page.clone()))
    }

    /// The last beat in which a station of this party posted the digest.
    pub(super) fn beat_of(&self, party: PartyNo, digest: &[u8; 32]) -> Option<Beat> {
        self.index.get(&(party, short(digest))).copied()
    }
}
