//! A bound on how often something may happen, for each of many keys.

use backchannel_wire::UtcMs;
use std::collections::BTreeMap;

/// Counts happenings of each key in a fixed window and refuses those above the limit.
pub(crate) struct Rate<K> {
    most: u32,
    window_ms: u64,
    keys_max: usize,
    counts: BTreeMap<K, (UtcMs, u32)>,
}

impl<K: Ord + Clone> Rate<K> {
    pub fn new(most: u32, window_ms: u64, keys_max: usize) -> Self {
        Self { most, window_ms, keys_max, counts: BTreeMap::new() }
    }

    /// Counts one happening, unless the limit is reached: then says after how many milliseconds to try again.
    pub fn take(&mut self, key: &K, now: UtcMs) -> Result<(), u64> {
        self.check(key, now)?;
        self.forget(now);
        let entry = self.counts.entry(key.clone()).or_insert((now, 0));
        entry.1 = entry.1.saturating_add(1);
        Ok(())
    }

    /// Whether a happening would be refused, without counting one.
    pub fn check(&mut self, key: &K, now: UtcMs) -> Result<(), u64> {
        let Some(&(start, count)) = self.counts.get(key) else { return Ok(()) };
        let elapsed = now.0.saturating_sub(start.0);
        if elapsed >= self.window_ms {
            self.counts.remove(key);
            return Ok(());
        }
        if count >= self.most { Err(self.window_ms - elapsed) } else { Ok(()) }
    }

    fn forget(&mut self, now: UtcMs) {
        if self.counts.len() < self.keys_max {
            return;
        }
        let window_ms = self.window_ms;
        self.counts.retain(|_, (start, _)| now.0.saturating_sub(start.0) < window_ms);
        while self.counts.len() >= self.keys_max {
            let oldest = self.counts.iter().min_by_key(|(_, (start, _))| *start).map(|(key, _)| key.clone());
            match oldest {
                Some(key) => self.counts.remove(&key),
                None => return,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_above_the_limit_is_refused_until_the_window_ends() {
        let mut rate = Rate::new(2, 1_000, 8);
        assert_eq!(rate.take(&'a', UtcMs(0)), Ok(()));
        assert_eq!(rate.take(&'a', UtcMs(10)), Ok(()));
        assert_eq!(rate.take(&'a', UtcMs(400)), Err(600));
        assert_eq!(rate.take(&'b', UtcMs(400)), Ok(()));
        assert_eq!(rate.take(&'a', UtcMs(1_000)), Ok(()));
    }

    #[test]
    fn no_more_keys_are_remembered_than_the_bound() {
        let mut rate = Rate::new(1, 1_000, 4);
        for key in 0..100 {
            assert_eq!(rate.take(&key, UtcMs(key)), Ok(()));
        }
        assert_eq!(rate.counts.len(), 4);
        assert!(rate.take(&99, UtcMs(99)).is_err());
    }
}
