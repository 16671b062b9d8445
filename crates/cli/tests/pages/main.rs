//! The desk in a real browser: Chromium, headless, driven over WebDriver, against the real binary. Whoever runs these tests needs
//! Debian's packages `chromium` and `chromium-driver`; `cargo xtask test` installs them.

mod access;
mod alarm;
mod browser;
mod claims;
mod hostile;
mod looks;
mod lost;
mod pact;
mod shut;
mod stage;
