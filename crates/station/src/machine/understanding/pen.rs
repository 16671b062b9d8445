//! Who holds the pen, and how what a party writes with it reaches the others: the intermediary's station carries it from
//! caucus to caucus by itself (DEED-16).

use super::item::{Deed, Said};
use super::requests::refused;
use super::{Came, gate};
use crate::api::Failure;
use crate::machine::Machine;
use crate::machine::room::Who;
use backchannel_accord::understanding::{Form, Frozen, Party, Understanding};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{PartyNo, Role, RoomId};

/// In whose name something was said: what the intermediary carries is the pen's.
pub(super) fn author(pen: PartyNo, who: Who, drafts: bool) -> Who {
    let carried = drafts && pen != PartyNo::INTERMEDIARY && who.party == PartyNo::INTERMEDIARY;
    if carried { Who { party: pen, ..who } } else { who }
}

impl Machine {
    /// Refuses whoever does not hold the pen.
    pub(super) fn holds_pen(&self) -> Result<(), Failure> {
        let pen = self.me.invitation.pen;
        if self.me.party() == pen && self.me.invitation.role != Role::Observer {
            return Ok(());
        }
        let what = match pen {
            PartyNo::INTERMEDIARY => "The intermediary holds the pen.".to_owned(),
            party => format!("{} holds the pen in this channel, as it was convened.", self.me.label(party)),
        };
        let hint = match self.me.party() {
            PartyNo::INTERMEDIARY => "Carry what the others say of the text as dispatches.",
            _ => "Comment on the text instead.",
        };
        Err(refused(what, hint))
    }

    /// The rooms in which this station says what the pen says: every caucus of the text, or a party's own.
    pub(super) fn pen_rooms(&self, text: &Understanding) -> Result<Vec<RoomId>, Failure> {
        let mine = self.me.party();
        let unknown = |party: &Party| {
            refused(
                format!("There is no caucus with {} here.", party.code),
                "Number the parties as the channel does.",
            )
        };
        if let Some(party) =
            text.parties.iter().find(|party| self.me.parties().all(|known| known != party.number))
        {
            return Err(unknown(party));
        }
        let said = text.parties.iter().filter(|party| mine == PartyNo::INTERMEDIARY || party.number == mine);
        let room = |party: &Party| self.room_of(RoomKind::Caucus(party.number)).ok_or_else(|| unknown(party));
        let rooms: Vec<RoomId> = said.map(room).collect::<Result<_, _>>()?;
        if rooms.is_empty() {
            return Err(refused(
                "The text binds others alone.",
                "Name the party that holds the pen among its parties.",
            ));
        }
        Ok(rooms)
    }

    /// Says what the pen of a party said in all the other caucuses, and the depositary's key where it is needed. The head of
    /// the intermediary's station does, once.
    pub(super) fn carry_pen(&mut self, came: Came, said: &Said) {
        let pen = self.me.invitation.pen;
        let carries = self.me.party() == PartyNo::INTERMEDIARY && self.me.is_head() && came.who.party == pen;
        if pen == PartyNo::INTERMEDIARY || !carries || !gate::drafts(&said.deed) {
            return;
        }
        let others = self.caucuses_but(pen, said);
        if self.is_joint(&said.deed) {
            let key = self.certifier().public();
            self.say_in(&[&[came.room], &others[..]].concat(), said.id, &Deed::Depositary(key));
        }
        self.say_in(&others, said.id, &said.deed);
    }

    fn caucuses_but(&self, pen: PartyNo, said: &Said) -> Vec<RoomId> {
        let outline = self.understandings.book.get(said.id).and_then(|kept| kept.outline.as_ref());
        let parties = outline.into_iter().flat_map(|outline| outline.parties.keys());
        let others = parties.filter(|party| **party != pen && **party != PartyNo::INTERMEDIARY);
        others.filter_map(|party| self.room_of(RoomKind::Caucus(*party))).collect()
    }

    fn is_joint(&self, deed: &Deed) -> bool {
        let Deed::Frozen(bytes) = deed else { return false };
        Frozen::from_bytes(bytes).is_ok_and(|frozen| frozen.text().form == Form::Joint)
    }

    /// Who said it, for people: what is carried is the pen's, and who carried it stands beside.
    pub(super) fn pen_label(&self, came: Came, deed: &Deed) -> String {
        let who = self.me.person_label(came.who.party, came.who.member);
        let in_name = author(self.me.invitation.pen, came.who, gate::drafts(deed)).party;
        if in_name == came.who.party {
            return who;
        }
        format!("{} (carried by {who})", self.me.label(in_name))
    }
}
