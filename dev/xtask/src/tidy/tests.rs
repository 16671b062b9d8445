use super::*;

/// A tree without a violation.
fn clean() -> Tree {
    let claims: String = (1..=11).map(|n| format!("### P{n}: something\n")).collect();
    let tree = Tree::default()
        .with("docs/claims.md", &format!("## What is promised\n\n## Not promised yet\n\n{claims}"))
        .with("docs/spec/cells.md", "**CELL-1** A cell is whole.\n")
        .with("crates/wire/Cargo.toml", "[dependencies]\nminicbor = { workspace = true }\n")
        .with("crates/wire/src/lib.rs", "#![forbid(unsafe_code)]\n\npub mod cell;\n")
        .with("crates/wire/src/cell.rs", CELL);
    indexed(tree)
}

const CELL: &str = "\
/// Not whole (CELL-1).
pub struct Broken;

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_whole() {
        // CELL-1
    }
}
";

fn indexed(tree: Tree) -> Tree {
    let page = {
        let (parsed, _) = parse(&tree);
        crate::index::page(&rules::collect(&tree, &parsed).0)
    };
    tree.with(crate::index::PAGE, &page)
}

/// The rules broken by a tree, each once.
fn broken(tree: &Tree) -> Vec<&'static str> {
    let mut rules: Vec<_> = check(tree).into_iter().map(|violation| violation.rule).collect();
    rules.dedup();
    rules
}

/// Plants a file of code into the clean tree and names the rules it breaks.
fn planted(path: &str, text: &str) -> Vec<&'static str> {
    broken(&clean().with(path, text))
}

#[test]
fn the_project_is_tidy() {
    let tree = Tree::of_workspace().expect("the workspace can be read");
    let found: Vec<String> = check(&tree).iter().map(Violation::to_string).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_clean_tree_breaks_nothing() {
    assert_eq!(check(&clean()), []);
}

#[test]
fn a_dependency_upwards_or_sideways_is_found() {
    let manifest = |name: &str, text: &str| planted(&format!("crates/{name}/Cargo.toml"), text);
    assert_eq!(manifest("relay", "[dependencies]\nbackchannel-rooms = { workspace = true }"), ["layering"]);
    assert_eq!(
        manifest("relay", "[dev-dependencies]\nbackchannel-accord = { workspace = true }"),
        ["layering"]
    );
    assert_eq!(
        manifest("relay", "[dev-dependencies]\nbackchannel-testkit = { workspace = true }"),
        ["layering"]
    );
    assert_eq!(manifest("accord", "[dependencies]\nbackchannel-assurance = \"1\""), ["layering"]);
    assert_eq!(manifest("wire", "[target.'cfg(unix)'.dependencies]\ntokio = \"1\""), ["layering"]);
    assert_eq!(manifest("wire", "[dependencies]\nharmless = { package = \"rusqlite\" }"), ["layering"]);
    assert_eq!(manifest("gossip", ""), ["layering"]);
    assert!(manifest("station", "[dependencies]\nbackchannel-rooms = { workspace = true }").is_empty());
    assert!(manifest("station", "[dev-dependencies]\nbackchannel-testkit = { workspace = true }").is_empty());
}

#[test]
fn only_rooms_names_openmls() {
    let code = "use openmls::group::MlsGroup;";
    assert_eq!(planted("crates/station/src/a.rs", code), ["layering"]);
    assert!(planted("crates/rooms/src/a.rs", code).is_empty());
    assert_eq!(planted("crates/station/Cargo.toml", "[dependencies]\nopenmls_traits = \"1\""), ["layering"]);
}

#[test]
fn the_ambient_clock_is_found() {
    assert_eq!(planted("crates/accord/src/a.rs", "fn f() { let _ = SystemTime::now(); }"), ["ambient-clock"]);
    assert_eq!(planted("crates/accord/src/a.rs", "fn f() { std::time::Instant::now(); }"), ["ambient-clock"]);
    assert_eq!(planted("crates/relay/src/a.rs", "use tokio::time::interval;"), ["ambient-clock"]);
    assert_eq!(planted("crates/relay/src/a.rs", "use tokio::{net, time};"), ["ambient-clock"]);
    assert!(planted("crates/relay/src/server/mod.rs", "use tokio::time::interval;").is_empty());
    assert!(
        planted("crates/accord/src/a.rs", "// SystemTime::now()\nconst A: &str = \"Instant::now\";")
            .is_empty()
    );
}

#[test]
fn ambient_randomness_is_found() {
    assert_eq!(planted("crates/rooms/src/a.rs", "fn f() { OsRng.next_u64(); }"), ["ambient-randomness"]);
    assert_eq!(planted("crates/rooms/src/a.rs", "fn f() { rand::thread_rng(); }"), ["ambient-randomness"]);
    assert_eq!(planted("crates/station/src/a.rs", "use rand_core::OsRng;"), ["ambient-randomness"]);
    let in_test = "#[cfg(test)]\nmod tests { fn f() { getrandom(); } }";
    assert_eq!(planted("crates/wire/src/a.rs", in_test), ["ambient-randomness"]);
}

#[test]
fn input_and_output_in_pure_code_is_found() {
    let code = "use std::{fmt, fs};";
    assert_eq!(planted("crates/wire/src/a.rs", code), ["pure"]);
    assert_eq!(planted("crates/relay/src/machine/seal.rs", code), ["pure"]);
    assert_eq!(planted("crates/station/src/machine.rs", "fn f() { std::env::var(\"A\"); }"), ["pure"]);
    assert!(planted("crates/relay/src/store.rs", code).is_empty());
    assert!(planted("crates/wire/tests/a.rs", code).is_empty());
}

#[test]
fn panics_and_placeholders_are_found() {
    assert_eq!(planted("crates/wire/src/a.rs", "fn f() { g().unwrap(); }"), ["unwrap"]);
    assert_eq!(planted("crates/wire/src/a.rs", "fn f() { g().expect(\"\"); }"), ["expect"]);
    assert_eq!(planted("crates/wire/src/a.rs", concat!("fn f() { to", "do!() }")), ["placeholder"]);
    assert_eq!(planted("crates/wire/tests/a.rs", "fn f() { dbg!(1); }"), ["placeholder"]);
    assert!(planted("crates/wire/src/a.rs", "fn f() { g().expect(\"it is there\"); }").is_empty());
    assert!(planted("crates/wire/tests/a.rs", "fn f() { g().unwrap(); }").is_empty());
}

#[test]
fn p4_a_station_opens_no_connection_but_its_line_to_the_relay() {
    let out = |path: &str, text: &str| planted(path, &format!("async fn f() {{ {text} }}\n"));
    for text in [
        "let _ = tokio::net::TcpStream::connect(a).await;",
        "let _ = tokio::net::TcpListener::bind(a).await;",
        "let _ = tokio::net::UdpSocket::bind(a).await;",
        "let _ = tokio::net::lookup_host(a).await;",
    ] {
        assert_eq!(out("crates/station/src/shell.rs", text), ["one-line"]);
        assert!(out("crates/station/src/link/tls.rs", text).is_empty());
    }
}

#[test]
fn waiting_and_printing_are_found() {
    let sleep = "fn f() { std::thread::sleep(A); }";
    assert_eq!(planted("crates/station/tests/a.rs", sleep), ["sleep"]);
    assert_eq!(planted("crates/accord/src/a.rs", "fn f() { println!(); }"), ["print"]);
    assert!(planted("crates/cli/src/a.rs", "fn f() { println!(); }").is_empty());
}

#[test]
fn a_crate_root_without_forbid_is_found() {
    assert_eq!(planted("crates/accord/src/lib.rs", "//! A crate."), ["unsafe"]);
    assert_eq!(planted("crates/cli/src/main.rs", "fn main() {}"), ["unsafe"]);
}

#[test]
fn long_functions_and_files_are_found() {
    let body = |n: usize| format!("fn f() {{\n{}}}\n", "    g();\n".repeat(n - 2));
    assert!(planted("crates/cli/src/a.rs", &body(70)).is_empty());
    assert_eq!(planted("crates/cli/src/a.rs", &body(71)), ["function-length"]);
    assert_eq!(planted("crates/cli/tests/a.rs", &body(71)), ["function-length"]);
    let consts = |n: usize| "const _: u8 = 0;\n".repeat(n);
    assert!(planted("crates/cli/src/a.rs", &consts(600)).is_empty());
    assert_eq!(planted("crates/cli/src/a.rs", &consts(601)), ["file-length"]);
    assert!(planted("crates/cli/tests/a.rs", &consts(800)).is_empty());
    assert_eq!(planted("crates/cli/tests/a.rs", &consts(801)), ["file-length"]);
}

#[test]
fn words_that_do_not_belong_are_found() {
    assert_eq!(planted("docs/a.md", concat!("see /wo", "rk/main")), ["words"]);
    assert_eq!(planted("scenarios/a", concat!("/tmp/bash_", "jobs")), ["words"]);
    assert_eq!(planted("crates/cli/src/a.rs", concat!("// TO", "DO later\n")), ["words"]);
}

#[test]
fn a_file_that_does_not_parse_is_found() {
    assert_eq!(planted("crates/cli/src/a.rs", "fn f( {}"), ["parses"]);
}

#[test]
fn a_rule_without_code_or_test_is_found() {
    let with_page = |text: &str| broken(&indexed(clean().with("docs/spec/more.md", text)));
    assert_eq!(with_page("**BEAT-1** Unheld."), ["rules"]);
    assert_eq!(with_page("**CELL-1** Again."), ["rules"]);
    let code_only =
        clean().with("docs/spec/b.md", "**BEAT-1**").with("crates/wire/src/b.rs", "// BEAT-1\nfn f() {}");
    assert_eq!(broken(&indexed(code_only.clone())), ["rules"]);
    assert!(broken(&indexed(code_only.with("vectors/beat.txt", "breaks: BEAT-1"))).is_empty());
}

#[test]
fn a_citation_that_leads_nowhere_is_found() {
    let code = |text: &str| broken(&indexed(clean().with("crates/wire/src/b.rs", text)));
    assert_eq!(code("/// Refused (CELL-9).\nfn f() {}"), ["rules"]);
    assert_eq!(code("/// Refused (NOWHERE-1).\nfn f() {}"), ["rules"]);
    assert!(code("/// SHA-256 over UTF-8.\nfn f() {}").is_empty());
}

#[test]
fn an_index_that_is_not_current_is_found() {
    assert_eq!(broken(&clean().with(crate::index::PAGE, "old")), ["rules"]);
}

#[test]
fn a_promise_without_a_test_is_found() {
    let rest: String = (2..=11).map(|n| format!("### P{n}: something\n")).collect();
    let page = |tests: &str| {
        let text = format!("## What is promised\n### P1: one\n{tests}\n## Not promised yet\n{rest}");
        broken(&clean().with("docs/claims.md", &text))
    };
    assert_eq!(page("no test"), ["claims"]);
    assert_eq!(page("`test: crates/wire/src/cell.rs::it_is_not_there`"), ["claims"]);
    assert_eq!(page("`test: crates/wire/src/cell.rs::it_is_whole` and `test: nowhere.rs::f`"), ["claims"]);
    assert!(page("`test: crates/wire/src/cell.rs::it_is_whole`").is_empty());
    assert_eq!(broken(&clean().with("docs/claims.md", &rest)), ["claims"]);
}

#[test]
fn exceptions_cover_a_module_and_nothing_beside_it() {
    use allowed::{Ambient, permits};
    assert!(permits("crates/relay/src/server.rs", Ambient::Clock));
    assert!(permits("crates/relay/src/server/tls.rs", Ambient::Clock));
    assert!(!permits("crates/relay/src/server_config.rs", Ambient::Clock));
    assert!(!permits("crates/relay/src/server.rs", Ambient::Sleep));
    assert!(allowed::ALLOWED.iter().all(|allowed| !allowed.why.is_empty()));
    let bare = clean().with("dev/xtask/src/tidy/allowed.rs", "");
    assert_eq!(broken(&bare), ["exceptions"]);
}

#[test]
fn a_readme_that_shows_what_does_not_exist_is_found() {
    let cli = "enum Command { ReadBack(A), Send }\nstruct A { reply_by: u8 }\n";
    let page = |text: &str| broken(&clean().with("crates/cli/src/a.rs", cli).with("README.md", text));
    assert!(
        page("    backchannel read-back 1 --reply-by 2\nand `backchannel send`, cargo run --release")
            .is_empty()
    );
    assert_eq!(page("    backchannel read 1"), ["readme"]);
    assert_eq!(page("see `backchannel send --loud`"), ["readme"]);
}
