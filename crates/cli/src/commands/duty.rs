use crate::commands::message::{self, Sent};
use crate::global::Global;
use crate::out::Report;
use crate::{client, errors};
use backchannel_station::api::{Failure, Request};

/// The watch floor of this delegation: hand-over, and release by a second person
#[derive(clap::Subcommand)]
pub enum Command {
    HandOver(HandOver),
    Take(Take),
    SecondPerson(SecondPerson),
    Release(Release),
}

/// Hand the watch over: a note that the delegation's stations keep
#[derive(clap::Args)]
#[command(after_help = HAND_OVER_EXAMPLES)]
pub struct HandOver {
    /// What the next officer has to know
    #[arg(long, value_name = "TEXT")]
    note: String,
    /// What is open: queries, checks, incidents
    #[arg(long, value_name = "TEXT")]
    open: Option<String>,
}

const HAND_OVER_EXAMPLES: &str = "\
Example:
  backchannel duty hand-over --note \"Quiet night.\" --open \"Query 4f2a91c0\"";

/// Take the watch over
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel duty take\n  backchannel duty take --note \"Read.\"")]
pub struct Take {
    /// A note
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Say whether a second person releases messages to another side (the head of delegation)
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  backchannel duty second-person on\n  backchannel duty second-person off"
)]
pub struct SecondPerson {
    /// on or off
    state: String,
}

/// Release a message that a colleague wrote, after reading it with `show`
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel show 91ab\n  backchannel duty release 91ab")]
pub struct Release {
    /// What waits to be released
    id: String,
}

pub fn run(command: Command, global: &Global) -> Result<Report, Failure> {
    let to = Some("delegation");
    match command {
        Command::HandOver(args) => {
            let fields = [("note", Some(args.note.as_str())), ("open", args.open.as_deref())];
            message::send(&Sent { template: "watch-handover", fields: &fields, to, answers: None }, global)
        }
        Command::Take(args) => {
            let fields = [("note", args.note.as_deref())];
            message::send(&Sent { template: "watch-taken", fields: &fields, to, answers: None }, global)
        }
        Command::SecondPerson(args) => {
            let second_person = match args.state.as_str() {
                "on" => true,
                "off" => false,
                _ => return Err(errors::usage("That is neither on nor off.", "Write on or off.")),
            };
            let json = client::ask(global, &Request::WatchRules { second_person })?;
            Ok(Report { text: message::told(&json), json })
        }
        Command::Release(args) => {
            let json = client::ask(global, &Request::Release { id: args.id })?;
            Ok(Report { text: message::told(&json), json })
        }
    }
}
