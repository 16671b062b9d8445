//! What every command takes: the home, the passphrase and the form of the answer.

use crate::errors;
use backchannel_station::api::Failure;
use backchannel_station::limits::PASSPHRASE_BYTES_MAX;
use std::env;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
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
    pub fn passphrase(&self) -> Result<Zeroizing<String>, Failure> {
        match &self.passphrase_file {
            Some(path) => from_file(path),
            None => ask("Passphrase: "),
        }
    }

    /// The passphrase of a vault that is about to be made: a person types it twice.
    pub fn new_passphrase(&self) -> Result<Zeroizing<String>, Failure> {
        if let Some(path) = &self.passphrase_file {
            return from_file(path);
        }
        let first = ask("Passphrase for the new vault: ")?;
        let second = ask("The same again: ")?;
        if *first == *second {
            Ok(first)
        } else {
            Err(errors::usage(
                "The two passphrases differ.",
                "Run the command again and type the same one twice.",
            ))
        }
    }
}

/// What is read of a passphrase file: the longest first line and its end. More cannot be a passphrase.
const FILE_BYTES_MAX: u64 = PASSPHRASE_BYTES_MAX as u64 + 2;

fn from_file(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let file = File::open(path).map_err(|error| errors::unreadable(path, &error))?;
    let mut text = Zeroizing::new(String::new());
    file.take(FILE_BYTES_MAX).read_to_string(&mut text).map_err(|error| errors::unreadable(path, &error))?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() || line.len() > PASSPHRASE_BYTES_MAX {
        return Err(errors::usage(
            format!("The first line of {} is not a passphrase.", path.display()),
            "Write the passphrase as the first line of the file, and nothing before it.",
        ));
    }
    Ok(Zeroizing::new(line.to_owned()))
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
