//! Every page in every language: axe-core finds nothing, nothing runs over the edge, nothing is asked of anybody but the desk,
//! and fonts of every script are there although the network is cut off.

use super::browser::Person;
use super::stage::Stage;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const AXE: &str = include_str!("vendor/axe.min.js");
/// Of the file as it was published.
const AXE_SHA256: &str = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c";
const LANGUAGES: [&str; 6] = ["en", "fr", "ru", "ar", "fa", "he"];
/// Wide, and the narrowest that is promised.
const WIDE: (u32, u32) = (1280, 900);
const NARROW: (u32, u32) = (360, 740);

#[test]
fn axe_is_the_one_that_was_published() {
    let digest = backchannel_wire::ids::hex(&Sha256::digest(AXE.as_bytes()));
    assert_eq!(digest, AXE_SHA256);
}

/// A claim with everything there is to one.
const CLAIM: &str = "who = \"a fisherman\"\nwhen = \"2026-11-20T09:00Z\"\npublic = true\nsource = \"The agency.\"\ngrading = \"B3\"\n\
    evidence = \"Photographs.\"\nstatements = [\"The speech\"]\ntext.en = \"They are back.\"\ntext.he = \"הם חזרו.\"\n";

/// Every page there is, with something on it.
async fn pages(person: &Person) -> Vec<String> {
    let link = async |page: &str, css: &str| {
        person.open(page).await;
        let script =
            "const a = document.querySelector(arguments[0]); return a ? a.getAttribute('href') : null;";
        person.run(script, vec![json!(css)]).await.as_str().map(str::to_owned)
    };
    let mut all: Vec<String> = [
        "/",
        "/dispatches",
        "/write",
        "/notify",
        "/understandings",
        "/rehearsal",
        "/incidents",
        "/line",
        "/people",
        "/public",
        "/claims",
        "/record",
        "/settings",
    ]
    .map(str::to_owned)
    .to_vec();
    all.extend(link("/dispatches", "#list .rows a").await);
    all.extend(link("/claims", "#claims a").await);
    all.push("/notify/template/accident-unknown".replace("accident-unknown", "unexplained-object"));
    all.push("/notify/number/standard/201".to_owned());
    if let Some(text) = link("/understandings", "#texts a").await {
        all.push(text.clone());
        all.extend(
            ["comments", "versions", "checks", "approval", "ceremony", "life"]
                .map(|tab| format!("{text}?tab={tab}")),
        );
    }
    all.extend(link("/incidents", "#incidents a").await);
    if person.name == "intermediary" {
        all.push("/convey".to_owned());
        // Conveyed already, unattended: its desk shows it all the same.
        all.extend(
            link("/dispatches", "#list .rows a").await.map(|href| href.replace("/dispatches/", "/convey/")),
        );
    }
    all
}

async fn looks(person: &Person, lang: &str, theme: &str) {
    person.open("/settings").await;
    person.chooses("#lang", lang).await;
    person.chooses("#theme", theme).await;
    person.does("#look .buttons button").await;
    person
        .until("the language", async || {
            person.run("return document.documentElement.lang;", Vec::new()).await == json!(lang)
        })
        .await;
}

/// What axe finds, as rule and place. Colours are the same in every language, and looking at them takes most of the time: they are
/// looked at on every page in light and in dark, in one language of each direction.
async fn violations(person: &Person, colours: bool) -> Vec<String> {
    person.run(AXE, Vec::new()).await;
    let script = "const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'], preload: false, iframes: false, rules: { 'color-contrast': { enabled: arguments[0] } },
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(r => done(r.violations.flatMap(v => v.nodes.map(n => v.id + ' at ' + n.target.join(' ') + ': ' + n.html.slice(0, 160)))),
            e => done(['axe failed: ' + e]));";
    let found = person.client.execute_async(script, vec![json!(colours)]).await.unwrap();
    found.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What else is wrong with a page: whatever is wider than the window, comes from elsewhere, or failed to load.
async fn faults(person: &Person) -> Vec<String> {
    let script = "const out = [];
        if (document.documentElement.scrollWidth > innerWidth) out.push('wider than the window: ' + document.documentElement.scrollWidth);
        for (const one of performance.getEntriesByType('resource')) {
            if (!one.name.startsWith(location.origin + '/')) out.push('asked elsewhere: ' + one.name);
            if (one.responseStatus && one.responseStatus >= 400) out.push('not there: ' + one.name);
        }
        if (/<U\\+20[0-9A-F]{2}>/.test(document.body.textContent)) out.push('a mark of direction of ours is written out');
        for (const font of document.fonts) if (font.status === 'error') out.push('font: ' + font.family);
        if (localStorage.length || sessionStorage.length) out.push('something is stored');
        if (location.hash) out.push('something behind the mark');
        if (!document.title || !document.querySelector('h1')) out.push('no title');
        return out;";
    let found = person.run(script, Vec::new()).await;
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The intermediary's pages are the same but for the conveyance desk, which is looked at in every language.
// PAGE-4, PAGE-6
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_open_to_everybody_in_every_language() {
    let mut stage = Stage::play("false-alarm", 9);
    for station in ["bravo-head", "intermediary"] {
        let claim = stage.enters(station, CLAIM).await;
        for percent in ["40", "65"] {
            stage.command(station, &["claims", "believe", &claim, percent, "--because", "It fits."]);
        }
    }
    let to_right = stage.person("bravo-head").await;
    let to_left = stage.person("bravo-head").await;
    let conveys = stage.person("intermediary").await;
    let every = LANGUAGES.map(|lang| (lang, "light"));
    let (to_right, to_left, conveys) = tokio::join!(
        look_at(&to_right, &[("en", "light"), ("fr", "light"), ("ru", "light"), ("en", "dark")]),
        look_at(&to_left, &[("ar", "light"), ("fa", "light"), ("he", "light"), ("ar", "dark")]),
        look_at(&conveys, &every),
    );
    let found = [to_right, to_left, conveys].concat();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What is wrong with the pages of one person's station, each in so many ways.
async fn look_at(person: &Person, ways: &[(&str, &str)]) -> Vec<String> {
    let station = &person.name;
    let mut found = Vec::new();
    let pages = pages(person).await;
    assert!(pages.len() > 20, "{pages:?}");
    for (lang, theme) in ways {
        let all = station != "intermediary" || *lang == "en";
        let pages: Vec<&String> = pages.iter().filter(|page| all || page.starts_with("/convey")).collect();
        looks(person, lang, theme).await;
        // Wide by day, the narrowest that is promised by night.
        let (width, height) = if *theme == "dark" { NARROW } else { WIDE };
        person.client.set_window_size(width, height).await.unwrap();
        let mut broken = 0;
        for page in &pages {
            person.open(page).await;
            let mut wrong = violations(person, matches!(*lang, "en" | "ar")).await;
            wrong.extend(faults(person).await);
            broken += wrong.len();
            found.extend(wrong.into_iter().map(|one| format!("{station} {lang} {theme} {page}: {one}")));
        }
        println!("axe: {station}, {lang}, {theme}: {} pages, {broken} findings", pages.len());
        person.client.set_window_size(WIDE.0, WIDE.1).await.unwrap();
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_is_reached_by_keyboard_alone() {
    let mut stage = Stage::play("quiet-pact", 3);
    let person = stage.person("intermediary").await;
    let keys = async |text: &str| {
        let body = person.client.active_element().await.unwrap();
        body.send_keys(text).await.unwrap();
    };
    keys("?").await;
    person.finds("dialog[open]").await;
    person.until("the sheet in front", async || person.text("dialog[open]").await.contains("Keys")).await;
    keys("\u{e00c}").await;
    person.until("the sheet gone", async || !person.has("dialog[open]").await).await;
    keys("gd").await;
    person.until("dispatches", async || person.path().await == "/dispatches").await;
    person.finds("#list .rows a").await;
    keys("j").await;
    keys("\u{e007}").await;
    person.until("a dispatch", async || person.path().await.starts_with("/dispatches/")).await;
    keys("gc").await;
    person.until("the conveyance desk", async || person.path().await == "/convey").await;
    keys("j").await;
    keys("\u{e007}").await;
    person.finds("#r-en").await;
    // From the top of the page by the tabulator alone to the button that conveys.
    let mut reached = false;
    for _ in 0..60 {
        keys("\u{e004}").await;
        let script = "const e = document.activeElement; return e && e.matches('#convey .buttons button') && getComputedStyle(e).outlineStyle !== 'none';";
        if person.run(script, Vec::new()).await == json!(true) {
            reached = true;
            break;
        }
    }
    assert!(reached, "the button is not reached, or its focus is not seen");
}
