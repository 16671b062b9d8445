//! Invitations: all that a person's station needs to find the relay, take its seats and be let in by its sponsor
//! (docs/spec/invitation.md).
//!
//! An invitation is a secret from end to end: it is erased when dropped and has no printable form but the armour.

use crate::armour::{self, ArmourError};
use crate::keys::IkPublic;
use crate::label::Label;
use crate::limits::{
    ADDRESS_BYTES_MAX, BEAT_MS_MAX, BEAT_MS_MIN, INVITATION_BYTES_MAX, INVITATION_COLUMNS,
    INVITATION_TEXT_BYTES_MAX, PARTIES_MAX, ROOMS_MAX,
};
use crate::roster::RosterHeads;
use crate::seats::{SeatSecrets, SeatToken};
use crate::secret::Secret32;
use backchannel_wire::limits::CAPACITIES;
use backchannel_wire::{ChannelId, MemberId, PartyNo, Role, RoomId, RoomKind, SeatNo, UtcMs};
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;
use zeroize::Zeroizing;

/// What the armour of an invitation of this version begins with.
pub const PREFIX: &str = "backchannel-invitation-1:";
/// What the armour of an invitation of any version begins with.
const ANY_VERSION: &str = "backchannel-invitation-";

/// A side of the channel and what screens call it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PartyLabel {
    /// The party.
    #[n(0)]
    pub party: PartyNo,
    /// Its label.
    #[n(1)]
    pub label: Label,
}

/// A room in which the invited station has a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct InvitedRoom {
    /// The room.
    #[n(0)]
    pub room: RoomId,
    /// What it is for.
    #[n(1)]
    pub kind: RoomKind,
    /// Its seats.
    #[n(2)]
    pub capacity: u8,
    /// The invited station's seat.
    #[n(3)]
    pub seat: SeatNo,
}

/// An invitation to one person.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Invitation {
    /// The channel.
    #[n(0)]
    pub channel: ChannelId,
    /// What the sponsor calls the channel.
    #[n(1)]
    pub channel_label: Label,
    /// The relay's host and port.
    #[n(2)]
    pub relay_address: String,
    /// SHA-256 of the relay's certificate.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub relay_pin: [u8; 32],
    /// The length of a beat in milliseconds.
    #[n(4)]
    pub beat_ms: u32,
    /// When beat 0 begins.
    #[n(5)]
    pub t0: UtcMs,
    /// Room slots of every station's frame.
    #[n(6)]
    pub frame_rooms: u8,
    /// Cells in the live share of every down frame.
    #[n(7)]
    pub down_cells: u16,
    /// The party the person belongs to.
    #[n(8)]
    pub party: PartyNo,
    /// All sides, by ascending number.
    #[n(9)]
    pub parties: Vec<PartyLabel>,
    /// The pseudonym the person will have on the party's roster.
    #[n(10)]
    pub member: MemberId,
    /// The person's role.
    #[n(11)]
    pub role: Role,
    /// The person's rooms, by ascending room id.
    #[n(12)]
    pub rooms: Vec<InvitedRoom>,
    /// The tokens of the person's seats, or the seed of all the party's.
    #[n(13)]
    pub seats: SeatSecrets,
    /// The key of the first knock, known to the sponsor and the invited person alone: whoever runs the relay may know
    /// the seat tokens, but not this.
    #[n(14)]
    pub knock_key: Secret32,
    /// Whoever lets the person in: the intermediary for a head, the head for a delegate.
    #[n(15)]
    pub sponsor: IkPublic,
    /// The intermediary's identity key.
    #[n(16)]
    pub intermediary: IkPublic,
    /// The roster heads that the sponsor knows.
    #[n(17)]
    pub roster_heads: RosterHeads,
    /// When the invitation ends.
    #[n(18)]
    pub expires: UtcMs,
    /// Who holds the pen of texts of understanding: the intermediary, or a party, as convened.
    #[n(19)]
    pub pen: PartyNo,
    /// How messages get to the other side, if it is not by the standing instruction alone.
    #[n(20)]
    pub route: Option<Route>,
}

/// How what a party notifies another of gets there, as convened (INVITE-11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Route {
    /// Who carries it.
    #[n(0)]
    pub by: Carrier,
    /// After how many beats of the intermediary's silence it goes by the registry as well.
    #[n(1)]
    pub registry_after: Option<u32>,
}

/// Who carries what a party notifies another of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Carrier {
    /// The intermediary's station, at once and unattended.
    #[default]
    #[n(0)]
    Standing,
    /// A person of the intermediary.
    #[n(1)]
    Manual,
    /// Nobody: it stands in the registry, which all parties' stations read.
    #[n(2)]
    Registry,
}

/// Beats after which a silent intermediary may be passed by: from a minute's worth of short beats to a week of beats of a second.
pub const REGISTRY_AFTER_BEATS: std::ops::RangeInclusive<u32> = 8..=604_800;

/// Why an invitation is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvitationError {
    /// The text is not an invitation.
    #[error("the text is not an invitation (INVITE-1)")]
    NotAnInvitation,
    /// The text is an invitation of another version.
    #[error("the invitation is of another version of the format (INVITE-1)")]
    Version,
    /// The text or its content is longer than any invitation.
    #[error("the invitation is too long (INVITE-2)")]
    TooLong,
    /// A character cannot be part of an invitation.
    #[error("the invitation holds a character that does not belong in it (INVITE-2)")]
    Character,
    /// The checksum does not match.
    #[error("the invitation is damaged or incomplete: its checksum does not match (INVITE-3)")]
    Checksum,
    /// The content is not the structure of an invitation.
    #[error("the invitation's content cannot be read (INVITE-4)")]
    Malformed,
    /// The content has another encoding than the canonical one.
    #[error("the invitation's content is not canonically encoded (INVITE-4)")]
    NotCanonical,
    /// A field is outside its bounds.
    #[error("the invitation's {0} is outside its bounds (INVITE-5)")]
    Bounds(&'static str),
    /// The fields contradict each other.
    #[error("the invitation contradicts itself in its {0} (INVITE-6)")]
    Inconsistent(&'static str),
    /// The invitation has expired.
    #[error("the invitation has expired (INVITE-8)")]
    Expired,
}

impl Invitation {
    /// The invitation on one line of text.
    pub fn to_text(&self) -> Result<Zeroizing<String>, InvitationError> {
        Ok(armour::encode(PREFIX, &self.to_bytes()?))
    }

    /// The invitation as the content of a file: the same text, wrapped.
    pub fn to_file(&self) -> Result<Zeroizing<String>, InvitationError> {
        let line = self.to_text()?;
        let mut out = Zeroizing::new(String::with_capacity(line.len() + line.len() / INVITATION_COLUMNS + 2));
        for (place, c) in line.chars().enumerate() {
            if place > 0 && place % INVITATION_COLUMNS == 0 {
                out.push('\n');
            }
            out.push(c);
        }
        out.push('\n');
        Ok(out)
    }

    /// Reads an invitation from pasted text or a file.
    pub fn from_text(text: &str) -> Result<Self, InvitationError> {
        if text.len() > INVITATION_TEXT_BYTES_MAX {
            return Err(InvitationError::TooLong);
        }
        let bytes = armour::decode(PREFIX, text).map_err(|error| match error {
            ArmourError::Prefix if is_other_version(text) => InvitationError::Version,
            ArmourError::Prefix => InvitationError::NotAnInvitation,
            ArmourError::Character => InvitationError::Character,
            ArmourError::Checksum => InvitationError::Checksum,
        })?;
        Self::from_bytes(&bytes)
    }

    /// The invitation's bytes, for the vault; refuses to make one that would be refused.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, InvitationError> {
        self.check()?;
        self.encode().ok_or(InvitationError::TooLong)
    }

    /// Reads an invitation from its bytes and checks all but its expiry (INVITE-4 to INVITE-7).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvitationError> {
        if bytes.len() > INVITATION_BYTES_MAX {
            return Err(InvitationError::TooLong);
        }
        let invitation: Self = minicbor::decode(bytes).map_err(|_| InvitationError::Malformed)?;
        if invitation.encode().is_none_or(|again| *again != bytes) {
            return Err(InvitationError::NotCanonical);
        }
        invitation.check()?;
        Ok(invitation)
    }

    /// Refuses an invitation whose time is over (INVITE-8).
    pub fn check_expiry(&self, now: UtcMs) -> Result<(), InvitationError> {
        if now < self.expires { Ok(()) } else { Err(InvitationError::Expired) }
    }

    /// The label of a side.
    pub fn party_label(&self, party: PartyNo) -> Option<&Label> {
        self.parties.iter().find(|side| side.party == party).map(|side| &side.label)
    }

    /// Encodes into a buffer that never moves, so that no copy is left behind.
    fn encode(&self) -> Option<Zeroizing<Vec<u8>>> {
        let mut room = Zeroizing::new([0; INVITATION_BYTES_MAX]);
        let mut cursor = minicbor::encode::write::Cursor::new(room.as_mut_slice());
        minicbor::encode(self, &mut cursor).ok()?;
        let length = cursor.position();
        room.get(..length).map(|bytes| Zeroizing::new(bytes.to_vec()))
    }

    fn check(&self) -> Result<(), InvitationError> {
        self.check_bounds()?;
        self.check_sides()?;
        self.check_rooms()?;
        self.check_seats()
    }

    fn check_bounds(&self) -> Result<(), InvitationError> {
        let bounded = [
            ("relay address", is_address(&self.relay_address)),
            ("beat", (BEAT_MS_MIN..=BEAT_MS_MAX).contains(&self.beat_ms)),
            ("parties", (2..=PARTIES_MAX).contains(&self.parties.len())),
            ("rooms", (1..=ROOMS_MAX).contains(&self.rooms.len())),
            ("roster heads", self.roster_heads.len() <= PARTIES_MAX),
            ("route", self.route.and_then(|route| route.registry_after).is_none_or(is_delay)),
        ];
        match bounded.iter().find(|(_, holds)| !holds) {
            Some((field, _)) => Err(InvitationError::Bounds(field)),
            None => Ok(()),
        }
    }

    /// How messages get to the other side.
    pub fn route(&self) -> Route {
        self.route.unwrap_or_default()
    }

    fn check_sides(&self) -> Result<(), InvitationError> {
        let ascending = self.parties.is_sorted_by(|a, b| a.party < b.party);
        let labels: BTreeSet<_> = self.parties.iter().map(|side| &side.label).collect();
        if !ascending
            || labels.len() != self.parties.len()
            || self.party_label(PartyNo::INTERMEDIARY).is_none()
        {
            return Err(InvitationError::Inconsistent("parties"));
        }
        if self.party_label(self.party).is_none() {
            return Err(InvitationError::Inconsistent("party"));
        }
        if self.party_label(self.pen).is_none() {
            return Err(InvitationError::Inconsistent("pen"));
        }
        if self.roster_heads.iter().any(|(party, _)| self.party_label(party).is_none()) {
            return Err(InvitationError::Inconsistent("roster heads"));
        }
        Ok(())
    }

    fn check_rooms(&self) -> Result<(), InvitationError> {
        if !self.rooms.is_sorted_by(|a, b| a.room < b.room)
            || !self.rooms.iter().all(|room| self.may_sit_in(room))
        {
            return Err(InvitationError::Inconsistent("rooms"));
        }
        let cells: usize = self.rooms.iter().map(|room| usize::from(room.capacity)).sum();
        if self.rooms.len() > usize::from(self.frame_rooms) || cells > usize::from(self.down_cells) {
            return Err(InvitationError::Inconsistent("frame sizes"));
        }
        Ok(())
    }

    /// Whether a room has a capacity and a seat that exist, and is of a kind this side has a seat in (INVITE-6).
    fn may_sit_in(&self, room: &InvitedRoom) -> bool {
        let intermediary = self.party == PartyNo::INTERMEDIARY;
        let belongs = match room.kind {
            RoomKind::Delegation(party) => party == self.party,
            RoomKind::Caucus(party) => {
                party != PartyNo::INTERMEDIARY
                    && (party == self.party || intermediary)
                    && self.party_label(party).is_some()
            }
            RoomKind::Registry => !intermediary,
        };
        belongs && CAPACITIES.contains(&room.capacity) && room.seat.get() < room.capacity
    }

    /// Seeds are for heads; a delegate holds exactly the tokens of its seats (INVITE-7).
    fn check_seats(&self) -> Result<(), InvitationError> {
        let matches = match &self.seats {
            SeatSecrets::Seed(_) => self.role == Role::Head,
            SeatSecrets::Tokens(tokens) => {
                let held = |(token, room): (&SeatToken, &InvitedRoom)| {
                    token.room == room.room && token.seat == room.seat
                };
                self.role != Role::Head
                    && tokens.len() == self.rooms.len()
                    && tokens.iter().zip(&self.rooms).all(held)
            }
        };
        if matches { Ok(()) } else { Err(InvitationError::Inconsistent("seats")) }
    }
}

/// Host and port, in characters that no terminal or parser takes for anything else.
fn is_delay(beats: u32) -> bool {
    REGISTRY_AFTER_BEATS.contains(&beats)
}

fn is_address(address: &str) -> bool {
    let Some((host, port)) = address.rsplit_once(':') else { return false };
    let bracketed = host.starts_with('[') && host.ends_with(']');
    let host_holds = !host.is_empty() && (bracketed || !host.contains([':', '[', ']']));
    let port_holds = !port.starts_with('0') && port.parse::<u16>().is_ok();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    address.len() <= ADDRESS_BYTES_MAX && address.chars().all(plain) && host_holds && port_holds
}

fn is_other_version(text: &str) -> bool {
    let significant = text.chars().filter(|c| !c.is_whitespace() && *c != '>');
    let start: String = significant.take(ANY_VERSION.len()).collect();
    start.eq_ignore_ascii_case(ANY_VERSION)
}
