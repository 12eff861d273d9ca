//! Prints of bytes, by which it is known whether anything changed.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Print of bytes, their SHA-256: equal prints, equal bytes. Never published, so it may change with the program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print(pub [u8; 32]);

impl Print {
    /// The print of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The print of several pieces; where one ends and the next begins is part of it.
    pub fn of_pieces(pieces: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for piece in pieces {
            hasher.update((piece.len() as u64).to_le_bytes());
            hasher.update(piece);
        }
        Self(hasher.finalize().into())
    }
}

/// Small hexadecimal letters, two a byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
