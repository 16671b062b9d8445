//! Tables and figures of the page.

use crate::report::figures;
use crate::report::tongue::Tongue;
use crate::results::Estimate;
use maud::{Markup, PreEscaped, html};

/// A table whose first column names the rows.
pub(super) struct Table {
    /// Part of its identifier.
    pub(super) id: &'static str,
    pub(super) caption: String,
    pub(super) heads: Vec<Markup>,
    pub(super) rows: Vec<Vec<Markup>>,
    /// How the columns after the first are set: `numbers` or `texts`.
    pub(super) class: &'static str,
}

impl Table {
    /// The table in a frame that scrolls by itself where the screen is narrow; nothing without rows.
    pub(super) fn html(&self) -> Markup {
        if self.rows.is_empty() {
            return html! {};
        }
        let caption = format!("table-{}", self.id);
        html! {
            // Outside the frame, or a narrow screen would cut it.
            p.caption id=(caption) { (self.caption) }
            div.scroll role="region" tabindex="0" aria-labelledby=(caption) {
                table class=(self.class) aria-labelledby=(caption) {
                    thead { tr { @for head in &self.heads { th scope="col" { (head) } } } }
                    tbody {
                        @for row in &self.rows {
                            tr {
                                @for (place, cell) in row.iter().enumerate() {
                                    @if place == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A plot for wide screens and paper and the same one for narrow screens: only one of them is shown, and heard.
pub(super) fn figure(wide: &str, narrow: &str) -> Markup {
    if wide.is_empty() {
        return html! {};
    }
    html! { figure { (PreEscaped(wide)) (PreEscaped(narrow)) } }
}

/// A share with its interval beneath.
pub(super) fn share(words: &Tongue, estimate: &Estimate, places: usize) -> Markup {
    cell(&figures::percent(words, estimate.value, places), &figures::bare_interval(words, estimate, places))
}

/// A plain number with its interval beneath.
pub(super) fn plain(words: &Tongue, estimate: &Estimate, places: usize) -> Markup {
    cell(&words.decimal(estimate.value, places), &figures::plain_interval(words, estimate, places))
}

/// A value with its interval beneath.
pub(super) fn cell(value: &str, interval: &str) -> Markup {
    html! { span.value { bdi { (value) } } " " span.interval { bdi { (interval) } } }
}

/// A paragraph.
pub(super) fn say(text: &str) -> Markup {
    html! { p { (text) } }
}
