//! What one station sends another inside a room (docs/spec/transport.md, section "Items").

use backchannel_assurance::words::{Commitment, Opening, WordsProof};
use backchannel_assurance::{Approval, VerifierAnnouncement, Vouch};
use backchannel_wire::{MemberId, PartyNo};
use minicbor::{Decode, Encode};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A vouch for one seat.
#[derive(Clone, Copy, Encode, Decode)]
pub struct SeatVouch {
    /// The seat it is made to.
    #[n(0)]
    pub seat: u8,
    /// The number of that person's roster version that was used.
    #[n(1)]
    pub roster: u32,
    /// The vouch.
    #[n(2)]
    pub vouch: Vouch,
}

/// The envoy words on their way to the other stations of a delegation.
#[derive(Clone, Encode, Decode, Zeroize, ZeroizeOnDrop)]
#[cbor(transparent)]
pub struct Phrase(#[n(0)] pub String);

/// An item.
#[derive(Clone, Encode, Decode)]
pub enum Item {
    /// Who sits on the author's seat, and vouches to show it.
    #[n(0)]
    Vouches {
        /// The author's side.
        #[n(0)]
        party: PartyNo,
        /// The author's pseudonym.
        #[n(1)]
        member: MemberId,
        /// The number of its roster version that was used.
        #[n(2)]
        roster: u32,
        /// One vouch for each seat that the author can vouch to.
        #[n(3)]
        vouches: Vec<SeatVouch>,
    },
    /// The next version of the author's party's roster.
    #[n(1)]
    Roster {
        /// The version.
        #[cbor(n(0), with = "minicbor::bytes")]
        version: Vec<u8>,
        /// Its approvals, shown to each verifier.
        #[n(1)]
        approvals: Vec<Approval>,
    },
    /// The author's verifier key in this room.
    #[n(2)]
    Verifier(#[n(0)] VerifierAnnouncement),
    /// Another party's roster, as the intermediary knows it.
    #[n(3)]
    Introduce(#[n(0)] Vec<minicbor::bytes::ByteVec>),
    /// An event of the diplomacy.
    #[n(4)]
    Event(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// Envoy words, for the author's own delegation.
    #[n(5)]
    Words(#[n(0)] Phrase),
    /// Shows that the author's leaf holds the envoy words.
    #[n(6)]
    WordsProof(#[n(0)] WordsProof),
    /// The first step of a comparison.
    #[n(7)]
    Commit(#[n(0)] Commitment),
    /// The second step of a comparison.
    #[n(8)]
    Open(#[n(0)] Opening),
    /// The digests the author's party was shown, for its station that came later.
    #[n(10)]
    Digests(#[n(0)] super::desk::Shared),
    /// The head proposes the next version of the roster, to its own delegation.
    #[n(14)]
    Proposal(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// The author approves it, for the verifiers of each room; to its own delegation.
    #[n(15)]
    Approved {
        /// The version's number.
        #[n(0)]
        number: u32,
        /// The version's hash.
        #[n(1)]
        head: backchannel_assurance::RosterHead,
        /// The approvals.
        #[n(2)]
        by_room: super::quorum::ByRoom,
    },
    /// What somebody did to an understanding.
    #[n(11)]
    Understanding(#[n(0)] super::understanding::Said),
    /// A message of a ceremony.
    #[n(12)]
    Ceremony(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// What the author said in the registry, for the intermediary.
    #[n(13)]
    Report(#[n(0)] super::understanding::Report),
    /// A station of a delegation that came later asks its head what is on record of understandings.
    #[n(16)]
    RecordWanted,
    /// The head passes on what is on record, to its own delegation.
    #[n(17)]
    Recorded(#[n(0)] Vec<super::understanding::Note>),
    /// An entry of the register of claims, for the author's own delegation.
    #[n(18)]
    Claim(#[n(0)] backchannel_accord::claims::Entry),
    /// A station of a delegation that came later asks its head for the register of claims.
    #[n(19)]
    ClaimsWanted,
    /// The head passes the register on, to its own delegation: entries, whether they are the last, and for whose seat.
    #[n(20)]
    Claims(#[n(0)] Vec<backchannel_accord::claims::Noted>, #[n(1)] bool, #[n(2)] u8),
    /// How the comparison with another side ended, for the author's own delegation.
    #[n(9)]
    Compared {
        /// The other side.
        #[n(0)]
        party: PartyNo,
        /// Whether the words were the same.
        #[n(1)]
        matched: bool,
    },
}
