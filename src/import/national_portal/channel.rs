//! `Cách thức thực hiện`: blocks of a method, a time limit, fees and a description of several lines.

use super::findings::Findings;
use super::{fee, time_limit};
use crate::domain::vocabulary::SubmissionMethod;
use crate::import::markdown_text::to_markdown;
use crate::import::plain_text::tidy_lines;
use crate::parse::raw::RawChannel;

/// The channels in a text.
pub(super) fn channels(text: &str, findings: &mut Findings<'_>) -> Vec<RawChannel> {
    let mut before = String::new();
    let mut blocks: Vec<Block> = Vec::new();
    for line in text.lines() {
        if let Some(method) = line.strip_prefix("  * Hình thức nộp:") {
            blocks.push(Block { method: method.trim().to_owned(), ..Block::default() });
        } else if let Some(block) = blocks.last_mut() {
            block.add(line);
        } else {
            before.push_str(line);
            before.push('\n');
        }
    }
    if !before.trim().is_empty() {
        findings.keep(&tidy_lines(&before));
    }
    blocks.into_iter().filter_map(|block| block.channel(findings)).collect()
}

/// The lines of one method.
#[derive(Default)]
struct Block {
    method: String,
    limit: String,
    fees: String,
    description: String,
    last: Part,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Part {
    #[default]
    Method,
    Limit,
    Fees,
    Description,
}

impl Block {
    /// A line belongs to the label before it; after `Mô tả:` labels are part of the description.
    fn add(&mut self, line: &str) {
        let labels = [("    Thời hạn giải quyết:", Part::Limit), ("    Phí, lệ phí:", Part::Fees), ("    Mô tả:", Part::Description)];
        let labelled = labels.into_iter().find_map(|(label, part)| line.strip_prefix(label).map(|rest| (part, rest)));
        let words = match labelled {
            Some((part, rest)) if self.last != Part::Description => {
                self.last = part;
                rest
            }
            _ => line,
        };
        let text = match self.last {
            Part::Method | Part::Description => &mut self.description,
            Part::Limit => &mut self.limit,
            Part::Fees => &mut self.fees,
        };
        text.push_str(words);
        text.push('\n');
    }

    fn channel(self, findings: &mut Findings<'_>) -> Option<RawChannel> {
        let Some(method) = method_of(&self.method) else {
            findings.keep(&tidy_lines(&format!("{}\n{}\n{}\n{}", self.method, self.limit, self.fees, self.description)));
            return None;
        };
        let description = Some(tidy_lines(&self.description)).filter(|text| !text.is_empty() && text != "Không có thông tin");
        let (time_limit, description) = time_limit::time_limit(&self.limit, description, findings);
        Some(RawChannel { method, time_limit, fees: fee::fees(&self.fees, findings), note: description.map(|text| to_markdown(&text)) })
    }
}

fn method_of(word: &str) -> Option<SubmissionMethod> {
    match word {
        "ONLINE" => Some(SubmissionMethod::Online),
        "POSTAL" => Some(SubmissionMethod::Postal),
        "DIRECT" => Some(SubmissionMethod::Direct),
        _ => None,
    }
}
