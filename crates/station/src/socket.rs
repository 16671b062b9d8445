//! The local socket: commands speak to the running station in lines of JSON (docs/spec/socket.md).
//!
//! Only the owner of the home directory reaches it: the directory is 0700 and the socket 0600.

pub mod client;
#[cfg(test)]
mod tests;

use crate::limits::{REQUEST_LINE_BYTES_MAX, SOCKET_CONNECTIONS_MAX, SOCKET_IDLE_MS, SOCKET_LINE_MS};
use serde_json::{Value, json};
use std::fs::Permissions;
use std::future::Future;
use std::io;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use zeroize::Zeroizing;

/// Why the local socket could not be used (SOCKET-6).
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    /// No station listens at the path.
    #[error("no station is running here")]
    NotRunning,
    /// A station listens at the path already.
    #[error("a station is already running here")]
    InUse,
    /// Other users of the machine can reach the directory (SOCKET-1).
    #[error("the directory of the socket is open to other users")]
    Exposed,
    /// What is at the path is no socket.
    #[error("something that is no socket stands in the socket's place")]
    NotASocket,
    /// The station did not answer in time.
    #[error("the station did not answer in time")]
    Timeout,
    /// The other end does not keep to the protocol.
    #[error("the station's answer is not understood: {0}")]
    Protocol(&'static str),
    /// The file system failed.
    #[error("the socket cannot be used: {0}")]
    Io(#[from] io::Error),
}

impl SocketError {
    /// What the person may do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotRunning => "start it with `backchannel station run`",
            Self::InUse => "use the running one, or stop it first",
            Self::Exposed => "chmod 700 the home directory",
            Self::NotASocket => "check --home and move the file away",
            Self::Timeout => "look at the station's log; it may be waiting for its disk",
            Self::Protocol(_) => "use the same version of the program for the station and for commands",
            Self::Io(_) => "check the rights of the home directory; its path may have at most 90 bytes",
        }
    }
}

/// A bound socket; its file is removed when this is dropped.
#[derive(Debug)]
pub struct Listener {
    inner: UnixListener,
    path: PathBuf,
}

impl Listener {
    /// Binds the socket at `path`, whose directory must be closed to others. A file that a killed station left is
    /// replaced; one behind which a station answers is not (SOCKET-2). Must be called within a tokio runtime.
    pub fn bind(path: &Path) -> Result<Self, SocketError> {
        let directory = path.parent().ok_or(SocketError::NotASocket)?;
        // The file is born with the process's umask; until its mode is set, the directory keeps others out.
        if std::fs::metadata(directory)?.permissions().mode() & 0o077 != 0 {
            return Err(SocketError::Exposed);
        }
        remove_stale(path)?;
        let inner = UnixListener::bind(path)?;
        std::fs::set_permissions(path, Permissions::from_mode(0o600))?;
        Ok(Self { inner, path: path.to_owned() })
    }

    /// Answers requests with `handler` until dropped. Requests of one connection are answered in order, those of
    /// different connections at the same time.
    pub async fn serve<H, F>(self, handler: H) -> SocketError
    where
        H: Fn(Value) -> F + Send + Sync + 'static,
        F: Future<Output = Value> + Send,
    {
        let handler = Arc::new(handler);
        let places = Arc::new(Semaphore::new(SOCKET_CONNECTIONS_MAX));
        // The tasks end with this future: dropping the set aborts them.
        let mut tasks = tokio::task::JoinSet::new();
        loop {
            while tasks.try_join_next().is_some() {}
            let stream = match self.inner.accept().await {
                Ok((stream, _)) => stream,
                Err(error) => return error.into(),
            };
            // A connection above the limit is dropped at once (SOCKET-5).
            if let Ok(place) = places.clone().try_acquire_owned() {
                let handler = handler.clone();
                tasks.spawn(async move {
                    // What ends a connection is the client's doing or leaving; the others are not concerned.
                    let _ = converse(stream, handler.as_ref()).await;
                    drop(place);
                });
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Binds the socket at `path` and answers requests with `handler` until dropped.
pub async fn serve<H, F>(path: &Path, handler: H) -> SocketError
where
    H: Fn(Value) -> F + Send + Sync + 'static,
    F: Future<Output = Value> + Send,
{
    match Listener::bind(path) {
        Ok(listener) => listener.serve(handler).await,
        Err(error) => error,
    }
}

fn remove_stale(path: &Path) -> Result<(), SocketError> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
        Ok(metadata) if !metadata.file_type().is_socket() => return Err(SocketError::NotASocket),
        Ok(_) => {}
    }
    match std::os::unix::net::UnixStream::connect(path) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(std::fs::remove_file(path)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        // A full queue is a living station too.
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(SocketError::InUse),
        Err(error) => Err(error.into()),
        Ok(_) => Err(SocketError::InUse),
    }
}

/// Answers one connection's requests until it ends, is late, or sends what is no request.
async fn converse<H, F>(stream: UnixStream, handler: &H) -> io::Result<()>
where
    H: Fn(Value) -> F,
    F: Future<Output = Value>,
{
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    loop {
        let Some(line) = read_line(&mut reader).await? else { return Ok(()) };
        let whole = line.strip_suffix(b"\n");
        if whole.is_none() && line.len() > REQUEST_LINE_BYTES_MAX {
            return write_line(&mut writer, &refusal("the request is above the limit (SOCKET-4)")).await;
        }
        match whole.map(serde_json::from_slice) {
            // A client that left in mid-request.
            None => return Ok(()),
            Some(Ok(request @ Value::Object(_))) => write_line(&mut writer, &handler(request).await).await?,
            // The next line may be in order: lines keep the conversation in step.
            Some(_) => {
                write_line(&mut writer, &refusal("the request is not one line of JSON (SOCKET-3)")).await?;
            }
        }
    }
}

/// Reads a line with its end, one byte above the limit, or what came before the end; nothing at the end. The line may
/// hold a passphrase and is wiped.
async fn read_line(reader: &mut BufReader<OwnedReadHalf>) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let idle = Duration::from_millis(SOCKET_IDLE_MS);
    if timeout(idle, reader.fill_buf()).await.map_err(|_| io::ErrorKind::TimedOut)??.is_empty() {
        return Ok(None);
    }
    let mut line = Zeroizing::new(Vec::new());
    let mut bounded = reader.take(REQUEST_LINE_BYTES_MAX as u64 + 1);
    let whole = Duration::from_millis(SOCKET_LINE_MS);
    timeout(whole, bounded.read_until(b'\n', &mut line)).await.map_err(|_| io::ErrorKind::TimedOut)??;
    Ok(Some(line))
}

async fn write_line(writer: &mut OwnedWriteHalf, reply: &Value) -> io::Result<()> {
    let line = Zeroizing::new(format!("{reply}\n"));
    let whole = Duration::from_millis(SOCKET_LINE_MS);
    timeout(whole, writer.write_all(line.as_bytes())).await.map_err(|_| io::ErrorKind::TimedOut)?
}

fn refusal(message: &str) -> Value {
    json!({ "error": {
        "kind": "usage",
        "message": message,
        "hint": "use the same version of the program for the station and for commands",
    } })
}
