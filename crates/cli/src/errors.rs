//! How each error is told: its kind, its message, its hint and the exit code (docs/spec/commands.md).

use crate::screen;
use backchannel_assurance::InvitationError;
use backchannel_relay::RelayError;
use backchannel_relay::init::InitError;
use backchannel_station::api::{ErrorKind, Failure};
use backchannel_station::link::LinkError;
use backchannel_station::setup::SetupError;
use backchannel_station::socket::SocketError;
use backchannel_station::vault::VaultError;
use serde_json::json;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// A fault of the command line or of an input file.
pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Failure {
    Failure::new(ErrorKind::Usage, message, hint)
}

/// A file that cannot be read, in a sentence.
pub fn unreadable(path: &Path, error: &io::Error) -> Failure {
    usage(
        format!("{} cannot be read: {}.", path.display(), reason(error)),
        "Check the path and who may read the file.",
    )
}

/// A file or directory that cannot be written, in a sentence.
pub fn unwritable(path: &Path, error: &io::Error) -> Failure {
    usage(
        format!("{} cannot be written: {}.", path.display(), reason(error)),
        "Choose another place, or move what is there out of the way.",
    )
}

/// A station that does not answer on its socket.
pub fn from_socket(home: &Path, error: &SocketError) -> Failure {
    let home = home.display();
    let (message, hint) = match error {
        SocketError::NotRunning => (
            format!("No station is running on {home}."),
            format!("Start it with `backchannel station run --home {home}`."),
        ),
        _ => (format!("{home}: {error}."), sentence(error.hint())),
    };
    Failure::new(socket_kind(error), message, hint)
}

fn socket_kind(error: &SocketError) -> ErrorKind {
    match error {
        SocketError::Exposed | SocketError::NotASocket => ErrorKind::Usage,
        // The path is longer than a socket's may be.
        SocketError::Io(error) if error.kind() == io::ErrorKind::InvalidInput => ErrorKind::Usage,
        SocketError::InUse => ErrorKind::Refused,
        SocketError::Protocol(_) => ErrorKind::Internal,
        SocketError::NotRunning | SocketError::Timeout | SocketError::Io(_) => ErrorKind::Unreachable,
    }
}

/// A fault inside the program.
pub fn internal(message: impl Into<String>) -> Failure {
    Failure::new(
        ErrorKind::Internal,
        message,
        "Run the command again; if it fails again, look at the station's log.",
    )
}

/// A command line that clap refuses, in our words.
pub fn from_clap(error: &clap::Error) -> Failure {
    if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return usage("A command is missing.", "Add `--help` to see the commands and examples.");
    }
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    let first = paragraphs.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(&first).to_owned();
    let tip = paragraphs.find_map(|part| part.strip_prefix("tip: ").map(str::to_owned));
    let hint =
        tip.unwrap_or_else(|| "Add `--help` to the command to see its arguments and examples.".to_owned());
    usage(sentence(&message), sentence(&hint))
}

/// Tells a failure on standard error (CMD-2) and gives the exit code of its kind (CMD-3).
pub fn tell(failure: &Failure, json: bool) -> ExitCode {
    let text = if json {
        screen::json_line(&json!({ "error": failure }))
    } else {
        format!(
            "problem: {}\nhint: {}\n",
            screen::one_line(&failure.message),
            screen::one_line(&failure.hint)
        )
    };
    // When standard error is closed as well there is nobody left to tell; the exit code still says it.
    let _ = io::stderr().lock().write_all(text.as_bytes());
    ExitCode::from(failure.kind.exit_code())
}

/// An operating system's reason without its number: "No such file or directory (os error 2)" loses the bracket.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// A fault's words as a sentence. A first word that names a file keeps its case.
pub fn sentence(text: &str) -> String {
    let text = text.split(" (os error").next().unwrap_or(text);
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let named = text.split_whitespace().next().is_some_and(|word| word.contains(['.', '/']));
    let first = if named { first.to_string() } else { first.to_uppercase().to_string() };
    let end = if text.ends_with(['.', '?', '!', ':']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}
/// A station that could not be made or run.
pub fn from_setup(error: &SetupError) -> Failure {
    let kind = match error {
        SetupError::Vault(error) => vault_kind(error),
        SetupError::Link(error) => link_kind(error),
        SetupError::Socket(error) => socket_kind(error),
        SetupError::Refused(_) | SetupError::Invitation(InvitationError::Expired) => ErrorKind::Refused,
        SetupError::Invitation(_) | SetupError::Options(_) => ErrorKind::Usage,
        SetupError::Profile(_) | SetupError::Answer => ErrorKind::CheckFailed,
    };
    Failure::new(kind, sentence(&error.to_string()), sentence(&error.hint()))
}

/// A vault that does not do what was asked.
pub fn from_vault(error: &VaultError) -> Failure {
    Failure::new(vault_kind(error), sentence(&error.to_string()), sentence(error.hint()))
}

fn vault_kind(error: &VaultError) -> ErrorKind {
    match error {
        VaultError::WrongPassphrase => ErrorKind::WrongPassphrase,
        VaultError::Locked => ErrorKind::Locked,
        VaultError::BadPassphrase(_) | VaultError::NotAVault | VaultError::AlreadyExists => ErrorKind::Usage,
        VaultError::InUse | VaultError::Limit(_) => ErrorKind::Refused,
        VaultError::Damaged(_) | VaultError::Version(_) => ErrorKind::CheckFailed,
        VaultError::Unfinished | VaultError::Io(_) | VaultError::Database(_) => ErrorKind::Internal,
    }
}

/// A fault between this machine and the relay.
pub fn from_link(error: &LinkError) -> Failure {
    Failure::new(link_kind(error), sentence(&error.to_string()), sentence(error.hint()))
}

fn link_kind(error: &LinkError) -> ErrorKind {
    match error {
        LinkError::PinMismatch | LinkError::Protocol(_) => ErrorKind::CheckFailed,
        LinkError::Unreachable(_) | LinkError::Refused(_) | LinkError::Closed => ErrorKind::Unreachable,
    }
}

/// A relay that did not start, or stopped by itself.
pub fn from_relay(error: &RelayError) -> Failure {
    let message = sentence(&error.to_string());
    match error {
        RelayError::Config(_) => usage(message, "Correct the line and start the relay again."),
        RelayError::File(..) | RelayError::Key(_) => {
            usage(message, "Name the directory that `backchannel relay init` made.")
        }
        RelayError::InUse(_) => Failure::new(
            ErrorKind::Refused,
            message,
            "Stop the other one first; one directory holds one relay.",
        ),
        RelayError::Listen(..) => Failure::new(
            ErrorKind::Unreachable,
            message,
            "Another program may use the port; `listen` in relay.toml names the address.",
        ),
        RelayError::Tls(_) | RelayError::Store(_) | RelayError::Engine => internal(message),
    }
}

/// A relay that could not be made.
pub fn from_relay_init(error: &InitError) -> Failure {
    match error {
        InitError::Exists(path) => usage(
            format!("{} is there already; nothing was changed.", path.display()),
            "Name a new directory: a relay's keys are made once.",
        ),
        InitError::Write(path, error) => unwritable(path, error),
        InitError::Certificate(error) => internal(format!("The certificate cannot be made: {error}.")),
    }
}
