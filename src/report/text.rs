//! Diagnostics for people: message, place, the line with a caret, clause, what to do.

use std::collections::BTreeMap;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin as Place, Renderer, Snippet};

use super::{Located, Related, one_line};
use crate::diagnostic::{Lang, MOST_TOLD, Severity};

/// Problems of one rule in one file that are shown one by one.
const MOST_ALIKE: usize = 200;

/// Longest stretch of a source line that is shown, in characters.
const EXCERPT_CHARACTERS: usize = 160;

/// Prints each diagnostic and an empty line after it.
pub fn print(located: &[Located<'_>], lang: Lang, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let renderer = Renderer::styled().term_width(width.max(60));
    let mut told: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for located in located {
        let count = told.entry((&located.diagnostic.origin.file, located.diagnostic.rule.id)).or_default();
        *count += 1;
        if *count <= MOST_ALIKE {
            writeln!(out, "{}\n", renderer.render(&[group(located, lang)]))?;
        }
    }
    for ((file, rule), count) in told.into_iter().filter(|(_, count)| *count > MOST_ALIKE) {
        let (more, file) = (count - MOST_ALIKE, one_line(file));
        let (at_least_vi, at_least_en) = if count >= MOST_TOLD { ("ít nhất ", "at least ") } else { ("", "") };
        match lang {
            Lang::Vi => writeln!(out, "… và {at_least_vi}{more} chỗ nữa trong {file} cũng như vậy ({rule}); xem đủ bằng  --format json\n")?,
            Lang::En => writeln!(out, "… and {at_least_en}{more} more like this in {file} ({rule}); all of them with  --format json\n")?,
        }
    }
    Ok(())
}

fn group<'a>(located: &'a Located<'_>, lang: Lang) -> Group<'a> {
    let diagnostic = located.diagnostic;
    let title = level(diagnostic.severity, lang).primary_title(one_line(diagnostic.message.get(lang))).id(diagnostic.rule.id);
    let mut group = match located.line {
        Some(line) => title.element(excerpt(located, line)),
        None => title.element(place(&diagnostic.origin.file, located.region.line, located.region.column)),
    };
    let words = |vi: &'static str, en: &'static str| if lang == Lang::Vi { vi } else { en };
    for Related { origin, region, text, is_shipped } in &located.related {
        let place = match is_shipped {
            true => words("bảng có sẵn trong congbo", "a table that comes with congbo").to_owned(),
            false => format!("{}:{}:{}", one_line(&origin.file), region.line, region.column),
        };
        group = group.element(Level::NOTE.with_name(words("xem", "see")).message(format!("{place}: {}", one_line(text.get(lang)))));
    }
    if let Some(basis) = diagnostic.rule.basis {
        group = group.element(Level::NOTE.with_name(words("căn cứ", "basis")).message(basis));
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.with_name(words("cách sửa", "fix")).message(visible_lines(hint.get(lang))));
    }
    group
}

/// The line in question with a caret under the place.
fn excerpt<'a>(located: &'a Located<'_>, line: &'a str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let shown: String = one_line(&line.chars().take(EXCERPT_CHARACTERS).collect::<String>());
    let byte_of = |column: u32| shown.char_indices().nth(column as usize - 1).map_or(shown.len(), |(at, _)| at);
    let start = byte_of(located.region.column);
    let end = byte_of(located.region.end_column.min(EXCERPT_CHARACTERS as u32 + 1)).max(start);
    Snippet::source(shown)
        .line_start(located.region.line as usize)
        .path(one_line(&located.diagnostic.origin.file))
        .annotation(AnnotationKind::Primary.span(start..end))
}

fn place<'a>(file: &str, line: u32, column: u32) -> Place<'a> {
    Place::path(one_line(file)).line(line as usize).char_column(column as usize)
}

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
    };
    level.with_name(severity.name(lang))
}

/// Hints may have several lines; each loses its control characters.
fn visible_lines(text: &str) -> String {
    text.lines().map(one_line).collect::<Vec<_>>().join("\n")
}
