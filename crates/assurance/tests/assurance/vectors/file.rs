//! The text of a vector file.

use backchannel_wire::ids::{hex, unhex};

const BODY_COLUMNS: usize = 96;

#[derive(Clone)]
pub struct VectorFile {
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl VectorFile {
    pub fn new(format: &str, body: &[u8]) -> Self {
        Self { headers: Vec::new(), body: body.to_vec() }
            .with("backchannel-vector", "v1")
            .with("format", format)
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn with_hex(self, name: &str, value: &[u8]) -> Self {
        self.with(name, &hex(value))
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub fn with_body(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    pub fn value(&self, name: &str) -> &str {
        self.find(name).unwrap_or_else(|| panic!("the vector has no {name}"))
    }

    pub fn find(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn hex(&self, name: &str) -> Vec<u8> {
        unhex(self.value(name)).unwrap()
    }

    pub fn parse(text: &str) -> Self {
        let (headers, body) = text.split_once("\n\n").unwrap();
        let split =
            |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
        let headers = headers.lines().map(|line| split(line).unwrap()).collect();
        Self { headers, body: unhex(&body.lines().collect::<String>()).unwrap() }
    }

    pub fn to_text(&self) -> String {
        let mut headers = self.headers.clone();
        let first = ["backchannel-vector", "format", "expect", "why"];
        headers.sort_by_key(|(name, _)| first.iter().position(|known| known == name).unwrap_or(first.len()));
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        let digits = hex(&self.body);
        let lines: Vec<_> = digits.as_bytes().chunks(BODY_COLUMNS).map(String::from_utf8_lossy).collect();
        format!("{headers}\n{}\n", lines.join("\n"))
    }
}
