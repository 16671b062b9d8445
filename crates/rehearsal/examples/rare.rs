//! Prints what splitting finds beside waiting over the real rules: a table in Markdown.

use backchannel_rehearsal::model::Model;
use backchannel_rehearsal::statistics::Level;
use backchannel_rehearsal::statistics::rare::{Splitting, brute_force, pilot, split};
use backchannel_rehearsal::study::Control;
use backchannel_rehearsal::world::{Rehearsal, read_text};
use std::error::Error;

const PACT: &str = include_str!("../../../scenarios/will-it-hold/pact.toml");
const EFFORT: u32 = 2_000;
const REPEATS: u32 = 32;
const RUNS: u64 = 1_000_000;

/// A contrite pair with few alarms, nearly all of which are explained.
const CONTRITE: [(&str, &str); 16] = [
    ("years", "1"),
    ("opportunities_per_year", "0"),
    ("forgets", "0"),
    ("grudge", "0"),
    ("hair_trigger", "0"),
    ("threatens", "0"),
    ("lawful", "0"),
    ("honours_brake", "1"),
    ("waits_for_reply", "1"),
    ("rule", "contrite"),
    ("answers", "0.99"),
    ("convinces", "0.98"),
    ("channel.garbles", "0.01"),
    ("channel.read_back", "1"),
    ("credence", "0.3"),
    ("second_look", "0.95"),
];

/// Both strike over the n-th alarm within two days.
fn table(alarms: u32) -> String {
    format!(
        "years = 1\n[both]\nforgets = 0\ngrudge = 0\nopportunities_per_year = 0\nhair_trigger = 0\nthreatens = 0\nrule = \"table\"\n\
         [[both.table]]\nat = \"alarm\"\nincidents_at_least = {alarms}\nwithin_days = 2\nthen = \"strike\"\n\
         [[both.table]]\nthen = \"open-incident\"\n"
    )
}

fn contrite(rate: &str) -> Result<Rehearsal, Box<dyn Error>> {
    let rates = ["false_alarms_per_year", "accidents_per_year", "non_party_acts_per_year"];
    let mut rehearsal = Rehearsal::new(&read_text(PACT)?, &Model::default())?;
    for (name, value) in CONTRITE.into_iter().chain(rates.map(|name| (name, rate))) {
        rehearsal = rehearsal.vary(name, value)?;
    }
    Ok(rehearsal)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut cases = Vec::new();
    for rate in ["0.02", "0.001", "0.0002"] {
        cases.push((format!("contrite, alarms at {rate} a year each"), contrite(rate)?));
    }
    for alarms in [4, 5, 7] {
        let rehearsal = Rehearsal::new(&read_text(PACT)?, &Model::parse(&table(alarms))?)?;
        cases.push((format!("table, {alarms} alarms in two days"), rehearsal));
    }
    println!("| case | splitting | trials | rough | waiting | runs |");
    println!("|---|---|---:|---|---|---:|");
    for (name, rehearsal) in cases {
        let control = Control::default();
        let levels = pilot(&rehearsal, 1, (EFFORT, 4), &control)?;
        let rare =
            split(&rehearsal, &Splitting::new(2, levels, EFFORT, REPEATS, Level::NINETY_FIVE)?, &control)?;
        let waited = brute_force(&rehearsal, (3, RUNS), Level::NINETY_FIVE, &control)?.0;
        let said = |one: backchannel_rehearsal::results::Estimate| {
            format!("{:.2e} ({:.2e} to {:.2e})", one.value, one.low, one.high)
        };
        let rough = if rare.is_rough { "yes" } else { "no" };
        println!(
            "| {name} | {} | {} | {rough} | {} | {RUNS} |",
            said(rare.probability),
            rare.trials,
            said(waited)
        );
    }
    Ok(())
}
