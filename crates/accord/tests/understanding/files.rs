use crate::sample::*;
use backchannel_accord::draft::DraftError;
use backchannel_accord::understanding::{Moment, SpanMs, check, parse, to_toml};

const PAGE: &str = include_str!("../../../../docs/spec/understanding.md");

/// The file the page of the format begins with.
fn example() -> String {
    let lines = PAGE.lines().skip_while(|line| !line.starts_with("    form"));
    let block = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
    block.map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

fn refused(from: &str, to: &str) -> DraftError {
    let text = example();
    assert!(text.contains(from), "{from}");
    parse(&text.replacen(from, to, 1)).unwrap_err()
}

fn line_of(part: &str) -> Option<usize> {
    example().lines().position(|line| line.contains(part)).map(|at| at + 1)
}

#[test]
fn the_file_of_the_page_is_read_and_frozen_but_for_its_unreviewed_translations() {
    let text = parse(&example()).unwrap();
    let found = lines(&check(&text));
    assert!(found.iter().all(|line| line.starts_with("CHECK-14 Warn ")), "{found:?}");
    assert!(!found.is_empty());
}

#[test]
fn what_is_written_reads_back_to_the_same() {
    for text in [
        parse(&example()).unwrap(),
        whole(),
        whole_of("joint", "reciprocal", &["ar", "en", "fa", "he", "ru"]),
    ] {
        let written = to_toml(&text);
        let read = parse(&written).map_err(|error| format!("{error}\n{written}")).unwrap();
        assert!(read == text, "{written}");
    }
}

#[test]
fn fields_that_are_not_known_are_named_with_their_line() {
    // UND-7
    let error = refused("quorum = 2", "quorum = 2\nquorums = 3");
    assert!(error.problem.contains("unknown field"), "{}", error.problem);
    assert_eq!(error.line, line_of("quorum = 2").map(|line| line + 1));
    assert_eq!(refused("[term]", "[term").line, line_of("[term]"));
    assert!(parse(&"#".repeat(1024 * 1024 + 1)).unwrap_err().problem.contains("too long"));
}

#[test]
fn names_that_are_not_listed_are_refused_with_the_list() {
    // UND-8
    let error = refused("form = \"gentle\"", "form = \"treaty\"");
    assert_eq!((error.line, error.hint.as_str()), (Some(1), "write one of \"gentle\", \"joint\""));
    assert!(refused("voice = \"intermediary\"", "voice = \"royal\"").hint.contains("\"reciprocal\""));
    assert!(refused("states = \"undertaking alpha\"", "states = \"a wish\"").hint.contains("undertaking ID"));
    assert!(refused("existence = \"if-asked\"", "existence = \"perhaps\"").hint.contains("\"secret\""));
    assert!(refused("from = \"rhetoric\"", "from = \"poetry\"").hint.contains("lists the clauses"));
    assert!(refused("place = \"anywhere\"", "place = \"somewhere\"").hint.contains("zones"));
    assert!(refused("time = \"term\"", "time = \"always\"").hint.contains("term"));
    assert!(refused("id = \"asked\"", "id = \"Asked\"").hint.contains("a to z"));
}

#[test]
fn instants_have_an_offset_and_spans_a_unit() {
    // UND-9
    let error = refused("from = \"2026-12-01T08:00+03:00\"", "from = \"2026-12-01T08:00\"");
    assert!(error.hint.contains("offset") && error.line == line_of("from = \"2026-12-01"));
    assert!(refused("notice = \"72h\"", "notice = \"72\"").hint.contains("unit"));
    for text in [
        "2026-12-01T08:00+15:00",
        "2026-12-01T08:00+03",
        "2026-12-01T08:00+03:60",
        "1970-01-01T00:00+01:00",
        "x",
    ] {
        assert_eq!(Moment::parse(text), None, "{text}");
    }
    assert_eq!(
        Moment::parse("2026-12-01T08:00+03:00").unwrap().instant(),
        Moment::parse("2026-12-01T05:00Z").unwrap().instant()
    );
    assert_eq!(
        Moment::parse("2026-11-30T22:30-06:30").unwrap().instant(),
        Moment::parse("2026-12-01T05:00Z").unwrap().instant()
    );
    for text in ["", "h", "0h", "1w", "-1h", "1.5h", "99999999999999999999s", "36600d1"] {
        assert_eq!(SpanMs::parse(text), None, "{text}");
    }
    assert_eq!(SpanMs::parse("72h"), Some(SpanMs(259_200_000)));
}

#[test]
fn a_day_without_an_hour_is_read_so_that_the_check_can_name_it() {
    let text = example().replace("from = \"2026-12-01T08:00+03:00\"", "from = 2026-12-01");
    let found = lines(&check(&parse(&text).unwrap()));
    assert!(found.contains(&"CHECK-1 Refuse term entry".to_owned()), "{found:?}");
}

#[test]
fn an_error_never_repeats_what_the_file_says() {
    // UND-10
    let secret = "northern batteries";
    let cases = [
        ("notice = \"72h\"", format!("notice = [\"{secret}\"]")),
        ("quorum = 2", format!("quorum = \"{secret}\"")),
        ("form = \"gentle\"", format!("form = \"{secret}\"")),
        ("act = \"rhetoric\"", format!("act = \"{secret}\"")),
        ("text.en = ", format!("text.{} = ", "\"northern batteries\"")),
        ("from = \"2026-12-01T08:00+03:00\"", format!("from = \"{secret}\"")),
    ];
    for (from, to) in cases {
        let error = refused(from, &to);
        assert!(!format!("{} {}", error.problem, error.hint).contains("northern"), "{error:?}");
    }
}

#[test]
fn what_cannot_stand_together_is_refused() {
    let cases = [
        ("lasts = \"90d\"", "lasts = \"90d\"\nuntil = \"2027-03-01T08:00Z\"", "both"),
        ("from = \"rhetoric\"", "from = \"rhetoric\"\ntext.en = \"x\"", "either"),
        ("languages = [\"en\", \"fr\"]", "languages = []", "no language"),
        ("languages = [\"en\", \"fr\"]", "drafted_in = \"ru\"\nlanguages = [\"en\", \"fr\"]", "not among"),
        ("by = [\"alpha\"]", "by = [\"alpha\", \"alpha\"]", "twice"),
        ("form = \"gentle\"\n", "", "missing"),
    ];
    for (from, to, problem) in cases {
        assert!(refused(from, to).problem.contains(problem), "{from}: {:?}", refused(from, to));
    }
}

#[test]
fn references_to_nothing_are_named_with_their_line() {
    // UND-4
    let cases = [
        ("by = [\"alpha\"]", "by = [\"nobody\"]", "no party"),
        ("to = [\"alpha\"]", "to = [\"nobody\"]", "no party"),
        ("confirmed_by = [\"alpha\", \"bravo\"]", "confirmed_by = [\"charlie\"]", "no party"),
        ("place = [\"strait\"]", "place = [\"gulf\"]", "zone of this place"),
        ("code = \"strait\"", "code = \"strait\"\noverlaps = [\"gulf\"]", "no zone"),
        ("states = \"permitted rhetoric\"", "states = \"permitted rhetorics\"", "states a permitted act"),
        ("states = \"undertaking alpha\"", "states = \"undertaking charlie\"", "states an undertaking"),
        ("code = \"bravo\"", "code = \"alpha\"", "another party"),
        ("id = \"end\"", "id = \"entry\"", "another clause"),
        ("name = { en = \"the strait\", fr", "name = { en = \"the strait\", ru", "not among"),
        ("value.line.fr", "value.line.ru", "not among"),
        ("reviewed_by.fr", "reviewed_by.ru", "not among"),
        ("languages = [\"en\", \"fr\"]", "languages = [\"en\", \"en\", \"fr\"]", "twice"),
    ];
    for (from, to, problem) in cases {
        let error = refused(from, to);
        assert!(error.problem.contains(problem) && !error.hint.is_empty(), "{from}: {error:?}");
        assert!(error.line.is_some(), "{error:?}");
    }
}
