//! One browser, and what a person does with it.

use super::stage::steady;
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long something may take that a person waits for: a channel of 250 ms beats on a machine that is busy.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A driver, with the browsers it started; ends with the test.
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts the driver on a port of its own choice. It takes one that is free for IPv4 and ends if another program has the same
    /// for IPv6: then it is started again.
    pub fn start() -> Self {
        let started = (0..10).find_map(|_| Self::try_start());
        started.expect("chromedriver starts: install the packages chromium and chromium-driver")
    }

    fn try_start() -> Option<Self> {
        let mut child = behind_the_stations()
            .args(["chromedriver", "--port=0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut lines = BufReader::new(child.stdout.take()?).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok());
        let Some(port) = port else {
            let _ = child.wait();
            return None;
        };
        // What it says later is taken, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { child, port })
    }

    /// A browser with a fresh profile and no network but this machine's own.
    pub async fn browser(&self, size: (u32, u32), lang: &str) -> Client {
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--force-device-scale-factor=1",
            "--hide-scrollbars",
            // The network is cut off: no name leads anywhere, and whatever is not this machine goes to a proxy that is not there.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.*",
            "--proxy-server=127.0.0.1:9",
            "--proxy-bypass-list=127.*",
        ];
        let mut arguments: Vec<String> = arguments.iter().map(|one| (*one).to_owned()).collect();
        arguments.push(format!("--window-size={},{}", size.0, size.1));
        arguments.push(format!("--accept-lang={lang}"));
        let wanted = json!({ "goog:chromeOptions": { "args": arguments }, "goog:loggingPrefs": { "browser": "ALL" }, "timeouts": { "script": 300_000 } });
        let Value::Object(wanted) = wanted else { unreachable!() };
        ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .expect("a browser starts")
    }
}

/// What runs a command so that the stations come first, which have a beat to keep. A browser that root starts puts itself before
/// all others; so it is started without the means to.
fn behind_the_stations() -> Command {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    let mut command = Command::new(if is_root { "setpriv" } else { "nice" });
    if is_root {
        command.args(["--bounding-set=-sys_nice", "nice"]);
    }
    command.args(["-n", "10"]);
    command
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A person before a browser.
pub struct Person {
    /// The browser.
    pub client: Client,
    /// The desk's address.
    pub base: String,
    /// Who it is, for messages of tests.
    pub name: String,
}

impl Person {
    /// Comes in by a link.
    pub async fn enter(client: Client, link: &str, name: &str) -> Self {
        let base = link.split("/enter").next().unwrap().to_owned();
        let person = Self { client, base, name: name.to_owned() };
        person.client.goto(link).await.unwrap();
        person.until("the overview", async || person.path().await == "/").await;
        person
    }

    /// The path of the page.
    pub async fn path(&self) -> String {
        self.client.current_url().await.map(|url| url.path().to_owned()).unwrap_or_default()
    }

    /// Goes to a page.
    pub async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    /// Waits until something is so.
    pub async fn until(&self, what: &str, mut is_so: impl AsyncFnMut() -> bool) {
        let begun = steady();
        while !is_so().await {
            if begun.elapsed() > PATIENCE {
                let (text, path) = (self.text("main").await, self.path().await);
                let fresh = self.run("return document.documentElement.dataset.fresh;", Vec::new()).await;
                self.open(&path).await;
                let anew = self.text("main").await;
                panic!(
                    "{}: waited in vain for {what} at {path}, brought up to date {fresh} times\n--- it says:\n{text}\n--- loaded anew:\n{anew}",
                    self.name
                );
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// What is written in the first element that fits; empty if there is none.
    pub async fn text(&self, css: &str) -> String {
        let script = "const e = document.querySelector(arguments[0]); return e ? e.innerText : '';";
        let text = self.run(script, vec![json!(css)]).await;
        text.as_str().unwrap_or_default().replace(['\u{2068}', '\u{2069}'], "")
    }

    /// Waits until something is written there. The page is not loaded again: it brings itself up to date.
    pub async fn sees(&self, css: &str, words: &str) {
        self.until(&format!("{words:?} in {css}"), async || self.text(css).await.contains(words)).await;
    }

    /// Waits for an element.
    pub async fn finds(&self, css: &str) -> Element {
        self.until(css, async || self.client.find(Locator::Css(css)).await.is_ok()).await;
        self.client.find(Locator::Css(css)).await.unwrap()
    }

    /// Whether there is such an element now.
    pub async fn has(&self, css: &str) -> bool {
        self.client.find(Locator::Css(css)).await.is_ok()
    }

    /// Clicks. A part of the page may be put anew in between: then the one that stands there now is clicked.
    pub async fn press(&self, css: &str) {
        let begun = steady();
        loop {
            match self.aims_and_clicks(css).await {
                Ok(()) => return,
                Err(error) if begun.elapsed() > PATIENCE => {
                    panic!("{}: {css} cannot be clicked: {error}", self.name)
                }
                Err(_) => {
                    // What lies at the window's edge may be under a note: a person scrolls.
                    let script = "document.querySelector(arguments[0])?.scrollIntoView({ block: 'center' });";
                    self.run(script, vec![json!(css)]).await;
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    /// Comes to rest on it before pressing, as a hand does: from then on the page holds still.
    async fn aims_and_clicks(&self, css: &str) -> Result<(), CmdError> {
        let element = self.finds(css).await;
        let over = PointerAction::MoveToElement { element: element.clone(), duration: None, x: 0.0, y: 0.0 };
        self.client.perform_actions(MouseActions::new("hand".to_owned()).then(over)).await?;
        element.click().await
    }

    /// Opens what is folded away.
    pub async fn unfold(&self, id: &str) {
        self.finds(&format!("#{id}")).await;
        self.run("document.getElementById(arguments[0]).open = true;", vec![json!(id)]).await;
    }

    /// Types into a field, key by key.
    pub async fn types(&self, css: &str, text: &str) {
        let field = self.finds(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Pastes into a field.
    pub async fn pastes(&self, css: &str, text: &str) {
        self.finds(css).await;
        let script = "const e = document.querySelector(arguments[0]); e.value = arguments[1];
            e.dispatchEvent(new Event('input', { bubbles: true }));";
        self.run(script, vec![json!(css), json!(text)]).await;
    }

    /// Chooses in a list.
    pub async fn chooses(&self, css: &str, value: &str) {
        self.finds(css).await.select_by_value(value).await.unwrap_or_else(|error| {
            panic!("{}: {css} has no choice {value}: {error}", self.name);
        });
    }

    /// Asks for something to be done and waits until the page that follows is there.
    pub async fn does(&self, css: &str) {
        self.run("window.wasHere = true;", Vec::new()).await;
        self.press(css).await;
        self.until(&format!("what follows {css}"), async || {
            self.run("return window.wasHere !== true;", Vec::new()).await == json!(true)
        })
        .await;
    }

    /// Runs a script in the page. While a page is being left there is none.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        match self.client.execute(script, arguments).await {
            Ok(value) => value,
            Err(CmdError::Standard(_)) => Value::Null,
            Err(error) => panic!("{}: {error}", self.name),
        }
    }
}
