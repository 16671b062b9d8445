//! A hostile station, for tests: a real one made to say what its own checks would refuse. Only built with the feature `sabotage`, which
//! no release has.

use crate::machine::Machine;
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use backchannel_accord::claims::Entry;

impl Machine {
    /// Says an entry in the own delegation's room, unchecked.
    pub fn say_claim(&mut self, entry: Entry) {
        if let Some(room) = self.register_room() {
            self.say(room, Class::Routine, &Item::Claim(entry));
        }
        self.finish();
    }
}
