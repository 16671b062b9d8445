//! What must hold in every state, and what must be found in some: a stated limit that no path reaches is none.

use crate::{CORRUPT, Ceremony, Depositary, Form, Head, Office, Phase, Sabotage, Share, State, bit};
use stateright::Property;

/// MODEL-1.
pub const ALL_OR_NONE: &str = "once everything has arrived, all hold it or nobody does";
/// MODEL-2.
pub const IN_EFFECT_FOR_ALL: &str = "in effect for everybody or for nobody";
/// MODEL-3.
pub const NOBODY_UNHEARD: &str =
    "in effect only where every honest party's deposit stood, and it holds and acknowledged it";
/// MODEL-4.
pub const CONSENT_FIRST: &str = "nobody holds what an honest party did not deposit";
/// MODEL-5.
pub const CONSENT_TOGETHER: &str = "once everything has arrived, consent is known both ways or not at all";
/// MODEL-6.
pub const REPOSTED: &str = "what one honest party holds, every other gets";
/// MODEL-7.
pub const FREE_OPTION: &str = "limit: a corrupt party holds it, and no other ever will";
/// MODEL-7.
pub const AFTER_WITHDRAWAL: &str = "limit: an artefact is made of a deposit that was taken back";
/// MODEL-8.
pub const CONSENT_SHOWN: &str = "limit: one side's consent is shown to the other, which gave none";
/// MODEL-9.
pub const SUCCEEDS: &str = "an honest run comes into effect";
/// MODEL-9.
pub const NOBODY_BOUND: &str = "one side deposited, all is destroyed, and nobody holds anything";
/// MODEL-9.
pub const SIGNED_ONLY: &str = "all hold it too late: signed, not in effect";

fn all_or_none(model: &Ceremony, state: &State) -> bool {
    let holders = model.all().filter(|party| model.holds(state, *party)).count();
    !model.settled(state) || holders == 0 || holders == model.parties
}

fn in_effect_for_all(model: &Ceremony, state: &State) -> bool {
    let bound = model.all().filter(|party| model.in_effect(state, *party)).count();
    bound == 0 || bound == model.parties
}

fn nobody_unheard(model: &Ceremony, state: &State) -> bool {
    let heard = |party: usize| {
        let stood = state.heads[party] == Head::Deposited;
        stood && model.holds(state, party) && state.acknowledged & bit(party) != 0
    };
    !model.all().any(|party| model.in_effect(state, party)) || model.loyal().all(heard)
}

fn consent_first(model: &Ceremony, state: &State) -> bool {
    let honest_depositary = model.depositary != Depositary::Dishonest;
    let stands = |party: usize| {
        let withdrawn = state.heads[party] == Head::Withdrawn;
        matches!(state.made[party], Some(Share::Sound(_))) && !(honest_depositary && withdrawn)
    };
    !model.all().any(|party| model.holds(state, party)) || model.loyal().all(stands)
}

fn consent_together(model: &Ceremony, state: &State) -> bool {
    let knows = |a: usize, b: usize| model.holds(state, a) || state.known[a] & bit(b) != 0;
    let both = |a: usize, b: usize| a == b || knows(a, b) == knows(b, a);
    !model.settled(state) || model.all().all(|a| model.all().all(|b| both(a, b)))
}

fn reposted(model: &Ceremony, state: &State) -> bool {
    let held = |party| model.holds(state, party);
    !model.settled(state) || !model.loyal().any(held) || model.loyal().all(held)
}

fn free_option(model: &Ceremony, state: &State) -> bool {
    let over = state.phase == Phase::Over && model.settled(state);
    over && model.holds(state, CORRUPT) && !model.loyal().any(|party| model.holds(state, party))
}

fn after_withdrawal(model: &Ceremony, state: &State) -> bool {
    let withdrew = |party: usize| state.heads[party] == Head::Withdrawn;
    free_option(model, state) && model.loyal().any(withdrew)
}

fn consent_shown(model: &Ceremony, state: &State) -> bool {
    let taken = |party: usize| state.known[CORRUPT] & bit(party) != 0;
    let given = state.made[CORRUPT].is_some();
    state.phase == Phase::Over && model.settled(state) && !given && model.loyal().any(taken)
}

fn succeeds(model: &Ceremony, state: &State) -> bool {
    model.all().all(|party| model.in_effect(state, party) && model.holds(state, party))
}

fn nobody_bound(model: &Ceremony, state: &State) -> bool {
    let deposited = state.made.iter().any(Option::is_some);
    state.office == Office::Destroyed && deposited && !model.all().any(|party| model.holds(state, party))
}

fn signed_only(model: &Ceremony, state: &State) -> bool {
    let held = model.all().all(|party| model.holds(state, party));
    state.phase == Phase::Over && held && !model.all().any(|party| model.in_effect(state, party))
}

/// The properties of a ceremony: with an honest depositary everything; with a mortal or dishonest one everything but the
/// stated limits, and each of those.
pub(crate) fn of(model: &Ceremony) -> Vec<Property<Ceremony>> {
    let mut list = vec![
        Property::always(IN_EFFECT_FOR_ALL, in_effect_for_all),
        Property::always(NOBODY_UNHEARD, nobody_unheard),
        Property::always(CONSENT_FIRST, consent_first),
        Property::always(REPOSTED, reposted),
    ];
    if model.sabotage != Sabotage::ShowsNothing {
        list.push(Property::sometimes(SUCCEEDS, succeeds));
        list.push(Property::sometimes(SIGNED_ONLY, signed_only));
    }
    if model.depositary == Depositary::Honest || !model.corrupt {
        list.push(Property::always(ALL_OR_NONE, all_or_none));
    }
    list.extend(match model.depositary {
        Depositary::Honest => honest(),
        Depositary::Mortal => mortal(model),
        Depositary::Dishonest => dishonest(model),
    });
    list
}

fn honest() -> Vec<Property<Ceremony>> {
    vec![
        Property::always(CONSENT_TOGETHER, consent_together),
        Property::sometimes(NOBODY_BOUND, nobody_bound),
    ]
}

fn mortal(model: &Ceremony) -> Vec<Property<Ceremony>> {
    let mut list = vec![Property::sometimes(NOBODY_BOUND, nobody_bound)];
    if model.corrupt {
        list.push(Property::sometimes(FREE_OPTION, free_option));
    }
    list
}

fn dishonest(model: &Ceremony) -> Vec<Property<Ceremony>> {
    let mut list = vec![Property::sometimes(CONSENT_SHOWN, consent_shown)];
    if model.corrupt && model.form == Form::Joint {
        list.push(Property::sometimes(FREE_OPTION, free_option));
        list.push(Property::sometimes(AFTER_WITHDRAWAL, after_withdrawal));
    }
    list
}
