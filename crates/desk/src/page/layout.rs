//! What every page is built from.

use crate::assets;
use crate::door::{Theme, Visit};
use crate::look::Look;
use crate::tongue::{Id, Tongue, ids, language_name, theirs};
use axum::response::Html;
use backchannel_accord::text;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

/// A page of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nav {
    /// What needs somebody, at a glance.
    Overview,
    /// Dispatches.
    Dispatches,
    /// Writing one.
    Write,
    /// Messages by template.
    Notify,
    /// The intermediary's conveyance.
    Convey,
    /// Understandings.
    Understandings,
    /// Incidents.
    Incidents,
    /// The line.
    Line,
    /// People.
    People,
    /// Rehearsal.
    Rehearsal,
    /// Public words.
    Public,
    /// The register of claims.
    Claims,
    /// The record.
    Record,
    /// Settings.
    Settings,
}

impl Nav {
    /// In the order of the menu.
    pub const ALL: [Self; 14] = [
        Self::Overview,
        Self::Dispatches,
        Self::Write,
        Self::Notify,
        Self::Convey,
        Self::Understandings,
        Self::Rehearsal,
        Self::Incidents,
        Self::Line,
        Self::People,
        Self::Public,
        Self::Claims,
        Self::Record,
        Self::Settings,
    ];

    /// Its address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Overview => "/",
            Self::Dispatches => "/dispatches",
            Self::Write => "/write",
            Self::Notify => "/notify",
            Self::Convey => "/convey",
            Self::Understandings => "/understandings",
            Self::Incidents => "/incidents",
            Self::Line => "/line",
            Self::People => "/people",
            Self::Rehearsal => "/rehearsal",
            Self::Public => "/public",
            Self::Claims => "/claims",
            Self::Record => "/record",
            Self::Settings => "/settings",
        }
    }

    /// Its name.
    pub fn id(self) -> Id {
        match self {
            Self::Overview => ids::PAGE_OVERVIEW,
            Self::Dispatches => ids::PAGE_DISPATCHES,
            Self::Write => ids::PAGE_WRITE,
            Self::Notify => ids::PAGE_NOTIFY,
            Self::Convey => ids::PAGE_CONVEY,
            Self::Understandings => ids::PAGE_UNDERSTANDINGS,
            Self::Incidents => ids::PAGE_INCIDENTS,
            Self::Line => ids::PAGE_LINE,
            Self::People => ids::PAGE_PEOPLE,
            Self::Rehearsal => ids::PAGE_REHEARSAL,
            Self::Public => ids::PAGE_PUBLIC,
            Self::Claims => ids::PAGE_CLAIMS,
            Self::Record => ids::PAGE_RECORD,
            Self::Settings => ids::PAGE_SETTINGS,
        }
    }

    /// The key that goes there after `g`.
    fn key(self) -> char {
        match self {
            Self::Overview => 'o',
            Self::Dispatches => 'd',
            Self::Write => 'w',
            Self::Notify => 'n',
            Self::Convey => 'c',
            Self::Understandings => 'u',
            Self::Incidents => 'i',
            Self::Line => 'l',
            Self::People => 'p',
            Self::Rehearsal => 't',
            Self::Public => 'b',
            Self::Claims => 'a',
            Self::Record => 'r',
            Self::Settings => 's',
        }
    }

    /// Whether somebody of that role has it: only the intermediary conveys.
    fn is_for(self, role: &str) -> bool {
        self != Self::Convey || role == "intermediary"
    }
}

/// Another person's text on one line: inert, and unable to reorder what stands around it (PAGE-1).
pub fn said(text: &str) -> Markup {
    html! { bdi { (text::safe_line(text)) } }
}

/// A side by its label; the intermediary, which has none of its own making, in the reader's language.
pub fn side(words: &Tongue, label: &str) -> Markup {
    if label == "intermediary" {
        html! { (words.t(ids::INTERMEDIARY)) }
    } else {
        said(label)
    }
}

/// A room as the station names it, in the reader's language.
pub fn room(words: &Tongue, name: &str) -> String {
    let party = name.strip_prefix("caucus of ").or(name.strip_prefix("caucus ")).unwrap_or_default();
    let room = match name {
        _ if !party.is_empty() => "caucus",
        _ if name.starts_with("delegation room") => "delegation",
        other => other,
    };
    match room {
        "caucus" | "delegation" | "registry" => {
            words.v(ids::ROOM_NAME, [("room", room.into()), ("party", theirs(party))])
        }
        other => text::safe_line(other),
    }
}

/// The same of what somebody said, which is hidden while the screen is shared.
pub fn content(visit: &Visit, text: &str) -> Markup {
    if visit.entered.share { shape("hold") } else { said(text) }
}

/// Another person's text, paragraph by paragraph, in the language it is written in. Hidden while the screen is shared.
pub fn prose(visit: &Visit, lang: &str, text: &str) -> Markup {
    if visit.entered.share {
        return hidden(visit.words);
    }
    // A language the desk does not speak is named all the same, for whoever reads it aloud.
    let code: String = lang.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    html! {
        div.prose lang=(code) dir="auto" {
            @for paragraph in text.replace("\r\n", "\n").split('\n').filter(|line| !line.trim().is_empty()) {
                p dir="auto" { (text::safe_line(paragraph)) }
            }
        }
    }
}

/// What stands in the place of content while the screen is shared: nothing of it is in the page (PAGE-5).
pub fn hidden(words: &Tongue) -> Markup {
    html! { p.shared { (shape("hold")) (words.t(ids::HIDDEN_FOR_SHARING)) } }
}

/// Texts by language, each under its language's name.
pub fn texts(visit: &Visit, texts: &Value) -> Markup {
    let all: Vec<(&String, &str)> = texts
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(lang, text)| Some((lang, text.as_str()?)))
        .collect();
    html! {
        @if all.is_empty() { p.quiet { (visit.words.t(ids::NOT_KEPT)) } }
        div.languages {
            @for (lang, text) in &all {
                div.language {
                    @if all.len() > 1 { p.language-name { (language_name(lang)) } }
                    (prose(visit, lang, text))
                }
            }
        }
    }
}

/// A state: its word, and a shape that says it as well, so that nothing rests on colour.
pub fn state(kind: &str, word: &str) -> Markup {
    html! { span class=(format!("state state-{kind}")) { (shape(kind)) span { (word) } } }
}

/// The shape of a kind of state.
pub fn shape(kind: &str) -> Markup {
    let path = match kind {
        "good" => r#"<circle cx="6" cy="6" r="5"/>"#,
        "wait" => {
            r#"<path d="M6 1a5 5 0 0 1 0 10z"/><circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.2"/>"#
        }
        "attention" => r#"<path d="M6 0l6 6-6 6-6-6z"/>"#,
        "alarm" => r#"<path d="M6 .5l6 11H0z"/>"#,
        "ended" => {
            r#"<rect x="1.5" y="1.5" width="9" height="9" fill="none" stroke="currentColor" stroke-width="1.4"/>"#
        }
        "hold" => r#"<rect x="1" y="1" width="10" height="10"/>"#,
        _ => r#"<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.4"/>"#,
    };
    let svg = format!(
        r#"<svg class="shape" viewBox="0 0 12 12" aria-hidden="true" focusable="false">{path}</svg>"#
    );
    PreEscaped(svg)
}

/// A form that asks for something to be done. Its answer appears in the form.
pub fn act(visit: &Visit, action: &str, body: Markup) -> Markup {
    html! {
        form.act method="post" action=(action) data-act="" {
            input type="hidden" name="csrf" value=(visit.entered.csrf.as_str());
            (body)
            div.answer data-answer="" {}
        }
    }
}

/// A button, and what it does in a sentence beside it.
pub fn button(words: &Tongue, label: Id) -> Markup {
    html! { button type="submit" { (words.t(label)) } }
}

/// A labelled field.
pub fn field(id: &str, label: &str, hint: Option<String>, control: Markup) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            (control)
            @if let Some(hint) = hint { p.hint id=(format!("{id}-hint")) { (hint) } }
        }
    }
}

/// A line of text to fill in.
pub fn line(id: &str, name: &str, label: &str, value: &str, hint: Option<String>) -> Markup {
    let described = hint.as_ref().map(|_| format!("{id}-hint"));
    field(
        id,
        label,
        hint,
        html! {
            input type="text" id=(id) name=(name) value=(value) dir="auto" autocomplete="off" spellcheck="false"
                aria-describedby=[described];
        },
    )
}

/// Some lines of text to fill in.
pub fn area(id: &str, name: &str, label: &str, value: &str, hint: Option<String>) -> Markup {
    let described = hint.as_ref().map(|_| format!("{id}-hint"));
    field(
        id,
        label,
        hint,
        html! {
            textarea id=(id) name=(name) dir="auto" rows="5" autocomplete="off" aria-describedby=[described] {
                // A line feed after the tag is not part of the text.
                "\n" (value)
            }
        },
    )
}

/// What others named, as a choice: its words are made inert, since only ours may hold marks of direction.
pub fn named_by_others(value: &str, name: &str) -> (String, String) {
    (value.to_owned(), text::safe_line(name))
}

/// A choice of a few: values with their words, ours or [`named_by_others`], and the one chosen.
pub fn choice(id: &str, name: &str, label: &str, options: &[(String, String)], chosen: &str) -> Markup {
    field(
        id,
        label,
        None,
        html! {
            select id=(id) name=(name) {
                @for (value, word) in options {
                    option value=(value) selected[value == chosen] { (word) }
                }
            }
        },
    )
}

/// A box to tick.
pub fn tick(id: &str, name: &str, label: &str, ticked: bool) -> Markup {
    html! {
        div.field.tick {
            input type="checkbox" id=(id) name=(name) value="yes" checked[ticked];
            label for=(id) { (label) }
        }
    }
}

/// The passphrase.
pub fn passphrase(words: &Tongue, id: &str) -> Markup {
    field(
        id,
        &words.t(ids::PASSPHRASE),
        None,
        html! {
            input type="password" id=(id) name="passphrase" required autocomplete="current-password";
        },
    )
}

/// A section with a heading, which brings itself up to date if it has something that changes.
pub fn section(id: &str, heading: &str, live: bool, body: Markup) -> Markup {
    let named = format!("{id}-h");
    html! {
        section id=(id) aria-labelledby=(named) data-live[live] {
            h2 id=(named) { (heading) }
            (body)
        }
    }
}

/// A whole page.
pub fn page(visit: &Visit, status: &Value, nav: Option<Nav>, title: &str, body: Markup) -> Html<String> {
    let words = visit.words;
    let full = format!("{title} · {}", words.t(ids::APP));
    let content = html! {
        a.skip href="#main" { (words.t(ids::SKIP_TO_CONTENT)) }
        (top(visit, status))
        div.body {
            (menu(visit, status, nav))
            main id="main" tabindex="-1" {
                h1 { (title) }
                @if visit.entered.share { p.shared role="status" { (shape("hold")) (words.t(ids::CONTENT_IS_HIDDEN)) } }
                (body)
            }
        }
        div.news.visually-hidden id="news" role="status" {}
        div.lost id="lost" role="alert" hidden { (words.t(ids::CONNECTION_LOST)) " " (words.t(ids::PAGE_IS_STALE)) }
        div.lost id="silent" role="alert" hidden { (words.t(ids::STATION_SILENT)) " " (words.t(ids::PAGE_IS_STALE)) " " (words.t(ids::STATION_SILENT_HINT)) }
        (keys(visit, status))
    };
    Html(document(words, visit.entered.theme, &full, Shown::to(visit), content).into_string())
}

/// A page of a browser that came in, without the station: what went wrong.
pub fn bare(visit: &Visit, body: Markup) -> Html<String> {
    let words = visit.words;
    let content = html! {
        // The page's script looks again: what is not there yet comes with the next beats, and a station comes back.
        main.alone id="main" tabindex="-1" data-missing="" {
            h1 { (words.t(ids::APP)) }
            (body)
            p { a href="/" { (words.t(ids::PAGE_OVERVIEW)) } }
        }
    };
    Html(document(words, visit.entered.theme, &words.t(ids::APP), Shown::to(visit), content).into_string())
}

/// A page for whoever has not come in: nothing of the station is in it.
pub fn outside(words: &Tongue, body: Markup) -> Markup {
    let content = html! { main.alone id="main" { h1 { (words.t(ids::APP)) } (body) } };
    document(words, Theme::Auto, &words.t(ids::APP), Shown::default(), content)
}

/// How a page is shown to a browser: whether that came in, has letters for commands, and hides content.
#[derive(Clone, Copy, Default)]
struct Shown {
    inside: bool,
    keys: bool,
    shared: bool,
}

impl Shown {
    fn to(visit: &Visit) -> Self {
        Self { inside: true, keys: visit.desk.preferences().keys, shared: visit.entered.share }
    }
}

fn document(
    words: &Tongue,
    theme: Theme,
    title: &str,
    Shown { inside, keys, shared }: Shown,
    content: Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.lang.code()) dir=(words.lang.dir()) data-theme=(theme.name())
            data-latin[words.latin] data-inside[inside] data-nokeys[!keys] data-shared[shared] data-worker=(assets::path("live.js")) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href=(assets::path("mark.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(assets::path("style.css"));
                script src=(assets::path("desk.js")) defer {}
            }
            body { (content) }
        }
    }
}

fn top(visit: &Visit, status: &Value) -> Markup {
    let words = visit.words;
    let (kind, name) = line_state(status);
    html! {
        header.top {
            p.mark { a href="/" { (words.t(ids::APP)) } }
            div.where id="where" data-live="" {
                p.channel { (said(status.text("channel"))) }
                p.side {
                    @if status.text("role") == "intermediary" { (words.t(ids::INTERMEDIARY)) }
                    @else { (words.v(ids::SIDE_AND_ROLE, [("label", theirs(status.text("label"))), ("role", status.text("role").into())])) }
                }
            }
            div.tick-tock id="tick" data-live="" {
                (state(kind, &words.named(ids::LINE_STATE, "state", name)))
                @match status["relay"]["k"].as_u64() {
                    Some(k) => { span.beat data-beat=(k) { (words.v(ids::BEAT_NOW, [("k", k.into())])) } }
                    None => { span.beat { (words.t(ids::BEAT_NONE)) } }
                }
            }
            div.now {
                (share_act(visit, "share"))
                (simple_act(visit, "/do/lock", "lock", html! { (words.t(ids::LOCK_NOW)) }))
                button type="button" data-keys="" { (words.t(ids::SHORTCUTS)) }
            }
        }
    }
}

/// Hides content, or shows it again: what is wanted is said, so that two presses do not undo each other.
pub fn share_act(visit: &Visit, name: &str) -> Markup {
    let (label, want) =
        if visit.entered.share { (ids::SHOW_CONTENT, "show") } else { (ids::HIDE_CONTENT, "hide") };
    html! {
        form.simple method="post" action="/do/share" data-act="" data-key=(name) data-want=(want) {
            input type="hidden" name="csrf" value=(visit.entered.csrf.as_str());
            input type="hidden" name="from" value=(visit.path);
            input type="hidden" name="want" value=(want);
            button type="submit" { (visit.words.t(label)) }
        }
    }
}

/// A form that is one button.
pub fn simple_act(visit: &Visit, action: &str, name: &str, label: Markup) -> Markup {
    html! {
        form.simple method="post" action=(action) data-act="" data-key=(name) {
            input type="hidden" name="csrf" value=(visit.entered.csrf.as_str());
            input type="hidden" name="from" value=(visit.path);
            button type="submit" { (label) }
        }
    }
}

/// The state of the line: the kind of its shape, and its name.
pub fn line_state(status: &Value) -> (&'static str, &'static str) {
    match status.text("phase") {
        "removed" => ("ended", "removed"),
        "joining" => ("wait", "joining"),
        _ if !status["relay"].is("connected") => ("alarm", "down"),
        _ => ("good", "up"),
    }
}

fn menu(visit: &Visit, status: &Value, nav: Option<Nav>) -> Markup {
    let words = visit.words;
    let role = status.text("role");
    html! {
        nav.menu id="menu" aria-label=(words.t(ids::MENU)) {
            ul {
                @for page in Nav::ALL.into_iter().filter(|page| page.is_for(role)) {
                    li {
                        a href=(page.path()) data-goto=(page.key())
                            aria-current=[(nav == Some(page)).then_some("page")] { (words.t(page.id())) }
                    }
                }
            }
        }
    }
}

fn keys(visit: &Visit, status: &Value) -> Markup {
    let words = visit.words;
    let role = status.text("role");
    let rows = [
        ("?", ids::KEY_HELP),
        ("j", ids::KEY_NEXT),
        ("k", ids::KEY_PREVIOUS),
        ("Enter", ids::KEY_OPEN),
        ("w", ids::KEY_WRITE),
        ("h", ids::KEY_SHARE),
        ("L", ids::KEY_LOCK),
        ("Esc", ids::KEY_ESCAPE),
    ];
    html! {
        dialog.keys id="keys" aria-labelledby="keys-h" {
            h2 id="keys-h" { (words.t(ids::KEYS_TITLE)) }
            p { (words.t(ids::KEYS_WHY)) }
            dl {
                @for (key, id) in rows { div { dt { kbd { (key) } } dd { (words.t(id)) } } }
                div { dt { kbd { "g" } } dd { (words.t(ids::KEY_GOTO)) } }
                @for page in Nav::ALL.into_iter().filter(|page| page.is_for(role)) {
                    div { dt { kbd { "g" } " " kbd { (page.key()) } } dd { (words.t(page.id())) } }
                }
            }
            form method="dialog" { button type="submit" { (words.t(ids::CLOSE_IT)) } }
        }
    }
}
