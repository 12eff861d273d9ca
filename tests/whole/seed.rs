//! Random numbers that can be had again: SplitMix64 from a seed that is printed.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// A row of numbers decided by its seed.
pub struct Random {
    pub seed: u64,
    state: u64,
}

impl Random {
    /// Seeded with `CONGBO_SEED`, else differently every time.
    pub fn new() -> Self {
        let seed = super::number("CONGBO_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish() % 1_000_000);
        Self { seed, state: seed }
    }

    /// The next number, at least 0 and below 1.
    pub fn fraction(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
