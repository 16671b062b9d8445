//! How understandings are kept in the vault and made again from it (DEED-13).

use super::item::{Proposal, UnderstandingId};
use super::newcomers::ENTERED;
use super::outgoing::Queued;
use super::tries::{Early, Trial};
use super::{Understandings, sentences};
use crate::machine::{Machine, Told, spaces};
use crate::store::{Batch, Key, Value};
use backchannel_assurance::DepositaryKey;
use backchannel_assurance::ceremony::party::Party;
use backchannel_wire::canonical;
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

pub(super) const OUT: &[u8] = b"understanding-out";
const LATER: &[u8] = b"understanding-later";
const TRY: &[u8] = b"try/";
const CERTIFIER: &[u8] = b"certifier";

/// How a try is stored.
#[derive(Encode, Decode)]
struct Stored {
    #[n(0)]
    id: UnderstandingId,
    #[n(1)]
    proposal: Proposal,
    #[n(2)]
    approved: bool,
    /// The state of its machine; empty before this station joined.
    #[cbor(n(3), with = "minicbor::bytes")]
    state: Vec<u8>,
    #[n(4)]
    early: Vec<Early>,
}

fn key(id: UnderstandingId, number: u32) -> Key {
    Key::new(spaces::STATION, [TRY, &id.0, &number.to_be_bytes()].concat())
}

impl Understandings {
    /// Adds what changed to the batch.
    pub(in crate::machine) fn persist(&mut self, batch: &mut Batch) {
        if std::mem::take(&mut self.out_dirty) {
            batch.put(Key::new(spaces::STATION, OUT), canonical::to_vec(&self.out));
        }
        if std::mem::take(&mut self.later_dirty) {
            batch.put(Key::new(spaces::STATION, LATER), canonical::to_vec(&self.later));
        }
        for ((id, number), trial) in self.trials.iter_mut().filter(|(_, trial)| trial.dirty) {
            trial.dirty = false;
            let (id, state, early) = (*id, trial.state.to_vec(), trial.early.clone());
            let stored = Stored { id, proposal: trial.proposal, approved: trial.approved, state, early };
            batch.put(key(id, *number), canonical::to_vec(&stored));
        }
    }
}

impl Machine {
    /// Makes everything again from what the vault holds; whoever has something to say again says it.
    pub(in crate::machine) fn load_understandings(&mut self, station: &BTreeMap<Vec<u8>, Value>) {
        if let Some(Ok(out)) = station.get(OUT).map(|bytes| canonical::from_slice::<Vec<Queued>>(bytes)) {
            self.understandings.out = out;
        }
        if let Some(Ok(later)) = station.get(LATER).map(|bytes| canonical::from_slice(bytes)) {
            self.understandings.later = later;
        }
        if let Some(Ok(entered)) = station.get(ENTERED).map(|bytes| canonical::from_slice::<Vec<_>>(bytes)) {
            self.understandings.entered = entered.into_iter().collect();
        }
        self.understandings.certifier = station.get(CERTIFIER).and_then(|bytes| {
            let bytes = <[u8; 32]>::try_from(&bytes[..]).ok().map(Zeroizing::new)?;
            DepositaryKey::from_bytes(&bytes).ok()
        });
        for (name, bytes) in station {
            self.restore_deposit(name, bytes);
            if name.starts_with(TRY) {
                self.restore_try(bytes);
            }
        }
    }

    /// The key of the certificates of this channel's depositary; made when it is first needed, and for nothing else.
    pub(super) fn certifier(&mut self) -> DepositaryKey {
        if let Some(key) = &self.understandings.certifier {
            return key.clone();
        }
        let key = DepositaryKey::generate(&mut self.rng);
        self.batch.put(Key::new(spaces::STATION, CERTIFIER), key.expose().to_vec());
        self.understandings.certifier = Some(key.clone());
        key
    }

    /// The record, made again from what is left of it. Tries of what is gone are forgotten with it.
    pub(in crate::machine) fn reload_record(&mut self, records: &[(Vec<u8>, Vec<u8>)]) {
        self.know_rosters();
        self.understandings.book.load(records);
        if self.locked {
            self.understandings.book.strip();
        }
        let gone = |(id, _): &&(UnderstandingId, u32)| self.understandings.book.get(*id).is_none();
        let gone: Vec<_> = self.understandings.trials.keys().filter(gone).copied().collect();
        gone.into_iter().for_each(|key| self.forget_trial(key));
    }

    pub(super) fn forget_trial(&mut self, of: (UnderstandingId, u32)) {
        self.understandings.trials.remove(&of);
        self.batch.delete(key(of.0, of.1));
    }

    /// A party's machine goes on from what was stored (CEREMONY-12).
    fn restore_try(&mut self, bytes: &[u8]) {
        let Ok(stored) = canonical::from_slice::<Stored>(bytes) else { return };
        let Stored { id, proposal, approved, state, early } = stored;
        let of = (id, proposal.number);
        let mut trial = Trial::new(proposal);
        (trial.approved, trial.early) = (approved, early);
        let restored = if state.is_empty() { None } else { self.restored(id, &proposal, approved, &state) };
        let outputs = match restored {
            Some((party, outputs)) => {
                (trial.party, trial.state) = (Some(party), Zeroizing::new(state));
                outputs
            }
            None if state.is_empty() => Vec::new(),
            None => {
                let it = sentences::brief(id);
                let what = format!(
                    "Try {} of understanding {it} does not go on here: rosters or keys changed.",
                    of.1
                );
                return self.tell_of(id, Told::new("ceremony", what));
            }
        };
        self.understandings.trials.insert(of, trial);
        self.carry_out_try(of, outputs);
    }

    fn restored(
        &mut self,
        id: UnderstandingId,
        proposal: &Proposal,
        approved: bool,
        state: &[u8],
    ) -> Option<(Party, Vec<backchannel_assurance::ceremony::party::Output>)> {
        let (outline, depositary) = self.subject(id, &proposal.digest)?;
        let instrument = self.instrument(&outline, depositary, proposal).ok()?;
        let means = self.means(&instrument, approved).ok()?;
        Party::restore(state, means).ok()
    }
}
