use crate::world::{en, id, lang};
use backchannel_accord::disclosure::{Held, Match, Part, check, provenance};
use backchannel_accord::{Lang, Texts};
use proptest::prelude::*;

const HELD: &str = "Our northern batteries will stand down on the ninth of March, not before.";

fn held(texts: &Texts) -> Vec<Held<'_>> {
    vec![Held { dispatch: id(1), place: 1, texts, whole_if_shorter: true }]
}

fn check_en(hold: &str, text: &str) -> Vec<Match> {
    check_in("en", hold, text)
}

fn check_in(code: &str, hold: &str, text: &str) -> Vec<Match> {
    let (texts, code) = (Texts::one(lang(code), hold), lang(code));
    check(&held(&texts), &[Part { place: 0, lang: &code, text }])
}

#[test]
fn six_words_of_a_held_passage_are_refused_and_five_pass() {
    // DISC-1
    assert_eq!(check_en(HELD, "They say the northern batteries will stand down soon."), []);
    let found = check_en(HELD, "They say: our northern batteries will stand down soon.");
    let expected = Match {
        dispatch: id(1),
        held: 1,
        held_lang: lang("en"),
        part: 0,
        lang: lang("en"),
        start: 10,
        words: 6,
    };
    assert_eq!(found, [expected]);
    assert!(!format!("{found:?}").contains("northern"));
}

#[test]
fn a_short_held_passage_counts_whole() {
    // DISC-1
    assert_eq!(check_en("The ninth of March.", "It may be on THE NINTH, of march").len(), 1);
    assert_eq!(check_en("No.", "They know nothing."), []);
    assert_eq!(check_en("No.", "They said no").len(), 1);
    assert_eq!(check_en("...", "They said ..."), []);
    let texts = en("The ninth of March.");
    let loose = [Held { whole_if_shorter: false, ..held(&texts)[0] }];
    assert_eq!(check(&loose, &[Part { place: 0, lang: &lang("en"), text: "the ninth of march" }]), []);
}

#[test]
fn disguises_do_not_help() {
    // DISC-2
    for text in [
        "OUR NORTHERN BATTERIES WILL STAND DOWN",
        "our\u{200b} north\u{ad}ern bat\u{200d}teries wi\u{2060}ll sta\u{feff}nd down",
        "our... northern — (batteries) \"will\" *stand* down",
        "our nor thern bat-teries will stand down",
        "o\u{308}ur nórthern batteries will\n\nstand\u{a0}down",
        "x\u{200b}our northern batteries will stand down\u{200b}x",
        "ｏｕｒ ｎｏｒｔｈｅｒｎ batteries will stand down",
    ] {
        assert_eq!(check_en(HELD, text).len(), 1, "{text}");
    }
}

#[test]
fn every_language_of_the_house_is_folded() {
    // DISC-2
    let same = [
        (
            "fr",
            "Nos batteries côtières se tairont dès l'été prochain",
            "NOS BATTERIES COTIERES SE TAIRONT DES L’ETE",
        ),
        ("ru", "Наши батареи всё ещё остаются на берегу", "НАШИ БАТАРЕИ ВСЕ ЕЩЕ ОСТАЮТСЯ НА"),
        ("ar", "سَتَنْسَحِبُ بَطَّارِيَاتُنَا الشَّمَالِيَّةُ في التاسع من آذار", "ستنسحب بطارياتنا الشمالـــيه فى التاسع من"),
        ("fa", "توپخانه‌ی شمالی ما در نهم مارس ۲۰۲۶ عقب می‌رود", "توپخانه‌ي شمالي ما در نهم مارس"),
        ("he", "הַסּוֹלְלוֹת הצפוניות שלנו ייסוגו בתשעה במרץ", "הסוללות הצפוניות שלנו ייסוגו בתשעה במרץ"),
    ];
    for (code, hold, text) in same {
        assert_eq!(check_in(code, hold, text).len(), 1, "{code}");
    }
    assert_eq!(
        check_in("de", "Straße eins zwei drei vier fünf", "STRASSE eins zwei drei vier funf").len(),
        1
    );
}

#[test]
fn every_language_version_of_the_held_passage_counts() {
    // DISC-1
    let mut texts = en(HELD);
    texts.0.extend(Texts::one(lang("fr"), "Nos batteries du nord se retireront bientôt").0);
    let code = lang("en");
    let part = Part { place: 0, lang: &code, text: "They said: nos batteries du nord se retireront!" };
    let found = check(&held(&texts), &[part]);
    assert_eq!(found.first().map(|found| found.held_lang.clone()), Some(lang("fr")));
}

#[test]
fn words_split_over_two_parts_are_found() {
    // DISC-1
    let texts = en(HELD);
    let code = lang("en");
    let part = |place, text| Part { place, lang: &code, text };
    let parts = [part(0, "Our northern batteries"), part(1, "will stand down")];
    assert_eq!(check(&held(&texts), &parts).len(), 1);
}

#[test]
fn a_rendering_shows_what_it_took_from_where() {
    // DISC-4
    let code = lang("en");
    let part = |place, text| Part { place, lang: &code, text };
    let sources =
        [part(0, "They will not strike first."), part(2, "Restraint in the coming weeks would be answered.")];
    let rendering = "It was said that they WILL not strike, and restraint in the coming weeks is hoped for.";
    let found = provenance(rendering, &sources);
    let taken: Vec<(usize, &str)> =
        found.iter().map(|one| (one.passage, &rendering[one.start..one.end])).collect();
    assert_eq!(taken, [(0, "they WILL not strike"), (2, "restraint in the coming weeks")]);
    assert_eq!(provenance("Nothing here is shared.", &sources), []);
    assert_eq!(provenance("", &sources), []);
}

fn separators() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            " ",
            "\n",
            "\t",
            "\u{a0}",
            ", ",
            "—",
            "… ",
            " \u{200b}",
            "\u{200d} ",
            "-",
            " \u{202e}",
            " \u{feff}",
            "'",
        ]),
        1..4,
    )
    .prop_map(|parts| parts.concat())
}

fn disguise(word: &str, how: &[u8]) -> String {
    let each = word.chars().zip(how.iter().cycle());
    each.flat_map(|(c, how)| match how % 5 {
        0 => c.to_uppercase().collect::<Vec<_>>(),
        1 => vec![c, '\u{200b}'],
        2 => vec![c, '\u{301}'],
        3 => vec![c, '\u{ad}'],
        _ => vec![c],
    })
    .collect()
}

proptest! {
    #[test]
    fn any_six_words_in_any_disguise_are_refused(
        words in prop::collection::vec("[a-zа-яא-ת]{1,9}", 6..20),
        start in any::<prop::sample::Index>(),
        before in "([a-z]{1,8} ){0,6}",
        after in "( [a-z]{1,8}){0,6}",
        how in prop::collection::vec(any::<u8>(), 1..40),
        between in prop::collection::vec(separators(), 7),
    ) {
        // DISC-1, DISC-2
        let hold = words.join(" ");
        let start = start.index(words.len() - 5);
        let window: String = words[start..start + 6]
            .iter()
            .zip(&between)
            .map(|(word, gap)| format!("{}{gap}", disguise(word, &how)))
            .collect();
        let text = format!("{before}{window}{after}");
        prop_assert!(!check_en(&hold, &text).is_empty(), "{:?} in {:?}", hold, text);
    }

    #[test]
    fn texts_with_no_word_in_common_pass(
        words in prop::collection::vec("[a-m]{2,9}", 1..20),
        text in prop::collection::vec("[n-z]{2,9}", 0..40),
    ) {
        prop_assert!(check_en(&words.join(" "), &text.join(" ")).is_empty());
    }

    #[test]
    fn no_text_makes_the_check_panic(hold in any::<String>(), text in any::<String>()) {
        let _ = check_en(&hold, &text);
        let code: Lang = lang("en");
        for stretch in provenance(&text, &[Part { place: 0, lang: &code, text: &text }]) {
            prop_assert!(text.get(stretch.start..stretch.end).is_some());
        }
    }
}
