use crate::commands::bench;
use crate::global::Global;
use crate::out::{self, Report};
use crate::{errors, logs, relay_toml, runtime, until};
use backchannel_relay::{Options, init};
use backchannel_station::api::Failure;
use rand_core::OsRng;
use serde_json::json;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// The relay: make one, run one, measure one
///
/// The relay ticks and keeps what stations post until every seat has it. It can read nothing, and cannot tell talk from
/// silence.
#[derive(clap::Subcommand)]
pub enum Command {
    Init(Init),
    Serve(Serve),
    Bench(bench::Args),
}

/// Make a relay: its keys, its operator's token and relay.toml with every bound, explained
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel relay init relay --listen 0.0.0.0:7443")]
pub struct Init {
    /// A new or empty directory
    dir: PathBuf,
    /// The address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "0.0.0.0:7443")]
    listen: SocketAddr,
}

/// Run a relay until it is interrupted
///
/// It checks relay.toml first and names the line of an error. Interrupting it, or stopping it with SIGTERM, ends it
/// once everything acknowledged is durable.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel relay serve relay")]
pub struct Serve {
    /// The directory made by `relay init`
    dir: PathBuf,
    /// End when standard input closes: ties the relay to the life of a parent process
    #[arg(long, hide = true)]
    until_stdin_closes: bool,
}

pub fn run(command: Command, global: &Global) -> Result<ExitCode, Failure> {
    match command {
        Command::Init(args) => make(&args, global),
        Command::Serve(args) => serve(&args, global),
        Command::Bench(args) => bench::run(&args, global),
    }
}

fn make(args: &Init, global: &Global) -> Result<ExitCode, Failure> {
    let made = init::init(&args.dir, &mut OsRng).map_err(|error| errors::from_relay_init(&error))?;
    relay_toml::set(&args.dir.join(init::CONFIG_FILE), &[("listen", format!("\"{}\"", args.listen))])?;
    let pin = made.to_string();
    let token = args.dir.join(init::OPERATOR_FILE).display().to_string();
    let dir = args.dir.display().to_string();
    let listen = args.listen.to_string();
    let json = json!({ "v": 1, "dir": dir, "listen": listen, "pin": pin, "operator_token_file": token });
    let text = format!(
        "The relay is made in {dir}; relay.toml there holds every bound, explained.\n\
         It will listen on {listen}.\n\n\
         Its pin, which every invitation carries:\n  {pin}\n\
         The operator's token, which lets its holder create channels:\n  {token}\n\n\
         Now run it with `backchannel relay serve {dir}`."
    );
    out::report(&Report { json, text }, global)
}

fn serve(args: &Serve, global: &Global) -> Result<ExitCode, Failure> {
    logs::start(global.json);
    let told = global.clone();
    let options =
        Options { on_listening: Box::new(move |addr| listening(addr, &told)), ..Options::default() };
    runtime::many_threads()?.block_on(async {
        let stop = until::told_to_stop(args.until_stdin_closes)?;
        backchannel_relay::serve(&args.dir, options, stop).await.map_err(|error| errors::from_relay(&error))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Says that stations can connect, on standard output: what a parent process waits for.
fn listening(listen: SocketAddr, global: &Global) {
    let json = json!({ "v": 1, "ready": true, "listen": listen.to_string() });
    let text = format!("The relay is listening on {listen}.");
    // Without a reader there is nobody to tell; the relay serves all the same.
    let _ = out::one(&Report { json, text }, global);
}
