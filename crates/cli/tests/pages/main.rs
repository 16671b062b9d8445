//! The desk in a real browser: Chromium, headless, driven over WebDriver, against the real binary. Whoever runs these tests needs
//! Debian's packages `chromium` and `chromium-driver`; `cargo xtask test` installs them.

mod access;
mod browser;
mod cases;
mod claims;
mod hostile;
mod looks;
mod lost;
mod shut;
mod stage;
