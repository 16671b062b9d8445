//! Each rule of the check, broken in a text that is otherwise whole.

use crate::sample::*;
use backchannel_accord::Texts;
use backchannel_accord::time::Date;
use backchannel_accord::understanding::{
    Bound, Digest, End, Form, Meet, Moment, Period, Place, Renewal, Secrecy, Severity, SpanMs, Understanding,
    Voice, Zone, ZoneEntry, check,
};
use backchannel_wire::UtcMs;

const NONE: [&str; 0] = [];

#[test]
fn a_whole_text_has_no_findings() {
    assert_eq!(found(|_| {}), NONE);
}

#[test]
fn an_end_without_its_hour_is_refused() {
    // CHECK-1
    let day = Moment::Day(Date::new(2026, 12, 1).unwrap());
    let found = found(|text| {
        text.timing.from.as_mut().unwrap().moment = day;
        text.timing.end = Some(End::At(Bound { moment: day, inclusive: Some(true) }));
        text.undertakings[0].scope.time = Some(between(day, Moment::utc(UtcMs(1))));
    });
    let hours: Vec<&String> = found.iter().filter(|line| line.starts_with("CHECK-1 ")).collect();
    assert_eq!(
        hours,
        ["CHECK-1 Refuse term entry", "CHECK-1 Refuse term end", "CHECK-1 Refuse undertaking alpha-strike"]
    );
    // A slot has nothing to say of an instant, yet shows the day.
    assert!(found.iter().all(|line| line.starts_with("CHECK-1 ")), "{found:?}");
}

fn between(from: Moment, until: Moment) -> Period {
    let bound = |moment| Bound { moment, inclusive: Some(true) };
    Period::Between { from: bound(from), until: bound(until) }
}

#[test]
fn an_end_that_does_not_say_whether_it_is_included_is_refused() {
    // CHECK-2
    let found = found(|text| {
        text.timing.from.as_mut().unwrap().inclusive = None;
        text.timing.end = Some(End::After { span: SpanMs::hours(2160), inclusive: None });
    });
    let refused = |line: &str| found.iter().any(|found| found == line);
    assert!(refused("CHECK-2 Refuse term entry") && refused("CHECK-2 Refuse term end"), "{found:?}");
    // The slots that would say it are open.
    assert!(refused("CHECK-19 Refuse clause entry (fr)") && refused("CHECK-19 Refuse clause end (en)"));
}

#[test]
fn an_undertaking_without_place_or_time_is_refused() {
    // CHECK-3
    let found = found(|text| text.undertakings[0].scope = Default::default());
    let scope: Vec<&String> = found.iter().filter(|line| line.starts_with("CHECK-3 ")).collect();
    assert_eq!(scope, ["CHECK-3 Refuse undertaking alpha-strike"; 2]);
}

#[test]
fn a_permitted_act_as_broad_as_what_is_prohibited_is_refused() {
    // CHECK-4
    for act in ["direct-preventive-strike", "direct-strike", "armed-attack", "use-of-force"] {
        let found = found(|text| text.permitted[3].act = Some(code(act)));
        assert_eq!(found, ["CHECK-4 Refuse permitted rescue"; 2], "{act}");
    }
    // What is narrower, or beside it, is a carve-out.
    for act in ["defence-against-begun-attack", "cyber-operation", "incursion"] {
        assert_eq!(found(|text| text.permitted[3].act = Some(code(act))), NONE, "{act}");
    }
    // To a party that is not bound by it, and at another time, it swallows nothing.
    let broad = |text: &mut Understanding| text.permitted[3].act = Some(code("armed-attack"));
    let found_one = found(|text| {
        broad(text);
        text.permitted[3].to = vec![code("alpha")];
    });
    assert_eq!(found_one, ["CHECK-4 Refuse permitted rescue"]);
    // Before the term nothing is prohibited, but in a zone where it begins earlier.
    for (early, count) in [(false, 0), (true, 2)] {
        let found = found(|text| {
            broad(text);
            let before = Moment::utc(UtcMs(1_795_000_000_000));
            text.permitted[3].scope.time = Some(between(Moment::utc(UtcMs(1_790_000_000_000)), before));
            if early {
                let names = text.parties[0].names.clone();
                let lists = [Vec::new(), Vec::new(), Vec::new()];
                let [within, overlaps, apart] = lists;
                text.zones.push(Zone { code: code("north"), names, within, overlaps, apart });
                let from = Bound { moment: before, inclusive: Some(true) };
                text.timing.zones.push(ZoneEntry { zone: code("north"), from });
            }
        });
        assert_eq!(found.len(), count, "{found:?}");
    }
    let hour = |hour: u64| Moment::utc(UtcMs(1_800_000_000_000 + hour * 3_600_000));
    for (until, count) in [(4, 0), (5, 2)] {
        let found = found(|text| {
            broad(text);
            text.undertakings.iter_mut().for_each(|one| one.scope.time = Some(between(hour(5), hour(9))));
            text.permitted[3].scope.time = Some(between(hour(1), hour(until)));
        });
        assert_eq!(found.len(), count, "{found:?}");
    }
}

fn zones(text: &mut Understanding, permitted: &str, undertaking: &str) {
    let names = text.parties[0].names.clone();
    let zone = |id: &str, within: &[&str], overlaps: &[&str], apart: &[&str]| Zone {
        code: code(id),
        names: names.clone(),
        within: within.iter().map(|id| code(id)).collect(),
        overlaps: overlaps.iter().map(|id| code(id)).collect(),
        apart: apart.iter().map(|id| code(id)).collect(),
    };
    text.zones = vec![
        zone("coast", &["north"], &[], &[]),
        zone("far", &[], &[], &["north"]),
        zone("islands", &[], &["coast"], &[]),
        zone("north", &[], &[], &[]),
        zone("other", &[], &[], &[]),
    ];
    text.permitted[3].act = Some(code("armed-attack"));
    text.permitted[3].scope.place = Some(Place::Zones(vec![code(permitted)]));
    text.undertakings
        .iter_mut()
        .for_each(|one| one.scope.place = Some(Place::Zones(vec![code(undertaking)])));
}

#[test]
fn scopes_intersect_as_the_text_says_zones_lie() {
    let refused: &[&str] = &["CHECK-4 Refuse permitted rescue"; 2];
    let warned: &[&str] = &["CHECK-6 Warn permitted rescue"; 2];
    let cases: [(&str, &str, &[&str]); 8] = [
        ("north", "north", refused),
        ("coast", "north", refused),
        ("north", "coast", refused),
        ("islands", "coast", refused),
        ("islands", "north", refused),
        ("far", "north", &[]),
        ("far", "coast", &[]),
        // CHECK-6: nobody said how they lie.
        ("other", "north", warned),
    ];
    for (permitted, undertaking, expected) in cases {
        let found = found(|text| zones(text, permitted, undertaking));
        assert_eq!(found, expected, "{permitted} {undertaking}");
    }
    assert!(Meet::Yes > Meet::Unsaid);
}

#[test]
fn an_act_in_words_alone_is_warned_of() {
    // CHECK-5
    assert_eq!(found(|text| text.permitted[3].act = None), ["CHECK-5 Warn permitted rescue"]);
}

#[test]
fn the_bare_word_self_defence_is_flagged_in_six_languages() {
    // CHECK-7
    let bare = [
        ("en", "A party may act in self-defence."),
        ("en", "The right of SELF\u{2011}DEFENSE remains."),
        ("fr", "Une partie peut agir en légitime défense."),
        ("ru", "Сторона сохраняет право на самооборону."),
        ("ar", "يحتفظ الطرف بحق الدِّفاع عن النفس."),
        ("ar", "وللدفاع عن النفس حدود."),
        ("fa", "هر طرف حق دفاع از خود دارد."),
        ("he", "לצד נתונה הזכות להגנה עצמית."),
    ];
    let six = ["ar", "en", "fa", "fr", "he", "ru"];
    for (language, words) in bare {
        let mut text = whole_of("gentle", "reciprocal", &six);
        say(&mut text, "rescue", language, words);
        let found = lines(&check(&text));
        assert!(found.contains(&format!("CHECK-7 Refuse clause rescue ({language})")), "{words}: {found:?}");
        let mut text = whole_of("gentle", "reciprocal", &six);
        say(&mut text, "opening", language, words);
        let found = lines(&check(&text));
        assert!(found.contains(&format!("CHECK-7 Warn clause opening ({language})")), "{words}: {found:?}");
    }
    let limited = "A party may act in self-defence against an armed attack that has begun.";
    let found_limited = found(|text| say(text, "rescue", "en", limited));
    assert!(found_limited.iter().all(|line| !line.starts_with("CHECK-7 ")), "{found_limited:?}");
    let far = "Self-defence is permitted. So, on any ground and in any place, is an answer to an armed attack that has begun.";
    let found_far = found(|text| say(text, "rescue", "en", far));
    assert!(found_far.contains(&"CHECK-7 Refuse clause rescue (en)".to_owned()), "{found_far:?}");
    let by_code = found(|text| text.permitted[3].act = Some(code("self-defence")));
    assert!(by_code.contains(&"CHECK-7 Refuse permitted rescue".to_owned()));
    assert!(
        by_code.contains(&"CHECK-4 Refuse permitted rescue".to_owned()),
        "it swallows the prohibition by its code"
    );
}

#[test]
fn a_missing_language_version_is_refused() {
    // CHECK-8
    let gone = |texts: &mut Texts| texts.0.remove(&lang("fr"));
    let party = found(|text| drop(gone(&mut text.parties[0].names)));
    assert!(party.contains(&"CHECK-8 Refuse party alpha (fr)".to_owned()), "{party:?}");
    let clause = found(|text| {
        text.clauses[0].reviewed_by.clear();
        gone(&mut text.clauses[0].texts);
    });
    assert_eq!(clause, ["CHECK-8 Refuse clause opening (fr)"]);
    assert_eq!(
        found(|text| drop(gone(&mut text.glossary[0].meanings))),
        ["CHECK-8 Refuse glossary armed-attack (fr)"]
    );
}

#[test]
fn a_version_that_is_built_otherwise_is_refused() {
    // CHECK-9: paragraphs, slots, marks, numbers.
    let cases = [
        "Une partie l'apprend par l'intermédiaire.\n\nPuis elle se tait.",
        "Une partie l'apprend dans les {reply}.",
        "Une [[armed-attack|attaque armée]] se signale.",
        "Une partie l'apprend en 24 heures.",
    ];
    for version in cases {
        let found = found(|text| {
            say(text, "rescue", "en", "A party hears of it through the intermediary.");
            say(text, "rescue", "fr", version);
        });
        assert_eq!(found, ["CHECK-9 Refuse clause rescue (fr)"], "{version}");
    }
    let meaning = found(|text| {
        text.glossary[0].meanings.0.insert(lang("fr"), backchannel_accord::Text::new("Dès 24 tirs."));
    });
    assert_eq!(meaning, ["CHECK-9 Refuse glossary armed-attack (fr)"]);
    let same = found(|text| {
        say(text, "rescue", "en", "A party hears of it in 24 hours, on 007.\n\nThen it waits {reply}.");
        say(
            text,
            "rescue",
            "fr",
            "Dans les ٢٤ heures, le 7, une partie l'apprend.\n \nEnsuite elle attend {reply}.",
        );
    });
    assert_eq!(same, NONE, "digits of any script, order and blank lines do not matter");
}

#[test]
fn terms_taken_for_each_other_are_warned_of_in_six_languages() {
    // CHECK-10
    let pairs = [
        ("en", "The ceasefire holds.", "The cessation of hostilities holds."),
        ("fr", "Le cessez-le-feu tient.", "La cessation des hostilités tient."),
        ("ru", "Прекращение огня длится.", "Прекращение боевых действий длится."),
        ("ar", "وقف إطلاق النار قائم.", "ووقف الأعمال العدائية قائم."),
        ("fa", "آتش‌بس برقرار است.", "توقف مخاصمات برقرار است."),
        ("he", "הפסקת האש נמשכת.", "הפסקת פעולות האיבה נמשכת."),
    ];
    for (language, a, b) in pairs {
        let mut text = whole_of("joint", "reciprocal", &["ar", "en", "fa", "fr", "he", "ru"]);
        say(&mut text, "opening", language, a);
        assert!(!lines(&check(&text)).iter().any(|line| line.starts_with("CHECK-10 ")), "{a}");
        say(&mut text, "rescue", language, b);
        let found = lines(&check(&text));
        assert!(found.contains(&format!("CHECK-10 Warn clause opening ({language})")), "{found:?}");
    }
}

#[test]
fn a_pair_the_glossary_settles_is_not_warned_of() {
    let found = found(|text| {
        for (at, (id, term)) in [("a", "ceasefire"), ("b", "cessation of hostilities")].iter().enumerate() {
            let mut entry = text.glossary[0].clone();
            entry.code = code(id);
            entry.terms.0.insert(lang("en"), backchannel_accord::Text::new(*term));
            text.glossary.insert(at, entry);
        }
        text.glossary.sort_by(|a, b| a.code.cmp(&b.code));
        say(text, "opening", "en", "The ceasefire is not the cessation of hostilities.");
    });
    assert_eq!(found, NONE);
}

#[test]
fn a_marked_term_without_an_entry_is_refused() {
    // CHECK-11
    let found = found(|text| {
        text.glossary.retain(|term| term.code.as_str() != "non-party");
    });
    assert_eq!(found, ["CHECK-11 Refuse clause non-parties (en)", "CHECK-11 Refuse clause non-parties (fr)"]);
}

#[test]
fn a_term_of_art_nobody_defined_is_warned_of() {
    // CHECK-12
    let one = |words: &str| found(|text| say(text, "opening", "en", words));
    assert_eq!(one("The truce lasts."), ["CHECK-12 Warn clause opening (en)"]);
    assert_eq!(one("An armed attack is what it is."), NONE, "the glossary has it");
}

#[test]
fn words_that_betray_a_treaty_are_refused_where_none_may_be() {
    // CHECK-13
    let sound = [
        ("en", "The parties agreed on it."),
        ("en", "It SHALL be so."),
        ("en", "It enters into force at noon."),
        ("en", "A party may denounce it."),
        ("en", "Both versions are equally authentic."),
        ("fr", "Les parties sont convenues d'un traité."),
        ("fr", "Elle entre en vigueur à midi."),
        ("fr", "Les deux versions font foi."),
        ("ru", "Настоящее соглашение касается всех."),
        ("ru", "Оно вступает в силу в полдень."),
        ("ru", "Оба текста аутентичны."),
        ("ar", "اتفق الطرفان على ذلك."),
        ("ar", "والاتفاقية واضحة."),
        ("ar", "تدخل حيّز النفاذ ظهرا."),
        ("fa", "این موافقت‌نامه روشن است."),
        ("fa", "طرف‌ها توافق می‌کنند."),
        ("he", "ההסכם ברור."),
        ("he", "היא תיכנס לתוקף בצהריים."),
    ];
    let six = ["ar", "en", "fa", "fr", "he", "ru"];
    for (language, words) in sound {
        let at = |form: &str, voice: &str| {
            let mut text = whole_of(form, voice, &six);
            say(&mut text, "opening", language, words);
            lines(&check(&text))
                .iter()
                .any(|line| *line == format!("CHECK-13 Refuse clause opening ({language})"))
        };
        assert!(
            at("gentle", "reciprocal") && at("gentle", "intermediary") && at("joint", "intermediary"),
            "{words}"
        );
        assert!(!at("joint", "reciprocal"), "a joint instrument may use them: {words}");
    }
    // A meaning in the glossary is read too.
    let meaning = found(|text| {
        let agreed = backchannel_accord::Text::new("What the parties agreed.");
        text.glossary[0].meanings.0.insert(lang("en"), agreed);
    });
    assert_eq!(meaning, ["CHECK-13 Refuse glossary armed-attack (en)"]);
    // Words with other readings only warn.
    assert_eq!(
        found(|text| say(text, "opening", "fr", "Cela doit être.")),
        ["CHECK-13 Warn clause opening (fr)"]
    );
    // No word within a word.
    assert_eq!(found(|text| say(text, "opening", "en", "The marshall is disagreeable.")), NONE);
}

#[test]
fn a_language_no_list_knows_is_said_to_be_unread() {
    // CHECK-13
    let mut text = whole();
    text.languages = vec![lang("en"), lang("fr"), lang("tr")];
    let found = lines(&check(&text));
    assert!(found.contains(&"CHECK-13 Warn understanding languages".to_owned()));
}

#[test]
fn a_translation_nobody_reviewed_is_warned_of() {
    // CHECK-14
    let found = found(|text| text.clauses[0].reviewed_by.clear());
    assert_eq!(found, ["CHECK-14 Warn clause opening (fr)"]);
}

#[test]
fn an_assurance_that_would_stand_alone_is_refused() {
    // CHECK-15
    let found_one = found(|text| {
        text.undertakings.pop();
        text.clauses.retain(|clause| clause.id.as_str() != "bravo-strike");
    });
    assert_eq!(found_one, ["CHECK-15 Refuse party bravo", "CHECK-15 Refuse party alpha"]);
    // Three in a ring: each gives and receives, and still each stands alone.
    let ring = found(|text| {
        let mut charlie = text.parties[0].clone();
        (charlie.code, charlie.number) = (code("charlie"), backchannel_wire::PartyNo(3));
        text.parties.push(charlie);
        text.undertakings[1].towards = vec![code("charlie")];
        let mut third = text.undertakings[0].clone();
        (third.id, third.by, third.towards) = (code("third"), vec![code("charlie")], vec![code("alpha")]);
        text.undertakings.push(third);
    });
    assert_eq!(ring.iter().filter(|line| line.starts_with("CHECK-15 ")).count(), 3, "{ring:?}");
}

#[test]
fn unlike_assurances_are_warned_of() {
    // CHECK-16
    let found = found(|text| text.undertakings[1].act = code("incursion"));
    assert_eq!(found, ["CHECK-16 Warn party alpha"]);
}

#[test]
fn a_term_not_every_party_confirmed_is_refused() {
    // CHECK-17
    let found = found(|text| drop(text.glossary[1].confirmed_by.pop()));
    assert_eq!(found, ["CHECK-17 Refuse glossary direct-preventive-strike"]);
}

#[test]
fn terms_no_clause_states_are_found() {
    // CHECK-18
    let found = found(|text| {
        let dropped = ["bravo-strike", "rescue", "notice"];
        text.clauses.retain(|clause| !dropped.contains(&clause.id.as_str()));
    });
    assert_eq!(
        found,
        [
            "CHECK-18 Refuse undertaking bravo-strike",
            "CHECK-18 Refuse permitted rescue",
            "CHECK-18 Warn term notice"
        ]
    );
}

#[test]
fn slots_that_nothing_fills_and_stray_signs_are_refused() {
    // CHECK-19
    for words in ["Until {never}.", "By {by}.", "A } brace.", "{No Slot}", "A [[ bracket.", "[[A|b]]"] {
        let mut found = found(|text| {
            say(text, "opening", "en", words);
            say(text, "opening", "fr", words);
        });
        found.dedup();
        assert_eq!(
            found,
            ["CHECK-19 Refuse clause opening (en)", "CHECK-19 Refuse clause opening (fr)"],
            "{words}"
        );
    }
    let found = found(|text| text.timing.brake = None);
    assert!(found.contains(&"CHECK-19 Refuse clause brake (en)".to_owned()), "{found:?}");
}

#[test]
fn what_every_understanding_states_is_missed() {
    // CHECK-20
    let refused = found(|text| (text.timing.from, text.timing.end) = (None, None));
    assert!(refused.contains(&"CHECK-20 Refuse term entry".to_owned()));
    assert!(refused.contains(&"CHECK-20 Refuse term end".to_owned()));
    let warned = found(|text| {
        text.clauses.retain(|clause| {
            !["renewal", "notice", "brake", "reply", "complaint", "confidence", "if-asked"]
                .contains(&clause.id.as_str())
        });
        text.timing.renewal = None;
        (text.timing.notice, text.timing.brake, text.timing.reply, text.timing.complaint) =
            (None, None, None, None);
    });
    let names =
        ["renewal", "notice", "brake", "reply", "complaint"].map(|name| format!("CHECK-20 Warn term {name}"));
    assert!(names.iter().all(|line| warned.contains(line)), "{warned:?}");
    assert!(warned.contains(&"CHECK-20 Warn term if-asked".to_owned()));
    let silent = found(|text| text.confidence = None);
    assert_eq!(silent, ["CHECK-20 Warn term confidence"]);
    let loose = found(|text| text.confidence.as_mut().unwrap().content = Secrecy::Open);
    assert_eq!(loose, ["CHECK-20 Refuse term confidence"]);
}

#[test]
fn terms_that_do_not_fit_each_other_are_found() {
    // CHECK-21
    let from = 1_796_101_200_000;
    let end = |ms: u64| Some(End::At(Bound { moment: Moment::utc(UtcMs(ms)), inclusive: Some(false) }));
    assert_eq!(found(|text| text.timing.end = end(from)), ["CHECK-21 Refuse term end"]);
    let long = |span| Some(Renewal { span, before: SpanMs::hours(2160) });
    assert_eq!(found(|text| text.timing.renewal = long(SpanMs::hours(24))), ["CHECK-21 Refuse term renewal"]);
    assert_eq!(found(|text| text.timing.notice = Some(SpanMs::hours(2160))), ["CHECK-21 Warn term notice"]);
    let urgent = found(|text| text.timing.urgent.as_mut().unwrap().notice = Some(SpanMs::hours(72)));
    assert_eq!(urgent, ["CHECK-21 Warn term urgent"]);
    let backwards = found(|text| {
        text.undertakings[0].scope.time = Some(between(Moment::utc(UtcMs(9)), Moment::utc(UtcMs(9))));
    });
    assert_eq!(backwards, ["CHECK-21 Refuse undertaking alpha-strike"]);
}

#[test]
fn what_takes_anothers_place_begins_in_one_instant() {
    // CHECK-23
    assert!(found(|text| text.supersedes = Some(Digest([7; 32]))).is_empty());
    let several = found(several_instants);
    assert_eq!(several, ["CHECK-23 Refuse understanding supersedes"]);
}

#[test]
fn acts_that_are_not_in_the_file_are_refused() {
    // CHECK-22
    let found = found(|text| {
        text.undertakings.iter_mut().for_each(|one| one.act = code("unheard-of"));
        text.permitted[3].act = Some(code("unheard-of"));
        text.timing.urgent.as_mut().unwrap().grounds = vec![code("unheard-of")];
    });
    let unknown: Vec<&String> = found.iter().filter(|line| line.starts_with("CHECK-22 ")).collect();
    assert_eq!(unknown.len(), 4, "{found:?}");
    assert!(
        found.contains(&"CHECK-4 Refuse permitted rescue".to_owned()),
        "an act covers itself, known or not"
    );
}

#[test]
fn findings_say_what_to_do_and_refusals_come_first() {
    let mut text = whole();
    (text.form, text.voice) = (Form::Gentle, Voice::Reciprocal);
    text.clauses[0].reviewed_by.clear();
    text.undertakings[0].scope.place = None;
    let findings = check(&text);
    assert_eq!(findings[0].severity, Severity::Refuse);
    assert!(
        findings.iter().all(|finding| !finding.hint.is_empty() && finding.message.contains(finding.rule))
    );
}

#[test]
fn a_flood_of_warnings_hides_no_refusal() {
    let mut text = whole_of("gentle", "intermediary", &["ar", "en", "fa", "fr", "he", "ru"]);
    let plain = text.clauses[0].clone();
    for n in 0..70 {
        let mut more = plain.clone();
        more.id = code(&format!("more-{n}"));
        more.reviewed_by.clear();
        text.clauses.push(more);
    }
    say(&mut text, "more-69", "ru", "Это соглашение.");
    let found = lines(&check(&text));
    assert!(found.len() <= 512);
    assert_eq!(found[0], "CHECK-13 Refuse clause more-69 (ru)");
}
