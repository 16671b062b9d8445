//! The quiet pact, played through the pages alone: the intermediary's browser, Alpha's and Bravo's, each side's two people in tabs.

use crate::browser::Person;
use crate::stage::{Stage, draft_of};

const CASE: &str = include_str!("../../../../../scenarios/quiet-pact.toml");

/// Two people of one side, each in a tab of the side's browser: whoever acts has the tab in front.
struct Side {
    head: Person,
    envoy: Person,
    tabs: [fantoccini::wd::WindowHandle; 2],
}

impl Side {
    async fn seat(stage: &mut Stage, head: &str, envoy: &str) -> Self {
        let head = stage.person(head).await;
        let first = head.client.window().await.unwrap();
        let envoy = stage.beside(&head, envoy).await;
        let second = envoy.client.window().await.unwrap();
        Self { head, envoy, tabs: [first, second] }
    }

    async fn head(&self) -> &Person {
        self.head.client.switch_to_window(self.tabs[0].clone()).await.unwrap();
        &self.head
    }

    async fn envoy(&self) -> &Person {
        self.envoy.client.switch_to_window(self.tabs[1].clone()).await.unwrap();
        &self.envoy
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_quiet_pact_is_played_through_the_pages_by_three_browsers() {
    let mut stage = Stage::play("quiet-pact", 1);
    let intermediary = stage.person("intermediary").await;
    let alpha = Side::seat(&mut stage, "alpha-head", "alpha-envoy").await;
    let bravo = Side::seat(&mut stage, "bravo-head", "bravo-envoy").await;
    envoy_words(&alpha, &bravo).await;
    let paper = a_non_paper_is_sent(&alpha).await;
    it_is_conveyed(&intermediary, &bravo, &alpha, &paper).await;
    for side in [&alpha, &bravo] {
        two_decide_together(side).await;
    }
    let pact = a_text_is_laid(&intermediary, &alpha, &bravo).await;
    it_is_frozen_and_approved(&intermediary, &alpha, &bravo, &pact).await;
    it_comes_into_effect(&intermediary, &alpha, &bravo, &pact).await;
    it_is_renewed(&alpha, &bravo, &pact).await;
    an_oral_message_answers(&intermediary, &alpha, &bravo).await;
    let flash = a_flash_dispatch_overtakes(&mut stage, &intermediary, &alpha).await;
    the_relay_is_killed_on_the_way(&mut stage, &intermediary, &alpha).await;
    a_line_is_cut_and_mended(&mut stage, &intermediary, &bravo, &flash).await;
    an_altered_note_is_told(&mut stage, &intermediary, &alpha, &bravo).await;
    an_envoy_is_recalled(&bravo).await;
}

async fn envoy_words(alpha: &Side, bravo: &Side) {
    let head = alpha.head().await;
    head.open("/people").await;
    head.unfold("words").await;
    head.press("#words form[action='/do/words-new'] button").await;
    head.finds("#envoy-words").await;
    let words = head.text("#envoy-words").await;
    assert_eq!(words.split_whitespace().count(), 12, "{words}");
    let head = bravo.head().await;
    head.open("/people").await;
    head.unfold("words").await;
    head.types("#words-given", &words).await;
    head.does("#words form[action='/do/words-enter'] button").await;
    head.sees("#verify", "Confirmed by words that an envoy carried").await;
    let head = alpha.head().await;
    head.open("/people").await;
    head.sees("#verify", "Confirmed by words that an envoy carried").await;
}

/// PAGE-2, PAGE-6: what is typed is kept in the vault; what was sent is shown with its beat once it has one.
async fn a_non_paper_is_sent(alpha: &Side) -> String {
    let envoy = alpha.envoy().await;
    envoy.open("/write").await;
    let bravo = "Delegation of Bravo";
    envoy.chooses("#to", bravo).await;
    envoy.press("#d-1-verbatim").await;
    envoy.types("#t-1-en", "We make no commitment in the first person: I promise.\nYours").await;
    envoy.sees("#checked", "must be mended").await;
    envoy
        .types("#t-1-en", "No direct preventive strike will be launched from the northern command while the other side shows the same restraint.")
        .await;
    envoy.sees("#checked", "The form's rules are kept").await;
    envoy.sees("#kept", "Draft kept in the vault").await;
    envoy.press("button[formaction='/write/again?do=passage']").await;
    envoy.finds("#t-2-en").await;
    envoy.press("#d-2-in-substance").await;
    envoy
        .types(
            "#t-2-en",
            "The reserve brigades are going home on the fourth, which can be seen from the railway at Karsk.",
        )
        .await;
    envoy.press("button[formaction='/write/again?do=passage']").await;
    envoy.finds("#t-3-en").await;
    envoy
        .types(
            "#t-3-en",
            "The cabinet is divided on this and two ministers do not know that the paper exists.",
        )
        .await;
    // What the other side will see: the first passage, and of the others nothing.
    envoy.sees("#checked", "northern command").await;
    envoy.sees("#checked", "It leaves in beat").await;
    envoy
        .until("the preview without what is not theirs", async || {
            let seen = envoy.text("#checked").await;
            seen.contains("Nothing of this passage")
                && !seen.contains("Karsk")
                && !seen.contains("two ministers")
        })
        .await;
    envoy.does("#compose > .buttons button:not([formaction])").await;
    envoy.sees("#path", "acknowledged by their station").await;
    envoy
        .until("the beats of sending and acknowledging", async || {
            envoy.run("return document.querySelectorAll('#path .state-good').length >= 2;", Vec::new()).await
                == true
        })
        .await;
    let id = envoy.path().await.replace("/dispatches/", "");
    // The draft went when the dispatch was taken.
    envoy.open("/dispatches").await;
    envoy.sees("#drafts", "none").await;
    id
}

async fn it_is_conveyed(intermediary: &Person, bravo: &Side, alpha: &Side, paper: &str) {
    intermediary.open("/convey").await;
    intermediary.press("#waiting .rows a").await;
    intermediary
        .types("#r-en", "You should know that two ministers do not know that the paper exists.")
        .await;
    intermediary.sees("#checked", "Refused").await;
    // Who sends it all the same is refused by the station, and stays on the page with what was typed.
    intermediary.press("#convey .buttons button").await;
    intermediary.sees("#convey [data-answer]", "A rule refuses it").await;
    intermediary
        .types(
            "#r-en",
            "The intermediary understands that some units are being sent back and that this may be observed.",
        )
        .await;
    intermediary
        .until("a rendering that may go", async || !intermediary.text("#checked").await.contains("Refused"))
        .await;
    intermediary.does("#convey .buttons button").await;
    intermediary.sees("#came-of-it", "acknowledged by their station").await;
    let head = bravo.head().await;
    head.open("/dispatches").await;
    head.press("#list .rows a").await;
    head.sees("#text", "northern command").await;
    head.sees("#text", "compared and found the same").await;
    head.sees("#text", "some units are being sent back").await;
    let page = head.client.source().await.unwrap();
    assert!(!page.contains("Karsk") && !page.contains("two ministers"), "what was held is on Bravo's page");
    head.unfold("read-back").await;
    head.types(
        "#rb",
        "Understood: no first strike from the northern command as long as restraint is mutual.",
    )
    .await;
    head.does("#read-back button").await;
    let envoy = alpha.envoy().await;
    envoy.open(&format!("/dispatches/{paper}")).await;
    envoy.sees("#text", "as long as restraint is mutual").await;
    intermediary.open("/convey").await;
    intermediary.sees("#backs", "non-paper").await;
}

async fn two_decide_together(side: &Side) {
    let head = side.head().await;
    head.open("/people").await;
    head.unfold("quorum").await;
    head.types("#quorum-n", "2").await;
    head.does("#quorum button").await;
    head.sees("#own", "2 heads or principals decide together").await;
}

async fn a_text_is_laid(intermediary: &Person, alpha: &Side, bravo: &Side) -> String {
    let file = draft_of(CASE, "pact");
    intermediary.open("/understandings").await;
    intermediary.pastes("#file", &file.replace("lasts = \"65m\"", "lasts = \"-1m\"")).await;
    intermediary.sees("#text-checked", "This is not understood").await;
    intermediary.pastes("#file", &file).await;
    intermediary
        .until("a text that the rules let pass", async || {
            !intermediary.text("#text-checked").await.contains("must be mended")
                && !intermediary.text("#text-checked").await.contains("not understood")
        })
        .await;
    intermediary.does("#lay .buttons button").await;
    let pact = intermediary.path().await.replace("/understandings/", "");
    let head = bravo.head().await;
    head.until("the text at Bravo", async || {
        head.open("/understandings").await;
        head.has("#texts a").await
    })
    .await;
    head.open(&format!("/understandings/{pact}?tab=comments")).await;
    head.chooses("#clause", "notice").await;
    head.types("#comment", "Three days suit us if the hour counts from the receipt by the station at Karsk.")
        .await;
    head.does("form[action='/do/comment'] button").await;
    head.sees("#comments", "the receipt by the station at Karsk").await;
    intermediary.open(&format!("/understandings/{pact}?tab=comments")).await;
    intermediary.sees("#comments", "the receipt by the station at Karsk").await;
    let head = alpha.head().await;
    head.open(&format!("/understandings/{pact}?tab=comments")).await;
    head.sees("#comments", "Nobody has commented").await;
    head.open(&format!("/understandings/{pact}?langs=en,ar")).await;
    head.sees("#paper", "no direct preventive strike").await;
    pact
}

async fn approve(person: &Person, pact: &str, station: &str) {
    person.open(&format!("/understandings/{pact}?tab=approval")).await;
    person.types("#pass", &Stage::passphrase(station)).await;
    person.does("#approve form[action='/do/approve'] button").await;
    person.sees("#approve", "You have approved it").await;
}

async fn it_is_frozen_and_approved(intermediary: &Person, alpha: &Side, bravo: &Side, pact: &str) {
    intermediary.open(&format!("/understandings/{pact}")).await;
    intermediary.does("form[action='/do/freeze'] button").await;
    intermediary.sees("#approvals", "Digest").await;
    let words = intermediary.text("#digest-words").await;
    let head = alpha.head().await;
    head.until("the frozen text at Alpha", async || {
        head.open(&format!("/understandings/{pact}?tab=approval")).await;
        head.text("#digest-words").await == words
    })
    .await;
    head.types("#pass", "not the passphrase").await;
    head.press("#approve form[action='/do/approve'] button").await;
    head.sees("#approve [data-answer]", "The passphrase is wrong").await;
    approve(head, pact, "alpha-head").await;
    // One of two is not enough to begin.
    head.unfold("deposit").await;
    head.press("#deposit form[action='/do/deposit'] button").await;
    head.sees("#deposit [data-answer]", "A rule refuses it").await;
    let envoy = alpha.envoy().await;
    approve(envoy, pact, "alpha-envoy").await;
    let head = alpha.head().await;
    head.until("both approvals at Alpha", async || {
        head.open(&format!("/understandings/{pact}?tab=approval")).await;
        head.text("#approvals").await.contains("2 of 2 have approved")
    })
    .await;
    // A deposit waits a minute for the other side: one of Bravo's two has approved before it.
    bravo_approves(bravo, pact, "bravo-envoy").await;
    let head = alpha.head().await;
    head.unfold("deposit").await;
    head.does("#deposit form[action='/do/deposit'] button").await;
    head.sees("#prove", "Nobody holds anything").await;
    bravo_approves(bravo, pact, "bravo-head").await;
}

async fn bravo_approves(bravo: &Side, pact: &str, station: &str) {
    let person = if station == "bravo-envoy" { bravo.envoy().await } else { bravo.head().await };
    person
        .until("the frozen text at Bravo", async || {
            person.open(&format!("/understandings/{pact}?tab=approval")).await;
            person.has("#pass").await
        })
        .await;
    approve(person, pact, station).await;
}

async fn it_comes_into_effect(intermediary: &Person, alpha: &Side, bravo: &Side, pact: &str) {
    for person in [alpha.head().await, bravo.head().await, intermediary] {
        person.open(&format!("/understandings/{pact}?tab=ceremony")).await;
        person.sees("#head", "in effect").await;
        person.sees("#picture", "settled: in effect for all").await;
        person.sees("#prove", "Each side is convinced").await;
        person.open("/").await;
        person.sees("#force", "in effect").await;
    }
}

async fn it_is_renewed(alpha: &Side, bravo: &Side, pact: &str) {
    for side in [alpha, bravo] {
        for at in [0, 1] {
            let person = if at == 0 { side.head().await } else { side.envoy().await };
            person
                .until("what is renewed", async || {
                    person.open(&format!("/understandings/{pact}?tab=life")).await;
                    person.has("#renew").await
                })
                .await;
            person.unfold("renew").await;
            person.does("#renew button").await;
        }
    }
    let head = alpha.head().await;
    head.open(&format!("/understandings/{pact}?tab=life")).await;
    head.sees("#head", "renewed").await;
}

async fn an_oral_message_answers(intermediary: &Person, alpha: &Side, bravo: &Side) {
    let envoy = bravo.envoy().await;
    envoy.open("/dispatches").await;
    envoy.press("#list .rows a").await;
    envoy.press("a[href^='/write?answers=']").await;
    envoy.chooses("#form", "oral-message").await;
    envoy.chooses("#precedence", "flash").await;
    envoy.press("#d-1-verbatim").await;
    envoy
        .types(
            "#t-1-en",
            "Tell them that their words were heard at the highest level, and that ours will be the same.",
        )
        .await;
    envoy.sees("#checked", "The form's rules are kept").await;
    envoy.does("#compose > .buttons button:not([formaction])").await;
    intermediary
        .until("the oral message", async || {
            intermediary.open("/convey").await;
            intermediary.has("#waiting .rows a").await
        })
        .await;
    intermediary.press("#waiting .rows a").await;
    intermediary.does("#convey .buttons button").await;
    let head = alpha.head().await;
    head.until("what was conveyed at Alpha", async || {
        head.open("/dispatches?show=unread").await;
        head.has("#list .rows a").await
    })
    .await;
    head.press("#list .rows a").await;
    head.sees("#text", "Note of an oral message").await;
    head.sees("#text", "heard at the highest level").await;
}

/// Writes a dispatch of one passage, and sends it.
async fn send(
    person: &Person,
    to: &str,
    form: &str,
    precedence: &str,
    disclosure: &str,
    text: &str,
) -> String {
    person.open("/write").await;
    person.chooses("#to", to).await;
    person.chooses("#form", form).await;
    person.chooses("#precedence", precedence).await;
    if form == "note-verbale" {
        person.unfold("wr-more").await;
        person.types("#addressee", "The delegation of Bravo").await;
    }
    if form == "aide-memoire" {
        person.unfold("wr-more").await;
        person.types("#date", "2026-11-23").await;
    }
    person.press(&format!("#d-1-{disclosure}")).await;
    person.pastes("#t-1-en", text).await;
    person.sees("#checked", "The form's rules are kept").await;
    person.does("#compose > .buttons button:not([formaction])").await;
    person.path().await.replace("/dispatches/", "")
}

/// Both are written while the line is cut, so that neither is gone before the other is there.
async fn a_flash_dispatch_overtakes(stage: &mut Stage, intermediary: &Person, alpha: &Side) -> String {
    let envoy = alpha.envoy().await;
    stage.lead("cut alpha-envoy");
    let annex = format!("The annex, at length. {}", "Of this there is much to be said. ".repeat(900));
    let annex = send(envoy, "intermediary", "non-paper", "routine", "hold", &annex).await;
    let drone =
        "A drone without markings was lost over the strait at 04:10 UTC. It was ours and it was unarmed.";
    let flash = send(envoy, "Delegation of Bravo", "bout-de-papier", "flash", "in-substance", drone).await;
    stage.lead("mend alpha-envoy");
    envoy.sees("#path", "acknowledged by their station").await;
    intermediary
        .until("the flash dispatch", async || {
            intermediary.open("/convey").await;
            intermediary.has(&format!("#waiting a[href='/convey/{flash}']")).await
        })
        .await;
    // The annex, sent before, comes later: newest first, it stands above.
    let newest = "return document.querySelector('#list .rows a[data-row]').getAttribute('href');";
    intermediary
        .until("the annex above it", async || {
            intermediary.open("/dispatches").await;
            intermediary.run(newest, Vec::new()).await == format!("/dispatches/{annex}")
        })
        .await;
    flash
}

/// P9: what was taken survives the relay, and comes once.
async fn the_relay_is_killed_on_the_way(stage: &mut Stage, intermediary: &Person, alpha: &Side) {
    let text = format!(
        "The delegation of Alpha recalls what was said in the spring. {}",
        "It is recalled at length. ".repeat(300)
    );
    let head = alpha.head().await;
    let aide = send(head, "intermediary", "aide-memoire", "immediate", "hold", &text).await;
    stage.lead("relay kill");
    head.open("/line").await;
    head.sees("#tick", "line down").await;
    stage.lead("relay start");
    head.sees("#tick", "line up").await;
    head.open(&format!("/dispatches/{aide}")).await;
    head.sees("#path", "acknowledged by their station").await;
    intermediary.open("/dispatches").await;
    let count =
        "return document.querySelectorAll(`#list a[data-row][href='/dispatches/${arguments[0]}']`).length;";
    intermediary
        .until("the aide-memoire, once", async || {
            intermediary.open("/dispatches").await;
            intermediary.run(count, vec![aide.clone().into()]).await == 1
        })
        .await;
}

async fn a_line_is_cut_and_mended(stage: &mut Stage, intermediary: &Person, bravo: &Side, flash: &str) {
    stage.lead("cut bravo-envoy");
    let envoy = bravo.envoy().await;
    envoy.open("/dispatches").await;
    envoy.sees("#tick", "line down").await;
    let told = "The intermediary is told that an unmanned aircraft lost this morning belonged to Alpha and bore no weapons.";
    intermediary.open(&format!("/convey/{flash}")).await;
    intermediary.types("#r-en", told).await;
    intermediary.does("#convey .buttons button").await;
    intermediary.sees("#came-of-it", "acknowledged by their station").await;
    let newest = "return document.querySelector('#list .rows a[data-row]').getAttribute('href');";
    let head = bravo.head().await;
    head.open("/dispatches").await;
    let drone = head.run(newest, Vec::new()).await;
    head.open(drone.as_str().unwrap()).await;
    head.sees("#text", "bore no weapons").await;
    let envoy = bravo.envoy().await;
    assert_ne!(envoy.run(newest, Vec::new()).await, drone, "it came over a line that is cut");
    stage.lead("mend bravo-envoy");
    envoy.sees("#tick", "line up").await;
    envoy.until("what was missed", async || envoy.run(newest, Vec::new()).await == drone).await;
}

/// P11: what an intermediary alters is told on the page. No page lets it alter anything: the hostile one uses a program of its own.
async fn an_altered_note_is_told(stage: &mut Stage, intermediary: &Person, alpha: &Side, bravo: &Side) {
    let text = "The delegation of Alpha states that the exercise of the ninth will stay forty kilometres from the line.";
    let note =
        send(alpha.head().await, "Delegation of Bravo", "note-verbale", "priority", "verbatim", text).await;
    intermediary
        .until("the note", async || {
            intermediary.open("/convey").await;
            intermediary.has(&format!("#waiting a[href='/convey/{note}']")).await
        })
        .await;
    stage.command("intermediary", &["convey", &note, "--to", "Delegation of Bravo", "--faithless"]);
    let head = bravo.head().await;
    head.open("/line").await;
    head.sees("#alarms", "ALTERED").await;
    head.until("the note at Bravo", async || {
        head.open("/dispatches").await;
        head.text("#list .rows li:first-child").await.contains("ALTERED")
    })
    .await;
    head.press("#list .rows a").await;
    head.sees("#text", "ALTERED").await;
}

/// Two of two cannot lose one: both first lay down that one is enough, then the head removes the envoy and invites another.
async fn an_envoy_is_recalled(bravo: &Side) {
    let head = bravo.head().await;
    head.open("/people").await;
    head.unfold("remove").await;
    head.types("#remove-why", "Recalled.").await;
    head.press("#remove button").await;
    head.sees("#remove [data-answer]", "A rule refuses it").await;
    head.unfold("quorum").await;
    head.types("#quorum-n", "1").await;
    head.does("#quorum button").await;
    let envoy = bravo.envoy().await;
    envoy.open("/people").await;
    envoy.finds("form[action='/do/roster-approve'] button").await;
    envoy.does("form[action='/do/roster-approve'] button").await;
    let head = bravo.head().await;
    head.open("/people").await;
    head.sees("#own", "One head or principal decides").await;
    head.unfold("remove").await;
    head.types("#remove-why", "Recalled.").await;
    head.does("#remove button").await;
    let envoy = bravo.envoy().await;
    envoy.sees("#tick", "removed from the channel").await;
    let head = bravo.head().await;
    head.open("/people").await;
    head.unfold("add").await;
    head.types("#add-label", "Second envoy").await;
    head.press("#add button").await;
    head.finds("#invitation-text").await;
}
