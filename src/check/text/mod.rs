//! Words, dates and links: what the public must not read, and what not everybody could use.

mod abolished_administration;
mod certification_wording;
mod deeply_nested_text;
mod external_resource;
mod future_date;
mod heading_skipped;
mod image_without_alternative;
mod missing_translation;
mod pasted_table;
mod personal_data;
mod raw_html;
mod sample_content;
mod state_secret_mark;
mod table_without_header;
mod title_too_long;
mod unsafe_link;
mod vague_link_text;

use super::{Case, Check, scan};
use crate::diagnostic::{Diagnostic, Rule, Text};
use crate::domain::MarkdownProblemKind;

pub(super) const CHECKS: &[Check] = &[
    (&certification_wording::RULE, certification_wording::check),
    (&personal_data::RULE, personal_data::check),
    (&state_secret_mark::RULE, state_secret_mark::check),
    (&future_date::RULE, future_date::check),
    (&sample_content::RULE, sample_content::check),
    (&pasted_table::RULE, pasted_table::check),
    (&raw_html::RULE, raw_html::check),
    (&unsafe_link::RULE, unsafe_link::check),
    (&external_resource::RULE, external_resource::check),
    (&image_without_alternative::RULE, image_without_alternative::check),
    (&heading_skipped::RULE, heading_skipped::check),
    (&vague_link_text::RULE, vague_link_text::check),
    (&table_without_header::RULE, table_without_header::check),
    (&abolished_administration::RULE, abolished_administration::check),
    (&deeply_nested_text::RULE, deeply_nested_text::check),
    (&title_too_long::RULE, title_too_long::check),
    (&missing_translation::RULE, missing_translation::check),
];

/// Whether one of the rules that look at the text of a catalogue file could find something in it.
pub(super) fn may_tell(text: &str) -> bool {
    sample_content::may_tell(text) || state_secret_mark::may_tell(text) || personal_data::may_tell(text)
}

/// Tells every problem of a kind that the Markdown texts have: `say` gives message and hint.
fn markdown_problems(case: &Case<'_>, rule: &'static Rule, say: fn(&MarkdownProblemKind) -> Option<(Text, Text)>, found: &mut Vec<Diagnostic>) {
    for markdown in &case.markdowns {
        for problem in markdown.problems() {
            if let Some((message, hint)) = say(&problem.kind) {
                found.push(Diagnostic::new(rule, markdown.origin_at(problem.offset), message).hint(hint));
            }
        }
    }
}
