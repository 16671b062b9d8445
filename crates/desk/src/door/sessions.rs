//! Links and sessions: of each only a digest is kept.

use super::{digest, secret};
use crate::limits::{LINK_MS, LINKS_MAX, SESSIONS_MAX};
use crate::tongue::Lang;
use backchannel_wire::UtcMs;
use std::sync::{Mutex, MutexGuard, PoisonError};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the machine is set.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its name in forms and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// What a browser that came in may show, and how.
#[derive(Clone)]
pub struct Entered {
    /// What its forms must bring along.
    pub csrf: Zeroizing<String>,
    /// Its language.
    pub lang: Lang,
    /// Whether numerals are 0 to 9.
    pub latin: bool,
    /// Light or dark.
    pub theme: Theme,
    /// Whether content is hidden because others see the screen.
    pub share: bool,
}

struct Session {
    cookie: [u8; 32],
    entered: Entered,
}

struct Link {
    code: [u8; 32],
    until: UtcMs,
}

#[derive(Default)]
struct Inside {
    links: Vec<Link>,
    sessions: Vec<Session>,
}

/// The links that were made and the browsers that came in.
#[derive(Default)]
pub struct Sessions(Mutex<Inside>);

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A code that lets one browser in, once, for some minutes (DOOR-1).
    pub fn link(&self, now: UtcMs) -> Zeroizing<String> {
        let code = secret();
        let mut inside = self.lock();
        inside.links.retain(|link| link.until > now);
        if inside.links.len() >= LINKS_MAX {
            inside.links.remove(0);
        }
        inside.links.push(Link { code: digest(&code), until: UtcMs(now.0.saturating_add(LINK_MS)) });
        code
    }

    /// Lets a browser in by its code, which is used up: gives what its cookie holds.
    pub fn enter(&self, code: &str, entered: Entered, now: UtcMs) -> Option<Zeroizing<String>> {
        let code = digest(code);
        let mut inside = self.lock();
        let at = inside.links.iter().position(|link| bool::from(link.code.ct_eq(&code)))?;
        if inside.links.remove(at).until <= now {
            return None;
        }
        let cookie = secret();
        if inside.sessions.len() >= SESSIONS_MAX {
            inside.sessions.remove(0);
        }
        inside.sessions.push(Session { cookie: digest(&cookie), entered });
        Some(cookie)
    }

    /// The browser of a cookie.
    pub fn of(&self, cookie: &str) -> Option<Entered> {
        let cookie = digest(cookie);
        let inside = self.lock();
        let session = inside.sessions.iter().find(|session| bool::from(session.cookie.ct_eq(&cookie)))?;
        Some(session.entered.clone())
    }

    /// Changes what a browser shows.
    pub fn change(&self, cookie: &str, change: impl FnOnce(&mut Entered)) {
        let cookie = digest(cookie);
        let mut inside = self.lock();
        let found = inside.sessions.iter_mut().find(|session| bool::from(session.cookie.ct_eq(&cookie)));
        if let Some(session) = found {
            change(&mut session.entered);
        }
    }

    /// A browser that leaves.
    pub fn leave(&self, cookie: &str) {
        let cookie = digest(cookie);
        self.lock().sessions.retain(|session| !bool::from(session.cookie.ct_eq(&cookie)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entered() -> Entered {
        Entered { csrf: secret(), lang: Lang::En, latin: false, theme: Theme::Auto, share: false }
    }

    #[test]
    fn a_link_lets_one_browser_in_once_and_not_for_ever() {
        let sessions = Sessions::default();
        let code = sessions.link(UtcMs(0));
        assert!(sessions.enter("guess", entered(), UtcMs(1)).is_none());
        let cookie = sessions.enter(&code, entered(), UtcMs(1)).unwrap();
        assert!(
            sessions.of(&cookie).is_some() && sessions.of("guess").is_none() && sessions.of(&code).is_none()
        );
        assert!(sessions.enter(&code, entered(), UtcMs(2)).is_none());
        let late = sessions.link(UtcMs(0));
        assert!(sessions.enter(&late, entered(), UtcMs(LINK_MS)).is_none());
        sessions.leave(&cookie);
        assert!(sessions.of(&cookie).is_none());
    }

    #[test]
    fn neither_links_nor_sessions_pile_up() {
        let sessions = Sessions::default();
        let first = sessions.link(UtcMs(0));
        let codes: Vec<_> = (0..LINKS_MAX).map(|_| sessions.link(UtcMs(0))).collect();
        assert!(sessions.enter(&first, entered(), UtcMs(1)).is_none());
        let cookies: Vec<_> =
            codes.iter().filter_map(|code| sessions.enter(code, entered(), UtcMs(1))).collect();
        assert_eq!(cookies.len(), LINKS_MAX);
        let code = sessions.link(UtcMs(0));
        sessions.enter(&code, entered(), UtcMs(1)).unwrap();
        assert!(sessions.of(&cookies[0]).is_none() && sessions.of(&cookies[1]).is_some());
    }
}
