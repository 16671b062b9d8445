//! Understandings of a whole channel: drafted, approved, brought into effect by machines that may die at any moment.

mod ceremonies;
mod common;
mod drafting;
mod faults;
mod hostile;
mod in_force;
mod incidents;
