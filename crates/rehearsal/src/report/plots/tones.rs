//! The colours of plots. Each is told apart without colour too: by its dash, its marker or its hatching.

use plotters::style::RGBColor;
use std::fmt::Write;

/// A colour on paper, and what stands for it on a dark screen.
#[derive(Clone, Copy)]
pub(in crate::report) struct Tone {
    pub(in crate::report) light: RGBColor,
    pub(in crate::report) dark: RGBColor,
}

const fn tone(light: u32, dark: u32) -> Tone {
    Tone { light: colour(light), dark: colour(dark) }
}

const fn colour(rgb: u32) -> RGBColor {
    let [_, red, green, blue] = rgb.to_be_bytes();
    RGBColor(red, green, blue)
}

/// The ground.
pub(super) const PAPER: Tone = tone(0xFC_FA_F5, 0x15_18_1B);
/// Text and the first variant.
pub(super) const INK: Tone = tone(0x1E_1C_18, 0xE9_E5_DB);
/// Axes' words.
pub(super) const QUIET: Tone = tone(0x5C_57_4D, 0xA9_A6_98);
/// Lines of the grid.
pub(super) const RULE: Tone = tone(0xDD_D7_C9, 0x36_3C_42);
/// The axis itself.
pub(super) const AXIS: Tone = tone(0x8A_83_73, 0x7D_83_89);
/// Bars of terms.
pub(super) const DEEP: Tone = tone(0x2F_64_74, 0x8F_C0_CE);
/// Bars of assumptions.
pub(super) const EARTH: Tone = tone(0x9A_7B_4F, 0xC9_A9_78);
/// Variants after the first, and causes. Their lightness differs, and blue stands against orange rather than red against
/// green, so that most eyes tell them apart.
pub(super) const SERIES: [Tone; 7] = [
    tone(0x0F_5C_8C, 0x7F_B8_E6),
    tone(0xB4_43_0B, 0xF0_95_5F),
    tone(0x1A_75_54, 0x6C_C9_A1),
    tone(0x7F_43_82, 0xD6_9B_D8),
    tone(0x8C_66_08, 0xE0_BC_5A),
    tone(0x3A_86_B8, 0x9A_D4_F2),
    tone(0xB0_39_5E, 0xF0_8F_AE),
];

fn all() -> impl Iterator<Item = Tone> {
    [PAPER, INK, QUIET, RULE, AXIS, DEEP, EARTH].into_iter().chain(SERIES)
}

fn hex(colour: RGBColor) -> String {
    format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
}

/// Text on paper, as SVG writes it.
pub(super) fn ink_hex() -> String {
    hex(INK.light)
}

/// The ground on paper, as SVG writes it.
pub(super) fn paper_hex() -> String {
    hex(PAPER.light)
}

/// Style rules that give plots of the class `plot` their colours for a dark screen.
pub(in crate::report) fn dark_rules() -> String {
    let mut out = String::new();
    for tone in all() {
        let (light, dark) = (hex(tone.light), hex(tone.dark));
        for property in ["fill", "stroke"] {
            // A string takes all that is written.
            let _ = write!(out, ".plot [{property}=\"{light}\"]{{{property}:{dark}}}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn luminance(colour: RGBColor) -> f64 {
        let part = |value: u8| {
            let share = f64::from(value) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(colour.0) + 0.7152 * part(colour.1) + 0.0722 * part(colour.2)
    }

    fn contrast(one: RGBColor, other: RGBColor) -> f64 {
        let (a, b) = (luminance(one) + 0.05, luminance(other) + 0.05);
        (a / b).max(b / a)
    }

    // WCAG 2.2, 1.4.11 and 1.4.3.
    #[test]
    fn lines_and_words_stand_out_from_the_ground_by_day_and_by_night() {
        for tone in [INK, AXIS, DEEP, EARTH].into_iter().chain(SERIES) {
            assert!(contrast(tone.light, PAPER.light) >= 3.0, "{}", hex(tone.light));
            assert!(contrast(tone.dark, PAPER.dark) >= 3.0, "{}", hex(tone.dark));
        }
        for tone in [INK, QUIET] {
            assert!(contrast(tone.light, PAPER.light) >= 4.5 && contrast(tone.dark, PAPER.dark) >= 4.5);
        }
    }

    #[test]
    fn no_two_tones_share_a_colour_so_that_each_finds_its_own_by_night() {
        let lights: BTreeSet<String> = all().map(|tone| hex(tone.light)).collect();
        assert_eq!(lights.len(), all().count());
    }
}
