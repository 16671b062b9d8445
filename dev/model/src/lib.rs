//! Both ceremonies as a finite model, explored state by state (docs/spec/ceremony-model.md).
//!
//! Cryptography is symbolic: a share is sound or it is not, an artefact exists for whoever can put it together. What the
//! shares and proofs really are is the matter of `assurance`; what is in effect, of `accord`.
#![forbid(unsafe_code)]

pub mod properties;
mod steps;

pub use steps::Action;

/// Parties of the largest ceremony that is explored: beyond three the states are too many for a test, and every rule
/// speaks of one party and the others.
pub const PARTIES_MAX: usize = 3;

/// The party that breaks any rule it likes, where one does.
pub const CORRUPT: usize = 0;

/// Which ceremony.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Partial sums of one signature: whoever has all of them has the artefact.
    Joint,
    /// Designated-verifier proofs: each convinces its addressee, and nobody else.
    Gentle,
}

/// The depositary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Depositary {
    /// Checks, releases all to all or destroys. It may die before it releases; what it released it goes on sending
    /// when it is back.
    Honest,
    /// The same, but its death also takes with it what was released and has not arrived.
    Mortal,
    /// Keeps copies of what was withdrawn or destroyed, and shows anything to anybody at any time.
    Dishonest,
}

/// A rule that is left out, to see that the model notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sabotage {
    /// None: the ceremony as specified.
    None,
    /// The depositary releases what it has before everybody deposited.
    ReleasesEarly,
    /// The depositary takes shares that do not check.
    SkipsShares,
    /// The depositary does not compare what the parties saw.
    SkipsViews,
    /// What a party holds is in effect for it, acknowledged or not.
    NeedsNoAcknowledgement,
    /// Acknowledgements are due from the one who posts the release only.
    OneAcknowledgement,
    /// Honest parties do not post a release that they receive.
    KeepsReleases,
    /// Honest parties take a release without checking it.
    SkipsRelease,
    /// Honest parties acknowledge a release that was made of a deposit they had taken back.
    AcknowledgesAnyway,
    /// A dishonest depositary that shows nothing: the stated limits must then be found gone.
    ShowsNothing,
}

/// One ceremony to explore.
#[derive(Clone, Copy, Debug)]
pub struct Ceremony {
    /// 2 or 3.
    pub parties: usize,
    /// Which.
    pub form: Form,
    /// Whose hands.
    pub depositary: Depositary,
    /// Whether party 0 breaks the rules; in league with the depositary, if that one does too.
    pub corrupt: bool,
    /// What is left out.
    pub sabotage: Sabotage,
}

/// How far a head has come with this sid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Head {
    /// Nothing was posted.
    #[default]
    Idle,
    /// Nonces and readiness are posted; nonces live in memory.
    Ready,
    /// It restarted before it had deposited: the sid is over for it.
    Ended,
    /// It deposited.
    Deposited,
    /// It took its deposit back.
    Withdrawn,
}

/// What was deposited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Share {
    /// A share that checks, made for what its party saw of the others.
    Sound(u8),
    /// Anything else.
    Garbage,
}

/// The time that matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Before EXPIRY.
    #[default]
    Open,
    /// From EXPIRY to beat(EXPIRY) + N.
    Expired,
    /// Later: no acknowledgement counts.
    Over,
}

/// Where the honest depositary's work stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Office {
    /// It gathers deposits.
    #[default]
    Gathering,
    /// It released to all at once.
    Released,
    /// It destroyed everything at the limit.
    Destroyed,
    /// It died, with all it had.
    Gone,
}

/// A set of parties, one bit each.
pub type Parties = u8;

/// Everything that matters at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    /// The time.
    pub phase: Phase,
    /// The heads.
    pub heads: [Head; PARTIES_MAX],
    /// Who posted nonces and readiness.
    pub ready: Parties,
    /// The corrupt party showed different nonces to different sides.
    pub split: bool,
    /// What each party ever deposited: copies are not taken back from a dishonest depositary.
    pub made: [Option<Share>; PARTIES_MAX],
    /// Whose deposits an honest depositary has, or had when it released.
    pub held: Parties,
    /// Its work.
    pub office: Office,
    /// To whom its release is still under way.
    pub flight: Parties,
    /// For each party, whose shares it was handed.
    pub known: [Parties; PARTIES_MAX],
    /// A release stands in the registry.
    pub posted: bool,
    /// Who took the release from the registry.
    pub read: Parties,
    /// Whose acknowledgement was sealed in time.
    pub acknowledged: Parties,
    /// Who was handed something invented, and took it.
    pub fooled: Parties,
}

impl Ceremony {
    /// The parties' numbers.
    pub fn all(&self) -> std::ops::Range<usize> {
        0..self.parties
    }

    /// Every party, as a set.
    pub fn everybody(&self) -> Parties {
        self.all().map(bit).sum()
    }

    /// Whether a party keeps the rules.
    pub fn honest(&self, party: usize) -> bool {
        !(self.corrupt && party == CORRUPT)
    }

    /// The parties that keep the rules.
    pub fn loyal(&self) -> impl Iterator<Item = usize> + '_ {
        self.all().filter(|party| self.honest(*party))
    }

    /// What an honest party saw of the others' nonces.
    pub fn view(&self, state: &State, party: usize) -> u8 {
        if state.split { u8::try_from(party).unwrap_or(u8::MAX) } else { 0 }
    }

    /// Whether a party has all that binds everybody: the artefact, or everybody's proofs.
    pub fn holds(&self, state: &State, party: usize) -> bool {
        if state.read & bit(party) != 0 || state.fooled & bit(party) != 0 {
            return true;
        }
        let known = |other: usize| state.known[party] & bit(other) != 0;
        if self.honest(party) {
            let view = self.view(state, party);
            return self.all().all(|other| known(other) && state.made[other] == Some(Share::Sound(view)));
        }
        // It makes its own share for whatever the others saw; theirs only fit together if they saw the same.
        self.loyal().all(known) && (self.form == Form::Gentle || self.one_view(state))
    }

    fn one_view(&self, state: &State) -> bool {
        !state.split || self.loyal().count() == 1
    }

    /// Whether a party finds the understanding in effect.
    pub fn in_effect(&self, state: &State, party: usize) -> bool {
        match self.sabotage {
            Sabotage::NeedsNoAcknowledgement => self.holds(state, party),
            Sabotage::OneAcknowledgement => state.acknowledged != 0,
            _ => state.acknowledged == self.everybody(),
        }
    }

    /// Whether nothing is under way that will arrive if everybody waits: honest parties post and read, relays deliver.
    pub fn settled(&self, state: &State) -> bool {
        let owes = |party: usize| {
            let holds = self.holds(state, party);
            state.posted && !holds || holds && !state.posted && self.sabotage != Sabotage::KeepsReleases
        };
        state.flight == 0 && !self.loyal().any(owes)
    }
}

/// The set of one party.
pub fn bit(party: usize) -> Parties {
    1 << party
}
