//! The one list of exceptions: where the ambient world is let in, and why.

use super::Violation;
use crate::tree::Tree;

/// This file, from the root.
const HERE: &str = "dev/xtask/src/tidy/allowed.rs";

/// What a file may reach for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ambient {
    /// The system's clocks and timers.
    Clock,
    /// The system's randomness.
    Random,
    /// Waiting a fixed time in test code or between polls.
    Sleep,
}

/// One exception: a path from the root, or a folder that ends in `/`; what it may reach for; why.
pub struct Allowed {
    /// The file or folder.
    pub path: &'static str,
    /// What it may use.
    pub what: &'static [Ambient],
    /// The reason.
    pub why: &'static str,
}

use Ambient::{Clock, Random, Sleep};

/// Shells are thin: they read the clock and the randomness, and hand both to a machine as arguments.
pub const ALLOWED: &[Allowed] = &[
    Allowed { path: "crates/relay/src/server", what: &[Clock, Random], why: "the relay's shell" },
    Allowed { path: "crates/relay/tests/", what: &[Clock, Random], why: "tests of the relay's shell" },
    Allowed { path: "crates/station/src/shell", what: &[Clock, Random], why: "the station's shell" },
    Allowed {
        path: "crates/station/src/link",
        what: &[Clock, Random],
        why: "the station's connection to the relay",
    },
    Allowed { path: "crates/station/src/socket", what: &[Clock], why: "the station's local socket" },
    Allowed {
        path: "crates/station/src/vault/aead",
        what: &[Random],
        why: "the vault is a shell: keys and nonces of its rows",
    },
    Allowed {
        path: "crates/desk/src/clock.rs",
        what: &[Clock],
        why: "the desk is a shell: pages are served at some time",
    },
    Allowed {
        path: "crates/desk/src/door/mod.rs",
        what: &[Random],
        why: "links, cookies and tokens of the desk",
    },
    Allowed { path: "crates/assurance/examples/", what: &[Clock], why: "measures how long ceremonies take" },
    Allowed { path: "crates/rehearsal/examples/", what: &[Clock], why: "measures how fast runs are made" },
    Allowed { path: "crates/rooms/examples/", what: &[Clock], why: "measures how long operations take" },
    Allowed {
        path: "crates/cli/",
        what: &[Clock, Random, Sleep],
        why: "the commands and the exercises drive real processes",
    },
    Allowed {
        path: "dev/xtask/src/steps.rs",
        what: &[Clock],
        why: "the test command prints how long each step took",
    },
];

/// Whether a file may reach for something.
pub fn permits(path: &str, what: Ambient) -> bool {
    ALLOWED.iter().any(|allowed| covers(allowed.path, path) && allowed.what.contains(&what))
}

/// A folder covers what is in it; any other entry covers the module of that name: its file and its folder.
fn covers(entry: &str, path: &str) -> bool {
    let Some(rest) = path.strip_prefix(entry) else { return false };
    entry.ends_with('/') || rest.is_empty() || rest == ".rs" || rest.starts_with('/')
}

/// An exception that covers no file is out of date, and would excuse whoever takes its name.
pub(super) fn check(tree: &Tree, found: &mut Vec<Violation>) {
    if tree.get(HERE).is_none() {
        return;
    }
    for allowed in ALLOWED.iter().filter(|allowed| !tree.rust().any(|(path, _)| covers(allowed.path, path))) {
        found.push(Violation::new("exceptions", HERE, 0, format!("`{}` covers no file", allowed.path)));
    }
}
