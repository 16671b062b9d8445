//! Writing a dispatch: the rules while one types, and what the other side will see.

use super::layout::{self, Nav, choice, field, line, named_by_others, said, section, shape, state};
use super::{Made, ask, open, serve};
use crate::door::{Fields, Visit};
use crate::limits::PASSAGES_MAX;
use crate::look::Look;
use crate::toml_text::passages;
use crate::tongue::{Lang, Tongue, ids, language_name, theirs};
use axum::response::Response;
use backchannel_station::api::Request;
use maud::{Markup, html};
use serde_json::Value;

/// The forms that a person writes; a notification is written by its template.
const FORMS: [&str; 5] = ["oral-message", "non-paper", "aide-memoire", "bout-de-papier", "note-verbale"];

/// The page, with a draft that was kept or an empty one.
pub async fn show(visit: Visit) -> Response {
    let made = make(&visit).await;
    serve(&visit, made)
}

async fn make(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let fields = match visit.query.some("draft") {
        Some(name) => kept(&ask(visit, Request::DraftList {}).await?, &name),
        None => None,
    };
    let fields = fields.unwrap_or_else(|| blank(visit));
    Ok(page(visit, &status, &fields, None))
}

/// A form that nobody has filled in: one passage in the language of the desk.
fn blank(visit: &Visit) -> Fields {
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let name = crate::door::secret();
    Fields::of(vec![
        pair("draft", name.get(..16).unwrap_or_default()),
        pair("answers", visit.query.get("answers")),
        pair("form", "non-paper"),
        pair("precedence", "routine"),
        pair("retention", visit.desk.preferences().retention.name()),
        pair("passage.1.disclosure", "hold"),
        pair(&format!("passage.1.text.{}", visit.words.lang.code()), ""),
    ])
}

/// The fields of a draft as it was kept.
fn kept(drafts: &Value, name: &str) -> Option<Fields> {
    super::kept::fields(drafts.list("drafts").iter().find(|draft| draft.text("name") == name)?)
}

/// The page with what was filled in so far.
pub fn page(
    visit: &Visit,
    status: &Value,
    fields: &Fields,
    focus: Option<&str>,
) -> axum::response::Html<String> {
    let words = visit.words;
    let body = html! {
        @if visit.entered.share { (layout::hidden(words)) }
        @else {
            div.side-by-side {
                (compose(visit, status, fields, focus))
                div {
                    (section("rules", &words.t(ids::WR_FINDINGS), false, html! { div id="checked" aria-live="polite" {} }))
                }
            }
        }
    };
    layout::page(visit, status, Some(Nav::Write), &words.t(ids::WR_TITLE), body)
}

fn compose(visit: &Visit, status: &Value, fields: &Fields, focus: Option<&str>) -> Markup {
    let words = visit.words;
    html! {
        form.compose id="compose" method="post" action="/do/send" data-act="" data-check="/check/draft" data-into="checked"
            data-keep="/do/draft-keep" data-kept="kept" {
            input type="hidden" name="csrf" value=(visit.entered.csrf.as_str());
            input type="hidden" name="draft" value=(fields.get("draft"));
            @if let Some(id) = fields.some("answers") {
                input type="hidden" name="answers" value=(id);
                p { (words.t(ids::WR_ANSWERS)) " " code { (super::overview::short(&id)) } }
            }
            (head(words, status, fields))
            @for (at, (number, disclosure, _)) in passages(fields).iter().enumerate() {
                (passage(words, fields, *number, at, disclosure, focus))
            }
            div.buttons {
                button.plain type="submit" formaction="/write/again?do=passage" data-reshape="" formnovalidate { (words.t(ids::WR_ADD_PASSAGE)) }
            }
            div.buttons {
                button type="submit" { (words.t(ids::WR_SEND)) }
                span.quiet id="kept" role="status" { (words.t(ids::WR_DRAFT_NOT_KEPT)) }
            }
            div.answer data-answer="" {}
        }
    }
}

/// Whom a dispatch may be for, from here: each with its words.
pub fn addressees(words: &Tongue, status: &Value) -> Vec<(String, String)> {
    let intermediary = status.text("role") == "intermediary";
    let mut out: Vec<(String, String)> = Vec::new();
    for party in others(status) {
        if intermediary {
            out.push(named_by_others(&party, &party));
        } else {
            out.push((party.clone(), words.v(ids::WR_TO_PARTY, [("party", theirs(&party))])));
        }
    }
    if !intermediary {
        out.push(("intermediary".to_owned(), words.t(ids::WR_TO_INTERMEDIARY)));
        out.push(("delegation".to_owned(), words.t(ids::WR_TO_DELEGATION)));
    }
    out
}

/// The parties other than one's own side, by their labels.
pub fn others(status: &Value) -> Vec<String> {
    let parties = status.names("parties").into_iter();
    parties.filter(|party| *party != status.text("party")).map(str::to_owned).collect()
}

/// The same as a choice.
pub fn others_named(status: &Value) -> Vec<(String, String)> {
    others(status).iter().map(|side| named_by_others(side, side)).collect()
}

fn head(words: &Tongue, status: &Value, fields: &Fields) -> Markup {
    let forms: Vec<_> =
        FORMS.iter().map(|form| ((*form).to_owned(), words.named(ids::FORM, "form", form))).collect();
    let ranks = ["routine", "priority", "immediate", "flash"];
    let ranks: Vec<_> =
        ranks.iter().map(|p| ((*p).to_owned(), words.named(ids::PRECEDENCE, "p", p))).collect();
    let keeps = ["keep", "read-and-return", "until"];
    let keeps: Vec<_> =
        keeps.iter().map(|r| ((*r).to_owned(), words.named(ids::RETENTION, "r", r))).collect();
    let may_be_empty = || Some(words.t(ids::OPTIONAL));
    let to = addressees(words, status);
    let answering = fields.some("answers").is_some();
    html! {
        div.fields {
            @if answering {
                @let all: Vec<_> = std::iter::once((String::new(), words.t(ids::BACK))).chain(to).collect();
                (choice("to", "to", &words.t(ids::WR_TO), &all, fields.get("to")))
            } @else { (choice("to", "to", &words.t(ids::WR_TO), &to, fields.get("to"))) }
            (choice("form", "form", &words.t(ids::WR_FORM), &forms, fields.get("form")))
            (choice("precedence", "precedence", &words.t(ids::WR_PRECEDENCE), &ranks, fields.get("precedence")))
            (choice("retention", "retention", &words.t(ids::WR_RETENTION), &keeps, fields.get("retention")))
        }
        details id="wr-more" {
            summary { (words.t(ids::MORE)) }
            div.fields {
                (line("date", "date", &words.t(ids::DP_DATE), fields.get("date"), may_be_empty()))
                (line("heading", "heading", &words.t(ids::DP_HEADING), fields.get("heading"), may_be_empty()))
                (line("addressee", "addressee", &words.t(ids::DP_ADDRESSEE), fields.get("addressee"), may_be_empty()))
                (line("reply_by", "reply_by", &words.t(ids::WR_REPLY_BY), fields.get("reply_by"), may_be_empty()))
                (line("until", "until", &words.t(ids::WR_UNTIL), fields.get("until"), may_be_empty()))
            }
        }
    }
}

fn passage(
    words: &Tongue,
    fields: &Fields,
    number: u32,
    at: usize,
    disclosure: &str,
    focus: Option<&str>,
) -> Markup {
    let prefix = format!("passage.{number}.text.");
    let mut langs: Vec<&str> =
        fields.pairs().iter().filter_map(|(name, _)| name.strip_prefix(prefix.as_str())).collect();
    langs.dedup();
    let rest: Vec<&str> =
        Lang::ALL.into_iter().map(Lang::code).filter(|code| !langs.contains(code)).collect();
    let kinds = ["verbatim", "in-substance", "hold"];
    let place = u64::try_from(at + 1).unwrap_or_default();
    html! {
        fieldset {
            legend { (words.v(ids::WR_PASSAGE, [("n", place.into())])) }
            fieldset {
                legend { (words.t(ids::WR_DISCLOSURE)) }
                @for kind in kinds {
                    div.field.tick {
                        input type="radio" id=(format!("d-{number}-{kind}")) name=(format!("passage.{number}.disclosure")) value=(kind)
                            checked[kind == disclosure];
                        label for=(format!("d-{number}-{kind}")) {
                            strong { (words.named(ids::DISCLOSURE, "d", kind)) } " " span.quiet { (words.named(ids::DISCLOSURE_RULE, "d", kind)) }
                        }
                    }
                }
            }
            div.languages {
                @for code in &langs {
                    @let name = format!("{prefix}{code}");
                    @let id = format!("t-{number}-{code}");
                    div.language { (field(&id, &words.v(ids::WR_TEXT_IN, [("language", language_name(code).into())]), None, html! {
                        textarea id=(id) name=(name) rows="5" lang=(code) dir=(Lang::of(code).map_or("auto", Lang::dir))
                            autofocus[focus == Some(&name)] { "\n" (fields.get(&name)) }
                    }))
                    @if langs.len() > 1 {
                        button.plain type="submit" formaction=(format!("/write/again?do=without&n={number}&lang={code}")) data-reshape="" formnovalidate {
                            (words.t(ids::WR_REMOVE_LANGUAGE)) span.visually-hidden { " " (language_name(code)) } }
                    } }
                }
            }
            div.buttons {
                @if !rest.is_empty() {
                    label.visually-hidden for=(format!("more-{number}")) { (words.t(ids::WR_LANGUAGE)) }
                    select.short id=(format!("more-{number}")) name=(format!("more.{number}")) {
                        @for code in &rest { option value=(code) { (language_name(code)) } }
                    }
                    button.plain type="submit" formaction=(format!("/write/again?do=language&n={number}")) data-reshape="" formnovalidate { (words.t(ids::WR_ADD_LANGUAGE)) }
                }
                @if at > 0 {
                    button.plain type="submit" formaction=(format!("/write/again?do=drop&n={number}")) data-reshape="" formnovalidate { (words.t(ids::WR_REMOVE_PASSAGE)) }
                }
            }
        }
    }
}

/// The fields with another passage, another language, or a passage less; and the field to go on in.
pub fn reshaped(visit: &Visit, fields: &Fields) -> (Fields, Option<String>) {
    let mut pairs: Vec<(String, String)> = fields
        .pairs()
        .iter()
        .filter(|(name, _)| !name.starts_with("more.") && name != "csrf")
        .cloned()
        .collect();
    let number = visit.query.get("n").to_owned();
    let mut focus = None;
    match visit.query.get("do") {
        "passage" => {
            let last = passages(fields).iter().map(|(number, ..)| *number).max().unwrap_or_default();
            if passages(fields).len() < PASSAGES_MAX {
                let name = format!("passage.{}.text.{}", last + 1, visit.words.lang.code());
                pairs.push((format!("passage.{}.disclosure", last + 1), "hold".to_owned()));
                pairs.push((name.clone(), String::new()));
                focus = Some(name);
            }
        }
        "language" => {
            let code = fields.get(&format!("more.{number}"));
            if Lang::of(code).is_some() {
                let name = format!("passage.{number}.text.{code}");
                pairs.push((name.clone(), String::new()));
                focus = Some(name);
            }
        }
        "without" => {
            let name = format!("passage.{number}.text.{}", visit.query.get("lang"));
            pairs.retain(|(known, _)| *known != name);
        }
        "drop" => pairs.retain(|(name, _)| !name.starts_with(&format!("passage.{number}."))),
        _ => {}
    }
    (Fields::of(pairs), focus)
}

/// What the rules say, and what will be seen of it.
pub fn checked(visit: &Visit, status: &Value, fields: &Fields, answer: &Value) -> Markup {
    let words = visit.words;
    let findings = answer.list("findings");
    if passages(fields).iter().all(|(_, _, texts)| texts.is_empty()) {
        return html! { p.quiet { (words.t(ids::WR_NOTHING_YET)) } };
    }
    html! {
        @if findings.is_empty() { p { (state("good", &words.t(ids::WR_NO_FINDINGS))) } }
        @for finding in findings { (one_finding(words, finding)) }
        @if answer["seen"].get("leaves_k").is_some() { (seen(visit, status, fields, &answer["seen"])) }
    }
}

/// What a rule that a sentence of the station names in brackets says, if the desk has words for it.
pub fn rule_of(words: &Tongue, message: &str) -> Option<String> {
    let named = message.split('(').skip(1).filter_map(|rest| rest.split_once(')'));
    let mut each =
        named.flat_map(|(inner, _)| inner.split(", ")).filter_map(|rule| rule_in_words(words, rule));
    each.next()
}

/// What a rule of that number says, if the desk has words for it.
fn rule_in_words(words: &Tongue, rule: &str) -> Option<String> {
    // A name of other letters would be no case of the message.
    let plain = rule.len() <= 12 && rule.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    Some(words.v(ids::RULE, [("rule", rule.into())])).filter(|said| plain && said != "-")
}

/// One finding of a check.
pub fn one_finding(words: &Tongue, finding: &Value) -> Markup {
    let (kind, name) =
        if finding.text("severity") == "refuse" { ("alarm", "refuse") } else { ("attention", "warn") };
    html! {
        div.notice {
            p { (state(kind, &words.named(ids::UN_SEVERITY, "s", name)))
                @if let Some(rule) = finding.some("rule") { " " code { (rule) } }
                @if let Some(n) = finding["passage"].as_u64() { " · " (words.v(ids::DP_PASSAGE_N, [("n", n.into())])) } }
            @let rule = rule_in_words(words, finding.text("rule")).or_else(|| rule_of(words, finding.text("message")));
            @if let Some(rule) = &rule { p { (rule) } }
            p.station-words lang="en" dir="ltr" { (said(finding.text("message"))) " " (said(finding.text("hint"))) }
        }
    }
}

fn seen(visit: &Visit, status: &Value, fields: &Fields, seen: &Value) -> Markup {
    let words = visit.words;
    let party = seen.text("reader") == "party";
    let title = match seen.text("reader") {
        "party" => ids::WR_SEEN,
        "delegation" => ids::WR_SEEN_DELEGATION,
        _ => ids::WR_SEEN_INTERMEDIARY,
    };
    html! {
        h3 { (words.t(title)) @if let Some(to) = seen.some("to") { " · " (said(to)) } }
        @for (_, disclosure, texts) in passages(fields) {
            @if !texts.is_empty() {
                @let passage = serde_json::json!({ "disclosure": disclosure, "text": texts });
                @if !party || disclosure == "verbatim" { (super::dispatch::one_passage(visit, &passage, None)) }
                @else {
                    div.passage.hold { (shape("hold")) (words.t(if disclosure == "hold" { ids::WR_SEEN_HELD } else { ids::WR_SEEN_SUBSTANCE })) }
                }
            }
        }
        @if party {
            p.hint {
                @if seen.is("shows_author") { (words.v(ids::WR_SEEN_AUTHOR, [("party", theirs(status.text("party")))])) }
                @else { (words.t(ids::WR_SEEN_NO_AUTHOR)) }
            }
        }
        p { (shape("wait")) (words.v(ids::WR_LEAVES, [("k", seen.count("leaves_k").into())]))
            @if seen.is("waits_for_registry") { ", " (words.t(ids::WR_LEAVES_REGISTRY)) } }
    }
}

/// That a draft was kept, and when.
pub fn draft_kept(words: &Tongue, utc: &str) -> String {
    let time = utc.get(11..19).unwrap_or_default();
    words.v(ids::WR_DRAFT_KEPT, [("time", format!("{} {}", words.digits(time), words.t(ids::UTC)).into())])
}

/// An area for a text in a language.
pub fn text_area(id: &str, name: &str, code: &str, label: &str, value: &str) -> Markup {
    field(
        id,
        label,
        None,
        html! {
            textarea id=(id) name=(name) rows="5" lang=(code) dir=(Lang::of(code).map_or("auto", Lang::dir)) { "\n" (value) }
        },
    )
}

/// The instant of now in UTC, as fields take it.
pub fn now_field() -> String {
    let now = backchannel_accord::time::rfc3339(crate::clock::now());
    format!("{}Z", now.get(..16).unwrap_or_default())
}
