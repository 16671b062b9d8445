use crate::global::Global;
use crate::out::Report;
use backchannel_station::api::Failure;
/// Placeholder
#[derive(clap::Args)]
pub struct Args {}
pub fn run(_args: &Args, _global: &Global) -> Result<Report, Failure> { unreachable!() }
