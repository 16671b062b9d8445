use super::{diff, look};
use crate::global::Global;
use crate::out::{self, Report};
use crate::{client, errors, screen};
use backchannel_station::api::{ErrorKind, Failure, Phrase, Request};
use serde_json::Value;

/// Approve the frozen version, or take that back (heads and principals)
///
/// It shows the text, the words of its digest and what changed since the version before, and asks
/// for the passphrase. Approving binds nobody yet: it lets this side's part be deposited, and can be taken back until
/// then. With --json and --digest it shows and asks nothing, and takes the passphrase from --passphrase-file.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The understanding
    id: String,
    /// The language to read it in
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: String,
    /// The digest that was read; approving any other is refused
    #[arg(long, value_name = "HEX")]
    digest: Option<String>,
    /// Take the approval back
    #[arg(long)]
    take_back: bool,
}

const EXAMPLES: &str = "\
Examples:
  backchannel understanding approve 7c1e --lang fr
  backchannel understanding approve 7c1e --take-back
  backchannel understanding approve 7c1e --json --digest 5d1e... \\
      --passphrase-file pass.txt";

pub fn run(args: Args, global: &Global) -> Result<Report, Failure> {
    let digest = if global.json { named(&args, global)? } else { read(&args, global)? };
    let passphrase = Phrase(global.passphrase_text()?);
    let Args { id, take_back, .. } = args;
    let json = client::ask(global, &Request::UnderstandingApprove { id, digest, passphrase, take_back })?;
    let text = if take_back { "The approval is taken back." } else { "Approved. Nobody is bound yet." };
    Ok(Report { json, text: text.to_owned() })
}

/// For a program: the digest it names, and no question.
fn named(args: &Args, global: &Global) -> Result<String, Failure> {
    if global.passphrase_file.is_none() {
        let hint = "Name a file that holds it with `--passphrase-file FILE`.";
        return Err(errors::usage("With --json nobody is asked for the passphrase.", hint));
    }
    args.digest.clone().ok_or_else(|| {
        let hint = "Add `--digest HEX`, as `backchannel understanding show ID --json` gives it.";
        errors::usage("With --json the digest that is approved has to be named.", hint)
    })
}

/// For a person: shows everything, and gives the digest of what was shown.
fn read(args: &Args, global: &Global) -> Result<String, Failure> {
    let json = client::ask(global, &Request::UnderstandingShow { id: args.id.clone() })?;
    let digest = screen::text_of(&json, "digest");
    if digest.is_empty() {
        let hint = "Wait until the holder of the pen has frozen it.";
        return Err(Failure::new(ErrorKind::Refused, "No version of this text is frozen.", hint));
    }
    if args.digest.as_ref().is_some_and(|named| *named != digest) {
        let hint = "Read what is frozen now with `backchannel understanding show`.";
        return Err(Failure::new(ErrorKind::Refused, "Another version is frozen than the one named.", hint));
    }
    if !in_language(&json, &args.lang) {
        let hint = "Choose a language of the text with `--lang`.";
        let message = format!("A clause is not there in {}.", screen::one_line(&args.lang));
        return Err(errors::usage(message, hint));
    }
    let shown =
        [look::told(&json, Some(&args.lang)), look::words(&json), changed(args, &json, global)?, does(args)];
    out::write(&format!("{}\n", shown.join("\n\n")))?;
    Ok(digest)
}

/// Nobody approves a clause that was not shown.
fn in_language(json: &Value, lang: &str) -> bool {
    let clauses = screen::list_of(json, "clauses");
    let has = |clause: &Value| {
        screen::list_of(clause, "versions").iter().any(|one| screen::text_of(one, "lang") == lang)
    };
    !clauses.is_empty() && clauses.iter().all(has)
}

fn changed(args: &Args, json: &Value, global: &Global) -> Result<String, Failure> {
    if json.get("version").and_then(Value::as_u64).unwrap_or(0) < 2 {
        return Ok("This is the first version that was frozen.".to_owned());
    }
    let request = Request::UnderstandingDiff { id: args.id.clone(), from: None, to: None };
    let found = client::ask(global, &request)?;
    Ok(format!("Changed since the version before:\n{}", diff::told(&found)))
}

fn does(args: &Args) -> String {
    let text = if args.take_back {
        "Taking it back: this side's approval no longer counts. It is too late once this side's part is deposited."
    } else {
        "Approving: this station signs that its principal wants this text, with this digest. Nobody is bound before \
         every side's part is deposited and all are released together. It can be taken back until the deposit."
    };
    screen::laid_out(text, 0)
}
