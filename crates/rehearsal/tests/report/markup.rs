//! Enough of HTML to read our own pages: tags with their attributes, the text between them, and whether they nest.

/// An opening tag.
#[derive(Debug)]
pub struct Tag {
    /// Its name in small letters.
    pub name: String,
    /// Its attributes with their values as written.
    pub attributes: Vec<(String, String)>,
    is_closed: bool,
}

impl Tag {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

enum Part<'a> {
    Open(Tag),
    Close(&'a str),
    Text(&'a str),
}

/// Tags, ends and texts in their order. The content of `style` is no text.
fn parts(page: &str) -> Vec<Part<'_>> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        out.push(Part::Text(text));
        let end = end_of(tag);
        let inside = &tag[1..end];
        rest = &tag[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            out.push(Part::Close(name));
            continue;
        }
        if inside.starts_with('!') {
            continue;
        }
        let tag = read(inside);
        if tag.name == "style" {
            rest = &rest[rest.find("</style>").expect("a style ends")..];
        }
        out.push(Part::Open(tag));
    }
    out.push(Part::Text(rest));
    out
}

/// Where a tag ends: at the first `>` outside quotes.
fn end_of(tag: &str) -> usize {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    panic!("a tag has no end: {}", tag.chars().take(80).collect::<String>());
}

fn read(inside: &str) -> Tag {
    let inside = inside.trim_end();
    let (inside, is_closed) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
    let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').expect("a value ends");
        let keys: Vec<&str> = key.split_whitespace().collect();
        attributes.extend(keys.iter().map(|key| ((*key).to_owned(), value.to_owned())));
        rest = after;
    }
    Tag { name: name.to_lowercase(), attributes, is_closed }
}

/// Every opening tag.
pub fn tags(page: &str) -> Vec<Tag> {
    let opened = |part| if let Part::Open(tag) = part { Some(tag) } else { None };
    parts(page).into_iter().filter_map(opened).collect()
}

/// What is read or heard, without the head and without marks of direction.
pub fn visible(page: &str) -> String {
    let body = page.split_once("<body").map_or(page, |(_, body)| body);
    let body = body.split_once('>').map_or(body, |(_, body)| body);
    let texts = parts(body);
    let texts = texts.iter().map(|part| if let Part::Text(text) = part { *text } else { "" });
    texts
        .collect::<String>()
        .replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{61c}', '\u{200e}'], "")
}

/// Panics unless every tag is closed by its own end.
pub fn check_nesting(page: &str) {
    const VOID: [&str; 4] = ["meta", "br", "hr", "link"];
    let mut open: Vec<String> = Vec::new();
    for part in parts(page) {
        match part {
            Part::Open(tag) if tag.is_closed || VOID.contains(&tag.name.as_str()) => {}
            Part::Open(tag) => open.push(tag.name),
            Part::Close(name) => assert_eq!(open.pop().as_deref(), Some(name)),
            Part::Text(_) => {}
        }
    }
    assert!(open.is_empty(), "{open:?} are not closed");
}
