//! PAGE-3, PAGE-6: the station goes and comes back while somebody types. Nothing that was typed is lost, and nothing is shown that is not so.

use super::stage::Stage;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::json;

const WORDS: &str = "What was typed before the station went.";
const CLAIM: &str = "who = \"the agency\"\nwhen = \"2026-11-20T09:00Z\"\npublic = true\nsource = \"Its bulletin.\"\ngrading = \"B3\"\n\
    text.en = \"The agency says so.\"\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_outlives_the_station() {
    let mut stage = Stage::play("quiet-pact", 2);
    let person = stage.person("alpha-head").await;
    person.open("/write").await;
    person.chooses("#to", "intermediary").await;
    person.types("#t-1-en", WORDS).await;
    person.sees("#kept", "Draft kept in the vault").await;
    // News comes and the page brings itself up to date: what is typed stays, and so does the cursor's field.
    stage.command("alpha-envoy", &["line", "check"]);
    person
        .until("an update", async || {
            person.run("return Number(document.documentElement.dataset.fresh || 0);", vec![]).await.as_u64()
                > Some(1)
        })
        .await;
    assert_eq!(person.run("return document.activeElement.id;", vec![]).await, json!("t-1-en"));
    stage.command("alpha-head", &["stop"]);
    person
        .until("the notice", async || {
            person.run("return !document.getElementById('silent').hidden;", vec![]).await == json!(true)
        })
        .await;
    let field = person.finds("#t-1-en").await;
    field.send_keys(" And more while it was away.").await.unwrap();
    // Asking for something now tells that nothing was done, and leaves everything where it is.
    person.press("#compose > .buttons button:not([formaction])").await;
    person.sees("#compose [data-answer]", "The station does not answer").await;
    // It is said that the station is silent, and not the desk; and that what stands here may be old.
    person.sees("#silent", "What is shown here may be old").await;
    assert_eq!(person.run("return document.getElementById('lost').hidden;", vec![]).await, json!(true));
    // Nobody leaves by a link without having been told that what they typed is not kept.
    field.send_keys("!").await.unwrap();
    person.run("document.querySelector('.menu a').click();", vec![]).await;
    person
        .until("that it stays", async || person.run("return stays !== null;", vec![]).await == json!(true))
        .await;
    assert_eq!(person.path().await, "/write");
    stage.start("alpha-head");
    person
        .until("the notice gone", async || {
            person.run("return document.getElementById('silent').hidden;", vec![]).await == json!(true)
        })
        .await;
    let typed = person.run("return document.getElementById('t-1-en').value;", vec![]).await;
    assert_eq!(typed, json!(format!("{WORDS} And more while it was away.!")));
    person.does("#compose > .buttons button:not([formaction])").await;
    person.sees("#path", "acknowledged by their station").await;
    person.sees("#text", "And more while it was away").await;
}

/// DESK-9: a draft is in the vault: another browser finds it, and none finds it while the vault is locked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_found_again_and_shut_with_the_vault() {
    let mut stage = Stage::play("quiet-pact", 1);
    let person = stage.person("alpha-head").await;
    person.open("/write").await;
    person.types("#t-1-en", WORDS).await;
    person.sees("#kept", "Draft kept in the vault").await;
    person.open("/").await;
    person.sees("#needs", "One draft is kept").await;
    stage.command("alpha-head", &["lock"]);
    // PAGE-7: nobody pressed anything on this page.
    person.until("the lock", async || person.path().await == "/locked").await;
    for page in ["/", "/dispatches", "/write", "/record", "/understandings", "/settings"] {
        person.open(page).await;
        assert_eq!(person.path().await, "/locked", "{page}");
        assert!(!person.client.source().await.unwrap().contains(WORDS));
    }
    person.types("#passphrase", "wrong").await;
    person.press("form[action='/do/unlock'] button").await;
    person.sees("[data-answer]", "The passphrase is wrong").await;
    person.types("#passphrase", &Stage::passphrase("alpha-head")).await;
    person.does("form[action='/do/unlock'] button").await;
    person.open("/dispatches").await;
    person.press("#drafts .rows a").await;
    person.finds("#t-1-en").await;
    assert_eq!(person.run("return document.getElementById('t-1-en').value;", vec![]).await, json!(WORDS));
    person.open("/dispatches").await;
    person.does("#drafts form button").await;
    person.sees("#drafts", "none").await;
}

/// PAGE-6: what is typed into other forms is kept as well, and gone once the station took it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_into_a_form_is_found_again_after_the_lock() {
    let mut stage = Stage::play("quiet-pact", 1);
    let person = stage.person("alpha-head").await;
    let form = "/notify/template/statement";
    let text = "#message textarea";
    person.open(form).await;
    person.types(text, WORDS).await;
    person.sees("#kept-message", "Draft kept in the vault").await;
    // Locking keeps what was typed in the last second too.
    person.types(text, &format!("{WORDS} And a word more.")).await;
    person.press("form[data-key='lock'] button").await;
    person.until("the lock", async || person.path().await == "/locked").await;
    person.types("#passphrase", &Stage::passphrase("alpha-head")).await;
    person.does("form[action='/do/unlock'] button").await;
    person.open("/dispatches").await;
    person.press("#drafts .rows a").await;
    person.until("the form", async || person.path().await == form).await;
    let value = person.run("return document.querySelector(arguments[0]).value;", vec![json!(text)]).await;
    assert_eq!(value, json!(format!("{WORDS} And a word more.")));
    // A passphrase is kept nowhere.
    let drafts = person.client.source().await.unwrap();
    assert!(!drafts.contains(&Stage::passphrase("alpha-head")));
    person.open("/dispatches").await;
    person.does("#drafts form button").await;
    person.open(form).await;
    let value = person.run("return document.querySelector(arguments[0]).value;", vec![json!(text)]).await;
    assert_eq!(value, json!(""));
}

/// On the desk a term is changed and the curve follows; what cannot be is told, and says that it predicts nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_term_is_changed_and_the_curve_follows() {
    let mut stage = Stage::play("false-alarm", 4);
    let person = stage.person("bravo-head").await;
    person.open("/rehearsal").await;
    person.sees("main", "predicts nothing").await;
    person.finds("#curve svg").await;
    let curves = "return document.querySelectorAll('#curve svg').length + document.querySelector('#curve').textContent;";
    let before = person.run(curves, vec![]).await;
    person.types("#term-brake", "0h").await;
    person.until("another curve", async || person.run(curves, vec![]).await != before).await;
    person.types("#term-brake", "soon").await;
    person.sees("#curve", "no length of time").await;
    person.types("#term-brake", "24h").await;
    person.finds("#curve svg").await;
}

// PAGE-3
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_moves_under_a_hand() {
    let mut stage = Stage::play("quiet-pact", 1);
    let person = stage.person("alpha-head").await;
    person.open("/claims").await;
    person.sees("#claims", "No claim is in the register.").await;
    let hand = |action: PointerAction| MouseActions::new("hand".to_owned()).then(action);
    let title = person.finds("h1").await;
    let over = PointerAction::MoveToElement { element: title, duration: None, x: 0.0, y: 0.0 };
    let down = PointerAction::Down { button: MOUSE_BUTTON_LEFT };
    person.client.perform_actions(hand(over).then(down)).await.unwrap();
    stage.enters("alpha-envoy", CLAIM).await;
    // Many times as long as a page takes that is in nobody's hand.
    let beat = async || {
        let shown =
            person.run("return Number(document.querySelector('[data-beat]').dataset.beat);", vec![]).await;
        shown.as_u64().unwrap_or_default()
    };
    let begun = beat().await;
    person.until("a dozen beats", async || beat().await >= begun + 12).await;
    assert!(person.text("#claims").await.contains("No claim is in the register."), "it moved under a hand");
    person.client.perform_actions(hand(PointerAction::Up { button: MOUSE_BUTTON_LEFT })).await.unwrap();
    person.sees("#claims", "The agency says so.").await;
    // Nor when the pointer has just gone over something to press: the clock of this page stands still until it is told to go on.
    let clock = "const at = performance.now(); window.later = 0; performance.now = () => at + window.later;";
    person.run(clock, vec![]).await;
    let link = person.finds("#enter summary").await;
    let over = PointerAction::MoveToElement { element: link, duration: None, x: 0.0, y: 0.0 };
    person.client.perform_actions(hand(over)).await.unwrap();
    stage.enters("alpha-envoy", &CLAIM.replace("says so", "takes it back")).await;
    let begun = beat().await;
    person.until("a dozen beats", async || beat().await >= begun + 12).await;
    assert!(!person.text("#claims").await.contains("takes it back"), "it moved under a pointer");
    person.run("window.later = 1000;", vec![]).await;
    person.sees("#claims", "The agency takes it back.").await;
}

/// Holds back the answers to what is kept, and writes down what is asked for and what is answered.
const HOLDS: &str = "
    const ask = window.fetch;
    window.held = [];
    const note = (what) => sessionStorage.setItem('asked', `${sessionStorage.getItem('asked') || ''}${what};`);
    window.fetch = async (to, ...more) => {
        const keeps = new URL(to, location).pathname === '/do/draft-keep';
        if (new URL(to, location).pathname.startsWith('/do/')) note(keeps ? 'keep' : 'send');
        const answer = await ask(to, ...more);
        if (keeps) { await new Promise((go) => window.held.push(go)); note('kept'); }
        return answer;
    };";
const LET_GO: &str = "window.held[arguments[0]]();";

// PAGE-6
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_while_the_rest_is_being_kept_is_not_told_as_kept_and_kept_after_it() {
    let mut stage = Stage::play("quiet-pact", 1);
    let person = stage.person("alpha-head").await;
    let held = async |count: usize| {
        person
            .until(&format!("{count} keepings"), async || {
                person.run("return window.held.length;", vec![]).await == json!(count)
            })
            .await;
    };
    person.open("/claims").await;
    person.unfold("enter").await;
    person.run(HOLDS, vec![]).await;
    person.pastes("#who", "Delegation of Bravo").await;
    held(1).await;
    person.chooses("#reliability", "B").await;
    person.run(LET_GO, vec![json!(0)]).await;
    held(2).await;
    assert_eq!(person.text("#kept-write-claim").await, "", "kept is told while a choice is not kept yet");
    // A link waits for what is on its way.
    let leaves = "return document.querySelector('.menu a').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));";
    assert_eq!(person.run(leaves, vec![]).await, json!(false), "a link leaves before all is kept");
    person.run(LET_GO, vec![json!(1)]).await;
    person.until("another page", async || person.path().await != "/claims").await;
    person.open("/claims").await;
    person.unfold("enter").await;
    let chosen = person.run("return document.querySelector('#reliability').value;", vec![]).await;
    assert_eq!(chosen, json!("B"));
    // What is sent waits for it as well: a draft must not be written after the station took what it says.
    person.run(HOLDS, vec![]).await;
    person.run("sessionStorage.clear();", vec![]).await;
    person.pastes("#text-en", WORDS).await;
    held(1).await;
    person.press("#write-claim .buttons button").await;
    person.run(LET_GO, vec![json!(0)]).await;
    person.sees("#claims", WORDS).await;
    let asked = person.run("return sessionStorage.getItem('asked');", vec![]).await;
    assert_eq!(asked, json!("keep;kept;send;"));
}

/// Holds back answers of one path until they are let go.
const HOLDS_BACK: &str = "
    const [path] = arguments;
    const ask = window.fetch;
    window.held = [];
    window.fetch = async (to, ...more) => {
        const answer = await ask(to, ...more);
        if (new URL(to, location).pathname === path) await new Promise((go) => window.held.push(go));
        return answer;
    };";

// PAGE-6
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_chosen_while_a_form_changes_stays_and_what_is_sent_comes_back_as_no_draft() {
    let mut stage = Stage::play("quiet-pact", 1);
    let person = stage.person("alpha-head").await;
    let held = async || {
        person
            .until("an answer held back", async || {
                person.run("return window.held.length;", vec![]).await == json!(1)
            })
            .await;
    };
    let (another, sends) =
        ("#compose button[formaction$='do=passage']", "#compose > .buttons button:not([formaction])");
    person.open("/write").await;
    person.chooses("#to", "intermediary").await;
    person.pastes("#t-1-en", WORDS).await;
    person.run(HOLDS_BACK, vec![json!("/write/again")]).await;
    person.press(another).await;
    held().await;
    person.press("#d-1-in-substance").await;
    person.run(LET_GO, vec![json!(0)]).await;
    person.finds("#t-2-en").await;
    let chosen = person.run("return document.querySelector('#d-1-in-substance').checked;", vec![]).await;
    assert_eq!(chosen, json!(true), "what was chosen meanwhile is put back");
    person.pastes("#t-2-en", "A second passage.").await;
    person.sees("#kept", "Draft kept in the vault").await;
    person.run(HOLDS_BACK, vec![json!("/do/send")]).await;
    person.press(sends).await;
    held().await;
    // A form that is on its way is changed no more.
    person.press(another).await;
    let busy = person
        .run("return document.querySelector(arguments[0]).hasAttribute('aria-busy');", vec![json!(another)]);
    assert_eq!(busy.await, json!(false), "a form changes while it is sent");
    person.run(LET_GO, vec![json!(0)]).await;
    person.sees("#text", "A second passage.").await;
    person.open("/dispatches").await;
    person.sees("#drafts", "none").await;
}
