use crate::commands::{inbox, receipts};
use crate::global::Global;
use crate::out::Report;
use crate::{client, screen};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;

/// Show a dispatch or conveyance; this marks it read
///
/// A party's text, the note of an oral message and the intermediary's rendering are three layers and never merge.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  backchannel show 4f2a91c0\n  backchannel show 4f2a91c0 --json")]
pub struct Args {
    /// The dispatch or conveyance, or the first digits of its id
    id: String,
}

pub fn run(args: Args, global: &Global) -> Result<Report, Failure> {
    let json = client::ask(global, &Request::Show { id: args.id })?;
    if global.json {
        return Ok(Report { json, text: String::new() });
    }
    let mut parts = vec![head(&json)];
    parts.extend(screen::list_of(&json, "layers").iter().map(layer));
    parts.extend(screen::list_of(&json, "passages").iter().map(passage));
    parts.push(format!("{}\n{}", screen::heading("Beats"), receipts::beats(&json)));
    let mut text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    if let Some(notice) = inbox::notice(global)? {
        text.push('\n');
        text.push_str(&notice);
    }
    Ok(Report { json, text })
}

fn head(json: &Value) -> String {
    let title = format!("{} {}", screen::text_of(json, "form"), screen::text_of(json, "id"));
    let mut lines = vec![screen::heading(title.trim())];
    for (key, name) in [
        ("from", "from"),
        ("room", "room"),
        ("precedence", "precedence"),
        ("reply_by", "reply by"),
        ("in_reply_to", "in reply to"),
        ("retention", "retention"),
    ] {
        let value = screen::text_of(json, key);
        if !value.is_empty() {
            lines.push(format!("  {}{value}", screen::filled(name, 14)));
        }
    }
    lines.join("\n")
}

fn layer(layer: &Value) -> String {
    match layer {
        Value::String(name) => format!("  {}", screen::one_line(name)),
        _ => block(&described(layer, &["layer", "kind", "name", "by", "party"]), layer),
    }
}

fn passage(passage: &Value) -> String {
    let n = ["n", "passage", "number"].iter().map(|key| screen::number_of(passage, key)).find(|n| !n.is_empty());
    let title = n.map_or_else(|| "Passage".to_owned(), |n| format!("Passage {n}"));
    let rest = described(passage, &["disclosure", "layer", "guard", "verbatim", "state"]);
    block(&if rest.is_empty() { title } else { format!("{title}: {rest}") }, passage)
}

/// The words under these keys, in this order.
fn described(value: &Value, keys: &[&str]) -> String {
    let words: Vec<String> =
        keys.iter().map(|key| screen::text_of(value, key)).filter(|word| !word.is_empty()).collect();
    words.join(", ")
}

/// A title and the texts under it, each language apart.
fn block(title: &str, value: &Value) -> String {
    let altered = title.to_lowercase().contains("altered");
    let mut lines = vec![if altered { screen::warning(title) } else { screen::heading(title) }];
    match value.get("text") {
        Some(Value::String(text)) => lines.push(screen::wrapped(text, 4)),
        Some(Value::Object(texts)) => {
            for (language, text) in texts {
                lines.push(format!("  [{}]", screen::one_line(language)));
                lines.push(screen::wrapped(text.as_str().unwrap_or_default(), 4));
            }
        }
        _ => {}
    }
    lines.join("\n")
}
