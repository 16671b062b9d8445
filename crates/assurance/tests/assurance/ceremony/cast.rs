//! Who takes part: parties with their signers, verifier keys and a depositary, the same at every run.

use crate::common::{CHANNEL, NOW, rng};
use backchannel_assurance::ceremony::{
    CeremonyId, Context, Form, Instrument, Opening, Salt, Side, Signer, Terms, TextDigest,
};
use backchannel_assurance::gentle::{Consent, GentleDeposit, View, consent};
use backchannel_assurance::joint::{
    Artefact, Certificate, JointDeposit, JointRelease, NoncePublic, NonceSecret, Partial, PartySum, Session,
    UsedNonces,
};
use backchannel_assurance::*;
use backchannel_wire::{Beat, MemberId, PartyNo, UtcMs};
use std::collections::BTreeMap;

pub const LIMIT: UtcMs = UtcMs(NOW.0 + 600_000);
pub const EXPIRY: UtcMs = UtcMs(NOW.0 + 900_000);
pub const PLACE: &[u8] = b"channel, registry, delegation";

pub struct Cast {
    pub instrument: Instrument,
    pub salt: Salt,
    /// By place in the fixed order.
    pub signing: Vec<SigningKey>,
    pub verifiers: BTreeMap<PartyNo, (VerifierKey, VerifierAnnouncement)>,
    pub heads: BTreeMap<PartyNo, MemberId>,
    pub depositary: DepositaryKey,
}

pub fn member(party: u8, n: u8) -> MemberId {
    MemberId([party * 16 + n; 16])
}

/// `parties` parties of `signers` signers each, with a quorum of all; a head is its party's first signer.
pub fn cast(form: Form, parties: u8, signers: u8) -> Cast {
    let rng = &mut rng(40);
    let depositary = DepositaryKey::generate(rng);
    let (mut signing, mut verifiers, mut sides) = (Vec::new(), BTreeMap::new(), Vec::new());
    for party in 1..=parties {
        let keys: Vec<_> = (0..signers).map(|_| SigningKey::generate(rng)).collect();
        let verifier = VerifierKey::generate(rng);
        sides.push(Side {
            party: PartyNo(party),
            roster: RosterHead([party; 32]),
            quorum: signers,
            verifier: verifier.public(),
            signers: keys
                .iter()
                .zip(0..)
                .map(|(key, n)| Signer { member: member(party, n), y: key.public() })
                .collect(),
        });
        signing.extend(keys);
        let announcement = verifier.announce(rng, PLACE);
        verifiers.insert(PartyNo(party), (verifier, announcement));
    }
    let instrument = Instrument {
        form,
        channel: CHANNEL,
        text: TextDigest([7; 32]),
        expiry: EXPIRY,
        expiry_beat: Beat(300),
        grace_beats: 20,
        intermediary: RosterHead([0; 32]),
        depositary: (form == Form::Joint).then(|| depositary.public()),
        sides,
    };
    let heads = (1..=parties).map(|party| (PartyNo(party), member(party, 0))).collect();
    Cast { instrument, salt: Salt::from_bytes([5; 32]), signing, verifiers, heads, depositary }
}

impl Cast {
    pub fn terms(&self) -> Terms {
        Terms::new(self.instrument.clone(), CeremonyId([9; 32])).unwrap()
    }

    pub fn ctx(&self) -> Context {
        self.terms().context(&self.salt)
    }

    pub fn parties(&self) -> Vec<PartyNo> {
        self.instrument.parties().collect()
    }

    pub fn proven(&self, party: PartyNo) -> ProvenVerifier {
        self.verifiers[&party].1.check(PLACE).unwrap()
    }

    pub fn places(&self, party: PartyNo) -> Vec<u16> {
        self.instrument.signers().zip(0..).filter(|((of, _), _)| *of == party).map(|(_, at)| at).collect()
    }

    pub fn opening(&self) -> Opening {
        Opening { sid: self.terms().sid, form: self.instrument.form, limit: LIMIT, parties: self.parties() }
    }

    /// The consents of some signers of a party, in order.
    pub fn consents(&self, party: PartyNo, signers: &[u16]) -> Vec<Consent> {
        let (terms, ctx) = (self.terms(), self.ctx());
        let mut out = Vec::new();
        for signer in signers {
            for to in self.parties().into_iter().filter(|to| *to != party) {
                let rng = &mut rng(u64::from(*signer) * 100 + u64::from(to.0));
                let key = &self.signing[usize::from(*signer)];
                out.push(consent(rng, &terms, &ctx, *signer, key, (to, &self.proven(to))).unwrap());
            }
        }
        out
    }

    pub fn gentle_deposit(&self, party: PartyNo) -> GentleDeposit {
        let consents = self.consents(party, &self.places(party));
        GentleDeposit { view: View::of(&self.terms(), &self.ctx()), consents }
    }
}

/// Everything of a joint try up to the deposits.
pub struct Signed {
    pub nonces: Vec<NoncePublic>,
    pub session: Session,
    pub partials: BTreeMap<u16, Partial>,
    pub sums: BTreeMap<PartyNo, PartySum>,
}

pub fn signed(cast: &Cast) -> Signed {
    let (terms, ctx) = (cast.terms(), cast.ctx());
    let (mut secrets, mut nonces) = (Vec::new(), Vec::new());
    for (key, seed) in cast.signing.iter().zip(100..) {
        let (secret, public) = NonceSecret::generate(&mut rng(seed), key, terms.sid, &ctx);
        secrets.push(secret);
        nonces.push(public);
    }
    let session = Session::new(&terms, &cast.salt, nonces.clone()).unwrap();
    let mut partials = BTreeMap::new();
    for ((secret, key), place) in secrets.into_iter().zip(&cast.signing).zip(0..) {
        let mut used = UsedNonces::default();
        let mark = used.mark(&secret).unwrap();
        let marked = mark.stored(&used.to_bytes()).unwrap();
        partials.insert(place, secret.spend(marked, &session, place, key).unwrap());
    }
    let mut sums = BTreeMap::new();
    for party in cast.parties() {
        let own = |place: &u16| (*place, Partial::from_bytes(partials[place].expose().expose()).unwrap());
        let own = cast.places(party).iter().map(own).collect();
        sums.insert(party, session.party_sum(party, &own).unwrap());
    }
    Signed { nonces, session, partials, sums }
}

impl Signed {
    pub fn deposit(&self, cast: &Cast, party: PartyNo) -> JointDeposit {
        JointDeposit::of(&cast.terms(), &cast.salt, &self.session, party, &self.sums[&party]).unwrap()
    }

    pub fn release(&self, cast: &Cast) -> JointRelease {
        self.release_at(cast, NOW)
    }

    pub fn release_at(&self, cast: &Cast, at: UtcMs) -> JointRelease {
        let deposits: Vec<_> = cast.parties().into_iter().map(|party| self.deposit(cast, party)).collect();
        let total = deposits[0].view.total().unwrap();
        let shares = deposits.into_iter().map(|deposit| (deposit.alias, deposit.share)).collect();
        JointRelease { shares, certificate: Certificate::sign(&mut rng(1), &cast.depositary, &total, at) }
    }

    pub fn artefact(&self, cast: &Cast) -> Artefact {
        let release = self.release(cast);
        release.check(&cast.terms(), &cast.salt, &self.session).unwrap().artefact
    }
}
