//! The desk: pages of a running station on loopback, for the person at it (docs/spec/pages.md).
//!
//! It is a process of its own beside the station and speaks to it as the commands do, over the local socket. It holds no key of a
//! channel; what it shows it asks for anew each time.
#![forbid(unsafe_code)]

mod act;
mod assets;
mod clock;
mod door;
mod fault;
pub mod limits;
mod link;
mod live;
mod look;
mod page;
mod preferences;
mod routes;
mod toml_text;
pub mod tongue;

pub use assets::bytes_of;
pub use link::Station;

use crate::door::Sessions;
use crate::preferences::Preferences;
use backchannel_station::api::Request;
use backchannel_wire::UtcMs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use zeroize::Zeroizing;

/// A desk that is open: its address, its station, who came in.
pub struct Desk {
    station: Station,
    home: PathBuf,
    /// As the browser names it.
    host: String,
    origin: String,
    /// The name of its cookie: desks of several stations on one machine differ by their port, which cookies do not tell apart.
    cookie: String,
    sessions: Sessions,
    pulse: watch::Sender<live::Pulse>,
    followers: Arc<Semaphore>,
    /// One rehearsal at a time: it takes a processor.
    rehearsing: Arc<Semaphore>,
    last_here: AtomicU64,
    preferences: Mutex<Preferences>,
}

/// A desk with its listener, before it serves.
pub struct Opened {
    desk: Arc<Desk>,
    listener: TcpListener,
}

impl Opened {
    /// Binds an address of loopback that nobody knows before, with the port that is named or any free one.
    pub async fn bind(home: &Path, port: Option<u16>) -> io::Result<Self> {
        let port = port.unwrap_or(0);
        let listener = match TcpListener::bind((door::address(), port)).await {
            Ok(listener) => listener,
            // A system whose loopback is one address.
            Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => {
                TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?
            }
            Err(error) => return Err(error),
        };
        let host = listener.local_addr()?.to_string();
        let desk = Desk {
            station: Station::of(home),
            home: home.to_owned(),
            origin: format!("http://{host}"),
            cookie: format!("backchannel-{}", listener.local_addr()?.port()),
            host,
            sessions: Sessions::default(),
            pulse: watch::Sender::new(live::Pulse::default()),
            followers: Arc::new(Semaphore::new(limits::FOLLOWERS_MAX)),
            rehearsing: Arc::new(Semaphore::new(1)),
            last_here: AtomicU64::new(clock::now().0),
            preferences: Mutex::new(Preferences::read(home)),
        };
        Ok(Self { desk: Arc::new(desk), listener })
    }

    /// A link that lets one browser in, once.
    pub fn link(&self) -> Zeroizing<String> {
        self.desk.link()
    }

    /// The desk.
    pub fn desk(&self) -> Arc<Desk> {
        self.desk.clone()
    }

    /// Serves until dropped.
    pub async fn serve(self) -> io::Result<()> {
        let desk = self.desk;
        let service = routes::all(desk.clone());
        tokio::select! {
            result = axum::serve(self.listener, service) => result,
            () = live::look_on(desk.clone()) => Ok(()),
            () = lock_when_left(desk) => Ok(()),
        }
    }
}

impl Desk {
    /// A link that lets one browser in, once. What lets it in stands behind the mark #, which is sent to nobody.
    pub fn link(&self) -> Zeroizing<String> {
        let code = self.sessions.link(clock::now());
        Zeroizing::new(format!("{}/enter#{}", self.origin, code.as_str()))
    }

    /// What was chosen for this desk.
    pub(crate) fn preferences(&self) -> Preferences {
        *self.preferences.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what is chosen.
    pub(crate) fn prefer(&self, preferences: Preferences) -> io::Result<()> {
        preferences.write(&self.home)?;
        *self.preferences.lock().unwrap_or_else(PoisonError::into_inner) = preferences;
        Ok(())
    }

    /// Somebody pressed a key, clicked, or went to a page.
    pub(crate) fn somebody_is_here(&self) {
        self.last_here.store(clock::now().0, Ordering::Relaxed);
    }

    fn is_left_at(&self, now: UtcMs) -> bool {
        is_left(UtcMs(self.last_here.load(Ordering::Relaxed)), self.preferences().lock_after, now)
    }
}

/// Whether nobody has been there for so many minutes; with 0 the desk is never left (PAGE-7).
fn is_left(last: UtcMs, minutes: u64, now: UtcMs) -> bool {
    minutes > 0 && now.0.saturating_sub(last.0) >= minutes * 60_000
}

/// Locks the station when nobody has been at the desk for as long as was chosen (PAGE-7).
async fn lock_when_left(desk: Arc<Desk>) {
    loop {
        clock::pause(limits::RETRY_MS).await;
        let open = desk.pulse.borrow().can_be_locked();
        if open && desk.is_left_at(clock::now()) {
            // A station that does not answer now is asked again a second later.
            let _ = desk.station.ask(Request::Lock {}).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // PAGE-7
    #[test]
    fn a_desk_is_left_after_the_minutes_that_were_chosen_and_not_before() {
        let at = |minutes: u64| UtcMs(1_000 + minutes * 60_000);
        assert!(!is_left(at(0), 15, UtcMs(at(15).0 - 1)));
        assert!(is_left(at(0), 15, at(15)));
        assert!(!is_left(at(20), 15, at(0)), "a clock that was set back locks nobody out");
        assert!(!is_left(at(0), 0, at(1_000_000)));
    }
}
