//! Who this station is on its channel: keys, seats, rosters and pending newcomers. One record in the vault.

use super::quorum::Proposed;
use super::room::Spot;
use backchannel_assurance::roster::{self, RosterHeads};
use backchannel_assurance::{
    Approval, IdentityKey, IkPublic, Invitation, Label, Member, SeatSecrets, Secret32, SigningKey,
    VerifierAnnouncement, VerifierKey, Version,
};
use backchannel_wire::frame::FrameShape;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::token::{Revoker, SeatToken};
use backchannel_wire::{ChannelId, MemberId, PartyNo, Role, RoomId, SeatNo, UtcMs, canonical};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// Where a seat of this station stands.
#[derive(Clone, Encode, Decode)]
pub enum Standing {
    /// Not in the room yet.
    #[n(0)]
    Outside,
    /// A key package was left; the welcome is awaited.
    #[n(1)]
    Knocked(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// In the room.
    #[n(2)]
    Inside,
    /// In the room before, with a leaf that cannot go on: a new key package was left.
    #[n(3)]
    Returning(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// Removed from the room.
    #[n(4)]
    Removed,
}

/// One room of the station.
#[derive(Clone, Encode, Decode)]
pub struct Place {
    /// What never changes.
    #[n(0)]
    pub spot: Spot,
    /// Where the seat stands.
    #[n(1)]
    pub standing: Standing,
    /// The token, where it is no longer the first one.
    #[n(2)]
    pub token: Option<SeatToken>,
    /// The verifier key of a head in this room.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub verifier: Option<[u8; 32]>,
}

/// Somebody invited who has not knocked yet, or whose seats are being prepared.
#[derive(Clone, Encode, Decode)]
pub struct Invited {
    /// The side.
    #[n(0)]
    pub party: PartyNo,
    /// The pseudonym.
    #[n(1)]
    pub member: MemberId,
    /// The role.
    #[n(2)]
    pub role: Role,
    /// How the person is shown.
    #[n(3)]
    pub label: Label,
    /// The key of the first knock.
    #[n(4)]
    pub knock_key: Secret32,
    /// The seats, by room.
    #[n(5)]
    pub seats: BTreeMap<RoomId, u8>,
    /// When the invitation ends.
    #[n(6)]
    pub expires: UtcMs,
}

/// A seat's secrets that replaced the derived ones.
#[derive(Clone, Encode, Decode)]
pub struct Replaced {
    /// The token.
    #[n(0)]
    pub token: SeatToken,
    /// The revoker.
    #[n(1)]
    pub revoker: Revoker,
}

/// The stored form of a profile.
#[derive(Clone, Encode, Decode)]
pub struct Profile {
    /// The invitation by which the station came, or for the intermediary one made for itself.
    #[cbor(n(0), with = "minicbor::bytes")]
    invitation: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    ik: [u8; 32],
    #[cbor(n(2), with = "minicbor::bytes")]
    y: [u8; 32],
    /// The rooms, in the order of frame slots.
    #[n(3)]
    pub places: Vec<Place>,
    /// The rosters known, each a chain of versions.
    #[n(4)]
    rosters: BTreeMap<PartyNo, Vec<ByteVec>>,
    /// People invited by this station.
    #[n(5)]
    pub invited: Vec<Invited>,
    /// Seats whose first tokens were replaced (heads).
    #[n(6)]
    pub replaced: BTreeMap<(RoomId, u8), Replaced>,
    /// Verifier keys announced, by room and party.
    #[n(7)]
    pub announced: BTreeMap<(RoomId, PartyNo), VerifierAnnouncement>,
    /// Who is said to sit where, by room and seat.
    #[n(8)]
    pub claims: BTreeMap<(RoomId, u8), (PartyNo, MemberId)>,
    /// The next version of the own roster, while it waits for approval.
    #[n(9)]
    pub proposed: Option<Proposed>,
    /// The numbers of the versions that the person at this station approved, on the head's proposal.
    #[n(10)]
    pub approved: Vec<u32>,
    /// What colleagues approved, for the verifiers of each room (a head).
    #[n(11)]
    pub collected: BTreeMap<(RoomId, u32), Vec<Approval>>,
    /// Who was vouched for on each seat last, by room and seat.
    #[n(12)]
    pub proven: BTreeMap<(RoomId, u8), (PartyNo, MemberId)>,
}

/// Who this station is.
pub struct Me {
    /// The stored part.
    pub profile: Profile,
    /// The invitation.
    pub invitation: Invitation,
    /// The identity key.
    pub ik: IdentityKey,
    /// The signing key.
    pub y: SigningKey,
    /// The rosters known, each a chain.
    pub rosters: BTreeMap<PartyNo, Vec<Version>>,
    /// The shape of the channel's frames.
    pub shape: FrameShape,
}

/// Why a profile could not be read or a roster not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The record is damaged.
    #[error("the station's profile is damaged")]
    Damaged,
}

impl Me {
    /// A station that accepted an invitation: fresh keys, no room entered yet. A head makes its party's first roster.
    pub fn accept(invitation: Invitation, now: UtcMs, rng: &mut ChaCha20Rng) -> Result<Self, ProfileError> {
        let ik = IdentityKey::generate(rng);
        Self::with_key(invitation, ik, now, rng)
    }

    /// As [`Self::accept`], with an identity key made before: the intermediary's stands in every invitation.
    pub fn with_key(
        invitation: Invitation,
        ik: IdentityKey,
        now: UtcMs,
        rng: &mut ChaCha20Rng,
    ) -> Result<Self, ProfileError> {
        let y = SigningKey::generate(rng);
        let places = invitation.rooms.iter().map(|room| Place {
            spot: Spot {
                channel: invitation.channel,
                room: room.room,
                kind: room.kind,
                seat: room.seat,
                capacity: room.capacity,
            },
            standing: Standing::Outside,
            token: None,
            verifier: (invitation.role == Role::Head).then(|| *VerifierKey::generate(rng).expose()),
        });
        let profile = Profile {
            invitation: invitation.to_bytes().map_err(|_| ProfileError::Damaged)?.to_vec(),
            ik: *ik.expose(),
            y: *y.expose(),
            places: places.collect(),
            rosters: BTreeMap::new(),
            invited: Vec::new(),
            replaced: BTreeMap::new(),
            announced: BTreeMap::new(),
            claims: BTreeMap::new(),
            proposed: None,
            approved: Vec::new(),
            collected: BTreeMap::new(),
            proven: BTreeMap::new(),
        };
        let shape =
            FrameShape::new(invitation.frame_rooms, invitation.down_cells).ok_or(ProfileError::Damaged)?;
        let mut me = Self { profile, invitation, ik, y, rosters: BTreeMap::new(), shape };
        if me.invitation.role == Role::Head {
            let label = Label::new("head").map_err(|_| ProfileError::Damaged)?;
            let member =
                me.member_entry(me.invitation.member, label, Role::Head, me.ik.public(), me.y.public(), now);
            let first = Version {
                channel: me.invitation.channel,
                party: me.invitation.party,
                number: 1,
                previous: None,
                quorum: 1,
                members: vec![member],
            };
            me.take_roster_chain(vec![first]);
        }
        Ok(me)
    }

    /// A roster entry valid from now on.
    pub fn member_entry(
        &self,
        pseudonym: MemberId,
        label: Label,
        role: Role,
        ik: IkPublic,
        y: backchannel_assurance::YPublic,
        now: UtcMs,
    ) -> Member {
        Member { pseudonym, label, role, ik, y, valid_from: now, valid_until: UtcMs(u64::MAX) }
    }

    /// Reads a profile from the vault.
    pub fn load(bytes: &[u8]) -> Result<Self, ProfileError> {
        let profile: Profile = canonical::from_slice(bytes).map_err(|_| ProfileError::Damaged)?;
        let invitation = Invitation::from_bytes(&profile.invitation).map_err(|_| ProfileError::Damaged)?;
        let chain = |chain: &Vec<ByteVec>| {
            chain.iter().map(|bytes| Version::from_bytes(bytes)).collect::<Result<Vec<_>, _>>()
        };
        let rosters = profile
            .rosters
            .iter()
            .map(|(party, bytes)| Ok((*party, chain(bytes).map_err(|_| ProfileError::Damaged)?)))
            .collect::<Result<_, _>>()?;
        let shape =
            FrameShape::new(invitation.frame_rooms, invitation.down_cells).ok_or(ProfileError::Damaged)?;
        Ok(Self {
            ik: IdentityKey::from_bytes(&profile.ik),
            y: SigningKey::from_bytes(&profile.y).map_err(|_| ProfileError::Damaged)?,
            rosters,
            shape,
            invitation,
            profile,
        })
    }

    /// The record for the vault.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(canonical::to_vec(&self.profile))
    }

    /// The channel.
    pub fn channel(&self) -> ChannelId {
        self.invitation.channel
    }

    /// This side.
    pub fn party(&self) -> PartyNo {
        self.invitation.party
    }

    /// The person at this station.
    pub fn member(&self) -> MemberId {
        self.invitation.member
    }

    /// Whether this is a head of delegation.
    pub fn is_head(&self) -> bool {
        self.invitation.role == Role::Head
    }

    /// The place of a room.
    pub fn place(&self, room: RoomId) -> Option<&Place> {
        self.profile.places.iter().find(|place| place.spot.room == room)
    }

    /// The place of a room, to change it.
    pub fn place_mut(&mut self, room: RoomId) -> Option<&mut Place> {
        self.profile.places.iter_mut().find(|place| place.spot.room == room)
    }

    /// The station's token for a room.
    pub fn token(&self, place: &Place) -> Option<SeatToken> {
        let own = place.token.clone();
        own.or_else(|| self.seat_token(place.spot.room, place.spot.seat))
    }

    /// The token of any seat of the party, as far as this station holds it.
    pub fn seat_token(&self, room: RoomId, seat: SeatNo) -> Option<SeatToken> {
        if let Some(replaced) = self.profile.replaced.get(&(room, seat.get())) {
            return Some(replaced.token.clone());
        }
        self.invitation.seats.token(room, seat).map(|token| SeatToken::new(*token.expose()))
    }

    /// The revoker of any seat of the party, as far as this station holds it.
    pub fn revoker(&self, room: RoomId, seat: SeatNo) -> Option<Revoker> {
        if let Some(replaced) = self.profile.replaced.get(&(room, seat.get())) {
            return Some(replaced.revoker.clone());
        }
        self.invitation.seats.revoker(room, seat).map(|revoker| Revoker::new(*revoker.expose()))
    }

    /// Whether the station holds the seed of its party's seats.
    pub fn holds_seed(&self) -> bool {
        matches!(self.invitation.seats, SeatSecrets::Seed(_))
    }

    /// The verifier key of this head in a room.
    pub fn verifier(&self, room: RoomId) -> Option<VerifierKey> {
        let bytes = self.place(room)?.verifier?;
        VerifierKey::from_bytes(&bytes).ok()
    }

    /// The label of a side.
    pub fn label(&self, party: PartyNo) -> String {
        self.invitation
            .party_label(party)
            .map_or_else(|| format!("side {}", party.0), |label| label.as_str().to_owned())
    }

    /// A side by its label, case ignored.
    pub fn party_named(&self, label: &str) -> Option<PartyNo> {
        let wanted = label.trim().to_lowercase();
        self.invitation
            .parties
            .iter()
            .find(|side| side.label.as_str().to_lowercase() == wanted)
            .map(|side| side.party)
    }

    /// All parties, without the intermediary.
    pub fn parties(&self) -> impl Iterator<Item = PartyNo> {
        self.invitation.parties.iter().map(|side| side.party).filter(|party| *party != PartyNo::INTERMEDIARY)
    }

    /// The current roster of a side.
    pub fn roster(&self, party: PartyNo) -> Option<&Version> {
        self.rosters.get(&party)?.last()
    }

    /// A numbered version of a side's roster.
    pub fn roster_version(&self, party: PartyNo, number: u32) -> Option<&Version> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.rosters.get(&party)?.get(at)
    }

    /// A person on a side's current roster.
    pub fn person(&self, party: PartyNo, member: MemberId) -> Option<&Member> {
        self.roster(party)?.member(member)
    }

    /// How a person is shown.
    pub fn person_label(&self, party: PartyNo, member: MemberId) -> String {
        let chain = self.rosters.get(&party);
        let known = chain.and_then(|chain| chain.iter().rev().find_map(|version| version.member(member)));
        let side = self.label(party);
        match known.map(|known| known.label.as_str()) {
            None => format!("{side} (unknown)"),
            // Some call their people by the side's name already.
            Some(label) if label.to_lowercase().starts_with(&side.to_lowercase()) => label.to_owned(),
            Some(label) => format!("{side} {label}"),
        }
    }

    /// Notes who is said to sit somewhere; whether that is news. Nobody's word takes a seat from a person who was vouched for
    /// there and is still on its roster: a lie would shut that person out (JOIN-15).
    pub fn claim(&mut self, room: RoomId, seat: u8, party: PartyNo, member: MemberId) -> bool {
        let proven = self.profile.proven.get(&(room, seat)).copied();
        let other = proven.filter(|proven| *proven != (party, member));
        if other.is_some_and(|(party, member)| self.person(party, member).is_some()) {
            return false;
        }
        self.profile.claims.insert((room, seat), (party, member)) != Some((party, member))
    }

    /// The heads of all parties' rosters, without the intermediary's.
    pub fn heads(&self) -> RosterHeads {
        let mut heads = RosterHeads::default();
        for party in self.parties() {
            if let Some(version) = self.roster(party) {
                heads.set(party, version.head());
            }
        }
        heads
    }

    /// Takes a chain of versions met for the first time, or one that continues the chain known. Whether it was taken.
    pub fn take_roster_chain(&mut self, chain: Vec<Version>) -> bool {
        let Some(party) = chain.first().map(|first| first.party) else { return false };
        let linked = chain.windows(2).all(|pair| roster::check_next(&pair[0], &pair[1]).is_ok());
        let first = chain.first().is_some_and(|first| first.number == 1 && first.channel == self.channel());
        let sound = chain.iter().all(|version| version.check_form().is_ok());
        let known = self.rosters.get(&party);
        let continues = known.is_none_or(|known| chain.len() > known.len() && chain.starts_with(known));
        if !(linked && first && sound && continues) {
            return false;
        }
        let bytes = chain.iter().map(|version| version.to_bytes().into()).collect();
        self.profile.rosters.insert(party, bytes);
        self.rosters.insert(party, chain);
        true
    }

    /// Adds the next version of a side's roster, whose approval was checked.
    pub fn add_roster_version(&mut self, version: Version) -> bool {
        let mut chain = self.rosters.get(&version.party).cloned().unwrap_or_default();
        chain.push(version);
        self.take_roster_chain(chain)
    }

    /// Every roster known, as chains of bytes.
    pub fn roster_bytes(&self) -> Vec<Vec<ByteVec>> {
        self.profile.rosters.values().cloned().collect()
    }

    /// The side that founds a room: the lowest-numbered head among its members (ROOM-21).
    pub fn founder(&self, kind: RoomKind) -> Option<PartyNo> {
        match kind {
            RoomKind::Caucus(_) => Some(PartyNo::INTERMEDIARY),
            RoomKind::Delegation(party) => Some(party),
            RoomKind::Registry => self.parties().min(),
        }
    }

    /// A room's name for people.
    pub fn room_name(&self, kind: RoomKind) -> String {
        match kind {
            RoomKind::Caucus(party) if self.party() == PartyNo::INTERMEDIARY => {
                format!("caucus {}", self.label(party))
            }
            RoomKind::Caucus(_) => "caucus".to_owned(),
            RoomKind::Delegation(_) => "delegation".to_owned(),
            RoomKind::Registry => "registry".to_owned(),
        }
    }
}
