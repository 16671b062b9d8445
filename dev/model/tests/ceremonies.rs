//! Every ceremony explored whole, and every sabotage noticed.

use backchannel_model::properties::*;
use backchannel_model::{Ceremony, Depositary, Form, Sabotage};
use stateright::{Checker, Model};

fn ceremony(parties: usize, form: Form, depositary: Depositary, corrupt: bool) -> Ceremony {
    Ceremony { parties, form, depositary, corrupt, sabotage: Sabotage::None }
}

/// Explores every state; prints how many, and how long the path to each limit is.
fn explore(model: Ceremony) -> usize {
    let checker = model.checker().spawn_bfs().join();
    checker.assert_properties();
    let paths = checker.discoveries().into_iter().map(|(name, path)| (name, path.into_actions().len()));
    println!("{model:?}: {} states", checker.unique_state_count());
    paths.for_each(|(name, steps)| println!("    {steps} steps: {name}"));
    checker.unique_state_count()
}

/// Whether leaving a rule out makes the checker find a state that breaks a property.
#[track_caller]
fn notices(model: Ceremony, sabotage: Sabotage, property: &'static str) {
    let checker = Ceremony { sabotage, ..model }.checker().spawn_bfs().join();
    let found = checker.discovery(property);
    println!("{sabotage:?}: {:?}", found.as_ref().map(|path| path.clone().into_actions()));
    assert!(found.is_some(), "{sabotage:?} was not noticed");
}

/// MODEL-1 to MODEL-5 and MODEL-9: all honest, or one party corrupt.
#[test]
fn an_honest_depositary_leaves_nobody_with_what_another_never_gets() {
    let mut states = 0;
    for form in [Form::Joint, Form::Gentle] {
        for (parties, corrupt) in [(2, false), (2, true), (3, false), (3, true)] {
            states += explore(ceremony(parties, form, Depositary::Honest, corrupt));
        }
    }
    println!("honest depositary: {states} states");
}

/// MODEL-6 and MODEL-7: if the depositary dies in the middle of its release, honest parties post what they received; a
/// corrupt one that was served first does not.
#[test]
fn a_depositary_that_dies_in_mid_release_serves_honest_parties_all_the_same() {
    for form in [Form::Joint, Form::Gentle] {
        for (parties, corrupt) in [(2, false), (2, true), (3, false), (3, true)] {
            explore(ceremony(parties, form, Depositary::Mortal, corrupt));
        }
    }
}

/// MODEL-6 to MODEL-8: what a dishonest depositary can do is what is stated; each limit is reached, and nothing beyond.
#[test]
fn a_dishonest_depositary_can_do_what_is_stated_and_no_more() {
    let mut states = 0;
    for form in [Form::Joint, Form::Gentle] {
        for (parties, corrupt) in [(2, false), (2, true), (3, false), (3, true)] {
            states += explore(ceremony(parties, form, Depositary::Dishonest, corrupt));
        }
    }
    println!("dishonest depositary: {states} states");
}

/// MODEL-1, MODEL-4 and MODEL-5 broken: a depositary that neglects its checks.
#[test]
fn a_depositary_that_neglects_a_check_is_noticed() {
    let joint = ceremony(2, Form::Joint, Depositary::Honest, true);
    let gentle = ceremony(2, Form::Gentle, Depositary::Honest, true);
    notices(joint, Sabotage::ReleasesEarly, CONSENT_TOGETHER);
    notices(joint, Sabotage::ReleasesEarly, ALL_OR_NONE);
    notices(gentle, Sabotage::ReleasesEarly, CONSENT_TOGETHER);
    notices(joint, Sabotage::SkipsShares, ALL_OR_NONE);
    notices(gentle, Sabotage::SkipsShares, ALL_OR_NONE);
    notices(joint, Sabotage::SkipsViews, ALL_OR_NONE);
    notices(gentle, Sabotage::SkipsViews, ALL_OR_NONE);
}

/// MODEL-2, MODEL-3, MODEL-4 and MODEL-6 broken: parties that leave out what binds them together.
#[test]
fn parties_that_leave_out_a_rule_are_noticed() {
    let joint = ceremony(2, Form::Joint, Depositary::Dishonest, true);
    notices(joint, Sabotage::NeedsNoAcknowledgement, IN_EFFECT_FOR_ALL);
    notices(joint, Sabotage::OneAcknowledgement, NOBODY_UNHEARD);
    notices(ceremony(3, Form::Joint, Depositary::Dishonest, true), Sabotage::KeepsReleases, REPOSTED);
    notices(ceremony(2, Form::Joint, Depositary::Dishonest, false), Sabotage::KeepsReleases, ALL_OR_NONE);
    notices(joint, Sabotage::SkipsRelease, CONSENT_FIRST);
    notices(joint, Sabotage::AcknowledgesAnyway, NOBODY_UNHEARD);
}

/// MODEL-7 and MODEL-8 broken: a limit that vanished is noticed as much as one that grew.
#[test]
fn a_limit_that_vanished_is_noticed() {
    let joint = [FREE_OPTION, AFTER_WITHDRAWAL, CONSENT_SHOWN];
    for (form, limits) in [(Form::Joint, &joint[..]), (Form::Gentle, &joint[2..])] {
        let fair =
            Ceremony { sabotage: Sabotage::ShowsNothing, ..ceremony(2, form, Depositary::Dishonest, true) };
        let checker = fair.checker().spawn_bfs().join();
        for limit in limits {
            assert!(checker.discovery(limit).is_none(), "{limit}");
        }
    }
}
