//! The sheet of a procedure as one agency does it: what the catalogue says, and where and when.

use std::sync::Arc;

use anyhow::Result;
use tera::Value;

use super::super::agency_site::AgencySite;
use super::super::page::{self, Head};
use super::super::paper::{Block, Paper, facts_digest, fingerprint as printed};
use super::super::path;
use super::super::shell::Shell;
use super::super::view::{SheetView, phone_text, reviewed};
use super::national::{NationalSheet, Points, dashes, national_digest};
use super::{blocks_html, check, paper_html, sheet_head, write_pdf};
use crate::domain::vocabulary::AgencyLevel;
use crate::domain::{AdministrativeProcedure, Agency, long_date};

/// A procedure's sheet at one agency.
pub(in super::super) struct ProcedureSheet<'a> {
    pages: &'a AgencySite<'a>,
    procedure: &'a AdministrativeProcedure,
}

impl<'a> ProcedureSheet<'a> {
    /// The sheet of a procedure that the agency does.
    pub fn new(pages: &'a AgencySite<'a>, procedure: &'a AdministrativeProcedure) -> Self {
        Self { pages, procedure }
    }

    /// Writes its page, in a shell that others share, and its PDF.
    pub fn write(&self, shell: &Shell<'_>, national: &NationalSheet, folder: &str) -> Result<()> {
        let (site, sheet) = (self.pages.site, path::sheet(self.procedure));
        let reviewed_on = reviewed(self.procedure, self.pages.local_service(self.procedure));
        let wants_pdf = super::pdf_href(&sheet).is_some_and(|pdf| site.wants(&self.pages.folder(&pdf)));
        let mut head: Head = sheet_head(self.pages, &sheet, &self.frame()).updated(reviewed_on);
        head.title = self.title();
        let wants_page = site.takes_page(&head);
        if !wants_page && !wants_pdf {
            return Ok(());
        }
        let paper = self.paper(national)?;
        if wants_page {
            let view = SheetView::new(self.pages, &head, &self.pages.href(folder))?;
            // The digest stands for the national part; the words around it are the theme's.
            let digest = national_digest(site, &self.procedure.code);
            let key = page::key(site, &head, shell, &(digest, &paper.parts.get(1), &Paper { parts: Vec::new(), ..paper.clone() }, &view))?;
            page::make(site, &head, shell, &key, |context| {
                let blocks = format!("{}{}", national.html(site)?, blocks_html(site, paper.parts.get(1).map_or(&[][..], |part| part))?);
                context.insert_value("paper", paper_html(site, &paper, &blocks)?);
                context.insert_value("view", Value::try_from_serializable(&view)?);
                Ok(())
            })?;
        }
        write_pdf(self.pages, &sheet, &paper, reviewed_on)
    }

    fn title(&self) -> String {
        self.pages.site.words().fill("sheet_title", &[("name", &self.procedure.name)])
    }

    /// The paper without what it says.
    fn frame(&self) -> Paper {
        let words = self.pages.site.words();
        Paper {
            name: self.title(),
            superior: superior(self.pages),
            issuer: self.pages.agency.name.to_uppercase(),
            kind: words.text("sheet_procedure_kind").to_owned(),
            subject: words.fill("sheet_procedure_subject", &[("name", &self.procedure.name), ("code", self.procedure.code.as_str())]),
            ..Paper::default()
        }
    }

    /// The whole paper.
    fn paper(&self, national: &NationalSheet) -> Result<Paper> {
        let site = self.pages.site;
        let reviewed_on = reviewed(self.procedure, self.pages.local_service(self.procedure));
        Ok(Paper {
            below_subject: Some(origin(self.pages, self.procedure)),
            parts: vec![national.blocks.clone(), Arc::from(local_blocks(self.pages, self.procedure, national.points()))],
            check: Some(check(site, &self.pages.folder(&path::short(self.procedure)), fingerprint(self.pages, self.procedure), reviewed_on)?),
            ..self.frame()
        })
    }
}

/// The fingerprint of the sheet of a procedure at an agency.
pub(in super::super) fn fingerprint(pages: &AgencySite<'_>, procedure: &AdministrativeProcedure) -> String {
    let announcement = procedure.announcement.as_ref();
    let number = announcement.map_or("", |announcement| announcement.number.as_str());
    let on = announcement.and_then(|announcement| announcement.issued_on).map(|on| on.to_string()).unwrap_or_default();
    let digest = || facts_digest(&local_blocks(pages, procedure, 0));
    let local = if pages.local_service(procedure).is_some() { digest() } else { *pages.sheet_digest.get_or_init(digest) };
    printed(&[&pages.agency.name, &procedure.name, procedure.code.as_str(), number, &on], &[national_digest(pages.site, &procedure.code), local])
}

/// The agency above, where a paper names it: people's committees and ministries stand alone.
pub(in super::super) fn superior(pages: &AgencySite<'_>) -> Option<String> {
    let stands_below = matches!(pages.agency.level, AgencyLevel::Department | AgencyLevel::SubDepartment | AgencyLevel::PublicUnit);
    let parent: Option<&Agency> = pages.agency.parent.as_ref().and_then(|id| pages.site.register.agencies.get(id));
    parent.filter(|_| stands_below).map(|parent| parent.name.to_uppercase())
}

/// The decision that it was taken from.
fn origin(pages: &AgencySite<'_>, procedure: &AdministrativeProcedure) -> String {
    let words = pages.site.words();
    let Some(announcement) = &procedure.announcement else { return words.text("sheet_from_record").to_owned() };
    let number = announcement.number.as_str();
    match announcement.issued_on {
        Some(on) => words.fill("sheet_from_announcement_on", &[("number", number), ("date", &long_date(on))]),
        None => words.fill("sheet_from_announcement", &[("number", number)]),
    }
}

/// Where, when and who: what the agency adds.
fn local_blocks(pages: &AgencySite<'_>, procedure: &AdministrativeProcedure, points: usize) -> Vec<Block> {
    let (words, agency) = (pages.site.words(), pages.agency);
    let (desk, local) = (agency.reception_desk.as_ref(), pages.local_service(procedure));
    let mut blocks = Vec::new();
    let mut field = |key: &'static str, label: &str, text: Option<String>| blocks.extend(text.map(|text| Block::Field { key, label: label.to_owned(), text }));
    let place = [local.and_then(|local| local.place.as_deref()), desk.map(|desk| desk.name.as_str())];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    field("place", words.text("where"), (!place.is_empty()).then(|| place.join(", ")));
    field("address", words.field("address"), desk.and_then(|desk| desk.address.clone()).or_else(|| agency.address.clone()));
    field("reception_hours", words.field("reception_hours"), local.and_then(|local| local.hours.clone()).or_else(|| agency.reception_hours.clone()));
    let phone = local.and_then(|local| local.phone.as_deref()).or(desk.and_then(|desk| desk.phone.as_deref())).or(agency.phone.as_deref());
    field("phone", words.text("phone"), phone.map(phone_text));
    field("online_url", words.text("answer_online"), local.and_then(|local| local.online_url.clone()));
    field("note", words.text("local_note"), local.and_then(|local| local.note.clone()));
    let mut local = Points::after(points, words);
    local.add("reception_desk", words.field("reception_desk"), blocks);
    local.add("feedback", words.text("feedback"), feedback(pages));
    local.blocks()
}

/// Where to say that something is wrong.
pub(super) fn feedback(pages: &AgencySite<'_>) -> Vec<Block> {
    let phone = pages.agency.phone.as_deref().map(phone_text);
    dashes(phone.into_iter().chain(pages.agency.email.clone()).chain([pages.site.config.feedback_url.clone()]))
}
