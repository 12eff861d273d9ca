//! Views that many pages use: links, files, contact details, lists of years.

use serde::Serialize;

use crate::config::LeadUnit;
use crate::domain::{Agency, Attachment, AttachmentKind};
use crate::theme::Words;

/// A link and its text.
#[derive(Debug, Clone, Serialize)]
pub(in super::super) struct LinkView {
    /// `None` where there is nothing to lead to.
    pub href: Option<String>,
    pub title: String,
}

/// A file to download, with what a reader wants to know before and after.
#[derive(Debug, Clone, Serialize)]
pub(in super::super) struct FileView {
    pub href: String,
    pub name: String,
    pub kind: String,
    pub size_bytes: u64,
    pub sha256: String,
}

impl FileView {
    /// A published attachment.
    pub fn new(attachment: &Attachment, href: String, name: &str) -> Self {
        let kind = match &attachment.kind {
            AttachmentKind::Pdf { .. } => "PDF".to_owned(),
            AttachmentKind::Png => "PNG".to_owned(),
            AttachmentKind::Jpeg => "JPEG".to_owned(),
            AttachmentKind::Webp => "WebP".to_owned(),
            AttachmentKind::Zip | AttachmentKind::Other => attachment.path.rsplit('.').next().unwrap_or_default().to_uppercase(),
        };
        Self { href, name: name.to_owned(), kind, size_bytes: attachment.size_bytes, sha256: attachment.sha256.clone() }
    }
}

/// Whom to turn to.
#[derive(Debug, Clone, Default, Serialize)]
pub(in super::super) struct ContactView {
    pub name: String,
    pub address: Option<String>,
    pub phone: Option<String>,
    /// The number without spaces, for a link.
    pub phone_link: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub hours: Option<String>,
    pub feedback_url: String,
}

impl ContactView {
    /// An agency's own contact.
    pub fn of_agency(agency: &Agency, feedback_url: &str) -> Self {
        Self {
            name: agency.name.clone(),
            address: agency.address.clone(),
            phone_link: agency.phone.as_deref().map(phone_link),
            phone: agency.phone.as_deref().map(phone_text),
            email: agency.email.clone(),
            website: agency.website.clone(),
            hours: agency.reception_hours.clone(),
            feedback_url: feedback_url.to_owned(),
        }
    }

    /// The lead unit of a province.
    pub fn of_lead_unit(unit: &LeadUnit, feedback_url: &str) -> Self {
        Self {
            name: unit.name.clone(),
            address: unit.address.clone(),
            phone_link: unit.phone.as_deref().map(phone_link),
            phone: unit.phone.as_deref().map(phone_text),
            email: unit.email.clone(),
            website: unit.website.clone(),
            hours: unit.reception_hours.clone(),
            feedback_url: feedback_url.to_owned(),
        }
    }
}

/// A period in words: `2026-Q2` is the second quarter, `2026-06` is June; other periods stay as written.
pub(in super::super) fn period_text(period: &str, words: &Words) -> String {
    let Some((year, part)) = period.split_once('-') else { return period.to_owned() };
    let (word, part) = match part.strip_prefix(['Q', 'q']) {
        Some(quarter) => ("period_quarter", quarter),
        None => ("period_month", part.trim_start_matches('0')),
    };
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if is_number(year) && is_number(part) { words.fill(word, &[("year", year), ("part", part)]) } else { period.to_owned() }
}

/// A telephone number that no line break tears apart.
pub(in super::super) fn phone_text(phone: &str) -> String {
    phone.trim().replace(' ', "\u{a0}")
}

/// `0200 000 0110` as `02000000110`.
pub(in super::super) fn phone_link(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// A page that lists years.
#[derive(Debug, Serialize)]
pub(in super::super) struct YearsView {
    pub intro: String,
    pub empty: String,
    pub years: Vec<YearView>,
    /// Where the records lie when the agency shares a quality system.
    pub shared_with: Option<LinkView>,
}

/// A year and what its page tells.
#[derive(Debug, Serialize)]
pub(in super::super) struct YearView {
    pub year: i16,
    pub href: String,
    pub summary: String,
}

/// A number that stands out, and what it counts.
#[derive(Debug, Serialize)]
pub(in super::super) struct FigureView {
    pub value: String,
    pub label: String,
    pub href: Option<String>,
}

/// The site map.
#[derive(Debug, Serialize)]
pub(in super::super) struct MapView {
    /// The day of the site: no other page shows it, so that a page only changes with what it says.
    pub built_on: String,
    pub parts: Vec<MapPartView>,
}

/// A section and its pages.
#[derive(Debug, Serialize)]
pub(in super::super) struct MapPartView {
    pub title: String,
    pub href: String,
    pub links: Vec<LinkView>,
}

/// A page of free text.
#[derive(Debug, Serialize)]
pub(in super::super) struct FreePageView<'a> {
    pub title: &'a str,
    pub summary: Option<&'a str>,
    pub body_html: String,
    pub reviewed_on: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Lang, Theme};

    #[test]
    fn periods_in_words() {
        let theme = Theme::load(std::path::Path::new("."), None).unwrap();
        let words = theme.words(Lang::Vi);
        assert_eq!(period_text("2026-Q2", words), "Quý 2 năm 2026");
        assert_eq!(period_text("2026-06", words), "Tháng 6 năm 2026");
        assert_eq!(period_text("2026", words), "2026");
        assert_eq!(period_text("Sáu tháng - đầu năm", words), "Sáu tháng - đầu năm");
    }
}
