//! The drafts of `[[step.do]]`: dispatches with their filler, and the texts of understandings. (EXER-8, EXER-17)

use super::Fault;
use super::instant::dated;
use super::raw::{self, line_of};
use super::rules::Reader;
use crate::clock;
use crate::exercise::limits::FILLER_BYTES_MAX;
use backchannel_accord::DispatchId;
use backchannel_accord::templated::{self, draft::Names};

/// The draft with its filler put in; it must be a dispatch with passages. (EXER-8)
pub fn draft(reader: &Reader<'_>, act: &raw::Act) -> Result<String, Fault> {
    let draft = act.draft.as_ref().map_or("", |draft| draft.get_ref().as_str());
    let at = act.draft.as_ref().map_or(0, |draft| draft.span().start);
    let line = line_of(reader.text, at);
    let table = draft.parse::<toml::Table>().map_err(|error| {
        let inner = error.span().map_or(0, |span| line_of(draft, span.start));
        Fault::new(
            line + inner,
            format!("The draft is not TOML: {}. (EXER-8)", error.message().trim_end_matches('.')),
            "Write it as a file for `backchannel send` would be written.",
        )
    })?;
    if table.get("passage").and_then(toml::Value::as_array).is_none_or(Vec::is_empty) {
        return Err(Fault::new(
            line,
            "The draft has no passage. (EXER-8)",
            "Add a table [[passage]] with text.en.",
        ));
    }
    match &act.filler_bytes {
        None => Ok(draft.to_owned()),
        Some(bytes) => match usize::try_from(*bytes.get_ref()) {
            Ok(bytes) if bytes <= FILLER_BYTES_MAX => Ok(draft.replace("@FILLER@", &filler(bytes))),
            _ => Err(Fault::new(
                reader.line(bytes),
                "The filler is too long. (EXER-8)",
                format!("Use at most {FILLER_BYTES_MAX} bytes."),
            )),
        },
    }
}

/// The text of an understanding, which must be one. (EXER-17)
pub fn understanding(reader: &Reader<'_>, act: &raw::Act) -> Result<String, Fault> {
    let draft = act.draft.as_ref().map_or("", |draft| draft.get_ref().as_str());
    let line = line_of(reader.text, act.draft.as_ref().map_or(0, |draft| draft.span().start));
    let wrong = |what: String| {
        let hint = "Write it as a file for `backchannel understanding check` would be written.";
        Fault::new(line, format!("The text is not an understanding: {what} (EXER-17)"), hint)
    };
    // Its instants are those of the moment at which it is laid down; whether it can be read does not depend on them.
    let now = dated(draft, clock::utc_now()).map_err(wrong)?;
    match backchannel_accord::understanding::parse(&now) {
        Ok(_) => Ok(draft.to_owned()),
        Err(error) => Err(wrong(error.to_string())),
    }
}

/// A message by a template or out of the codebook, which must be one. (EXER-21)
pub fn message(reader: &Reader<'_>, act: &raw::Act) -> Result<String, Fault> {
    let draft = act.draft.as_ref().map_or("", |draft| draft.get_ref().as_str());
    let line = line_of(reader.text, act.draft.as_ref().map_or(0, |draft| draft.span().start));
    let wrong = |what: String| {
        let hint = "Write it as `backchannel notify --blank` writes one.";
        Fault::new(line, format!("The draft is no message: {what}. (EXER-21)"), hint)
    };
    let set = templated::house().map_err(|error| wrong(error.to_string()))?;
    // Its instants are those of the moment in which it is sent; whether it can be read does not depend on them.
    let now = dated(draft, clock::utc_now()).map_err(wrong)?;
    let now = put_in(&now, &|name| {
        reader.saved.contains(name).then(|| "0".repeat(32)).ok_or(format!("nothing was kept as {name}"))
    });
    let now = now.map_err(wrong)?;
    // What it answers is filled in by the station.
    let answers = act.id.as_ref().map(|_| DispatchId([0; 16]));
    let names = Names { resolve: &DispatchId::from_hex, answers };
    let read = templated::draft::read_with(&now, set, &names);
    read.map(|_| draft.to_owned()).map_err(|error| wrong(error.to_string()))
}

/// A text with what was kept put in for `@$name@`. (EXER-19)
pub fn put_in(text: &str, kept: &dyn Fn(&str) -> Result<String, String>) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@$") {
        let (name, behind) = after.split_once('@').ok_or("a mark @$ is not closed")?;
        out.push_str(before);
        out.push_str(&kept(name)?);
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}

/// Text of about `bytes` bytes, no two sentences alike, so that any piece of it can be looked for.
fn filler(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 80);
    let mut number = 1_u32;
    while text.len() < bytes {
        text.push_str(&format!(
            "Entry {number} of the annex records observation post {} as quiet. ",
            number * 7919
        ));
        number = number.saturating_add(1);
    }
    text.truncate(bytes);
    text.trim_end().to_owned()
}
