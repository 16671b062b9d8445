use crate::commands::status::is_unverified;
use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// List dispatches and conveyances, newest last
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel inbox\n  backchannel inbox --unread --json")]
pub struct Args {
    /// Only what has not been read
    #[arg(long)]
    unread: bool,
}

pub fn run(args: &Args, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::Inbox { unread: args.unread })?;
    let mut lines: Vec<String> = screen::list_of(&json, "items").iter().map(item).collect();
    if lines.is_empty() {
        lines.push(if args.unread { "Nothing is unread." } else { "Nothing has come yet." }.to_owned());
    }
    if !global.json
        && let Some(notice) = notice(global)?
    {
        lines.push(format!("\n{notice}"));
    }
    Ok(Report { json, text: lines.join("\n") })
}

/// The sentence that stands under what is shown until the delegations have verified each other; also under `show`.
pub fn notice(global: &Global) -> Result<Option<String>, Failure> {
    let status = client::ask(global, &Request::Status {})?;
    let sentence = "Only the intermediary vouches for the other side: see `backchannel verify`.";
    Ok(is_unverified(&status).then(|| screen::warning(&screen::laid_out(sentence, 0))))
}

fn item(item: &Value) -> String {
    let id: String = screen::text_of(item, "id").chars().take(8).collect();
    let when = screen::instant(&screen::text_of(item, "utc"));
    let precedence = screen::text_of(item, "precedence");
    let urgent = matches!(precedence.as_str(), "flash" | "immediate");
    let precedence = screen::filled(&precedence, 11);
    let precedence = if urgent { screen::warning(&precedence) } else { precedence };
    let form = screen::filled(&screen::text_of(item, "form"), 16);
    let unread = if screen::is(item, "unread") { "unread" } else { "read" };
    let first = format!("{}{when}  {precedence}{form}{unread}", screen::filled(&id, 10));
    let from = format!("from {}, {}: ", screen::text_of(item, "from"), screen::text_of(item, "room"));
    let second = screen::laid_out(&format!("{from}{}", screen::text_of(item, "summary")), 10);
    format!("{}\n{second}", first.trim_end())
}
