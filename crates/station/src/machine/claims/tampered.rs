//! A hostile station, for tests: a real one made to say what its own checks would refuse. Only built with the feature `sabotage`, which
//! no release has.

use crate::machine::Machine;
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use backchannel_wire::ids::RoomKind;

impl Machine {
    /// Says an item in a room, in a class, unchecked.
    pub fn say_unchecked(&mut self, kind: RoomKind, class: Class, item: &Item) {
        if let Some(room) = self.room_of(kind) {
            self.say(room, class, item);
        }
        self.finish();
    }
}
