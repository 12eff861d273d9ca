//! What templates may do with a value: dates, numbers, labels, filled sentences.

use std::sync::Arc;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::Words;
use super::words::{Piece, pieces};
use crate::domain::{Date, decimal, grouped, long_date};
use crate::markdown::{escape, is_safe_link};

/// Registers all filters; must come before the templates that use them.
pub(super) fn register(tera: &mut Tera, vi: &Arc<Words>, en: &Arc<Words>) {
    tera.register_filter("date", date);
    tera.register_filter("number", number);
    tera.register_filter("decimal", decimals);
    tera.register_filter("percent", percent);
    tera.register_filter("file_size", file_size);
    tera.register_filter("fill", fill);
    tera.register_filter("link", link);
    let (vi_labels, en_labels) = (vi.clone(), en.clone());
    tera.register_filter("label", move |value: &str, arguments: Kwargs, state: &State| -> TeraResult<String> {
        let list = arguments.must_get::<&str>("list")?;
        let words = if is_english(state)? { &en_labels } else { &vi_labels };
        Ok(words.label(list, value).to_owned())
    });
    let (vi_fields, en_fields) = (vi.clone(), en.clone());
    tera.register_filter("field", move |name: &str, _: Kwargs, state: &State| -> TeraResult<String> {
        let words = if is_english(state)? { &en_fields } else { &vi_fields };
        match words.field(name) {
            label if label == name => Err(Error::message(format!("no field `{name}` in the label table"))),
            label => Ok(label.to_owned()),
        }
    });
}

fn is_english(state: &State) -> TeraResult<bool> {
    Ok(state.get::<Value>("lang")?.is_some_and(|lang| lang.as_str() == Some("en")))
}

/// `2026-03-05` as `<time datetime="2026-03-05">ngày 05 tháng 3 năm 2026</time>`.
fn date(written: &str, _: Kwargs, state: &State) -> TeraResult<Value> {
    let date: Date = written.parse().map_err(|_| Error::message(format!("`{written}` is not a date")))?;
    let shown = if is_english(state)? { date.strftime("%-d %B %Y").to_string() } else { long_date(date) };
    Ok(Value::safe_string(&format!("<time datetime=\"{date}\">{shown}</time>")))
}

fn number(number: u64, _: Kwargs, _: &State) -> String {
    grouped(number)
}

fn decimals(number: f64, _: Kwargs, _: &State) -> String {
    decimal(number, 2)
}

fn percent(share: f64, _: Kwargs, state: &State) -> TeraResult<String> {
    Ok(if is_english(state)? { format!("{}%", decimal(share, 1).replace(',', ".")) } else { format!("{}%", decimal(share, 1)) })
}

/// A size as people say it: `24 KB`, `1,3 MB`.
fn file_size(bytes: u64, _: Kwargs, _: &State) -> String {
    match bytes {
        0..1_000 => format!("{bytes} byte"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{} MB", decimal(bytes as f64 / 1e6, 1)),
    }
}

/// Fills the gaps `{name}` of a sentence; values that are not marked safe are escaped.
fn fill(sentence: &str, arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let mut filled = String::with_capacity(sentence.len() + 32);
    for piece in pieces(sentence) {
        let value = match piece {
            Piece::Text(text) => {
                filled.push_str(&escape(text));
                continue;
            }
            Piece::Gap(name) => arguments.iter().find(|(known, _)| known.as_str() == Some(name)),
        };
        match (value, piece) {
            (Some((_, value)), _) => filled.push_str(&state.escape_if_needed(value)?),
            (None, Piece::Gap(name)) => filled.push_str(&escape(&format!("{{{name}}}"))),
            (None, Piece::Text(_)) => {}
        }
    }
    Ok(Value::safe_string(&filled))
}

/// An address from content: nothing but http, https, mailto, tel or a path gets through.
fn link(target: StringInput, _: Kwargs, _: &State) -> String {
    if is_safe_link(target.as_str()) { target.as_str().to_owned() } else { "#".to_owned() }
}
