//! Identifiers: each its own type, so that one can't be taken for another.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// National code of an administrative procedure: `1.001193`. Two codes are the same procedure
/// when their first eight characters are; the printed form keeps what follows (`.000.00.00.H55`, `.02`).
#[derive(Debug, Clone)]
pub struct ProcedureCode {
    written: Arc<str>,
    /// The first eight characters as one number, which orders as they do.
    head: u64,
}

impl ProcedureCode {
    /// Length of the part that identifies the procedure, in bytes (all ASCII).
    const KEY_LENGTH: usize = 8;

    /// Reads a code; `None` when it does not have the form `1.001193`, optionally followed by
    /// a long form or a case suffix.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (key, rest) = text.split_at_checked(Self::KEY_LENGTH)?;
        let mut characters = key.chars();
        let is_key = characters.next().is_some_and(|c| ('1'..='9').contains(&c)) && characters.next() == Some('.') && characters.all(|c| c.is_ascii_digit());
        let is_rest = rest.is_empty()
            || (rest.starts_with(['.', '-']) && rest[1..].chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
            // Nine-digit codes are found in the national catalogue (2.009182739).
            || rest.chars().all(|c| c.is_ascii_digit()));
        let head = u64::from_be_bytes(*key.as_bytes().first_chunk()?);
        (is_key && is_rest).then(|| Self { written: text.into(), head })
    }

    /// The part that identifies the procedure: `1.001193`.
    pub fn key(&self) -> &str {
        if self.further_digits().is_empty() { &self.written[..Self::KEY_LENGTH] } else { &self.written }
    }

    /// What follows the eighth character where digits go on, as in `2.009182739`.
    fn further_digits(&self) -> &str {
        let rest = &self.written[Self::KEY_LENGTH..];
        if rest.starts_with(|c: char| c.is_ascii_digit()) { rest } else { "" }
    }

    /// The code as written.
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl PartialEq for ProcedureCode {
    fn eq(&self, other: &Self) -> bool {
        self.head == other.head && self.further_digits() == other.further_digits()
    }
}
impl Eq for ProcedureCode {}
impl PartialOrd for ProcedureCode {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for ProcedureCode {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.head.cmp(&other.head).then_with(|| self.further_digits().cmp(other.further_digits()))
    }
}
impl fmt::Display for ProcedureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}
impl Serialize for ProcedureCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written)
    }
}

/// Permanent id of an agency, the name of its folder: `phuong-hoa-ban`. Never reused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct AgencyId(Arc<str>);

impl AgencyId {
    /// Reads an id: small letters a–z, digits and single hyphens, as it becomes part of an address.
    pub fn parse(text: &str) -> Option<Self> {
        let is_id = !text.is_empty()
            && text.len() <= 80
            && text.split('-').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
        is_id.then(|| Self(text.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AgencyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Number and symbol of a document: `19/2014/QĐ-TTg`. Compared without case, marks and punctuation, as its
/// address is: two spellings of one number meet, and two numbers never share an address.
#[derive(Debug, Clone, Serialize)]
#[serde(into = "String")]
pub struct DocumentNumber {
    written: Arc<str>,
    key: Arc<str>,
    is_well_formed: bool,
}

impl DocumentNumber {
    /// Takes a number as written; any text is accepted, `is_well_formed` judges it.
    pub fn new(written: &str) -> Self {
        let written = written.trim();
        let folded = super::slug(written, usize::MAX);
        let trimmed = folded.trim_start_matches('0');
        let key = if trimmed.is_empty() { written } else { trimmed };
        Self { written: written.into(), key: key.into(), is_well_formed: has_known_form(written) }
    }

    /// The number as written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The form under which two spellings of one number meet.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether it has a known form: `19/2014/QĐ-TTg`, `31/2024/QH15`, `66.7/2025/NQ-CP`,
    /// `01/2011/TTLT-VPCP-BNV`, `2120/QĐ-UBND`, `07/VBHN-BTP` (NĐ 30/2020/NĐ-CP, Phụ lục III).
    pub fn is_well_formed(&self) -> bool {
        self.is_well_formed
    }

    /// The number before a word that was typed onto it: `53/2025/TT-BCA` of `53/2025/TT-BCAngày`.
    pub fn without_glued_word(written: &str) -> Option<&str> {
        let bare = written.trim_end_matches(char::is_lowercase).len();
        // One small letter belongs to the symbol: `TTgcủa`.
        let end = if written[..bare].ends_with("TT") && written[bare..].starts_with('g') { bare + 1 } else { bare };
        let number = &written[..end];
        (end < written.len() && has_known_form(number)).then_some(number)
    }
}

/// Who issued documents numbered without a year or a kind before 1997: `73-CP`, `122-HĐBT`.
const OLD_ISSUERS: &[&str] = &["CP", "HĐBT", "CT", "TTg"];

fn has_known_form(written: &str) -> bool {
    let parts: Vec<&str> = written.split('/').collect();
    let is_year = |year: &str| year.len() == 4 && year.chars().all(|c| c.is_ascii_digit());
    let (number, symbol) = match parts.as_slice() {
        [old] => return old.split_once('-').is_some_and(|(number, issuer)| is_digits(number) && OLD_ISSUERS.contains(&issuer)),
        // `18-L/CTN` of the President's orders, `7365-QĐ/TU` of the Party.
        [first, symbol] => first.split_once('-').filter(|(_, kind)| is_letters(kind)).map_or((*first, *symbol), |(number, _)| (number, *symbol)),
        [number, year, symbol] if is_year(year) => (*number, *symbol),
        // Joint circulars before 2008: `191/2005/TTLT/BQP-BTC`.
        [number, year, "TTLT", symbol] if is_year(year) => (*number, *symbol),
        _ => return false,
    };
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.trim_end_matches(|c: char| c.is_ascii_alphabetic()).chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_symbol = symbol.chars().next().is_some_and(char::is_uppercase) && symbol.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '&' | ','));
    is_number && is_symbol && symbol.split('-').all(|part| !has_glued_word(part))
}

/// Whether a word was typed onto the capitals of a symbol: `BCAngày`. One small letter is part of some: `TTg`.
fn has_glued_word(part: &str) -> bool {
    let capitals = part.chars().take_while(|c| !c.is_lowercase()).count();
    capitals != 1 && part.chars().skip(capitals).take_while(|c| c.is_lowercase()).count() > 1
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

fn is_letters(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_uppercase)
}

impl PartialEq for DocumentNumber {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}
impl Eq for DocumentNumber {}
impl PartialOrd for DocumentNumber {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for DocumentNumber {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}
impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}
impl From<DocumentNumber> for String {
    fn from(number: DocumentNumber) -> Self {
        number.written.as_ref().to_owned()
    }
}

/// Id of an edition of the standard in `standards.yaml`: `tcvn-iso-9001-2015`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct StandardId(pub Arc<str>);

impl fmt::Display for StandardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
