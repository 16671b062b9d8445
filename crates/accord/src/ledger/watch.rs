//! The watch of one delegation: who has it, and what waits to be released by a second person (docs/spec/line.md, WATCH rules).

use super::{Item, Ledger};
use crate::event::Event;
use crate::rules::RoomKind;
use crate::words::{At, DispatchId};
use backchannel_wire::{MemberId, Role};

/// A message that waits for a second person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// The request.
    pub id: DispatchId,
    /// Who wrote it.
    pub by: MemberId,
    /// When.
    pub at: At,
    /// When and by whom it was released.
    pub released: Option<(MemberId, At)>,
}

/// The watch as the delegation's room tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// Whether messages to another side are released by a second person: what the head said last (WATCH-2).
    pub second_person: bool,
    /// Who took it over last, and when (WATCH-1).
    pub on_duty: Option<(MemberId, At)>,
    /// The last note of hand-over that nobody took over yet.
    pub offered: Option<(DispatchId, MemberId, At)>,
    /// What waits for a second person, and what was released, the oldest first.
    pub releases: Vec<Release>,
}

impl Ledger {
    /// The watch of this station's delegation.
    pub fn watch(&self) -> Watch {
        let mut watch = Watch::default();
        let own = RoomKind::Delegation(self.desk.party);
        for (id, item) in self.order.iter().filter_map(|id| Some((*id, self.items.get(id)?))) {
            let Some(gist) = item.gist.as_ref().filter(|_| item.admitted.room_kind == own) else { continue };
            let (author, at) = (item.admitted.author, item.admitted.at());
            match gist.code.as_str() {
                "watch-rules" if author.role == Role::Head => {
                    watch.second_person = gist.value("second-person") == Some("yes");
                }
                "watch-handover" => watch.offered = Some((id, author.member, at)),
                "watch-taken" => (watch.on_duty, watch.offered) = (Some((author.member, at)), None),
                "watch-release" => {
                    let released = self.released(item);
                    watch.releases.push(Release { id, by: author.member, at, released });
                }
                _ => {}
            }
        }
        watch
    }

    /// Who released it: the first other person who said so in answer.
    fn released(&self, item: &Item) -> Option<(MemberId, At)> {
        let replies = item.replies.iter().filter_map(|id| self.items.get(id));
        let mut said = replies.filter(|reply| {
            let other = reply.admitted.author.member != item.admitted.author.member;
            let gist = reply.gist.as_ref();
            other && gist.is_some_and(|gist| gist.code == "watch-released")
        });
        said.next().map(|reply| (reply.admitted.author.member, reply.admitted.at()))
    }

    /// Whether a person read an item here.
    pub fn was_read_by(&self, id: DispatchId, member: MemberId) -> bool {
        self.items.get(&id).is_some_and(|item| item.reads.iter().any(|mark| mark.member == member))
    }

    /// The conveyance through which another side's dispatch came here.
    pub fn conveyance_of(&self, dispatch: DispatchId) -> Option<DispatchId> {
        self.items.iter().find_map(|(id, item)| match &item.admitted.event {
            Event::Conveyance(conveyance) if conveyance.of.dispatch == dispatch => Some(*id),
            _ => None,
        })
    }

    /// The name by which its author has an item: of a conveyance, that of what it carries.
    pub fn original(&self, id: DispatchId) -> DispatchId {
        match self.event(id) {
            Some(Event::Conveyance(conveyance)) => conveyance.of.dispatch,
            _ => id,
        }
    }
}
