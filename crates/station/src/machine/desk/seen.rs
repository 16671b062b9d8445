//! The digests that other parties' stations posted in the registry, kept in pages (docs/spec/desk.md, REG rules).

use crate::limits::{DIGEST_PAGE_PULSES, DIGEST_SLOTS, DIGESTS_MAX, SHARED_DIGESTS_MAX};
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

/// Digests of one party, from one pulse or passed on by a colleague's station.
#[derive(Clone, Encode, Decode)]
struct Posted {
    #[n(0)]
    party: PartyNo,
    /// The beat of the pulse; 0 if it was passed on.
    #[n(1)]
    beat: Beat,
    #[n(2)]
    digests: ByteVec,
}

impl Posted {
    fn shorts(&self) -> impl Iterator<Item = ((PartyNo, Short), Beat)> {
        let each = self.digests.chunks_exact(KEPT_BYTES);
        each.filter_map(|chunk| Some(((self.party, chunk.try_into().ok()?), self.beat)))
    }
}

/// The digests of some pulses in a row: one record.
#[derive(Clone, Encode, Decode)]
pub(super) struct Page {
    /// Pages are numbered in a row, so that one that was burned is missed.
    #[n(0)]
    number: u64,
    #[n(1)]
    posted: Vec<Posted>,
}

impl Page {
    fn shorts(&self) -> impl Iterator<Item = ((PartyNo, Short), Beat)> {
        self.posted.iter().flat_map(Posted::shorts)
    }

    fn has_room(&self) -> bool {
        let bytes: usize = self.posted.iter().map(|posted| posted.digests.len()).sum();
        bytes < DIGEST_PAGE_PULSES * DIGEST_SLOTS * KEPT_BYTES
    }
}

/// The key of a page's record.
#[derive(Clone, Copy)]
pub(super) struct PagePlace {
    pub(super) room: Option<RoomId>,
    pub(super) day: u32,
    pub(super) seq: u64,
}

/// All that a station saw, for one of its own party that came to the registry later (REG-4).
#[derive(Clone, Encode, Decode)]
pub struct Shared {
    #[n(0)]
    digests: Vec<(PartyNo, ByteVec)>,
    /// How far the station had followed the registry.
    #[n(1)]
    pub(super) through: Beat,
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

    /// Whether a page takes more. `last` is the number of the last page ever begun.
    pub(super) fn has_room(&self, last: u64) -> bool {
        self.pages.get(&last).is_some_and(|(_, page)| page.has_room())
    }

    /// Begins a page.
    pub(super) fn begin(&mut self, number: u64, place: PagePlace) {
        self.pages.insert(number, (place, Page { number, posted: Vec::new() }));
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
        let digests = digests.iter().flat_map(|head| short(&head.0)).collect::<Vec<u8>>().into();
        self.take(number, Posted { party, beat, digests })
    }

    fn take(&mut self, number: u64, posted: Posted) -> Option<(PagePlace, Page)> {
        let (place, page) = self.pages.get_mut(&number)?;
        for (key, beat) in posted.shorts() {
            let last = self.index.entry(key).or_insert(beat);
            *last = beat.max(*last);
        }
        page.posted.push(posted);
        Some((*place, page.clone()))
    }

    /// What of this was not seen yet.
    pub(super) fn news(&self, shared: &Shared) -> Vec<(PartyNo, ByteVec)> {
        let mut news = Vec::new();
        for (party, digests) in &shared.digests {
            let each = digests.chunks_exact(KEPT_BYTES).take(SHARED_DIGESTS_MAX);
            let new = each.filter_map(|chunk| Short::try_from(chunk).ok());
            let new: Vec<Short> = new.filter(|digest| !self.index.contains_key(&(*party, *digest))).collect();
            if !new.is_empty() {
                news.push((*party, new.concat().into()));
            }
        }
        news
    }

    /// Takes what a colleague's station passed on into the page.
    pub(super) fn add_shared(
        &mut self,
        number: u64,
        news: Vec<(PartyNo, ByteVec)>,
    ) -> Option<(PagePlace, Page)> {
        let each = news.into_iter().map(|(party, digests)| Posted { party, beat: Beat(0), digests });
        each.fold(None, |page, posted| self.take(number, posted).or(page))
    }

    /// What to pass on to a colleague's station, if it is little enough.
    pub(super) fn share(&self, through: Beat) -> Option<Shared> {
        if self.index.len() > SHARED_DIGESTS_MAX {
            return None;
        }
        let mut digests: BTreeMap<PartyNo, Vec<u8>> = BTreeMap::new();
        for (party, digest) in self.index.keys() {
            digests.entry(*party).or_default().extend_from_slice(digest);
        }
        let digests = digests.into_iter().map(|(party, digests)| (party, digests.into())).collect();
        Some(Shared { digests, through })
    }

    /// The last beat in which a station of this party posted the digest.
    pub(super) fn beat_of(&self, party: PartyNo, digest: &[u8; 32]) -> Option<Beat> {
        self.index.get(&(party, short(digest))).copied()
    }
}
