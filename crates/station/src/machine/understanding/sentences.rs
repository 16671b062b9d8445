//! What the journal says of understandings, in sentences. They never hold a text's words.

use super::item::{About, Deed, Said, UnderstandingId};
use backchannel_accord::life::{Finding, IncidentId, Intent, Outcome, State};
use backchannel_accord::time::rfc3339;
use backchannel_assurance::ceremony::message::{Destruction, Why};
use backchannel_assurance::ceremony::party::{Stop, Told};
use backchannel_wire::ids::hex;

/// The first digits of an understanding's name, as people write it.
pub(super) fn brief(id: UnderstandingId) -> String {
    id.to_hex().chars().take(8).collect()
}

/// What somebody did.
pub(super) fn deed(who: &str, said: &Said) -> Option<String> {
    let it = brief(said.id);
    Some(match &said.deed {
        Deed::Submitted(_) => format!("{who} laid a text of understanding {it} before the parties."),
        Deed::Commented { clause: None, .. } => format!("{who} commented on understanding {it}."),
        Deed::Commented { .. } => format!("{who} commented on a clause of understanding {it}."),
        Deed::Frozen(_) => format!("{who} froze a version of understanding {it}: it can be approved now."),
        Deed::Approved(_) => format!("{who} approved the frozen version of understanding {it}."),
        Deed::TakenBack(_) => format!("{who} took an approval of understanding {it} back."),
        Deed::Abandoned => format!("{who} laid the pen down: understanding {it} is abandoned."),
        Deed::Proposed(proposal) => format!(
            "{who} asks all parties to deposit for understanding {it}, try {}: the depositary's limit is {}.",
            proposal.number,
            rfc3339(proposal.limit)
        ),
        Deed::Begun { .. } | Deed::Depositary(_) | Deed::Roster(..) => return None,
        Deed::Reaffirmed(until) => format!("{who} reaffirmed understanding {it} until {}.", rfc3339(*until)),
        Deed::Notice { effective, urgent: None } => {
            format!(
                "{who} gave notice of withdrawal from understanding {it}, with effect from {}.",
                rfc3339(*effective)
            )
        }
        Deed::Notice { effective, urgent: Some(_) } => format!(
            "{who} gave notice of withdrawal from understanding {it} on urgent grounds, with effect from {}.",
            rfc3339(*effective)
        ),
        Deed::NoticeBack => format!("{who} took notice of withdrawal from understanding {it} back."),
        Deed::Incident(id, about) => return Some(incident(who, (said.id, id), about)),
        Deed::Told(zone) => format!("{who} confirmed that those bound in zone {zone} of {it} were told."),
    })
}

/// What somebody did about an incident.
fn incident(who: &str, (it, id): (UnderstandingId, &IncidentId), about: &About) -> String {
    let (it, id) = (brief(it), brief_incident(id));
    match about {
        About::Opened { occurred, .. } => {
            let at = rfc3339(*occurred);
            format!("{who} opened incident {id} under understanding {it}, about what happened at {at}.")
        }
        About::Clarified(answer, remedy) => {
            let remedy = if *remedy { ", and offers to make it good" } else { "" };
            format!("{who} explained incident {id} ({}){remedy}.", answer.name())
        }
        About::Contested => format!("{who} contests incident {id}."),
        About::Viewed(finding) => {
            format!("{who} said what its side finds of incident {id}: {}.", found(*finding))
        }
        About::Found(finding) => {
            format!("{who} would find together of incident {id}: {}.", found(*finding))
        }
        About::Settled(agreed) => {
            format!("{who} would close incident {id} as {}.", Outcome::Agreed(*agreed).name())
        }
        About::Dropped => format!("{who} would take incident {id} back."),
    }
}

/// The first digits of an incident's name, as people write it.
pub(super) fn brief_incident(id: &IncidentId) -> String {
    hex(id).chars().take(8).collect()
}

pub(super) fn found(finding: Finding) -> String {
    let intent = match finding.intent {
        Intent::Undetermined => "intent undetermined",
        intent => intent.name(),
    };
    format!("{}, {intent}", finding.established.name())
}

/// A state that was reached.
pub(super) fn state(id: UnderstandingId, state: State) -> String {
    let it = brief(id);
    match state {
        State::InEffect => format!("Understanding {it} is in effect, for every party."),
        State::Renewed => format!("Understanding {it} is renewed, and in effect for every party."),
        State::Void => format!("The last try of understanding {it} came to nothing: nobody is bound."),
        State::Lapsed => {
            format!("Understanding {it} lapsed as its terms say: nobody is bound by it any more.")
        }
        State::Withdrawn => {
            format!("Understanding {it} ended by notice of withdrawal: nobody is bound by it any more.")
        }
        State::InQuestion => {
            format!("Understanding {it} is in question; it is in effect, and the brake holds.")
        }
        State::Suspended => format!("Understanding {it} is suspended, as all parties agreed."),
        State::Superseded => format!("Another understanding has taken the place of {it}."),
        other => format!("Understanding {it} is now {}.", other.name()),
    }
}

/// What a machine of a ceremony tells people.
pub(super) fn ceremony(id: UnderstandingId, told: &Told, person: impl Fn(&Told) -> String) -> String {
    let it = brief(id);
    match told {
        Told::Identified(_) => format!("All parties' stations made the name of a try of understanding {it}."),
        Told::Deposited => format!("This party's assurances for understanding {it} were handed in."),
        Told::Held => format!("The depositary holds this party's assurances for understanding {it}."),
        Told::Refused(why) => format!("The depositary refused something of understanding {it}: {why}."),
        Told::Stopped(stop) => {
            format!("This station has no more part in the try of understanding {it}: {}.", stopped(*stop))
        }
        Told::Ignored(_) => {
            format!("A message of {} about understanding {it} counts for nothing.", person(told))
        }
        Told::ReleaseRefused(_) => {
            format!(
                "{} showed a release of understanding {it} that does not hold; it was refused.",
                person(told)
            )
        }
        Told::Released => {
            format!("The assurances of all parties to understanding {it} were released and hold.")
        }
        Told::WordBroken(stop) => format!(
            "The depositary broke its word on understanding {it}: a release came although {}.",
            stopped(*stop)
        ),
        Told::Acknowledged(..) => format!("{} acknowledged the release of understanding {it}.", person(told)),
        Told::InEffect(beat) => {
            format!(
                "Every party acknowledged understanding {it}; the last in beat {beat}. It binds all from its entry."
            )
        }
        Told::SignedNotInEffect => format!(
            "Understanding {it} was released but not acknowledged by every party in time: it is not in effect."
        ),
        Told::Void => {
            format!("Nothing was released of understanding {it}: the try is void and nobody is bound.")
        }
        Told::TooLate => format!("It is too late to take consent back from the try of understanding {it}."),
    }
}

fn stopped(stop: Stop) -> &'static str {
    match stop {
        Stop::Ended(Why::Restarted) => "a station was started again before its part was given",
        Stop::Ended(Why::TookTooLong) => "it took too long",
        Stop::Ended(Why::Withdrawn) => "a principal took the approval back",
        Stop::Ended(Why::RosterChanged) => "a roster changed",
        Stop::Ended(Why::BadContribution) => "somebody changed what it had committed to",
        Stop::Ended(Why::BadPart) => "somebody's part does not hold",
        Stop::Ended(Why::Ended) => "another station ended it",
        Stop::Withdrawn => "the depositary gave the assurances back",
        Stop::Destroyed(Destruction::Limit) => "the limit passed and the depositary destroyed everything",
        Stop::Destroyed(Destruction::UnequalViews) => {
            "parties showed different things, and the depositary destroyed everything"
        }
        Stop::Refused(_) => "the depositary refused the assurances",
    }
}
