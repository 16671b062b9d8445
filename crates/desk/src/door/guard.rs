//! The checks before a request is looked at: each type here can only be built by passing them.

use super::Entered;
use crate::limits::BODY_BYTES_MAX;
use crate::tongue::{Tongue, tongue};
use crate::{Desk, fault};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeMap;
use std::sync::Arc;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Why a request was turned away before anything was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It names another host: somebody else's name leads here (DOOR-2).
    Host,
    /// Another page made it (DOOR-3).
    Elsewhere,
    /// The browser has not come in (DOOR-1).
    Stranger,
    /// It brings no token of the desk's own page (DOOR-4).
    Token,
    /// It is too long.
    Long,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Stranger => Redirect::to("/enter").into_response(),
            Self::Host | Self::Elsewhere => (StatusCode::FORBIDDEN, fault::door()).into_response(),
            Self::Token => (StatusCode::CONFLICT, fault::door()).into_response(),
            Self::Long => (StatusCode::PAYLOAD_TOO_LARGE, fault::door()).into_response(),
        }
    }
}

/// A request of a browser that came in, for a page.
pub struct Visit {
    /// The desk.
    pub desk: Arc<Desk>,
    /// How it is shown.
    pub entered: Entered,
    /// In which words.
    pub words: &'static Tongue,
    /// The fields of the address.
    pub query: Fields,
    /// The path asked for, with its query.
    pub path: String,
    cookie: Zeroizing<String>,
}

impl Visit {
    /// Changes how this browser is shown pages.
    pub fn change(&self, change: impl FnOnce(&mut Entered)) {
        self.desk.sessions.change(&self.cookie, change);
    }

    /// How this browser is shown pages now; none once its session is over.
    pub fn now(&self) -> Option<Entered> {
        self.desk.sessions.of(&self.cookie)
    }

    /// Ends this browser's session.
    pub fn leave(&self) {
        self.desk.sessions.leave(&self.cookie);
    }
}

/// A request of the desk's own page that asks for something to be done.
pub struct Act {
    /// Who asks, and how the answer is shown.
    pub visit: Visit,
    /// What was filled in.
    pub fields: Fields,
    /// Whether the page's script asked, which shows the answer within the page.
    pub scripted: bool,
}

/// The fields of a form, wiped when dropped: one may be a passphrase.
#[derive(Clone, Default)]
pub struct Fields(Zeroizing<Vec<(String, String)>>);

impl Fields {
    /// Reads `a=b&c=d`.
    pub fn read(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(form_urlencoded::parse(bytes).into_owned().collect()))
    }

    /// Fields as they are.
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        Self(Zeroizing::new(pairs))
    }

    /// The first of a name; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// The first of a name, unless it is empty.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name).trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Whether a box was ticked.
    pub fn is(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// All, in order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Those whose name begins so, by the rest of the name; empty ones are left out.
    pub fn under(&self, prefix: &str) -> BTreeMap<String, String> {
        let named = self.0.iter().filter_map(|(key, value)| Some((key.strip_prefix(prefix)?, value)));
        let filled = named.filter(|(_, value)| !value.trim().is_empty());
        filled.map(|(key, value)| (key.to_owned(), value.replace("\r\n", "\n"))).collect()
    }
}

/// The host must be the address that was bound: a name that somebody made lead here is refused (DOOR-2).
pub(super) fn host(headers: &HeaderMap, desk: &Desk) -> Result<(), Refused> {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    if host == Some(desk.host.as_str()) { Ok(()) } else { Err(Refused::Host) }
}

/// What a browser says of who made the request: this origin, or the person by the address bar (DOOR-3).
fn from_here(headers: &HeaderMap) -> Result<(), Refused> {
    let site = headers.get("sec-fetch-site").map(|value| value.as_bytes());
    match site {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) => Err(Refused::Elsewhere),
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<Zeroizing<String>> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut each = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    each.find(|(key, _)| *key == name).map(|(_, value)| Zeroizing::new(value.to_owned()))
}

impl FromRequestParts<Arc<Desk>> for Visit {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Refused> {
        host(&parts.headers, desk)?;
        from_here(&parts.headers)?;
        // A page that is fetched before anybody asked for it would tell the other side that it was read.
        if parts.headers.contains_key("sec-purpose") || parts.headers.contains_key("purpose") {
            return Err(Refused::Elsewhere);
        }
        let cookie = cookie(&parts.headers, &desk.cookie).ok_or(Refused::Stranger)?;
        let entered = desk.sessions.of(&cookie).ok_or(Refused::Stranger)?;
        // A page that brings itself up to date shows nothing of a person: nobody pressed anything.
        if !parts.headers.contains_key("x-desk-live") {
            desk.somebody_is_here();
        }
        let query = Fields::read(parts.uri.query().unwrap_or_default().as_bytes());
        let words = tongue(entered.lang, entered.latin);
        let path = parts.uri.path_and_query().map_or("/", |whole| whole.as_str()).to_owned();
        Ok(Self { desk: desk.clone(), entered, words, query, path, cookie })
    }
}

impl FromRequest<Arc<Desk>> for Act {
    type Rejection = Refused;

    async fn from_request(request: Request, desk: &Arc<Desk>) -> Result<Self, Refused> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, desk).await?;
        let origin = parts.headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
        if origin != Some(desk.origin.as_str()) {
            return Err(Refused::Elsewhere);
        }
        let body: Bytes = axum::body::to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| Refused::Long)?;
        let fields = Fields::read(&body);
        let token = fields.get("csrf").as_bytes().ct_eq(visit.entered.csrf.as_bytes());
        if !bool::from(token) {
            return Err(Refused::Token);
        }
        let scripted = parts.headers.contains_key("x-desk");
        Ok(Self { visit, fields, scripted })
    }
}

/// A request of somebody who has not come in yet: only its host and its maker are checked.
pub struct Knock {
    /// The desk.
    pub desk: Arc<Desk>,
    /// The language of the browser.
    pub lang: crate::tongue::Lang,
    /// Whether it may come in by a form: the desk's own page made it.
    pub own: bool,
}

impl FromRequestParts<Arc<Desk>> for Knock {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Refused> {
        host(&parts.headers, desk)?;
        let origin = parts.headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
        let wanted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let lang = crate::tongue::Lang::wanted(wanted.unwrap_or_default());
        Ok(Self { desk: desk.clone(), lang, own: origin == Some(desk.origin.as_str()) })
    }
}
