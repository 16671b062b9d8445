//! vectors/life: entry and end as a text writes them, against instants reckoned by hand. Written anew with
//! `BACKCHANNEL_WRITE_VECTORS=1`; the body of a good one is the explanation.

use backchannel_accord::life::calendar::{Written, WrittenEnd, WrittenZone, reckon};
use backchannel_accord::time::rfc3339;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

/// Date, hour, whether included; "-" for what the text leaves out.
type Edge = (&'static str, &'static str, &'static str);

struct Case {
    name: &'static str,
    why: &'static str,
    offset: &'static str,
    entry: Edge,
    /// A number of days stands in the place of the date, with the hour "days".
    end: Edge,
    /// First and last instants, or the rule that is broken and nothing.
    expect: (&'static str, &'static str),
}

const SIX: Edge = ("2027-03-01", "06:00", "yes");
const LATER: Edge = ("2027-09-01", "06:00", "no");

fn case(
    name: &'static str,
    offset: &'static str,
    entry: Edge,
    end: Edge,
    expect: (&'static str, &'static str),
    why: &'static str,
) -> Case {
    Case { name, why, offset, entry, end, expect }
}

#[rustfmt::skip]
fn good() -> Vec<Case> {
    vec![
        case("half-hour-zone", "+03:30", SIX, ("2027-08-31", "whole day", "yes"),
            ("2027-03-01T02:30:00.000Z", "2027-08-31T20:29:59.999Z"), "a zone of half an hour, ending with a day"),
        case("ends-not-included", "Z", ("2027-01-01", "00:00", "no"), ("2027-01-02", "00:00", "no"),
            ("2027-01-01T00:00:00.001Z", "2027-01-01T23:59:59.999Z"), "neither instant belongs to it (WHEN-4)"),
        case("year-end-west", "-05:00", ("2026-12-31", "19:00", "yes"), ("2027-12-31", "18:59:59", "yes"),
            ("2027-01-01T00:00:00.000Z", "2027-12-31T23:59:59.000Z"), "the year ends earlier in UTC than in the zone"),
        case("year-begin-east", "+14:00", ("2027-01-01", "whole day", "yes"), ("2027-01-01", "whole day", "yes"),
            ("2026-12-31T10:00:00.000Z", "2027-01-01T09:59:59.999Z"), "the easternmost zone: its day begins in the old year"),
        case("leap-day", "+05:45", ("2028-02-29", "00:00", "yes"), ("1", "days", "no"),
            ("2028-02-28T18:15:00.000Z", "2028-02-29T18:14:59.999Z"), "one day from the first instant of a leap day"),
        case("days-included", "Z", SIX, ("30", "days", "yes"),
            ("2027-03-01T06:00:00.000Z", "2027-03-31T06:00:00.000Z"), "the instant reached belongs to it"),
        case("days-from-the-first-instant", "Z", ("2027-03-01", "06:00", "no"), ("1", "days", "no"),
            ("2027-03-01T06:00:00.001Z", "2027-03-02T06:00:00.000Z"), "days run from the first instant in effect (WHEN-8)"),
        case("half-hour-west", "-03:30", ("2027-06-30", "23:00", "yes"), ("2027-07-01", "whole day", "no"),
            ("2027-07-01T02:30:00.000Z", "2027-07-01T03:29:59.999Z"), "a day that does not belong to it ends it at its midnight"),
        case("one-instant", "Z", SIX, SIX,
            ("2027-03-01T06:00:00.000Z", "2027-03-01T06:00:00.000Z"), "from an instant to itself, both included: a millisecond"),
        case("epoch", "Z", ("1970-01-01", "00:00", "yes"), ("1970-01-01", "00:00:01", "no"),
            ("1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.999Z"), "the first instant there is (WHEN-6)"),
        case("last-day", "Z", ("9999-12-31", "whole day", "yes"), ("9999-12-31", "whole day", "yes"),
            ("9999-12-31T00:00:00.000Z", "9999-12-31T23:59:59.999Z"), "the last day there is (WHEN-6)"),
        case("days-not-included", "Z", ("2028-02-28", "whole day", "no"), ("2028-03-01", "whole day", "no"),
            ("2028-02-29T00:00:00.000Z", "2028-02-29T23:59:59.999Z"), "between two days that do not belong to it, a leap day"),
    ]
}

#[rustfmt::skip]
fn bad() -> Vec<Case> {
    let entry = |name, entry, rule, why| case(name, "Z", entry, LATER, (rule, ""), why);
    let end = |name, end, rule, why| case(name, "Z", SIX, end, (rule, ""), why);
    let zone = |name, offset, why| case(name, offset, SIX, LATER, ("WHEN-5", ""), why);
    vec![
        entry("entry-without-hour", ("2027-03-01", "-", "yes"), "WHEN-2", "a date alone: from which hour?"),
        end("end-without-hour", ("2027-09-01", "-", "yes"), "WHEN-2", "a date alone: with its first hour or its last?"),
        entry("entry-open", ("2027-03-01", "06:00", "-"), "WHEN-4", "does the instant belong to it?"),
        end("end-open", ("2027-09-01", "06:00", "-"), "WHEN-4", "does the instant belong to it?"),
        end("whole-day-open", ("2027-09-01", "whole day", "-"), "WHEN-4", "until that day: with it or without it?"),
        end("days-open", ("30", "days", "-"), "WHEN-4", "does the instant reached belong to it?"),
        entry("no-leap-year", ("2027-02-29", "06:00", "yes"), "WHEN-1", "2027 has no such day"),
        end("no-leap-century", ("2100-02-29", "06:00", "yes"), "WHEN-1", "2100 is no leap year"),
        entry("thirteenth-month", ("2027-13-01", "06:00", "yes"), "WHEN-1", "no such month"),
        entry("day-first", ("01-03-2027", "06:00", "yes"), "WHEN-1", "the day first: not one way of writing, but two"),
        entry("slashes", ("2027/03/01", "06:00", "yes"), "WHEN-1", "another way of writing"),
        entry("short-year", ("27-03-01", "06:00", "yes"), "WHEN-1", "a year of two digits"),
        end("hour-24", ("2027-08-31", "24:00", "no"), "WHEN-3", "midnight is 00:00 of the day it begins"),
        end("leap-second", ("2027-08-31", "23:59:60", "yes"), "WHEN-3", "leap seconds are not counted"),
        entry("short-hour", ("2027-03-01", "6:00", "yes"), "WHEN-3", "an hour has two digits"),
        entry("hour-in-words", ("2027-03-01", "6 pm", "yes"), "WHEN-3", "no hour in words"),
        entry("fraction", ("2027-03-01", "06:00:00.5", "yes"), "WHEN-3", "no parts of a second"),
        entry("hour-with-zone", ("2027-03-01", "06:00Z", "yes"), "WHEN-3", "the zone is named once, beside the hour"),
        zone("zone-by-name", "Asia/Kathmandu", "what a name means is changed by decree"),
        zone("zone-too-far", "+14:01", "no zone is so far from UTC"),
        zone("zone-minus-zero", "-00:00", "minus zero says that the zone is not known (RFC 3339)"),
        zone("zone-without-colon", "+0330", "another way of writing"),
        zone("zone-missing", "", "no zone"),
        zone("zone-minutes", "+03:60", "an hour has sixty minutes"),
        case("before-the-calendar", "+00:30", ("1970-01-01", "00:00", "yes"), LATER, ("WHEN-6", ""), "in UTC it is still 1969"),
        case("day-before-the-calendar", "Z", SIX, ("1970-01-01", "whole day", "no"), ("WHEN-6", ""), "the last instant would lie in 1969"),
        case("beyond-the-calendar", "-00:01", SIX, ("9999-12-31", "23:59", "yes"), ("WHEN-6", ""), "in UTC it is the year 10000"),
        case("entry-beyond-the-calendar", "Z", ("9999-12-31", "whole day", "no"), LATER, ("WHEN-6", ""), "after the last day there is no first instant"),
        end("days-without-end", ("4294967295", "days", "no"), "WHEN-6", "eleven million years"),
        end("backwards", ("2027-02-28", "06:00", "no"), "WHEN-7", "the end lies before the entry"),
        case("same-instant-excluded", "Z", ("2027-03-01", "06:00", "no"), SIX, ("WHEN-7", ""), "from after an instant up to it"),
        end("end-excluded-at-entry", ("2027-03-01", "06:00", "no"), "WHEN-7", "from an instant up to before it"),
        end("no-days", ("0", "days", "no"), "WHEN-7", "no time at all"),
        case("same-day-excluded", "Z", ("2027-03-01", "whole day", "yes"), ("2027-03-01", "whole day", "no"), ("WHEN-7", ""), "from a day to before it"),
    ]
}

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../vectors/life")
}

fn write_all() {
    let _ = std::fs::remove_dir_all(directory());
    std::fs::create_dir_all(directory()).unwrap();
    for case in good().iter().chain(&bad()) {
        let fine = !case.expect.1.is_empty();
        let expect = if fine { "ok" } else { case.expect.0 };
        let (entry, end) = (case.entry, case.end);
        let mut out = format!("backchannel-vector: v1\nformat: life\nexpect: {expect}\nwhy: {}\n", case.why);
        writeln!(out, "offset: {}", case.offset).unwrap();
        writeln!(out, "entry: {}\nentry-hour: {}\nentry-included: {}", entry.0, entry.1, entry.2).unwrap();
        writeln!(out, "end: {}\nend-hour: {}\nend-included: {}", end.0, end.1, end.2).unwrap();
        if fine {
            writeln!(out, "first: {}\nlast: {}", case.expect.0, case.expect.1).unwrap();
        }
        let headers: BTreeMap<&str, &str> =
            out.lines().map(|line| line.split_once(": ").unwrap_or((line, ""))).collect();
        let steps = reckon(&written(&headers)).map_or(String::new(), |exact| explained(&exact.steps));
        std::fs::write(directory().join(format!("{}.txt", case.name)), format!("{out}\n{steps}")).unwrap();
    }
}

fn explained(steps: &[backchannel_accord::life::calendar::Step]) -> String {
    steps.iter().fold(String::new(), |text, step| format!("{text}{step}\n"))
}

fn written(headers: &BTreeMap<&str, &str>) -> WrittenZone {
    let given = |name: &str| Some(headers[name].to_owned()).filter(|value| value != "-");
    let included = |name: &str| given(name).map(|value| value == "yes");
    let edge = |edge: &str| Written {
        date: headers[edge].to_owned(),
        hour: given(&format!("{edge}-hour")),
        included: included(&format!("{edge}-included")),
    };
    let end = match headers["end-hour"] {
        "days" => {
            WrittenEnd::Days { days: headers["end"].parse().unwrap(), included: included("end-included") }
        }
        _ => WrittenEnd::At(edge("end")),
    };
    let offset = headers.get("offset").copied().unwrap_or_default();
    WrittenZone { offset: offset.to_owned(), entry: edge("entry"), end }
}

/// WHEN-1 to WHEN-8.
#[test]
fn every_vector_gives_what_it_expects() {
    if std::env::var_os("BACKCHANNEL_WRITE_VECTORS").is_some_and(|value| value == "1") {
        write_all();
    }
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(directory()).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let (head, body) = text.split_once("\n\n").unwrap();
        let headers: BTreeMap<&str, &str> = head
            .lines()
            .map(|line| line.split_once(": ").unwrap_or((line.trim_end_matches(':'), "")))
            .collect();
        assert_eq!((headers["backchannel-vector"], headers["format"]), ("v1", "life"));
        let outcome = match reckon(&written(&headers)) {
            Ok(exact) => {
                assert_eq!(rfc3339(exact.first), headers["first"], "{}", path.display());
                assert_eq!(rfc3339(exact.last), headers["last"], "{}", path.display());
                assert_eq!(explained(&exact.steps), body, "{}", path.display());
                "ok"
            }
            Err(error) => error.rule(),
        };
        assert_eq!(outcome, headers["expect"], "{}: {}", path.display(), headers["why"]);
        found.insert(outcome);
    }
    assert_eq!(found.len(), 8, "{found:?}");
}

proptest::proptest! {
    /// WHEN-1 to WHEN-7: no text makes the reckoning panic.
    #[test]
    fn no_text_makes_the_reckoning_panic(
        offset in "[-+Z]?\\PC{0,6}", date in "\\PC{0,12}|[0-9]{4}-[0-9]{2}-[0-9]{2}", hour in "\\PC{0,9}|[0-9:]{5}|whole day",
        days in proptest::prelude::any::<u32>(), included in proptest::prelude::any::<bool>(),
    ) {
        let entry = Written { date, hour: Some(hour), included: Some(included) };
        let end = WrittenEnd::Days { days, included: Some(included) };
        let _ = reckon(&WrittenZone { offset, entry, end });
    }
}
