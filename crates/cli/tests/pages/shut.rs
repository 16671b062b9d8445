//! PAGE-5 and the door, in a browser: share mode leaves no content in any page; a link works once; who leaves is out.

use super::browser::Person;
use super::stage::Stage;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn share_mode_leaves_no_content_in_any_page() {
    let mut stage = Stage::play("false-alarm", 9);
    let claim = "who = \"a fisherman\"\nsource = \"the fishing fleet\"\ntext.en = \"Lights were seen off the cape.\"\n";
    let claim = stage.enters("bravo-head", claim).await;
    stage.command("bravo-head", &["claims", "believe", &claim, "37", "--because", "It was foggy."]);
    let person = stage.person("bravo-head").await;
    let said = [
        "preventive strike",
        "acts of a non-party",
        "36°30",
        "your act?",
        "fishing fleet",
        "off the cape",
        "foggy",
    ];
    let mut seen = 0;
    let pages = [
        "/",
        "/dispatches",
        "/record",
        "/understandings",
        "/rehearsal",
        "/incidents",
        "/public",
        "/claims",
        "/line",
        "/people",
        "/write",
    ];
    let mut paths: Vec<String> = pages.map(str::to_owned).to_vec();
    paths.push(format!("/claims/{claim}"));
    for (page, css) in
        [("/dispatches", "#list .rows a"), ("/understandings", "#texts a"), ("/incidents", "#incidents a")]
    {
        person.open(page).await;
        let script =
            "const a = document.querySelector(arguments[0]); return a ? a.getAttribute('href') : null;";
        paths.extend(person.run(script, vec![json!(css)]).await.as_str().map(str::to_owned));
    }
    for path in &paths {
        person.open(path).await;
        let page = person.client.source().await.unwrap();
        seen += said.iter().filter(|words| page.contains(**words)).count();
    }
    assert!(seen > 2, "the words are not on the pages in the first place");
    person.open("/").await;
    person.does("form[data-key='share'] button").await;
    for path in &paths {
        person.open(path).await;
        person.sees("main", "Content is hidden").await;
        let page = person.client.source().await.unwrap();
        for words in said {
            let around = page.find(words).map(|at| &page[at.saturating_sub(200)..at]);
            assert!(around.is_none(), "{path} holds {words} after {around:?}");
        }
        assert!(!person.has("main textarea").await, "{path} has a field to write in");
    }
    person.open("/").await;
    person.sees("#force", "in question").await;
    person.does("form[data-key='share'] button").await;
    let text = paths.iter().find(|path| path.starts_with("/understandings/")).unwrap();
    hiding_in_one_tab_hides_in_the_other(&person, text).await;
    person.open("/understandings").await;
    person.press("#texts a").await;
    person.sees("#paper", "preventive strike").await;
}

/// PAGE-5: nobody presses anything in the other tab, and nothing of the channel happens meanwhile. Nine tabs are more connections than a
/// browser holds, and all of them follow by one.
async fn hiding_in_one_tab_hides_in_the_other(person: &Person, text: &str) {
    let first = person.client.window().await.unwrap();
    let mut tabs = Vec::new();
    for _ in 0..8 {
        let tab = person.client.new_window(true).await.unwrap().handle;
        person.client.switch_to_window(tab.clone()).await.unwrap();
        person.open(text).await;
        person.sees("#paper", "preventive strike").await;
        tabs.push(tab);
    }
    person.client.switch_to_window(first.clone()).await.unwrap();
    person.open("/").await;
    person.does("form[data-key='share'] button").await;
    for tab in &tabs {
        person.client.switch_to_window(tab.clone()).await.unwrap();
        person.sees("main", "Content is hidden").await;
        assert!(!person.client.source().await.unwrap().contains("preventive strike"));
        person.client.close_window().await.unwrap();
    }
    person.client.switch_to_window(first).await.unwrap();
    person.does("form[data-key='share'] button").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_lets_one_browser_in_and_who_leaves_is_out() {
    // DOOR-1, DOOR-6
    let mut stage = Stage::play("quiet-pact", 1);
    let person = stage.person("alpha-head").await;
    assert_eq!(person.run("return location.hash + location.search;", vec![]).await, json!(""));
    let other = stage.driver.browser((1280, 900), "fr").await;
    other.goto(&person.base).await.unwrap();
    let stranger =
        super::browser::Person { client: other, base: person.base.clone(), name: "stranger".to_owned() };
    stranger.sees("h2", "bureau").await;
    assert_eq!(stranger.path().await, "/enter");
    let page = stranger.client.source().await.unwrap();
    assert!(!page.contains("Alpha") && !page.contains("quiet"), "the door tells of the station");
    let cookies = person.client.get_all_cookies().await.unwrap();
    let cookie = cookies.iter().find(|cookie| cookie.name().starts_with("backchannel-")).unwrap();
    assert!(
        cookie.http_only() == Some(true) && cookie.same_site().is_some_and(|one| one.is_strict()),
        "{cookie:?}"
    );
    assert_eq!(person.run("return document.cookie;", vec![]).await, json!(""));
    person.open("/settings").await;
    person.does("form[data-key='leave'] button").await;
    person.open("/dispatches").await;
    assert_eq!(person.path().await, "/enter");
}
