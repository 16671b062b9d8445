//! A hostile station, for tests: a real one whose owner has what it says of understandings read and altered on its way out.
//! Only built with the feature `sabotage`, which no release has.

use crate::machine::Machine;
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use backchannel_wire::RoomId;
use backchannel_wire::ids::RoomKind;

/// What the station is to say instead of something it is about to say in a room.
pub type Tamper = Box<dyn FnMut(RoomKind, &Item) -> Vec<(RoomKind, Item)> + Send>;

impl Machine {
    /// From now on what this station says of understandings goes through these hands, until it is started again.
    pub fn tamper_with(&mut self, tamper: Tamper) {
        self.tamper = Some(tamper);
    }

    /// Whether somebody's hands took it.
    pub(super) fn is_tampered(&mut self, (room, class, item): (RoomId, Class, &Item)) -> bool {
        let Some(mut tamper) = self.tamper.take() else { return false };
        let kind = self.rooms.get(&room).map(crate::machine::room::Room::kind);
        for (kind, item) in kind.map(|kind| tamper(kind, item)).unwrap_or_default() {
            if let Some(room) = self.room_of(kind) {
                self.say_of_understanding(room, class, item);
            }
        }
        self.tamper = Some(tamper);
        true
    }
}
