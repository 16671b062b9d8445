//! Texts that can be rehearsed and texts that cannot, and what can be varied.

use super::*;

/// A fault of the pact's text after a change: its line, and words that its problem and its hint hold.
#[track_caller]
fn refused(from: &str, to: &str, problem: &str, hint: &str) {
    assert!(PACT.contains(from), "{from}");
    let file = PACT.replacen(from, to, 1);
    let faults = read_text(&file).unwrap_err();
    let first = &faults.0[0];
    let line = first.line.expect("a line is named");
    let found = file.lines().nth(line - 1).unwrap();
    assert!(to.lines().any(|changed| changed == found), "line {line}: {found}\n{faults}");
    assert!(first.problem.contains(problem) && first.hint.contains(hint), "{faults}");
}

// REH-5, REH-28
#[test]
fn a_text_that_contradicts_itself_is_refused_with_its_line() {
    refused("notice = \"72h\"", "notise = \"72h\"", "unknown field", "whole file");
    refused("brake = \"24h\"", "brake = \"a day\"", "not a span", "\"72h\"");
    let renewal = "renewal = { by = \"90d\", before = \"24h\" }";
    refused(renewal, "renewal = { by = \"90d\", before = \"100d\" }", "CHECK-21", "shorten `before`");
    refused("lasts = \"90d\"", "until = \"2026-12-01T00:00Z\"", "ends before it begins", "move the end");
    refused("from = \"2027-01-01T00:00Z\"", "from = \"2027-01-01\"", "CHECK-1", "offset from UTC");
    let permitted = "[[permitted]]\nid = \"rhetoric\"\nact = \"rhetoric\"";
    let strike =
        "[[permitted]]\nid = \"rhetoric\"\nact = \"self-defence\"\nplace = \"anywhere\"\ntime = \"term\"";
    refused(permitted, strike, "CHECK-4", "");
    // Bravo assures nothing: that is said of its own table.
    let alone =
        PACT.replace("by = [\"bravo\"]\ntowards = [\"alpha\"]", "by = [\"alpha\"]\ntowards = [\"bravo\"]");
    let faults = read_text(&alone).unwrap_err();
    let bravo = 1 + PACT.lines().position(|line| line == "code = \"bravo\"").unwrap();
    assert!(
        faults.0.iter().any(|fault| fault.problem.contains("CHECK-15") && fault.line == Some(bravo - 1)),
        "{faults}"
    );
}

// REH-28
#[test]
fn a_rehearsal_has_two_sides_and_their_times() {
    let mut three = text();
    let mut third = three.parties[1].clone();
    third.number = backchannel_wire::PartyNo(3);
    three.parties.push(third);
    let faults = Rehearsal::new(&three, &Model::default()).unwrap_err();
    assert!(faults.0[0].problem.contains("two sides") && faults.0[0].hint.contains("two parties"));
    let mut unfinished = text();
    unfinished.timing.from = None;
    assert!(Rehearsal::new(&unfinished, &Model::default()).unwrap_err().0[0].problem.contains("CHECK-20"));
}

// REH-28
#[test]
fn a_text_that_asks_that_people_be_told_and_zones_of_their_own_are_rehearsed() {
    let told = PACT.replace("brake = \"24h\"", "brake = \"24h\"\ntold = true");
    let told = Rehearsal::new(&read_text(&told).unwrap(), &Model::parse(STILL).unwrap()).unwrap();
    assert_eq!(end(&told, &[]), HELD);
    let zone = PACT.replace(
        "[confidence]",
        "[[term.zone]]\nzone = \"north\"\nfrom = \"2027-01-05T00:00Z\"\ninclusive = true\n[confidence]",
    ) + "\n[[zone]]\ncode = \"north\"\nname = { en = \"the north\" }\n";
    let zone = Rehearsal::new(&read_text(&zone).unwrap(), &Model::parse(STILL).unwrap()).unwrap();
    assert_eq!(end(&zone, &[]), HELD);
    assert_eq!(end(&zone.vary("forgets", "1").unwrap(), &[]).0, 90 * DAY);
}

// REH-28
#[test]
fn every_knob_turns_to_both_of_its_ends_and_says_where_it_stands() {
    let plain = Rehearsal::new(&text(), &Model::default()).unwrap();
    for knob in KNOBS.iter() {
        for value in [&knob.low, &knob.high] {
            let turned = plain
                .vary(knob.name, value)
                .unwrap_or_else(|faults| panic!("{} = {value}: {faults}", knob.name));
            let said = turned.value(knob.name).unwrap();
            assert_eq!(turned.vary(knob.name, &said).unwrap().value(knob.name), Some(said));
        }
        assert!(plain.value(knob.name).is_some());
    }
    let value = |name: &str| plain.value(name).unwrap();
    assert_eq!(
        [value("brake"), value("lasts"), value("batching"), value("read-back")],
        ["1d", "90d", "none", "no"]
    );
}

// REH-28
#[test]
fn what_cannot_be_varied_is_refused_with_what_can() {
    let plain = Rehearsal::new(&text(), &Model::default()).unwrap();
    let refused = |name: &str, value: &str, problem: &str, hint: &str| {
        let faults = plain.vary(name, value).unwrap_err();
        assert!(faults.0[0].problem.contains(problem) && faults.0[0].hint.contains(hint), "{faults}");
    };
    refused("break", "72h", "no term and no assumption", "`brake`");
    refused("patience", "3", "no term and no assumption", "patience_hours");
    refused("brake", "soon", "no length of time for brake", "\"72h\"");
    refused("brake", "99999d", "no length of time", "at most 36600 days");
    refused("lasts", "none", "a length is needed", "\"90d\"");
    refused("lasts", "12h", "before the understanding begins", "`renewal-before`");
    refused("batching", "5h", "divide a day", "12h");
    refused("read-back", "perhaps", "neither yes nor no", "yes or no");
    refused("channel", "telepathic", "is not one of those", "faithful");
    refused("lawful", "2", "REH-2", "a probability");
    let unrenewed = plain.vary("renewal", "none").unwrap();
    assert!(unrenewed.vary("renewal-before", "1h").unwrap_err().0[0].hint.contains("vary `renewal`"));
    // A fault names no line: it is in no file.
    assert!(plain.vary("brake", "soon").unwrap_err().0.iter().all(|fault| fault.line.is_none()));
}

// REH-2
#[test]
fn rates_and_years_that_no_run_would_come_to_the_end_of_are_refused() {
    let plain = Rehearsal::new(&text(), &Model::default()).unwrap();
    let long = plain.vary("years", "1000").unwrap();
    let faults = long.vary("accidents_per_year", "1000").unwrap_err();
    assert!(
        faults.0[0].problem.contains("events are expected") && faults.0[0].hint.contains("100000"),
        "{faults}"
    );
}

// REH-3, REH-28
#[test]
fn cells_of_a_row_that_are_varied_together_are_what_they_were_varied_to() {
    let cells = [("attribution.accident.breach", "0.5"), ("attribution.accident.accident", "0.3")];
    let [one, other] = [cells, [cells[1], cells[0]]].map(|cells| still(&[]).vary_all(&cells).unwrap());
    for rehearsal in [&one, &other] {
        let row = [0, 1, 2, 3].map(|seen| rehearsal.model().attribution(1, 1, seen));
        assert_eq!((row[0], row[1]), (0.5, 0.3));
        assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{row:?}");
    }
    let much = [("attribution.accident.breach", "0.8"), ("attribution.accident.accident", "0.3")];
    assert!(still(&[]).vary_all(&much).unwrap_err().1.0[0].problem.contains("add up to"));
}
