//! The spaces of the vault that the machine uses.

use crate::store::Space;

/// Who this station is, its seats, rosters and verification.
pub const STATION: Space = Space(1);
/// A room's state.
pub const ROOM: Space = Space(2);
/// A room's MLS rows.
pub const MLS: Space = Space(3);
/// Items on their way out.
pub const OUT: Space = Space(4);
/// Recent heads.
pub const HISTORY: Space = Space(5);
/// What was said, admitted and observed, in order.
pub const RECORD: Space = Space(6);
/// Alarms.
pub const ALARM: Space = Space(7);

/// Every space.
pub const ALL: [Space; 7] = [STATION, ROOM, MLS, OUT, HISTORY, RECORD, ALARM];
