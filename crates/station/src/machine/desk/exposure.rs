//! When the channel is known: what was published, the lines each side proposes, and a published text beside one's own record
//! (docs/spec/line.md, EXPOSE rules).

use super::Desk;
use super::types::Facts;
use backchannel_accord::disclosure::{Part, Stretch, provenance};
use backchannel_accord::templated::{Carried, Message, Value as Field, message_text};
use backchannel_accord::{DispatchId, Lang};
use backchannel_wire::PartyNo;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A text on record that a published one is compared with.
pub(crate) struct Source {
    /// What it is part of.
    pub id: String,
    /// What kind of thing that is.
    pub kind: &'static str,
    /// Its language.
    pub lang: Lang,
    /// The text.
    pub text: String,
}

impl Desk {
    /// Exposures, the lines each side sent last and whether they are the same, and corrections (EXPOSE-1).
    pub(super) fn exposures(&self, facts: &Facts<'_>) -> Value {
        let mut lines: BTreeMap<(PartyNo, PartyNo), BTreeMap<PartyNo, Value>> = BTreeMap::new();
        let (mut exposures, mut corrections) = (Vec::new(), Vec::new());
        for (id, by, to) in self.book.ledger.between_parties() {
            let Some(gist) = self.book.ledger.gist(id) else { continue };
            match gist.code.as_str() {
                "exposure" => exposures.push(self.told_of(id, by, facts)),
                "correction" => corrections.push(self.told_of(id, by, facts)),
                "exposure-lines" => {
                    let mut told = self.told_of(id, by, facts);
                    told["existence"] = self.field(id, "existence").into();
                    told["content"] = self.field(id, "content").into();
                    lines.entry((by.min(to), by.max(to))).or_default().insert(by, told);
                }
                _ => {}
            }
        }
        let said = |told: &Value| (told["existence"].clone(), told["content"].clone());
        let lines: Vec<Value> = lines
            .into_iter()
            .map(|((one, other), of)| {
                let both = of.get(&one).zip(of.get(&other));
                let agreed =
                    both.is_some_and(|(one, other)| said(one) == said(other) && !one["existence"].is_null());
                json!({
                    "sides": [(facts.labels)(one), (facts.labels)(other)], "agreed": agreed,
                    "said": of.into_values().collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({ "v": 1, "exposures": exposures, "lines": lines, "corrections": corrections })
    }

    fn told_of(&self, id: DispatchId, by: PartyNo, facts: &Facts<'_>) -> Value {
        let lang = Lang::new("en");
        let message = lang.and_then(|lang| self.described(id, &lang));
        json!({ "id": id.to_hex(), "by": (facts.labels)(by), "message": message })
    }

    /// A text field of a message; nothing once the text is gone.
    fn field(&self, id: DispatchId, key: &str) -> Option<String> {
        let carried = Carried::read(message_text(self.book.ledger.event(id)?)?.as_str()).ok()?;
        let message = Message::verify(&carried, self.set_of(&carried)?).ok()?;
        match message.value(key)? {
            Field::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// The texts on record here.
    pub(crate) fn sources(&self) -> Vec<Source> {
        let each = self.book.ledger.texts().into_iter();
        each.map(|(id, kind, lang, text)| Source {
            id: id.to_hex(),
            kind,
            lang: lang.clone(),
            text: text.to_owned(),
        })
        .collect()
    }
}

/// Which words of a published text stand on record here, and where; the rest is not on record here, in these words (EXPOSE-2).
pub(crate) fn compared(published: &str, sources: &[Source]) -> Value {
    let parts: Vec<Part<'_>> = sources
        .iter()
        .enumerate()
        .map(|(place, source)| Part { place, lang: &source.lang, text: &source.text })
        .collect();
    let stretches = provenance(published, &parts);
    let words = |text: &str| text.split_whitespace().count();
    let found: usize = stretches.iter().map(|one| one.words).sum();
    let each = stretches.iter().filter_map(|one| {
        let source = sources.get(one.passage)?;
        Some(json!({
            "words": published.get(one.start..one.end), "start": one.start, "end": one.end, "count": one.words,
            "id": source.id, "kind": source.kind, "lang": source.lang.code(),
        }))
    });
    json!({
        "v": 1, "words": words(published), "found": found, "stretches": each.collect::<Vec<_>>(),
        "elsewhere": elsewhere(published, &stretches),
    })
}

/// The stretches of a published text that are not on record here.
fn elsewhere(published: &str, stretches: &[Stretch]) -> Vec<String> {
    let mut at = 0;
    let mut out = Vec::new();
    let ends = stretches.iter().map(|one| (one.start, one.end)).chain([(published.len(), published.len())]);
    for (start, end) in ends {
        let between = published.get(at..start).unwrap_or_default().trim();
        if between.chars().any(char::is_alphanumeric) {
            out.push(between.to_owned());
        }
        at = end.max(at);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(id: &str, text: &str) -> Source {
        Source { id: id.to_owned(), kind: "dispatch", lang: Lang::new("en").unwrap(), text: text.to_owned() }
    }

    // EXPOSE-2
    #[test]
    fn a_published_text_is_told_apart_word_by_word() {
        let sources = [source("a", "We will not strike first."), source("b", "The convoy leaves at dawn.")];
        let told = compared("Officials said: we will NOT strike, and the convoy leaves at noon.", &sources);
        let of: Vec<&str> =
            told["stretches"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(of, ["a", "b"]);
        assert_eq!(told["stretches"][0]["words"], "we will NOT strike");
        assert_eq!(told["elsewhere"], json!(["Officials said:", ", and", "noon."]));
        assert_eq!((told["words"].as_u64(), told["found"].as_u64()), (Some(12), Some(8)));
    }

    // EXPOSE-2
    #[test]
    fn what_is_on_record_nowhere_is_said_so() {
        let told = compared("Nothing of the kind was said.", &[source("a", "We will not strike first.")]);
        assert_eq!(told["stretches"], json!([]));
        assert_eq!(told["elsewhere"], json!(["Nothing of the kind was said."]));
    }
}
