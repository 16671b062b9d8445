//! How often a run asks for memory: at its beginning, and as its record grows; not at its steps.

use backchannel_rehearsal::run::Trial;
use backchannel_rehearsal::scenario::quiet_pact;
use backchannel_rehearsal::world::Rehearsal;

const YEAR_MS: f64 = 365.0 * 86_400_000.0;
const RUNS: u64 = 500;

/// The quiet pact where restraint holds for long, looked at for some years.
fn lasting(years: &str) -> Rehearsal {
    let changes = [("years", years), ("hair_trigger", "0"), ("convinced", "1"), ("threshold", "1")];
    quiet_pact().expect("it can be run").vary_all(&changes).expect("it can be")
}

/// Allocations, years and incidents of many runs.
fn counted(years: &str) -> (f64, f64, f64) {
    let (pact, mut held, mut incidents) = (lasting(years), 0.0, 0.0);
    let asked = allocation_counter::measure(|| {
        for run in 0..RUNS {
            let run = pact.run(1, run);
            held += run.held_ms as f64 / YEAR_MS;
            incidents += f64::from(run.incidents);
        }
    });
    (asked.count_total as f64, held, incidents)
}

#[test]
fn the_steps_of_a_run_ask_for_no_memory_but_for_a_record_that_grows() {
    let (few, many) = (counted("2"), counted("20"));
    let (asked, years, incidents) = (many.0 - few.0, many.1 - few.1, many.2 - few.2);
    assert!(years > 2_000.0 && incidents > 8_000.0, "{years} years, {incidents} incidents");
    // A year has dozens of steps and four or five incidents; the map of those takes room for several at a time.
    assert!(asked < 0.25 * incidents && asked < years, "{asked} in {years} years with {incidents} incidents");
    // A run begins by copying the text's life.
    assert!(few.0 / (RUNS as f64) < 40.0, "{few:?}");
}
