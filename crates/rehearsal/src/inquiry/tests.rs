//! An inquiry whole: the same whatever the threads, continued where it was stopped, refused before anything runs.

use super::*;
use crate::model::Model;
use crate::results::Lack;
use crate::world::read_text;
use std::sync::atomic::{AtomicU64, Ordering};

const PACT: &str = include_str!("../../../../scenarios/will-it-hold/pact.toml");

fn base() -> Rehearsal {
    Rehearsal::new(&read_text(PACT).expect("the text is sound"), &Model::default()).expect("it can be run")
}

fn inquiry(runs: u64) -> Inquiry {
    let plain = base();
    let other = plain.vary("brake", "0h").expect("a brake can be nothing");
    let named = |name: &str, rehearsal| Named { name: name.to_owned(), terms: Vec::new(), rehearsal };
    Inquiry {
        title: "a test".to_owned(),
        seed: 7,
        runs,
        level: Level::NINETY_FIVE,
        variants: vec![named("plain", plain), named("brake-0h", other)],
        rare: false,
        tornado: true,
        choices: vec![Choices::parse("reply=2h,12h").expect("values")],
        search: vec![Choices::parse("brake=0h,24h").expect("values")],
        cost_max: None,
    }
}

fn watched(stop: &AtomicBool, threads: usize) -> Watched<'_> {
    Watched { progress: &|_, _| (), stop, threads: NonZeroUsize::new(threads) }
}

static GO_ON: AtomicBool = AtomicBool::new(false);

#[test]
fn an_inquiry_finds_the_same_on_one_thread_and_on_two() {
    let inquiry = inquiry(300);
    let one = inquiry.answer(watched(&GO_ON, 1), &Saved::default()).expect("an answer");
    let two = inquiry.answer(watched(&GO_ON, 2), &Saved::default()).expect("an answer");
    assert_eq!(one, two);
    let results = one.results;
    assert!(!results.partial && results.variants.len() == 4 && results.best.is_some());
    let names: Vec<&str> = results.variants.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["plain", "brake-0h", "reply-2h", "reply-12h"]);
    assert!(results.searched.is_some_and(|how| how.whole && how.keeps_cost && how.looked_at == 2));
    assert!(results.terms.contains(&("brake".to_owned(), "1d".to_owned())));
    assert!(results.tornado.iter().all(|bar| bar.runs == 256 && bar.difference.low <= bar.difference.high));
    assert!(results.tornado.len() > 20 && results.frontier.len() == 2 && !results.convergence.is_empty());
    assert!(results.oracles.len() > 40, "{} oracles", results.oracles.len());
    assert!(results.oracles.iter().all(|one| one.passed));
    assert!(results.assumptions.first().is_some_and(|one| one.matters.is_some()));
    let names: Vec<&str> = results.remarks.iter().map(|(name, _)| name.as_str()).collect();
    assert!(
        names.contains(&"mediation-adds-nothing") && names.contains(&"faster-reporting-destroys"),
        "{names:?}"
    );
}

#[test]
fn an_inquiry_that_was_stopped_goes_on_to_what_it_would_have_found() {
    let inquiry = inquiry(600);
    let whole = inquiry.answer(watched(&GO_ON, 2), &Saved::default()).expect("an answer");
    let (stop, told) = (AtomicBool::new(false), AtomicU64::new(0));
    let progress = |_, at: Progress| {
        if told.fetch_add(1, Ordering::Relaxed) >= 6 && at.done > 0 {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let part = Watched { progress: &progress, stop: &stop, threads: NonZeroUsize::new(2) };
    let stopped = inquiry.answer(part, &Saved::default()).expect("what there is");
    assert!(stopped.results.partial && stopped.results.tornado.is_empty());
    let text = serde_json::to_string(&stopped.saved).expect("it can be written");
    let saved: Saved = serde_json::from_str(&text).expect("and read");
    let resumed = inquiry.answer(watched(&GO_ON, 1), &saved).expect("the rest");
    assert_eq!(resumed.results, whole.results);
}

/// Only the variants, over a year, and breakdowns by splitting.
fn rare(runs: u64) -> Inquiry {
    let mut inquiry = inquiry(runs);
    for named in &mut inquiry.variants {
        named.rehearsal = named.rehearsal.vary("years", "1").expect("a year");
    }
    Inquiry { rare: true, tornado: false, choices: Vec::new(), search: Vec::new(), ..inquiry }
}

// REH-32
#[test]
fn breakdowns_by_splitting_are_those_of_plain_runs_on_any_number_of_threads() {
    let inquiry = rare(1_000);
    let answer = inquiry.answer(watched(&GO_ON, 2), &Saved::default()).expect("an answer");
    assert_eq!(inquiry.answer(watched(&GO_ON, 1), &Saved::default()), Ok(answer.clone()));
    assert!(!answer.results.partial);
    for variant in &answer.results.variants {
        let rare = variant.rare.as_ref().expect("it was asked for");
        let found = rare.probability.expect("it is not rare");
        let plain = &variant.survival;
        assert!(found.low <= 1.0 - plain.low && 1.0 - plain.high <= found.high, "{found:?} {plain:?}");
        assert!(rare.trials >= 8_000 && rare.repeats == 32 && rare.lacks.is_none(), "{rare:?}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&crate::report::json(&answer.results)).expect("it is JSON");
    let of = &json["variants"][0]["rare"];
    assert!(of["probability"]["low"].is_f64() && of["lacks"].is_null() && of["is_rough"].is_boolean());
    let plain = Inquiry { rare: false, ..inquiry }.answer(watched(&GO_ON, 1), &Saved::default());
    assert!(plain.expect("an answer").results.variants.iter().all(|one| one.rare.is_none()));
}

// REH-32
#[test]
fn what_splitting_was_stopped_before_has_no_estimate_and_says_why() {
    let inquiry = rare(1_000);
    let stop = AtomicBool::new(false);
    // In the pilot of the second variant.
    let progress = |part, at: Progress| stop.store(part == Part::Rare && at.done > 36, Ordering::Relaxed);
    let part = Watched { progress: &progress, stop: &stop, threads: NonZeroUsize::new(1) };
    let stopped = inquiry.answer(part, &Saved::default()).expect("what there is");
    assert!(stopped.results.partial);
    let rares: Vec<_> = stopped.results.variants.iter().filter_map(|one| one.rare.as_ref()).collect();
    assert!(rares[0].probability.is_some() && rares[0].lacks.is_none(), "{rares:?}");
    assert!(rares[1].probability.is_none() && rares[1].lacks == Some(Lack::Stopped), "{rares:?}");
    let resumed = inquiry.answer(watched(&GO_ON, 2), &stopped.saved).expect("the rest");
    let whole = inquiry.answer(watched(&GO_ON, 2), &Saved::default()).expect("an answer");
    assert_eq!(resumed.results, whole.results);
}

// REH-32
#[test]
fn where_no_trial_comes_to_a_breakdown_none_is_made_up() {
    let mut inquiry = rare(300);
    for named in &mut inquiry.variants {
        let still = ["false_alarms_per_year", "accidents_per_year", "non_party_acts_per_year"];
        let still = still.into_iter().chain(["opportunities_per_year", "forgets"]);
        named.rehearsal =
            still.fold(base(), |rehearsal, name| rehearsal.vary(name, "0").expect("it can be nothing"));
    }
    let answer = inquiry.answer(watched(&GO_ON, 1), &Saved::default()).expect("an answer");
    let rare = answer.results.variants[0].rare.clone().expect("it was asked for");
    assert_eq!((rare.probability, rare.lacks), (None, Some(Lack::Unreached)));
    assert!(!answer.results.partial);
}

#[test]
fn what_was_made_of_another_text_or_world_is_not_gone_on_with() {
    let of = |change: &str, value: &str| {
        let mut inquiry = Inquiry { tornado: false, choices: vec![], search: vec![], ..inquiry(256) };
        inquiry.variants.truncate(1);
        let varied = inquiry.variants[0].rehearsal.vary(change, value);
        inquiry.variants[0].rehearsal = varied.expect("it can be");
        inquiry
    };
    let made = of("brake", "24h").answer(watched(&GO_ON, 2), &Saved::default()).expect("an answer").saved;
    assert!(of("brake", "24h").answer(watched(&GO_ON, 2), &made).is_ok());
    for (change, value) in
        [("brake", "25h"), ("loss", "0.02"), ("first.credence", "0.6"), ("rule", "generous")]
    {
        let error = of(change, value).answer(watched(&GO_ON, 2), &made).expect_err(change);
        assert!(matches!(error, InquiryError::Study(StudyError::OtherStudy)), "{error}");
    }
}

#[test]
fn what_cannot_be_is_refused_before_anything_runs() {
    let ran = AtomicU64::new(0);
    let progress = |_, _| {
        ran.fetch_add(1, Ordering::Relaxed);
    };
    let part = Watched { progress: &progress, stop: &GO_ON, threads: None };
    let with = |choices: &str| {
        Inquiry { choices: vec![Choices::parse(choices).expect("values")], ..inquiry(300) }
            .answer(part, &Saved::default())
    };
    let error = with("brake=24h,soon").expect_err("no length of time").to_string();
    assert!(error.contains("soon of brake") && error.contains("REH-28"), "{error}");
    assert!(with("no-such-term=1,2").expect_err("no term").to_string().contains("no-such-term"));
    let searching = |search: &str, cost_max: Option<f64>| {
        let search = search.split(' ').map(|one| Choices::parse(one).expect("values")).collect();
        let inquiry = Inquiry { search, cost_max, choices: Vec::new(), ..inquiry(300) };
        inquiry.answer(part, &Saved::default()).expect_err("it cannot be").to_string()
    };
    assert!(searching("brak=0h..72h", None).contains("brak"));
    assert!(searching("brake=0h,72x", None).contains("72x of brake"));
    assert!(searching("years=1,5", None).contains("--years"));
    assert!(searching("brake=0h brake=6h", None).contains("twice"));
    assert!(searching("credence=0.4 second.credence=0.5", None).contains("twice"));
    assert!(searching("brake=0h,6h", Some(f64::NAN)).contains("no cost"));
    assert!(searching("brake=0h,6h", Some(-1.0)).contains("no cost"));
    assert_eq!(ran.load(Ordering::Relaxed), 0);
}

#[test]
fn what_is_no_interrupted_rehearsal_is_not_taken_for_one() {
    let read = |text: &str| serde_json::from_str::<Saved>(text).is_ok();
    assert!(read(&serde_json::to_string(&Saved::default()).expect("it can be written")));
    assert!(!read("{}") && !read("{\"name\": \"another file\"}"));
    assert!(!read("{\"rehearsal-interrupted\": \"v1\", \"variants\": null, \"more\": 1}"));
}

#[test]
fn a_search_whose_best_costs_too_much_says_so() {
    let search = vec![Choices::parse("brake=0h,24h").expect("values")];
    let inquiry =
        Inquiry { search, cost_max: Some(0.0), tornado: false, choices: Vec::new(), ..inquiry(300) };
    let results = inquiry.answer(watched(&GO_ON, 2), &Saved::default()).expect("an answer").results;
    assert_eq!(results.variants.len(), 2);
    assert!(
        results.best.is_none() && results.searched.is_some_and(|how| !how.keeps_cost && how.looked_at == 2)
    );
}

#[test]
fn values_to_try_are_read_or_told_how_they_are_written() {
    let read = |text| Choices::parse(text).map(|one| one.values.join(" "));
    assert_eq!(read("brake=0h,6h, 24h").as_deref(), Ok("0h 6h 24h"));
    assert_eq!(read("brake=0h..72h").as_deref(), Ok("0h 18h 36h 54h 72h"));
    assert_eq!(read("channel.loss=0.1..0.5").as_deref(), Ok("0.1 0.2 0.3 0.4 0.5"));
    assert_eq!(read("forgets=1e-4..5e-4").as_deref(), Ok("0.0001 0.0002 0.0003 0.0004 0.0005"));
    for bad in ["brake", "=1", "brake=", "brake=1h..3d", "brake=3h..1h", "brake=x..y", "brake=1,,2"] {
        let error = Choices::parse(bad).expect_err(bad).to_string();
        assert!(error.contains(bad) && (error.contains("brake=0h") || error.contains("0h..72h")), "{error}");
    }
    let many = format!("brake={}", vec!["1h"; 65].join(","));
    assert!(matches!(Choices::parse(&many), Err(AxisError::Many(_))));
}
