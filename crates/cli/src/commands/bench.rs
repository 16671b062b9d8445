use crate::bench::{self, Load, OwnRelay, Target};
use crate::commands::{operator_token, pin};
use crate::global::Global;
use crate::out::{self, Report};
use crate::{errors, runtime};
use backchannel_station::api::{ErrorKind, Failure};
use backchannel_station::link::TlsPin;
use std::path::PathBuf;
use std::process::ExitCode;

/// Put a load on a relay and measure it
///
/// Stations post random cells, which the relay cannot tell from real ones, over real TLS. It says how many cells came
/// back late (more than a beat after their beat's end) or were missed, the median and the worst time from a beat's end
/// to delivery, and the relay's memory if the relay is its own. It ends with exit code 1 if a cell was late or missed.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Start a relay of its own in a temporary directory (the default)
    #[arg(long = "self", conflicts_with = "relay")]
    own: bool,
    /// Measure a relay that runs already, at this address and port
    #[arg(long, value_name = "ADDR", requires = "relay_pin", requires = "operator_token_file")]
    relay: Option<String>,
    /// That relay's pin
    #[arg(long, value_name = "PIN", value_parser = pin, requires = "relay")]
    relay_pin: Option<TlsPin>,
    /// The file with that relay's operator token; channels are created and stay
    #[arg(long, value_name = "FILE", requires = "relay")]
    operator_token_file: Option<PathBuf>,
    /// How many stations connect
    #[arg(long, value_name = "N", default_value_t = 200)]
    stations: u32,
    /// How many rooms there are
    #[arg(long, value_name = "N", default_value_t = 50)]
    rooms: u32,
    /// Seats of each room: 2, 4, 8 or 16
    #[arg(long, value_name = "N", default_value_t = 4)]
    seats: u8,
    /// The length of a beat
    #[arg(long, value_name = "MS", default_value_t = 1000)]
    beat_ms: u32,
    /// How long to post
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u64,
}

const EXAMPLES: &str = "\
Examples:
  backchannel relay bench
  backchannel relay bench --stations 40 --rooms 10 --seats 4 --seconds 10 --json";

pub fn run(args: &Args, global: &Global) -> Result<ExitCode, Failure> {
    let load = Load::new(args.stations, args.rooms, args.seats, args.beat_ms).map_err(|error| {
        errors::usage(
            format!("This load cannot be laid out: {error}."),
            "Let rooms times seats be stations times a whole number, as 200 stations in 50 rooms of 4 seats.",
        )
    })?;
    let target = match (&args.relay, args.relay_pin, &args.operator_token_file) {
        (Some(addr), Some(pin), Some(token)) => Target::running(addr.clone(), pin, operator_token(token)?),
        _ => OwnRelay::start()?,
    };
    let figures = runtime::many_threads()?.block_on(bench::run(&target, &load, args.seconds))?;
    let report = Report { json: figures.to_json(), text: figures.told() };
    if figures.all_in_time() {
        return out::report(&report, global);
    }
    out::one(&report, global)?;
    Err(Failure::new(
        ErrorKind::CheckFailed,
        "Not every cell came back in time.",
        "Use longer beats or fewer stations, or give the relay a faster disk.",
    ))
}
