use crate::global::Global;
use backchannel_station::api::Failure;
use std::process::ExitCode;

/// The relay
#[derive(clap::Subcommand)]
pub enum Command {
}
pub fn run(command: Command, _global: &Global) -> Result<ExitCode, Failure> { match command {} }
