//! What every command takes: the home, the passphrase and the form of the answer.

use crate::{errors, input};
use backchannel_station::api::Failure;
use backchannel_station::limits::PASSPHRASE_BYTES_MAX;
use backchannel_station::vault::{Passphrase, VaultError};
use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Where the help shows these options: apart, under a command's own.
const HEADING: &str = "Options of every command";

/// The options every command takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Global {
    /// The station's directory [default: $BACKCHANNEL_HOME, or ~/.backchannel]
    #[arg(long, global = true, value_name = "DIR", help_heading = HEADING, display_order = 100)]
    pub home: Option<PathBuf>,
    /// A file whose first line is the passphrase; without it the terminal asks
    #[arg(long, global = true, value_name = "FILE", help_heading = HEADING, display_order = 101)]
    pub passphrase_file: Option<PathBuf>,
    /// Answer with one JSON object on standard output, and errors as JSON
    #[arg(long, global = true, help_heading = HEADING, display_order = 102)]
    pub json: bool,
}

impl Global {
    /// The station's directory.
    pub fn home(&self) -> Result<PathBuf, Failure> {
        if let Some(home) = &self.home {
            return Ok(home.clone());
        }
        let set = |name| env::var_os(name).filter(|value| !value.is_empty());
        set("BACKCHANNEL_HOME")
            .map(PathBuf::from)
            .or_else(|| set("HOME").map(|home| Path::new(&home).join(".backchannel")))
            .ok_or_else(|| {
                errors::usage(
                    "It is not known where the station's directory is.",
                    "Name it with `--home DIR`.",
                )
            })
    }

    /// The passphrase of a vault that exists: from a file or a terminal, never from the arguments (CMD-4).
    pub fn passphrase(&self) -> Result<Passphrase, Failure> {
        match &self.passphrase_file {
            Some(path) => from_file(path),
            None => typed(ask("Passphrase: ")?),
        }
    }

    /// The passphrase of a vault that is about to be made: a person types it twice.
    pub fn new_passphrase(&self) -> Result<Passphrase, Failure> {
        if let Some(path) = &self.passphrase_file {
            return from_file(path);
        }
        let first = ask("Passphrase for the new vault: ")?;
        let second = ask("The same again: ")?;
        if *first != *second {
            let hint = "Run the command again and type the same one twice.";
            return Err(errors::usage("The two passphrases differ.", hint));
        }
        typed(first)
    }

    /// The passphrase as the local socket carries it to a running station.
    pub fn passphrase_text(&self) -> Result<Zeroizing<String>, Failure> {
        match &self.passphrase_file {
            Some(path) => input::first_line(path, PASSPHRASE_BYTES_MAX),
            None => ask("Passphrase: "),
        }
    }
}

fn from_file(path: &Path) -> Result<Passphrase, Failure> {
    Passphrase::from_file(path).map_err(|error| match error {
        VaultError::Io(error) => errors::unreadable(path, &error),
        other => errors::from_vault(&other),
    })
}

fn typed(text: Zeroizing<String>) -> Result<Passphrase, Failure> {
    Passphrase::new(text.as_bytes().to_vec()).map_err(|error| errors::from_vault(&error))
}

fn ask(prompt: &str) -> Result<Zeroizing<String>, Failure> {
    let nobody = || {
        errors::usage(
            "The passphrase is needed, and there is no terminal to ask for it.",
            "Name a file that holds it with `--passphrase-file FILE`.",
        )
    };
    if !io::stdin().is_terminal() {
        return Err(nobody());
    }
    let typed = rpassword::prompt_password(prompt).map(Zeroizing::new).map_err(|_| nobody())?;
    if typed.is_empty() {
        return Err(errors::usage("The passphrase is empty.", "Run the command again and type one."));
    }
    Ok(typed)
}
