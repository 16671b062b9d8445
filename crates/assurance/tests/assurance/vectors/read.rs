//! What this implementation makes of a vector: `ok`, or the class of the failure.

mod ceremony;

use super::file::VectorFile;
use backchannel_assurance::dv::{self, DvError};
use backchannel_assurance::roster::{ApprovalError, RosterError, check_next, verify_approvals};
use backchannel_assurance::vouch::{self, End, Statement, VouchError};
use backchannel_assurance::*;
use backchannel_wire::{SeatNo, UtcMs, canonical};

type Outcome = Result<(), &'static str>;

pub fn outcome(format: &str, vector: &VectorFile) -> &'static str {
    let outcome = match format {
        "vouch" => read_vouch(vector),
        "dv" => read_dv(vector),
        "roster" => read_roster(vector),
        "invitation" => read_invitation(vector),
        "gentle" => ceremony::read_gentle(vector),
        "joint" => ceremony::read_joint(vector),
        "artefact" => ceremony::read_artefact(vector),
        _ => Err("unknown-format"),
    };
    outcome.err().unwrap_or("ok")
}

fn of_key(error: KeyError) -> &'static str {
    match error {
        KeyError::NotCanonical => "key-not-canonical",
        KeyError::Weak => "key-weak",
        KeyError::Own => "key-own",
    }
}

fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], &'static str> {
    bytes.try_into().map_err(|_| "length")
}

fn number(text: &str) -> u64 {
    text.parse().unwrap()
}

fn read_vouch(vector: &VectorFile) -> Outcome {
    let end = |name: &str| {
        Ok::<End, &'static str>(End {
            seat: u8::try_from(number(vector.value(&format!("{name}-seat"))))
                .ok()
                .and_then(SeatNo::new)
                .unwrap(),
            leaf_key: array(&vector.hex(&format!("{name}-leaf")))?,
            roster: RosterHead(array(&vector.hex(&format!("{name}-roster")))?),
        })
    };
    let group_id = vector.hex("group-id");
    let statement = Statement { group_id: &group_id, author: end("author")?, recipient: end("recipient")? };
    let recipient = IdentityKey::from_bytes(&array(&vector.hex("recipient-ik-secret"))?);
    let author = IkPublic::from_bytes(&vector.hex("author-ik")).map_err(of_key)?;
    let made = Vouch(array(&vector.body)?);
    vouch::verify(&recipient, &author, &statement, &made).map_err(|error| match error {
        VouchError::Key(error) => of_key(error),
        VouchError::NotAPair => "not-a-pair",
        VouchError::Invalid => "invalid",
    })
}

fn of_dv(error: DvError) -> &'static str {
    match error {
        DvError::NotCanonical => "not-canonical",
        DvError::SameKey => "same-key",
        DvError::Invalid => "invalid",
    }
}

fn read_dv(vector: &VectorFile) -> Outcome {
    let signer = YPublic::from_bytes(&vector.hex("signer")).map_err(of_key)?;
    let key = DPublic::from_bytes(&vector.hex("verifier")).map_err(of_key)?;
    if vector.find("possession").is_some() {
        let possession = Possession::from_bytes(array(&vector.hex("possession"))?);
        let announcement = VerifierAnnouncement { key, possession };
        announcement.check(&vector.hex("possession-context")).map_err(|_| "not-possessed")?;
    }
    let proof = DvProof::from_bytes(array(&vector.body)?);
    dv::verify(&proof, &signer, &key, &vector.hex("context")).map_err(of_dv)
}

fn of_roster(error: RosterError) -> &'static str {
    match error {
        RosterError::Malformed => "malformed",
        RosterError::MemberCount(_) => "member-count",
        RosterError::Order => "order",
        RosterError::Shared => "shared",
        RosterError::Heads(_) => "heads",
        RosterError::Quorum { .. } => "quorum",
        RosterError::Validity => "validity",
        RosterError::Numbering => "numbering",
        RosterError::OtherParty => "other-party",
        RosterError::NotNext { .. } => "not-next",
        RosterError::NotChained => "not-chained",
        RosterError::Rekeyed => "rekeyed",
    }
}

fn of_approval(error: ApprovalError) -> &'static str {
    match error {
        ApprovalError::Version(error) => of_roster(error),
        ApprovalError::TooMany(_) => "too-many",
        ApprovalError::NotEntitled => "not-entitled",
        ApprovalError::Proof(_) => "proof",
        ApprovalError::NoQuorum { .. } => "no-quorum",
    }
}

fn read_roster(vector: &VectorFile) -> Outcome {
    let next = Version::from_bytes(&vector.body).map_err(of_roster)?;
    if let Some(head) = vector.find("head")
        && head != next.head().to_hex()
    {
        return Err("head");
    }
    if vector.find("previous").is_none() {
        return Ok(());
    }
    let previous = Version::from_bytes(&vector.hex("previous")).map_err(of_roster)?;
    if vector.find("approvals").is_none() {
        return check_next(&previous, &next).map_err(of_roster);
    }
    let approvals: Vec<Approval> =
        canonical::from_slice(&vector.hex("approvals")).map_err(|_| "malformed")?;
    let verifier = DPublic::from_bytes(&vector.hex("verifier")).map_err(of_key)?;
    let at = UtcMs(number(vector.value("at")));
    verify_approvals(&previous, &next, &approvals, &verifier, at).map_err(of_approval)
}

fn read_invitation(vector: &VectorFile) -> Outcome {
    let text = std::str::from_utf8(&vector.body).map_err(|_| "character")?;
    let read = Invitation::from_text(text);
    let read = read.and_then(|invitation| invitation.check_expiry(UtcMs(number(vector.value("now")))));
    read.map_err(|error| match error {
        InvitationError::NotAnInvitation => "not-an-invitation",
        InvitationError::Version => "version",
        InvitationError::TooLong => "too-long",
        InvitationError::Character => "character",
        InvitationError::Checksum => "checksum",
        InvitationError::Malformed => "malformed",
        InvitationError::NotCanonical => "not-canonical",
        InvitationError::Bounds(_) => "bounds",
        InvitationError::Inconsistent(_) => "inconsistent",
        InvitationError::Expired => "expired",
    })
}
