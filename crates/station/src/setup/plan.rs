//! The rooms, seats and secrets of a channel about to be convened.

use super::{ConveneOptions, SetupError};
use crate::limits::INVITATION_DAYS;
use crate::machine::profile::{Invited, Me};
use crate::machine::seating::seat_keys;
use backchannel_assurance::invitation::{InvitedRoom, PartyLabel, REGISTRY_AFTER_BEATS};
use backchannel_assurance::{
    Carrier, IdentityKey, Invitation, Label, PartySeed, Route, SeatSecrets, Secret32,
};
use backchannel_wire::frame::FrameShape;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::limits::CAPACITIES;
use backchannel_wire::lobby::{ChannelRequest, RoomPlan};
use backchannel_wire::token::{Revoker, SeatToken};
use backchannel_wire::{ChannelId, MemberId, PartyNo, Role, RoomId, SeatNo, UtcMs};
use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// A party's label, and the text of its invitation.
pub type LabelledInvitation = (String, Zeroizing<String>);

struct PlannedRoom {
    room: RoomId,
    kind: RoomKind,
    capacity: u8,
}

/// What is drawn before the relay is asked.
pub struct Plan {
    channel: ChannelId,
    rooms: Vec<PlannedRoom>,
    /// One seed a side, the intermediary's first.
    seeds: Vec<PartySeed>,
    labels: Vec<Label>,
    pen: PartyNo,
    route: Route,
    shape: FrameShape,
}

impl Plan {
    /// Draws a channel's ids and seeds, and checks that it can be.
    pub fn new(options: &ConveneOptions, rng: &mut ChaCha20Rng) -> Result<Self, SetupError> {
        let count = options.parties.len();
        if !(2..=8).contains(&count) {
            return Err(wrong(format!("a channel has 2 to 8 parties, not {count}")));
        }
        let mut labels = vec![label("intermediary")?];
        for party in &options.parties {
            let party = label(party)?;
            if labels.iter().any(|known| known.as_str().eq_ignore_ascii_case(party.as_str())) {
                return Err(wrong(format!("two sides cannot both be called {}", party.as_str())));
            }
            labels.push(party);
        }
        let capacities =
            [Some(options.caucus_capacity), Some(options.delegation_capacity), options.registry_capacity];
        if capacities.into_iter().flatten().any(|capacity| !CAPACITIES.contains(&capacity)) {
            return Err(wrong("a room has 2, 4, 8 or 16 seats".to_owned()));
        }
        if options.registry_capacity.is_some_and(|capacity| usize::from(capacity) < count) {
            return Err(wrong("the registry needs a seat for each party".to_owned()));
        }
        let pen = pen(options.pen.as_deref(), &labels)?;
        let route = route(options)?;
        let mut channel = ChannelId([0; 16]);
        rng.fill_bytes(&mut channel.0);
        let rooms = rooms(options, rng);
        let shape = shape(options)?;
        let seeds = (0..=count).map(|_| PartySeed::generate(rng)).collect();
        Ok(Self { channel, rooms, seeds, labels, pen, route, shape })
    }

    /// What the relay is asked for.
    pub fn request(&self, options: &ConveneOptions) -> Result<ChannelRequest, SetupError> {
        let rooms = self.rooms.iter().map(|planned| {
            let seats = (0..planned.capacity).filter_map(SeatNo::new).map(|seat| {
                let seed = self.seed(self.owner(planned, seat));
                let token = SeatToken::new(*seed.token(planned.room, seat).expose());
                let revoker = Revoker::new(*seed.revoker(planned.room, seat).expose());
                seat_keys(&token, &revoker)
            });
            RoomPlan { room: planned.room, capacity: planned.capacity, seats: seats.collect() }
        });
        Ok(ChannelRequest {
            operator: options.operator_token.clone(),
            channel: self.channel,
            beat_ms: options.beat_ms,
            frame_rooms: self.shape.rooms(),
            down_cells: self.shape.down_cells(),
            rooms: rooms.collect(),
        })
    }

    /// The intermediary's station, and each party's label with its invitation.
    pub fn invitations(
        &self,
        options: &ConveneOptions,
        t0: UtcMs,
        now: UtcMs,
        rng: &mut ChaCha20Rng,
    ) -> Result<(Me, Vec<LabelledInvitation>), SetupError> {
        let ik = IdentityKey::generate(rng);
        let expires = UtcMs(now.0.saturating_add(INVITATION_DAYS * 24 * 3_600_000));
        let base = self.invitation(options, PartyNo::INTERMEDIARY, &ik, t0, UtcMs(u64::MAX), rng)?;
        let mut me = Me::with_key(base, ik, now, rng)?;
        let mut out = Vec::new();
        for party in me.parties().collect::<Vec<_>>() {
            let invitation = self.invitation(options, party, &me.ik, t0, expires, rng)?;
            let caucus = invitation.rooms.iter().find(|room| room.kind == RoomKind::Caucus(party));
            me.profile.invited.push(Invited {
                party,
                member: invitation.member,
                role: Role::Head,
                label: label("head")?,
                knock_key: invitation.knock_key.clone(),
                seats: caucus
                    .map(|room| (room.room, room.seat.get()))
                    .into_iter()
                    .collect::<BTreeMap<_, _>>(),
                expires,
            });
            out.push((me.label(party), invitation.to_text()?));
        }
        Ok((me, out))
    }

    fn invitation(
        &self,
        options: &ConveneOptions,
        party: PartyNo,
        intermediary: &IdentityKey,
        t0: UtcMs,
        expires: UtcMs,
        rng: &mut ChaCha20Rng,
    ) -> Result<Invitation, SetupError> {
        let mut member = MemberId([0; 16]);
        rng.fill_bytes(&mut member.0);
        let mut rooms: Vec<InvitedRoom> = self
            .rooms
            .iter()
            .filter_map(|planned| {
                let (room, kind, capacity) = (planned.room, planned.kind, planned.capacity);
                self.head_seat(planned, party).map(|seat| InvitedRoom { room, kind, capacity, seat })
            })
            .collect();
        rooms.sort_by_key(|room| room.room);
        let sides = self.labels.iter().zip(0u8..);
        Ok(Invitation {
            channel: self.channel,
            channel_label: label(&options.channel_label)?,
            relay_address: options.relay_addr.clone(),
            relay_pin: options.relay_pin,
            beat_ms: options.beat_ms,
            t0,
            frame_rooms: self.shape.rooms(),
            down_cells: self.shape.down_cells(),
            party,
            parties: sides.map(|(label, n)| PartyLabel { party: PartyNo(n), label: label.clone() }).collect(),
            member,
            role: Role::Head,
            rooms,
            seats: SeatSecrets::Seed(self.seed(party).clone()),
            knock_key: Secret32::generate(rng),
            sponsor: intermediary.public(),
            intermediary: intermediary.public(),
            roster_heads: Default::default(),
            expires,
            pen: self.pen,
            route: (self.route != Route::default()).then_some(self.route),
        })
    }

    fn seed(&self, party: PartyNo) -> &PartySeed {
        // Owners are numbered as the seeds are; the intermediary's is always there.
        self.seeds.get(usize::from(party.0)).unwrap_or(&self.seeds[0])
    }

    /// The seats of a party's block in the registry.
    fn block(&self, capacity: u8) -> u8 {
        let parties = u8::try_from(self.seeds.len() - 1).unwrap_or(u8::MAX);
        (capacity / parties.max(1)).max(1)
    }

    fn owner(&self, planned: &PlannedRoom, seat: SeatNo) -> PartyNo {
        match planned.kind {
            RoomKind::Caucus(_) if seat.get() == 0 => PartyNo::INTERMEDIARY,
            RoomKind::Caucus(party) | RoomKind::Delegation(party) => party,
            RoomKind::Registry => {
                let last = u8::try_from(self.seeds.len() - 1).unwrap_or(u8::MAX);
                PartyNo((seat.get() / self.block(planned.capacity) + 1).min(last))
            }
        }
    }

    /// A head's seat in a room, if it has one.
    fn head_seat(&self, planned: &PlannedRoom, party: PartyNo) -> Option<SeatNo> {
        match planned.kind {
            RoomKind::Caucus(_) if party == PartyNo::INTERMEDIARY => SeatNo::new(0),
            RoomKind::Caucus(caucus) => (caucus == party).then(|| SeatNo::new(1)).flatten(),
            RoomKind::Delegation(own) => (own == party).then(|| SeatNo::new(0)).flatten(),
            RoomKind::Registry if party == PartyNo::INTERMEDIARY => None,
            RoomKind::Registry => SeatNo::new((party.0 - 1) * self.block(planned.capacity)),
        }
    }
}

fn rooms(options: &ConveneOptions, rng: &mut ChaCha20Rng) -> Vec<PlannedRoom> {
    let parties = (1u8..).take(options.parties.len()).map(PartyNo);
    let pairs = parties.flat_map(|party| {
        [
            (RoomKind::Caucus(party), options.caucus_capacity),
            (RoomKind::Delegation(party), options.delegation_capacity),
        ]
    });
    let registry = options.registry_capacity.map(|capacity| (RoomKind::Registry, capacity));
    let planned = pairs.chain(registry).map(|(kind, capacity)| {
        let mut room = RoomId([0; 16]);
        rng.fill_bytes(&mut room.0);
        PlannedRoom { room, kind, capacity }
    });
    planned.collect()
}

/// Frames are the same for every station: room for the party's three rooms, or the intermediary's caucuses.
fn shape(options: &ConveneOptions) -> Result<FrameShape, SetupError> {
    let count = options.parties.len();
    let rooms = u8::try_from(count.max(3)).unwrap_or(u8::MAX);
    let own = u16::from(options.caucus_capacity)
        + u16::from(options.delegation_capacity)
        + u16::from(options.registry_capacity.unwrap_or(0));
    let caucuses = u16::from(options.caucus_capacity) * u16::try_from(count).unwrap_or(u16::MAX);
    FrameShape::new(rooms, own.max(caucuses))
        .ok_or_else(|| wrong("the channel's frames would be too large".to_owned()))
}

/// Who holds the pen: the intermediary, unless a party is named.
fn pen(named: Option<&str>, labels: &[Label]) -> Result<PartyNo, SetupError> {
    let Some(named) = named else { return Ok(PartyNo::INTERMEDIARY) };
    let mut parties = (0u8..).zip(labels).skip(1);
    let found = parties.find(|(_, label)| label.as_str().eq_ignore_ascii_case(named));
    let unknown = || wrong(format!("no party is called {named}, who was to hold the pen"));
    found.map(|(number, _)| PartyNo(number)).ok_or_else(unknown)
}

/// How messages get to the other side; a way through the registry needs one.
fn route(options: &ConveneOptions) -> Result<Route, SetupError> {
    let Route { by, registry_after } = options.route;
    let passes = by == Carrier::Registry || registry_after.is_some();
    if passes && options.registry_capacity.is_none() {
        return Err(wrong("messages cannot go by the registry of a channel without one".to_owned()));
    }
    match registry_after {
        Some(beats) if !REGISTRY_AFTER_BEATS.contains(&beats) => {
            let (least, most) = (REGISTRY_AFTER_BEATS.start(), REGISTRY_AFTER_BEATS.end());
            Err(wrong(format!("messages go by the registry after {least} to {most} beats of silence")))
        }
        _ => Ok(options.route),
    }
}

fn label(text: &str) -> Result<Label, SetupError> {
    Label::new(text).map_err(|error| wrong(format!("the label was not taken: {error}")))
}

fn wrong(what: String) -> SetupError {
    SetupError::Options(what)
}
