//! Markdown texts: what was written and what was found in it. Turning it into HTML is in `markdown.rs`.

use std::sync::Arc;

use crate::origin::Origin;

/// A Markdown text that is safe to show, and where it was written.
#[derive(Debug, Clone)]
pub struct Markdown {
    pub text: Arc<str>,
    pub origin: Origin,
    /// Line of the file on which it begins, from 1; `None` inside a YAML value.
    pub first_line: Option<u32>,
    /// What was found in it; most short texts have nothing.
    pub findings: Option<Box<MarkdownFindings>>,
}

/// What a text links to, and what in it is not let through.
#[derive(Debug, Clone, Default)]
pub struct MarkdownFindings {
    pub links: Vec<MarkdownLink>,
    pub problems: Vec<MarkdownProblem>,
}

impl Markdown {
    /// Every link and image.
    pub fn links(&self) -> &[MarkdownLink] {
        self.findings.as_ref().map_or(&[], |findings| &findings.links)
    }

    /// Everything that is not let through.
    pub fn problems(&self) -> &[MarkdownProblem] {
        self.findings.as_ref().map_or(&[], |findings| &findings.problems)
    }

    /// The place of a byte of the text.
    pub fn origin_at(&self, offset: usize) -> Origin {
        let Some(first_line) = self.first_line else { return self.origin.clone() };
        let before = &self.text[..offset.min(self.text.len())];
        let line = before.bytes().filter(|byte| *byte == b'\n').count() as u32;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32;
        self.origin.at(first_line + line, column + 1)
    }
}

/// A link or an image of a Markdown text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownLink {
    pub target: String,
    /// Where it begins, in bytes of the text.
    pub offset: usize,
}

/// Something in a Markdown text that is not let through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownProblem {
    pub kind: MarkdownProblemKind,
    /// Where it begins, in bytes of the text.
    pub offset: usize,
}

/// What is wrong with the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkdownProblemKind {
    /// HTML, shown as text.
    RawHtml,
    /// A link whose scheme is not one of http, https, mailto, tel.
    UnsafeLink(String),
    /// An image from another site.
    ExternalImage(String),
    ImageWithoutAlternative,
    HeadingSkipped,
    VagueLinkText(String),
    /// A column without a name, other than the one of row names.
    TableWithoutHeader,
    TooDeep,
}
