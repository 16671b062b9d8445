//! Attacks on the door: who has no link, who comes from elsewhere, who brings no token. No station runs: none of these may get as far as one.

use backchannel_desk::Opened;
use std::path::Path;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A desk that is open on a directory without a station.
struct Door {
    host: String,
    code: String,
    _home: Home,
    task: tokio::task::JoinHandle<()>,
}

struct Home(std::path::PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("desk-door-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn door(name: &str) -> Door {
    let home = Home::new(name);
    let opened = Opened::bind(Path::new(&home.0), None).await.unwrap();
    let link = opened.link();
    let (base, code) = link.split_once("/enter#").unwrap();
    let host = base.trim_start_matches("http://").to_owned();
    assert!(host.starts_with("127.") && !host.starts_with("127.0.0.1:"), "{host}");
    let code = code.to_owned();
    let task = tokio::spawn(async move { drop(opened.serve().await) });
    Door { host, code, _home: home, task }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

impl Door {
    /// Sends a request as it is written, but for the length.
    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            text.push_str(&format!("Host: {}\r\n", self.host));
        }
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        let mut stream = TcpStream::connect(&self.host).await.unwrap();
        // A door that refuses may close before it has read everything.
        let _ = stream.write_all(text.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn origin(&self) -> String {
        format!("http://{}", self.host)
    }

    /// Comes in, and gives the cookie.
    async fn enter(&self) -> String {
        let origin = self.origin();
        let answer = self.ask("POST", "/enter", &[("Origin", &origin)], &format!("code={}", self.code)).await;
        assert_eq!(answer.status, 303, "{}", answer.head);
        let cookie = answer.header("set-cookie").unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        cookie.split(';').next().unwrap().to_owned()
    }

    /// The token of a page's forms. The page says that there is no station; it is a page all the same.
    async fn statuses(&self, cookie: &str, paths: &[&str]) -> Vec<u16> {
        let mut out = Vec::new();
        for path in paths {
            out.push(self.ask("GET", path, &[("Cookie", cookie)], "").await.status);
        }
        out
    }
}

const PAGES: [&str; 8] = ["/", "/dispatches", "/write", "/people", "/settings", "/locked", "/live", "/here"];

// DOOR-1
#[tokio::test]
async fn nobody_comes_in_without_a_link_and_a_link_works_once() {
    let door = door("link").await;
    for path in PAGES {
        let answer = door.ask("GET", path, &[], "").await;
        assert_eq!((answer.status, answer.header("location")), (303, Some("/enter")), "{path}");
    }
    let origin = door.origin();
    for code in ["", "0", &door.code[1..], &"0".repeat(64)] {
        let answer = door.ask("POST", "/enter", &[("Origin", &origin)], &format!("code={code}")).await;
        assert_eq!(answer.status, 403, "{code}");
        assert!(answer.header("set-cookie").is_none());
    }
    let cookie = door.enter().await;
    let again = door.ask("POST", "/enter", &[("Origin", &origin)], &format!("code={}", door.code)).await;
    assert_eq!(again.status, 403);
    // In, every page that needs the station says that there is none; nobody is sent to the door.
    assert_eq!(door.statuses(&cookie, &["/", "/dispatches", "/locked"]).await, [503, 503, 503]);
    // A cookie of another desk, or one altered, is none.
    let last = if cookie.ends_with('0') { '1' } else { '0' };
    let altered = format!("{}{last}", &cookie[..cookie.len() - 1]);
    let other = cookie.replacen("backchannel-", "backchannel-1", 1);
    for cookie in [altered.as_str(), other.as_str(), "backchannel-1=", ""] {
        assert_eq!(door.statuses(cookie, &["/"]).await, [303], "{cookie}");
    }
}

// DOOR-2
#[tokio::test]
async fn a_name_that_leads_here_opens_nothing() {
    let door = door("host").await;
    let cookie = door.enter().await;
    let port = door.host.split(':').nth(1).unwrap().to_owned();
    for host in
        [format!("evil.example:{port}"), format!("localhost:{port}"), "127.0.0.1".to_owned(), String::new()]
    {
        for path in ["/", "/enter", "/live", "/a/x/style.css"] {
            let answer = door.ask("GET", path, &[("Host", &host), ("Cookie", &cookie)], "").await;
            assert_eq!(answer.status, 403, "{host} {path}");
        }
        let origin = format!("http://{host}");
        let answer = door
            .ask("POST", "/enter", &[("Host", &host), ("Origin", &origin)], &format!("code={}", door.code))
            .await;
        assert_eq!(answer.status, 403, "{host}");
    }
}

// DOOR-3, DOOR-4
#[tokio::test]
async fn a_request_that_another_page_made_does_nothing() {
    let door = door("csrf").await;
    let cookie = door.enter().await;
    let origin = door.origin();
    for site in ["cross-site", "same-site", "elsewhere"] {
        let answer = door.ask("GET", "/", &[("Cookie", &cookie), ("Sec-Fetch-Site", site)], "").await;
        assert_eq!(answer.status, 403, "{site}");
    }
    for purpose in ["Sec-Purpose", "Purpose"] {
        let answer = door.ask("GET", "/", &[("Cookie", &cookie), (purpose, "prefetch")], "").await;
        assert_eq!(answer.status, 403, "{purpose}");
    }
    for path in [
        "/do/lock",
        "/do/send",
        "/do/stop",
        "/do/burn",
        "/do/approve",
        "/check/draft",
        "/do/draft-keep",
        "/do/share",
    ] {
        // From nowhere, from elsewhere, from a desk beside this one, and from here without the token.
        for origin in [None, Some("null"), Some("http://evil.example"), Some("http://127.0.0.1:1")] {
            let mut headers = vec![("Cookie", cookie.as_str())];
            headers.extend(origin.map(|origin| ("Origin", origin)));
            assert_eq!(door.ask("POST", path, &headers, "csrf=").await.status, 403, "{path} {origin:?}");
        }
        for token in ["", "csrf=", &format!("csrf={}", "0".repeat(64))] {
            let headers = [("Cookie", cookie.as_str()), ("Origin", origin.as_str())];
            assert_eq!(door.ask("POST", path, &headers, token).await.status, 409, "{path} {token}");
        }
        assert_eq!(door.ask("GET", path, &[("Cookie", &cookie)], "").await.status, 405, "{path}");
    }
    let foreign = door
        .ask("POST", "/enter", &[("Origin", "http://evil.example")], &format!("code={}", door.code))
        .await;
    assert_eq!(foreign.status, 403);
}

// DOOR-5
#[tokio::test]
async fn every_answer_bears_the_policy_and_nothing_inline() {
    let door = door("policy").await;
    let cookie = door.enter().await;
    for path in ["/", "/enter", "/nowhere", "/dispatches/../../etc/passwd", "/a/x/none", "/do/lock"] {
        let answer = door.ask("GET", path, &[("Cookie", &cookie)], "").await;
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        for inline in ["<script>", "style=", "onclick=", "javascript:", "http://", "https://"] {
            assert!(!answer.body.contains(inline), "{path} holds {inline}");
        }
    }
    let style = door.ask("GET", "/enter", &[], "").await.body;
    let at = style
        .split("href=\"")
        .find(|part| part.contains("style.css"))
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let style = door.ask("GET", &at, &[], "").await;
    assert_eq!((style.status, style.header("content-type")), (200, Some("text/css; charset=utf-8")));
    assert!(!style.body.contains("http") && !style.body.contains("@import"));
}

#[tokio::test]
async fn what_is_too_long_or_no_request_is_refused_and_the_desk_goes_on() {
    let door = door("long").await;
    let cookie = door.enter().await;
    let origin = door.origin();
    let headers = [("Cookie", cookie.as_str()), ("Origin", origin.as_str())];
    let long = "x".repeat(backchannel_desk::limits::BODY_BYTES_MAX + 1);
    let status = door.ask("POST", "/do/send", &headers, &long).await.status;
    assert!(matches!(status, 0 | 413), "{status}");
    for path in [
        "/notify/number/standard/99999999",
        "/dispatches/%00%ff",
        "/write?draft=%",
        "/record?page=99999999999999999999",
    ] {
        let status = door.ask("GET", path, &headers, "").await.status;
        assert!(matches!(status, 400 | 404 | 422 | 503), "{path}: {status}");
    }
    let mut stream = TcpStream::connect(&door.host).await.unwrap();
    stream.write_all(b"\x16\x03\x01\x00\xff\x00\r\n\r\n").await.unwrap();
    assert_eq!(door.ask("GET", "/", &[("Cookie", &cookie)], "").await.status, 503);
}
