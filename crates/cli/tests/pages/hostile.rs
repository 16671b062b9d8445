//! PAGE-1: what a hostile side writes stays text: no markup, no script, no reordering of our words, no page that breaks.

use super::stage::Stage;
use serde_json::{Value, json};

/// What somebody might write.
const CORPUS: [&str; 12] = [
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>",
    "</p></div></section><h1>The station is locked</h1><form action='https://example.org/'><input name=passphrase></form>",
    "\"><svg onload=window.hacked=3> ' onmouseover='window.hacked=4",
    "&lt;b&gt; &amp;amp; <!-- <style>body { display: none }</style>",
    "javascript:window.hacked=5 {{7*7}} ${7*7} { $state ->",
    "\u{202e}txet detrevni\u{202c} \u{2066}isolate without an end \u{2067}\u{2068}",
    "in effect \u{202e}detcepsus\u{200f}\u{200e}\u{061c}",
    "а\u{0430}сknowledged by their station (in Cyrillic letters)",
    "z\u{0301}\u{0302}\u{0303}\u{0304}\u{0305}\u{0306}\u{0307}\u{0308}\u{0309}\u{030a}\u{030b}\u{030c}\u{030d}\u{030e}\u{030f}\u{0310}algo",
    "\u{feff}\u{200b}\u{2060}invisible\u{00ad}\u{034f}",
    "\u{e000}\u{f8ff} private use, \u{fdd0} and no character",
    "שלום <bdo dir=rtl>abc</bdo> العربية \u{202d}123",
];

fn scenario() -> String {
    let mut passages = String::new();
    let giant = "m".repeat(65_536);
    let all = CORPUS.iter().copied().chain([giant.as_str()]);
    for text in all {
        passages.push_str(&format!(
            "[[passage]]\ndisclosure = \"verbatim\"\ntext.en = {}\n",
            toml::Value::from(text)
        ));
    }
    let case = include_str!("../../../../scenarios/quiet-pact.toml");
    let cast = case.split("# ---").nth(1).unwrap();
    let cast: String =
        cast.lines().skip_while(|line| !line.starts_with("[[station]]")).collect::<Vec<_>>().join("\n");
    // Names as hostile as names may be.
    let cast = cast
        .replace(
            "\"Head of the delegation of Alpha\"",
            "\"<b>Bravo</b> & \\\"the\\\" intermediary' <img src=x>\"",
        )
        .replace("Delegation of Alpha", "Alpha <i>&amp; ' >");
    format!(
        "title = \"hostile\"\nabout = \"hostile\"\nchannel = \"<u>channel</u> & '\"\nbeat_ms = 250\n{cast}\n[[step]]\ntell = \"Alpha writes.\"\n\
         [[step.do]]\nwho = \"alpha-head\"\ncommand = \"send\"\nsave = \"evil\"\ndraft = '''\nto = \"intermediary\"\nform = \"note-verbale\"\n\
         addressee = \"<em>you</em> \\\" '\"\nheading = \"<h1>heading</h1>\"\nprecedence = \"flash\"\n{}'''\n\
         [[step.expect]]\ncheck = \"it-arrives\"\nwho = \"intermediary\"\nlook = \"inbox\"\nlist = \"items\"\nwhere = {{ id = \"$evil\" }}\nwithin_beats = 400\n",
        passages.replace("'''", "")
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_hostile_side_writes_stays_text() {
    let mut stage = Stage::play(&scenario(), 2);
    let person = stage.person("intermediary").await;
    let claim = enters(&stage).await;
    for lang in ["en", "ar"] {
        person.open("/settings").await;
        person.chooses("#lang", lang).await;
        person.does("#look .buttons button").await;
        for page in ["/", "/dispatches", "/record", "/people", "/line", "/convey", "/claims"] {
            person.open(page).await;
            check(&person, page).await;
        }
        // CLAIM-10
        person.open(&format!("/claims/{claim}")).await;
        person.finds("#claim .prose").await;
        check(&person, "the claim").await;
        let text = person.text("#claim").await;
        assert!(
            text.contains("<img src=x onerror='window.hacked = 2'>") && text.contains("<U+202E>txet"),
            "{text}"
        );
        person.open("/dispatches").await;
        person.press("#list .rows a").await;
        person.finds("#text .passage").await;
        check(&person, "the dispatch").await;
        let text = person.run("return document.querySelector('#text').textContent;", Vec::new()).await;
        let text = text.as_str().unwrap();
        for shown in [
            "<script>window.hacked = 1</script>",
            "</p></div></section><h1>",
            "<U+202E>txet",
            "<U+FEFF>",
            "{{7*7}}",
        ] {
            assert!(text.contains(shown), "{shown} is not shown as it was written");
        }
    }
    person.client.set_window_size(360, 740).await.unwrap();
    person.open("/dispatches").await;
    person.press("#list .rows a").await;
    check(&person, "the narrow dispatch").await;
}

/// A claim whose every text is what somebody might write, and the credence of one who reasons so.
async fn enters(stage: &Stage) -> String {
    let all = toml::Value::from(CORPUS.join("\n"));
    let short = toml::Value::from(CORPUS[2]);
    let file = format!(
        "who = {short}\nsource = {}\nevidence = {}\nstatements = [{short}]\ntext.en = {all}\ntext.ar = {all}\n",
        toml::Value::from(CORPUS[0]),
        toml::Value::from(CORPUS[1]),
    );
    let id = stage.enters("intermediary", &file).await;
    stage.command("intermediary", &["claims", "believe", &id, "40", "--because", &CORPUS.join("\n")]);
    id
}

async fn check(person: &super::browser::Person, page: &str) {
    let script = "const out = [];
        if (window.hacked) out.push('a script ran: ' + window.hacked);
        const ours = new Set(['BDI', 'SPAN', 'P', 'A', 'DIV', 'TIME', 'BDO', 'STRONG', 'CODE', 'SVG', 'svg', 'path', 'circle', 'rect', 'line']);
        for (const said of document.querySelectorAll('bdi, .prose')) {
            for (const inner of said.querySelectorAll('*')) if (!['P', 'BDI'].includes(inner.tagName)) out.push('markup: ' + inner.outerHTML.slice(0, 80));
        }
        for (const tag of ['img', 'iframe', 'object', 'style', 'main script', 'main h1 + h1', 'u', 'i', 'em', 'b'])
            if (document.querySelector(tag)) out.push('an element ' + tag);
        if (document.querySelectorAll('h1').length !== 1) out.push('headings');
        for (const form of document.forms) if (new URL(form.action, location).origin !== location.origin) out.push('a form leads away');
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            // A field to write in holds what the person at this station wrote, as it stands.
            if (walk.currentNode.parentElement.closest('textarea')) continue;
            const found = walk.currentNode.data.match(/[\\u202a-\\u202e\\ufeff\\u200b]/);
            if (found) out.push('a character that acts: ' + found[0].codePointAt(0).toString(16));
        }
        if (document.documentElement.scrollWidth > innerWidth) out.push('wider than the window');
        return out;";
    let found = person.run(script, Vec::new()).await;
    let found: Vec<&str> = found.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(found.is_empty(), "{page}: {found:?}");
    assert_eq!(person.run("return typeof window.hacked;", Vec::new()).await, json!("undefined"));
}
