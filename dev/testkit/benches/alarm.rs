//! Beats from pressing send to the other station's alarm, by precedence: idle, and while a routine dispatch of 100 KiB is under way in
//! both caucuses. Run it with `cargo bench -p backchannel-testkit`.

use backchannel_station::api::Request;
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;

/// Runs for each figure, each from another seed.
const RUNS: u64 = 15;
/// Beats after which a run is given up.
const BEATS_MAX: u64 = 1_000;
/// Bytes of the dispatch that is under way.
const LONG: usize = 100 * 1024;

fn received(world: &mut World, at: usize) -> bool {
    let journal = world.ok(at, Request::Watch { since: 0, timeout_ms: 0 });
    let entries = journal["entries"].as_array().cloned().unwrap_or_default();
    let came = |what: &str| what.starts_with("A conveyance of a notification came");
    entries.iter().any(|entry| entry["kind"] == "received" && entry["what"].as_str().is_some_and(came))
}

/// A routine dispatch of some hundred kibibytes in two passages, no six words of which stand anywhere else.
fn long(to: &str, mark: &str) -> String {
    let passage = |part: u8| {
        let words: Vec<String> = (0..LONG / 2 / 10).map(|at| format!("{mark}{part}x{at:06}")).collect();
        format!("[[passage]]\ndisclosure = \"hold\"\ntext.en = \"{}\"\n", words.join(" "))
    };
    format!("to = \"{to}\"\nform = \"non-paper\"\nprecedence = \"routine\"\n\n{}{}", passage(1), passage(2))
}

/// Beats until Bravo's station tells that it has a query of this precedence.
fn beats(seed: u64, precedence: &str, busy: bool) -> Option<u64> {
    let mut world = Stored::convened().world(seed);
    let (alpha, bravo, mediator) = (world.node("alpha"), world.node("bravo"), world.node("intermediary"));
    world.run(5 + seed % 7);
    if busy {
        world.ok(alpha, Request::Send { draft: long("intermediary", "a") });
        world.ok(mediator, Request::Send { draft: long("bravo", "b") });
        world.run(10);
    }
    let message = "codebook = \"standard\"\nnumber = 603".to_owned();
    let precedence = Some(precedence.to_owned());
    world.ok(alpha, Request::Notify { to: None, message, precedence, answers: None });
    let beats = (1..=BEATS_MAX).find(|_| {
        world.step();
        received(&mut world, bravo)
    });
    assert!(!busy || !world.is_delivered(), "the long dispatches were not under way any more");
    beats
}

fn main() {
    println!("beats from pressing send to the other station's alarm, of {RUNS} runs: least, median, most");
    for busy in [false, true] {
        println!("{}", if busy { "while a routine dispatch of 100 KiB is under way:" } else { "idle:" });
        for precedence in ["flash", "immediate", "priority", "routine"] {
            let mut all: Vec<u64> =
                (0..RUNS).map(|seed| beats(900 + seed, precedence, busy).unwrap_or(u64::MAX)).collect();
            all.sort_unstable();
            let of = |at: usize| match all.get(at).copied() {
                Some(u64::MAX) | None => format!("more than {BEATS_MAX}"),
                Some(beats) => beats.to_string(),
            };
            println!("  {precedence:<10}{:>5}{:>6}{:>6}", of(0), of(all.len() / 2), of(all.len() - 1));
        }
    }
}
