//! Rehearsal: a term is changed, and the curve follows. It predicts nothing, and says so first.

use super::layout::{self, Nav, area, choice, line, section};
use super::overview::short;
use super::{Made, ask, open, serve};
use crate::door::{Fields, Visit};
use crate::look::Look;
use crate::tongue::{Tongue, ids};
use axum::response::Response;
use backchannel_accord::claims::Exported;
use backchannel_rehearsal::inquiry::{Answer, Inquiry, InquiryError, Named, Saved, Watched};
use backchannel_rehearsal::model::{Faults, Model, SIDES};
use backchannel_rehearsal::report::{self, plots};
use backchannel_rehearsal::statistics::Level;
use backchannel_rehearsal::study::{CHUNK_RUNS, Progress};
use backchannel_rehearsal::world::{Rehearsal, read_text};
use backchannel_station::api::{ErrorKind, Failure, Request};
use maud::{Markup, PreEscaped, html};
use serde_json::Value;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;
use tokio::sync::Notify;

/// Terms that can be changed here.
pub const TERMS: [&str; 7] = ["brake", "reply", "notice", "complaint", "lasts", "renewal", "batching"];
/// What becomes of words on their way.
const COURIERS: [&str; 6] = ["faithful", "slow", "biased", "faithless", "absent", "none"];
/// How a side decides. A table is written in a file of assumptions.
const RULES: [&str; 5] = ["bayes", "unforgiving", "generous", "contrite", "trigger"];
/// The words that can be changed here, and from what.
const WORDS: [(&str, &[&str]); 3] = [("channel", &COURIERS), ("first.rule", &RULES), ("second.rule", &RULES)];
/// Runs of each curve, if there is time.
const RUNS: u64 = 2_000;
/// Of the intervals.
const LEVEL: Level = Level::NINETY_FIVE;

/// The page.
pub async fn show(visit: Visit) -> Response {
    let made = make(&visit).await;
    serve(&visit, made)
}

async fn make(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let list = ask(visit, Request::UnderstandingList {}).await?;
    let words = visit.words;
    let all = list.list("understandings");
    let asked = visit.query.get("of");
    let first = all.iter().find(|one| one.text("id") == asked).or(all.first());
    let body = html! {
        p.notice { (report::notice(words.lang)) }
        @match first {
            None => { p.quiet { (words.t(ids::RH_NONE)) } }
            Some(_) if visit.entered.share => { (layout::hidden(words)) }
            Some(one) => { (desk(visit, all, one, &file(visit, one.text("id")).await?)) }
        }
    };
    Ok(layout::page(visit, &status, Some(Nav::Rehearsal), &words.t(ids::PAGE_REHEARSAL), body))
}

/// The text of an understanding as its file.
pub async fn file(visit: &Visit, id: &str) -> Result<String, Failure> {
    let shown = ask(visit, Request::UnderstandingShow { id: id.to_owned() }).await?;
    let burned =
        || Failure::new(ErrorKind::NotFound, "Its text was burned here.", "Rehearse another, or a file.");
    shown.some("file").map(str::to_owned).ok_or_else(burned)
}

fn desk(visit: &Visit, all: &[Value], one: &Value, file: &str) -> Markup {
    let words = visit.words;
    let texts: Vec<(String, String)> = all
        .iter()
        .map(|one| {
            let form = words.named(ids::UN_FORM, "form", one.text("form"));
            (one.text("id").to_owned(), format!("{} {form}", short(one.text("id"))))
        })
        .collect();
    let plain = read_text(file).and_then(|text| {
        let sides = text.parties.iter().map(|party| party.code.to_string()).collect::<Vec<_>>();
        Ok((Rehearsal::new(&text, &Model::default())?, sides))
    });
    html! {
        p { (words.t(ids::RH_WHY)) }
        div.side-by-side {
            form id="rehearse" data-check="/check/rehearsal" data-into="curve" {
                input type="hidden" name="csrf" value=(visit.entered.csrf.as_str());
                (choice("of", "of", &words.t(ids::RH_WHICH), &texts, one.text("id")))
                @match &plain {
                    Err(faults) => { (crate::fault::told(words, &faulty(faults))) }
                    Ok((plain, sides)) => { (fields(words, plain, sides)) }
                }
            }
            (section("curve-of", &words.t(ids::PAGE_REHEARSAL), false, html! { div id="curve" aria-live="polite" {} p.hint { (words.t(ids::RH_MORE)) } }))
        }
    }
}

/// The language of the page, with the numerals that were chosen for it.
fn voice(words: &Tongue) -> report::Voice {
    report::Voice { lang: words.lang, latin: words.latin }
}

fn fields(words: &Tongue, plain: &Rehearsal, sides: &[String]) -> Markup {
    let voice = voice(words);
    let label = |name: &str| match name {
        "channel" => words.t(ids::RH_CHANNEL),
        "first.rule" => words.t(ids::RH_FIRST),
        _ => words.t(ids::RH_SECOND),
    };
    let named = |name: &str, of: &[&str]| -> Vec<(String, String)> {
        let key = name.rsplit('.').next().unwrap_or(name);
        let assumed = [(String::new(), words.t(ids::RH_AS_ASSUMED))];
        let chosen = of.iter().map(|value| ((*value).to_owned(), report::value(voice, key, value)));
        assumed.into_iter().chain(chosen).collect()
    };
    let assumed = [(String::new(), words.t(ids::RH_AS_ASSUMED))];
    let sides = SIDES.iter().zip(sides).map(|(side, code)| ((*side).to_owned(), code.clone()));
    let towards: Vec<(String, String)> = assumed.into_iter().chain(sides).collect();
    html! {
        div.fields {
            @for name in TERMS {
                (line(&format!("term-{name}"), name, &report::term(voice, name), &plain.value(name).unwrap_or_default(), None))
            }
        }
        div.fields {
            @for (name, of) in WORDS {
                (choice(&format!("word-{}", name.replace('.', "-")), name, &label(name), &named(name, of), ""))
            }
            (choice("word-towards", "towards", &report::term(voice, "channel.towards"), &towards, ""))
        }
        (area("model", "model", &words.t(ids::RH_MODEL), "", Some(words.t(ids::RH_MODEL_HINT))))
    }
}

/// The assumptions that were written, with what the own register of claims says where they refer to it (REH-6).
pub async fn model(visit: &Visit, fields: &Fields) -> Result<Model, Failure> {
    let Some(written) = fields.some("model") else { return Ok(Model::default()) };
    let written = written.replace("\r\n", "\n");
    let parsed = Model::parse(&written);
    let asks = |faults: &Faults| faults.0.iter().any(|fault| fault.hint.contains("--claims"));
    let model = if parsed.as_ref().is_err_and(asks) {
        let answer = ask(visit, Request::ClaimExport {}).await?;
        let register = Exported::read(answer.text("text"))
            .map_err(|error| Failure::new(ErrorKind::Internal, format!("{error}."), "Report this."))?;
        Model::parse_with(&written, &register)
    } else {
        parsed
    };
    model.map_err(|faults| faulty(&faults))
}

/// What was changed, as both curves need it: the text as it stands, and with the fields of the form.
pub fn inquiry(file: &str, model: &Model, fields: &Fields) -> Result<Inquiry, Failure> {
    let text = read_text(file).map_err(|faults| faulty(&faults))?;
    let plain = Rehearsal::new(&text, model).map_err(|faults| faulty(&faults))?;
    let mut terms = Vec::new();
    for name in TERMS.into_iter().chain(WORDS.map(|(name, _)| name)) {
        let value = fields.get(name).trim();
        if !value.is_empty() && plain.value(name).as_deref() != Some(value) {
            terms.push((name.to_owned(), value.to_owned()));
        }
    }
    // Towards whom matters for a courier that is biased, chosen or assumed.
    let courier = fields.some("channel").or_else(|| plain.value("channel"));
    let chosen = terms.iter().any(|(_, value)| value == "biased").then(|| SIDES[0].to_owned());
    let towards = fields.some("towards").or(chosen).filter(|_| courier.as_deref() == Some("biased"));
    terms.extend(towards.map(|side| ("towards".to_owned(), side)));
    let changed = plain.vary_all(&terms).map_err(|(_, faults)| faulty(&faults))?;
    let mut variants = vec![Named { name: "plain".to_owned(), terms: Vec::new(), rehearsal: plain }];
    if !terms.is_empty() {
        variants.push(Named { name: "changed".to_owned(), terms, rehearsal: changed });
    }
    Ok(Inquiry {
        title: String::new(),
        seed: 1,
        runs: RUNS,
        level: LEVEL,
        variants,
        rare: false,
        tornado: false,
        choices: Vec::new(),
        search: Vec::new(),
        cost_max: None,
    })
}

/// Makes the runs until it is told to stop, and tells once there is something to show; on one thread, since the station keeps
/// its beat on this machine.
pub fn answer(inquiry: &Inquiry, stop: &AtomicBool, shows: &Notify) -> Result<Answer, InquiryError> {
    let first = CHUNK_RUNS * inquiry.variants.len() as u64;
    let progress = |_, at: Progress| {
        if at.done >= first {
            shows.notify_one();
        }
    };
    let watched = Watched { progress: &progress, stop, threads: NonZeroUsize::new(1) };
    inquiry.answer(watched, &Saved::default())
}

/// The curves, and on how many runs they rest.
pub fn curves(words: &Tongue, answer: &Answer) -> Markup {
    let letter = |index| report::letter(voice(words), index);
    let runs = answer.results.variants.first().map_or(0, |one| one.runs);
    html! {
        div.plot { (PreEscaped(plots::survival(&answer.results, voice(words), plots::Width::Narrow))) }
        @if answer.results.variants.len() > 1 {
            p { (words.v(ids::RH_CURVES, [("plain", letter(0).into()), ("changed", letter(1).into())])) }
        }
        p { (words.v(ids::RH_RUNS, [("n", runs.into()), ("level", words.percent(LEVEL.get()).into())])) }
    }
}

/// Faults of a text or a model, with their lines.
fn faulty(faults: &Faults) -> Failure {
    let one = |fault: &backchannel_rehearsal::model::Fault| match fault.line {
        Some(line) => format!("Line {line}: {}", fault.problem),
        None => fault.problem.clone(),
    };
    let all: Vec<String> = faults.0.iter().map(one).collect();
    let hint = faults.0.first().map(|fault| format!("{}.", fault.hint)).unwrap_or_default();
    Failure::new(ErrorKind::Usage, format!("{}.", all.join("; ")), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../../scenarios/will-it-hold/pact.toml");

    /// What is varied by a form over assumptions in which the courier is absent.
    fn varied(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let model =
            Model::parse("[channel]\nkind = \"absent\"\n").unwrap_or_else(|faults| panic!("{faults:?}"));
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let asked = inquiry(TEXT, &model, &Fields::of(pairs.collect()));
        let asked = asked.unwrap_or_else(|failure| panic!("{failure:?}"));
        asked.variants.into_iter().flat_map(|variant| variant.terms).collect()
    }

    #[test]
    fn what_is_chosen_overrules_the_assumptions_and_what_is_left_does_not() {
        let faithful = [("channel".to_owned(), "faithful".to_owned())];
        assert_eq!(varied(&[("channel", "faithful"), ("first.rule", "")]), faithful);
        assert_eq!(varied(&[("channel", ""), ("first.rule", "")]), []);
        assert_eq!(varied(&[("channel", "absent"), ("towards", "second")]), [], "as it is assumed already");
        let biased = varied(&[("channel", "biased"), ("towards", "second")]);
        assert_eq!(biased.last(), Some(&("towards".to_owned(), "second".to_owned())));
    }

    #[test]
    fn curves_take_the_numerals_that_were_chosen() {
        let asked = inquiry(TEXT, &Model::default(), &Fields::of(Vec::new()))
            .unwrap_or_else(|failure| panic!("{failure:?}"));
        let asked = Inquiry { runs: CHUNK_RUNS, ..asked };
        let made = answer(&asked, &AtomicBool::new(false), &Notify::new()).unwrap();
        let eastern = |latin| {
            let shown = curves(crate::tongue::tongue(crate::tongue::Lang::Ar, latin), &made).into_string();
            shown.chars().filter(|one| ('\u{660}'..='\u{669}').contains(one)).count()
        };
        assert!(eastern(false) > 10);
        assert_eq!(eastern(true), 0);
    }
}
