//! What is wrong: rules and the problems they find, in Vietnamese and English. Printing is in `report.rs`.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::origin::Origin;

/// Problems of one kind in one file that are told; a file with more of them is not a file with mistakes but another one.
pub const MOST_TOLD: usize = 1_000;

/// How bad a problem is. Errors stop a build; warnings and information do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    Information,
    Warning,
    Error,
}

impl Severity {
    /// The word used in `site.yaml`, JSON and SARIF.
    pub fn key(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The word that people read.
    pub fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Error, Lang::Vi) => "lỗi",
            (Self::Warning, Lang::Vi) => "cảnh báo",
            (Self::Information, Lang::Vi) => "thông tin",
            (severity, Lang::En) => severity.key(),
        }
    }
}

/// A sentence in both languages of the program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    pub vi: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

impl Text {
    /// From texts made at run time.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: Cow::Owned(vi.into()), en: Cow::Owned(en.into()) }
    }

    /// From texts known when the program is compiled.
    pub const fn fixed(vi: &'static str, en: &'static str) -> Self {
        Self { vi: Cow::Borrowed(vi), en: Cow::Borrowed(en) }
    }

    /// The text in the language asked for.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// Language of messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Vi,
    En,
}

/// A kind of problem. Its id names the wrong thing and is never renamed after a release.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    pub id: &'static str,
    pub severity: Severity,
    pub summary: Text,
    /// The clause behind it, as officers cite it; `None` where no law stands behind the rule.
    pub basis: Option<&'static str>,
}

/// One problem at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub rule: &'static Rule,
    pub severity: Severity,
    pub message: Text,
    pub origin: Origin,
    /// Other places that take part in the problem.
    pub related: Vec<(Origin, Text)>,
    /// What to do about it.
    pub hints: Vec<Text>,
}

impl Diagnostic {
    /// A problem of `rule` at its default level.
    pub fn new(rule: &'static Rule, origin: Origin, message: Text) -> Self {
        Self { rule, severity: rule.severity, message, origin, related: Vec::new(), hints: Vec::new() }
    }

    /// The same problem at another level.
    #[must_use]
    pub fn level(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hints.push(hint);
        self
    }

    /// Adds another place that takes part in the problem.
    #[must_use]
    pub fn related(mut self, origin: Origin, text: Text) -> Self {
        self.related.push((origin, text));
        self
    }
}

/// Longest word that is compared with others, in bytes: no name is longer, and comparing grows with both lengths.
const LONGEST_WORD: usize = 400;

/// The nearest of `names` to `word`, if it is near enough to be meant.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let is_near = |distance: usize, name: &str| distance <= (name.chars().count().max(word.chars().count()) / 3).max(1);
    // Among equally near ones the one that begins alike is meant: `vn` is `vi` rather than `en`.
    let likeness = |name: &str| (strsim::jaro_winkler(word, name) * 1000.0) as u32;
    names
        .into_iter()
        .filter(|name| name.len() <= LONGEST_WORD)
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, name)| is_near(*distance, name))
        .min_by_key(|(distance, name)| (*distance, std::cmp::Reverse(likeness(name)), *name))
        .map(|(_, name)| name)
}
