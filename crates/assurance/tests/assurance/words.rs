use crate::common::{CHANNEL, rng};
use backchannel_assurance::words::*;
use backchannel_assurance::{RosterHead, RosterHeads};
use backchannel_wire::{ChannelId, PartyNo, RoomId};
use proptest::prelude::*;

const ROOM: RoomId = RoomId([3; 16]);
const LEAF: [u8; 16] = [1; 16];

fn heads() -> RosterHeads {
    (0..3).map(|n| (PartyNo(n), RosterHead([n + 1; 32]))).collect()
}

/// The same heads, but for one that the intermediary replaced.
fn false_heads() -> RosterHeads {
    let mut heads = heads();
    heads.set(PartyNo(2), RosterHead([99; 32]));
    heads
}

fn place(heads: &RosterHeads) -> WordsPlace<'_> {
    WordsPlace { channel: CHANNEL, room: ROOM, heads }
}

#[test]
fn a_phrase_has_twelve_words_and_reads_back() {
    // FIRST-1
    let words = EnvoyWords::generate(&mut rng(1));
    let phrase = words.phrase();
    assert_eq!(phrase.split(' ').count(), 12);
    assert_eq!(*EnvoyWords::parse(&phrase).unwrap().phrase(), *phrase);
    assert_ne!(*EnvoyWords::generate(&mut rng(2)).phrase(), *phrase);
}

#[test]
fn a_phrase_is_read_leniently() {
    // FIRST-2
    let words = EnvoyWords::generate(&mut rng(1)).phrase();
    let shouted = words.to_uppercase().replace(' ', "\n  ");
    assert_eq!(*EnvoyWords::parse(&shouted).unwrap().phrase(), *words);
    let numbered: String =
        words.split(' ').enumerate().map(|(n, word)| format!("{}. {word}, ", n + 1)).collect();
    assert_eq!(*EnvoyWords::parse(&numbered).unwrap().phrase(), *words);
    let short: Vec<&str> = words.split(' ').map(|word| word.get(..4).unwrap_or(word)).collect();
    assert_eq!(*EnvoyWords::parse(&short.join(" ")).unwrap().phrase(), *words);
}

#[test]
fn a_wrong_word_is_named_by_its_place() {
    // FIRST-2
    let wrong = |phrase: &str| EnvoyWords::parse(phrase).err().unwrap();
    let phrase = format!("{} abandn {}", "zoo ".repeat(6), "zoo ".repeat(5));
    let WordsError::Unknown { position, suggestions } = wrong(&phrase) else { panic!("another error") };
    assert_eq!(position, 7);
    assert_eq!(suggestions[0], "abandon");
    assert_eq!(suggestions.len(), 3);
    assert_eq!(wrong(&"zoo ".repeat(11)), WordsError::Count { found: 11 });
    assert_eq!(wrong(&"zoo ".repeat(13)), WordsError::Count { found: 13 });
    assert_eq!(wrong(&"zoo ".repeat(1000)), WordsError::TooLong);
    let printed = format!("{:?} {}", wrong(&phrase), wrong(&phrase));
    assert!(!printed.contains("aband"), "{printed}");
    assert!(printed.contains("word 7"));
}

#[test]
fn leaves_with_the_same_words_and_heads_confirm_each_other() {
    // FIRST-3
    let words = EnvoyWords::generate(&mut rng(1));
    let typed = EnvoyWords::parse(&words.phrase()).unwrap();
    let heads = heads();
    let shown = words.prove(&place(&heads), PartyNo(1), &LEAF);
    assert!(typed.confirms(&place(&heads), PartyNo(1), &LEAF, &shown));
    assert!(!typed.confirms(&place(&heads), PartyNo(2), &LEAF, &shown));
    assert!(!typed.confirms(&place(&heads), PartyNo(1), &[2; 16], &shown));
    assert!(!typed.confirms(&place(&false_heads()), PartyNo(1), &LEAF, &shown));
    assert!(!EnvoyWords::generate(&mut rng(2)).confirms(&place(&heads), PartyNo(1), &LEAF, &shown));
    let elsewhere = WordsPlace { room: RoomId([0; 16]), ..place(&heads) };
    assert!(!typed.confirms(&elsewhere, PartyNo(1), &LEAF, &shown));
    let elsewhere = WordsPlace { channel: ChannelId([0; 16]), ..place(&heads) };
    assert!(!typed.confirms(&elsewhere, PartyNo(1), &LEAF, &shown));
}

#[test]
fn the_pre_shared_key_is_one_for_the_same_words_and_heads() {
    // FIRST-4
    let words = EnvoyWords::generate(&mut rng(1));
    let typed = EnvoyWords::parse(&words.phrase()).unwrap();
    let (heads, false_heads) = (heads(), false_heads());
    let (mine, theirs) = (words.psk(&place(&heads)), typed.psk(&place(&heads)));
    assert!(mine.id == theirs.id && mine.secret == theirs.secret);
    assert_ne!(mine.id, *mine.secret.expose());
    let other = words.psk(&place(&false_heads));
    assert!(mine.id != other.id && mine.secret != other.secret);
    let other = EnvoyWords::generate(&mut rng(2)).psk(&place(&heads));
    assert!(mine.id != other.id && mine.secret != other.secret);
}

fn both(one: &RosterHeads, two: &RosterHeads) -> (Comparison, Comparison) {
    let begin = |seed, heads, me, other| {
        Comparison::begin(&mut rng(seed), CHANNEL, heads, PartyNo(me), PartyNo(other)).unwrap()
    };
    (begin(1, one, 1, 2), begin(2, two, 2, 1))
}

#[test]
fn both_sides_read_the_same_four_words() {
    // FIRST-7
    let (mut a, mut b) = both(&heads(), &heads());
    a.receive_commitment(b.commitment()).unwrap();
    b.receive_commitment(a.commitment()).unwrap();
    let words = a.receive_opening(b.opening().unwrap()).unwrap();
    assert_eq!(b.receive_opening(a.opening().unwrap()), Ok(words));
    assert_eq!(words.to_string().split(' ').count(), 4);
    let (mut c, d) = {
        let begin = |seed, me, other| {
            Comparison::begin(&mut rng(seed), CHANNEL, &heads(), PartyNo(me), PartyNo(other)).unwrap()
        };
        (begin(3, 1, 2), begin(4, 2, 1))
    };
    c.receive_commitment(d.commitment()).unwrap();
    let others = c.receive_opening(Opening(*opening_of(d, &c))).unwrap();
    assert_ne!(others, words);
}

fn opening_of(mut side: Comparison, other: &Comparison) -> Box<[u8; 32]> {
    side.receive_commitment(other.commitment()).unwrap();
    Box::new(side.opening().unwrap().0)
}

#[test]
fn nothing_is_opened_before_both_committed() {
    // FIRST-6
    let (mut a, b) = both(&heads(), &heads());
    assert_eq!(a.opening(), Err(CompareError::NotCommitted));
    assert_eq!(a.receive_opening(Opening([0; 32])), Err(CompareError::NotCommitted));
    a.receive_commitment(b.commitment()).unwrap();
    assert!(a.opening().is_ok());
    // Sent again, it is the same; another one is refused.
    assert_eq!(a.receive_commitment(b.commitment()), Ok(()));
    assert_eq!(a.receive_commitment(Commitment([0; 32])), Err(CompareError::Changed));
}

#[test]
fn a_second_opening_is_refused() {
    // FIRST-6
    let (mut a, b) = both(&heads(), &heads());
    a.receive_commitment(b.commitment()).unwrap();
    let opening = Opening(*opening_of(b, &a));
    let words = a.receive_opening(opening).unwrap();
    assert_eq!(a.receive_opening(opening), Ok(words));
    assert_eq!(a.receive_opening(Opening([0; 32])), Err(CompareError::Changed));
}

#[test]
fn an_opening_must_match_commitment_and_heads() {
    // FIRST-7
    let (mut a, b) = both(&heads(), &heads());
    a.receive_commitment(b.commitment()).unwrap();
    assert_eq!(a.receive_opening(Opening([7; 32])), Err(CompareError::Mismatch));
    let (mut a, b) = both(&heads(), &false_heads());
    a.receive_commitment(b.commitment()).unwrap();
    assert_eq!(a.receive_opening(Opening(*opening_of(b, &a))), Err(CompareError::Mismatch));
}

#[test]
fn a_mirror_is_refused() {
    // FIRST-5
    let (mut a, _) = both(&heads(), &heads());
    let own = a.commitment();
    assert_eq!(a.receive_commitment(own), Err(CompareError::Reflected));
    let begun = Comparison::begin(&mut rng(1), CHANNEL, &heads(), PartyNo(1), PartyNo(1));
    assert_eq!(begun.err(), Some(CompareError::OwnParty));
}

#[test]
fn whoever_sits_between_shows_different_words() {
    // FIRST-7: the intermediary plays Bravo to Alpha and Alpha to Bravo, over heads it made up.
    let (to_alpha, to_bravo) = (false_heads(), heads());
    let (mut alpha, mut as_bravo) = both(&to_alpha, &to_alpha);
    let (as_alpha, mut bravo) = both(&to_bravo, &to_bravo);
    alpha.receive_commitment(as_bravo.commitment()).unwrap();
    as_bravo.receive_commitment(alpha.commitment()).unwrap();
    bravo.receive_commitment(as_alpha.commitment()).unwrap();
    let read_by_alpha = alpha.receive_opening(as_bravo.opening().unwrap()).unwrap();
    let read_by_bravo = bravo.receive_opening(Opening(*opening_of(as_alpha, &bravo))).unwrap();
    assert_ne!(read_by_alpha, read_by_bravo);
}

#[test]
fn the_fingerprint_is_eight_groups_of_five_digits() {
    // FIRST-8
    let print = Fingerprint::of(CHANNEL, &heads());
    let text = print.to_string();
    assert_eq!(text.split(' ').count(), 8);
    assert!(text.split(' ').all(|group| group.len() == 5 && group.bytes().all(|byte| byte.is_ascii_digit())));
    assert!(print.matches(&text));
    assert!(print.matches(&text.replace(' ', "-")));
    assert!(!print.matches(&text[1..]));
    assert!(!print.matches(&format!("{text}0")));
    assert!(!print.matches(""));
    assert_ne!(Fingerprint::of(CHANNEL, &false_heads()), print);
    assert_ne!(Fingerprint::of(ChannelId([0; 16]), &heads()), print);
    let mut fewer: Vec<_> = heads().iter().collect();
    fewer.pop();
    assert_ne!(Fingerprint::of(CHANNEL, &fewer.into_iter().collect()), print);
}

proptest! {
    #[test]
    fn any_text_is_words_or_refused(text in ".{0,300}") {
        let _ = EnvoyWords::parse(&text);
    }

    #[test]
    fn any_twelve_words_read_back(seed: u64) {
        let words = EnvoyWords::generate(&mut rng(seed));
        prop_assert!(EnvoyWords::parse(&words.phrase()).is_ok_and(|read| *read.phrase() == *words.phrase()));
    }
}
