//! The false alarm, played through the pages alone by three browsers: the intermediary's, that of Alpha's head with its watch floor in
//! a tab, and Bravo's.

use crate::browser::Person;
use crate::stage::{Stage, draft_of, instant};

const CASE: &str = include_str!("../../../../../scenarios/false-alarm.toml");

async fn tabs(stage: &mut Stage, head: &str, watch: &str) -> [(Person, fantoccini::wd::WindowHandle); 2] {
    let head = stage.person(head).await;
    let first = head.client.window().await.unwrap();
    let watch = stage.beside(&head, watch).await;
    let second = watch.client.window().await.unwrap();
    [(head, first), (watch, second)]
}

async fn front((person, tab): &(Person, fantoccini::wd::WindowHandle)) -> &Person {
    person.client.switch_to_window(tab.clone()).await.unwrap();
    person
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_false_alarm_is_played_through_the_pages_by_three_browsers() {
    let mut stage = Stage::play("false-alarm", 1);
    let intermediary = stage.person("intermediary").await;
    let alpha = tabs(&mut stage, "alpha-head", "alpha-watch").await;
    let bravo = tabs(&mut stage, "bravo-head", "bravo-watch").await;
    let pact = the_restraint_comes_into_effect(&intermediary, &alpha[0], &bravo[0]).await;
    // The intermediary sleeps, its station locked; the watch floor acts alone.
    intermediary.does("form[data-key='lock'] button").await;
    intermediary.sees("h1", "The station is locked").await;
    let incident = the_watch_opens_an_incident_and_asks(&alpha[1], &pact).await;
    bravos_watch_is_told(&bravo[1], &pact).await;
    intermediary.types("#passphrase", &Stage::passphrase("intermediary")).await;
    intermediary.does("form[action='/do/unlock'] button").await;
    the_brake_holds_a_notice_back(&alpha[0], &bravo[0], &pact).await;
    bravo_explains_and_alpha_contests(&alpha[0], &bravo[0], &incident).await;
    both_find_and_close(&alpha[0], &bravo[0], &incident, &pact).await;
    for person in [front(&alpha[1]).await, front(&bravo[1]).await, &intermediary] {
        person.open(&format!("/incidents/{incident}")).await;
        person.sees("#incident", "Joint finding").await;
        person.sees("#incident", "reaffirmed").await;
    }
}

type Seat = (Person, fantoccini::wd::WindowHandle);

async fn the_restraint_comes_into_effect(intermediary: &Person, alpha: &Seat, bravo: &Seat) -> String {
    intermediary.open("/understandings").await;
    intermediary.pastes("#file", &draft_of(CASE, "pact")).await;
    intermediary.does("#lay .buttons button").await;
    let pact = intermediary.path().await.replace("/understandings/", "");
    intermediary.does("form[action='/do/freeze'] button").await;
    for (seat, station) in [(alpha, "alpha-head"), (bravo, "bravo-head")] {
        let person = front(seat).await;
        person
            .until("the frozen text", async || {
                person.open(&format!("/understandings/{pact}?tab=approval")).await;
                person.has("#pass").await
            })
            .await;
        person.types("#pass", &Stage::passphrase(station)).await;
        person.does("#approve form[action='/do/approve'] button").await;
    }
    intermediary.open(&format!("/understandings/{pact}?tab=approval")).await;
    intermediary
        .until("both approvals", async || {
            intermediary.text("#approvals").await.matches("1 of 1").count() == 2
        })
        .await;
    let head = front(alpha).await;
    head.open(&format!("/understandings/{pact}?tab=approval")).await;
    head.unfold("deposit").await;
    head.does("#deposit form[action='/do/deposit'] button").await;
    head.sees("#head", "in effect").await;
    pact
}

/// One person alone, in two steps: an incident, and number 201 of the codebook.
async fn the_watch_opens_an_incident_and_asks(alpha: &Seat, pact: &str) -> String {
    let watch = front(alpha).await;
    watch
        .until("the text at the watch floor", async || {
            watch.open(&format!("/incidents?of={pact}")).await;
            watch.has("#in-clause").await
        })
        .await;
    watch.chooses("#in-clause", "bravo").await;
    let now = instant(0);
    watch.types("#in-at", &now).await;
    watch.does("#open button").await;
    watch.sees("#incidents", "The brake holds until").await;
    let script = "return document.querySelector('#incidents a').getAttribute('href');";
    let href = watch.run(script, Vec::new()).await;
    let incident = href.as_str().unwrap().replace("/incidents/", "");
    watch.open("/notify").await;
    watch.press("a[href='/notify/number/standard/201']").await;
    watch.types("#f-place", "36°30'N 12°15'E").await;
    watch.types("#f-time", &now).await;
    watch.does("form[action='/do/notify'] .buttons button").await;
    watch.sees("#carriage", "Into the caucus of Delegation of Bravo").await;
    watch.sees("#text", "your act?").await;
    incident
}

async fn bravos_watch_is_told(bravo: &Seat, pact: &str) {
    let watch = front(bravo).await;
    watch
        .until("the query", async || {
            watch.open("/dispatches?show=unread").await;
            watch.text("#list").await.contains("notification")
        })
        .await;
    watch.press("#list .rows a").await;
    watch.sees("#text", "your act?").await;
    watch.sees("main", "Carried by the intermediary's station of itself").await;
    watch.open("/").await;
    watch.sees("#clocks", "Answer due").await;
    watch.sees("#clocks", "The brake ends").await;
    watch.open(&format!("/understandings/{pact}")).await;
    watch.sees("#head", "in question").await;
}

async fn the_brake_holds_a_notice_back(alpha: &Seat, bravo: &Seat, pact: &str) {
    let head = front(alpha).await;
    head.open(&format!("/understandings/{pact}?tab=life")).await;
    head.unfold("notice").await;
    head.does("#notice button").await;
    head.sees("#life", "Notice of Delegation of Alpha takes effect").await;
    for seat in [alpha, bravo] {
        let person = front(seat).await;
        person.open(&format!("/understandings/{pact}?tab=life")).await;
        person.sees("#head", "in question").await;
        person.sees("#head", "The brake holds the end back").await;
    }
}

async fn bravo_explains_and_alpha_contests(alpha: &Seat, bravo: &Seat, incident: &str) {
    let head = front(bravo).await;
    head.open("/").await;
    head.sees("#needs", "An incident waits for your explanation").await;
    head.open(&format!("/incidents/{incident}")).await;
    head.chooses("#as", "denied").await;
    head.press("#remedy").await;
    head.does("#explain button").await;
    head.sees("#incident", "denied: not our act").await;
    head.unfold("find").await;
    head.chooses("#established", "not-substantiated").await;
    head.chooses("#intent", "accidental").await;
    head.press("#own").await;
    head.does("#find button").await;
    let head = front(alpha).await;
    head.open(&format!("/incidents/{incident}")).await;
    head.sees("#incident", "denied: not our act").await;
    assert!(!head.has("#explain").await, "Alpha is offered to explain Bravo's act");
    head.unfold("contest").await;
    head.does("#contest button").await;
    head.sees("#incident", "Contested by").await;
}

async fn both_find_and_close(alpha: &Seat, bravo: &Seat, incident: &str, pact: &str) {
    for seat in [alpha, bravo] {
        let head = front(seat).await;
        head.open(&format!("/incidents/{incident}")).await;
        head.unfold("find").await;
        head.chooses("#established", "not-substantiated").await;
        head.chooses("#intent", "accidental").await;
        head.does("#find button").await;
    }
    let head = front(alpha).await;
    head.open(&format!("/incidents/{incident}")).await;
    head.sees("#incident", "Joint finding").await;
    head.open(&format!("/understandings/{pact}?tab=life")).await;
    head.does("#notice-back button").await;
    for seat in [alpha, bravo] {
        let head = front(seat).await;
        head.open(&format!("/incidents/{incident}")).await;
        head.unfold("close").await;
        head.chooses("#outcome", "reaffirmed").await;
        head.does("#close button").await;
    }
    for seat in [alpha, bravo] {
        let head = front(seat).await;
        head.open(&format!("/understandings/{pact}?tab=life")).await;
        head.sees("#head", "in effect").await;
    }
}
