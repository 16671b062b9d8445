//! What the tests need from the machine, and how to get it.

use std::io;
use std::process::{Command, Stdio};

/// A program the build calls.
struct Need {
    program: &'static str,
    why: &'static str,
    /// How it is had: a Debian package, or a component of the Rust toolchain.
    from: From,
}

enum From {
    Debian(&'static str),
    Rustup(&'static str),
}

const NEEDS: [Need; 6] = [
    Need {
        program: "cc",
        why: "compiles SQLite and the cryptography of TLS",
        from: From::Debian("build-essential"),
    },
    Need { program: "c++", why: "compiles the fuzzing engine", from: From::Debian("build-essential") },
    Need { program: "chromium", why: "shows the desk's pages to the tests", from: From::Debian("chromium") },
    Need { program: "chromedriver", why: "drives that browser", from: From::Debian("chromium-driver") },
    Need { program: "rustfmt", why: "checks the layout of the code", from: From::Rustup("rustfmt") },
    Need { program: "clippy-driver", why: "checks the code for common faults", from: From::Rustup("clippy") },
];

/// Says what is needed; true if it is there or could be installed.
pub fn check() -> io::Result<bool> {
    let names: Vec<&str> = NEEDS.iter().map(|need| need.program).collect();
    println!(
        "Needs: {}, and libraries from the crates registry. Tests speak over loopback only.",
        names.join(", ")
    );
    for need in NEEDS.iter().filter(|need| !runs(need.program)) {
        println!("`{}` is missing: it {}.", need.program, need.why);
        if !install(&need.from)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn runs(program: &str) -> bool {
    let status = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn install(from: &From) -> io::Result<bool> {
    let package = match from {
        From::Rustup(component) => {
            println!("Install it with: rustup component add {component}");
            return Ok(false);
        }
        From::Debian(package) => *package,
    };
    if !(is_root() && runs("apt-get")) {
        println!(
            "Install it with: sudo apt-get install {package}   (on other systems: the package of that program)"
        );
        return Ok(false);
    }
    println!("Installing it now with: apt-get install {package}");
    let apt = |arguments: &[&str]| {
        let status =
            Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments).status();
        status.map(|status| status.success())
    };
    Ok(apt(&["update", "-qq"])? && apt(&["install", "-y", "-qq", "--no-install-recommends", package])?)
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
