//! What is shipped with the program and served as it is: one style, two scripts, one mark, the fonts.

use crate::door::{Knock, Refused};
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

macro_rules! files {
    ($($name:literal $kind:literal),* $(,)?) => {
        /// Each with its type.
        const FILES: &[(&str, &str, &[u8])] =
            &[$(($name, $kind, include_bytes!(concat!("../assets/", $name)))),*];
    };
}

files! {
    "style.css" "text/css; charset=utf-8",
    "desk.js" "text/javascript; charset=utf-8",
    "live.js" "text/javascript; charset=utf-8",
    "mark.svg" "image/svg+xml",
    "fonts/plex-sans-latin-400.woff2" "font/woff2",
    "fonts/plex-sans-latin-600.woff2" "font/woff2",
    "fonts/plex-sans-cyrillic-400.woff2" "font/woff2",
    "fonts/plex-sans-cyrillic-600.woff2" "font/woff2",
    "fonts/plex-serif-latin-400.woff2" "font/woff2",
    "fonts/plex-serif-latin-600.woff2" "font/woff2",
    "fonts/plex-serif-cyrillic-400.woff2" "font/woff2",
    "fonts/plex-serif-cyrillic-600.woff2" "font/woff2",
    "fonts/plex-sans-arabic-400.woff2" "font/woff2",
    "fonts/plex-sans-arabic-600.woff2" "font/woff2",
    "fonts/plex-sans-hebrew-400.woff2" "font/woff2",
    "fonts/plex-sans-hebrew-600.woff2" "font/woff2",
    "fonts/naskh-arabic-400.woff2" "font/woff2",
    "fonts/naskh-arabic-600.woff2" "font/woff2",
    "fonts/frank-hebrew-400.woff2" "font/woff2",
    "fonts/frank-hebrew-600.woff2" "font/woff2",
}

/// The name under which all of them are served: it changes when one of them does, so that a browser keeps none too long.
fn edition() -> &'static str {
    static EDITION: OnceLock<String> = OnceLock::new();
    EDITION.get_or_init(|| {
        let mut hash = Sha256::new();
        FILES.iter().for_each(|(_, _, bytes)| hash.update(bytes));
        backchannel_wire::ids::hex(&hash.finalize()[..8])
    })
}

/// Where a file is served.
pub fn path(name: &str) -> String {
    format!("/a/{}/{name}", edition())
}

/// Serves a file to whoever reaches the desk: nothing in it is of the station.
pub async fn serve(_: Knock, Path((_, name)): Path<(String, String)>) -> Result<Response, Refused> {
    let found = FILES.iter().find(|(known, _, _)| *known == name);
    Ok(match found {
        Some((_, kind, bytes)) => (
            [(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")],
            *bytes,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    })
}

/// Bytes of what is shipped, by the end of the name.
pub fn bytes_of(end: &str) -> usize {
    FILES.iter().filter(|(name, _, _)| name.ends_with(end)).map(|(_, _, bytes)| bytes.len()).sum()
}
