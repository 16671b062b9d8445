//! Messages that need no drafting: forms with typed fields and the codebook, in the reader's language.

use super::kept::{Form, Kept};
use super::layout::{self, Nav, area, choice, line, section};
use super::write::others_named;
use super::{Made, open, serve};
use crate::door::Visit;
use crate::look::Look;
use crate::tongue::{Tongue, ids};
use axum::extract::Path;
use axum::response::Response;
use backchannel_accord::Lang;
use backchannel_accord::templated::{Field, Set, Type, house};
use backchannel_station::api::{ErrorKind, Failure};
use maud::{Markup, html};
use serde_json::Value;

fn set() -> Result<&'static Set, Failure> {
    house().map_err(|error| Failure::new(ErrorKind::Internal, format!("{error}."), "Report this."))
}

/// Words of a template in the reader's language, else in English.
fn of(words: &Tongue, texts: &std::collections::BTreeMap<Lang, String>) -> String {
    let in_lang = |code: &str| Lang::new(code).and_then(|lang| texts.get(&lang)).cloned();
    in_lang(words.lang.code()).or_else(|| in_lang("en")).unwrap_or_default()
}

/// The forms and the codebook.
pub async fn list(visit: Visit) -> Response {
    let made = make_list(&visit).await;
    serve(&visit, made)
}

async fn make_list(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let (words, set) = (visit.words, set()?);
    let answers = visit.query.some("answers").map(|id| format!("?answers={id}")).unwrap_or_default();
    let body = html! {
        p { (words.t(ids::NT_WHY)) }
        div.columns {
            (section("templates", &words.t(ids::NT_TEMPLATES), false, html! {
                ul.rows { @for template in set.templates() {
                    li { a href=(format!("/notify/template/{}{answers}", template.code)) data-row="" { (of(words, &template.title)) }
                        @if template.reply.is_some() { " " span.quiet { (words.t(ids::NT_ASKS)) } } }
                } }
            }))
            (section("codebook", &words.t(ids::NT_CODEBOOK), false, html! {
                @for book in set.codebooks() {
                    @for (group, title) in &book.groups { h3 { (of(words, title)) }
                    ul.rows { @for entry in book.entries.values().filter(|entry| entry.group == *group) {
                        li { a href=(format!("/notify/number/{}/{}{answers}", book.code, entry.number)) data-row="" {
                            strong { (words.number(entry.number.into())) } " " (of(words, &entry.text)) } }
                    } } }
                }
            }))
        }
    };
    Ok(layout::page(visit, &status, Some(Nav::Notify), &words.t(ids::NT_TITLE), body))
}

/// A form to fill in.
pub async fn template(visit: Visit, Path(code): Path<String>) -> Response {
    let made = async {
        let (status, kept) = (open(&visit).await?, Kept::of(&visit).await?);
        let found = set()?.template(&code).ok_or_else(missing)?;
        let said = found.said.as_ref().map(|said| of(visit.words, said));
        let hidden = html! { input type="hidden" name="template" value=(found.code); };
        let reviewed = Lang::new(visit.words.lang.code()).is_some_and(|lang| found.is_reviewed(&lang));
        Ok(page(
            &visit,
            &kept,
            &status,
            &Blank { title: of(visit.words, &found.title), said, reviewed, fields: &found.fields, hidden },
        ))
    };
    let made = made.await;
    serve(&visit, made)
}

/// A number of a codebook, with its slots.
pub async fn number(visit: Visit, Path((book, number)): Path<(String, u16)>) -> Response {
    let made = async {
        let (status, kept) = (open(&visit).await?, Kept::of(&visit).await?);
        let found = set()?.codebook(&book).ok_or_else(missing)?;
        let entry = found.entries.get(&number).ok_or_else(missing)?;
        let hidden = html! { input type="hidden" name="codebook" value=(book); input type="hidden" name="number" value=(number); };
        let title = format!("{} {}", visit.words.number(number.into()), of(visit.words, &entry.text));
        let reviewed = Lang::new(visit.words.lang.code()).is_some_and(|lang| found.is_reviewed(&lang));
        Ok(page(&visit, &kept, &status, &Blank { title, said: None, reviewed, fields: &entry.slots, hidden }))
    };
    let made = made.await;
    serve(&visit, made)
}

fn missing() -> Failure {
    Failure::new(ErrorKind::NotFound, "There is no such template or number.", "See the list.")
}

struct Blank<'a> {
    title: String,
    said: Option<String>,
    reviewed: bool,
    fields: &'a [Field],
    hidden: Markup,
}

fn page(visit: &Visit, kept: &Kept, status: &Value, blank: &Blank<'_>) -> axum::response::Html<String> {
    let words = visit.words;
    let form = Form { id: "message", action: "/do/notify", about: &visit.path, check: None };
    let mut to = others_named(status);
    if status.text("role") != "intermediary" {
        to.push(("intermediary".to_owned(), words.t(ids::WR_TO_INTERMEDIARY)));
        to.push(("delegation".to_owned(), words.t(ids::WR_TO_DELEGATION)));
    }
    let several: Vec<&str> =
        blank.fields.iter().filter(|field| field.times > 1).map(|field| field.key.as_str()).collect();
    let body = html! {
        @if let Some(said) = &blank.said { p { (said) } }
        @if !blank.reviewed && words.lang.code() != "en" { p.hint { (words.t(ids::UNREVIEWED_TRANSLATION)) } }
        @if visit.entered.share { (layout::hidden(words)) }
        @else {
            (kept.act(visit, &form, html! {
                (blank.hidden)
                input type="hidden" name="several" value=(several.join(" "));
                @if let Some(id) = visit.query.some("answers") {
                    input type="hidden" name="answers" value=(id);
                    p { (words.t(ids::NT_ANSWERS)) " " a href=(format!("/dispatches/{id}")) { code { (super::overview::short(&id)) } } }
                }
                (choice("to", "to", &words.t(ids::NT_TO), &to, ""))
                @for field in blank.fields { (one_field(words, field, visit.query.get("answers"))) }
                div.buttons { button type="submit" { (words.t(ids::NT_SEND)) } }
            }))
        }
    };
    layout::page(visit, status, Some(Nav::Notify), &blank.title, body)
}

/// A field to fill in; a reference is to what is being answered.
fn one_field(words: &Tongue, field: &Field, answers: &str) -> Markup {
    let (id, name) = (format!("f-{}", field.key), format!("field.{}", field.key));
    let mut label = of(words, &field.label);
    if !field.required {
        label = format!("{label} ({})", words.t(ids::OPTIONAL));
    }
    // That a text is a text need not be said.
    let hint = type_name(field.kind).map(|name| words.named(ids::NT_FIELD_HINT, "type", name));
    match field.kind {
        Type::Choice => {
            let options = field.choices.iter().map(|one| (one.code.clone(), of(words, &one.text)));
            choice(&id, &name, &label, &empty_first(options.collect()), "")
        }
        Type::YesNo => {
            let options =
                [("yes", ids::YES), ("no", ids::NO)].map(|(value, word)| (value.to_owned(), words.t(word)));
            choice(&id, &name, &label, &empty_first(options.to_vec()), "")
        }
        Type::Text => area(&id, &name, &label, "", hint),
        _ if field.times > 1 => area(&id, &name, &label, "", hint),
        Type::Reference => line(&id, &name, &label, answers, hint),
        _ => line(&id, &name, &label, "", hint),
    }
}

/// Nothing chosen comes first, so that nobody sends what only stood there.
fn empty_first(options: Vec<(String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), "—".to_owned())).chain(options).collect()
}

fn type_name(kind: Type) -> Option<&'static str> {
    Some(match kind {
        Type::Instant => "instant",
        Type::Window => "window",
        Type::Place => "place",
        Type::Area => "area",
        Type::Track => "track",
        Type::Distance => "distance",
        Type::Count => "count",
        Type::Number => "number",
        Type::Reference => "reference",
        Type::Clause => "clause",
        Type::Line => "line",
        Type::Choice | Type::YesNo | Type::Text => return None,
    })
}
