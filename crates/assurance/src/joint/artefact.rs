//! The artefact of a joint assurance: what anybody can check without the channel (docs/spec/artefact.md).

use super::certificate::{Certificate, CertificateInvalid};
use super::session::signature_holds;
use super::{Aggregate, JointError};
use crate::armour::{self, ArmourError};
use crate::ceremony::{CeremonyId, Form, Salt, Terms, TermsError, TextDigest};
use crate::keys::YPublic;
use crate::limits::{ARTEFACT_BYTES_MAX, ARTEFACT_TEXT_BYTES_MAX, INVITATION_COLUMNS};
use crate::scalar::canonical_scalar;
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{ChannelId, MemberId, PartyNo, UtcMs, canonical};
use curve25519_dalek::{RistrettoPoint, Scalar};
use minicbor::{Decode, Encode};

const VERSION: u8 = 1;
const PREFIX: &str = "backchannel-artefact-1:";
const DIGEST: Tag = Tag("backchannel artefact v1");

/// A joint assurance as it is kept and shown: terms, salt, signature and certificate.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Artefact {
    #[n(0)]
    version: u8,
    /// The terms m, which hold every signer's key.
    #[n(1)]
    pub terms: Terms,
    /// The salt.
    #[n(2)]
    pub salt: Salt,
    /// R.
    #[n(3)]
    pub nonce: YPublic,
    /// s.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub signature: [u8; 32],
    /// The depositary's certificate.
    #[n(5)]
    pub certificate: Certificate,
}

/// Who signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArtefactSigner {
    /// The party.
    pub party: PartyNo,
    /// The signer's pseudonym.
    pub member: MemberId,
    /// The signer's key.
    pub y: YPublic,
}

/// What a valid artefact says: signed by all of these and released then. Never that it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The channel.
    pub channel: ChannelId,
    /// The identifier of the try.
    pub sid: CeremonyId,
    /// The digest of the text.
    pub text: TextDigest,
    /// The parties.
    pub parties: Vec<PartyNo>,
    /// Every signer.
    pub signers: Vec<ArtefactSigner>,
    /// When the depositary released, by its own word.
    pub released_at: UtcMs,
    /// Before which instant it had to.
    pub expiry: UtcMs,
}

/// Why an artefact is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArtefactError {
    /// The text does not begin as an artefact does.
    #[error("the text is not an artefact of this version (ARTEFACT-2)")]
    NotAnArtefact,
    /// The text has foreign characters or was cut.
    #[error("the text was damaged on its way: a character or the checksum is wrong (ARTEFACT-2)")]
    Damaged,
    /// Too long, or not the canonical encoding of an artefact.
    #[error("the bytes are not an artefact in canonical form (ARTEFACT-1)")]
    Malformed,
    /// The version is not known.
    #[error("the artefact is of version {0}, which this program does not know (ARTEFACT-1)")]
    Version(u8),
    /// The terms are not well-formed.
    #[error("the terms in the artefact are refused: {0} (ARTEFACT-3)")]
    Terms(#[from] TermsError),
    /// The terms are of the gentlemen's form, which has no artefact.
    #[error("the terms are not of the joint form (ARTEFACT-3)")]
    OtherForm,
    /// s is not a scalar below the order.
    #[error("the signature's scalar is not canonically encoded (ARTEFACT-4)")]
    NotCanonical,
    /// The signature does not hold.
    #[error("the signature is not that of all signers together over these terms (ARTEFACT-5)")]
    Signature,
    /// The certificate does not hold for this signature.
    #[error("the certificate is not the depositary's over this signature and instant (ARTEFACT-6)")]
    Certificate,
    /// The release came too late: the terms say the assurance is void.
    #[error("the release is not dated before the expiry, so the assurance is void by its terms (ARTEFACT-7)")]
    Late,
}

impl Artefact {
    /// Puts an artefact together; [`Self::verify`] checks it.
    pub fn new(
        terms: Terms,
        salt: &Salt,
        nonce: YPublic,
        signature: [u8; 32],
        certificate: Certificate,
    ) -> Self {
        Self { version: VERSION, terms, salt: salt.clone(), nonce, signature, certificate }
    }

    /// Encodes the artefact.
    pub fn to_bytes(&self) -> Vec<u8> {
        canonical::to_vec(self)
    }

    /// Decodes an artefact in its one canonical form (ARTEFACT-1, ARTEFACT-3).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ArtefactError> {
        if bytes.len() > ARTEFACT_BYTES_MAX {
            return Err(ArtefactError::Malformed);
        }
        let artefact: Self = canonical::from_slice(bytes).map_err(|_| ArtefactError::Malformed)?;
        if artefact.version != VERSION {
            return Err(ArtefactError::Version(artefact.version));
        }
        artefact.terms.check_form()?;
        Ok(artefact)
    }

    /// The artefact as text, wrapped for a file.
    pub fn to_text(&self) -> String {
        let line = armour::encode(PREFIX, &self.to_bytes());
        let mut out = String::with_capacity(line.len() + line.len() / INVITATION_COLUMNS + 2);
        for (column, c) in line.chars().enumerate() {
            if column > 0 && column % INVITATION_COLUMNS == 0 {
                out.push('\n');
            }
            out.push(c);
        }
        out.push('\n');
        out
    }

    /// Reads an artefact from text (ARTEFACT-2).
    pub fn from_text(text: &str) -> Result<Self, ArtefactError> {
        if text.len() > ARTEFACT_TEXT_BYTES_MAX {
            return Err(ArtefactError::Malformed);
        }
        let bytes = armour::decode(PREFIX, text).map_err(|error| match error {
            ArmourError::Prefix => ArtefactError::NotAnArtefact,
            ArmourError::Character | ArmourError::Checksum => ArtefactError::Damaged,
        })?;
        Self::from_bytes(&bytes)
    }

    /// One hash of the artefact, to be timestamped elsewhere by whoever wants to.
    pub fn digest(&self) -> [u8; 32] {
        tagged::hash(DIGEST, &[&self.to_bytes()])
    }

    /// Checks everything a stranger can check (ARTEFACT-3 to ARTEFACT-7).
    pub fn verify(&self) -> Result<Verified, ArtefactError> {
        if self.version != VERSION {
            return Err(ArtefactError::Version(self.version));
        }
        self.terms.check_form()?;
        let instrument = &self.terms.instrument;
        let depositary = instrument.depositary.filter(|_| instrument.form == Form::Joint);
        let depositary = depositary.ok_or(ArtefactError::OtherForm)?;
        let aggregate = Aggregate::of(instrument).map_err(|_: JointError| ArtefactError::Signature)?;
        let s = canonical_scalar(&self.signature).ok_or(ArtefactError::NotCanonical)?;
        if !signature_holds(&aggregate, &self.nonce, &s, &self.terms.context(&self.salt)) {
            return Err(ArtefactError::Signature);
        }
        let sum = sum_of(&s).ok_or(ArtefactError::Signature)?;
        self.certificate
            .verify(&depositary, &sum)
            .map_err(|_: CertificateInvalid| ArtefactError::Certificate)?;
        if self.certificate.released_at >= instrument.expiry {
            return Err(ArtefactError::Late);
        }
        Ok(self.says())
    }

    fn says(&self) -> Verified {
        let instrument = &self.terms.instrument;
        let signer = |(party, signer): (PartyNo, &crate::ceremony::Signer)| ArtefactSigner {
            party,
            member: signer.member,
            y: signer.y,
        };
        Verified {
            channel: instrument.channel,
            sid: self.terms.sid,
            text: instrument.text,
            parties: instrument.parties().collect(),
            signers: instrument.signers().map(signer).collect(),
            released_at: self.certificate.released_at,
            expiry: instrument.expiry,
        }
    }
}

/// S = s G, which the certificate is over.
fn sum_of(s: &Scalar) -> Option<YPublic> {
    YPublic::from_point(RistrettoPoint::mul_base(s))
}
