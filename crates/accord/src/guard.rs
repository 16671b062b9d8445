//! The digest that guards a verbatim passage (docs/spec/dispatches.md, GUARD rules; promise P11).

use crate::event::{Conveyance, Dispatch, Mode, ReadBack};
use crate::words::{DispatchId, Lang, Salt};
use backchannel_wire::tagged::{self, Tag};
use backchannel_wire::{ChannelId, PartyNo};

const TAG: Tag = Tag("backchannel verbatim v1");

/// Whose words are guarded: the channel, the party and its dispatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The channel.
    pub channel: ChannelId,
    /// The party whose words they are.
    pub party: PartyNo,
    /// Its dispatch or read-back.
    pub dispatch: DispatchId,
}

/// One guarded language version of one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guarded {
    /// The dispatch or read-back whose words these are.
    pub dispatch: DispatchId,
    /// The number of the passage (0 for a read-back).
    pub passage: u16,
    /// The language.
    pub lang: Lang,
    /// What the registry holds for it.
    pub digest: [u8; 32],
}

/// The digest of one language version of one passage (GUARD-1).
pub fn digest(source: &Source, passage: u16, lang: &Lang, text: &str, salt: &Salt) -> [u8; 32] {
    tagged::hash(
        TAG,
        &[
            salt.bytes(),
            &source.channel.0,
            &[source.party.0],
            &source.dispatch.0,
            &passage.to_be_bytes(),
            lang.code().as_bytes(),
            text.as_bytes(),
        ],
    )
}

fn versions<'a>(
    source: Source,
    passage: u16,
    texts: impl Iterator<Item = (&'a Lang, &'a str)>,
    salt: &Salt,
) -> Vec<Guarded> {
    texts
        .map(|(lang, text)| Guarded {
            dispatch: source.dispatch,
            passage,
            lang: lang.clone(),
            digest: digest(&source, passage, lang, text, salt),
        })
        .collect()
}

/// What the station of `party` posts in the registry before its dispatch may leave (GUARD-2).
pub fn of_dispatch(channel: ChannelId, party: PartyNo, dispatch: &Dispatch) -> Vec<Guarded> {
    let source = Source { channel, party, dispatch: dispatch.id };
    let guarded =
        dispatch.numbered().filter_map(|(number, passage)| Some((number?, passage, passage.salt.as_ref()?)));
    guarded.flat_map(|(number, passage, salt)| versions(source, number, passage.texts.iter(), salt)).collect()
}

/// What the station of `party` posts in the registry before its read-back may leave (GUARD-2).
pub fn of_read_back(channel: ChannelId, party: PartyNo, read_back: &ReadBack) -> Vec<Guarded> {
    let source = Source { channel, party, dispatch: read_back.id };
    read_back.salt.iter().flat_map(|salt| versions(source, 0, read_back.texts.iter(), salt)).collect()
}

/// What the recipient of a conveyance looks for in the registry, for each passage said to be verbatim (GUARD-3).
pub fn of_conveyance(channel: ChannelId, conveyance: &Conveyance) -> Vec<Guarded> {
    let source = Source { channel, party: conveyance.of.party, dispatch: conveyance.of.dispatch };
    let verbatim = conveyance.passages.iter().filter_map(|mode| match mode {
        Mode::Verbatim { passage, texts, salt: Some(salt) } => Some((*passage, texts, salt)),
        _ => None,
    });
    verbatim.flat_map(|(passage, texts, salt)| versions(source, passage, texts.iter(), salt)).collect()
}
