//! Makes a constant of each message's name, and ends the build where the languages differ.

fn main() {
    backchannel_tongue::ids::make();
}
