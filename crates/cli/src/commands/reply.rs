use crate::commands::send::told;
use crate::global::Global;
use crate::out::Report;
use crate::{client, input};
use backchannel_station::api::{Failure, Request};
use std::path::PathBuf;

/// Send a dispatch in reply to one received
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  backchannel reply 4f2a91c0 answer.toml\n  backchannel reply 4f2a91c0 - < answer.toml\n\nThe draft is as for `backchannel send`."
)]
pub struct Args {
    /// The dispatch or conveyance answered, or the first digits of its id
    id: String,
    /// The draft as TOML, or - for standard input
    file: PathBuf,
}

pub fn run(args: Args, global: &Global) -> Result<Report, Failure> {
    let draft = input::text(&args.file)?;
    let json = client::ask(global, &Request::Reply { id: args.id, draft: draft.to_string() })?;
    let text = told("Replied", &json);
    Ok(Report { json, text })
}
