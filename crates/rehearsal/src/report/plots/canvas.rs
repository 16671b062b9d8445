//! What every plot is drawn on: a ground of logical pixels, words, lines, ticks, and the frame of two axes.

use super::tones::{AXIS, INK, QUIET, RULE, Tone, ink_hex, paper_hex};
use crate::report::tongue::{Lang, Tongue, ids, tongue};
use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    Cartesian2d, Color, DashedLineSeries, DrawingArea, DrawingBackend, IntoDrawingArea, PathElement, Polygon,
    SVGBackend, ShapeStyle, Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, IntoFont, TextStyle};
use std::ops::Range;

/// Units of the drawing for one logical pixel: the library places all things on whole units, and these are a quarter pixel.
pub(super) const UNITS: i32 = 4;
/// What the library divides a size of letters by.
const LETTERS: f64 = 1.24;

/// Where a plot will be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// On paper and on wide screens: 720 logical pixels.
    Wide,
    /// On a telephone: 344 logical pixels.
    Narrow,
}

impl Width {
    pub(super) fn px(self) -> i32 {
        match self {
            Self::Wide => 720,
            Self::Narrow => 344,
        }
    }

    pub(super) fn is_wide(self) -> bool {
        self == Self::Wide
    }

    /// Its name in identifiers.
    fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// A drawing's ground.
pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// That a part was drawn, or why the library could not.
pub(super) type Drawn = Result<(), Fault>;
/// Why the library could not draw.
pub(super) type Fault =
    plotters::drawing::DrawingAreaErrorKind<<SVGBackend<'static> as DrawingBackend>::ErrorType>;

/// What a plot is called, for those who hear it.
pub(super) struct Sheet<'a> {
    pub(super) words: &'a Tongue,
    /// Part of the identifiers of its title and description.
    pub(super) name: &'a str,
    pub(super) width: Width,
    /// Width and height in logical pixels.
    pub(super) size: (i32, i32),
    pub(super) title: String,
    pub(super) description: String,
}

/// Draws on a sheet and gives the SVG; nothing where the library could not draw, so that the table beside it speaks alone.
pub(super) fn drawn(sheet: &Sheet<'_>, draw: impl FnOnce(&Area<'_>) -> Drawn) -> String {
    let mut buffer = String::new();
    let (width, height) = sheet.size;
    let units = |px: i32| u32::try_from(px.saturating_mul(UNITS)).unwrap_or_default();
    {
        let area = SVGBackend::with_string(&mut buffer, (units(width), units(height))).into_drawing_area();
        if draw(&area).and_then(|()| area.present()).is_err() {
            return String::new();
        }
    }
    // Whatever the library wrote as the opening tag gives way to ours. Texts cannot hold what is taken out: it has quotes.
    let body = buffer.split_once('>').map_or("", |(_, body)| body);
    let body = body.replace(" opacity=\"1\"", "").replace(" font-family=\"sans-serif\"", "");
    format!("{}{}", opening(sheet, units(width), units(height)), joined(&body))
}

/// The drawing with strokes that follow one another and look alike as one path: a dashed curve is a hundred of them.
fn joined(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut style = None::<&str>;
    for line in body.lines() {
        let stroke = line.strip_prefix("<polyline ").and_then(|rest| rest.strip_suffix(" \"/>"));
        let parts = stroke.and_then(|rest| rest.split_once(" points=\""));
        if style.is_some() && style != parts.map(|(look, _)| look) {
            out.push_str("\"/>\n");
            style = None;
        }
        match parts {
            Some((look, points)) => {
                if style.is_none() {
                    out.extend(["<path ", look, " d=\""]);
                }
                style = Some(look);
                out.extend(["M", points]);
            }
            None => out.extend([line, "\n"]),
        }
    }
    if style.is_some() {
        out.push_str("\"/>\n");
    }
    out
}

fn opening(sheet: &Sheet<'_>, width: u32, height: u32) -> String {
    let id = format!("plot-{}-{}", sheet.name, sheet.width.name());
    let lang = sheet.words.lang.code();
    let markup = maud::html! {
        title id={ (id) "-title" } lang=(lang) { (sheet.title) }
        desc id={ (id) "-words" } lang=(lang) { (sheet.description) }
    };
    // Text in a plot is anchored from the left in every language: the direction of the page must not turn it round.
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot {}\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {width} {height}\" direction=\"ltr\" \
         font-family=\"{FONTS}\" role=\"img\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-words\">{}",
        sheet.width.name(),
        sheet.size.0,
        sheet.size.1,
        markup.into_string(),
    )
}

/// Fonts for all six scripts that are there on most machines.
const FONTS: &str =
    "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Hebrew', 'DejaVu Sans', sans-serif";

/// A plot of this module as a file of its own, on paper of its own colour: its size is given, it needs no style sheet, and it
/// says that it predicts nothing. An empty text stays empty.
pub fn alone(svg: &str, lang: Lang) -> String {
    let size = |name: &str| {
        let (_, rest) = svg.split_once(&format!(" {name}=\""))?;
        rest.split_once('"')?.0.parse::<u32>().ok()
    };
    let (Some(width), Some(height)) = (size("width"), size("height")) else { return String::new() };
    let (paper, notice) = (paper_hex(), tongue(lang).t(ids::NOTICE_SHORT));
    let (whole, line) = (height + FOOT, height + FOOT / 2);
    let from = if lang.dir() == "rtl" { width - MARGIN } else { MARGIN };
    let text = maud::html! {
        text x=(from) y=(line) direction=(lang.dir()) lang=(lang.code()) font-family=(FONTS) font-size="12" fill=(ink_hex()) { (notice) }
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{whole}\" viewBox=\"0 0 {width} {whole}\">\
         <rect width=\"100%\" height=\"100%\" fill=\"{paper}\"/>{svg}{}</svg>\n",
        text.into_string()
    )
}

/// Room for the notice under a plot of its own, and beside it.
const FOOT: u32 = 28;
const MARGIN: u32 = 12;

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub(super) px: f64,
    pub(super) tone: Tone,
    pub(super) from: HPos,
    pub(super) is_bold: bool,
}

/// Words about the plot.
pub(super) const LABEL: Type = Type { px: 12.0, tone: QUIET, from: HPos::Left, is_bold: false };
/// Words of the plot.
pub(super) const WORD: Type = Type { px: 12.5, tone: INK, from: HPos::Left, is_bold: false };

impl Type {
    pub(super) fn from(self, from: HPos) -> Self {
        Self { from, ..self }
    }

    pub(super) fn bold(self) -> Self {
        Self { is_bold: true, ..self }
    }

    pub(super) fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

/// Writes a line of text, its middle at a height in units.
pub(super) fn write(area: &Area<'_>, words: &Tongue, text: &str, at: (i32, i32), set: Type) -> Drawn {
    let style = if set.is_bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = ("sans-serif", set.px * f64::from(UNITS) * LETTERS).into_font().style(style);
    let style = TextStyle::from(font).color(&set.tone.light).pos(Pos::new(set.from, VPos::Center));
    area.draw(&Text::new(words.line(text), at, style))
}

/// A line of so many quarter pixels' width.
pub(super) fn pen(tone: Tone, units: u32) -> ShapeStyle {
    ShapeStyle { color: tone.light.to_rgba(), filled: false, stroke_width: units }
}

/// A fill, more or less transparent.
pub(super) fn ink(tone: Tone, share: f64) -> ShapeStyle {
    ShapeStyle { color: tone.light.mix(share), filled: true, stroke_width: 0 }
}

/// Draws a line through points in units.
pub(super) fn line(area: &Area<'_>, points: Vec<(i32, i32)>, style: ShapeStyle) -> Drawn {
    area.draw(&PathElement::new(points, style))
}

/// Fills what points in units enclose.
pub(super) fn fill(area: &Area<'_>, points: Vec<(i32, i32)>, style: ShapeStyle) -> Drawn {
    area.draw(&Polygon::new(points, style))
}

/// Margins about the plotting area, in logical pixels.
#[derive(Clone, Copy)]
pub(super) struct Margins {
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
    pub(super) left: i32,
}

type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Two axes over a part of the ground.
pub(super) struct Frame<'a, 'b> {
    area: &'a Area<'b>,
    words: &'a Tongue,
    chart: Chart<'a, 'b>,
    x: Range<f64>,
    y: Range<f64>,
}

impl<'a, 'b> Frame<'a, 'b> {
    /// The axes run over those ranges; an empty one is widened.
    pub(super) fn new(
        area: &'a Area<'b>,
        words: &'a Tongue,
        margins: Margins,
        x: Range<f64>,
        y: Range<f64>,
    ) -> Result<Self, Fault> {
        let (x, y) = (open(x), open(y));
        let chart = ChartBuilder::on(area)
            .margin_top(margins.top * UNITS)
            .margin_right(margins.right * UNITS)
            .margin_bottom(margins.bottom * UNITS)
            .margin_left(margins.left * UNITS)
            .build_cartesian_2d(x.clone(), y.clone())?;
        Ok(Self { area, words, chart, x, y })
    }

    /// Where a point lies on the ground, in units; what lies outside the axes is moved to their edge.
    pub(super) fn px(&self, x: f64, y: f64) -> (i32, i32) {
        let held = |value: f64, range: &Range<f64>| {
            if value.is_finite() { value.clamp(range.start, range.end) } else { range.start }
        };
        self.chart.backend_coord(&(held(x, &self.x), held(y, &self.y)))
    }

    /// Rules across at heights, each with its text before the plotting area.
    pub(super) fn heights(&self, ticks: &[(f64, String)]) -> Drawn {
        for (value, text) in ticks {
            let (left, right) = (self.px(self.x.start, *value), self.px(self.x.end, *value));
            let on_axis = (*value - self.y.start).abs() < f64::EPSILON;
            line(self.area, vec![left, right], pen(if on_axis { AXIS } else { RULE }, 4))?;
            write(self.area, self.words, text, (left.0 - 7 * UNITS, left.1), LABEL.from(HPos::Right))?;
        }
        Ok(())
    }

    /// Ticks along the foot, each with its text beneath.
    pub(super) fn feet(&self, ticks: &[(f64, String)]) -> Drawn {
        let (left, right) = (self.px(self.x.start, self.y.start), self.px(self.x.end, self.y.start));
        line(self.area, vec![left, right], pen(AXIS, 4))?;
        for (value, text) in ticks {
            let (x, y) = self.px(*value, self.y.start);
            line(self.area, vec![(x, y), (x, y + 5 * UNITS)], pen(AXIS, 4))?;
            write(self.area, self.words, text, (x, y + 15 * UNITS), LABEL.from(HPos::Center))?;
        }
        Ok(())
    }

    /// Rules upward at values along the foot.
    pub(super) fn uprights(&self, values: impl Iterator<Item = f64>) -> Drawn {
        for value in values {
            let ends = vec![self.px(value, self.y.start), self.px(value, self.y.end)];
            line(self.area, ends, pen(RULE, 4))?;
        }
        Ok(())
    }

    /// What the axis upward counts, above it at the edge where reading begins; what the axis along counts, beneath its end.
    pub(super) fn titles(&self, upward: &str, along: &str) -> Drawn {
        let (left, top) = self.px(self.x.start, self.y.end);
        let (right, foot) = self.px(self.x.end, self.y.start);
        let lead = left - 30 * UNITS;
        let at = (lead.max(2 * UNITS), top - 18 * UNITS);
        write(self.area, self.words, upward, at, LABEL)?;
        write(self.area, self.words, along, (right, foot + 33 * UNITS), LABEL.from(HPos::Right))
    }

    /// Draws a curve, dashed or whole.
    pub(super) fn curve(
        &mut self,
        points: &[(f64, f64)],
        dash: Option<(i32, i32)>,
        style: ShapeStyle,
    ) -> Drawn {
        let held: Vec<(f64, f64)> =
            points.iter().map(|(x, y)| (*x, y.clamp(self.y.start, self.y.end))).collect();
        // What the library hands back is for a legend of its own, which no plot here has.
        let drawn = match dash {
            None => self.chart.draw_series([PathElement::new(held, style)]),
            Some((on, off)) => {
                self.chart.draw_series(DashedLineSeries::new(held, on * UNITS, off * UNITS, style))
            }
        };
        drawn.map(|_| ())
    }

    /// Fills the band between two curves over the same places.
    pub(super) fn band(&self, points: &[(f64, f64, f64)], style: ShapeStyle) -> Drawn {
        let lower = points.iter().map(|(x, low, _)| self.px(*x, *low));
        let upper = points.iter().rev().map(|(x, _, high)| self.px(*x, *high));
        fill(self.area, lower.chain(upper).collect(), style)
    }
}

/// A range that has a length.
fn open(range: Range<f64>) -> Range<f64> {
    let sound = range.start.is_finite() && range.end.is_finite();
    if !sound {
        return 0.0..1.0;
    }
    if range.end > range.start { range } else { range.start..range.start + 1.0 }
}

/// The step of about so many ticks: 1, 2 or 5 times a power of ten.
pub(super) fn step(length: f64, about: f64) -> f64 {
    let rough = (length / about).max(1e-9);
    let power = 10_f64.powf(rough.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| rough <= times * power * 1.0001);
    times.unwrap_or(10.0) * power
}

/// Ticks over a range, at whole multiples of the step.
pub(super) fn ticks(range: &Range<f64>, step: f64) -> Vec<f64> {
    let (first, last) = ((range.start / step - 1e-6).ceil(), (range.end / step + 1e-6).floor());
    let mut out = Vec::new();
    let mut at = first;
    // A plot has a few ticks; a step that is too fine for its range ends here.
    while at <= last && out.len() < 50 {
        out.push(at * step);
        at += 1.0;
    }
    out
}

/// Places that the multiples of a step need.
pub(super) fn step_places(step: f64) -> usize {
    (0..9_usize)
        .find(|places| {
            let whole = step * 10_f64.powi(i32::try_from(*places).unwrap_or_default());
            (whole - whole.round()).abs() < 1e-6
        })
        .unwrap_or(9)
}

/// How many letters fit into so many logical pixels at the size of a label, in fonts that run wide.
pub(super) fn letters(px: i32, lang: Lang) -> usize {
    let letter = match lang {
        Lang::Ru => 7.4,
        Lang::He => 6.9,
        Lang::En | Lang::Fr | Lang::Ar | Lang::Fa => 6.6,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    let fit = (f64::from(px.max(0)) / letter) as usize;
    fit.max(4)
}

/// Room that the letter of a variant takes with the gap after it, in logical pixels: in Persian the first has three.
pub(super) fn letter_room(letter: &str) -> i32 {
    i32::try_from(letter.chars().count()).unwrap_or_default().clamp(1, 4) * 7 + 11
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_stand_at_round_numbers() {
        assert!((step(1.0, 5.0) - 0.2).abs() < 1e-12);
        assert!((step(0.03, 4.0) - 0.01).abs() < 1e-12);
        assert_eq!(ticks(&(0.0..5.0), 1.0).len(), 6);
        assert_eq!(step_places(0.05), 2);
        assert_eq!(step_places(20.0), 0);
    }

    #[test]
    fn strokes_that_look_alike_become_one_path_in_their_order() {
        let line = |look: &str, points: &str| format!("<polyline {look} points=\"{points} \"/>\n");
        let body =
            [line("a", "1,2 3,4"), line("a", "5,6 7,8"), line("b", "9,9 8,8"), "<text>".to_owned()].concat();
        assert_eq!(joined(&body), "<path a d=\"M1,2 3,4M5,6 7,8\"/>\n<path b d=\"M9,9 8,8\"/>\n<text>\n");
    }

    #[test]
    fn a_range_without_length_is_widened() {
        assert_eq!(open(1.0..1.0), 1.0..2.0);
        assert_eq!(open(f64::NAN..1.0), 0.0..1.0);
    }
}
