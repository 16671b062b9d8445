//! What a channel costs on the line, computed from its constants before it is convened. Source: docs/spec/frames.md.

use crate::frame::FrameShape;
use crate::limits::{BEAT_MS_MAX, BEAT_MS_MIN};

/// The constants of a channel that every station and the relay agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelPlan {
    beat_ms: u32,
    shape: FrameShape,
}

/// What one station's line carries in a day, whatever is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCost {
    /// Bytes sent.
    pub up_bytes: u64,
    /// Bytes received.
    pub down_bytes: u64,
}

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// The plaintext of a TLS 1.3 record.
const TLS_RECORD_BYTES: usize = 16 * 1024;
/// What TLS 1.3 adds to a record: header, content type, tag.
const TLS_OVERHEAD_BYTES: usize = 5 + 1 + 16;
/// Length of the mask key a WebSocket client adds.
const MASK_BYTES: usize = 4;

impl ChannelPlan {
    /// A plan with beats within limits (PLAN-1).
    pub fn new(beat_ms: u32, shape: FrameShape) -> Option<Self> {
        (BEAT_MS_MIN..=BEAT_MS_MAX).contains(&beat_ms).then_some(Self { beat_ms, shape })
    }

    /// Length of a beat.
    pub fn beat_ms(&self) -> u32 {
        self.beat_ms
    }

    /// The shape of the frames.
    pub fn shape(&self) -> &FrameShape {
        &self.shape
    }

    /// What the frames of one station cost in a day, with WebSocket and TLS framing but without TCP and IP headers (PLAN-2).
    pub fn day_cost(&self) -> DayCost {
        let frames = DAY_MS.div_ceil(u64::from(self.beat_ms));
        DayCost {
            up_bytes: frames * on_the_line(self.shape.up_bytes(), MASK_BYTES),
            down_bytes: frames * on_the_line(self.shape.down_bytes(), 0),
        }
    }
}

fn on_the_line(payload: usize, mask: usize) -> u64 {
    let length = match payload {
        0..126 => 2,
        126..65_536 => 4,
        _ => 10,
    };
    let message = payload + length + mask;
    (message + message.div_ceil(TLS_RECORD_BYTES) * TLS_OVERHEAD_BYTES) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beats_have_bounds() {
        // PLAN-1
        for wrong in [0, BEAT_MS_MIN - 1, BEAT_MS_MAX + 1, u32::MAX] {
            assert_eq!(ChannelPlan::new(wrong, FrameShape::default()), None);
        }
    }

    #[test]
    fn a_day_costs_what_its_frames_cost() {
        // PLAN-2
        let plan = ChannelPlan::new(5_000, FrameShape::default()).unwrap();
        let up = 8_240 + 4 + 4 + 22;
        let down = 66_236 + 10 + 5 * 22;
        assert_eq!(plan.day_cost(), DayCost { up_bytes: 17_280 * up, down_bytes: 17_280 * down });
    }
}
