//! Writes the report of invented results in every language into a directory, to be looked at.
//!
//! `cargo run -p backchannel-rehearsal --example pages -- DIR`

#[path = "../tests/report/fixture.rs"]
mod fixture;

use backchannel_rehearsal::report::{self, Lang, plots};
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let dir = PathBuf::from(std::env::args().nth(1).ok_or("name a directory")?);
    let results = fixture::results();
    for lang in Lang::ALL {
        std::fs::write(dir.join(format!("{}.html", lang.code())), report::html(&results, lang))?;
    }
    let mut few = results.clone();
    few.variants.truncate(3);
    few.partial = true;
    std::fs::write(dir.join("few.html"), report::html(&few, Lang::En))?;
    std::fs::write(dir.join("results.json"), report::json(&results))?;
    let plot = plots::alone(&plots::survival(&results, Lang::En, plots::Width::Wide), Lang::En);
    std::fs::write(dir.join("survival.svg"), plot)?;
    Ok(())
}
