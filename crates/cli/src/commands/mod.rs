//! The commands, one file each: its arguments, which are its help, and one function.

mod accept;
mod alarms;
mod artefact;
mod bench;
mod burn;
mod claims;
mod convene;
mod convey;
mod delegation;
mod desk;
mod duty;
mod exposure;
mod inbox;
mod incident;
mod line;
mod lock;
mod message;
mod needles;
mod notify;
mod permission;
mod query;
mod read_back;
mod receipts;
mod record;
mod rehearse;
mod relay;
mod reply;
mod return_text;
mod send;
mod show;
mod statement;
mod station;
mod status;
mod stop;
mod templates;
mod understanding;
mod unlock;
mod verify;
mod watch;

pub use permission::{operator_token, pin};

use crate::exercise;
use crate::global::Global;
use crate::out;
use backchannel_station::api::Failure;
use std::process::ExitCode;

/// One command and its arguments.
#[derive(clap::Subcommand)]
pub enum Command {
    #[command(subcommand)]
    Relay(relay::Command),
    Convene(convene::Args),
    Accept(accept::Args),
    #[command(subcommand)]
    Station(station::Command),
    Desk(desk::Args),
    Status(status::Args),
    Lock(lock::Args),
    Unlock(unlock::Args),
    Stop(stop::Args),
    #[command(subcommand)]
    Delegation(delegation::Command),
    #[command(subcommand)]
    Verify(verify::Command),
    Send(send::Args),
    Notify(notify::Args),
    Query(query::Args),
    Inbox(inbox::Args),
    Show(show::Args),
    Reply(reply::Args),
    Convey(convey::Args),
    ReadBack(read_back::Args),
    Receipts(receipts::Args),
    Return(return_text::Args),
    #[command(subcommand)]
    Understanding(understanding::Command),
    #[command(subcommand)]
    Incident(incident::Command),
    Clarify(incident::Clarify),
    #[command(subcommand)]
    Line(line::Command),
    #[command(subcommand)]
    Duty(duty::Command),
    #[command(subcommand)]
    Templates(templates::Command),
    #[command(subcommand)]
    Statement(statement::Command),
    #[command(subcommand)]
    Exposure(exposure::Command),
    #[command(subcommand)]
    Claims(claims::Command),
    #[command(subcommand)]
    Artefact(artefact::Command),
    Alarms(alarms::Args),
    Record(record::Args),
    Watch(watch::Args),
    Burn(burn::Args),
    Rehearse(rehearse::Args),
    Exercise(exercise::ExerciseArgs),
    #[command(hide = true)]
    ExerciseTap(exercise::TapArgs),
    #[command(hide = true)]
    ExerciseRelay(exercise::RelayArgs),
}

/// Runs a command to its end.
pub fn run(command: Command, global: &Global) -> Result<ExitCode, Failure> {
    let report = match command {
        // These hold the process, or write as they go.
        Command::Relay(command) => return relay::run(command, global),
        Command::Station(command) => return station::run(command, global),
        Command::Watch(args) => return watch::run(&args, global),
        Command::Desk(args) => return desk::run(&args, global),
        Command::Rehearse(args) => return rehearse::run(&args, global),
        Command::Exercise(args) => return exercise::run(&args, global.json),
        Command::ExerciseTap(args) => return exercise::run_tap(&args),
        Command::ExerciseRelay(args) => return exercise::run_relay(&args),
        Command::Understanding(command) => return understanding::run(command, global),
        Command::Artefact(command) => return artefact::run(command, global),
        // These answer once.
        Command::Convene(args) => convene::run(&args, global)?,
        Command::Accept(args) => accept::run(&args, global)?,
        Command::Status(_) => status::run(global)?,
        Command::Lock(_) => lock::run(global)?,
        Command::Unlock(_) => unlock::run(global)?,
        Command::Stop(_) => stop::run(global)?,
        Command::Delegation(command) => delegation::run(command, global)?,
        Command::Verify(command) => verify::run(&command, global)?,
        Command::Notify(args) => notify::run(&args, global)?,
        Command::Query(args) => query::run(&args, global)?,
        Command::Line(command) => line::run(command, global)?,
        Command::Templates(command) => templates::run(command, global)?,
        Command::Duty(command) => duty::run(command, global)?,
        Command::Statement(command) => statement::run(command, global)?,
        Command::Exposure(command) => exposure::run(command, global)?,
        Command::Claims(command) => claims::run(command, global)?,
        Command::Send(args) => send::run(&args, global)?,
        Command::Inbox(args) => inbox::run(&args, global)?,
        Command::Show(args) => show::run(args, global)?,
        Command::Reply(args) => reply::run(args, global)?,
        Command::Convey(args) => convey::run(args, global)?,
        Command::ReadBack(args) => read_back::run(args, global)?,
        Command::Receipts(args) => receipts::run(args, global)?,
        Command::Return(args) => return_text::run(args, global)?,
        Command::Incident(command) => incident::run(command, global)?,
        Command::Clarify(args) => incident::clarify(args, global)?,
        Command::Alarms(_) => alarms::run(global)?,
        Command::Record(_) => record::run(global)?,
        Command::Burn(args) => burn::run(args, global)?,
    };
    out::report(&report, global)
}
