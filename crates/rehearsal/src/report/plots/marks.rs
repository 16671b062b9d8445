//! How variants and causes are told apart: by dash, marker and hatching first, and by colour besides.

use super::canvas::{Area, Drawn, Sheet, UNITS, Width, drawn, fill, line, pen};
use super::tones::{INK, PAPER, SERIES, Tone};
use crate::report::tongue::{Lang, tongue};
use plotters::element::{Circle, DashedPathElement};
use plotters::style::{Color, ShapeStyle};

/// A marker's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Disc,
    Ring,
    Square,
    Frame,
    Triangle,
    Diamond,
    Cross,
    Plus,
}

/// Dashes: drawn, then left out, in logical pixels.
type Dash = Option<(i32, i32)>;

const DASHES: [Dash; 5] = [None, Some((8, 4)), Some((3, 3)), Some((15, 4)), Some((2, 5))];
const FORMS: [Form; 8] = [
    Form::Disc,
    Form::Ring,
    Form::Square,
    Form::Triangle,
    Form::Frame,
    Form::Diamond,
    Form::Cross,
    Form::Plus,
];

/// How one variant is drawn.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) tone: Tone,
    pub(super) dash: Dash,
    pub(super) form: Form,
    /// Width of the line in quarter pixels.
    pub(super) width: u32,
}

/// The mark of a variant, counted from 0: the first is ink, whole and heavy, for the others are seen against it.
pub(super) fn mark(index: usize) -> Mark {
    let (dash, form) = (DASHES[index % DASHES.len()], FORMS[index % FORMS.len()]);
    match index.checked_sub(1) {
        None => Mark { tone: INK, dash, form, width: 10 },
        Some(later) => Mark { tone: SERIES[later % SERIES.len()], dash, form, width: 7 },
    }
}

/// Draws a marker about a place in units.
pub(super) fn stamp(area: &Area<'_>, form: Form, at: (i32, i32), tone: Tone) -> Drawn {
    let r = 4 * UNITS;
    let moved = |points: &[(i32, i32)]| points.iter().map(|(x, y)| (at.0 + x, at.1 + y)).collect::<Vec<_>>();
    let square = [(-r, -r), (r, -r), (r, r), (-r, r)].map(|(x, y)| (x * 7 / 8, y * 7 / 8));
    let solid = ShapeStyle { color: tone.light.to_rgba(), filled: true, stroke_width: 0 };
    let paper = ShapeStyle { color: PAPER.light.to_rgba(), ..solid };
    let stroke = pen(tone, 7);
    match form {
        Form::Disc => area.draw(&Circle::new(at, r, solid)),
        Form::Ring => {
            area.draw(&Circle::new(at, r, paper))?;
            area.draw(&Circle::new(at, r, stroke))
        }
        Form::Square => fill(area, moved(&square), solid),
        Form::Frame => {
            fill(area, moved(&square), paper)?;
            let [first, ..] = square;
            line(area, moved(&[square.as_slice(), &[first]].concat()), stroke)
        }
        Form::Triangle => {
            fill(area, moved(&[(0, -r * 5 / 4), (r * 9 / 8, r * 3 / 4), (-r * 9 / 8, r * 3 / 4)]), solid)
        }
        Form::Diamond => {
            fill(area, moved(&[(0, -r * 5 / 4), (r * 5 / 4, 0), (0, r * 5 / 4), (-r * 5 / 4, 0)]), solid)
        }
        Form::Cross => {
            line(area, moved(&[(-r, -r), (r, r)]), stroke)?;
            line(area, moved(&[(-r, r), (r, -r)]), stroke)
        }
        Form::Plus => {
            line(area, moved(&[(0, -r * 5 / 4), (0, r * 5 / 4)]), stroke)?;
            line(area, moved(&[(-r * 5 / 4, 0), (r * 5 / 4, 0)]), stroke)
        }
    }
}

/// A piece of a variant's line with its marker, for tables: it says nothing that its letter does not say too.
pub fn swatch(index: usize) -> String {
    let size = (44, 14);
    plain_swatch(size, |area| {
        let mark = mark(index);
        let middle = size.1 * UNITS / 2;
        let ends = [(0, middle), (size.0 * UNITS, middle)];
        let style = pen(mark.tone, mark.width);
        match mark.dash {
            None => line(area, ends.to_vec(), style)?,
            Some((on, off)) => {
                area.draw(&DashedPathElement::new(ends, on * UNITS, off * UNITS, style))?;
            }
        }
        stamp(area, mark.form, (size.0 * UNITS / 2, middle), mark.tone)
    })
}

/// A small drawing without a name, for what is said in words beside it.
pub(super) fn plain_swatch(size: (i32, i32), draw: impl FnOnce(&Area<'_>) -> Drawn) -> String {
    let (title, description) = (String::new(), String::new());
    // It has no words: any language will do.
    let words = tongue(Lang::En);
    let svg = drawn(&Sheet { words, name: "swatch", width: Width::Wide, size, title, description }, draw);
    unheard(&svg, "plot swatch")
}

/// The same drawing without name and role, for what is said in words beside it.
fn unheard(svg: &str, class: &str) -> String {
    let body = svg.split_once("</desc>").map_or("", |(_, body)| body);
    let view =
        svg.split_once("viewBox=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(view, _)| view);
    format!("<svg class=\"{class}\" viewBox=\"{view}\" aria-hidden=\"true\" focusable=\"false\">{body}")
}

/// Hatchings of areas, in the order of causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hatch {
    Whole,
    Rising,
    Upright,
    Falling,
    Level,
    Dense,
}

const HATCHES: [Hatch; 6] =
    [Hatch::Whole, Hatch::Rising, Hatch::Upright, Hatch::Falling, Hatch::Level, Hatch::Dense];

/// The hatching and the colour of a cause, counted from 0.
pub(super) fn hatch(index: usize) -> (Hatch, Tone) {
    (HATCHES[index % HATCHES.len()], SERIES[index % SERIES.len()])
}

/// Fills a rectangle in units and cuts its hatching out of it.
pub(super) fn hatched(
    area: &Area<'_>,
    (left, top): (i32, i32),
    (right, foot): (i32, i32),
    hatch: Hatch,
    tone: Tone,
) -> Drawn {
    if right <= left || foot <= top {
        return Ok(());
    }
    let solid = ShapeStyle { color: tone.light.to_rgba(), filled: true, stroke_width: 0 };
    fill(area, vec![(left, top), (right, top), (right, foot), (left, foot)], solid)?;
    let lean = |rising: bool, gap: i32| slanted((left, top), (right, foot), rising, gap);
    let step = |gap: i32, from: i32, to: i32| (from + gap..to).step_by(usize::try_from(gap).unwrap_or(1));
    let cuts: Vec<[(i32, i32); 2]> = match hatch {
        Hatch::Whole => Vec::new(),
        Hatch::Rising => lean(true, 6 * UNITS),
        Hatch::Falling => lean(false, 6 * UNITS),
        Hatch::Upright => step(5 * UNITS, left, right).map(|x| [(x, top), (x, foot)]).collect(),
        Hatch::Level => step(4 * UNITS, top, foot).map(|y| [(left, y), (right, y)]).collect(),
        Hatch::Dense => [lean(true, 6 * UNITS), lean(false, 6 * UNITS)].concat(),
    };
    cuts.into_iter().try_for_each(|ends| line(area, ends.to_vec(), pen(PAPER, 6)))
}

/// Slanted lines inside a rectangle.
fn slanted(
    (left, top): (i32, i32),
    (right, foot): (i32, i32),
    rising: bool,
    gap: i32,
) -> Vec<[(i32, i32); 2]> {
    let height = foot - top;
    let mut out = Vec::new();
    let mut start = left - height + gap / 2;
    while start < right {
        // From the foot at `start` to the top at `start + height`, cut to the sides.
        let (x0, x1) = (start.max(left), (start + height).min(right));
        if x1 > x0 {
            let y = |x: i32| if rising { foot - (x - start) } else { top + (x - start) };
            out.push([(x0, y(x0)), (x1, y(x1))]);
        }
        start += gap;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_variants_differ_by_dash_and_marker_alone() {
        let seen: std::collections::BTreeSet<String> =
            (0..30).map(mark).map(|mark| format!("{:?} {:?}", mark.dash, mark.form)).collect();
        assert_eq!(seen.len(), 30);
    }

    #[test]
    fn causes_differ_by_hatching_alone() {
        let all: Vec<Hatch> = (0..crate::run::Cause::ALL.len()).map(|index| hatch(index).0).collect();
        assert!(all.iter().enumerate().all(|(at, one)| !all[..at].contains(one)));
    }

    #[test]
    fn hatching_stays_inside_its_rectangle() {
        for rising in [true, false] {
            for [from, to] in slanted((10, 20), (50, 44), rising, 7) {
                for (x, y) in [from, to] {
                    assert!((10..=50).contains(&x) && (20..=44).contains(&y), "{x} {y}");
                }
            }
        }
    }
}
