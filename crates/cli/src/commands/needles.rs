use crate::global::Global;
use crate::out::Report;
use crate::{clock, errors};
use backchannel_station::api::Failure;
use backchannel_station::machine::{Machine, spaces};
use backchannel_station::vault::{Vault, VaultError};
use backchannel_wire::ids::hex;
use rand_core::{OsRng, RngCore};
use serde_json::{Value, json};

/// For exercises: the keys of a stopped station, to be looked for where they must not be
#[derive(clap::Args)]
pub struct Args {}

pub fn run(global: &Global) -> Result<Report, Failure> {
    let home = global.home()?;
    let mut vault = Vault::open(&home, &global.passphrase()?).map_err(|error| errors::from_vault(&error))?;
    let machine = load(&mut vault)?;
    let needles: Vec<Value> = machine
        .needles()
        .iter()
        .enumerate()
        .map(|(number, key)| json!({ "what": format!("key {number}"), "hex": hex(key) }))
        .collect();
    let text = format!("{} keys; only --json shows them.", needles.len());
    Ok(Report { json: json!({ "v": 1, "needles": needles }), text })
}

fn load(vault: &mut Vault) -> Result<Machine, Failure> {
    let mut records = Vec::new();
    for space in spaces::ALL {
        records.extend(vault.load(space).map_err(|error: VaultError| errors::from_vault(&error))?);
    }
    let mut seed = [0; 32];
    OsRng.fill_bytes(&mut seed);
    Machine::load(records, seed, clock::utc_now()).map_err(|error| errors::from_setup(&error.into()))
}
