//! The forms of a dispatch and the rule of each (docs/spec/dispatches.md, FORM rules).
//!
//! What a header shows is checked at both ends. What can only be guessed from words is
//! checked when a draft is written.

use crate::event::{Conveyance, Dispatch, Form};

/// Which header lines an item bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The form.
    pub form: Form,
    /// Whether it bears a date.
    pub date: bool,
    /// Whether it bears a heading.
    pub heading: bool,
    /// Whether it bears an address line.
    pub addressee: bool,
}

impl Header {
    /// The header of a dispatch.
    pub fn of_dispatch(dispatch: &Dispatch) -> Self {
        Self {
            form: dispatch.form,
            date: dispatch.date.is_some(),
            heading: dispatch.heading.is_some(),
            addressee: dispatch.addressee.is_some(),
        }
    }

    /// The header of a conveyance.
    pub fn of_conveyance(conveyance: &Conveyance) -> Self {
        Self {
            form: conveyance.form,
            date: conveyance.date.is_some(),
            heading: conveyance.heading.is_some(),
            addressee: conveyance.addressee.is_some(),
        }
    }
}

/// Which rule of its form a header breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// An oral message is spoken: it bears no date, heading or address line.
    #[error("an oral message is spoken and bears no date, heading or address line (FORM-1)")]
    OralHeader,
    /// A non-paper bears no date and no address line.
    #[error("a non-paper bears no date and no address line (FORM-2)")]
    NonPaperHeader,
    /// An aide-memoire is dated.
    #[error("an aide-memoire is dated (FORM-3)")]
    AideMemoireUndated,
    /// An aide-memoire has no address line.
    #[error("an aide-memoire has no address line (FORM-4)")]
    AideMemoireAddressed,
    /// A bout de papier is unheaded, undated and not addressed.
    #[error("a bout de papier is unheaded and undated, and bears no address line (FORM-5)")]
    BoutDePapierHeader,
    /// A note verbale is addressed.
    #[error("a note verbale is addressed (FORM-6)")]
    NoteVerbaleNotAddressed,
    /// A notification is its message and nothing else.
    #[error("a notification bears no date, heading or address line (FORM-14)")]
    NotificationHeader,
}

impl FormError {
    /// The number of the rule.
    pub fn rule(self) -> &'static str {
        match self {
            Self::OralHeader => "FORM-1",
            Self::NonPaperHeader => "FORM-2",
            Self::AideMemoireUndated => "FORM-3",
            Self::AideMemoireAddressed => "FORM-4",
            Self::BoutDePapierHeader => "FORM-5",
            Self::NoteVerbaleNotAddressed => "FORM-6",
            Self::NotificationHeader => "FORM-14",
        }
    }

    /// What the writer should do.
    pub fn hint(self) -> &'static str {
        match self {
            Self::OralHeader | Self::NotificationHeader => "remove `date`, `heading` and `addressee`",
            Self::NonPaperHeader => "remove `date` and `addressee`, or choose the form \"aide-memoire\"",
            Self::AideMemoireUndated => "add `date = \"YYYY-MM-DD\"`",
            Self::AideMemoireAddressed => "remove `addressee`, or choose the form \"note-verbale\"",
            Self::BoutDePapierHeader => "remove `date`, `heading` and `addressee`",
            Self::NoteVerbaleNotAddressed => "add `addressee = \"...\"`",
        }
    }
}

/// Checks the header lines an item bears against its form.
pub fn check_header(header: &Header) -> Result<(), FormError> {
    let Header { form, date, heading, addressee } = *header;
    let broken = match form {
        Form::OralMessage => (date || heading || addressee).then_some(FormError::OralHeader), // FORM-1
        Form::NonPaper => (date || addressee).then_some(FormError::NonPaperHeader),           // FORM-2
        Form::AideMemoire if !date => Some(FormError::AideMemoireUndated),                    // FORM-3
        Form::AideMemoire => addressee.then_some(FormError::AideMemoireAddressed),            // FORM-4
        Form::BoutDePapier => (date || heading || addressee).then_some(FormError::BoutDePapierHeader), // FORM-5
        Form::Notification => (date || heading || addressee).then_some(FormError::NotificationHeader), // FORM-14
        Form::NoteVerbale => (!addressee).then_some(FormError::NoteVerbaleNotAddressed), // FORM-6
    };
    broken.map_or(Ok(()), Err)
}

impl Form {
    /// Whether another side's reader of this form is shown who wrote it (LAYER-3).
    pub fn shows_author(self) -> bool {
        !matches!(self, Self::NonPaper | Self::BoutDePapier)
    }
}
