use crate::commands::{operator_token, pin};
use crate::global::Global;
use crate::out::Report;
use crate::secret_file::SecretFile;
use crate::{clock, errors, runtime, screen};
use backchannel_assurance::{Carrier, Route};
use backchannel_station::api::Failure;
use backchannel_station::link::TlsPin;
use backchannel_station::setup::{self, ConveneOptions, Convened};
use rand_core::OsRng;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Convene a channel on a relay, and make each party's invitation (intermediary)
///
/// It makes this home the intermediary's station. The answer says what the channel costs in bytes a day, whatever is
/// said on it, and what it still gives away. Hand each invitation to the head of its delegation, and to nobody else:
/// whoever holds it can take that place, once.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The relay's address and port, as the parties reach it
    #[arg(long, value_name = "ADDR")]
    relay: String,
    /// The relay's pin, as `backchannel relay init` shows it: 64 hexadecimal digits
    #[arg(long, value_name = "PIN", value_parser = pin)]
    relay_pin: TlsPin,
    /// The file with the operator's token, made by `backchannel relay init`
    #[arg(long, value_name = "FILE")]
    operator_token_file: PathBuf,
    /// What the channel is called among those who know of it
    #[arg(long, value_name = "NAME")]
    label: String,
    /// A party's name; give one for each
    #[arg(long = "party", value_name = "NAME", required = true)]
    parties: Vec<String>,
    /// The length of a beat; it never changes later
    #[arg(long, value_name = "MS", default_value_t = 5000)]
    beat_ms: u32,
    /// Seats of each caucus: 2, 4, 8 or 16
    #[arg(long, value_name = "N", default_value_t = 4)]
    caucus_seats: u8,
    /// Seats of each delegation room: 2, 4, 8 or 16
    #[arg(long, value_name = "N", default_value_t = 4)]
    delegation_seats: u8,
    /// Seats of the registry: 2, 4, 8 or 16
    #[arg(long, value_name = "N", default_value_t = 8)]
    registry_seats: u8,
    /// Leave the registry out; the answer says what is lost by it
    #[arg(long, conflicts_with = "registry_seats")]
    no_registry: bool,
    /// The party that writes texts of understanding, which the intermediary then carries; without it the intermediary writes
    #[arg(long, value_name = "NAME")]
    pen: Option<String>,
    /// Who carries notifications and queries: standing (the intermediary's station, at once), manual (a person there) or registry
    #[arg(long, value_name = "ROUTE", default_value = "standing", value_parser = route)]
    route: Carrier,
    /// Send them by the registry as well when the intermediary was silent for so many beats
    #[arg(long, value_name = "BEATS")]
    registry_after: Option<u32>,
    /// Write the invitations to new files in this directory instead of showing them
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

fn route(name: &str) -> Result<Carrier, String> {
    match name {
        "standing" => Ok(Carrier::Standing),
        "manual" => Ok(Carrier::Manual),
        "registry" => Ok(Carrier::Registry),
        _ => Err("a route is standing, manual or registry".to_owned()),
    }
}

const EXAMPLES: &str = "\
Example:
  backchannel convene --relay relay.example.org:7443 --relay-pin 5d1e... \\
      --operator-token-file relay/operator.token --label \"quiet pact\" \\
      --party alpha --party bravo --out invitations";

pub fn run(args: &Args, global: &Global) -> Result<Report, Failure> {
    let home = global.home()?;
    let operator_token = operator_token(&args.operator_token_file)?;
    let passphrase = global.new_passphrase()?;
    let files = args.out.as_deref().map(|dir| files(dir, &args.parties)).transpose()?;
    let options = ConveneOptions {
        relay_addr: args.relay.clone(),
        relay_pin: args.relay_pin.0,
        operator_token,
        channel_label: args.label.clone(),
        parties: args.parties.clone(),
        beat_ms: args.beat_ms,
        caucus_capacity: args.caucus_seats,
        delegation_capacity: args.delegation_seats,
        registry_capacity: (!args.no_registry).then_some(args.registry_seats),
        pen: args.pen.clone(),
        route: Route { by: args.route, registry_after: args.registry_after },
    };
    let convened = runtime::one_thread()?
        .block_on(setup::convene(&home, &passphrase, &options, clock::utc_now(), &mut OsRng))
        .map_err(|error| errors::from_setup(&error))?;
    let invitations = hand_out(&convened, files)?;
    Ok(Report { text: told(args, &convened, &invitations), json: object(args, &convened, &invitations) })
}

/// One new file a party, made before anything is convened: an invitation is made once. The names are the parties'
/// places in order, because a label is free text and no path.
fn files(dir: &Path, parties: &[String]) -> Result<Vec<SecretFile>, Failure> {
    fs::create_dir_all(dir).map_err(|error| errors::unwritable(dir, &error))?;
    (1..=parties.len()).map(|n| SecretFile::create(&dir.join(format!("invitation-{n}.txt")))).collect()
}

/// Each invitation as it is told: label, and either its text or the file it went to.
fn hand_out(convened: &Convened, files: Option<Vec<SecretFile>>) -> Result<Vec<Value>, Failure> {
    let mut files = files.map(Vec::into_iter);
    convened
        .invitations
        .iter()
        .map(|(label, invitation)| match files.as_mut().and_then(Iterator::next) {
            Some(file) => {
                Ok(json!({ "label": label, "file": file.write(invitation)?.display().to_string() }))
            }
            None => Ok(json!({ "label": label, "invitation": invitation.as_str() })),
        })
        .collect()
}

fn object(args: &Args, convened: &Convened, invitations: &[Value]) -> Value {
    json!({
        "v": 1,
        "channel": convened.channel.to_hex(),
        "label": args.label,
        "beat_ms": args.beat_ms,
        "bytes_per_day_per_station": convened.bytes_per_day_per_station,
        "leaks": convened.leaks,
        "invitations": invitations,
    })
}

fn told(args: &Args, convened: &Convened, invitations: &[Value]) -> String {
    let mut lines = vec![
        format!("The channel {} is convened.", screen::one_line(&args.label)),
        screen::laid_out(
            &format!(
                "Each station's line carries {} bytes a day, the same whether anybody speaks or not.",
                screen::grouped(convened.bytes_per_day_per_station)
            ),
            0,
        ),
        String::new(),
        screen::heading("What it still gives away"),
    ];
    lines.extend(convened.leaks.iter().map(|leak| screen::wrapped(leak, 2)));
    lines.push(String::new());
    lines.push(screen::heading("Invitations: one for the head of each delegation, and for nobody else"));
    for invitation in invitations {
        let label = screen::text_of(invitation, "label");
        let file = screen::text_of(invitation, "file");
        let text = screen::text_of(invitation, "invitation");
        lines.push(format!("  {label}: {file}{text}"));
    }
    lines.push(String::new());
    lines.push("Now hold the beat with `backchannel station run`.".to_owned());
    lines.join("\n")
}
