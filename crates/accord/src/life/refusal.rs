//! Why an event is refused. A refused event changes nothing.

/// Why an event is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[allow(missing_docs)] // Each says itself what it means.
pub enum Refusal {
    #[error("the event does not stand after those on record (LIFE-1)")]
    OutOfOrder,
    #[error("this is not done in the state the understanding is in (LIFE-3)")]
    State,
    #[error("this was done before (LIFE-3)")]
    Repeated,
    #[error("this person may not do this (LIFE-4)")]
    Author,
    #[error("the party's quorum is not reached (LIFE-4)")]
    Quorum,
    #[error("this is not done in this room (LIFE-5)")]
    Room,
    #[error("a version is frozen under a number above those before (LIFE-9)")]
    Version,
    #[error("this is not the version that is frozen (LIFE-10)")]
    Digest,
    #[error("this person does not approve for the party (LIFE-10)")]
    Approver,
    #[error("there is no such approval (LIFE-11)")]
    NoApproval,
    #[error("the party has deposited: the deposit is taken back first (LIFE-11)")]
    Deposited,
    #[error("the text of this ceremony is not known here (LIFE-12)")]
    UnknownText,
    #[error("everybody has acknowledged already (LIFE-12)")]
    Settled,
    #[error("the heads do not say the same of this ceremony (LIFE-12)")]
    Contradicted,
    #[error("the party's own head has not named this ceremony (LIFE-12)")]
    Unnamed,
    #[error("no such ceremony was begun (LIFE-13)")]
    UnknownCeremony,
    #[error("the ceremony has expired (LIFE-13)")]
    Expired,
    #[error("the party's quorum has not approved this text (LIFE-13)")]
    Unapproved,
    #[error("the party has deposited nothing (LIFE-14)")]
    NoDeposit,
    #[error("what was released is neither taken back nor destroyed (LIFE-14)")]
    Released,
    #[error("the certificate is not dated within the ceremony (LIFE-15)")]
    Certificate,
    #[error("nothing was released in the registry (LIFE-17)")]
    NotReleased,
    #[error("the acknowledgement comes too late: signed, not in effect (LIFE-17)")]
    Late,
    #[error("a roster changed: the text names another one (LIFE-19)")]
    Roster,
    #[error("the terms know no such zone (LIFE-22)")]
    Zone,
    #[error("not everybody has acknowledged (LIFE-22)")]
    NotSettled,
    #[error("the terms know no renewal (LIFE-24)")]
    NotRenewable,
    #[error("it is too early or too late to reaffirm (LIFE-24)")]
    Window,
    #[error("the reaffirmation names another end than the terms give (LIFE-24)")]
    Until,
    #[error("there is notice of withdrawal (LIFE-24)")]
    UnderNotice,
    #[error("the terms allow no such notice (LIFE-25)")]
    NoticeNotAllowed,
    #[error("the notice is shorter than the terms say (LIFE-25)")]
    TooShort,
    #[error("there is no notice of this party (LIFE-25)")]
    NoNotice,
    #[error("a roster's quorum cannot be had (LIFE-27)")]
    RosterUnsound,
    #[error("there is more on record than an understanding needs (LIFE-27)")]
    Full,
    #[error("another understanding takes its place at a settled instant (LIFE-28)")]
    BeingSuperseded,
    #[error("this instant lies in the past (LIFE-28, INCIDENT-7)")]
    Past,
    #[error("the fact lies before anything was in effect, or in the future (INCIDENT-2)")]
    Occurred,
    #[error("the fact lies too far back to be complained of (INCIDENT-2)")]
    ComplaintLate,
    #[error("the party has opened 64 incidents within a year (INCIDENT-9)")]
    TooOften,
    #[error("no such incident is on record (INCIDENT-5)")]
    UnknownIncident,
    #[error("this is another party's to do (INCIDENT-5)")]
    NotTheirs,
    #[error("the incident is closed (INCIDENT-7)")]
    Closed,
}

impl Refusal {
    /// The number of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::OutOfOrder => "LIFE-1",
            Self::State | Self::Repeated => "LIFE-3",
            Self::Author | Self::Quorum => "LIFE-4",
            Self::Room => "LIFE-5",
            Self::Version => "LIFE-9",
            Self::Digest | Self::Approver => "LIFE-10",
            Self::NoApproval | Self::Deposited => "LIFE-11",
            Self::UnknownText | Self::Settled | Self::Contradicted | Self::Unnamed => "LIFE-12",
            Self::UnknownCeremony | Self::Expired | Self::Unapproved => "LIFE-13",
            Self::NoDeposit | Self::Released => "LIFE-14",
            Self::Certificate => "LIFE-15",
            Self::NotReleased | Self::Late => "LIFE-17",
            Self::Roster => "LIFE-19",
            Self::Zone | Self::NotSettled => "LIFE-22",
            Self::NotRenewable | Self::Window | Self::Until | Self::UnderNotice => "LIFE-24",
            Self::NoticeNotAllowed | Self::TooShort | Self::NoNotice => "LIFE-25",
            Self::RosterUnsound | Self::Full => "LIFE-27",
            Self::BeingSuperseded | Self::Past => "LIFE-28",
            Self::Occurred | Self::ComplaintLate => "INCIDENT-2",
            Self::UnknownIncident | Self::NotTheirs => "INCIDENT-5",
            Self::Closed => "INCIDENT-7",
            Self::TooOften => "INCIDENT-9",
        }
    }
}
