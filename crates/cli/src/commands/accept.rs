use crate::global::Global;
use crate::out::Report;
use crate::{clock, errors, input, screen};
use backchannel_station::api::Failure;
use backchannel_station::setup;
use rand_core::OsRng;
use serde_json::json;
use std::path::Path;
use zeroize::Zeroizing;

/// Accept an invitation: this makes the station's vault
///
/// Nothing is sent yet; `backchannel station run` then joins the channel. On a machine that others use, give the
/// invitation as a file: they can see the arguments of a command.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The invitation, a file that holds it, or - for standard input
    #[arg(value_name = "INVITATION|FILE|-")]
    invitation: String,
}

const EXAMPLES: &str = "\
Examples:
  backchannel accept invitation-1.txt
  backchannel accept - < invitation-1.txt";

/// How every invitation begins (docs/spec/invitation.md).
const PREFIX: &str = "backchannel-invitation-";

pub fn run(args: &Args, global: &Global) -> Result<Report, Failure> {
    let home = global.home()?;
    let invitation = if args.invitation.starts_with(PREFIX) {
        Zeroizing::new(args.invitation.clone())
    } else {
        input::text(Path::new(&args.invitation))?
    };
    let passphrase = global.new_passphrase()?;
    let accepted = setup::accept(&home, &passphrase, invitation.trim(), clock::utc_now(), &mut OsRng)
        .map_err(|error| errors::from_setup(&error))?;
    let json = json!({
        "v": 1,
        "channel": accepted.channel_label,
        "party": accepted.party,
        "role": accepted.role,
        "bytes_per_day": accepted.bytes_per_day,
    });
    let text = format!(
        "The invitation is accepted: this is a station of {}, as {}, on the channel {}. Its line will carry {} bytes \
         a day, whatever is said.\nNow hold the beat with `backchannel station run`.",
        screen::one_line(&accepted.party),
        screen::one_line(&accepted.role),
        screen::one_line(&accepted.channel_label),
        screen::grouped(accepted.bytes_per_day),
    );
    Ok(Report { json, text: screen::laid_out(&text, 0) })
}
