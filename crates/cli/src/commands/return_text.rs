use crate::client;
use crate::global::Global;
use crate::out::Report;
use backchannel_station::api::{Failure, Request};

/// Hand back a text that was sent to be read and returned: it is erased here
///
/// The sender is told that it was handed back. What remains is that an exchange took place.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel return 4f2a91c0")]
pub struct Args {
    /// The dispatch or conveyance, or the first digits of its id
    id: String,
}

pub fn run(args: Args, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::Return { id: args.id })?;
    Ok(Report { json, text: "Handed back; its text is erased here.".to_owned() })
}
