use crate::out::Report;
use crate::{errors, input, screen};
use backchannel_accord::understanding::{
    Bound, Code, Confidence, End, Form, Moment, Party, Period, Permitted, Place, Renewal, Scope, Secrecy,
    SpanMs, Timing, Understanding, Undertaking, Voice, compose, fitting, to_toml,
};
use backchannel_accord::{Lang, Text, Texts};
use backchannel_station::api::Failure;
use backchannel_wire::PartyNo;
use serde_json::json;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Begin a text: terms from the command line, clauses from the library
///
/// What it writes is a frame to edit: each party assures the others that it will not do the act, anywhere, as long as
/// the understanding is in effect. Names of parties are the same in every language until somebody translates them.
/// Nobody has confirmed the glossary or reviewed a translation yet, and `understanding check` says so.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A new file; without it the text is shown
    file: Option<PathBuf>,
    /// gentle: deniable for ever; joint: one signature that anybody can check
    #[arg(long, value_parser = ["gentle", "joint"], default_value = "gentle")]
    form: String,
    /// Who speaks: the intermediary ("the intermediary understands that"), or the parties to each other
    #[arg(long, value_parser = ["intermediary", "reciprocal"], default_value = "intermediary")]
    voice: String,
    /// A party, as CODE or CODE=NAME; give one for each, in the order of convening
    #[arg(long = "party", value_name = "CODE", required = true, value_parser = party)]
    parties: Vec<(Code, String)>,
    /// How many principals of each party approve
    #[arg(long, value_name = "K", default_value_t = 2)]
    quorum: u8,
    /// A language, the one it is drafted in first: en, fr, ru, ar, fa or he are in the library
    #[arg(long = "lang", value_name = "LANG", default_value = "en", value_delimiter = ',', value_parser = lang)]
    languages: Vec<Lang>,
    /// What no party does: a code of the file of acts
    #[arg(long, value_name = "ACT", default_value = "direct-preventive-strike", value_parser = code)]
    act: Code,
    /// What remains allowed to all: a code of the file of acts; give as many as needed
    #[arg(long = "permit", value_name = "ACT", value_parser = code)]
    permitted: Vec<Code>,
    /// From when, with its offset, such as 2026-12-01T08:00+03:00
    #[arg(long, value_name = "INSTANT", value_parser = moment)]
    from: Option<Moment>,
    /// How long, such as 90d; renewed by as much
    #[arg(long, value_name = "SPAN", default_value = "90d", value_parser = span)]
    lasts: SpanMs,
    /// Notice of withdrawal; a renewal has to be in as long before the end
    #[arg(long, value_name = "SPAN", default_value = "72h", value_parser = span)]
    notice: SpanMs,
    /// How long the brake holds
    #[arg(long, value_name = "SPAN", default_value = "48h", value_parser = span)]
    brake: SpanMs,
    /// Within what time a query is answered
    #[arg(long, value_name = "SPAN", default_value = "12h", value_parser = span)]
    reply: SpanMs,
    /// Within what time of an event a complaint is made
    #[arg(long, value_name = "SPAN", default_value = "24h", value_parser = span)]
    complaint: SpanMs,
    /// Show incidents that are not urgent only at set times, so far apart
    #[arg(long, value_name = "SPAN", value_parser = span)]
    set_times: Option<SpanMs>,
    /// Nobody is bound before every party confirmed, with `understanding told`, that its people were told
    #[arg(long)]
    told: bool,
    /// What is said if somebody asks, as LANG=TEXT; one for each language
    #[arg(long = "if-asked", value_name = "LANG=TEXT", value_parser = line)]
    if_asked: Vec<(Lang, String)>,
}

const EXAMPLES: &str = "\
Examples:
  backchannel understanding new pact.toml --party alpha=Alpha --party bravo=Bravo \\
      --lang en,fr --permit rhetoric --permit acts-of-non-parties \\
      --from 2026-12-01T08:00+03:00
  backchannel understanding new --party alpha --party bravo | less";

pub fn run(args: &Args) -> Result<Report, Failure> {
    let broken = |error: String| errors::usage(format!("{error}."), "Add `--help` to see what may be given.");
    let frame = frame(args)?;
    let line =
        Texts(args.if_asked.iter().map(|(lang, text)| (lang.clone(), Text::new(text.clone()))).collect());
    let line = (!line.is_empty()).then_some(&line);
    let picks = fitting(&frame, line).map_err(|error| errors::internal(error.to_string()))?;
    let whole = compose(frame, &picks).map_err(|error| broken(error.to_string()))?;
    whole.size().map_err(|error| broken(error.to_string()))?;
    let toml = to_toml(&whole);
    let Some(path) = &args.file else {
        return Ok(Report { json: json!({ "v": 1, "text": toml }), text: toml.trim_end().to_owned() });
    };
    write(path, &toml)?;
    let text = format!(
        "A frame with {} clauses is in {}. Edit it, then run `backchannel understanding check` on it.",
        whole.clauses.len(),
        path.display()
    );
    let json = json!({ "v": 1, "file": path.display().to_string(), "clauses": whole.clauses.len() });
    Ok(Report { json, text: screen::laid_out(&text, 0) })
}

/// A text somebody edited is never overwritten.
fn write(path: &Path, toml: &str) -> Result<(), Failure> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| file.write_all(toml.as_bytes()))
        .map_err(|error| errors::unwritable(path, &error))
}

fn frame(args: &Args) -> Result<Understanding, Failure> {
    let missing = || errors::usage("No language is named.", "Add `--lang en`.");
    let drafted_in = args.languages.first().cloned().ok_or_else(missing)?;
    let mut languages = args.languages.clone();
    languages.sort();
    languages.dedup();
    Ok(Understanding {
        form: *Form::ALL.iter().find(|form| form.name() == args.form).unwrap_or(&Form::Gentle),
        voice: *Voice::ALL.iter().find(|voice| voice.name() == args.voice).unwrap_or(&Voice::Intermediary),
        drafted_in,
        parties: parties(args, &languages),
        languages,
        zones: Vec::new(),
        undertakings: undertakings(args),
        permitted: args.permitted.iter().map(permitted).collect(),
        timing: timing(args),
        confidence: Some(confidence(args)),
        glossary: Vec::new(),
        clauses: Vec::new(),
        supersedes: None,
    })
}

fn parties(args: &Args, languages: &[Lang]) -> Vec<Party> {
    let names =
        |name: &String| Texts(languages.iter().map(|lang| (lang.clone(), Text::new(name.clone()))).collect());
    let numbered = args.parties.iter().zip(1..=u8::MAX);
    numbered
        .map(|((code, name), number)| Party {
            code: code.clone(),
            number: PartyNo(number),
            quorum: args.quorum,
            names: names(name),
        })
        .collect()
}

/// Each party towards all others: one undertaking a party between two, one mutual undertaking among more.
fn undertakings(args: &Args) -> Vec<Undertaking> {
    let mut codes: Vec<Code> = args.parties.iter().map(|(code, _)| code.clone()).collect();
    let scope = Scope { place: Some(Place::Anywhere), time: Some(Period::Term) };
    let one = |id: Code, by: Vec<Code>, towards: Vec<Code>| Undertaking {
        id,
        by,
        towards,
        act: args.act.clone(),
        scope: scope.clone(),
    };
    if let [a, b] = codes.as_slice() {
        return vec![
            one(a.clone(), vec![a.clone()], vec![b.clone()]),
            one(b.clone(), vec![b.clone()], vec![a.clone()]),
        ];
    }
    codes.sort();
    vec![one(args.act.clone(), codes.clone(), codes)]
}

fn permitted(act: &Code) -> Permitted {
    Permitted { id: act.clone(), to: Vec::new(), act: Some(act.clone()), scope: Scope::default() }
}

fn timing(args: &Args) -> Timing {
    Timing {
        from: args.from.map(|moment| Bound { moment, inclusive: Some(true) }),
        zones: Vec::new(),
        end: Some(End::After { span: args.lasts, inclusive: Some(false) }),
        renewal: Some(Renewal { span: args.lasts, before: args.notice }),
        notice: Some(args.notice),
        urgent: None,
        brake: Some(args.brake),
        reply: Some(args.reply),
        complaint: Some(args.complaint),
        told: args.told.then_some(true),
        set_times: args.set_times,
        ladder: None,
    }
}

/// With a line for whoever asks, that line may be said; without one, nothing.
fn confidence(args: &Args) -> Confidence {
    let existence = if args.if_asked.is_empty() { Secrecy::Secret } else { Secrecy::IfAsked };
    Confidence { existence, content: Secrecy::Secret }
}

fn code(text: &str) -> Result<Code, String> {
    Code::new(text).ok_or_else(|| "write it in small letters, digits and hyphens".to_owned())
}

fn party(text: &str) -> Result<(Code, String), String> {
    let (short, name) = text.split_once('=').unwrap_or((text, text));
    Ok((code(short)?, name.to_owned()))
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::new(text).ok_or_else(|| "write the code of a language, such as en".to_owned())
}

fn line(text: &str) -> Result<(Lang, String), String> {
    let (code, words) = input::language_and_text(text)?;
    Ok((lang(&code)?, words))
}

fn span(text: &str) -> Result<SpanMs, String> {
    SpanMs::parse(text).ok_or_else(|| "write a span such as 90d, 72h or 30m".to_owned())
}

fn moment(text: &str) -> Result<Moment, String> {
    Moment::parse(text).ok_or_else(|| "write an instant such as 2026-12-01T08:00+03:00".to_owned())
}
