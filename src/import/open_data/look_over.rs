//! Texts from outside: no markup, nothing invisible, nothing that turns the direction of letters around.

use serde_json::Value;

use crate::diagnostic::Text;

/// Longest text, in bytes.
const MOST_BYTES: usize = 200_000;

/// Looks at every text of a value; says what and where the first bad one is.
pub(super) fn look_over(value: &Value) -> Result<(), Text> {
    look("", value)
}

fn look(place: &str, value: &Value) -> Result<(), Text> {
    match value {
        Value::String(text) => judge(place, text),
        Value::Array(items) => (0..).zip(items).try_for_each(|(index, item): (usize, _)| look(&format!("{place}[{index}]"), item)),
        Value::Object(fields) => fields.iter().try_for_each(|(key, value)| {
            let inner = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
            look(&inner, value)
        }),
        _ => Ok(()),
    }
}

fn judge(place: &str, text: &str) -> Result<(), Text> {
    let bad = |vi: String, en: String| Err(Text::new(format!("{place}: {vi}"), format!("{place}: {en}")));
    if text.len() > MOST_BYTES {
        return bad(format!("chữ quá dài ({} byte)", text.len()), format!("the text is too long ({} bytes)", text.len()));
    }
    if let Some(c) = text.chars().find(|c| is_hidden(*c)) {
        let code = c as u32;
        return bad(format!("có ký tự ẩn hoặc đổi hướng chữ U+{code:04X}"), format!("there is the invisible or bidirectional character U+{code:04X}"));
    }
    if has_tag(text) {
        return bad("có mã HTML".to_owned(), "there is HTML".to_owned());
    }
    if is_address(place) && !["http://", "https://"].iter().any(|scheme| text.starts_with(scheme)) && text.contains(':') {
        return bad(format!("địa chỉ “{text}” không phải http, https"), format!("the address `{text}` is neither http nor https"));
    }
    Ok(())
}

/// Fields that become links.
fn is_address(place: &str) -> bool {
    ["website", "online_url", "url"].iter().any(|name| place.rsplit('.').next() == Some(name))
}

/// Control characters but the end of a line and a tab, marks of direction, characters of no width, those of no meaning.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFF}')
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..='\u{10FFFF}')
}

/// `<a`, `</a`, `<!--`, `<?`; an address in angle brackets is Markdown.
fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) && !rest.starts_with("http://") && !rest.starts_with("https://")
    })
}
