//! What outlives a burn: of understandings, everything that their states are computed from, and no word that a person wrote
//! (DEED-13). A station that forgot the acknowledgements would tell its owner that nobody is bound.

use super::book::is_note;
use super::item::{Deed, Note, Said, What};
use super::kept::Outline;
use crate::machine::{Machine, persist};
use crate::store::Batch;
use backchannel_accord::understanding::{Frozen, Understanding};
use backchannel_wire::{RoomId, canonical};

impl Machine {
    /// What of these records is written anew when a room's records of one day are burned, or all of them; and what goes with them
    /// that the room would go on with (CLAIM-8).
    pub fn outlives_burn(&self, room: RoomId, day: Option<u32>, records: &[(Vec<u8>, Vec<u8>)]) -> Batch {
        let mut batch = self.claims_burned_with(room, day);
        for (id, bytes) in records.iter().filter(|(id, _)| is_note(id)) {
            let Ok(note) = canonical::from_slice::<Note>(bytes) else { continue };
            let burned = note.room == Some(room) && day.is_none_or(|day| day == note.day);
            if let Some(note) = Some(note).filter(|_| burned).and_then(without_words) {
                batch.put(persist::record_key(note.room, note.day, id.clone()), canonical::to_vec(&note));
            }
        }
        batch
    }
}

/// A note without what a person wrote; nothing if that is all it was.
pub(super) fn without_words(note: Note) -> Option<Note> {
    let what = match note.what {
        What::Deed(Said { id, deed }) => match deed {
            Deed::Commented { .. } => return None,
            Deed::Submitted(bytes) => {
                What::Outlined(id, None, Outline::of(&Understanding::from_bytes(&bytes).ok()?))
            }
            Deed::Frozen(bytes) => {
                let frozen = Frozen::from_bytes(&bytes).ok()?;
                What::Outlined(id, Some((frozen.number(), frozen.digest())), Outline::of(frozen.text()))
            }
            Deed::Notice { effective, urgent } => {
                // Which ground it was stays unsaid.
                let urgent = urgent.map(|_| String::new());
                What::Deed(Said { id, deed: Deed::Notice { effective, urgent } })
            }
            deed => What::Deed(Said { id, deed }),
        },
        what => what,
    };
    Some(Note { what, ..note })
}
