use crate::global::Global;
use crate::out::{self, Report};
use crate::secret_file::SecretFile;
use crate::{client, errors, logs, runtime, until};
use backchannel_desk::Opened;
use backchannel_station::api::{ErrorKind, Failure, Request};
use backchannel_station::setup::{self, RunOptions};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long a station that the desk starts may take until it answers: stretching the passphrase, and a full vault.
const START_WAIT: Duration = Duration::from_secs(60);

/// Open the desk: pages of this station in your browser, on this machine alone
///
/// It opens the browser at a link that lets it in once, and serves the pages until it is interrupted. If no station
/// runs it asks for the passphrase and runs one as well. What it shows, and what can be done in it, is what the other
/// commands do.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Use this port, of an address of this machine that nobody knows before; without it any free one
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Only print the link; open no browser
    #[arg(long)]
    no_open: bool,
    /// End when standard input closes: ties the desk to the life of a parent process
    #[arg(long, hide = true)]
    until_stdin_closes: bool,
}

const EXAMPLES: &str = "\
Examples:
  backchannel desk
  backchannel desk --no-open --port 7480
  backchannel exercise quiet-pact --desk      three desks of an exercise";

/// Serves the desk to its end.
pub fn run(args: &Args, global: &Global) -> Result<ExitCode, Failure> {
    let home = global.home()?;
    let station = if runs(&home)? { None } else { Some(start(global, &home)?) };
    let result = runtime::many_threads()?.block_on(serve(args, global, &home));
    if let Some(station) = station {
        // The desk ends the station that it started; it has stopped when its thread has.
        let _ = client::ask_within(&home, &Request::Stop {}, START_WAIT);
        let _ = station.join();
    }
    result
}

async fn serve(args: &Args, global: &Global, home: &Path) -> Result<ExitCode, Failure> {
    let opened = Opened::bind(home, args.port).await.map_err(|error| {
        let hint = "Name another port with --port, or none.";
        Failure::new(ErrorKind::Usage, format!("The port cannot be used: {}.", errors::reason(&error)), hint)
    })?;
    let link = opened.link();
    let text = format!(
        "The desk is open. This link lets one browser in, once:\n\n  {}\n\nCtrl-C closes it.",
        link.as_str()
    );
    out::one(&Report { json: json!({ "v": 1, "link": link.as_str() }), text }, global)?;
    let page = if args.no_open { None } else { open_browser(home, &link) };
    let told = until::told_to_stop(args.until_stdin_closes)?;
    let ended = tokio::select! {
        result = opened.serve() => result.map_err(|error| errors::internal(format!("The desk failed: {}.", errors::reason(&error)))),
        () = told => Ok(()),
    };
    if let Some(page) = page {
        let _ = std::fs::remove_file(page);
    }
    ended.map(|()| ExitCode::SUCCESS)
}

/// Whether a station answers at this home.
fn runs(home: &Path) -> Result<bool, Failure> {
    match client::ask_within(home, &Request::Status {}, START_WAIT) {
        Ok(_) => Ok(true),
        Err(failure) if failure.kind == ErrorKind::Unreachable => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// Starts a station in a thread of its own, so that nothing a page asks can delay its beat; waits until it answers.
fn start(global: &Global, home: &Path) -> Result<thread::JoinHandle<()>, Failure> {
    let passphrase = global.passphrase()?;
    logs::start(global.json);
    let (sender, ended) = mpsc::channel();
    let of = home.to_owned();
    let station = thread::Builder::new().name("station".to_owned()).spawn(move || {
        let result = runtime::one_thread().and_then(|runtime| {
            let run = setup::run(&of, passphrase, RunOptions::default());
            runtime.block_on(run).map_err(|error| errors::from_setup(&error))
        });
        // Nobody listens once the desk is open; then the pages say that the station is gone.
        let _ = sender.send(result);
    });
    let station =
        station.map_err(|error| errors::internal(format!("No thread: {}.", errors::reason(&error))))?;
    let deadline = crate::clock::steady_now() + START_WAIT;
    loop {
        if let Ok(Err(failure)) = ended.recv_timeout(Duration::from_millis(50)) {
            return Err(failure);
        }
        if runs(home)? {
            return Ok(station);
        }
        if crate::clock::steady_now() > deadline {
            return Err(errors::internal("The station did not answer in time.".to_owned()));
        }
    }
}

/// Opens the browser by a page that only the owner can read: a link among a program's arguments could be seen by every
/// user of the machine, and the first to use it would be let in (DOOR-6). Gives the page, to be removed at the end.
fn open_browser(home: &Path, link: &str) -> Option<PathBuf> {
    let page = home.join("desk.html");
    let text = format!(
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">\
         <meta http-equiv=\"refresh\" content=\"0;url={link}\"><title>Backchannel</title>"
    );
    let _ = std::fs::remove_file(&page);
    SecretFile::create(&page).and_then(|file| file.write(&text)).ok()?;
    let address = format!("file://{}", page.display());
    let program =
        std::env::var_os("BROWSER").filter(|name| !name.is_empty()).unwrap_or_else(|| "xdg-open".into());
    let shown = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    if shown || std::env::var_os("BROWSER").is_some() {
        // A browser that cannot be started is no failure: the link stands on the terminal.
        let _ = Command::new(program)
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
    }
    Some(page)
}
