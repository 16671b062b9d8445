//! What is known of how zones lie: one within another, overlapping, apart, or not said.

use super::code::Code;
use super::model::{Place, Zone};
use crate::limits::ZONES_MAX;

/// Whether two places have a point in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meet {
    /// They have none.
    Apart,
    /// The text does not say.
    Unsaid,
    /// They have some.
    Yes,
}

/// A set of zones, one bit for each in the order of the text.
type Mask = u64;
const _: () = assert!(ZONES_MAX <= Mask::BITS as usize);

/// The zones of a text, with everything that follows from how they are said to lie.
pub struct Map<'a> {
    zones: &'a [Zone],
    /// For each zone those it lies within, itself included.
    above: Vec<Mask>,
    /// For each zone those that lie within it, itself included.
    below: Vec<Mask>,
    /// For each zone those it is said to overlap, itself included.
    touch: Vec<Mask>,
    /// For each zone those it is said to be apart from.
    apart: Vec<Mask>,
}

impl<'a> Map<'a> {
    /// Draws up the map; codes that name no zone count for nothing, and so do zones beyond [`ZONES_MAX`].
    pub fn new(zones: &'a [Zone]) -> Self {
        let zones = zones.get(..ZONES_MAX).unwrap_or(zones);
        let own: Vec<Mask> = (0..zones.len()).map(|at| 1 << at).collect();
        let with_own =
            |lists: Vec<Mask>| lists.iter().zip(&own).map(|(list, own)| list | own).collect::<Vec<_>>();
        let above = with_own(outer(zones));
        let touch = with_own(mutual(zones, |zone| &zone.overlaps));
        Self { zones, below: turned(&above), touch, apart: mutual(zones, |zone| &zone.apart), above }
    }

    /// Whether two places meet, as far as the text says (CHECK-4, CHECK-6).
    pub fn meet(&self, a: &Place, b: &Place) -> Meet {
        let (Place::Zones(a), Place::Zones(b)) = (a, b) else { return Meet::Yes };
        let (a, b) = (positions(self.zones, a), positions(self.zones, b));
        let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (*a, *b)));
        pairs.map(|(a, b)| self.two(a, b)).max().unwrap_or(Meet::Apart)
    }

    fn two(&self, a: usize, b: usize) -> Meet {
        let at = |list: &[Mask], at: usize| list.get(at).copied().unwrap_or(0);
        let reached = |set: Mask, lists: &[Mask]| {
            lists.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).fold(0, |all, (_, list)| all | list)
        };
        if reached(at(&self.below, a), &self.touch) & at(&self.below, b) != 0 {
            return Meet::Yes;
        }
        let apart = reached(at(&self.above, a), &self.apart) & at(&self.above, b) != 0;
        if apart { Meet::Apart } else { Meet::Unsaid }
    }
}

/// Whether no zone lies within itself, by whatever detour.
pub(super) fn acyclic(zones: &[Zone]) -> bool {
    outer(zones).iter().enumerate().all(|(at, above)| above >> at & 1 == 0)
}

fn positions(zones: &[Zone], codes: &[Code]) -> Vec<usize> {
    codes.iter().filter_map(|code| zones.iter().position(|zone| zone.code == *code)).collect()
}

fn mask(zones: &[Zone], codes: &[Code]) -> Mask {
    positions(zones, codes).into_iter().fold(0, |all, at| all | 1 << at)
}

/// For each zone those it lies within, directly or through others (Warshall's closure).
fn outer(zones: &[Zone]) -> Vec<Mask> {
    let mut above: Vec<Mask> = zones.iter().map(|zone| mask(zones, &zone.within)).collect();
    for through in 0..above.len() {
        let more = above.get(through).copied().unwrap_or(0);
        above.iter_mut().filter(|list| **list >> through & 1 == 1).for_each(|list| *list |= more);
    }
    above
}

fn turned(lists: &[Mask]) -> Vec<Mask> {
    let column = |at: usize| {
        lists
            .iter()
            .enumerate()
            .filter(|(_, list)| **list >> at & 1 == 1)
            .fold(0, |all, (row, _)| all | 1 << row)
    };
    (0..lists.len()).map(column).collect()
}

/// What is said of one zone of a pair is said of both.
fn mutual(zones: &[Zone], list: fn(&Zone) -> &Vec<Code>) -> Vec<Mask> {
    let said: Vec<Mask> = zones.iter().map(|zone| mask(zones, list(zone))).collect();
    said.iter().zip(turned(&said)).map(|(row, column)| row | column).collect()
}
