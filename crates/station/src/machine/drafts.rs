//! Drafts that a person has begun and not sent: kept with the records, and shut with them (DESK-9).

use super::{Machine, spaces};
use crate::api::{ErrorKind, Failure};
use crate::limits::{DRAFT_KEPT_BYTES_MAX, DRAFTS_MAX};
use crate::store::Key;
use backchannel_accord::time::rfc3339;
use backchannel_wire::{UtcMs, canonical};
use minicbor::{Decode, Encode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use zeroize::Zeroize;

/// How the names of these records begin.
const PREFIX: &[u8] = b"draft/";
/// Digits of a draft's name.
const NAME_DIGITS: usize = 16;

/// One draft.
#[derive(Encode, Decode)]
struct Draft {
    #[n(0)]
    kept: UtcMs,
    #[n(1)]
    text: String,
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

/// The drafts of an open vault; none while it is locked.
#[derive(Default)]
pub(super) struct Drafts(BTreeMap<String, Draft>);

impl Drafts {
    /// Whether a record of what was said is a draft.
    pub(super) fn holds(id: &[u8]) -> bool {
        id.starts_with(PREFIX)
    }

    /// Those among the records of what was said.
    pub(super) fn of(records: &[(Vec<u8>, Vec<u8>)]) -> Self {
        let each = records.iter().filter_map(|(id, bytes)| {
            let name = String::from_utf8(id.strip_prefix(PREFIX)?.to_vec()).ok()?;
            Some((name, canonical::from_slice(bytes).ok()?))
        });
        Self(each.collect())
    }
}

fn key(name: &str) -> Key {
    Key::new(spaces::RECORD, [PREFIX, name.as_bytes()].concat())
}

impl Machine {
    /// Keeps a draft, in the place of an earlier one of its name.
    pub(super) fn keep_draft(&mut self, name: &str, text: String) -> Result<Value, Failure> {
        self.drafts_open()?;
        let named =
            name.len() == NAME_DIGITS && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !named {
            let message = "A draft is named by 16 hexadecimal digits.";
            return Err(Failure::new(ErrorKind::Usage, message, "Choose another name."));
        }
        if text.len() > DRAFT_KEPT_BYTES_MAX {
            let message = "The draft is too long to be kept.";
            return Err(Failure::new(
                ErrorKind::Refused,
                message,
                "Send it, or keep it in a file of your own.",
            ));
        }
        if self.drafts.0.len() >= DRAFTS_MAX && !self.drafts.0.contains_key(name) {
            let message = format!("There are {DRAFTS_MAX} drafts already.");
            return Err(Failure::new(ErrorKind::Refused, message, "Throw one away first."));
        }
        let draft = Draft { kept: self.now, text };
        self.batch.put(key(name), canonical::to_vec(&draft));
        self.drafts.0.insert(name.to_owned(), draft);
        Ok(json!({ "v": 1, "name": name, "kept": rfc3339(self.now) }))
    }

    /// The drafts, the one kept last first.
    pub(super) fn drafts_json(&self) -> Result<Value, Failure> {
        self.drafts_open()?;
        let mut drafts: Vec<_> = self.drafts.0.iter().collect();
        drafts.sort_by_key(|(_, draft)| std::cmp::Reverse(draft.kept));
        let each = drafts
            .into_iter()
            .map(|(name, draft)| json!({ "name": name, "kept": rfc3339(draft.kept), "text": draft.text }));
        Ok(json!({ "v": 1, "drafts": each.collect::<Vec<_>>() }))
    }

    /// Throws a draft away; one that is not there is as good as thrown away.
    pub(super) fn drop_draft(&mut self, name: &str) -> Result<Value, Failure> {
        self.drafts_open()?;
        if self.drafts.0.remove(name).is_some() {
            self.batch.delete(key(name));
        }
        Ok(json!({ "v": 1, "done": true }))
    }

    fn drafts_open(&self) -> Result<(), Failure> {
        if !self.locked {
            return Ok(());
        }
        let message = "The records are locked, and the drafts with them.";
        Err(Failure::new(ErrorKind::Locked, message, "Run `backchannel unlock` first."))
    }
}
