//! Prints how often intervals contain the truth, and what splitting finds beside the exact answer: tables in Markdown.

use backchannel_rehearsal::statistics::coverage::{Numbers, Proportion, paired_exact};
use backchannel_rehearsal::statistics::rare::{ClusterTrial, Splitting, brute_force, split};
use backchannel_rehearsal::statistics::{Level, Moments};
use backchannel_rehearsal::study::Control;
use std::error::Error;

const LEVEL: Level = Level::NINETY_FIVE;
const EXPERIMENTS: u32 = 10_000;
const SEED: u64 = 6;

fn main() -> Result<(), Box<dyn Error>> {
    println!("Intervals of level {}, {EXPERIMENTS} seeded experiments a cell.\n", LEVEL.get());
    proportions();
    averages();
    pairs();
    means();
    rare()
}

fn proportions() {
    println!("| n | p | Wilson, computed | measured | Clopper-Pearson, computed | measured |");
    println!("|---:|---:|---:|---:|---:|---:|");
    for trials in [10, 100, 1000] {
        for p in [0.001, 0.01, 0.1, 0.3, 0.5, 0.99] {
            let [wilson, exact] = [Proportion::Wilson, Proportion::ClopperPearson].map(|kind| {
                (kind.exact(trials, p, LEVEL), kind.measured(trials, p, LEVEL, EXPERIMENTS, SEED))
            });
            let (a, b) = (wilson.0, wilson.1);
            println!("| {trials} | {p} | {a:.4} | {b:.4} | {:.4} | {:.4} |", exact.0, exact.1);
        }
    }
}

fn averages() {
    println!("\n| n | Wilson, mean over p | least | Clopper-Pearson, mean over p | least |");
    println!("|---:|---:|---:|---:|---:|");
    for trials in [10, 100, 1000] {
        let [wilson, exact] = [Proportion::Wilson, Proportion::ClopperPearson].map(|kind| {
            let at = |index: u32| kind.exact(trials, (f64::from(index) + 0.5) / 1000.0, LEVEL);
            (kind.average(trials, 1000, LEVEL), (0..1000).map(at).fold(1.0, f64::min))
        });
        println!("| {trials} | {:.4} | {:.4} | {:.4} | {:.4} |", wilson.0, wilson.1, exact.0, exact.1);
    }
}

fn pairs() {
    println!("\n| pairs | first alone | second alone | paired difference (Tango), computed |");
    println!("|---:|---:|---:|---:|");
    for pairs in [30, 100, 300] {
        for (first, second) in [(0.01, 0.01), (0.01, 0.05), (0.1, 0.1), (0.1, 0.3)] {
            println!("| {pairs} | {first} | {second} | {:.4} |", paired_exact(pairs, first, second, LEVEL));
        }
    }
}

fn means() {
    println!("\n| numbers | n | mean | paired difference | ratio |");
    println!("|---|---:|---:|---:|---:|");
    for numbers in [Numbers::Normal, Numbers::Exponential, Numbers::Uncommon] {
        for count in [5, 20, 100, 1000] {
            println!(
                "| {} | {count} | {:.4} | {:.4} | {:.4} |",
                numbers.name(),
                numbers.mean_measured(count, LEVEL, EXPERIMENTS, SEED),
                numbers.difference_measured(count, LEVEL, EXPERIMENTS, SEED),
                numbers.ratio_measured(count, LEVEL, EXPERIMENTS, SEED),
            );
        }
    }
}

/// Each case with its exact answer; brute force gets as many trials as splitting began.
fn rare() -> Result<(), Box<dyn Error>> {
    println!(
        "\n| breakdown, exact | splitting | error in standard errors | trials begun | by waiting, as many trials | trials waiting needs for the same error |"
    );
    println!("|---:|---:|---:|---:|---:|---:|");
    for (window, levels) in [(1.0 / 365.0, 4), (1e-4, 6), (1e-7, 10), (1e-10, 14)] {
        let trial = ClusterTrial::new(1.0, window, 1.0)?;
        let exact = trial.exact()?;
        let plan = Splitting::new(SEED, Splitting::even_levels(levels), 1000, 64, LEVEL)?;
        let found = split(&trial, &plan, &Control::default())?;
        let (value, low, high) = (found.probability.value, found.probability.low, found.probability.high);
        let (waited, _) = brute_force(&trial, (SEED, found.trials), LEVEL, &Control::default())?;
        let error = found.error;
        let needed = exact * (1.0 - exact) / (error * error);
        println!(
            "| {exact:.6e} | {value:.4e} ({low:.4e} to {high:.4e}) | {:.2} | {} | {:.1e} to {:.1e} | {needed:.1e} |",
            (value - exact) / error,
            found.trials,
            waited.low,
            waited.high,
        );
    }
    rare_coverage()
}

fn rare_coverage() -> Result<(), Box<dyn Error>> {
    println!("\n| breakdown | trials a level | repeats | interval contains it | rough | mean over exact |");
    println!("|---:|---:|---:|---:|---:|---:|");
    for (window, levels, effort, repeats, experiments) in [
        (1e-4, 6, 200, 30, 8000_u64),
        (1e-7, 10, 200, 64, 4000),
        (1e-7, 10, 300, 64, 4000),
        (1e-7, 10, 1000, 64, 1000),
        (1e-7, 10, 100, 20, 4000),
        (1e-7, 10, 20, 64, 4000),
    ] {
        let trial = ClusterTrial::new(1.0, window, 1.0)?;
        let exact = trial.exact()?;
        let (mut contained, mut rough, mut values) = (0_u32, 0_u32, Moments::default());
        for seed in 0..experiments {
            let plan = Splitting::new(seed, Splitting::even_levels(levels), effort, repeats, LEVEL)?;
            let found = split(&trial, &plan, &Control::default())?;
            let range = found.probability.low..=found.probability.high;
            contained += u32::from(range.contains(&exact));
            rough += u32::from(found.is_rough);
            values.add(found.probability.value / exact, 0.0);
        }
        let [contained, rough] = [contained, rough].map(|count| f64::from(count) / experiments as f64);
        let mean = values.mean(LEVEL).ok_or("two experiments")?;
        println!(
            "| {exact:.1e} | {effort} | {repeats} | {contained:.4} | {rough:.2} | {:.4} to {:.4} |",
            mean.low, mean.high
        );
    }
    Ok(())
}
