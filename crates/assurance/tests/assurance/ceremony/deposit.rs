use super::cast::{EXPIRY, LIMIT, member};
use super::{Cast, cast};
use crate::common::{NOW, rng};
use backchannel_assurance::ceremony::depositary::{
    Depositary, DepositaryInput, DepositaryStage, Effect, OpenError,
};
use backchannel_assurance::ceremony::message::{Destruction, Refusal};
use backchannel_assurance::ceremony::{
    Author, CeremonyId, Deposit, Form, Message, Opening, OpeningId, Release,
};
use backchannel_assurance::gentle::GentleRelease;
use backchannel_wire::{PartyNo, UtcMs};

const ALPHA: PartyNo = PartyNo(1);
const BRAVO: PartyNo = PartyNo(2);

fn author(party: PartyNo) -> Author {
    Author { party, member: member(party.0, 0) }
}

fn opened(cast: &Cast) -> Depositary {
    Depositary::open(cast.opening(), &cast.heads, None, NOW).unwrap()
}

fn hand_in(cast: &Cast, party: PartyNo) -> DepositaryInput {
    DepositaryInput::Deposit(author(party), cast.opening(), Deposit::Gentle(cast.gentle_deposit(party)))
}

fn step(depositary: &mut Depositary, now: UtcMs, input: DepositaryInput) -> Vec<Effect> {
    depositary.step(&mut rng(1), now, input)
}

/// The messages of some effects; what is stored first is checked by the way.
fn said(effects: &[Effect]) -> Vec<(u8, Message)> {
    let tells = effects.iter().filter_map(|effect| match effect {
        Effect::Tell(party, message) => Some((party.0, message.clone())),
        Effect::Persist(_) => None,
    });
    tells.collect()
}

fn id(cast: &Cast) -> OpeningId {
    cast.opening().id()
}

fn refused(cast: &Cast, party: u8, refusal: Refusal) -> Vec<(u8, Message)> {
    vec![(party, Message::Refused(id(cast), refusal))]
}

fn whole(cast: &Cast) -> Message {
    let deposits = cast.parties().into_iter().map(|party| (party, cast.gentle_deposit(party).consents));
    Message::Released(cast.terms().sid, Release::Gentle(GentleRelease(deposits.collect())))
}

#[test]
fn everything_is_released_to_all_at_once_and_stored_first() {
    // DEPOSIT-7
    let cast = cast(Form::Gentle, 3, 2);
    let mut depositary = opened(&cast);
    for (held, party) in [ALPHA, BRAVO].into_iter().enumerate() {
        let effects = step(&mut depositary, NOW, hand_in(&cast, party));
        assert_eq!(said(&effects), [(party.0, Message::Held(id(&cast)))]);
        assert!(matches!(effects[0], Effect::Persist(_)));
        assert_eq!(depositary.stage(), DepositaryStage::Open(held + 1));
    }
    let effects = step(&mut depositary, NOW, hand_in(&cast, PartyNo(3)));
    assert!(matches!(effects[0], Effect::Persist(_)));
    let release = whole(&cast);
    let expected = [(3, Message::Held(id(&cast))), (1, release.clone()), (2, release.clone()), (3, release)];
    assert_eq!(said(&effects), expected);
    assert_eq!(depositary.stage(), DepositaryStage::Released);
}

#[test]
fn only_a_head_that_takes_part_in_this_very_ceremony_deposits() {
    // DEPOSIT-1
    let cast = cast(Form::Gentle, 2, 2);
    let mut depositary = opened(&cast);
    let deposit = || Deposit::Gentle(cast.gentle_deposit(ALPHA));
    for other in
        [Author { party: ALPHA, member: member(1, 1) }, Author { party: PartyNo(3), member: member(1, 0) }]
    {
        let input = DepositaryInput::Deposit(other, cast.opening(), deposit());
        let expected = refused(&cast, other.party.0, Refusal::NotEntitled);
        assert_eq!(said(&step(&mut depositary, NOW, input)), expected);
        let withdrawn = step(&mut depositary, NOW, DepositaryInput::Withdraw(other));
        assert_eq!(said(&withdrawn), refused(&cast, other.party.0, Refusal::NotEntitled));
    }
    let changes: [&dyn Fn(&mut Opening); 4] =
        [&|of| of.sid = CeremonyId([1; 32]), &|of| of.form = Form::Joint, &|of| of.limit.0 += 1, &|of| {
            of.parties.push(PartyNo(3))
        }];
    for change in changes {
        let mut opening = cast.opening();
        change(&mut opening);
        let input = DepositaryInput::Deposit(author(ALPHA), opening, deposit());
        let effects = step(&mut depositary, NOW, input);
        assert_eq!(said(&effects), refused(&cast, 1, Refusal::OtherOpening));
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Persist(_))));
    }
    assert_eq!(depositary.stage(), DepositaryStage::Open(0));
}

#[test]
fn a_ceremony_opens_for_known_parties_before_its_limit() {
    // DEPOSIT-1, DEPOSIT-2, DEPOSIT-7
    let cast = cast(Form::Gentle, 2, 1);
    let open = |change: &dyn Fn(&mut Opening), now| {
        let mut opening = cast.opening();
        change(&mut opening);
        Depositary::open(opening, &cast.heads, None, now).err()
    };
    assert_eq!(open(&|_| (), NOW), None);
    assert_eq!(open(&|of| of.parties.reverse(), NOW), Some(OpenError::Parties));
    assert_eq!(open(&|of| of.parties.truncate(1), NOW), Some(OpenError::Parties));
    assert_eq!(open(&|of| of.parties[1] = PartyNo(5), NOW), Some(OpenError::Parties));
    assert_eq!(open(&|of| of.parties[1] = PartyNo(1), NOW), Some(OpenError::Parties));
    assert_eq!(open(&|of| of.form = Form::Joint, NOW), Some(OpenError::Key));
    assert_eq!(open(&|_| (), LIMIT), Some(OpenError::Late));
    let keyed = Depositary::open(cast.opening(), &cast.heads, Some(cast.depositary.clone()), NOW);
    assert_eq!(keyed.err(), Some(OpenError::Key));
}

#[test]
fn garbage_is_refused_and_the_others_deposits_stand() {
    // DEPOSIT-3
    let cast = cast(Form::Gentle, 2, 2);
    let mut depositary = opened(&cast);
    step(&mut depositary, NOW, hand_in(&cast, ALPHA));
    let mut bad = cast.gentle_deposit(BRAVO);
    bad.consents[0].proof = bad.consents[1].proof;
    let mut elsewhere = cast.gentle_deposit(BRAVO);
    elsewhere.view.sid = CeremonyId([8; 32]);
    let fewer = super::cast(Form::Gentle, 3, 2).gentle_deposit(BRAVO);
    for deposit in [bad, elsewhere, fewer] {
        let input = DepositaryInput::Deposit(author(BRAVO), cast.opening(), Deposit::Gentle(deposit));
        let effects = step(&mut depositary, NOW, input);
        assert_eq!(said(&effects), refused(&cast, 2, Refusal::Invalid));
    }
    assert_eq!(depositary.stage(), DepositaryStage::Open(1));
    step(&mut depositary, NOW, hand_in(&cast, BRAVO));
    assert_eq!(depositary.stage(), DepositaryStage::Released);
}

#[test]
fn unequal_views_end_it_for_everybody() {
    // DEPOSIT-4
    let real = cast(Form::Gentle, 2, 2);
    let mut other = cast(Form::Gentle, 2, 2);
    other.instrument.text.0[0] ^= 1;
    let mut depositary = opened(&real);
    step(&mut depositary, NOW, hand_in(&real, ALPHA));
    let effects = step(&mut depositary, NOW, hand_in(&other, BRAVO));
    let destroyed = Message::Destroyed(id(&real), Destruction::UnequalViews);
    assert_eq!(said(&effects), [(1, destroyed.clone()), (2, destroyed)]);
    assert_eq!(depositary.stage(), DepositaryStage::Destroyed(Destruction::UnequalViews));
    let again = step(&mut depositary, NOW, hand_in(&real, BRAVO));
    assert_eq!(said(&again), refused(&real, 2, Refusal::Destroyed));
}

#[test]
fn a_second_deposit_needs_a_withdrawal_first() {
    // DEPOSIT-5
    let cast = cast(Form::Gentle, 2, 2);
    let mut depositary = opened(&cast);
    step(&mut depositary, NOW, hand_in(&cast, ALPHA));
    let effects = step(&mut depositary, NOW, hand_in(&cast, ALPHA));
    assert_eq!(said(&effects), refused(&cast, 1, Refusal::Second));
    step(&mut depositary, NOW, DepositaryInput::Withdraw(author(ALPHA)));
    let effects = step(&mut depositary, NOW, hand_in(&cast, ALPHA));
    assert_eq!(said(&effects), [(1, Message::Held(id(&cast)))]);
}

#[test]
fn a_deposit_is_given_back_until_the_release_and_not_after() {
    // DEPOSIT-6
    let cast = cast(Form::Gentle, 2, 2);
    let mut depositary = opened(&cast);
    let withdraw =
        |depositary: &mut Depositary| said(&step(depositary, NOW, DepositaryInput::Withdraw(author(ALPHA))));
    assert_eq!(withdraw(&mut depositary), refused(&cast, 1, Refusal::NothingHeld));
    step(&mut depositary, NOW, hand_in(&cast, ALPHA));
    assert_eq!(withdraw(&mut depositary), [(1, Message::Withdrawn(id(&cast)))]);
    step(&mut depositary, NOW, hand_in(&cast, BRAVO));
    assert_eq!(depositary.stage(), DepositaryStage::Open(1));
    step(&mut depositary, NOW, hand_in(&cast, ALPHA));
    assert_eq!(withdraw(&mut depositary), refused(&cast, 1, Refusal::Released));
    let late = step(&mut depositary, NOW, hand_in(&cast, ALPHA));
    assert_eq!(said(&late), refused(&cast, 1, Refusal::Released));
}

#[test]
fn at_the_limit_everything_is_erased_and_everybody_told() {
    // DEPOSIT-2, DEPOSIT-8
    let cast = cast(Form::Gentle, 2, 2);
    let mut depositary = opened(&cast);
    step(&mut depositary, NOW, hand_in(&cast, ALPHA));
    let before = UtcMs(LIMIT.0 - 1);
    assert!(step(&mut depositary, before, DepositaryInput::Tick).is_empty());
    let effects = step(&mut depositary, LIMIT, hand_in(&cast, BRAVO));
    let destroyed = Message::Destroyed(id(&cast), Destruction::Limit);
    let late = Message::Refused(id(&cast), Refusal::Late);
    assert_eq!(said(&effects), [(1, destroyed.clone()), (2, destroyed), (2, late)]);
    let Effect::Persist(stored) = &effects[0] else { panic!("stored first") };
    let proof = cast.gentle_deposit(ALPHA).consents[0].proof;
    assert!(!stored.windows(32).any(|window| window == &proof.as_bytes()[..32]));
    assert!(step(&mut depositary, EXPIRY, DepositaryInput::Tick).is_empty());
}

#[test]
fn a_restart_goes_on_and_says_the_end_again() {
    // DEPOSIT-9
    let cast = cast(Form::Gentle, 2, 2);
    let mut depositary = opened(&cast);
    let stored = |effects: &[Effect]| match &effects[0] {
        Effect::Persist(bytes) => bytes.clone(),
        Effect::Tell(..) => panic!("nothing is stored"),
    };
    let first = stored(&step(&mut depositary, NOW, hand_in(&cast, ALPHA)));
    let (mut restored, effects) = Depositary::restore(&first, None).unwrap();
    assert!(effects.is_empty() && restored.stage() == DepositaryStage::Open(1));
    let last = stored(&step(&mut restored, NOW, hand_in(&cast, BRAVO)));
    let (again, effects) = Depositary::restore(&last, None).unwrap();
    assert_eq!(again.stage(), DepositaryStage::Released);
    assert_eq!(said(&effects), [(1, whole(&cast)), (2, whole(&cast))]);
    assert_eq!(Depositary::restore(&last[1..], None).err(), Some(OpenError::Malformed));
    let keyed = Depositary::restore(&last, Some(cast.depositary.clone()));
    assert_eq!(keyed.err(), Some(OpenError::Key));
}

#[test]
fn whoever_knows_the_identifier_cannot_take_the_name_in_advance() {
    // DEPOSIT-1: Charlie, who takes no part, opens a ceremony of Alpha's under the same sid. It is another ceremony, and
    // what comes of it says so.
    let cast = cast(Form::Gentle, 3, 1);
    let squatted = Opening { parties: vec![ALPHA, PartyNo(3)], ..cast.opening() };
    let other = Opening { limit: UtcMs(NOW.0 + 1), ..cast.opening() };
    assert_ne!(squatted.id(), cast.opening().id());
    assert_ne!(other.id(), cast.opening().id());
    let mut depositary = Depositary::open(squatted.clone(), &cast.heads, None, NOW).unwrap();
    let effects = step(&mut depositary, LIMIT, DepositaryInput::Tick);
    let destroyed = Message::Destroyed(squatted.id(), Destruction::Limit);
    assert_eq!(said(&effects), [(1, destroyed.clone()), (3, destroyed)]);
}
