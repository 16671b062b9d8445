//! What a try is about, as every party's station makes it for itself from the rosters and keys it knows (CEREMONY-6).

use super::item::Proposal;
use super::kept::Outline;
use crate::limits::ACKNOWLEDGE_BEATS;
use crate::machine::Machine;
use backchannel_accord::understanding::Form as TextForm;
use backchannel_assurance::ceremony::party::Means;
use backchannel_assurance::ceremony::{Form, Instrument, Side, Signer, TextDigest};
use backchannel_assurance::{DepositaryPublic, IdentityKey, ProvenVerifier, SigningKey};
use backchannel_wire::PartyNo;
use backchannel_wire::ids::RoomKind;
use std::collections::BTreeMap;

/// Why a try cannot begin here yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lacking {
    /// A roster is not known.
    #[error("the roster of a side is not known here yet")]
    Roster,
    /// A verifier key is not known.
    #[error("the verifier key of a head is not known here yet")]
    Verifier,
    /// The joint form.
    #[error("the depositary's key is not known here yet")]
    Depositary,
    /// What was made is refused.
    #[error("the rosters do not fit the text")]
    Refused,
}

impl Machine {
    /// The instrument of a proposal. Its quorum is the text's, if that is above the roster's (DEED-10).
    pub(super) fn instrument(
        &self,
        outline: &Outline,
        depositary: Option<DepositaryPublic>,
        proposal: &Proposal,
    ) -> Result<Instrument, Lacking> {
        let intermediary = self.me.roster(PartyNo::INTERMEDIARY).ok_or(Lacking::Roster)?.head();
        let (form, depositary) = match (outline.form, depositary) {
            (TextForm::Gentle, _) => (Form::Gentle, None),
            (TextForm::Joint, Some(key)) => (Form::Joint, Some(key)),
            (TextForm::Joint, None) => return Err(Lacking::Depositary),
        };
        let wanted = outline.parties.iter();
        let sides =
            wanted.map(|(party, quorum)| self.side(*party, *quorum, proposal)).collect::<Result<_, _>>()?;
        let instrument = Instrument {
            form,
            channel: self.me.channel(),
            text: TextDigest(proposal.digest.0),
            expiry: proposal.expiry,
            expiry_beat: self.beat_at(proposal.expiry),
            grace_beats: u32::try_from(ACKNOWLEDGE_BEATS).unwrap_or(u32::MAX),
            intermediary,
            depositary,
            sides,
        };
        let rosters: Vec<_> = self.me.parties().filter_map(|party| self.me.roster(party).cloned()).collect();
        let fits = instrument.check_form().is_ok() && instrument.check_rosters(&rosters).is_ok();
        if fits { Ok(instrument) } else { Err(Lacking::Refused) }
    }

    fn side(&self, party: PartyNo, wanted: u8, proposal: &Proposal) -> Result<Side, Lacking> {
        let roster = self.me.roster(party).ok_or(Lacking::Roster)?;
        let registry = self.room_of(RoomKind::Registry).ok_or(Lacking::Verifier)?;
        let announced = self.me.profile.announced.get(&(registry, party)).ok_or(Lacking::Verifier)?;
        let able =
            roster.members.iter().filter(|member| member.approves() && member.is_valid(proposal.expiry));
        let mut signers: Vec<Signer> =
            able.map(|member| Signer { member: member.pseudonym, y: member.y }).collect();
        signers.sort_by_key(|signer| signer.member);
        let quorum = roster.quorum.max(wanted);
        Ok(Side { party, roster: roster.head(), quorum, verifier: announced.key, signers })
    }

    /// What this station has in memory for a try; the signing key only if its owner approved.
    pub(super) fn means(&self, instrument: &Instrument, approved: bool) -> Result<Means, Lacking> {
        let registry = self.room_of(RoomKind::Registry).ok_or(Lacking::Verifier)?;
        let mine = self.me.party();
        let head = self.me.roster(mine).and_then(|roster| roster.head_member()).ok_or(Lacking::Roster)?.ik;
        let proven = |party: PartyNo| -> Option<(PartyNo, ProvenVerifier)> {
            let announced = self.me.profile.announced.get(&(registry, party))?;
            Some((party, announced.check(&self.verifier_context(registry, party)).ok()?))
        };
        let verifiers: BTreeMap<_, _> =
            instrument.parties().filter(|party| *party != mine).filter_map(proven).collect();
        let signs = approved && instrument.place_of(self.me.member(), mine).is_some();
        let signing = signs.then(|| SigningKey::from_bytes(&self.me.y.expose()).ok()).flatten();
        Ok(Means { signing, identity: IdentityKey::from_bytes(&self.me.ik.expose()), head, verifiers })
    }
}
