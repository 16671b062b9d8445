//! The local socket: order, bounds, and who is told what.

use super::client::{Client, call};
use super::*;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream as Plain;
use tempfile::TempDir;
use tokio::task::{JoinHandle, spawn_blocking};

const PATIENCE: Duration = Duration::from_secs(20);

async fn echo(request: Value) -> Value {
    json!({ "echo": request })
}

fn home() -> TempDir {
    tempfile::Builder::new().permissions(Permissions::from_mode(0o700)).tempdir().unwrap()
}

/// A home with a station behind its socket that echoes.
fn running() -> (TempDir, PathBuf, JoinHandle<SocketError>) {
    let home = home();
    let path = home.path().join("station.sock");
    let listener = Listener::bind(&path).unwrap();
    (home, path, tokio::spawn(listener.serve(echo)))
}

async fn blocking<T: Send + 'static>(part: impl FnOnce() -> T + Send + 'static) -> T {
    spawn_blocking(part).await.unwrap()
}

/// Sends bytes and gives all that comes back until the station hangs up.
async fn send(path: &Path, bytes: Vec<u8>) -> String {
    let mut stream = Plain::connect(path).unwrap();
    blocking(move || {
        // The station may hang up before it has read everything.
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut text = Vec::new();
        let _ = stream.read_to_end(&mut text);
        String::from_utf8(text).unwrap()
    })
    .await
}

#[tokio::test]
async fn a_connection_carries_requests_in_order() {
    // SOCKET-3
    let (_home, path, _station) = running();
    let one = path.clone();
    let reply = blocking(move || call(&one, &json!({"cmd": "line\nbreak"}), PATIENCE)).await.unwrap();
    assert_eq!(reply, json!({"echo": {"cmd": "line\nbreak"}}));
    let replies = blocking(move || {
        let mut client = Client::connect(&path, PATIENCE).unwrap();
        (0..3).map(|n| client.call(&json!({ "n": n })).unwrap()).collect::<Vec<_>>()
    })
    .await;
    assert_eq!(replies, [0, 1, 2].map(|n| json!({ "echo": { "n": n } })));
}

#[tokio::test]
async fn a_long_request_passes_and_one_above_the_limit_is_refused() {
    // SOCKET-4
    let (_home, path, _station) = running();
    let longest = "x".repeat(REQUEST_LINE_BYTES_MAX - 20);
    let to = path.clone();
    assert!(blocking(move || call(&to, &json!({ "t": longest }), PATIENCE)).await.is_ok());
    let reply = send(&path, vec![b'x'; REQUEST_LINE_BYTES_MAX + 1]).await;
    assert!(reply.contains("SOCKET-4"), "{reply}");
}

#[tokio::test]
async fn what_is_no_request_is_refused_and_the_next_line_is_answered() {
    // SOCKET-3
    let (_home, path, _station) = running();
    for junk in ["{\"cmd\":", "[1,2]", "", "\u{0}", "nul\""] {
        let replies = send(&path, format!("{junk}\n{{\"n\":1}}\n").into_bytes()).await;
        let lines: Vec<Value> = replies.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines[0]["error"]["kind"], "usage", "{junk:?}");
        assert_eq!(lines[1], json!({"echo": {"n": 1}}));
    }
    assert_eq!(send(&path, b"{\"n\":1}".to_vec()).await, "", "a line without its end is no request");
    assert!(send(&path, vec![b'['; 100_000].into_iter().chain(*b"\n").collect()).await.contains("SOCKET-3"));
}

#[tokio::test]
async fn only_the_owner_reaches_it() {
    // SOCKET-1
    let (home, path, _station) = running();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(home.path(), Permissions::from_mode(0o750)).unwrap();
    assert!(matches!(Listener::bind(&home.path().join("other.sock")), Err(SocketError::Exposed)));
}

#[tokio::test]
async fn a_living_station_keeps_its_socket_and_a_dead_ones_is_replaced() {
    // SOCKET-2
    let (home, path, station) = running();
    assert!(matches!(Listener::bind(&path), Err(SocketError::InUse)));
    station.abort();
    assert!(station.await.unwrap_err().is_cancelled());
    assert!(!path.exists(), "an orderly end removes the file");
    // As kill -9 leaves it: the file is there, nobody listens.
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    let to = path.clone();
    assert!(matches!(blocking(move || call(&to, &json!({}), PATIENCE)).await, Err(SocketError::NotRunning)));
    drop(Listener::bind(&path).unwrap());
    std::fs::write(&path, "a file").unwrap();
    assert!(matches!(Listener::bind(&path), Err(SocketError::NotASocket)));
    let nowhere = home.path().join("nowhere.sock");
    assert!(matches!(
        blocking(move || call(&nowhere, &json!({}), PATIENCE)).await,
        Err(SocketError::NotRunning)
    ));
}

#[tokio::test]
async fn connections_above_the_limit_are_dropped_and_places_are_given_back() {
    // SOCKET-5
    let (_home, path, _station) = running();
    let one = |path: &Path| {
        let path = path.to_owned();
        blocking(move || {
            let mut client = Client::connect(&path, PATIENCE)?;
            client.call(&json!({}))?;
            Ok::<_, SocketError>(client)
        })
    };
    let mut held = Vec::new();
    for _ in 0..SOCKET_CONNECTIONS_MAX {
        held.push(one(&path).await.unwrap());
    }
    assert!(matches!(one(&path).await, Err(SocketError::NotRunning | SocketError::Io(_))));
    held.clear();
    // The station sees the ends one by one; the first it sees makes room.
    while one(&path).await.is_err() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn slow_clients_are_dropped() {
    // SOCKET-5
    let (_home, path, _station) = running();
    // Idle, and stuck in mid-request: with the clock paused, time jumps to whatever limit is next.
    for first in [&b""[..], b"{\"cmd\""] {
        let mut stream = UnixStream::connect(&path).await.unwrap();
        stream.write_all(first).await.unwrap();
        assert_eq!(stream.read(&mut [0; 8]).await.unwrap(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_no_reply_is_dropped() {
    // SOCKET-5
    let home = home();
    let path = home.path().join("station.sock");
    let listener = Listener::bind(&path).unwrap();
    let station = tokio::spawn(listener.serve(|_| async { json!("x".repeat(8_000_000)) }));
    let mut stream = UnixStream::connect(&path).await.unwrap();
    stream.write_all(b"{}\n").await.unwrap();
    let _ = timeout(Duration::from_millis(SOCKET_LINE_MS + 1), std::future::pending::<()>()).await;
    let mut taken = Vec::new();
    stream.read_to_end(&mut taken).await.unwrap();
    assert!(taken.len() < 8_000_000);
    station.abort();
}

#[tokio::test]
async fn a_station_that_does_not_answer_is_a_timeout_and_one_that_babbles_is_not_understood() {
    // SOCKET-6
    let home = home();
    let path = home.path().join("station.sock");
    let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
    let to = path.clone();
    let silent = blocking(move || call(&to, &json!({}), Duration::from_millis(20))).await;
    assert!(matches!(silent, Err(SocketError::Timeout)));
    let (_silent, _) = listener.accept().unwrap();
    for (bytes, protocol) in [(&b"babble\n"[..], true), (b"{\"cut\":1", true), (b"", false)] {
        let to = path.clone();
        let caller = spawn_blocking(move || call(&to, &json!({}), PATIENCE));
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(bytes).unwrap();
        // Reads the request first: closing with unread bytes would reset the connection.
        stream.read_exact(&mut [0; 3]).unwrap();
        drop(stream);
        let error = caller.await.unwrap().unwrap_err();
        assert_eq!(matches!(error, SocketError::Protocol(_)), protocol, "{error}");
        assert!(protocol || matches!(error, SocketError::NotRunning), "{error}");
    }
}
