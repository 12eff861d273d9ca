//! Changes in words, with links to the pages concerned as far as these still exist.

use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::super::path;
use super::super::site::Site;
use super::super::view::{LinkView, phone_text};
use super::record::{Entry, Kind, MONTHS, MOST_ENTRIES, Subject};
use crate::domain::{Agency, AgencyId, Date, ProcedureCode, grouped};

/// Most changes of one page; its feed has fewer.
const MOST_ON_PAGE: usize = 200;

/// For whom changes are told: the province, or an agency.
pub(super) struct Told<'s, 'a> {
    pub site: &'s Site<'a>,
    pub pages: Option<&'s AgencySite<'a>>,
}

/// The page of changes.
#[derive(Debug, Serialize)]
pub(super) struct ChangesView {
    pub since: String,
    pub feed: String,
    pub days: Vec<DayView>,
    pub shown: String,
    /// Older ones that the page leaves out.
    pub left_out: Option<String>,
    pub months: i32,
    pub most: String,
}

/// A day, newest first.
#[derive(Debug, Serialize)]
pub(super) struct DayView {
    pub on: String,
    pub groups: Vec<GroupView>,
}

/// What one agency changed, or the catalogue.
#[derive(Debug, Serialize)]
pub(super) struct GroupView {
    /// `None` on the page of an agency, whose name is above.
    pub owner: Option<LinkView>,
    pub changes: Vec<ChangeLine>,
}

/// One change.
#[derive(Debug, Serialize)]
pub(super) struct ChangeLine {
    pub subjects: Vec<LinkView>,
    pub text: String,
    /// How many subjects are not named.
    pub more: Option<String>,
}

impl ChangesView {
    /// The newest changes by day and agency.
    pub fn new(told: &Told<'_, '_>, since: Date, entries: &[&Entry], feed: String) -> Self {
        let shown = &entries[..entries.len().min(MOST_ON_PAGE)];
        Self {
            since: since.to_string(),
            feed,
            days: shown.chunk_by(|left, right| left.on == right.on).map(|day| told.day(day)).collect(),
            shown: grouped(shown.len() as u64),
            left_out: (entries.len() > shown.len()).then(|| grouped((entries.len() - shown.len()) as u64)),
            months: MONTHS,
            most: grouped(MOST_ENTRIES as u64),
        }
    }
}

impl Told<'_, '_> {
    fn day(&self, entries: &[&Entry]) -> DayView {
        let mut groups: Vec<(Option<LinkView>, Vec<ChangeLine>)> = Vec::new();
        // Entries of one agency stand together; those of the catalogue come first.
        for group in entries.chunk_by(|left, right| self.pages.is_some() || left.agency == right.agency) {
            groups.push((self.owner(group[0]), group.iter().map(|entry| self.line(entry)).collect()));
        }
        let title = |owner: &Option<LinkView>| owner.as_ref().map_or_else(String::new, |owner| owner.title.clone());
        let is_catalogue = |owner: &Option<LinkView>| owner.as_ref().is_some_and(|owner| owner.title == self.site.words().text("change_catalogue"));
        groups.sort_by(|(left, _), (right, _)| is_catalogue(left).cmp(&is_catalogue(right)).then_with(|| self.site.order.compare(&title(left), &title(right))));
        DayView { on: entries[0].on.to_string(), groups: groups.into_iter().map(|(owner, changes)| GroupView { owner, changes }).collect() }
    }

    /// Whose change it is, on a page that tells of several.
    pub fn owner(&self, entry: &Entry) -> Option<LinkView> {
        if self.pages.is_some() {
            return None;
        }
        let Some(id) = entry.agency.as_deref() else {
            return Some(LinkView { href: None, title: self.site.words().text("change_catalogue").to_owned() });
        };
        let agency = self.agency(id);
        let href = agency.map(|agency| path::page(&self.site.agency_folder(agency)));
        Some(LinkView { href, title: agency.map_or_else(|| removed_name(entry, id), |agency| agency.name.clone()) })
    }

    fn agency(&self, id: &str) -> Option<&Agency> {
        self.site.register.agencies.get(&AgencyId::parse(id)?)
    }

    /// A change in words.
    pub fn line(&self, entry: &Entry) -> ChangeLine {
        let words = self.site.words();
        let subjects: Vec<LinkView> = match (entry.subjects.as_slice(), entry.count) {
            ([], Some(count)) => vec![LinkView { href: None, title: words.fill("change_many", &[("count", &grouped(count))]) }],
            (subjects, _) => subjects.iter().map(|subject| LinkView { href: self.href(entry, subject), title: self.title(entry, subject) }).collect(),
        };
        let unnamed = entry
            .count
            .filter(|_| entry.kind.is_of_competence() || entry.kind.is_of_document())
            .map_or(0, |count| count.saturating_sub(entry.subjects.len() as u64));
        let more = (unnamed > 0).then(|| words.fill("change_more", &[("count", &grouped(unnamed))]));
        ChangeLine { subjects, text: self.sentence(entry), more }
    }

    fn title(&self, entry: &Entry, subject: &Subject) -> String {
        let words = self.site.words();
        match entry.kind {
            Kind::Contact if subject.id.contains('.') => words.field(&subject.id).to_owned(),
            Kind::Contact => words.field(&format!("agency.{}", subject.id)).to_owned(),
            _ if entry.agency.is_none() && subject.id.starts_with("kiem-tra/") => words.fill("inspection_title", &[("year", &subject.title)]),
            kind if kind.is_of_catalogue() => format!("{} ({})", subject.title, subject.id),
            _ => subject.title.clone(),
        }
    }

    fn sentence(&self, entry: &Entry) -> String {
        let (words, key) = (self.site.words(), format!("change_{}", entry.kind.name()));
        let count = grouped(entry.count.unwrap_or(0));
        let value = |text: &Option<String>| text.as_deref().map(|text| if self.is_phone(entry) { phone_text(text) } else { text.to_owned() });
        let (before, after) = (value(&entry.before), value(&entry.after));
        let gaps = [("before", before.as_deref().unwrap_or("")), ("after", after.as_deref().unwrap_or("")), ("count", count.as_str())];
        let variant = match (entry.kind, &before, &after) {
            (Kind::TimeLimit | Kind::Fee, None, _) | (Kind::TimeLimit | Kind::Fee, _, None) => "_unclear",
            (Kind::DocumentReissued, None, _) => "_many",
            (Kind::Contact, None, _) => "_new",
            (Kind::Contact, _, None) => "_removed",
            (Kind::Papers, _, Some(_)) if entry.count.is_some() => "_both",
            (Kind::Papers, _, Some(_)) => "_added",
            (Kind::Papers, _, None) if entry.count.is_some() && !entry.subjects.is_empty() => "_removed",
            _ => "",
        };
        words.fill(&format!("{key}{variant}"), &gaps)
    }

    fn is_phone(&self, entry: &Entry) -> bool {
        entry.kind == Kind::Contact && entry.subjects.iter().any(|subject| subject.id.ends_with("phone"))
    }

    /// The page that a change speaks of, where there is one.
    pub fn href(&self, entry: &Entry, subject: &Subject) -> Option<String> {
        if entry.kind.is_of_catalogue() {
            return self.procedure_href(&ProcedureCode::parse(&subject.id)?, entry.agency.as_deref());
        }
        let Some(id) = entry.agency.as_deref() else {
            let year = subject.title.parse().ok()?;
            return self.site.register.inspections.contains_key(&year).then(|| path::page(&format!("kiem-tra/{year}/"))).filter(|_| self.site.is_province());
        };
        let agency = self.agency(id)?;
        let base = self.site.agency_folder(agency);
        if !agency.is_active() {
            return Some(path::page(&base));
        }
        Some(path::page(&format!("{base}{}", self.folder(agency, entry.kind, &subject.id)?)))
    }

    fn procedure_href(&self, code: &ProcedureCode, agency: Option<&str>) -> Option<String> {
        let procedure = self.site.register.administrative_procedures.get(code)?;
        if let Some(pages) = self.pages {
            return pages.procedure_link(procedure);
        }
        let does = |agency: &&Agency| self.site.standing(&agency.id).ranks.binary_search(&self.site.rank(code)).is_ok();
        let base = agency.and_then(|id| self.agency(id)).filter(does).map_or_else(String::new, |agency| self.site.agency_folder(agency));
        Some(path::page(&format!("{base}{}", self.site.procedure_folder(code))))
    }

    /// The folder of a page below its agency.
    fn folder<'i>(&self, agency: &Agency, kind: Kind, id: &'i str) -> Option<&'i str> {
        let records = self.site.register.records(&agency.id);
        let has_year = |mut years: Box<dyn Iterator<Item = &i16> + '_>| years.any(|year| id.ends_with(&format!("/{year}/")));
        let exists = match id.split('/').next().unwrap_or("") {
            _ if kind == Kind::Contact => return Some("lien-he/"),
            "" => true,
            "cong-bo" => self.site.register.quality_system(agency)?.declarations.iter().any(|one| path::declaration(one) == id),
            "quy-trinh" => records.work_processes.iter().any(|one| one.is_public() && path::work_process(one) == id),
            "chinh-sach-chat-luong" => true,
            "muc-tieu-chat-luong" => has_year(Box::new(records.objectives.keys())),
            "ket-qua" => has_year(Box::new(records.results.keys())),
            _ => return Some("tai-lieu/"),
        };
        exists.then_some(id)
    }
}

fn removed_name(entry: &Entry, id: &str) -> String {
    entry.subjects.iter().find(|subject| subject.id.is_empty()).map_or_else(|| id.to_owned(), |subject| subject.title.clone())
}

impl Kind {
    /// As the record writes it.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Whether its subjects are codes of procedures.
    pub fn is_of_catalogue(self) -> bool {
        use Kind::*;
        self.is_of_competence()
            || matches!(
                self,
                ProcedureNew | ProcedureAbolished | ProcedureRemoved | ProcedureRestored | ProcedureAmended | ProcedureRenamed | TimeLimit | Fee | Papers
            )
    }

    /// Whether it tells which procedures an agency does.
    pub fn is_of_competence(self) -> bool {
        matches!(self, Self::CompetenceAdded | Self::CompetenceRemoved)
    }

    /// Whether a procedure is no more.
    pub fn is_of_end(self) -> bool {
        matches!(self, Self::ProcedureAbolished | Self::ProcedureRemoved)
    }

    /// Whether it tells of a work process or another document.
    pub fn is_of_document(self) -> bool {
        use Kind::*;
        matches!(self, DocumentNew | DocumentReissued | DocumentEnded | DocumentRestored | DocumentWithdrawn)
    }

    /// Whether it tells of a declaration, which agencies may share.
    pub fn is_of_declaration(self) -> bool {
        use Kind::*;
        matches!(self, DeclaredFirst | DeclaredAgain | DeclarationEnded | DeclarationCorrected | DeclarationWithdrawn)
    }
}
