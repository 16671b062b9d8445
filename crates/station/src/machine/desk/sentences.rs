//! What the journal says, in sentences. They never hold a dispatch's words.

use backchannel_accord::{DispatchId, Event, Form};

/// The first digits of an item's name, as people write it.
pub(super) fn brief(id: DispatchId) -> String {
    id.to_hex().chars().take(8).collect()
}

/// A form in words, with its article.
pub(super) fn form_words(form: Form) -> &'static str {
    match form {
        Form::OralMessage => "an oral message",
        Form::NonPaper => "a non-paper",
        Form::AideMemoire => "an aide-memoire",
        Form::BoutDePapier => "a bout de papier",
        Form::NoteVerbale => "a note verbale",
        Form::Notification => "a notification",
    }
}

/// What an event is, in words.
pub(super) fn event_words(event: &Event) -> String {
    match event {
        Event::Dispatch(dispatch) => form_words(dispatch.form).to_owned(),
        Event::Conveyance(conveyance) => format!("a conveyance of {}", form_words(conveyance.form)),
        Event::ReadBack(_) => "a read-back".to_owned(),
        Event::Read(_) => "a mark of reading".to_owned(),
        Event::Returned(_) => "a mark of return".to_owned(),
        Event::Progress(_) => "a report of progress".to_owned(),
        Event::Declined(_) => "a notice that a dispatch is not carried".to_owned(),
    }
}

/// The same with a capital letter, to begin a sentence.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// What must be said of a passage that is not what its author wrote.
pub(super) fn altered(id: DispatchId, passage: u16, party: &str) -> String {
    let what = if passage == 0 { "The read-back".to_owned() } else { format!("Passage {passage}") };
    let item = brief(id);
    format!(
        "{what} of {item} is said to be in the words of {party}, and is not what its stations left in the registry."
    )
}
