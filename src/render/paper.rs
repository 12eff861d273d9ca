//! A paper in the frame of NĐ 30/2020/NĐ-CP, Phụ lục I, before it is HTML, PDF, DOCX or Markdown: who issues it, its
//! title, its blocks in order, its annex. Every format shows the same model, and a fingerprint is taken of it.

mod docx;
mod markdown;
mod qr;

use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};

pub use docx::docx;
pub use markdown::markdown;
pub(super) use qr::svg as qr_svg;

use crate::markdown::{TextPart, outline};
use crate::source::hex;

/// A paper. Texts are as they are printed; capitals are the model's, so that all formats agree.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Paper {
    /// Name of the document, for the title of a file.
    pub name: String,
    /// The agency above the issuer, where the paper names it.
    pub superior: Option<String>,
    pub issuer: String,
    /// `Số: …/QĐ-UBND`; a sheet has none.
    pub number: Option<String>,
    pub place_and_date: Option<String>,
    /// What says that it is not signed: `DỰ THẢO`.
    pub draft_mark: Option<String>,
    /// What kind of paper it is, in capitals.
    pub kind: String,
    pub subject: String,
    /// Where a sheet was taken from; the recipient of a notice.
    pub below_subject: Option<String>,
    pub parts: Vec<Arc<[Block]>>,
    /// Where a decision is signed; a sheet is not.
    pub closing: Option<Closing>,
    pub annex: Option<Annex>,
    /// How to see whether a sheet is the current one.
    pub check: Option<Check>,
}

/// A block of a paper. What is a fact of the content is apart from the words of the program around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// `a) Trình tự thực hiện`: words of the program.
    Heading {
        /// What the point is about, whatever a theme calls it.
        #[serde(skip)]
        key: &'static str,
        mark: String,
        title: String,
    },
    /// A case, or a heading inside of a text: a fact.
    Subheading {
        text: String,
    },
    Text {
        text: String,
    },
    /// A basis of a decision: on a line of its own, slanted.
    Basis {
        text: String,
    },
    /// In the middle, bold: who decides, and that he does.
    Middle {
        text: String,
    },
    /// `Điều 1. …`
    Article {
        mark: String,
        text: String,
    },
    /// Words of the program.
    Note {
        text: String,
    },
    Field {
        #[serde(skip)]
        key: &'static str,
        label: String,
        text: String,
    },
    Point {
        depth: usize,
        mark: String,
        text: String,
    },
    Table {
        name: String,
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
    },
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    pub title: String,
    /// Its share of the width, in percent.
    pub share: u8,
    /// Whether it holds numbers and short codes, which stand in the middle.
    pub is_narrow: bool,
}

/// The end of a paper that is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closing {
    pub title: String,
    pub recipients: Vec<String>,
    /// `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    pub authority: Vec<String>,
    pub signer: Option<String>,
}

/// An annex, on pages of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Annex {
    pub title: String,
    pub subject: String,
    /// The paper that it comes with.
    pub of: String,
    pub blocks: Vec<Block>,
}

/// What a sheet says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// `Mã kiểm tra`, and the code.
    pub label: String,
    pub fingerprint: String,
    /// What to do, or why there is no address.
    pub text: String,
    pub address: Option<String>,
    /// The address as a QR code, in SVG.
    pub qr: Option<String>,
    /// What the code is, for those who do not see it.
    pub alt: String,
    /// When the content was looked at; no part of the fingerprint.
    pub reviewed: Option<String>,
}

impl Column {
    /// A column of texts that takes a share of the width.
    pub fn new(title: &str, share: u8) -> Self {
        Self { title: title.to_owned(), share, is_narrow: false }
    }

    /// A column of numbers or codes.
    pub fn narrow(title: &str, share: u8) -> Self {
        Self { is_narrow: true, ..Self::new(title, share) }
    }
}

/// The national name and motto: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục I, khoản 1.
pub(super) const COUNTRY: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
pub(super) const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

impl Paper {
    /// Every line in the order of reading, without the repeated heads of tables and the numbers of pages.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.draft_mark.iter().cloned().collect();
        lines.extend(self.superior.iter().cloned());
        lines.extend([self.issuer.clone()]);
        lines.extend(self.number.clone());
        lines.extend([COUNTRY.to_owned(), MOTTO.to_owned()]);
        lines.extend(self.place_and_date.clone());
        lines.extend([self.kind.clone(), self.subject.clone()]);
        lines.extend(self.below_subject.clone());
        if let Some(Check { label, fingerprint, text, address, reviewed, .. }) = &self.check {
            lines.extend([text.clone()]);
            lines.extend(address.clone());
            lines.push(format!("{label}: {fingerprint}"));
            lines.extend(reviewed.clone());
        }
        self.blocks().for_each(|block| lines.extend(block.lines()));
        if let Some(Closing { title, recipients, authority, signer }) = &self.closing {
            lines.push(title.clone());
            lines.extend(recipients.iter().cloned());
            lines.extend(authority.iter().cloned());
            lines.extend(signer.clone());
        }
        if let Some(Annex { title, subject, of, blocks }) = &self.annex {
            lines.extend([title.clone(), subject.clone(), of.clone()]);
            blocks.iter().for_each(|block| lines.extend(block.lines()));
        }
        lines
    }

    fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.parts.iter().flat_map(|part| part.iter())
    }
}

impl Block {
    fn lines(&self) -> Vec<String> {
        match self {
            Self::Heading { mark, title: text, .. } | Self::Article { mark, text } | Self::Point { mark, text, .. } => vec![marked(mark, text)],
            Self::Subheading { text } | Self::Text { text } | Self::Basis { text } | Self::Middle { text } | Self::Note { text } => vec![text.clone()],
            Self::Field { label, text, .. } => vec![format!("{label}: {text}")],
            Self::Table { columns, rows, .. } => {
                columns.iter().map(|column| column.title.clone()).chain(rows.iter().flatten().cloned()).filter(|text| !text.is_empty()).collect()
            }
        }
    }

    /// What it says that the content says: not the words around it, which a theme may change.
    fn facts(&self) -> Vec<&str> {
        match self {
            Self::Note { .. } | Self::Middle { .. } => Vec::new(),
            Self::Heading { key, .. } => vec!["heading", key],
            Self::Field { key, text, .. } => vec!["field", key, text],
            Self::Subheading { text } => vec!["subheading", text],
            Self::Text { text } | Self::Basis { text } | Self::Article { text, .. } => vec!["text", text],
            Self::Point { text, depth, .. } => vec![["point", "second point", "third point"][(*depth).min(2)], text],
            Self::Table { rows, .. } => rows.iter().flat_map(|row| std::iter::once("row").chain(row.iter().map(String::as_str))).collect(),
        }
    }
}

/// A text behind its mark.
pub(super) fn marked(mark: &str, text: &str) -> String {
    if mark.is_empty() { text.to_owned() } else { format!("{mark} {text}") }
}

/// A text of the content as blocks.
pub(super) fn text_blocks(text: &str, table_name: &str) -> Vec<Block> {
    let block = |part| match part {
        TextPart::Heading(text) => Block::Subheading { text },
        TextPart::Paragraph(text) => Block::Text { text },
        TextPart::Point { depth, mark, text } => Block::Point { depth, mark, text },
        TextPart::Table { header, rows } => {
            let share = u8::try_from(100 / header.len().max(1)).unwrap_or(1);
            Block::Table { name: table_name.to_owned(), columns: header.iter().map(|title| Column::new(title, share)).collect(), rows }
        }
    };
    outline(text).into_iter().map(block).collect()
}

/// SHA-256 of the facts of some blocks.
pub(super) fn facts_digest(blocks: &[Block]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for fact in blocks.iter().flat_map(Block::facts) {
        hasher.update((fact.len() as u64).to_le_bytes());
        hasher.update(fact);
    }
    hasher.finalize().into()
}

/// The fingerprint that a sheet shows: the first eight letters of the SHA-256 over what it says, `3f2a-91c0`. It
/// changes when a fact does; not with the address, the date of a review or the wording of a label.
pub(super) fn fingerprint(head: &[&str], parts: &[[u8; 32]]) -> String {
    let mut hasher = Sha256::new();
    for text in head {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text);
    }
    parts.iter().for_each(|part| hasher.update(part));
    let letters = hex(&hasher.finalize()[..4]);
    format!("{}-{}", &letters[..4], &letters[4..])
}
