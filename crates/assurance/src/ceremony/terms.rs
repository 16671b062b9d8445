//! The instrument that parties agree on beforehand, and the terms m that machines make of it for each try
//! (docs/spec/ceremony.md, CEREMONY-1 to CEREMONY-7).

use super::ids::{Alias, CeremonyId, Context, Salt, TextDigest};
use crate::keys::{DPublic, DepositaryPublic, YPublic};
use crate::limits::{
    CEREMONY_PARTIES_MAX, CEREMONY_PARTIES_MIN, GRACE_BEATS_MAX, SIGNERS_MAX, TERMS_BYTES_MAX,
};
use crate::roster::{RosterHead, Version};
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{Beat, ChannelId, MemberId, PartyNo, UtcMs, canonical};
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;

const INSTRUMENT: Tag = Tag("backchannel instrument v1");
const CONTEXT: Tag = Tag("backchannel ceremony context v1");
const ALIAS: Tag = Tag("backchannel ceremony alias v1");
/// The version of the terms. Version 1 of the joint form says: void without the depositary's certificate dated before
/// the expiry. Version 1 of both forms says: in effect only if every party's acknowledgement is sealed in time.
const VERSION: u8 = 1;

/// How assurances are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Form {
    /// The gentlemen's form: proofs that convince the other sides and nobody else, for ever.
    #[n(0)]
    Gentle,
    /// The joint form: one signature of all sides, which exists for everybody or for nobody.
    #[n(1)]
    Joint,
}

/// A delegate chosen to sign for its party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Signer {
    /// Its pseudonym on its party's roster.
    #[n(0)]
    pub member: MemberId,
    /// Its signing key.
    #[n(1)]
    pub y: YPublic,
}

/// One party of an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Side {
    /// The party.
    #[n(0)]
    pub party: PartyNo,
    /// The head of its roster.
    #[n(1)]
    pub roster: RosterHead,
    /// How many of its signers the instrument needs at least.
    #[n(2)]
    pub quorum: u8,
    /// The verifier key that proofs to it are addressed to, fresh for this channel's registry.
    #[n(3)]
    pub verifier: DPublic,
    /// Its signers, by ascending pseudonym.
    #[n(4)]
    pub signers: Vec<Signer>,
}

/// What parties agree on before any try: the frozen text, who signs, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Instrument {
    /// The form.
    #[n(0)]
    pub form: Form,
    /// The channel.
    #[n(1)]
    pub channel: ChannelId,
    /// The digest of the text's canonical form.
    #[n(2)]
    pub text: TextDigest,
    /// The instant (EXPIRY) before which a release must be dated.
    #[n(3)]
    pub expiry: UtcMs,
    /// The beat that holds that instant.
    #[n(4)]
    pub expiry_beat: Beat,
    /// How many beats later (N) acknowledgements may still be sealed.
    #[n(5)]
    pub grace_beats: u32,
    /// The head of the intermediary's roster.
    #[n(6)]
    pub intermediary: RosterHead,
    /// The key of the depositary's certificate; in the joint form alone.
    #[n(7)]
    pub depositary: Option<DepositaryPublic>,
    /// The parties, in ascending order.
    #[n(8)]
    pub sides: Vec<Side>,
}

/// Why an instrument or terms are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// Too long, or not the canonical encoding of terms.
    #[error("the bytes are not the terms of a ceremony in canonical form (CEREMONY-1)")]
    Malformed,
    /// The version is not known.
    #[error("the terms are of version {0}, which this program does not know (CEREMONY-1)")]
    Version(u8),
    /// Too few or too many parties, out of order, repeated, or the intermediary among them.
    #[error("the parties are not 2 to 8 in ascending order without the intermediary (CEREMONY-2)")]
    Parties,
    /// A party's signers are too few, too many, out of order or repeated.
    #[error("a party's signers are not 1 to 16 in ascending order of pseudonym (CEREMONY-3)")]
    Signers,
    /// A quorum that is zero or above the number of signers.
    #[error("a party's quorum is not between 1 and the number of its signers (CEREMONY-3)")]
    Quorum,
    /// A key has two uses.
    #[error("a key stands in two places of the terms (CEREMONY-4)")]
    Keys,
    /// The depositary's key is missing in the joint form, or present in the other.
    #[error("the depositary's key belongs to the joint form, and to no other (CEREMONY-5)")]
    Depositary,
    /// The time for acknowledgements is too long.
    #[error("acknowledgements may be sealed at most {GRACE_BEATS_MAX} beats after the expiry (CEREMONY-5)")]
    Grace,
    /// A side does not stand on the roster that is known of its party.
    #[error("a party's roster head, quorum or signers are not those of its roster (CEREMONY-6)")]
    Roster,
}

impl Instrument {
    /// Checks all that can be checked of an instrument alone (CEREMONY-2 to CEREMONY-5).
    pub fn check_form(&self) -> Result<(), TermsError> {
        let count = CEREMONY_PARTIES_MIN..=CEREMONY_PARTIES_MAX;
        let ascending = self.sides.is_sorted_by(|a, b| a.party < b.party);
        let outsider = self.sides.iter().any(|side| side.party == PartyNo::INTERMEDIARY);
        if !count.contains(&self.sides.len()) || !ascending || outsider {
            return Err(TermsError::Parties);
        }
        self.sides.iter().try_for_each(Side::check_form)?;
        if self.depositary.is_some() != (self.form == Form::Joint) {
            return Err(TermsError::Depositary);
        }
        if self.grace_beats > GRACE_BEATS_MAX {
            return Err(TermsError::Grace);
        }
        self.check_keys()
    }

    fn check_keys(&self) -> Result<(), TermsError> {
        let signers = self.signers().map(|(_, signer)| signer.y.as_bytes());
        let verifiers = self.sides.iter().map(|side| side.verifier.as_bytes());
        let keys: Vec<_> =
            signers.chain(verifiers).chain(self.depositary.iter().map(DepositaryPublic::as_bytes)).collect();
        let distinct: BTreeSet<_> = keys.iter().collect();
        if distinct.len() == keys.len() { Ok(()) } else { Err(TermsError::Keys) }
    }

    /// Checks the sides against the rosters that are known (CEREMONY-6). Every signer must be a head or principal whose
    /// validity reaches beyond the expiry.
    pub fn check_rosters(&self, rosters: &[Version]) -> Result<(), TermsError> {
        let stands = |side: &Side| {
            let roster = rosters.iter().find(|roster| roster.party == side.party);
            roster.is_some_and(|roster| self.stands_on(side, roster))
        };
        if self.sides.iter().all(stands) { Ok(()) } else { Err(TermsError::Roster) }
    }

    fn stands_on(&self, side: &Side, roster: &Version) -> bool {
        let entitled = |signer: &Signer| {
            roster.member(signer.member).is_some_and(|member| {
                member.y == signer.y && member.approves() && member.is_valid(self.expiry)
            })
        };
        roster.channel == self.channel
            && roster.head() == side.roster
            // A text may ask for more than the roster does, never for less.
            && roster.quorum <= side.quorum
            && side.signers.iter().all(entitled)
    }

    /// The hash by which machines name the instrument before a try has its identifier.
    pub fn digest(&self) -> [u8; 32] {
        tagged::hash(INSTRUMENT, &[&canonical::to_vec(self)])
    }

    /// The side of a party.
    pub fn side(&self, party: PartyNo) -> Option<&Side> {
        self.sides.iter().find(|side| side.party == party)
    }

    /// The parties, in order.
    pub fn parties(&self) -> impl Iterator<Item = PartyNo> {
        self.sides.iter().map(|side| side.party)
    }

    /// Every signer with its party, in the fixed order L: by party, then by pseudonym.
    pub fn signers(&self) -> impl Iterator<Item = (PartyNo, &Signer)> {
        self.sides.iter().flat_map(|side| side.signers.iter().map(|signer| (side.party, signer)))
    }

    /// The place of a signer in the fixed order.
    pub fn place_of(&self, member: MemberId, party: PartyNo) -> Option<u16> {
        let place = self.signers().position(|(of, signer)| of == party && signer.member == member)?;
        u16::try_from(place).ok()
    }

    /// The last beat in which acknowledgements count: beat(EXPIRY) + N.
    pub fn last_beat(&self) -> Beat {
        self.expiry_beat.plus(u64::from(self.grace_beats))
    }
}

impl Side {
    fn check_form(&self) -> Result<(), TermsError> {
        let ascending = self.signers.is_sorted_by(|a, b| a.member < b.member);
        if !(1..=SIGNERS_MAX).contains(&self.signers.len()) || !ascending {
            return Err(TermsError::Signers);
        }
        if !(1..=self.signers.len()).contains(&usize::from(self.quorum)) {
            return Err(TermsError::Quorum);
        }
        Ok(())
    }
}

/// The terms m of one try: an instrument under a version and an identifier.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Terms {
    #[n(0)]
    version: u8,
    /// The identifier of the try.
    #[n(1)]
    pub sid: CeremonyId,
    /// What the parties agreed on.
    #[n(2)]
    pub instrument: Instrument,
}

impl Terms {
    /// Makes the terms of one try.
    pub fn new(instrument: Instrument, sid: CeremonyId) -> Result<Self, TermsError> {
        let terms = Self { version: VERSION, sid, instrument };
        terms.check_form()?;
        Ok(terms)
    }

    /// Encodes the terms.
    pub fn to_bytes(&self) -> Vec<u8> {
        canonical::to_vec(self)
    }

    /// Decodes terms and checks everything that can be checked of them alone (CEREMONY-1 to CEREMONY-5).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TermsError> {
        if bytes.len() > TERMS_BYTES_MAX {
            return Err(TermsError::Malformed);
        }
        let terms: Self = canonical::from_slice(bytes).map_err(|_| TermsError::Malformed)?;
        terms.check_form()?;
        Ok(terms)
    }

    /// Checks version and instrument (CEREMONY-1 to CEREMONY-5).
    pub fn check_form(&self) -> Result<(), TermsError> {
        if self.version != VERSION {
            return Err(TermsError::Version(self.version));
        }
        self.instrument.check_form()
    }

    /// ctx: what every proof and signature of this try is bound to (CEREMONY-7).
    pub fn context(&self, salt: &Salt) -> Context {
        Context(tagged::hash(CONTEXT, &[salt.as_bytes(), &self.sid.0, &self.to_bytes()]))
    }

    /// What a party is called towards the depositary; whoever has the salt can compute it, nobody else.
    pub fn alias(&self, salt: &Salt, party: PartyNo) -> Alias {
        let hash = tagged::hash(ALIAS, &[salt.as_bytes(), &self.sid.0, &[party.0]]);
        Alias(hash.first_chunk().copied().unwrap_or_default())
    }
}
