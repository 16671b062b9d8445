//! Tests of the diplomacy.

mod disclosure;
mod drafts;
mod events;
mod exchange;
mod forms;
mod life;
mod messages;
mod rules;
mod text;
mod vectors;
mod world;
