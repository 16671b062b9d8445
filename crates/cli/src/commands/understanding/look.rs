use crate::commands::incident;
use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// List the understandings on record here, each with its state
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel understanding list")]
pub struct List {}

/// Show the whole of an understanding: clauses, versions, state
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  backchannel understanding show 7c1e\n  backchannel understanding show 7c1e --lang fr"
)]
pub struct Show {
    /// The understanding
    id: String,
    /// Only this language
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

/// Tell the state at an instant: it follows from the record alone, the same at every station
#[derive(clap::Args)]
#[command(after_help = STATUS_EXAMPLES)]
pub struct Status {
    /// The understanding
    id: String,
    /// The instant; now without it
    #[arg(long, value_name = "UTC")]
    at: Option<String>,
}

const STATUS_EXAMPLES: &str = "\
Examples:
  backchannel understanding status 7c1e
  backchannel understanding status 7c1e --at 2026-12-01T05:00:00Z";

pub fn list(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::UnderstandingList {})?;
    let line = |one: &Value| {
        let id: String = screen::text_of(one, "id").chars().take(8).collect();
        let (form, state) = (screen::text_of(one, "form"), screen::text_of(one, "state"));
        let until = one.get("until").and_then(Value::as_str).map(screen::instant);
        let until = until.map(|until| format!(", until {until} UTC")).unwrap_or_default();
        let parties = texts(one, "parties").join(", ");
        format!("{}{}{state}{until}: {parties}", screen::filled(&id, 10), screen::filled(&form, 8))
    };
    let lines: Vec<String> = screen::list_of(&json, "understandings").iter().map(line).collect();
    let text = if lines.is_empty() { "There is no understanding here.".to_owned() } else { lines.join("\n") };
    Ok(Report { json, text })
}

pub fn show(args: Show, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::UnderstandingShow { id: args.id })?;
    let lang = args.lang.as_deref();
    let parts = [told(&json, lang), findings(&json), approvals(&json), comments(&json), tries(&json)];
    let mut parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.extend(newer(&json));
    parts.extend(next(&json).map(|next| screen::laid_out(&format!("Next: {next}"), 0)));
    Ok(Report { json, text: parts.join("\n\n") })
}

/// The head and the clauses of an understanding, in one language or in all.
pub fn told(json: &Value, lang: Option<&str>) -> String {
    let mut lines = head(json);
    for clause in screen::list_of(json, "clauses") {
        lines.push(format!("\n{}", screen::text_of(clause, "id")));
        let versions = screen::list_of(clause, "versions").iter();
        let wanted = versions.filter(|one| lang.is_none_or(|lang| screen::text_of(one, "lang") == lang));
        lines.extend(wanted.map(version));
    }
    lines.join("\n")
}

fn head(json: &Value) -> Vec<String> {
    let form = match screen::text_of(json, "form").as_str() {
        "joint" => "The joint form: one signature that anybody can check.",
        _ => "The gentlemen's form: deniable for ever.",
    };
    let voice = match screen::text_of(json, "voice").as_str() {
        "reciprocal" => "the parties to each other",
        _ => "the intermediary",
    };
    let (parties, pen) = (texts(json, "parties").join(", "), screen::text_of(json, "pen"));
    let pen = if pen.is_empty() { pen } else { format!(" The pen is with: {pen}.") };
    let mut lines = vec![
        screen::heading(&format!("Understanding {}", screen::text_of(json, "id"))),
        screen::laid_out(&format!("Between {parties}. {form} Who speaks in it: {voice}.{pen}"), 0),
        format!("State: {}.", screen::text_of(json, "state")),
    ];
    match screen::text_of(json, "digest").as_str() {
        "" => lines.push("No version is frozen.".to_owned()),
        digest => lines.push(format!("Version {}, digest {digest}", screen::number_of(json, "version"))),
    }
    lines.push(period(json));
    lines.extend(place_taken(json));
    if screen::is(json, "burned") {
        lines.push("Its text was burned here; what it binds to is known to the others.".to_owned());
    }
    if json.get("summary").is_some_and(|summary| screen::is(summary, "told")) {
        let text =
            "Nobody is bound before every party confirmed that its people were told (`understanding told`).";
        lines.push(screen::laid_out(text, 0));
    }
    lines
}

/// Whose place it takes, which a person who approves has to know.
fn place_taken(json: &Value) -> Option<String> {
    let of = json.get("supersedes").filter(|of| of.is_object())?;
    let (id, digest) = (screen::text_of(of, "id"), screen::text_of(of, "digest"));
    let which = if id.is_empty() {
        format!("an understanding that is not on record here, of the digest {digest}")
    } else {
        format!("understanding {id}")
    };
    let text = format!(
        "It takes the place of {which}, which ends in the instant in which this one enters into force."
    );
    Some(screen::laid_out(&text, 0))
}

/// What takes its place, and when.
fn successor(json: &Value) -> Option<String> {
    let by = json.get("superseded_by").filter(|by| by.is_object())?;
    let (id, from) = (screen::text_of(by, "id"), screen::text_of(by, "from"));
    let text = format!("Understanding {id} takes its place at {} UTC.", screen::instant(&from));
    Some(screen::laid_out(&text, 0))
}

/// The words of the digest, for comparing by voice.
pub fn words(json: &Value) -> String {
    format!("The words of the digest, the same on every side:\n  {}", texts(json, "words").join(" "))
}

fn version(version: &Value) -> String {
    let lang = screen::text_of(version, "lang");
    let mark = if screen::is(version, "unreviewed") {
        screen::warning(" (a translation that nobody has reviewed)")
    } else {
        String::new()
    };
    let text = version.get("text").and_then(Value::as_str).unwrap_or_default();
    format!("  {lang}{mark}\n{}", screen::wrapped(text, 4))
}

fn period(json: &Value) -> String {
    let instant = |key: &str| json.get(key).and_then(Value::as_str).map(screen::instant);
    match (instant("in_effect_from"), instant("until")) {
        (Some(from), Some(until)) => format!("In effect from {from} UTC until {until} UTC."),
        (Some(from), None) => format!("In effect from {from} UTC."),
        _ => "It has not been brought into effect.".to_owned(),
    }
}

/// What checking the text found; empty if nothing.
pub fn findings(json: &Value) -> String {
    let line = |one: &Value| {
        let severity = if screen::text_of(one, "severity") == "refuse" { "refused" } else { "to be weighed" };
        let (place, message) = (screen::text_of(one, "place"), screen::text_of(one, "message"));
        screen::laid_out(&format!("{severity}, {place}: {message}"), 2)
    };
    section("What checking the text found", screen::list_of(json, "findings"), line)
}

fn approvals(json: &Value) -> String {
    let line = |one: &Value| {
        let (party, quorum) = (screen::text_of(one, "party"), screen::number_of(one, "quorum"));
        let text = match one.get("by").filter(|by| by.is_array()) {
            Some(_) if texts(one, "by").is_empty() => format!("{party}: nobody yet, of {quorum} needed"),
            Some(_) => format!("{party}: {}; {quorum} needed", texts(one, "by").join(", ")),
            None => format!("{party}: {quorum} needed; who has approved there is not shown to others"),
        };
        screen::laid_out(&text, 2)
    };
    section("Approvals", screen::list_of(json, "approvals"), line)
}

fn comments(json: &Value) -> String {
    let line = |one: &Value| {
        let clause = screen::text_of(one, "clause");
        let on = if clause.is_empty() { "the whole text".to_owned() } else { format!("clause {clause}") };
        let head = format!("{}, on {on}, {}", screen::text_of(one, "by"), screen::stamp(one));
        let said = one.get("text").and_then(Value::as_object);
        let said = said.into_iter().flatten().map(|(lang, text)| {
            let text = text.as_str().unwrap_or_default();
            format!("    {}\n{}", screen::one_line(lang), screen::wrapped(text, 6))
        });
        std::iter::once(screen::laid_out(&head, 2)).chain(said).collect::<Vec<_>>().join("\n")
    };
    section("Comments", screen::list_of(json, "comments"), line)
}

fn tries(json: &Value) -> String {
    let lines: Vec<String> = screen::list_of(json, "tries").iter().zip(1..).map(one_try).collect();
    lines.join("\n")
}

fn newer(json: &Value) -> Option<String> {
    json.get("on_the_table").filter(|table| table.is_array()).map(|_| {
        screen::laid_out(
            "A newer text lies on the table. What is shown here is the version that is frozen.",
            0,
        )
    })
}

/// What is for people to do, by the state alone.
fn next(json: &Value) -> Option<&'static str> {
    Some(match screen::text_of(json, "state").as_str() {
        "submitted" => {
            "the parties comment (`understanding comment`); whoever holds the pen freezes a version."
        }
        "frozen" => "heads and principals approve (`understanding approve`).",
        "approving" => "once a side's approvals are complete, its head deposits (`understanding deposit`).",
        "deposited" => {
            "nothing is asked of people; the stations finish it, or everything is destroyed at the limit."
        }
        "in effect" | "renewed" => {
            "to go on after its end, every side reaffirms in time (`understanding renew`)."
        }
        "in question" => {
            "the side whose act it was explains it (`clarify`), and the sides close it together (`incident close`)."
        }
        "suspended" => "the sides lift it together (`incident close`), or it goes on at its instant.",
        "void" => "nobody is bound; approve and deposit again, or freeze another version.",
        _ => return None,
    })
}

fn section(title: &str, list: &[Value], line: impl Fn(&Value) -> String) -> String {
    if list.is_empty() {
        return String::new();
    }
    std::iter::once(screen::heading(title)).chain(list.iter().map(line)).collect::<Vec<_>>().join("\n")
}

fn texts(json: &Value, key: &str) -> Vec<String> {
    screen::list_of(json, key).iter().filter_map(Value::as_str).map(screen::one_line).collect()
}

/// How far one try to bring it into effect has come.
fn one_try((one, number): (&Value, usize)) -> String {
    let names = |key: &str| {
        let names = texts(one, key);
        if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
    };
    let fate = screen::text_of(one, "fate");
    let destroyed = if screen::is(one, "destroyed") { " The depositary destroyed everything." } else { "" };
    let text = format!(
        "Try {number}: {fate}. Deposited: {}. Acknowledged: {}.{destroyed}",
        names("deposited"),
        names("acknowledged")
    );
    screen::laid_out(&text, 2)
}

/// One zone of several, or one whose people have not been told.
fn zone(one: &Value) -> String {
    let instant = |key: &str| one.get(key).and_then(Value::as_str).map(screen::instant);
    let from = instant("from").map(|from| format!("from {from} UTC ")).unwrap_or_default();
    let until = instant("until").unwrap_or_default();
    let state = if screen::is(one, "in_effect") { "in effect" } else { "not in effect" };
    let untold = texts(one, "untold");
    let untold = match untold.is_empty() {
        true => String::new(),
        false => format!("; not confirmed yet that those bound were told: {}", untold.join(", ")),
    };
    screen::laid_out(&format!("Zone {from}until {until} UTC: {state}{untold}."), 2)
}

pub fn status(args: Status, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::UnderstandingStatus { id: args.id, at: args.at })?;
    let at = json.get("at").and_then(Value::as_str).map(screen::instant);
    let at = at.map(|at| format!(" at {at} UTC")).unwrap_or_default();
    let mut lines = vec![format!("State{at}: {}.", screen::text_of(&json, "state")), period(&json)];
    if screen::is(&json, "signed_only") {
        lines.push("It was signed and released, and is not in effect.".to_owned());
    }
    match json.get("renewals").and_then(Value::as_u64).unwrap_or(0) {
        0 => {}
        1 => lines.push("Renewed once.".to_owned()),
        times => lines.push(format!("Renewed {times} times.")),
    }
    lines.extend(brake(&json).iter().map(|line| screen::laid_out(line, 0)));
    lines.extend(screen::list_of(&json, "notices").iter().map(notice));
    lines.extend(screen::list_of(&json, "unfinished").iter().map(unfinished));
    lines.extend(successor(&json));
    let zones = screen::list_of(&json, "zones");
    if zones.len() > 1 || zones.iter().any(|one| !texts(one, "untold").is_empty()) {
        lines.extend(zones.iter().map(zone));
    }
    lines.extend(screen::list_of(&json, "tries").iter().zip(1..).map(one_try));
    lines.extend(screen::list_of(&json, "incidents").iter().map(incident::told));
    Ok(Report { json, text: lines.join("\n") })
}

/// What holds an end back, or leaves it uncertain.
fn brake(json: &Value) -> Vec<String> {
    let instant = |key: &str| json.get(key).and_then(Value::as_str).map(screen::instant);
    let held = instant("held").map(|end| {
        format!("By its terms, or by notice, it would end at {end} UTC; the brake holds that back.")
    });
    let ending = screen::is(json, "ending").then(|| {
        "Its end has come and is not certain yet: an incident opened before it may still be on its way. Until then it binds."
            .to_owned()
    });
    let suspended = instant("suspended_until")
        .map(|until| format!("It binds nobody until {until} UTC, as all sides agreed."));
    [held, ending, suspended].into_iter().flatten().collect()
}

/// A notice that stands.
fn notice(one: &Value) -> String {
    let (party, at) = (screen::text_of(one, "party"), screen::instant(&screen::text_of(one, "effective")));
    let urgent = if screen::is(one, "urgent") { ", on urgent grounds" } else { "" };
    screen::laid_out(&format!("{party} gave notice of withdrawal for {at} UTC{urgent}."), 0)
}

/// What some of a party's people said, and others have still to.
fn unfinished(one: &Value) -> String {
    let (party, by) = (screen::text_of(one, "party"), texts(one, "by").join(", "));
    let at = one.get("instant").and_then(Value::as_str).map(screen::instant).unwrap_or_default();
    let what = match screen::text_of(one, "what").as_str() {
        "reaffirmed" => format!("a reaffirmation until {at} UTC"),
        "notice" => format!("a notice of withdrawal for {at} UTC"),
        _ => "that its notice is taken back".to_owned(),
    };
    screen::laid_out(
        &format!("Not {party}'s word yet: {what}, said by {by}. Its quorum has still to say it."),
        0,
    )
}
