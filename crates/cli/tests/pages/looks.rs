//! How main pages look, compared with pictures that somebody looked at: what changes from run to run is covered, and what is compared is
//! coarse, so that a hair's breadth is no difference and a broken page is. `UPDATE_LOOKS=1` takes new pictures: look at them.

use super::browser::Person;
use super::stage::Stage;
use serde_json::json;
use std::path::PathBuf;

/// Points of a picture that are compared as one: a line of text is about two of them high.
const BLOCK: usize = 12;
/// By how much of 255 the mean of a block may differ.
const SHADE: u32 = 28;
/// How many of a thousand blocks may differ by more.
const PARTS: usize = 25;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn main_pages_look_as_they_should() {
    let mut stage = Stage::play("quiet-pact", 3);
    let claim = stage.enters("intermediary", super::access::CLAIM).await;
    for percent in ["40", "65"] {
        stage.command("intermediary", &["claims", "believe", &claim, percent, "--because", "It fits."]);
    }
    let person = stage.person("intermediary").await;
    let mut wrong = Vec::new();
    for (lang, theme, size) in
        [("en", "light", (1280, 900)), ("ar", "dark", (1280, 900)), ("fa", "light", (390, 844))]
    {
        person.open("/settings").await;
        person.chooses("#lang", lang).await;
        person.chooses("#theme", theme).await;
        person.does("#look .buttons button").await;
        person.client.set_window_size(size.0, size.1).await.unwrap();
        for page in ["/", "/write", "/line", "/claims", "/settings"] {
            person.open(page).await;
            let name = format!("{}-{lang}-{theme}-{}.png", page.trim_matches('/').replace('/', "-"), size.0);
            let name = name.trim_start_matches('-').to_owned();
            wrong.extend(compare(&person, &name).await);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn compare(person: &Person, name: &str) -> Option<String> {
    let script = "const style = new CSSStyleSheet();
        style.replaceSync('.when, .beat, code, .strip, #recent li, #checked, #sides .sheet { visibility: hidden !important } * { transition: none !important; caret-color: transparent !important }');
        document.adoptedStyleSheets = [style]; document.activeElement.blur(); scrollTo(0, 0); return true;";
    person.run(script, vec![]).await;
    let ready = "const done = arguments[arguments.length - 1]; document.fonts.ready.then(() => requestAnimationFrame(() => done(true)));";
    assert_eq!(person.client.execute_async(ready, vec![]).await.unwrap(), json!(true));
    let taken = person.client.screenshot().await.unwrap();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pages/looks").join(name);
    if std::env::var_os("UPDATE_LOOKS").is_some() {
        std::fs::write(&path, &taken).unwrap();
        return None;
    }
    let stored = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (a, b) = (blocks(&taken), blocks(&stored));
    if a.0 != b.0 {
        return Some(format!("{name}: the picture has another size"));
    }
    let differ = a.1.iter().zip(&b.1).filter(|(a, b)| a.abs_diff(**b) > SHADE).count();
    let allowed = a.1.len() * PARTS / 1000;
    (differ > allowed).then(|| {
        let aside = std::env::temp_dir().join(format!("looks-{name}"));
        let _ = std::fs::write(&aside, &taken);
        format!("{name}: {differ} of {} blocks differ, {allowed} may; see {}", a.1.len(), aside.display())
    })
}

/// The size of a picture in blocks, and each block's mean shade.
fn blocks(png: &[u8]) -> ((usize, usize), Vec<u32>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let samples = info.color_type.samples();
    let (wide, high) = (info.width as usize / BLOCK, info.height as usize / BLOCK);
    let shade = |x: usize, y: usize| {
        let at = y * info.line_size + x * samples;
        pixels[at..at + samples.min(3)].iter().map(|one| u32::from(*one)).sum::<u32>() / samples.min(3) as u32
    };
    let mut out = Vec::with_capacity(wide * high);
    for row in 0..high {
        for column in 0..wide {
            let points =
                (0..BLOCK * BLOCK).map(|at| shade(column * BLOCK + at % BLOCK, row * BLOCK + at / BLOCK));
            out.push(points.sum::<u32>() / (BLOCK * BLOCK) as u32);
        }
    }
    ((wide, high), out)
}
