//! Whole ceremonies: the good course in both forms, and everything that can go wrong on the way. In every outcome all
//! parties are bound or none is.

use super::cast;
use super::cast::{EXPIRY, LIMIT, member};
use super::world::{Crash, Post, World, means, setup, stranger};
use crate::common::rng;
use backchannel_assurance::ceremony::depositary::DepositaryStage;
use backchannel_assurance::ceremony::message::{Destruction, MessageError, Refusal, Why};
use backchannel_assurance::ceremony::party::{Input, Outcome, Party, PartyError, Phase, Setup, Stop, Told};
use backchannel_assurance::ceremony::{
    Author, Contribution, Deposit, Form, Message, Opening, OpeningId, Place, Release, TextDigest,
};
use backchannel_assurance::gentle::{Consent, GentleRelease};
use backchannel_assurance::joint::NoncePublic;
use backchannel_assurance::limits::{CEREMONY_MESSAGE_BYTES_MAX, CONSENTS_MAX};
use backchannel_assurance::*;
use backchannel_wire::{Beat, PartyNo, UtcMs};
use proptest::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

const FORMS: [Form; 2] = [Form::Gentle, Form::Joint];
/// The last beat in which acknowledgements count.
const LAST: u64 = 320;

fn in_effect(phase: Phase) -> bool {
    matches!(phase, Phase::Over(Outcome::InEffect(_)))
}

/// All stations agree on whether the assurance is in effect, and since when.
fn all_or_none(world: &World) -> bool {
    let phases = world.phases();
    phases.iter().all(|phase| in_effect(*phase) && *phase == phases[0])
}

fn none_in_effect(world: &World) -> bool {
    !world.phases().into_iter().any(in_effect)
}

fn everywhere(world: &World, phase: Phase) {
    assert_eq!(world.phases(), vec![phase; world.stations.len()], "{:?}", world.told);
}

#[test]
fn both_forms_come_into_effect_for_all_at_once() {
    // CEREMONY-16
    for (form, parties, signers) in
        [(Form::Gentle, 2, 2), (Form::Gentle, 3, 1), (Form::Joint, 2, 2), (Form::Joint, 3, 2)]
    {
        let mut world = World::new(cast(form, parties, signers));
        world.run(20);
        assert!(all_or_none(&world), "{form:?}: {:?}", world.told);
        for (author, station) in &world.stations {
            assert_eq!(station.artefact().is_some_and(|made| made.verify().is_ok()), form == Form::Joint);
            let shown = station.transcript().map(|made| made.verify());
            assert_eq!(shown.is_some_and(|shown| shown.is_ok()), form == Form::Gentle, "{author:?}");
        }
        world.run(LAST + 5);
        assert!(all_or_none(&world));
    }
}

#[test]
fn every_station_comes_to_the_same_identifier_and_a_new_one_each_time() {
    // CEREMONY-9
    let mut world = World::new(cast(Form::Gentle, 3, 2));
    world.run(20);
    let sids: Vec<_> = world.stations.values().map(Party::sid).collect();
    assert!(sids[0].is_some() && sids.iter().all(|sid| *sid == sids[0]));
}

#[test]
fn a_party_that_never_deposits_binds_nobody() {
    // CEREMONY-17, DEPOSIT-8
    for form in FORMS {
        let mut world = World::new(cast(form, 2, 2));
        world.tamper = Box::new(|_, posts| {
            posts.retain(|post| !(post.of == PartyNo(2) && matches!(post.message, Message::Deposit(..))));
        });
        world.run(210);
        let head = world.head(1);
        assert!(world.heard(head, &Told::Held));
        assert_eq!(world.head_phase(1), Phase::Stopped(Stop::Destroyed(Destruction::Limit)));
        assert!(!world.heard(head, &Told::Void), "nothing is dead before the last beat");
        world.run(LAST);
        everywhere(&world, Phase::Over(Outcome::Void));
    }
}

#[test]
fn a_party_that_deposits_late_or_garbage_binds_nobody() {
    // DEPOSIT-2, DEPOSIT-3
    for form in FORMS {
        let mut held = Vec::new();
        let mut world = World::new(cast(form, 2, 1));
        world.tamper = Box::new(move |beat, posts| {
            if beat == Beat(201) {
                posts.append(&mut held);
            }
            let late = |post: &Post| post.of == PartyNo(2) && matches!(post.message, Message::Deposit(..));
            if beat < Beat(200) {
                held.extend(posts.extract_if(.., |post| late(post)));
            }
        });
        world.run(LAST);
        assert!(world.heard(world.head(2), &Told::Refused(Refusal::Late)));
        everywhere(&world, Phase::Over(Outcome::Void));

        let mut world = World::new(cast(form, 2, 1));
        world.tamper = Box::new(|_, posts| posts.iter_mut().for_each(spoil));
        world.run(30);
        assert!(world.heard(world.head(2), &Told::Refused(Refusal::Invalid)), "{:?}", world.told);
        world.run(LAST);
        everywhere(&world, Phase::Over(Outcome::Void));
    }
}

fn spoil(post: &mut Post) {
    match &mut post.message {
        Message::Deposit(_, Deposit::Joint(deposit)) if post.of == PartyNo(2) => {
            deposit.share = Secret32::from_bytes([1; 32]);
        }
        Message::Deposit(_, Deposit::Gentle(deposit)) if post.of == PartyNo(2) => {
            deposit.consents[0].proof = DvProof::from_bytes([1; 128]);
        }
        _ => (),
    }
}

#[test]
fn other_instruments_never_meet() {
    // CEREMONY-13: whoever sees another text makes another try, which the others do not hear.
    for form in FORMS {
        let mut world = World::new(cast(form, 2, 1));
        let author = world.head(2);
        let mut other = setup(&world.cast, author);
        other.instrument.text = TextDigest([8; 32]);
        let (station, _) = Party::begin(&mut rng(1), other, means(&world.cast, author), Beat(0)).unwrap();
        world.stations.insert(author, station);
        world.run(LAST);
        everywhere(&world, Phase::Over(Outcome::Void));
    }
}

#[test]
fn contributions_that_are_changed_or_forged_end_the_try() {
    // CEREMONY-8, CEREMONY-9
    let forged = Contribution::from_bytes([1; 32]);
    let mut world = World::new(cast(Form::Gentle, 2, 1));
    world.tamper = Box::new(move |_, posts| {
        for post in posts.iter_mut().filter(|post| post.of == PartyNo(2)) {
            if let Message::Open(of, _) = &post.message {
                post.message = Message::Open(*of, forged.clone());
            }
        }
    });
    world.run(10);
    everywhere(&world, Phase::Stopped(Stop::Ended(Why::BadContribution)));
    world.run(LAST);
    everywhere(&world, Phase::Over(Outcome::Void));
}

#[test]
fn a_try_begins_with_what_the_instrument_needs() {
    // CEREMONY-11
    let cast = cast(Form::Joint, 2, 1);
    let me = Author { party: PartyNo(1), member: member(1, 0) };
    let begin = |change: &dyn Fn(&mut Setup)| {
        let mut setup = setup(&cast, me);
        change(&mut setup);
        Party::begin(&mut rng(1), setup, means(&cast, me), Beat(0)).err()
    };
    assert_eq!(begin(&|_| ()), None);
    assert_eq!(begin(&|of| of.limit = UtcMs(EXPIRY.0 + 1)), Some(PartyError::Time));
    assert_eq!(begin(&|of| of.try_beats = 0), Some(PartyError::Time));
    assert_eq!(begin(&|of| of.try_beats = 604_801), Some(PartyError::Time));
    assert_eq!(begin(&|of| of.heads.retain(|party, _| party.0 == 1)), Some(PartyError::Setup));
    assert_eq!(begin(&|of| of.me.party = PartyNo(5)), Some(PartyError::Setup));
    assert!(begin(&|of| of.instrument.sides.truncate(1)).is_some());
    let without = |change: &dyn Fn(&mut ceremony::party::Means)| {
        let mut means = means(&cast, me);
        change(&mut means);
        Party::begin(&mut rng(1), setup(&cast, me), means, Beat(0)).err()
    };
    assert_eq!(without(&|of| of.verifiers.clear()), Some(PartyError::Setup));
    assert_eq!(without(&|of| of.signing = Some(cast.signing[1].clone())), Some(PartyError::Setup));
}

#[test]
fn a_crash_at_any_write_leaves_all_bound_or_none_and_no_nonce_used_twice() {
    // CEREMONY-12, JOINT-7
    for form in FORMS {
        let mut whole = World::new(cast(form, 2, 2));
        whole.run(LAST);
        let (mut bound, mut unbound) = (0, 0);
        for at in 5..=whole.writes {
            for written in [false, true] {
                let mut world = World::new(cast(form, 2, 2));
                world.crash = Some(Crash { at, written });
                world.run(LAST + 5);
                let mut partials = world.partials.clone();
                partials.sort();
                partials.dedup();
                assert_eq!(
                    partials.len(),
                    world.partials.len(),
                    "{form:?} {at} {written}: a nonce signed twice"
                );
                if none_in_effect(&world) {
                    unbound += 1;
                } else {
                    assert!(all_or_none(&world), "{form:?} {at} {written}: {:?}", world.told);
                    bound += 1;
                }
            }
        }
        assert!(bound > 0 && unbound > 0, "{form:?}: {bound} {unbound}");
    }
}

#[test]
fn a_restart_before_the_deposit_ends_the_try_and_after_it_does_not() {
    // CEREMONY-12
    for form in FORMS {
        let mut world = World::new(cast(form, 2, 2));
        let head = world.head(1);
        world.run(1);
        world.restart(head);
        assert!(world.heard(head, &Told::Stopped(Stop::Ended(Why::Restarted))));
        world.run(6);
        assert_eq!(world.head_phase(2), Phase::Stopped(Stop::Ended(Why::Ended)));
        world.run(LAST);
        everywhere(&world, Phase::Over(Outcome::Void));

        let mut world = World::new(cast(form, 2, 2));
        while world.head_phase(1) != Phase::Deposited {
            world.step();
        }
        world.restart(head);
        world.run(30);
        assert!(all_or_none(&world), "{form:?}: {:?}", world.told);
    }
}

#[test]
fn an_old_backup_signs_nothing_again() {
    // CEREMONY-12, JOINT-7
    let mut world = World::new(cast(Form::Joint, 2, 2));
    let signer = Author { party: PartyNo(1), member: member(1, 1) };
    let backup = world.stored[&signer].clone();
    while world.partials.len() < 4 {
        world.step();
    }
    world.stored.insert(signer, backup);
    world.restart(signer);
    world.run(LAST);
    assert_eq!(world.partials.iter().filter(|author| **author == signer).count(), 1);
}

#[test]
fn what_was_not_stored_whole_is_refused() {
    // CEREMONY-12
    let world = World::new(cast(Form::Joint, 2, 1));
    let head = world.head(1);
    let stored = &world.stored[&head];
    let restore = |bytes: &[u8]| Party::restore(bytes, means(&world.cast, head)).err();
    assert_eq!(restore(&stored[1..]), Some(PartyError::Malformed));
    assert_eq!(restore(&[&stored[..], &[0]].concat()), Some(PartyError::Malformed));
    let other = means(&world.cast, world.head(2));
    assert_eq!(Party::restore(stored, other).err(), Some(PartyError::Setup));
}

#[test]
fn nothing_stored_holds_a_key_or_a_sum() {
    // JOINT-7: the sums that came to the depositary are looked for in every state that any station stored.
    let mut world = World::new(cast(Form::Joint, 2, 2));
    let (sums, seen) = (Rc::new(RefCell::new(Vec::new())), Rc::new(RefCell::new(0)));
    let sink = sums.clone();
    world.tamper = Box::new(move |_, posts| {
        for post in posts {
            if let Message::Deposit(_, Deposit::Joint(deposit)) = &post.message {
                sink.borrow_mut().push(*deposit.share.expose());
            }
        }
    });
    let mut all = Vec::new();
    while world.depositary.is_none() {
        world.step();
        all.extend(world.stored.values().map(|state| state.to_vec()));
    }
    let keys = world.cast.signing.iter().map(|key| *key.expose());
    for secret in keys.chain(sums.borrow().iter().copied()) {
        assert!(!all.iter().any(|state| state.windows(32).any(|window| window == secret)));
        *seen.borrow_mut() += 1;
    }
    assert_eq!(*seen.borrow(), 6);
}

#[test]
fn messages_count_from_their_author_in_their_room_alone() {
    // CEREMONY-13
    for form in FORMS {
        let mut world = World::new(cast(form, 2, 2));
        world.tamper = Box::new(|_, posts| {
            let mut moved = posts.clone();
            for post in &mut moved {
                // Everything is said again by somebody who may not say it.
                post.author.member = stranger();
            }
            let elsewhere = posts.iter().filter(|post| post.place == Place::Registry).cloned();
            let elsewhere: Vec<_> = elsewhere.map(|post| Post { place: Place::Caucus, ..post }).collect();
            let all = posts.split_off(0);
            posts.extend(moved.into_iter().filter(|post| post.author.party != PartyNo(0)));
            posts.extend(elsewhere);
            posts.extend(all);
        });
        world.run(20);
        assert!(all_or_none(&world), "{form:?}: {:?}", world.told);
        let ignored = Told::Ignored(Author { party: PartyNo(2), member: stranger() });
        assert!(world.heard(world.head(1), &ignored));
    }
}

#[test]
fn a_slow_try_ends() {
    // CEREMONY-14
    for form in FORMS {
        let mut world = World::new(cast(form, 2, 2));
        world.tamper = Box::new(|_, posts| {
            posts.retain(|post| !(post.of == PartyNo(2) && post.place == Place::Delegation));
        });
        world.run(99);
        assert!(!matches!(world.head_phase(2), Phase::Stopped(_)));
        world.run(102);
        assert_eq!(world.head_phase(2), Phase::Stopped(Stop::Ended(Why::TookTooLong)));
        world.run(LAST);
        everywhere(&world, Phase::Over(Outcome::Void));
    }
}

#[test]
fn a_second_nonce_of_a_signer_ends_the_try() {
    // JOINT-4, CEREMONY-14
    for place in [Place::Delegation, Place::Registry] {
        let mut world = World::new(cast(Form::Joint, 2, 2));
        world.tamper = Box::new(move |_, posts| {
            let mut again = posts.clone();
            again.retain(|post| post.place == place && post.of == PartyNo(2));
            again.retain_mut(|post| match &mut post.message {
                Message::Nonce(_, nonce) => {
                    **nonce = NoncePublic { first: nonce.second, second: nonce.first };
                    true
                }
                Message::Nonces(_, nonces) => {
                    nonces.values_mut().for_each(|nonce| std::mem::swap(&mut nonce.first, &mut nonce.second));
                    true
                }
                _ => false,
            });
            posts.extend(again);
        });
        world.run(15);
        assert_eq!(world.head_phase(2), Phase::Stopped(Stop::Ended(Why::BadPart)), "{place:?}");
        world.run(LAST);
        everywhere(&world, Phase::Over(Outcome::Void));
    }
}

#[test]
fn a_head_that_alters_a_signers_nonces_gets_no_signature() {
    // JOINT-6
    let mut world = World::new(cast(Form::Joint, 2, 2));
    world.tamper = Box::new(|_, posts| {
        for post in posts.iter_mut().filter(|post| post.of == PartyNo(1)) {
            if let Message::Nonces(_, nonces) = &mut post.message {
                let nonce = nonces.get_mut(&1).unwrap();
                std::mem::swap(&mut nonce.first, &mut nonce.second);
            }
        }
    });
    world.run(20);
    let signer = Author { party: PartyNo(1), member: member(1, 1) };
    assert!(world.heard(signer, &Told::Stopped(Stop::Ended(Why::BadPart))));
    assert!(!world.partials.contains(&signer));
    world.run(LAST);
    everywhere(&world, Phase::Over(Outcome::Void));
}

#[test]
fn false_partials_and_false_readiness_end_the_try() {
    // JOINT-8, JOINT-9
    for readiness in [false, true] {
        let mut world = World::new(cast(Form::Joint, 2, 2));
        world.tamper = Box::new(move |_, posts| {
            for post in posts.iter_mut().filter(|post| post.of == PartyNo(2)) {
                match &mut post.message {
                    Message::Partial(_, sealed) if !readiness => sealed[80] ^= 1,
                    Message::Ready(_, proofs) if readiness => proofs[0].proof = DvProof::from_bytes([1; 128]),
                    _ => (),
                }
            }
        });
        world.run(20);
        let bad = Phase::Stopped(Stop::Ended(Why::BadPart));
        assert_eq!(world.head_phase(if readiness { 1 } else { 2 }), bad);
        world.run(LAST);
        everywhere(&world, Phase::Over(Outcome::Void));
    }
}

#[test]
fn a_false_consent_does_not_count() {
    // GENTLE-5
    let mut world = World::new(cast(Form::Gentle, 2, 2));
    world.tamper = Box::new(|_, posts| {
        for post in posts.iter_mut().filter(|post| post.author.member == member(2, 1)) {
            if let Message::Consents(_, consents) = &mut post.message {
                consents[0].proof = DvProof::from_bytes([1; 128]);
            }
        }
    });
    world.run(20);
    assert!(world.heard(world.head(2), &Told::Ignored(Author { party: PartyNo(2), member: member(2, 1) })));
    assert_eq!(world.head_phase(2), Phase::Preparing);
}

#[test]
fn approval_is_taken_back_until_the_release() {
    // CEREMONY-15, DEPOSIT-6
    for form in FORMS {
        for early in [true, false] {
            let mut world = World::new(cast(form, 2, 2));
            let head = world.head(1);
            world.tamper = Box::new(|beat, posts| {
                let late = beat < Beat(30);
                posts.retain(|post| {
                    !(late && post.of == PartyNo(2) && matches!(post.message, Message::Deposit(..)))
                });
            });
            world.run(if early { 2 } else { 25 });
            let input = if early { Input::RosterChanged } else { Input::Withdraw };
            world.input(head, input);
            world.run(40);
            let stop = if early { Stop::Ended(Why::RosterChanged) } else { Stop::Withdrawn };
            assert_eq!(world.head_phase(1), Phase::Stopped(stop), "{form:?} {early}");
            world.run(LAST);
            everywhere(&world, Phase::Over(Outcome::Void));
        }
    }
}

#[test]
fn after_the_release_it_is_too_late_to_withdraw() {
    // CEREMONY-15, DEPOSIT-6
    for form in FORMS {
        let mut world = World::new(cast(form, 2, 2));
        while !world.depositary.as_ref().is_some_and(|one| one.stage() == DepositaryStage::Released) {
            world.step();
        }
        let head = world.head(1);
        world.input(head, Input::Withdraw);
        world.run(30);
        assert!(all_or_none(&world), "{form:?}: {:?}", world.told);
        world.input(head, Input::Withdraw);
        assert!(world.heard(head, &Told::TooLate));
    }
}

#[test]
fn a_release_to_one_side_only_reaches_all_through_the_registry() {
    // CEREMONY-16
    for form in FORMS {
        let mut world = World::new(cast(form, 3, 1));
        world.tamper = Box::new(|_, posts| {
            let caucus = |post: &Post| post.place == Place::Caucus && post.of != PartyNo(1);
            posts.retain(|post| !(caucus(post) && matches!(post.message, Message::Released(..))));
        });
        world.run(30);
        assert!(all_or_none(&world), "{form:?}: {:?}", world.told);
    }
}

#[test]
fn one_side_that_keeps_the_release_to_itself_has_no_effect() {
    // CEREMONY-16, CEREMONY-17, CEREMONY-19: a depositary and one side in league: the stated limit. The side holds an
    // artefact, and nothing is in effect.
    for form in FORMS {
        let mut world = World::new(cast(form, 2, 1));
        world.tamper = Box::new(|_, posts| {
            posts.retain(|post| {
                let others = post.place == Place::Caucus && post.of == PartyNo(2);
                let repost = post.place == Place::Registry;
                !((others || repost) && matches!(post.message, Message::Released(..)))
            });
        });
        world.run(LAST + 1);
        assert_eq!(world.head_phase(1), Phase::Over(Outcome::SignedNotInEffect));
        assert_eq!(world.head_phase(2), Phase::Over(Outcome::Void));
    }
}

#[test]
fn a_release_that_comes_late_is_signed_and_not_in_effect() {
    // CEREMONY-19
    for form in FORMS {
        let mut held = Vec::new();
        let mut world = World::new(cast(form, 2, 1));
        world.tamper =
            Box::new(move |beat, posts| {
                held.extend(posts.extract_if(.., |post| {
                    beat <= Beat(LAST) && matches!(post.message, Message::Released(..))
                }));
                if beat == Beat(LAST + 2) {
                    posts.append(&mut held);
                }
            });
        world.run(LAST + 1);
        everywhere(&world, Phase::Over(Outcome::Void));
        world.run(LAST + 6);
        everywhere(&world, Phase::Over(Outcome::SignedNotInEffect));
    }
}

#[test]
fn acknowledgements_that_miss_the_last_beat_do_not_count() {
    // CEREMONY-16, CEREMONY-19
    for (delay_to, expected) in [(LAST, true), (LAST + 1, false)] {
        let mut held = Vec::new();
        let mut world = World::new(cast(Form::Gentle, 2, 1));
        world.tamper = Box::new(move |beat, posts| {
            held.extend(posts.extract_if(.., |post| matches!(post.message, Message::Acknowledged(..))));
            if beat == Beat(delay_to) {
                posts.append(&mut held);
            }
        });
        world.run(LAST + 3);
        assert_eq!(all_or_none(&world), expected, "{:?}", world.told);
        if !expected {
            everywhere(&world, Phase::Over(Outcome::SignedNotInEffect));
        }
    }
}

#[test]
fn an_acknowledgement_sealed_after_the_last_beat_does_not_count_whenever_it_is_read() {
    // CEREMONY-16: the station has not been told yet that the registry was seen through the last beat.
    let mut world = World::new(cast(Form::Gentle, 2, 1));
    world.tamper =
        Box::new(|_, posts| posts.retain(|post| !matches!(post.message, Message::Acknowledged(..))));
    world.run(20);
    let head = world.head(1);
    let (sid, ctx) = {
        let station = &world.stations[&head];
        let transcript = station.transcript().unwrap();
        (station.sid().unwrap(), transcript.terms.context(&transcript.salt))
    };
    for (beat, counts) in [(LAST + 1, false), (LAST, true)] {
        for author in [head, world.head(2)] {
            let (place, message) = (Place::Registry, Box::new(Message::Acknowledged(sid, ctx)));
            world.input(head, Input::Sealed { author, place, beat: Beat(beat), message });
        }
        assert_eq!(in_effect(world.head_phase(1)), counts);
    }
}

#[test]
fn an_acknowledgement_of_another_context_does_not_count() {
    // CEREMONY-16
    let mut world = World::new(cast(Form::Gentle, 2, 1));
    world.tamper = Box::new(|_, posts| {
        for post in posts.iter_mut().filter(|post| post.of == PartyNo(2)) {
            if let Message::Acknowledged(_, ctx) = &mut post.message {
                ctx.0[0] ^= 1;
            }
        }
    });
    world.run(LAST);
    everywhere(&world, Phase::Over(Outcome::SignedNotInEffect));
}

#[test]
fn nothing_is_signed_before_its_mark_is_durable() {
    // JOINT-7
    let mut world = World::new(cast(Form::Joint, 2, 2));
    world.disks_work = false;
    world.run(20);
    assert!(world.partials.is_empty());
    let signer = Author { party: PartyNo(1), member: member(1, 1) };
    assert_eq!(world.stations[&signer].phase(), Phase::Signing);
    // What was stored before the mark was made does not count.
    world.input(signer, Input::Durable(1));
    assert!(world.partials.is_empty());
    world.input(signer, Input::Durable(u64::MAX));
    world.input(signer, Input::Durable(u64::MAX));
    assert_eq!(world.partials, [signer]);
}

#[test]
fn an_invented_release_is_refused_and_said() {
    // CEREMONY-16
    for form in FORMS {
        let mut world = World::new(cast(form, 2, 1));
        world.tamper = Box::new(|_, posts| {
            for post in posts.iter_mut().filter(|post| post.place == Place::Caucus) {
                match &mut post.message {
                    Message::Released(_, Release::Gentle(release)) => {
                        release.0.get_mut(&PartyNo(2)).unwrap()[0].proof = DvProof::from_bytes([1; 128]);
                    }
                    Message::Released(_, Release::Joint(release)) => release.certificate.released_at.0 += 1,
                    _ => (),
                }
            }
        });
        world.run(30);
        let depositary = world.told[&world.head(1)]
            .iter()
            .any(|told| matches!(told, Told::ReleaseRefused(author) if author.party == PartyNo(0)));
        assert!(depositary);
        world.run(LAST);
        everywhere(&world, Phase::Over(Outcome::Void));
    }
}

#[test]
fn a_depositary_that_dies_binds_nobody() {
    // CEREMONY-17
    for form in FORMS {
        let mut world = World::new(cast(form, 2, 1));
        world.depositary_works = false;
        world.run(LAST - 1);
        assert_eq!(world.head_phase(1), Phase::Deposited);
        world.run(LAST);
        everywhere(&world, Phase::Over(Outcome::Void));
    }
}

/// Lets a depositary keep its word towards nobody: it says `instead` to party 1 and releases all the same.
fn word_broken(form: Form, ask_back: bool) -> World {
    let mut world = World::new(cast(form, 2, 1));
    world.tamper = Box::new(move |_, posts| {
        posts.retain(|post| !matches!(post.message, Message::Refused(..)));
        let released: Vec<_> = posts
            .extract_if(.., |post| post.of == PartyNo(1) && matches!(post.message, Message::Released(..)))
            .collect();
        for post in released {
            let Message::Released(sid, _) = &post.message else { continue };
            let opening = Opening { sid: *sid, form, limit: LIMIT, parties: vec![PartyNo(1), PartyNo(2)] };
            let instead = if ask_back {
                Message::Withdrawn(opening.id())
            } else {
                Message::Destroyed(opening.id(), Destruction::Limit)
            };
            let place = post.place;
            if place == Place::Caucus {
                posts.push(Post { message: instead, ..post.clone() });
            }
            posts.push(post);
        }
    });
    if ask_back {
        while world.head_phase(1) != Phase::Deposited {
            world.step();
        }
        let head = world.head(1);
        world.input(head, Input::Withdraw);
    }
    world
}

#[test]
fn a_release_after_a_confirmed_withdrawal_stays_without_effect() {
    // CEREMONY-18
    for form in FORMS {
        let mut world = word_broken(form, true);
        world.run(LAST + 1);
        assert!(world.heard(world.head(1), &Told::WordBroken(Stop::Withdrawn)), "{:?}", world.told);
        assert!(none_in_effect(&world));
    }
}

#[test]
fn a_release_after_a_false_word_of_destruction_binds_all() {
    // CEREMONY-17, CEREMONY-18
    for form in FORMS {
        let mut world = word_broken(form, false);
        world.run(30);
        let broken = Told::WordBroken(Stop::Destroyed(Destruction::Limit));
        assert!(world.heard(world.head(1), &broken), "{:?}", world.told);
        assert!(all_or_none(&world));
    }
}

#[test]
fn a_release_and_an_acknowledgement_are_said_again_after_a_restart() {
    // CEREMONY-12, CEREMONY-16
    let mut world = World::new(cast(Form::Gentle, 2, 1));
    let head = world.head(1);
    world.tamper = Box::new(|beat, posts| {
        let own = |post: &Post| post.of == PartyNo(1) && post.place == Place::Registry;
        posts.retain(|post| {
            beat > Beat(20) || !(own(post) && matches!(post.message, Message::Acknowledged(..)))
        });
    });
    world.run(20);
    assert_eq!(world.head_phase(1), Phase::Released);
    world.restart(head);
    world.run(25);
    assert!(all_or_none(&world), "{:?}", world.told);
}

#[test]
fn messages_have_one_encoding_a_version_and_bounds() {
    // CEREMONY-10
    let sid = cast(Form::Gentle, 2, 1).terms().sid;
    let held = Message::Held(OpeningId([1; 32]));
    let bytes = held.to_bytes();
    assert_eq!(Message::from_bytes(&bytes), Ok(held));
    for end in 0..bytes.len() {
        assert_eq!(Message::from_bytes(&bytes[..end]), Err(MessageError::Malformed));
    }
    let mut version = bytes.clone();
    version[1] = 2;
    assert_eq!(Message::from_bytes(&version), Err(MessageError::Version(2)));
    assert_eq!(Message::from_bytes(&[&bytes[..], &[0]].concat()), Err(MessageError::Malformed));
    assert_eq!(Message::from_bytes(&vec![0; CEREMONY_MESSAGE_BYTES_MAX + 1]), Err(MessageError::Malformed));
    let consent = cast(Form::Gentle, 2, 1).consents(PartyNo(1), &[0])[0];
    let many = Message::Consents(sid, vec![consent; 9]).to_bytes();
    assert_eq!(Message::from_bytes(&many), Err(MessageError::Malformed));
    let long = Message::Partial(sid, vec![0; 257].into()).to_bytes();
    assert_eq!(Message::from_bytes(&long), Err(MessageError::Malformed));
}

#[test]
fn the_largest_messages_are_within_the_bound() {
    // CEREMONY-10
    let cast = cast(Form::Gentle, 2, 1);
    let consent = Consent { signer: 127, ..cast.consents(PartyNo(1), &[0])[0] };
    let largest = (1..9).map(|party| (PartyNo(party), vec![consent; CONSENTS_MAX])).collect();
    let released = Message::Released(cast.terms().sid, Release::Gentle(GentleRelease(largest)));
    assert_eq!(Message::from_bytes(&released.to_bytes()), Ok(released));
    let more = (1..9).map(|party| (PartyNo(party), vec![consent; CONSENTS_MAX + 1])).collect();
    let released = Message::Released(cast.terms().sid, Release::Gentle(GentleRelease(more)));
    assert_eq!(Message::from_bytes(&released.to_bytes()), Err(MessageError::Malformed));
}

#[test]
fn a_word_about_another_opening_of_the_same_identifier_is_not_heard() {
    // CEREMONY-13: somebody else's ceremony under this sid was destroyed, and says so in this party's caucus.
    let mut world = World::new(cast(Form::Gentle, 2, 1));
    while world.head_phase(1) != Phase::Deposited {
        world.step();
    }
    let (head, beat) = (world.head(1), world.beat);
    let sid = world.stations[&head].sid().unwrap();
    let other = Opening { sid, form: Form::Gentle, limit: LIMIT, parties: vec![PartyNo(1), PartyNo(3)] };
    let author = Author { party: PartyNo::INTERMEDIARY, member: stranger() };
    let message = Box::new(Message::Destroyed(other.id(), Destruction::Limit));
    world.input(head, Input::Sealed { author, place: Place::Caucus, beat, message });
    assert!(world.heard(head, &Told::Ignored(author)));
    assert_eq!(world.head_phase(1), Phase::Deposited);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_is_lost_all_are_bound_or_none(form in 0usize..2, lost in prop::collection::vec(0usize..60, 0..4)) {
        // CEREMONY-16, CEREMONY-17: any few messages vanish, among them those of the depositary.
        let mut world = World::new(cast(FORMS[form], 2, 2));
        let mut count = 0;
        world.tamper = Box::new(move |_, posts| {
            posts.retain(|_| {
                count += 1;
                !lost.contains(&count)
            });
        });
        world.run(LAST + 2);
        prop_assert!(none_in_effect(&world) || all_or_none(&world), "{:?}", world.told);
    }
}

// CEREMONY-13
#[test]
fn a_head_whose_party_takes_no_part_ends_no_try() {
    for commits in [true, false] {
        let mut cast = cast(Form::Gentle, 2, 1);
        let third = Author { party: PartyNo(3), member: member(3, 0) };
        cast.heads.insert(third.party, third.member);
        let mut world = World::new(cast);
        world.tamper = Box::new(move |_, posts| {
            let first = posts.iter().map(|post| post.message.clone()).next();
            let Some(Message::Commit(of, to)) = first else { return };
            let message = if commits { Message::Commit(of, to) } else { Message::Ended(of, Why::Ended) };
            posts.push(Post { author: third, of: third.party, place: Place::Registry, message });
        });
        world.run(20);
        assert!(all_or_none(&world) && !none_in_effect(&world), "{commits}: {:?}", world.told);
    }
}
