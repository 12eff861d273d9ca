//! A problem with its place, in one language: what the JSON format holds and the preview shows.

use serde::{Serialize, Serializer};

use super::{Located, Related};
use crate::diagnostic::{Lang, Severity};

/// A problem, ready to be shown. Its fields in this order are the JSON format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Id of the rule; none for what stands outside of all rules, such as a broken template.
    pub rule: Option<&'static str>,
    #[serde(serialize_with = "severity_key")]
    pub severity: Severity,
    pub message: String,
    /// Path in the project.
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub end_column: u32,
    pub basis: Option<&'static str>,
    pub hints: Vec<String>,
    pub related: Vec<ListedPlace>,
}

/// Another place that takes part in a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedPlace {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub message: String,
}

impl Listed {
    pub(super) fn new(located: &Located<'_>, lang: Lang) -> Self {
        let diagnostic = located.diagnostic;
        Self {
            rule: Some(diagnostic.rule.id),
            severity: diagnostic.severity,
            message: diagnostic.message.get(lang).to_owned(),
            file: diagnostic.origin.file.to_string(),
            line: located.region.line,
            column: located.region.column,
            end_column: located.region.end_column,
            basis: diagnostic.rule.basis,
            hints: diagnostic.hints.iter().map(|hint| hint.get(lang).to_owned()).collect(),
            related: located.related.iter().map(|related| ListedPlace::new(related, lang)).collect(),
        }
    }
}

impl ListedPlace {
    fn new(related: &Related<'_>, lang: Lang) -> Self {
        let Related { origin, region, text, .. } = related;
        Self { file: origin.file.to_string(), line: region.line, column: region.column, message: text.get(lang).to_owned() }
    }
}

fn severity_key<S: Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.key())
}
