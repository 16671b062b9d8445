use crate::global::Global;
use crate::out::{self, Report};
use crate::secret_file::SecretFile;
use crate::{client, errors, input, screen};
use backchannel_accord::time::rfc3339;
use backchannel_assurance::gentle::Transcript;
use backchannel_assurance::joint::{Artefact, ArtefactSigner, Verified};
use backchannel_station::api::{Failure, Request};
use backchannel_wire::canonical;
use backchannel_wire::ids::{hex, unhex};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What a release leaves: check it anywhere, take it out of a station, or make one's own
#[derive(clap::Subcommand)]
pub enum Command {
    Verify(Verify),
    Export(Export),
    Simulate(Simulate),
}

/// Check an artefact: who signed the text together, and when it was released
///
/// It needs no vault, no network, no channel and no trust in this program: docs/spec/artefact.md says how to write
/// another. It says that the text was signed and released, never that it is in force. A transcript of the gentlemen's
/// form convinces nobody but the side it is addressed to, and is answered so.
#[derive(clap::Args)]
#[command(after_help = VERIFY_EXAMPLES)]
pub struct Verify {
    /// The artefact, as text or as bytes, or - for standard input
    file: PathBuf,
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  backchannel artefact verify pact.artefact
  backchannel artefact verify - --json < pact.artefact

Exit codes: 0 signed by all and released in time, 1 not.";

/// Take out what the release left here: an artefact, or a transcript of the gentlemen's form
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel artefact export 7c1e pact.artefact")]
pub struct Export {
    /// The understanding
    id: String,
    /// A new file
    file: PathBuf,
}

/// Make a transcript from this side's keys alone, which convinces exactly as well (gentlemen's form, head)
///
/// Nobody else has a part in it. That anybody on this side can make one is why a leaked transcript proves nothing.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel artefact simulate 7c1e mine.transcript")]
pub struct Simulate {
    /// The understanding
    id: String,
    /// A new file
    file: PathBuf,
}

pub fn run(command: Command, global: &Global) -> Result<ExitCode, Failure> {
    let report = match command {
        Command::Verify(args) => return verify(&args, global),
        Command::Export(args) => {
            let what = "What the release left is in";
            save(&Request::ArtefactExport { id: args.id }, &args.file, what, global)?
        }
        Command::Simulate(args) => {
            let what =
                "A transcript that this side made alone, and that convinces as well as the real one, is in";
            save(&Request::ArtefactSimulate { id: args.id }, &args.file, what, global)?
        }
    };
    out::report(&report, global)
}

/// (CMD-10) Answers on standard output whether or not the artefact holds.
fn verify(args: &Verify, global: &Global) -> Result<ExitCode, Failure> {
    let bytes = input::bytes(&args.file)?;
    let answer = judge(&bytes);
    let report = match &answer {
        Ok(verified) => valid(verified),
        Err(reason) => invalid(reason),
    };
    out::report(&report, global)?;
    Ok(if answer.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn judge(bytes: &[u8]) -> Result<Verified, String> {
    let read = match std::str::from_utf8(bytes) {
        Ok(text) => Artefact::from_text(text),
        Err(_) => Artefact::from_bytes(bytes),
    };
    if read.is_err() && is_transcript(bytes) {
        return Err(TRANSCRIPT.to_owned());
    }
    read.and_then(|artefact| artefact.verify()).map_err(|error| error.to_string())
}

/// A transcript, as bytes or in hexadecimal as `artefact export` writes it.
fn is_transcript(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).ok().and_then(|text| unhex(text.trim()));
    canonical::from_slice::<Transcript>(text.as_deref().unwrap_or(bytes)).is_ok()
}

const TRANSCRIPT: &str = "this is a transcript of the gentlemen's form: it convinces nobody but the side it is \
    addressed to, because that side could have made all of it alone, with its own key";

fn valid(verified: &Verified) -> Report {
    let parties: Vec<u8> = verified.parties.iter().map(|party| party.0).collect();
    let signers: Vec<Value> = verified.signers.iter().map(signer).collect();
    let released = rfc3339(verified.released_at);
    let json = json!({
        "v": 1,
        "valid": true,
        "reason": Value::Null,
        "parties": parties,
        "signers": signers,
        "released_at": released,
    });
    let mut lines = vec![
        format!("Signed and released: {} UTC, by the depositary's word.", screen::instant(&released)),
        format!("Text {}", hex(&verified.text.0)),
        "Signed together by".to_owned(),
    ];
    lines.extend(
        verified.signers.iter().map(|one| format!("  party {}  {}", one.party.0, one.member.to_hex())),
    );
    lines.push(screen::laid_out(LIMIT, 0));
    Report { json, text: lines.join("\n") }
}

const LIMIT: &str = "Whether it has begun, was renewed, withdrawn or replaced, no artefact says. Who is behind a key, \
    only those who know the key can say.";

fn signer(signer: &ArtefactSigner) -> Value {
    json!({ "party": signer.party.0, "member": signer.member.to_hex(), "y": hex(signer.y.as_bytes()) })
}

fn invalid(reason: &str) -> Report {
    let json = json!({
        "v": 1,
        "valid": false,
        "reason": reason,
        "parties": [],
        "signers": [],
        "released_at": Value::Null,
    });
    Report { json, text: screen::laid_out(&format!("Not valid: {}.", screen::one_line(reason)), 0) }
}

/// Writes what the station answers to a new file, for its owner alone.
fn save(request: &Request, file: &Path, what: &str, global: &Global) -> Result<Report, Failure> {
    let kept = SecretFile::create(file)?;
    let mut json = client::ask(global, request)?;
    let text = json.get("text").and_then(Value::as_str).map(str::to_owned);
    let text = text.ok_or_else(|| errors::internal("The station's answer holds nothing to write."))?;
    let path = kept.write(text.trim_end())?.display().to_string();
    if let Some(object) = json.as_object_mut() {
        object.remove("text");
        object.insert("file".to_owned(), path.clone().into());
    }
    Ok(Report { json, text: format!("{what} {path}.") })
}
