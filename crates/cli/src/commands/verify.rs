use crate::global::Global;
use crate::out::Report;
use crate::{client, errors, input, screen};
use backchannel_station::api::{Failure, Request};
use std::path::PathBuf;

/// Make sure that nobody stands between the two delegations
///
/// At first only the intermediary vouches for who the other side is: if it lies and nobody ever checks, it can sit
/// between the parties undetected. Twelve envoy words carried by hand, or four words compared over any other authentic
/// path, end that, and status says which and when. The fingerprint can be compared too; the station keeps no note of it.
#[derive(clap::Subcommand)]
pub enum Command {
    Words(Words),
    Compare(Compare),
    Fingerprint(Fingerprint),
}

/// Verify by twelve words that an envoy carries by hand (head)
#[derive(clap::Args)]
#[command(after_help = WORDS_EXAMPLES)]
#[group(required = true, multiple = false)]
pub struct Words {
    /// Make twelve words and take them into use; they are shown once
    #[arg(long)]
    new: bool,
    /// Take twelve words received by hand into use, from a file or - for standard input
    #[arg(long, value_name = "FILE")]
    enter_file: Option<PathBuf>,
}

const WORDS_EXAMPLES: &str = "\
Examples:
  backchannel verify words --new
  backchannel verify words --enter-file words.txt";

/// Verify by comparing four words over another authentic path (head)
///
/// Without a flag it starts the comparison, or shows where it stands. Read the four words to the other head over any
/// path where you know each other, and then say here whether they were the same.
#[derive(clap::Args)]
#[command(after_help = COMPARE_EXAMPLES)]
#[group(multiple = false)]
pub struct Compare {
    /// The other head read out the same four words
    #[arg(long)]
    same: bool,
    /// The words differed: somebody stands between
    #[arg(long)]
    different: bool,
}

const COMPARE_EXAMPLES: &str = "\
Examples:
  backchannel verify compare
  backchannel verify compare --same";

/// Show the fingerprint in digits, the same on both sides if nobody stands between
#[derive(clap::Args)]
#[command(after_help = "Example:\n  backchannel verify fingerprint")]
pub struct Fingerprint {}

pub fn run(command: &Command, global: &Global) -> Result<Report, Failure> {
    match command {
        Command::Words(args) => words(args, global),
        Command::Compare(args) => compare(args, global),
        Command::Fingerprint(_) => fingerprint(global),
    }
}

fn words(args: &Words, global: &Global) -> Result<Report, Failure> {
    let Some(path) = &args.enter_file else {
        let json = client::ask(global, &Request::VerifyWordsNew {})?;
        let words = screen::laid_out(&screen::text_of(&json, "words"), 2);
        let text = format!(
            "Have these twelve words carried by hand to the head of the other delegation.\n\
             They are shown this once.\n\n{words}"
        );
        return Ok(Report { json, text });
    };
    let words = input::text(path)?;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.split(' ').count() != 12 {
        return Err(errors::usage(
            "There are not twelve words.",
            "Write the twelve words as they were handed over, with spaces between them.",
        ));
    }
    let json = client::ask(global, &Request::VerifyWordsEnter { words })?;
    let text = "The words are in use. `backchannel status` says when both sides have shown that\n\
                they hold the same ones."
        .to_owned();
    Ok(Report { json, text })
}

fn compare(args: &Compare, global: &Global) -> Result<Report, Failure> {
    if args.same || args.different {
        let json = client::ask(global, &Request::VerifyCompareResult { matched: args.same })?;
        let text = if args.same {
            "Recorded: the four words were the same on both ends."
        } else {
            "Recorded: the words differed. Send nothing that matters until the heads have met."
        };
        return Ok(Report { json, text: text.to_owned() });
    }
    let json = client::ask(global, &Request::VerifyCompare {})?;
    let words = screen::text_of(&json, "words");
    let text = if words.is_empty() {
        format!("No words yet: {}. Run the command again shortly.", screen::text_of(&json, "state"))
    } else {
        format!(
            "Compare these four words with the other head, over any path where you know\n\
             each other:\n\n  {words}\n\nThen say `backchannel verify compare --same`, or `--different`."
        )
    };
    Ok(Report { json, text })
}

fn fingerprint(global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::VerifyFingerprint {})?;
    let text = format!(
        "The fingerprint, the same on both sides if nobody stands between:\n\n{}",
        screen::laid_out(&screen::text_of(&json, "digits"), 2)
    );
    Ok(Report { json, text })
}
