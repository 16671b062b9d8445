//! Whether a message came in its time, and what else its template asks of its values (TIMELY rules).

use super::geometry::{Shape, to_line};
use super::message::{Message, Under};
use super::place::Place;
use super::set::Set;
use super::template::{Template, TimeRule};
use super::value::{Area, Value};
use backchannel_wire::UtcMs;

/// Whether a message came in its time. One that came late is sent and counts all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeliness {
    /// In time.
    InTime,
    /// Late by so many milliseconds.
    Late(u64),
    /// Earlier than the rule allows, by so many milliseconds.
    Early(u64),
    /// The template has no rule, or one that computes nothing.
    NoRule,
}

/// What a template asks of a message's values and is not so. It is marked, never refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// A window is longer than it may be: the field, and milliseconds too long.
    Window(String, u64),
    /// Something is nearer to the agreed line than it may be: the field, metres, and least metres.
    Near(String, u64, u64),
    /// No line was agreed, so that the distance of a field cannot be compared.
    NoLine(String),
}

fn template<'a>(message: &Message, set: &'a Set) -> Option<&'a Template> {
    match &message.under {
        Under::Template(code, _) => set.template(code),
        Under::Codebook(..) => None,
    }
}

/// Whether a message came in time, if it was provided at an instant: that in which the recipient's station acknowledged it (TIMELY-1).
/// `due` is the instant by which a query or complaint it answers was to be answered.
pub fn timeliness(message: &Message, set: &Set, provided: UtcMs, due: Option<UtcMs>) -> Timeliness {
    let Some(rule) = template(message, set).and_then(|template| template.time.as_ref()) else {
        return Timeliness::NoRule;
    };
    let instant = |field: &String| match message.value(field) {
        Some(Value::Instant(at) | Value::Window(at, ..)) => Some(*at),
        _ => None,
    };
    let by = |last: UtcMs| match provided.0.saturating_sub(last.0) {
        0 => Timeliness::InTime,
        late => Timeliness::Late(late),
    };
    match rule {
        TimeRule::Before { field, least_ms, most_ms, grades } => {
            let Some(at) = instant(field) else { return Timeliness::NoRule };
            let graded = grades.as_ref().and_then(|(by, grades)| match message.value(by) {
                Some(Value::Choice(code)) => grades.get(code),
                _ => None,
            });
            let last = UtcMs(at.0.saturating_sub(*graded.unwrap_or(least_ms)));
            let first = most_ms.map(|most| at.0.saturating_sub(most)).unwrap_or_default();
            match first.saturating_sub(provided.0) {
                0 => by(last),
                early => Timeliness::Early(early),
            }
        }
        TimeRule::After { field, most_ms } => {
            instant(field).map_or(Timeliness::NoRule, |at| by(UtcMs(at.0.saturating_add(*most_ms))))
        }
        TimeRule::WithinQuery => due.map_or(Timeliness::NoRule, by),
        TimeRule::AtOnce | TimeRule::Terms => Timeliness::NoRule,
    }
}

/// Within what time an answer to a message is due, in milliseconds, if it asks for one (TIMELY-2).
pub fn reply_within(message: &Message, set: &Set) -> Option<u64> {
    if let Under::Codebook(code, _, number) = &message.under {
        return set.codebook(code)?.entries.get(number)?.reply_ms;
    }
    let reply = template(message, set)?.reply.as_ref()?;
    let urgent = reply.urgent.as_ref().filter(|(by, _)| message.value(by) == Some(&Value::YesNo(true)));
    Some(urgent.map_or(reply.within_ms, |(_, ms)| *ms))
}

/// What the template asks of the values and is not so, against the line the parties agreed, if they did (TIMELY-3).
pub fn beyond(message: &Message, set: &Set, line: Option<&[Place]>) -> Vec<Beyond> {
    let Some(template) = template(message, set) else { return Vec::new() };
    let window = template.window.as_ref().and_then(|(field, most)| match message.value(field) {
        Some(Value::Window(from, _, until, _)) => {
            let over = until.0.saturating_sub(from.0).saturating_sub(*most);
            (over > 0).then(|| Beyond::Window(field.clone(), over))
        }
        _ => None,
    });
    let near = template.distances.iter().flat_map(|(field, least)| {
        let values = message.values.get(field).into_iter().flatten();
        values.filter_map(move |value| too_near(field, *least, value, line))
    });
    window.into_iter().chain(near).collect()
}

fn too_near(field: &str, least: u64, value: &Value, line: Option<&[Place]>) -> Option<Beyond> {
    let Some(line) = line else { return Some(Beyond::NoLine(field.to_owned())) };
    let shape = match value {
        Value::Place(place) => Shape::Point(*place),
        Value::Track(way) => Shape::Track(way),
        Value::Area(Area::Polygon(corners)) => Shape::Polygon(corners),
        Value::Area(Area::Circle(place, radius)) => Shape::Circle(*place, *radius),
        _ => return None,
    };
    let metres = to_line(shape, line)?.floor();
    // Distances are whole metres, never negative and below the earth's girth.
    let metres = metres as u64;
    (metres < least).then(|| Beyond::Near(field.to_owned(), metres, least))
}
