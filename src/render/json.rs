//! JSON that may stand in a script or between its tags.

use anyhow::Result;
use serde::Serialize;

/// JSON without a character that could end a script element, open a comment or break a line of script.
pub(super) fn for_script(value: &impl Serialize) -> Result<String> {
    Ok(escaped(serde_json::to_string(value)?))
}

/// In JSON these characters can only stand inside of texts, where an escape means the same.
fn escaped(json: String) -> String {
    if !json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return json;
    }
    let mut safe = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_script() {
        let hostile = "</script><!--&\u{2028}\u{2029}\"";
        let json = for_script(&hostile).unwrap();
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }
}
