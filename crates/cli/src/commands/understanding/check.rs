use super::read;
use crate::global::Global;
use crate::out::{self, Report};
use crate::screen;
use backchannel_accord::understanding::{Finding, Severity, check};
use backchannel_station::api::Failure;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Check a text: what it lacks, what swallows what, and words that betray a treaty
///
/// It needs no station. A refusal stands in the way of freezing; a warning is for the authors to weigh.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The text as TOML, or - for standard input
    file: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  backchannel understanding check pact.toml
  backchannel understanding check pact.toml --json

Exit codes: 0 nothing refuses the text, 1 something does.";

/// (CMD-10)
pub fn run(args: &Args, global: &Global) -> Result<ExitCode, Failure> {
    let found = check(&read(&args.file)?);
    let refused = found.iter().any(|finding| finding.severity == Severity::Refuse);
    let json = json!({ "v": 1, "passes": !refused, "findings": found });
    out::report(&Report { json, text: told(&found) }, global)?;
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn told(found: &[Finding]) -> String {
    let refusals = found.iter().filter(|finding| finding.severity == Severity::Refuse).count();
    let warnings = found.len() - refusals;
    let mut lines: Vec<String> = found.iter().map(finding).collect();
    lines.push(match (refusals, warnings) {
        (0, 0) => "Nothing was found. The text can be frozen.".to_owned(),
        (0, n) => format!("Nothing refuses the text; {n} to look at again."),
        (r, n) => format!("The text cannot be frozen yet: {r} to mend, {n} to look at again."),
    });
    lines.join("\n")
}

fn finding(finding: &Finding) -> String {
    let (kind, place) = match finding.severity {
        Severity::Refuse => (screen::warning("refused"), finding.place.to_string()),
        Severity::Warn => ("look again".to_owned(), finding.place.to_string()),
    };
    format!(
        "{kind}: {}\n{}\n{}\n",
        screen::one_line(&place),
        screen::wrapped(&finding.message, 2),
        screen::wrapped(&format!("hint: {}", finding.hint), 2)
    )
}
