//! What changed, told to open pages as it happens: the station is asked, and every page that follows is told (PAGE-3).

use crate::Desk;
use crate::clock;
use crate::door::Visit;
use crate::limits::{LOOK_MS_MIN, RETRY_MS};
use crate::look::Look;
use crate::tongue::ids;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use backchannel_station::api::Request;
use futures_util::stream;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, watch};

/// What an event says that says nothing: browsers drop one without data.
const SOMETHING: &str = "-";

/// Whether the station answers, and what of it changed last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pulse {
    here: bool,
    locked: bool,
    connected: bool,
    /// The last beat.
    k: u64,
    /// The number of the last entry of the journal.
    news: u64,
    /// The kinds of the entries that came with it.
    kinds: Vec<String>,
    /// How often a browser hid or showed content: each follower looks whether it was its own.
    turns: u64,
}

impl Pulse {
    /// Whether there is an open station.
    pub fn can_be_locked(&self) -> bool {
        self.here && !self.locked
    }
}

/// Follows the station for as long as the desk is open.
pub async fn look_on(desk: Arc<Desk>) {
    let mut since = 0;
    loop {
        let begun = clock::now();
        match look(&desk, since).await {
            Some(pulse) => {
                since = pulse.news;
                // Whoever unlocked it, at a terminal or here, is there.
                if pulse.can_be_locked() && !desk.pulse.borrow().can_be_locked() {
                    desk.somebody_is_here();
                }
                desk.pulse.send_if_modified(|last| {
                    let pulse = Pulse { turns: last.turns, ..pulse };
                    let changed = *last != pulse;
                    *last = pulse;
                    changed
                });
            }
            None => {
                // A station that starts again counts its journal anew.
                since = 0;
                desk.pulse.send_if_modified(|last| std::mem::replace(&mut last.here, false));
                clock::pause(RETRY_MS).await;
            }
        }
        let spent = clock::now().0.saturating_sub(begun.0);
        clock::pause(LOOK_MS_MIN.saturating_sub(spent).max(1)).await;
    }
}

/// One look: waits for news of the journal for a beat at most, then sees how things stand.
async fn look(desk: &Desk, since: u64) -> Option<Pulse> {
    let last = desk.pulse.borrow().clone();
    let timeout_ms = if last.here { 1_000 } else { 0 };
    let news = desk.station.ask(Request::Watch { since, timeout_ms }).await.ok()?;
    let status = desk.station.ask(Request::Status {}).await.ok()?;
    let kinds = news.list("entries").iter().map(|entry| entry.text("kind").to_owned());
    // What happened before this desk opened is on its pages, and no news.
    let kinds: Vec<String> = if since == 0 { Vec::new() } else { kinds.collect() };
    Some(Pulse {
        here: true,
        locked: status.is("locked"),
        connected: status["relay"].is("connected"),
        k: status["relay"].count("k"),
        news: news.count("next"),
        kinds: if kinds.is_empty() && news.count("next") == last.news { last.kinds } else { kinds },
        turns: last.turns,
    })
}

impl Desk {
    /// Lets every follower look again at how its browser is shown pages.
    pub fn wake(&self) {
        self.pulse.send_modify(|pulse| pulse.turns += 1);
    }
}

/// One page, or one browser's worker, that follows.
struct Follower {
    visit: Visit,
    pulse: watch::Receiver<Pulse>,
    told: Pulse,
    hides: bool,
    queue: Vec<Event>,
    _place: OwnedSemaphorePermit,
}

/// Tells a page what changes, until it goes.
pub async fn follow(visit: Visit) -> Response {
    let Ok(place) = visit.desk.followers.clone().try_acquire_owned() else {
        return axum::http::StatusCode::TOO_MANY_REQUESTS.into_response();
    };
    let mut pulse = visit.desk.pulse.subscribe();
    let told = pulse.borrow_and_update().clone();
    let mut queue = vec![Event::default().comment("the desk is here")];
    // It may have been locked between the making of the page and now.
    if told.locked {
        queue.push(Event::default().event("locked").data(SOMETHING));
    }
    let hides = visit.entered.share;
    let follower = Follower { visit, pulse, told, hides, queue, _place: place };
    let events = stream::unfold(follower, |mut follower| async move {
        loop {
            if let Some(event) = follower.queue.pop() {
                return Some((Ok::<_, Infallible>(event), follower));
            }
            follower.pulse.changed().await.ok()?;
            // Who left, or was put out by a ninth browser, is told nothing more (DOOR-1).
            let entered = follower.visit.now()?;
            follower.take(entered.share);
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

impl Follower {
    /// Queues what is new, the last to be told first.
    fn take(&mut self, hides: bool) {
        let now = self.pulse.borrow_and_update().clone();
        let words = self.visit.words;
        let event = |name: &str, data: String| Event::default().event(name).data(data);
        if now.k != self.told.k {
            let text = words.v(ids::BEAT_NOW, [("k", now.k.into())]);
            self.queue.push(event("beat", format!("{} {text}", now.k)));
        }
        if now.news != self.told.news || now.connected != self.told.connected {
            // What everybody is told by name of its kind, never by its words: a screen reader may speak it aloud.
            let kind = now.kinds.iter().rev().find(|kind| *kind != "acknowledged");
            let said =
                kind.map_or_else(|| SOMETHING.to_owned(), |kind| words.named(ids::JOURNAL, "kind", kind));
            self.queue.push(event("news", said));
        }
        if now.locked && !self.told.locked {
            self.queue.push(event("locked", SOMETHING.to_owned()));
        }
        if now.here != self.told.here {
            self.queue.push(event(if now.here { "here" } else { "gone" }, SOMETHING.to_owned()));
        }
        // Last queued, first told: nothing is worth as much as hiding at once (PAGE-5).
        if hides != self.hides {
            self.queue.push(event(if hides { "hide" } else { "show" }, SOMETHING.to_owned()));
        }
        (self.told, self.hides) = (now, hides);
    }
}
