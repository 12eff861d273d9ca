//! Numbers that can't be negative.

use serde::de::{self, Deserialize, Deserializer};

/// A number from 0 up.
pub(super) fn not_negative<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    checked(f64::deserialize(deserializer)?)
}

/// The same where there may be none.
pub(super) fn none_negative<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Option::<f64>::deserialize(deserializer)?.map(checked).transpose()
}

fn checked<E: de::Error>(number: f64) -> Result<f64, E> {
    if number >= 0.0 { Ok(number) } else { Err(E::custom("a negative number")) }
}
