//! A Rust file as tidy sees it: tokens without comments and strings, items with their lines, and what is test code.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// One token and the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The token's text; `::` is one token, the content of strings is kept.
    pub text: String,
    /// Counted from 1.
    pub line: usize,
}

/// A named item and the lines it covers, doc comments included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// Its first line, counted from 1.
    pub first: usize,
    /// Its last line.
    pub last: usize,
    /// Lines of its signature and body, if it is a function; 0 otherwise.
    pub function_lines: usize,
}

/// A parsed Rust file.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Its tokens in order.
    pub tokens: Vec<Token>,
    /// The full paths it imports, groups taken apart, each with its line.
    pub imports: Vec<Token>,
    /// Its named items.
    pub items: Vec<Item>,
    /// Lines of items under `#[cfg(test)]` or `#[test]`, as first and last.
    pub test_ranges: Vec<(usize, usize)>,
    /// The whole file is test code.
    pub all_test: bool,
    /// It opens with `#![forbid(unsafe_code)]`.
    pub forbids_unsafe: bool,
}

impl Source {
    /// Parses a file; the error names the line.
    pub fn parse(path: &str, text: &str) -> Result<Self, String> {
        let file = syn::parse_file(text).map_err(|e| format!("line {}: {e}", e.span().start().line))?;
        let stream: TokenStream =
            text.trim_start_matches('\u{feff}').parse().map_err(|e| format!("cannot be read: {e}"))?;
        let mut source = Self { all_test: is_test_path(path), ..Self::default() };
        flatten(stream, &mut source.tokens);
        source.forbids_unsafe = file.attrs.iter().any(|attribute| {
            attribute.path().is_ident("forbid")
                && attribute.parse_args::<syn::Path>().is_ok_and(|lint| lint.is_ident("unsafe_code"))
        });
        source.all_test |= file.attrs.iter().any(is_cfg_test);
        source.visit_file(&file);
        Ok(source)
    }

    /// Whether a line is test code.
    pub fn is_test_line(&self, line: usize) -> bool {
        self.all_test || self.test_ranges.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }

    /// The innermost named item around a line, or else the next one below it (a comment stands above what it explains).
    pub fn item_at(&self, line: usize) -> Option<&Item> {
        let around = self.items.iter().filter(|item| (item.first..=item.last).contains(&line));
        let below = self.items.iter().filter(|item| item.first > line);
        around.min_by_key(|item| item.last - item.first).or_else(|| below.min_by_key(|item| item.first))
    }

    fn note_attributes(&mut self, attributes: &[syn::Attribute], span: proc_macro2::Span) {
        if attributes.iter().any(|attribute| is_cfg_test(attribute) || is_test(attribute)) {
            self.test_ranges.push((span.start().line, span.end().line));
        }
    }

    fn note_item(&mut self, name: String, whole: proc_macro2::Span, function: Option<(usize, usize)>) {
        let function_lines = function.map_or(0, |(first, last)| last - first + 1);
        let (first, last) = (whole.start().line, whole.end().line);
        self.items.push(Item { name, first, last, function_lines });
    }
}

/// Code that runs only in tests: integration tests, benches, fuzz targets, the test kit, and modules in files of their own.
fn is_test_path(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let folder = ["/tests/", "/benches/", "/fuzz_targets/"].iter().any(|part| path.contains(part));
    let top = ["tests/", "benches/", "fuzz/", "dev/testkit/"].iter().any(|part| path.starts_with(part));
    folder || top || file == "tests.rs" || file.ends_with("_tests.rs")
}

fn is_test(attribute: &syn::Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == "test")
}

fn is_cfg_test(attribute: &syn::Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    let words = list.tokens.to_string();
    list.path.is_ident("cfg")
        && (words == "test" || words.starts_with("all (test") || words.starts_with("all(test"))
}

fn flatten(stream: TokenStream, out: &mut Vec<Token>) {
    let mut colon_joins = false;
    for tree in stream {
        let line = tree.span().start().line;
        let mut push = |text: String| out.push(Token { text, line });
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro2::Delimiter::Brace => ("{", "}"),
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                push(open.to_owned());
                flatten(group.stream(), out);
                out.push(Token { text: close.to_owned(), line: group.span_close().start().line });
                colon_joins = false;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' && colon_joins => {
                colon_joins = false;
                if let Some(last) = out.last_mut() {
                    last.text = "::".to_owned();
                }
            }
            TokenTree::Punct(punct) => {
                colon_joins = punct.as_char() == ':' && punct.spacing() == Spacing::Joint;
                push(punct.as_char().to_string());
            }
            TokenTree::Ident(ident) => push(ident.to_string()),
            TokenTree::Literal(literal) => push(literal.to_string()),
        }
    }
}

fn import_paths(tree: &syn::UseTree, prefix: &str, out: &mut Vec<Token>) {
    match tree {
        syn::UseTree::Path(path) => import_paths(&path.tree, &format!("{prefix}{}::", path.ident), out),
        syn::UseTree::Name(name) => push_import(prefix, &name.ident, out),
        syn::UseTree::Rename(rename) => push_import(prefix, &rename.ident, out),
        syn::UseTree::Glob(glob) => {
            out.push(Token { text: format!("{prefix}*"), line: glob.span().start().line });
        }
        syn::UseTree::Group(group) => group.items.iter().for_each(|item| import_paths(item, prefix, out)),
    }
}

fn push_import(prefix: &str, ident: &syn::Ident, out: &mut Vec<Token>) {
    let text =
        if ident == "self" { prefix.trim_end_matches(':').to_owned() } else { format!("{prefix}{ident}") };
    out.push(Token { text, line: ident.span().start().line });
}

fn body_lines(signature: &syn::Signature, block: &syn::Block) -> Option<(usize, usize)> {
    Some((signature.span().start().line, block.span().end().line))
}

impl<'ast> Visit<'ast> for Source {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let (attributes, name) = match item {
            syn::Item::Fn(it) => (&it.attrs, None),
            syn::Item::Mod(it) => (&it.attrs, None),
            syn::Item::Struct(it) => (&it.attrs, Some(&it.ident)),
            syn::Item::Enum(it) => (&it.attrs, Some(&it.ident)),
            syn::Item::Const(it) => (&it.attrs, Some(&it.ident)),
            syn::Item::Static(it) => (&it.attrs, Some(&it.ident)),
            syn::Item::Trait(it) => (&it.attrs, Some(&it.ident)),
            syn::Item::Type(it) => (&it.attrs, Some(&it.ident)),
            syn::Item::Impl(it) => (&it.attrs, None),
            syn::Item::Use(it) => (&it.attrs, None),
            _ => return visit::visit_item(self, item),
        };
        self.note_attributes(attributes, item.span());
        if let Some(name) = name {
            self.note_item(name.to_string(), item.span(), None);
        }
        visit::visit_item(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.note_item(item.sig.ident.to_string(), item.span(), body_lines(&item.sig, &item.block));
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.note_attributes(&item.attrs, item.span());
        self.note_item(item.sig.ident.to_string(), item.span(), body_lines(&item.sig, &item.block));
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        let lines = item.default.as_ref().and_then(|block| body_lines(&item.sig, block));
        self.note_item(item.sig.ident.to_string(), item.span(), lines);
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        import_paths(&item.tree, "", &mut self.imports);
        visit::visit_item_use(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Source {
        Source::parse("crates/x/src/lib.rs", text).unwrap()
    }

    #[test]
    fn comments_are_not_tokens_and_paths_are_joined() {
        let source = parse("// SystemTime::now()\nfn f() { a::b(\"c::d\") }");
        let texts: Vec<_> = source.tokens.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(texts, ["fn", "f", "(", ")", "{", "a", "::", "b", "(", "\"c::d\"", ")", "}"]);
        assert_eq!(source.tokens[5].line, 2);
    }

    #[test]
    fn grouped_imports_are_taken_apart() {
        let source = parse("use std::{fs, io::{self, Read as R}, net::*};");
        let paths: Vec<_> = source.imports.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(paths, ["std::fs", "std::io", "std::io::Read", "std::net::*"]);
    }

    #[test]
    fn test_code_is_told_from_other_code() {
        let source = parse("fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() {}\n}\n");
        assert!(!source.is_test_line(1));
        assert!(source.is_test_line(4));
        assert!(Source::parse("crates/x/tests/a.rs", "fn a() {}").unwrap().is_test_line(1));
    }

    #[test]
    fn a_line_belongs_to_its_innermost_item_or_the_next_below() {
        let source = parse(
            "/// One.\nstruct A;\n\nimpl A {\n    // why\n    fn go() {\n        let _ = 1;\n    }\n}\n",
        );
        let name = |line| source.item_at(line).map(|item| item.name.clone());
        assert_eq!(name(1).as_deref(), Some("A"));
        assert_eq!(name(5).as_deref(), Some("go"));
        assert_eq!(name(7).as_deref(), Some("go"));
    }
}
