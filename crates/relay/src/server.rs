//! The shell: sockets, TLS, the clock, and the thread that owns the engine.

mod addresses;
mod connection;
mod driver;

use crate::config::{Config, ConfigError};
use crate::engine::Engine;
use crate::hooks::{Faithful, Hooks};
use crate::init::{CONFIG_FILE, KeyFileError, LISTENING_FILE, STORE_FILE, operator_token};
use crate::machine::OperatorHash;
use crate::store::{SqliteStore, StoreError};
use crate::tls::{TlsError, server_config};
use addresses::Addresses;
use backchannel_wire::UtcMs;
use connection::Shared;
use std::fs::File;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio_rustls::TlsAcceptor;

/// What a start may say besides relay.toml.
pub struct Options {
    /// Where to listen instead.
    pub listen: Option<SocketAddr>,
    /// What a faithless relay would do; the default does nothing.
    pub hooks: Box<dyn Hooks>,
    /// Told the address once connections are accepted.
    pub on_listening: Box<dyn FnOnce(SocketAddr) + Send>,
}

impl Default for Options {
    fn default() -> Self {
        Self { listen: None, hooks: Box::new(Faithful), on_listening: Box::new(|_| {}) }
    }
}

/// Why the relay did not start, or stopped by itself.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// A file could not be read or written.
    #[error("{path} cannot be used: {why}", path = .0.display(), why = .1)]
    File(PathBuf, io::Error),
    /// The configuration is refused.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A key file is missing or damaged.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// TLS could not be set up.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// Another relay runs in this directory.
    #[error("another relay runs in {}", .0.display())]
    InUse(PathBuf),
    /// The address cannot be listened on.
    #[error("{0} cannot be listened on: {1}")]
    Listen(SocketAddr, io::Error),
    /// The store failed and did not recover.
    #[error("the store failed: {0}")]
    Store(#[from] StoreError),
    /// The engine's thread could not be started or has died.
    #[error("the engine stopped")]
    Engine,
}

/// The time by this machine's clock.
#[expect(clippy::disallowed_methods, reason = "the shell is where the clock is read")]
pub(crate) fn utc_now() -> UtcMs {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    UtcMs(since.map_or(0, |elapsed| u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)))
}

/// Runs the relay of a directory until `shutdown` completes. Once connections are accepted, the file `listening` in the
/// directory holds the address, which matters where the port is 0.
pub async fn serve(
    dir: &Path,
    options: Options,
    shutdown: impl Future<Output = ()>,
) -> Result<(), RelayError> {
    let _lock = lock(dir)?;
    let config = read_config(dir)?;
    let acceptor = TlsAcceptor::from(server_config(dir)?);
    let settings = config.settings(OperatorHash::of(&operator_token(dir)?));
    let engine = Engine::new(SqliteStore::open(&dir.join(STORE_FILE))?, settings, options.hooks, utc_now())?;
    let address = options.listen.unwrap_or(config.listen);
    let listener = TcpListener::bind(address).await.map_err(|error| RelayError::Listen(address, error))?;
    let bound = listener.local_addr().map_err(|error| RelayError::Listen(address, error))?;

    let (inputs, queue) = mpsc::channel(crate::limits::INPUT_QUEUE_MAX);
    let (stop, stopped) = oneshot::channel();
    let addresses = Arc::new(Addresses::new(&config));
    let mut done = driver::start(engine, queue, stopped, addresses.clone())?;
    let shared = Arc::new(Shared::new(&config, inputs, addresses));
    announce(dir, bound)?;
    (options.on_listening)(bound);
    tracing::info!(address = %bound, "the relay accepts connections");
    let failed = tokio::select! {
        () = accept(&listener, &acceptor, &shared, config.connections) => None,
        () = shutdown => None,
        result = &mut done => Some(result),
    };
    drop(listener);
    let _ = std::fs::remove_file(dir.join(LISTENING_FILE));
    let result = match failed {
        Some(result) => result,
        None => {
            let _ = stop.send(());
            done.await
        }
    };
    tracing::info!("the relay has stopped");
    result.unwrap_or(Err(RelayError::Engine))
}

/// Holds the directory for one relay at a time; the lock ends with the process, however it ends.
fn lock(dir: &Path) -> Result<File, RelayError> {
    let path = dir.join("lock");
    let open = File::options().create(true).truncate(false).write(true).open(&path);
    let file = open.map_err(|error| RelayError::File(path.clone(), error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(RelayError::InUse(dir.to_owned())),
        Err(std::fs::TryLockError::Error(error)) => Err(RelayError::File(path, error)),
    }
}

fn read_config(dir: &Path) -> Result<Config, RelayError> {
    let path = dir.join(CONFIG_FILE);
    let text = std::fs::read_to_string(&path).map_err(|error| RelayError::File(path, error))?;
    Ok(Config::parse(&text)?)
}

fn announce(dir: &Path, address: SocketAddr) -> Result<(), RelayError> {
    let (path, draft) = (dir.join(LISTENING_FILE), dir.join("listening.new"));
    let written =
        std::fs::write(&draft, format!("{address}\n")).and_then(|()| std::fs::rename(&draft, &path));
    written.map_err(|error| RelayError::File(path, error))
}

async fn accept(listener: &TcpListener, acceptor: &TlsAcceptor, shared: &Arc<Shared>, most: usize) {
    let places = Arc::new(Semaphore::new(most));
    loop {
        let (tcp, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of descriptors or memory: connections that end will free some.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                continue;
            }
        };
        let Ok(place) = places.clone().try_acquire_owned() else {
            tracing::debug!("a connection above the total was dropped");
            continue;
        };
        let Some(guest) = shared.addresses.admit(from.ip(), utc_now()) else { continue };
        let (acceptor, shared) = (acceptor.clone(), shared.clone());
        let task = async move {
            let _place = place;
            connection::run(prepare(tcp), acceptor, shared, guest).await;
        };
        tokio::spawn(task);
    }
}

/// Frames leave at once: what the kernel would wait for to fill a packet does not come.
fn prepare(tcp: TcpStream) -> TcpStream {
    let _ = tcp.set_nodelay(true);
    tcp
}
