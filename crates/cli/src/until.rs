//! What ends a long-running command: an interrupt, SIGTERM, or the parent process going away.

use crate::errors;
use backchannel_station::api::Failure;
use std::future::Future;
use std::{io, thread};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

/// Waits for the end. With `stdin_too` the end of standard input counts as well.
pub fn told_to_stop(stdin_too: bool) -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    let listen = |kind| {
        signal(kind).map_err(|error| {
            errors::internal(format!("The system's signals cannot be heard: {}.", errors::reason(&error)))
        })
    };
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            () = stdin_closes(), if stdin_too => {}
        }
    })
}

/// A thread of its own reads: a runtime would wait for its read to end before it lets the process end.
async fn stdin_closes() {
    let (closed, told) = oneshot::channel();
    thread::spawn(move || {
        // What is written there means nothing; an error ends it as the end does.
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        // Nobody listens any more when something else ended the command first.
        let _ = closed.send(());
    });
    let _ = told.await;
}
