//! The name of every message, made by the build from languages/en.ftl.

use super::Id;

include!(concat!(env!("OUT_DIR"), "/ids.rs"));
