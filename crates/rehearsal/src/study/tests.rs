use super::plan::YEAR_MS;
use super::toy::Coin;
use super::*;
use crate::results::{Choice, Variant};
use crate::run::Trial;
use crate::statistics::{Level, Moments};
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

const LEVEL: Level = Level::NINETY_FIVE;

fn plan(seed: u64, runs: u64) -> Plan {
    Plan::new(seed, runs, Plan::even_dates(2 * YEAR_MS, 9), LEVEL).expect("in range")
}

fn arm<'a>(name: &str, trial: &'a dyn Trial) -> Arm<'a> {
    Arm { name: name.to_owned(), terms: vec![("brake".to_owned(), name.to_owned())], trial }
}

const COINS: [f64; 3] = [0.5, 0.6, 0.9];

fn coins() -> Vec<Coin> {
    COINS.map(Coin::new).to_vec()
}

fn compared(plan: &Plan, control: &Control<'_>) -> Result<Study<Vec<Variant>>, StudyError> {
    let coins = coins();
    let arms: Vec<Arm<'_>> = coins.iter().zip(["a", "b", "c"]).map(|(coin, name)| arm(name, coin)).collect();
    variants(&arms, plan, control)
}

fn searched(plan: &Plan, control: &Control<'_>) -> Result<Study<Found>, StudyError> {
    search(&hill_limits(9, 40_000), &hill, plan, control)
}

/// Survival is highest at 24 hours and 3 days, and every hour costs; no more than 9 in all are possible.
fn hill(values: &[f64]) -> Result<Box<dyn Trial>, String> {
    let [brake, notice] = values else { return Err("two terms".to_owned()) };
    if *brake > 60.0 && *notice > 7.0 {
        return Err("a brake of that length outlasts the notice".to_owned());
    }
    let holds = 0.9 - 0.000_2 * (brake - 24.0).powi(2) - 0.02 * (notice - 3.0).powi(2);
    Ok(Box::new(Coin { cost: 1.0 + brake / 10.0, ..Coin::new(holds.max(0.05)) }))
}

fn hill_limits(count: usize, budget_runs: u64) -> Limits {
    let axes = vec![
        Axis::between("brake_hours", 0.0, 72.0, count).expect("in order"),
        Axis::between("notice_days", 0.0, 8.0, count).expect("in order"),
    ];
    Limits { axes, cost_max: None, budget_runs }
}

fn on(threads: usize) -> Control<'static> {
    Control { threads: NonZeroUsize::new(threads), ..Control::default() }
}

fn near(estimate: crate::results::Estimate, expected: f64) {
    // Twice the distance of a 95 % interval: four standard errors.
    let half = (estimate.high - estimate.low) / 2.0;
    assert!((estimate.value - expected).abs() < 2.05 * half, "{estimate:?} against {expected}");
}

#[test]
fn every_figure_of_a_variant_is_the_known_answer() {
    let study = compared(&plan(1, 40_000), &Control::default()).expect("runs");
    assert!(!study.partial && study.runs == 40_000);
    for (variant, coin) in study.found.iter().zip(coins()) {
        near(variant.survival, coin.holds);
        near(variant.survival_1y, coin.survival(0.5));
        near(variant.question, 0.1);
        near(variant.cost, 3.0);
        assert!(variant.cost.high - variant.cost.low < 0.1);
        let days: Vec<f64> = variant.curve.iter().map(|point| point.day).collect();
        assert_eq!(days, [0.0, 91.25, 182.5, 273.75, 365.0, 456.25, 547.5, 638.75, 730.0]);
        for point in &variant.curve[1..] {
            near(point.survival, coin.survival(point.day / 730.0));
        }
        assert_eq!(variant.curve[0].survival.value, 1.0);
        assert_eq!(variant.curve[4].survival, variant.survival_1y);
        assert_eq!(variant.curve[8].survival, variant.survival);
        let shares: f64 = variant.causes.iter().map(|(_, share)| share.value).sum();
        assert!((shares + variant.survival.value - 1.0).abs() < 1e-12);
        near(variant.causes[3].1, (1.0 - coin.holds) / 6.0);
        assert_eq!(variant.causes[3].0, "breach");
    }
    assert_eq!(study.found[0].against_first, None);
    near(study.found[2].against_first.expect("compared"), 0.4);
}

#[test]
fn the_same_plan_gives_the_same_bits_on_any_number_of_threads() {
    // Not a whole number of chunks.
    let plan = plan(2, 3333);
    let first = compared(&plan, &on(1)).expect("runs");
    let hunt = searched(&plan, &on(1)).expect("runs");
    for threads in [2, 8] {
        assert_eq!(compared(&plan, &on(threads)).expect("runs"), first);
        assert_eq!(searched(&plan, &on(threads)).expect("runs"), hunt);
    }
    assert_eq!(compared(&plan, &Control::default()).expect("runs"), first);
    assert_ne!(compared(&super::tests::plan(3, 3333), &on(1)).expect("runs").found, first.found);
}

/// Stops a study once so many runs are done.
fn stopped<T>(after: u64, threads: usize, study: impl Fn(&Control<'_>) -> T) -> T {
    let stop = AtomicBool::new(after == 0);
    let progress = |progress: Progress| stop.store(progress.done >= after, Ordering::Relaxed);
    study(&Control { progress: &progress, stop: &stop, ..on(threads) })
}

/// The checkpoint, written as text and read again.
fn reread(checkpoint: &Checkpoint) -> Checkpoint {
    let text = serde_json::to_string(checkpoint).expect("plain data");
    serde_json::from_str(&text).expect("as written")
}

#[test]
fn a_partial_result_is_that_of_a_study_of_fewer_runs() {
    let study = stopped(3000, 8, |control| compared(&plan(4, 100_000), control)).expect("some runs");
    assert!(study.partial && study.runs >= 1000 && study.runs < 100_000, "{}", study.runs);
    let shorter = compared(&plan(4, study.runs), &Control::default()).expect("runs");
    assert_eq!(study.found, shorter.found);
    assert_eq!(study.convergence, shorter.convergence);
    let nothing = stopped(0, 2, |control| compared(&plan(4, 1000), control));
    assert_eq!(nothing, Err(StudyError::Stopped));
}

#[test]
fn a_study_that_was_interrupted_goes_on_to_the_very_same_result() {
    let plan = plan(5, 5001);
    let whole = compared(&plan, &on(2)).expect("runs");
    let part = stopped(2000, 2, |control| compared(&plan, control)).expect("some runs");
    assert!(part.partial);
    let kept = reread(&part.checkpoint);
    let further = stopped(9000, 8, |control| compared(&plan, &Control { resume: Some(&kept), ..*control }));
    let further = further.expect("some runs");
    assert!(further.runs > part.runs);
    let kept = reread(&further.checkpoint);
    assert_eq!(compared(&plan, &Control { resume: Some(&kept), ..on(1) }).expect("runs"), whole);
    // A finished study goes on to more runs as well.
    let longer = super::tests::plan(5, 7000);
    let kept = reread(&whole.checkpoint);
    let from = compared(&longer, &Control { resume: Some(&kept), ..on(2) }).expect("runs");
    assert_eq!(from, compared(&longer, &on(2)).expect("runs"));
}

/// Runs a search tells of at its end.
fn told(study: impl Fn(&Control<'_>)) -> u64 {
    let last = std::sync::atomic::AtomicU64::new(0);
    let progress = |progress: Progress| last.store(progress.all, Ordering::Relaxed);
    study(&Control { progress: &progress, ..Control::default() });
    last.into_inner()
}

#[test]
fn a_search_that_was_interrupted_anywhere_goes_on_to_the_very_same_result() {
    let plan = plan(6, 3000);
    let whole = searched(&plan, &on(2)).expect("runs");
    let all = told(|control| drop(searched(&plan, control).expect("runs")));
    for part in 0..12 {
        let cut = stopped(all * part / 12, 2, |control| searched(&plan, control)).expect("perhaps nothing");
        let kept = reread(&cut.checkpoint);
        // The first chunk of every trial is a quarter of all.
        assert!(cut.partial && (part < 3 || !cut.found.looked_at.is_empty()), "{part} of {all}");
        assert_eq!(searched(&plan, &Control { resume: Some(&kept), ..on(2) }).expect("runs"), whole);
    }
}

#[test]
fn a_checkpoint_of_another_study_or_a_forged_one_is_refused() {
    let kept = compared(&plan(7, 1000), &Control::default()).expect("runs").checkpoint;
    let control = Control { resume: Some(&kept), ..Control::default() };
    assert_eq!(compared(&plan(8, 1000), &control), Err(StudyError::OtherStudy));
    assert_eq!(compared(&plan(7, 1000).of("another text"), &control), Err(StudyError::OtherStudy));
    assert_eq!(searched(&plan(7, 1000), &control), Err(StudyError::OtherStudy));
    assert_eq!(compared(&plan(7, 500), &control), Err(StudyError::Damaged));
    let forgeries: [fn(&mut Checkpoint); 6] = [
        |kept| kept.stages[0].chunks = u64::MAX,
        |kept| kept.stages[0].chunks += 1,
        |kept| kept.stages[0].tallies.truncate(1),
        |kept| kept.stages[0].tallies[1].ended.clear(),
        |kept| kept.stages[0].marks[0] = u64::MAX,
        |kept| kept.stages.push(kept.stages[0].clone()),
    ];
    for (number, forge) in forgeries.iter().enumerate() {
        let mut forged = kept.clone();
        forge(&mut forged);
        let control = Control { resume: Some(&forged), ..Control::default() };
        assert_eq!(compared(&plan(7, 1000), &control), Err(StudyError::Damaged), "{number}");
    }
    assert!(serde_json::from_str::<Checkpoint>("{\"key\":1}").is_err());
}

#[test]
fn progress_only_rises_and_comes_to_all() {
    let watched = |study: &dyn Fn(&Control<'_>)| {
        let seen = Mutex::new(Vec::new());
        let progress = |progress: Progress| seen.lock().expect("one at a time").push(progress);
        study(&Control { progress: &progress, ..on(8) });
        let seen = seen.into_inner().expect("one at a time");
        assert!(seen.windows(2).all(|pair| pair[0].done <= pair[1].done && pair[0].all == pair[1].all));
        *seen.last().expect("at least once")
    };
    let last = watched(&|control| drop(compared(&plan(9, 1000), control).expect("runs")));
    assert_eq!(last, Progress { done: 3000, all: 3000 });
    for count in [5, 40] {
        let last = watched(&|control| {
            drop(search(&hill_limits(count, 9000), &hill, &plan(9, 1000), control).expect("runs"));
        });
        assert_eq!(last.done, last.all);
    }
}

#[test]
fn common_random_numbers_leave_a_difference_unbiased_and_make_it_less_noisy() {
    let (first, second) = (Coin::new(0.5), Coin::new(0.55));
    let apart = Coin { salt: 1, ..second };
    let differences = |other: &Coin| {
        Moments::of((0..400).map(|seed| {
            let arms = [arm("a", &first), arm("b", other)];
            let study = variants(&arms, &plan(seed, 256), &Control::default()).expect("runs");
            (study.found[1].against_first.expect("compared").value, 0.0)
        }))
    };
    let (common, fresh) = (differences(&second), differences(&apart));
    for found in [&common, &fresh] {
        near(found.mean(LEVEL).expect("many"), 0.05);
    }
    let width = |found: &Moments| {
        let mean = found.mean(LEVEL).expect("many");
        mean.high - mean.low
    };
    // The variance is .05 * .95 beside .5 * .5 + .55 * .45: 3.2 times narrower.
    let ratio = width(&fresh) / width(&common);
    assert!((2.7..3.8).contains(&ratio), "{ratio}");
}

#[test]
fn intervals_of_a_study_contain_the_truth_as_often_as_stated() {
    let (mut curve, mut cost, mut question, mut against) = (0, 0, 0, 0);
    let (first, second) = (Coin::new(0.8), Coin::new(0.85));
    let experiments = 400;
    for seed in 0..experiments {
        let arms = [arm("a", &first), arm("b", &second)];
        let found = variants(&arms, &plan(seed, 300), &Control::default()).expect("runs").found;
        let holds = |found: crate::results::Estimate, truth: f64| {
            u64::from(found.low <= truth && truth <= found.high)
        };
        curve += holds(found[0].curve[3].survival, first.survival(3.0 / 8.0));
        cost += holds(found[0].cost, 3.0);
        question += holds(found[0].question, 0.1);
        against += holds(found[1].against_first.expect("compared"), 0.05);
    }
    // Four standard errors below.
    let least = 0.95 * experiments as f64 - 4.0 * (0.95 * 0.05 * experiments as f64).sqrt();
    for contained in [curve, cost, question, against] {
        assert!(contained as f64 > least, "{contained} of {experiments}");
    }
}

#[test]
fn where_nothing_was_ever_in_question_the_interval_says_what_may_still_be() {
    struct Calm;
    impl Trial for Calm {
        fn run(&self, _seed: u64, _run: u64) -> crate::run::Run {
            crate::run::Run {
                held_ms: YEAR_MS,
                cause: None,
                question_ms: 0,
                alarms: 0,
                incidents: 0,
                cost: 0.0,
            }
        }
        fn horizon_ms(&self) -> u64 {
            YEAR_MS
        }
    }
    let plan = Plan::new(1, 1000, vec![YEAR_MS], LEVEL).expect("in range");
    let found = variants(&[arm("calm", &Calm)], &plan, &Control::default()).expect("runs").found;
    assert_eq!(found[0].question.value, 0.0);
    assert!((found[0].question.high - 0.003_682).abs() < 1e-5, "{:?}", found[0].question);
    assert!((found[0].survival.low - 0.996_318).abs() < 1e-5, "{:?}", found[0].survival);
}

#[test]
fn bars_are_sorted_by_their_length() {
    let ends = [0.5, 0.52, 0.4, 0.8, 0.7, 0.6].map(Coin::new);
    let swing = |at: usize, name: &str| Swing {
        name: name.to_owned(),
        values: ("0 h".to_owned(), "72 h".to_owned()),
        low: &ends[2 * at],
        high: &ends[2 * at + 1],
        is_term: at == 1,
    };
    let swings = [swing(0, "notice"), swing(1, "brake"), swing(2, "noise")];
    let study = tornado(&swings, &plan(10, 4000), &Control::default()).expect("runs");
    let names: Vec<&str> = study.found.iter().map(|bar| bar.name.as_str()).collect();
    assert_eq!(names, ["brake", "noise", "notice"]);
    near(study.found[0].survival.0, 0.4);
    near(study.found[0].survival.1, 0.8);
    assert!(study.found[0].is_term && !study.found[1].is_term);
    near(study.found[1].survival.0, 0.7);
    assert_eq!(study.found[1].values, ("0 h".to_owned(), "72 h".to_owned()));
    let part = stopped(1500, 2, |control| tornado(&swings, &plan(10, 4000), control)).expect("some runs");
    assert!(part.partial && part.runs < 4000);
    let resume = Control { resume: Some(&part.checkpoint), ..Control::default() };
    assert_eq!(tornado(&swings, &plan(10, 4000), &resume).expect("runs"), study);
}

#[test]
fn the_frontier_holds_the_choices_no_other_is_better_than() {
    let coin = |holds: f64, cost: f64| Coin { cost, ..Coin::new(holds) };
    // Cheap and frail; dear and sturdy; dearer and less sturdy; in between; twice free.
    let coins =
        [coin(0.5, 1.0), coin(0.9, 5.0), coin(0.8, 6.0), coin(0.7, 2.0), coin(0.3, 0.0), coin(0.3, 0.0)];
    let offers: Vec<Offer<'_>> = coins.iter().map(|coin| Offer { terms: Vec::new(), trial: coin }).collect();
    let study = frontier(&offers, &plan(11, 4000), &Control::default()).expect("runs");
    let marks: Vec<bool> = study.found.iter().map(|choice| choice.on_frontier).collect();
    assert_eq!(marks, [true, true, false, true, true, true]);
    near(study.found[3].survival, 0.7);
    near(study.found[3].cost, 2.0);
}

#[test]
fn convergence_is_shown_at_doubling_numbers_of_runs() {
    let coin = Coin::new(0.7);
    let study = convergence(&coin, &plan(12, 3000), &Control::default()).expect("runs");
    let runs: Vec<u64> = study.found.iter().map(|(runs, _)| *runs).collect();
    assert_eq!(runs, [128, 256, 512, 1024, 2048, 3000]);
    for (runs, estimate) in &study.found {
        near(*estimate, 0.7);
        let fewer = convergence(&coin, &plan(12, *runs), &Control::default()).expect("runs");
        assert_eq!(fewer.found.last(), Some(&(*runs, *estimate)));
    }
    let few = convergence(&coin, &plan(12, 50), &Control::default()).expect("runs");
    assert_eq!(few.found.iter().map(|(runs, _)| *runs).collect::<Vec<_>>(), [50]);
}

fn best(found: &Found) -> &Choice {
    found.best.as_ref().expect("one is possible")
}

#[test]
fn a_search_of_a_whole_grid_finds_the_best_terms() {
    let study =
        search(&hill_limits(9, 400_000), &hill, &plan(13, 20_000), &Control::default()).expect("runs");
    let found = &study.found;
    // Steps of 9 hours and of a day: 27 hours and 3 days are best, at .9 - .0002 * 9.
    assert_eq!(found.values, [27.0, 3.0], "{:?}", best(found));
    let terms = [("brake_hours", "27"), ("notice_days", "3")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(best(found).terms, terms);
    near(best(found).survival, 0.8982);
    near(best(found).cost, 3.7);
    assert!(found.whole_grid && found.keeps_cost && best(found).on_frontier);
    // At 63 and 72 hours, 8 days are impossible.
    assert_eq!((found.looked_at.len(), found.impossible.len()), (79, 2));
    assert!(found.impossible[0].1.contains("outlasts"));
    assert_eq!(study.runs, 20_000);
    assert_eq!(study.convergence.last().map(|(runs, _)| *runs), Some(20_000));
}

#[test]
fn a_search_keeps_to_its_limits() {
    let limits = Limits { cost_max: Some(2.0), ..hill_limits(9, 400_000) };
    let found = search(&limits, &hill, &plan(14, 10_000), &Control::default()).expect("runs").found;
    // A brake of 9 hours costs 1.9, one of 18 hours 2.8.
    assert_eq!(found.values, [9.0, 3.0]);
    let nothing = Limits { cost_max: Some(0.5), ..hill_limits(9, 40_000) };
    let found = search(&nothing, &hill, &plan(14, 10_000), &Control::default()).expect("runs").found;
    assert_eq!((found.best, found.values.len(), found.looked_at.len()), (None, 0, 79));
}

#[test]
fn too_many_combinations_are_searched_one_term_at_a_time() {
    let study =
        search(&hill_limits(33, 4_000_000), &hill, &plan(15, 10_000), &Control::default()).expect("runs");
    let found = &study.found;
    assert!(!found.whole_grid && found.looked_at.len() < 300);
    assert!(
        (found.values[0] - 24.0).abs() < 5.0 && (found.values[1] - 3.0).abs() < 0.6,
        "{:?}",
        found.values
    );
    assert!(best(found).survival.value > 0.88);
}

#[test]
fn what_is_chosen_looks_better_than_it_is_and_fresh_numbers_say_so() {
    // All choices are alike, each with random numbers of its own: whichever wins was lucky.
    let alike = |values: &[f64]| -> Result<Box<dyn Trial>, String> {
        Ok(Box::new(Coin { salt: values[0] as u64, ..Coin::new(0.5) }))
    };
    let limits = Limits {
        axes: vec![Axis::between("term", 0.0, 15.0, 16).expect("in order")],
        cost_max: None,
        budget_runs: 1,
    };
    let pairs = (0..300).map(|seed| {
        let found = search(&limits, &alike, &plan(seed, 512), &Control::default()).expect("runs").found;
        (found.chosen_by.expect("chosen").value, best(&found).survival.value)
    });
    let moments = Moments::of(pairs);
    let [chosen, fresh] = moments.means();
    let error = (0.25_f64 / 512.0 / 300.0).sqrt();
    assert!(chosen > 0.5 + 10.0 * error, "{chosen}");
    assert!((fresh - 0.5).abs() < 4.0 * error, "{fresh}");
}

#[test]
fn a_search_that_is_stopped_shows_what_it_looked_at() {
    let plan = plan(16, 1_000_000);
    let early = stopped(0, 2, |control| searched(&plan, control)).expect("nothing yet");
    assert!(early.partial && early.found.best.is_none() && early.found.looked_at.is_empty());
    let late = stopped(200_000, 2, |control| searched(&plan, control)).expect("some");
    assert!(late.partial && late.found.best.is_some() && late.runs < 1_000_000);
    let middle = stopped(20_000, 2, |control| searched(&plan, control)).expect("some");
    assert!(middle.partial && middle.found.best.is_none() && !middle.found.looked_at.is_empty());
}

#[test]
fn what_cannot_be_studied_is_refused_with_a_hint() {
    let control = Control::default();
    assert_eq!(variants(&[], &plan(1, 10), &control), Err(StudyError::Nothing));
    let (short, long) = (Coin { horizon_ms: YEAR_MS, ..Coin::new(0.5) }, Coin::new(0.5));
    let late = variants(&[arm("a", &short)], &plan(1, 10), &control).expect_err("too short");
    assert_eq!(late, StudyError::Horizon { date_ms: 2 * YEAR_MS, horizon_ms: YEAR_MS });
    let apart = variants(&[arm("a", &long), arm("b", &short)], &plan(1, 10), &control);
    assert!(matches!(apart, Err(StudyError::Horizons { .. })));
    let axis = |min, max, count| Axis::between("brake", min, max, count).is_err();
    assert!(axis(2.0, 1.0, 3) && axis(f64::NAN, 1.0, 3) && axis(0.0, 1.0, 0) && axis(f64::MIN, f64::MAX, 2));
    let refused = |limits: &Limits| search(limits, &hill, &plan(1, 10), &control);
    let none = Limits { axes: Vec::new(), ..hill_limits(3, 1) };
    assert_eq!(refused(&none), Err(StudyError::Nothing));
    let mut empty = hill_limits(3, 1);
    empty.axes[1].values.clear();
    assert_eq!(refused(&empty), Err(StudyError::Axis { name: "notice_days".to_owned() }));
    let no = |_: &[f64]| -> Result<Box<dyn Trial>, String> { Err("never".to_owned()) };
    let impossible = search(&hill_limits(3, 1), &no, &plan(1, 10), &control);
    assert_eq!(impossible, Err(StudyError::Impossible("never".to_owned())));
    let wide =
        Limits { axes: vec![Axis::between("x", 0.0, 1.0, 512).expect("in order"); 9], ..hill_limits(3, 1) };
    assert_eq!(refused(&wide), Err(StudyError::TooMany));
}
