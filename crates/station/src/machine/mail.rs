//! What a newcomer and its sponsor leave for each other in the lobby (docs/spec/joining.md).

use super::room::Pace;
use backchannel_assurance::{IdentityKey, IkPublic, Secret32, YPublic, authenticated, sealed};
use backchannel_wire::ids::ChannelId;
use backchannel_wire::limits::LOBBY_BLOB_BYTES;
use backchannel_wire::lobby::Blob;
use backchannel_wire::{Beat, Head, MemberId, PartyNo, RoomId, SeatNo, canonical};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use rand_chacha::ChaCha20Rng;

/// Where a letter is left: the context every seal and tag is bound to.
#[derive(Clone, Copy)]
pub struct Place {
    /// The channel.
    pub channel: ChannelId,
    /// The room.
    pub room: RoomId,
    /// The newcomer's seat.
    pub seat: SeatNo,
}

impl Place {
    fn context(&self, what: &[u8]) -> Vec<u8> {
        let mut out = what.to_vec();
        out.extend_from_slice(&self.channel.0);
        out.extend_from_slice(&self.room.0);
        out.push(self.seat.get());
        out
    }
}

/// A newcomer's letter to its sponsor.
#[derive(Clone, Encode, Decode)]
pub struct Knock {
    /// The side.
    #[n(0)]
    pub party: PartyNo,
    /// The pseudonym from the invitation.
    #[n(1)]
    pub member: MemberId,
    /// The newcomer's identity key.
    #[n(2)]
    pub ik: IkPublic,
    /// Its signing key.
    #[n(3)]
    pub y: YPublic,
    /// A head's first roster; absent for delegates and for those who return.
    #[n(4)]
    pub roster: Option<ByteVec>,
    /// The key package for this room.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub package: Vec<u8>,
    /// Whether the station was in the room before.
    #[n(6)]
    pub again: bool,
    /// The beat in which it was left: an old letter is not answered twice (JOIN-11).
    #[n(7)]
    pub beat: Beat,
}

/// One tag of a letter, for one recipient.
#[derive(Clone, Encode, Decode)]
struct AddressedTag {
    #[n(0)]
    to: IkPublic,
    #[cbor(n(1), with = "minicbor::bytes")]
    tag: [u8; 32],
}

#[derive(Clone, Encode, Decode)]
struct SignedKnock {
    #[cbor(n(0), with = "minicbor::bytes")]
    knock: Vec<u8>,
    /// Under the invitation's knock key, where the newcomer has one.
    #[cbor(n(1), with = "minicbor::bytes")]
    invited: Option<[u8; 32]>,
    #[n(2)]
    tags: Vec<AddressedTag>,
}

/// A sponsor's letter to a newcomer.
#[derive(Clone, Encode, Decode)]
pub struct Answer {
    /// The MLS welcome.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub welcome: Vec<u8>,
    /// The chain's segment.
    #[n(1)]
    pub segment: u32,
    /// The first beat to follow.
    #[n(2)]
    pub next: Beat,
    /// The head of the beat before.
    #[n(3)]
    pub head: Head,
    /// What decides which commits are valid.
    #[n(4)]
    pub pace: Pace,
    /// The rosters the sponsor knows, each a chain of versions.
    #[n(5)]
    pub rosters: Vec<Vec<ByteVec>>,
    /// Who sits where, as the sponsor knows it.
    #[n(6)]
    pub seats: Vec<(u8, PartyNo, MemberId)>,
}

/// A knock whose seal opened, with what its sender can be held to.
pub struct OpenedKnock {
    /// The letter.
    pub knock: Knock,
    bytes: Vec<u8>,
    invited: Option<[u8; 32]>,
    tags: Vec<AddressedTag>,
}

impl Knock {
    /// Seals the letter to its recipients.
    pub fn seal(
        &self,
        place: &Place,
        ik: &IdentityKey,
        knock_key: Option<&Secret32>,
        to: &[IkPublic],
        rng: &mut ChaCha20Rng,
    ) -> Option<Blob> {
        let context = place.context(b"knock");
        let knock = canonical::to_vec(self);
        let tags = to
            .iter()
            .map(|to| Some(AddressedTag { to: *to, tag: authenticated::tag(ik, to, &context, &knock).ok()? }))
            .collect::<Option<_>>()?;
        let invited = knock_key.map(|key| authenticated::knock_tag(key, &context, &knock));
        seal(to, &context, &canonical::to_vec(&SignedKnock { knock, invited, tags }), rng)
    }

    /// Opens a letter; nothing if it is not for this station or not a letter.
    pub fn open(place: &Place, ik: &IdentityKey, blob: &Blob) -> Option<OpenedKnock> {
        let plain = open(ik, &place.context(b"knock"), blob)?;
        let SignedKnock { knock: bytes, invited, tags } = canonical::from_slice(&plain).ok()?;
        let knock = canonical::from_slice(&bytes).ok()?;
        Some(OpenedKnock { knock, bytes, invited, tags })
    }
}

impl OpenedKnock {
    /// Whether the sender holds the key of this invitation (JOIN-2).
    pub fn is_invited(&self, place: &Place, key: &Secret32) -> bool {
        let context = place.context(b"knock");
        self.invited.is_some_and(|tag| authenticated::verify_knock(key, &context, &self.bytes, &tag).is_ok())
    }

    /// Whether the sender holds this identity key (JOIN-3).
    pub fn is_from(&self, place: &Place, mine: &IdentityKey, from: &IkPublic) -> bool {
        let me = mine.public();
        let tag = self.tags.iter().find(|tag| tag.to == me).map(|tag| tag.tag);
        let context = place.context(b"knock");
        tag.is_some_and(|tag| authenticated::verify(mine, from, &context, &self.bytes, &tag).is_ok())
    }
}

impl Answer {
    /// Seals the letter to the newcomer.
    pub fn seal(&self, place: &Place, to: &IkPublic, rng: &mut ChaCha20Rng) -> Option<Blob> {
        seal(&[*to], &place.context(b"answer"), &canonical::to_vec(self), rng)
    }

    /// Opens a letter; nothing if it is not for this station or not a letter.
    pub fn open(place: &Place, ik: &IdentityKey, blob: &Blob) -> Option<Self> {
        canonical::from_slice(&open(ik, &place.context(b"answer"), blob)?).ok()
    }
}

fn seal(to: &[IkPublic], context: &[u8], plain: &[u8], rng: &mut ChaCha20Rng) -> Option<Blob> {
    let sealed = sealed::seal(rng, to, context, plain).ok()?;
    let mut bytes = u32::try_from(sealed.len()).ok()?.to_be_bytes().to_vec();
    bytes.extend_from_slice(&sealed);
    if bytes.len() > LOBBY_BLOB_BYTES {
        return None;
    }
    bytes.resize(LOBBY_BLOB_BYTES, 0);
    Blob::new(bytes)
}

/// What is not whole, not here or not filled with zeros is nothing (JOIN-1).
fn open(ik: &IdentityKey, context: &[u8], blob: &Blob) -> Option<zeroize::Zeroizing<Vec<u8>>> {
    let (length, rest) = blob.bytes().split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (sealed, filling) = rest.split_at_checked(length)?;
    if filling.iter().any(|byte| *byte != 0) {
        return None;
    }
    sealed::open(ik, context, sealed).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use backchannel_assurance::SigningKey;
    use rand_core::SeedableRng;

    fn place(seat: u8) -> Place {
        Place { channel: ChannelId([1; 16]), room: RoomId([2; 16]), seat: SeatNo::new(seat).unwrap() }
    }

    // JOIN-1, JOIN-2, JOIN-3
    #[test]
    fn a_knock_opens_for_its_recipients_and_shows_who_sent_it() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let [new, sponsor, other] = std::array::from_fn(|_| IdentityKey::generate(&mut rng));
        let key = Secret32::generate(&mut rng);
        let knock = Knock {
            party: PartyNo(1),
            member: MemberId([3; 16]),
            ik: new.public(),
            y: SigningKey::generate(&mut rng).public(),
            roster: None,
            package: vec![1; 2640],
            again: false,
            beat: Beat(7),
        };
        let blob = knock.seal(&place(1), &new, Some(&key), &[sponsor.public()], &mut rng).unwrap();
        assert!(Knock::open(&place(1), &other, &blob).is_none());
        assert!(Knock::open(&place(2), &sponsor, &blob).is_none());
        let opened = Knock::open(&place(1), &sponsor, &blob).unwrap();
        assert!(opened.is_invited(&place(1), &key));
        assert!(!opened.is_invited(&place(1), &Secret32::generate(&mut rng)));
        assert!(opened.is_from(&place(1), &sponsor, &new.public()));
        assert!(!opened.is_from(&place(1), &sponsor, &other.public()));
    }
}
