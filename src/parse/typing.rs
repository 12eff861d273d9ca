//! What was typed wrong where the text is not YAML: the slip of an officer rather than what the parser met,
//! and the line as it should be.

use serde_yaml::granit_parser::ErrorKind;

use super::line::{Entry, balance, entry, field_at_start, in_quotes, is_content, is_field, is_list_mark, missing_comma, wrong_mark};
use crate::diagnostic::Text;

/// A slip, and where it is.
pub struct Slip {
    /// Index of the line, from 0.
    pub line: usize,
    /// Whether the whole line is meant rather than the place that the parser met.
    pub is_whole_line: bool,
    pub message: Text,
    pub hint: Text,
}

/// A text that could not be read to its end.
pub struct Broken<'a> {
    /// The lines up to one after the line that the parser met.
    pub lines: &'a [&'a str],
    /// Index of the line that the parser met, from 0.
    pub met: usize,
    /// Whether the text ends in the middle of a line, as a file does that was copied in part.
    pub is_cut: bool,
}

/// Longest line that is written out again in a hint, in bytes.
const LONGEST_SHOWN: usize = 500;

/// Lines before the one that the parser met in which its cause is looked for.
const LOOK_BACK: usize = 3;

impl<'a> Broken<'a> {
    /// The slip behind an error of the parser.
    pub fn slip(&self, kind: &ErrorKind) -> Slip {
        let looks: [fn(&Self) -> Option<Slip>; 8] = [
            Self::conflict_mark,
            Self::tab,
            Self::odd_space,
            Self::list_mark,
            Self::mark_at_key,
            Self::colon,
            Self::missing_colon,
            Self::indented_from_the_start,
        ];
        looks.into_iter().find_map(|look| look(self)).unwrap_or_else(|| self.by_kind(kind))
    }

    fn written(&self) -> &'a str {
        self.lines.get(self.met).copied().unwrap_or("")
    }

    /// The lines near the one that was met, the nearest first.
    fn near(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let last = self.met.min(self.lines.len().saturating_sub(1));
        (last.saturating_sub(LOOK_BACK)..=last).rev().filter_map(|at| Some((at, *self.lines.get(at)?)))
    }

    fn conflict_mark(&self) -> Option<Slip> {
        let at = self.lines.iter().position(|line| ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)))?;
        Some(whole(
            at,
            "còn dấu xung đột khi ghép tệp (<<<<<<<, =======, >>>>>>>)",
            "merge conflict marks are left (<<<<<<<, =======, >>>>>>>)",
            "giữ lại phần đúng, xóa phần kia và xóa cả ba dòng dấu",
            "keep the right part, delete the other one and the three lines of marks",
        ))
    }

    fn tab(&self) -> Option<Slip> {
        let leads_with_tab = |line: &&str| line.chars().take_while(|c| c.is_whitespace()).any(|c| c == '\t');
        let at = self.lines.iter().position(leads_with_tab)?;
        Some(whole(
            at,
            "dòng này thụt vào bằng phím Tab",
            "this line is indented with a tab",
            "xóa Tab, thụt vào bằng dấu cách, mỗi cấp 2 dấu cách",
            "delete the tab and indent with spaces, two for each level",
        ))
    }

    fn odd_space(&self) -> Option<Slip> {
        let leads_oddly = |line: &&str| line.chars().take_while(|c| c.is_whitespace()).any(|c| !matches!(c, ' ' | '\t' | '\n'));
        let at = self.lines.iter().position(leads_oddly)?;
        Some(whole(
            at,
            "dòng này thụt vào bằng dấu cách đặc biệt, chép từ Word hoặc trang web",
            "this line is indented with special spaces, copied from Word or a web page",
            "xóa phần trống ở đầu dòng rồi gõ lại bằng phím dấu cách, mỗi cấp 2 dấu cách",
            "delete the blank part before the text and type it again with the space bar, two for each level",
        ))
    }

    /// `-code:`, `– code:`, `• code:`
    fn list_mark(&self) -> Option<Slip> {
        self.near().find_map(|(at, line)| {
            let written = line.trim_start();
            if let Some(rest) = written.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_alphabetic() || c == '"')) {
                let hint = (format!("ghi  - {rest}"), format!("write  - {rest}"));
                return Some(made(at, ("sau dấu gạch đầu dòng chưa có dấu cách".to_owned(), "a space is missing after the - of a list item".to_owned()), hint));
            }
            let mark = written.chars().next().filter(|mark| is_list_mark(*mark))?;
            let rest = written.trim_start_matches(mark).trim_start();
            Some(made(at, wrong_mark(mark), (format!("ghi  - {rest}"), format!("write  - {rest}"))))
        })
    }

    /// `**address**: …`
    fn mark_at_key(&self) -> Option<Slip> {
        let (at, line) = (self.met, self.written());
        let bare = line.trim().replace('*', "");
        let key = bare.split(':').next().filter(|key| line.trim_start().starts_with('*') && is_field(key))?;
        let right = line.trim().replacen(&line.trim()[..line.trim().find(':')?], key, 1);
        Some(made(
            at,
            ("tên mục không được có dấu *".to_owned(), "the name of a field has no * around it".to_owned()),
            (format!("ghi  {right}"), format!("write  {right}")),
        ))
    }

    /// `address:Thôn Mẫu`, `address：Thôn Mẫu`
    fn colon(&self) -> Option<Slip> {
        self.near().find_map(|(at, line)| {
            let (_, key, rest) = field_at_start(line)?;
            let wide = rest.trim_start().chars().next().filter(|c| matches!(c, '：' | '﹕' | '∶' | '꞉'));
            let value = match wide {
                Some(mark) => rest.trim_start().trim_start_matches(mark),
                None => rest.strip_prefix(':').filter(|value| !value.starts_with([' ', ':', '/']) && !value.is_empty())?,
            };
            let right = format!("{key}: {}", value.trim());
            let message = match wide {
                Some(mark) => (format!("dấu “{mark}” sau {key} không phải dấu hai chấm thường"), format!("`{mark}` after {key} is not an ordinary colon")),
                None => (format!("sau {key} và dấu hai chấm chưa có dấu cách"), format!("a space is missing after {key} and its colon")),
            };
            Some(made(at, message, (format!("ghi  {right}"), format!("write  {right}"))))
        })
    }

    /// `address Thôn Mẫu`
    fn missing_colon(&self) -> Option<Slip> {
        self.near().find_map(|(at, line)| {
            let (_, key, rest) = field_at_start(line)?;
            if !rest.starts_with(' ') || rest.contains(": ") || rest.ends_with(':') {
                return None;
            }
            let right = format!("{key}: {}", rest.trim());
            Some(made(
                at,
                (format!("sau {key} chưa có dấu hai chấm"), format!("the colon after {key} is missing")),
                (format!("ghi  {right}"), format!("write  {right}")),
            ))
        })
    }

    /// The first entry is indented and a later one is not.
    fn indented_from_the_start(&self) -> Option<Slip> {
        let at = self.lines.iter().position(|line| is_content(line))?;
        let first = entry(self.lines[at])?;
        let later = entry(self.written())?;
        let is_deeper = at < self.met && self.lines[at].starts_with(' ') && later.lead < first.lead && self.lines[self.met].trim_start().starts_with(later.key);
        is_deeper.then(|| {
            let right = self.lines[at].trim();
            made(
                at,
                ("mục ngoài cùng không được thụt vào".to_owned(), "an outermost field must not be indented".to_owned()),
                (format!("xóa dấu cách ở đầu dòng, ghi sát lề trái  {right}"), format!("delete the spaces before it, write from the left edge  {right}")),
            )
        })
    }

    fn by_kind(&self, kind: &ErrorKind) -> Slip {
        use ErrorKind as K;
        let written = self.written();
        if let Some(slip) = entry(written).and_then(|entry| self.special_value(&entry)) {
            return slip;
        }
        match kind {
            K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar | K::InvalidQuotedScalarIndent => self.open_quote(),
            K::MappingValueNotAllowed | K::InvalidColonPlacement if self.colon_in_text().is_some() => {
                self.colon_in_text().unwrap_or_else(|| self.indentation())
            }
            K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => self.text_after_quote(),
            _ if missing_comma(written).is_some() => self.comma(),
            _ if self.open_brackets().is_some() => self.brackets(),
            K::ExpectedBlockMappingKey | K::MappingValueNotAllowed if written.trim_start().starts_with(['"', '\'']) || written.contains(": \"") => {
                self.text_after_quote()
            }
            _ if self.continues_above().is_some() => self.continuation(),
            K::ExpectedBlockMappingKey | K::ExpectedBlockSequenceEntry | K::InvalidIndentation | K::BlockSequenceEntryNotAllowed => self.indentation(),
            K::MappingKeyNotAllowed | K::MappingValueNotAllowed | K::SimpleKeyExpected | K::InvalidSimpleKey | K::InvalidBlockScalarIndent => {
                self.indentation()
            }
            _ => Slip {
                line: self.met,
                is_whole_line: false,
                message: Text::fixed("sai cú pháp ở gần đây", "the syntax is wrong near here"),
                hint: Text::fixed(
                    "mỗi dòng có dạng  tên: giá trị ; giá trị có ký tự đặc biệt thì đặt trong dấu nháy kép",
                    "each line has the form  name: value ; put values with special characters in double quotes",
                ),
            },
        }
    }

    /// `note: @xamau`, `note: [Một cửa] ở tầng 1`
    fn special_value(&self, entry: &Entry<'_>) -> Option<Slip> {
        let first = entry.value.chars().next()?;
        let is_special = matches!(first, '@' | '`' | '%' | '!' | '*' | '&' | '|' | '>') && !matches!(entry.value, "|" | ">" | "|-" | ">-" | "|+" | ">+");
        let goes_on = match first {
            '[' => entry.value.rfind(']'),
            '{' => entry.value.rfind('}'),
            _ => None,
        }
        .is_some_and(|end| end + 1 < entry.value.len() && !entry.value[end + 1..].trim_start().starts_with('#'));
        if !is_special && !goes_on {
            return None;
        }
        let right = format!("{}: {}", entry.key, in_quotes(entry.value));
        Some(made(
            self.met,
            (
                format!("giá trị bắt đầu bằng dấu {first} nên phải đặt trong dấu nháy kép"),
                format!("a value that begins with {first} must stand in double quotes"),
            ),
            (format!("ghi  {right}"), format!("write  {right}")),
        ))
    }

    fn open_quote(&self) -> Slip {
        let last = self.met.min(self.lines.len().saturating_sub(1));
        let at = (0..=last).rev().find(|&at| self.lines[at].matches('"').count() % 2 == 1).unwrap_or(last);
        if self.is_cut && at + 1 >= self.lines.len() {
            return cut(at);
        }
        let general = ("thêm dấu nháy ở cuối giá trị".to_owned(), "add a quote at the end of the value".to_owned());
        let hint = entry(self.lines[at]).filter(|entry| entry.value.starts_with('"')).map_or(general, |entry| {
            let right = format!("{}: {}\"", entry.key, entry.value);
            (format!("ghi  {right}"), format!("write  {right}"))
        });
        made(at, ("thiếu dấu nháy đóng".to_owned(), "a closing quote is missing".to_owned()), hint)
    }

    fn colon_in_text(&self) -> Option<Slip> {
        let entry = entry(self.written()).filter(|entry| entry.value.contains(": ") && !entry.value.starts_with(['"', '\'', '{', '[']))?;
        let right = format!("{}: {}", entry.key, in_quotes(entry.value));
        Some(made(
            self.met,
            ("giá trị có dấu hai chấm nên phải đặt trong dấu nháy kép".to_owned(), "a value with a colon must stand in double quotes".to_owned()),
            (format!("ghi  {right}"), format!("write  {right}")),
        ))
    }

    fn text_after_quote(&self) -> Slip {
        let general = (
            "đặt cả giá trị trong một cặp nháy kép; bên trong dùng nháy cong “ ”".to_owned(),
            "put the whole value in one pair of double quotes; inside use curly quotes".to_owned(),
        );
        let hint = entry(self.written()).filter(|entry| entry.value.starts_with(['"', '\''])).map_or(general, |entry| {
            let right = format!("{}: {}", entry.key, in_quotes(entry.value));
            (format!("bên trong dùng nháy cong, ghi  {right}"), format!("use curly quotes inside, write  {right}"))
        });
        made(
            self.met,
            ("dấu nháy đóng nằm ở giữa, phía sau vẫn còn chữ".to_owned(), "there is text after the closing quote, or a quote inside the value".to_owned()),
            hint,
        )
    }

    fn comma(&self) -> Slip {
        let (before, name) = missing_comma(self.written()).unwrap_or_default();
        let (head, tail) = self.written().split_at(before);
        let right = format!("{}, {}", head.trim(), tail.trim());
        made(
            self.met,
            (format!("thiếu dấu phẩy trước {name}"), format!("a comma is missing before {name}")),
            (format!("ghi  {right}"), format!("write  {right}")),
        )
    }

    /// The last line before the error that opens more brackets than it closes, or closes one too many.
    fn open_brackets(&self) -> Option<usize> {
        let last = self.met.min(self.lines.len().checked_sub(1)?);
        let is_open_before = self.lines[..=last].iter().map(|line| balance(line)).sum::<i32>() != 0;
        is_open_before.then(|| (0..=last).rev().find(|&at| balance(self.lines[at]) != 0)).flatten()
    }

    fn brackets(&self) -> Slip {
        let at = self.open_brackets().unwrap_or(self.met);
        let line = self.lines.get(at).copied().unwrap_or("").trim();
        if self.is_cut && at + 1 >= self.lines.len() {
            return cut(at);
        }
        let opens = |open: char, close: char| line.matches(open).count() as i32 - line.matches(close).count() as i32;
        let (missing, right) = match (opens('[', ']'), opens('{', '}')) {
            (1, 0) => ("]", format!("{line}]")),
            (0, 1) => ("}", format!("{line} }}")),
            _ => {
                return made(
                    at,
                    (
                        "thiếu hoặc nhầm dấu ngoặc đóng ] hoặc }, hoặc thiếu dấu phẩy".to_owned(),
                        "a closing bracket ] or } or a comma is missing or wrong".to_owned(),
                    ),
                    (
                        "kiểm tra từng cặp ngoặc; giữa hai mục trong ngoặc phải có dấu phẩy".to_owned(),
                        "check every pair of brackets; items inside brackets are separated by commas".to_owned(),
                    ),
                );
            }
        };
        made(
            at,
            (format!("thiếu dấu ngoặc đóng {missing}"), format!("the closing bracket {missing} is missing")),
            (format!("ghi  {right}"), format!("write  {right}")),
        )
    }

    /// The line above, where the line that was met goes on with its value.
    fn continues_above(&self) -> Option<(usize, Entry<'a>)> {
        let line = self.written();
        if entry(line).is_some() || line.trim().is_empty() || line.trim_start().starts_with("- ") {
            return None;
        }
        let at = (0..self.met).rev().find(|&at| is_content(self.lines[at]))?;
        entry(self.lines[at]).filter(|entry| !entry.value.is_empty()).map(|entry| (at, entry))
    }

    fn continuation(&self) -> Slip {
        if self.is_cut && self.met + 1 >= self.lines.len() {
            return cut(self.met);
        }
        let Some((at, above)) = self.continues_above() else { return self.indentation() };
        let value = above.value.trim_end_matches(['"', '\'']);
        let whole = format!("{value} {}", self.written().trim());
        let right = if value.starts_with(['"', '\'']) { in_quotes(&format!("{whole}\"")) } else { whole };
        let number = at + 1;
        made(
            self.met,
            (
                format!("dòng này là phần tiếp của {}, nhưng không nối được với dòng trên", above.key),
                format!("this line goes on with {}, but can't be joined to line {number} of the fields", above.key),
            ),
            (format!("ghi cả giá trị trên một dòng:  {}: {right}", above.key), format!("write the value on one line:  {}: {right}", above.key)),
        )
    }

    fn indentation(&self) -> Slip {
        if self.is_cut && self.met + 1 >= self.lines.len() && !self.written().contains(':') {
            return cut(self.met);
        }
        let message = Text::fixed("dòng này thụt vào không khớp với các dòng trên", "the indentation of this line does not fit the lines above");
        let above = (0..self.met).rev().find(|&at| is_content(self.lines[at])).and_then(|at| entry(self.lines[at]));
        let own = entry(self.written());
        let hint = match (above, own) {
            (Some(above), Some(own)) if !above.value.is_empty() && own.lead > above.lead && !self.written().trim_start().starts_with('-') => {
                let (place_vi, place_en) = match above.lead {
                    0 => ("sát lề trái".to_owned(), "from the left edge".to_owned()),
                    count => (format!("sau {count} dấu cách"), format!("after {count} spaces")),
                };
                Text::new(
                    format!("viết {} thẳng cột với {}: {place_vi}", own.key, above.key),
                    format!("write {} in the column of {}: {place_en}", own.key, above.key),
                )
            }
            _ => Text::fixed(
                "các mục cùng cấp phải thẳng cột với nhau; mỗi cấp con thụt thêm 2 dấu cách; sau dấu hai chấm có một dấu cách",
                "entries of one level start in the same column; each level below is two spaces further; a space follows the colon",
            ),
        };
        Slip { line: self.met, is_whole_line: true, message, hint }
    }
}

/// A line `key: #12`: what follows the mark is a remark, and the field has no value. `line` is that of a key without one.
pub fn hidden_by_mark(lines: &[&str], line: usize) -> Option<Slip> {
    let (_, key, rest) = field_at_start(lines.get(line)?)?;
    let value = rest.strip_prefix(':')?.trim_start();
    let is_hidden = value.starts_with('#') && value[1..].starts_with(|c: char| c.is_alphanumeric());
    is_hidden.then(|| {
        let right = format!("{key}: {}", in_quotes(value));
        made(
            line,
            (
                format!("sau dấu # là lời ghi chú, nên mục {key} thành ra chưa có giá trị"),
                format!("what follows # is a remark, so the field {key} has no value"),
            ),
            (format!("ghi  {right}"), format!("write  {right}")),
        )
    })
}

fn cut(line: usize) -> Slip {
    whole(
        line,
        "tệp dừng giữa chừng ở dòng này, có lẽ chưa chép hoặc tải lên xong",
        "the file stops in the middle of this line; it may have been copied in part",
        "chép lại cả tệp từ bản gốc; nếu đang soạn dở thì viết nốt dòng này",
        "copy the whole file again; if it is still being written, finish this line",
    )
}

fn whole(line: usize, vi: &'static str, en: &'static str, hint_vi: &'static str, hint_en: &'static str) -> Slip {
    Slip { line, is_whole_line: true, message: Text::fixed(vi, en), hint: Text::fixed(hint_vi, hint_en) }
}

fn made(line: usize, message: (String, String), hint: (String, String)) -> Slip {
    let hint = match hint.0.len() <= LONGEST_SHOWN {
        true => Text::new(hint.0, hint.1),
        false => Text::fixed("mỗi dòng có dạng  tên: giá trị ; sửa lại dòng này", "each line has the form  name: value ; correct this line"),
    };
    Slip { line, is_whole_line: true, message: Text::new(message.0, message.1), hint }
}
