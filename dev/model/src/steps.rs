//! What anybody can do next, and what comes of it.

use crate::{CORRUPT, Ceremony, Depositary, Form, Head, Office, Phase, Sabotage, Share, State, bit};
use stateright::{Model, Property};

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Time passes EXPIRY, then the limit.
    Tick,
    /// A head posts nonces and readiness.
    Ready(usize),
    /// The corrupt party shows different nonces to different sides.
    Split,
    /// A head deposits.
    Deposit(usize, Share),
    /// A head takes its deposit back.
    Withdraw(usize),
    /// A head restarts: its nonces are gone.
    Crash(usize),
    /// The honest depositary releases all to all.
    Release,
    /// The honest depositary destroys all at the limit.
    Destroy,
    /// The honest depositary dies.
    Die,
    /// Its release reaches a party.
    Deliver(usize),
    /// The dishonest depositary shows a party somebody's deposit.
    Show(usize, usize),
    /// The dishonest depositary hands a party an invented release.
    Invent(usize),
    /// A party posts the release in the registry.
    Post(usize),
    /// A party takes the release from the registry.
    Read(usize),
    /// A party acknowledges.
    Acknowledge(usize),
}

impl Model for Ceremony {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State::default()]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        if state.phase != Phase::Over {
            actions.push(Action::Tick);
        }
        for party in self.all() {
            self.head_actions(state, party, actions);
            self.registry_actions(state, party, actions);
        }
        match self.depositary {
            Depositary::Honest | Depositary::Mortal => self.honest_actions(state, actions),
            Depositary::Dishonest => self.dishonest_actions(state, actions),
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::Tick if state.phase == Phase::Open => state.phase = Phase::Expired,
            Action::Tick => state.phase = Phase::Over,
            Action::Ready(party) => {
                state.heads[party] = Head::Ready;
                state.ready |= bit(party);
            }
            Action::Split => state.split = true,
            Action::Deposit(party, share) => {
                state.heads[party] = Head::Deposited;
                state.made[party] = Some(share);
                if state.office == Office::Gathering {
                    state.held |= bit(party);
                }
            }
            Action::Withdraw(party) => {
                state.heads[party] = Head::Withdrawn;
                state.held &= !bit(party);
            }
            Action::Crash(party) => state.heads[party] = Head::Ended,
            Action::Release => {
                state.office = Office::Released;
                state.flight = self.everybody();
            }
            Action::Destroy => (state.office, state.held) = (Office::Destroyed, 0),
            Action::Die => (state.office, state.held, state.flight) = (Office::Gone, 0, 0),
            Action::Deliver(party) => {
                state.flight &= !bit(party);
                state.known[party] |= state.held;
            }
            Action::Show(to, whose) => state.known[to] |= bit(whose),
            Action::Invent(party) => state.fooled |= bit(party),
            Action::Post(party) => {
                state.posted = true;
                state.read |= bit(party);
            }
            Action::Read(party) => state.read |= bit(party),
            Action::Acknowledge(party) => state.acknowledged |= bit(party),
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        crate::properties::of(self)
    }
}

impl Ceremony {
    fn head_actions(&self, state: &State, party: usize, actions: &mut Vec<Action>) {
        let head = state.heads[party];
        let begins = state.phase == Phase::Open;
        if head == Head::Idle && begins && self.form == Form::Joint {
            actions.push(Action::Ready(party));
        }
        if self.honest(party) && matches!(head, Head::Idle | Head::Ready) {
            actions.push(Action::Crash(party));
        }
        if begins && self.may_deposit(state, head) {
            self.deposits(state, party, actions);
        }
        let taken = self.depositary != Depositary::Dishonest && state.office != Office::Gathering;
        // An honest station that has the release takes nothing back.
        let received = self.honest(party) && self.holds(state, party);
        if head == Head::Deposited && !taken && !received && begins {
            actions.push(Action::Withdraw(party));
        }
        let nobody_deposited = state.made.iter().all(Option::is_none);
        if !self.honest(party) && !state.split && nobody_deposited && begins && self.form == Form::Joint {
            actions.push(Action::Split);
        }
    }

    /// In the joint form every head has seen every other's readiness before it deposits.
    fn may_deposit(&self, state: &State, head: Head) -> bool {
        match self.form {
            Form::Joint => head == Head::Ready && state.ready == self.everybody(),
            Form::Gentle => head == Head::Idle,
        }
    }

    fn deposits(&self, state: &State, party: usize, actions: &mut Vec<Action>) {
        if self.honest(party) {
            actions.push(Action::Deposit(party, Share::Sound(self.view(state, party))));
            return;
        }
        for seen in self.all().take(if state.split { self.parties } else { 2 }) {
            let seen = u8::try_from(seen).unwrap_or(u8::MAX);
            actions.push(Action::Deposit(party, Share::Sound(seen)));
        }
        // An honest depositary refuses it, and nothing is changed.
        if self.depositary == Depositary::Dishonest || self.sabotage == Sabotage::SkipsShares {
            actions.push(Action::Deposit(party, Share::Garbage));
        }
    }

    fn honest_actions(&self, state: &State, actions: &mut Vec<Action>) {
        for party in self.all().filter(|party| state.flight & bit(*party) != 0) {
            actions.push(Action::Deliver(party));
        }
        if self.depositary == Depositary::Mortal && state.flight != 0 {
            actions.push(Action::Die);
        }
        if state.office != Office::Gathering {
            return;
        }
        actions.push(Action::Die);
        match state.phase {
            Phase::Open if self.releasable(state) => actions.push(Action::Release),
            Phase::Open => {}
            Phase::Expired | Phase::Over => actions.push(Action::Destroy),
        }
    }

    fn releasable(&self, state: &State) -> bool {
        if self.sabotage == Sabotage::ReleasesEarly {
            return state.held != 0;
        }
        let views: Vec<u8> = state
            .made
            .iter()
            .filter_map(|share| match share {
                Some(Share::Sound(view)) => Some(*view),
                _ => None,
            })
            .collect();
        let equal = views.windows(2).all(|pair| pair[0] == pair[1]);
        state.held == self.everybody() && (equal || self.sabotage == Sabotage::SkipsViews)
    }

    fn dishonest_actions(&self, state: &State, actions: &mut Vec<Action>) {
        for to in self.all() {
            for whose in self.all().filter(|whose| state.made[*whose].is_some()) {
                let new = state.known[to] & bit(whose) == 0 && (self.honest(to) || to != whose);
                if new && self.sabotage != Sabotage::ShowsNothing {
                    actions.push(Action::Show(to, whose));
                }
            }
            if self.sabotage == Sabotage::SkipsRelease && self.honest(to) && state.fooled & bit(to) == 0 {
                actions.push(Action::Invent(to));
            }
        }
    }

    fn registry_actions(&self, state: &State, party: usize, actions: &mut Vec<Action>) {
        let (honest, holds) = (self.honest(party), self.holds(state, party));
        let complete = || {
            let sound = |share: &Option<Share>| matches!(share, Some(Share::Sound(_)));
            honest || self.form == Form::Joint || state.made[CORRUPT..self.parties].iter().all(sound)
        };
        let keeps = honest && self.sabotage == Sabotage::KeepsReleases;
        if holds && !state.posted && !keeps && complete() {
            actions.push(Action::Post(party));
        }
        if state.posted && state.read & bit(party) == 0 && !holds {
            actions.push(Action::Read(party));
        }
        let sealed_in_time = state.phase != Phase::Over && state.acknowledged & bit(party) == 0;
        let stands = state.heads[party] != Head::Withdrawn || self.sabotage == Sabotage::AcknowledgesAnyway;
        if state.posted && sealed_in_time && (holds && stands || !honest) {
            actions.push(Action::Acknowledge(party));
        }
    }
}
