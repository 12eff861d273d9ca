//! The yearly report of the lead unit: QĐ 19/2014/QĐ-TTg, Điều 12 khoản 6; TT 26/2014/TT-BKHCN, Điều 38 and Điều 42
//! khoản 4. The form of Phụ lục II of the decision is an attachment that the published texts do not contain: the
//! layout is our own, and the report says so. It is counted from the register on one day and goes to no public page.

mod declared;
mod inspected;
mod kept;
mod lacking;
mod summary;
mod table;

use std::sync::Mutex;

use anyhow::Result;
use serde::Serialize;

use super::site::{Arrangement, Site};
use super::view::AgencyView;
use super::{Only, Previous};
use crate::config::Config;
use crate::domain::vocabulary::AgencyLevel;
use crate::domain::{Agency, AgencyId, Date, Declaration, Inspection, Register, long_date, short_date};
use crate::theme::{Lang, Theme, Words};
pub use table::{ColumnKind, ReportCell, ReportTable};

/// The report of a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearlyReport {
    pub year: i16,
    /// Everything is as of this day: the last of the year, or today.
    pub as_of: Date,
    pub title: String,
    /// What it is, what it is not, and what the content can't tell.
    pub notes: Vec<String>,
    pub tables: Vec<ReportTable>,
    /// Whether all totals agree with one another, and with those that inspection reports state.
    pub is_reconciled: bool,
}

/// What all tables are counted from.
struct Year<'s> {
    site: &'s Site<'s>,
    words: &'s Words,
    lang: Lang,
    year: i16,
    as_of: Date,
    /// The agencies that existed on the day, by level, in the Vietnamese order of names.
    agencies: Vec<Standing<'s>>,
    inspection: Option<&'s Inspection>,
}

/// How an agency stood on the day.
struct Standing<'s> {
    agency: &'s Agency,
    view: AgencyView,
    current: Option<&'s Declaration>,
}

impl YearlyReport {
    /// Counts a year of a register, as of its last day or of today where it is not over; `None` where it has not begun.
    pub fn new(register: &Register, config: &Config, theme: &Theme, lang: Lang, year: i16) -> Result<Option<Self>> {
        let Ok(last_day) = Date::new(year, 12, 31) else { return Ok(None) };
        if config.today.year() < year {
            return Ok(None);
        }
        let as_of = last_day.min(config.today);
        let config = Config { today: as_of, ..config.clone() };
        let (arrangement, previous) = (Arrangement::new(register), Previous::default());
        let nothing = Only { path: "", file: Mutex::new(None) };
        let site = Site::new(register, &config, theme, &arrangement, &previous, &nothing)?;
        let of_year = Year::new(&site, theme.words(lang), lang, year);
        Ok(Some(of_year.report()))
    }

    /// Adds what must be mended before the report is sent: place and message of each error in the content.
    pub fn add_errors(&mut self, theme: &Theme, lang: Lang, errors: impl IntoIterator<Item = (String, String)>) {
        let words = theme.words(lang);
        let mut table = ReportTable::new(words, "errors", &[("rank", ColumnKind::Rank), ("place", ColumnKind::Wide), ("error", ColumnKind::Wide)]);
        errors.into_iter().for_each(|(place, error)| table.push(vec![place.into(), error.into()]));
        if !table.rows.is_empty() {
            self.notes.push(words.fill("yearly_note_errors", &[("count", &table.rows.len().to_string())]));
            self.tables.push(table.numbered(self.tables.len(), words));
        }
    }
}

impl<'s> Year<'s> {
    fn new(site: &'s Site<'s>, words: &'s Words, lang: Lang, year: i16) -> Self {
        let as_of = site.today();
        let existed = |agency: &&Agency| agency.is_active() || agency.ended_on.is_some_and(|on| on > as_of);
        let mut agencies: Vec<&Agency> = site.register.agencies.values().filter(existed).collect();
        agencies.sort_by(|left, right| left.level.cmp(&right.level).then_with(|| site.order.compare(&left.name, &right.name)));
        let standing = |agency: &'s Agency| Standing {
            agency,
            view: AgencyView::new(site, agency, as_of, Some(year)),
            current: site.register.quality_system(agency).and_then(|system| system.current_declaration(as_of)),
        };
        let agencies = agencies.into_iter().map(standing).collect();
        Self { site, words, lang, year, as_of, agencies, inspection: site.register.inspections.get(&year) }
    }

    fn report(&self) -> YearlyReport {
        let counted: [fn(&Year<'_>) -> ReportTable; 14] = [
            declared::by_level,
            declared::by_standard,
            declared::in_the_year,
            declared::administrative_procedures,
            declared::agencies,
            inspected::by_level,
            inspected::ratings,
            inspected::compared,
            inspected::agencies,
            inspected::points,
            inspected::open_findings,
            kept::systems,
            kept::dossiers,
            lacking::table,
        ];
        let counted: Vec<ReportTable> = counted.iter().enumerate().map(|(at, table)| table(self).numbered(at + 1, self.words)).collect();
        let (reconciliation, is_reconciled) = summary::reconciliation(self, &counted);
        let mut tables = vec![summary::figures(self, &counted)];
        tables.extend(counted);
        tables.push(reconciliation.numbered(tables.len(), self.words));
        let title = self.words.fill("yearly_title", &[("year", &self.year.to_string())]);
        YearlyReport { year: self.year, as_of: self.as_of, title, notes: self.notes(), tables, is_reconciled }
    }

    fn notes(&self) -> Vec<String> {
        let (words, config) = (self.words, self.site.config);
        let day = if self.lang == Lang::Vi { long_date(self.as_of) } else { short_date(self.as_of) };
        let mut notes = Vec::new();
        notes.extend(config.lead_unit.as_ref().map(|unit| words.fill("yearly_note_unit", &[("unit", unit.name.as_str())])));
        notes.push(words.fill("yearly_note_day", &[("day", &day)]));
        for key in ["yearly_note_form", "yearly_note_counts", "yearly_note_unknown"] {
            notes.push(words.text(key).to_owned());
        }
        let has_totals_only = |inspection: &Inspection| inspection.agencies.is_empty() && inspection.stated_totals.is_some();
        if self.inspection.is_some_and(has_totals_only) {
            notes.push(words.text("yearly_note_totals_only").to_owned());
        }
        if config.is_sample {
            notes.push(words.text("yearly_note_sample").to_owned());
        }
        notes
    }

    /// The levels that have an agency, in order.
    fn levels(&self) -> Vec<AgencyLevel> {
        let inspected = self.inspection.into_iter().flat_map(|one| one.agencies.iter().map(|one| &one.agency).chain(one.plan.iter().map(|one| &one.agency)));
        let mut levels: Vec<AgencyLevel> = self.agencies.iter().map(|one| one.agency.level).chain(inspected.filter_map(|id| self.level(id))).collect();
        levels.sort_unstable();
        levels.dedup();
        levels
    }

    fn level(&self, id: &AgencyId) -> Option<AgencyLevel> {
        self.site.register.agencies.get(id).map(|agency| agency.level)
    }

    fn name(&self, id: &AgencyId) -> String {
        self.site.register.agencies.get(id).map_or_else(|| id.to_string(), |agency| agency.name.clone())
    }

    /// The label of a word of a closed list.
    fn label(&self, list: &str, value: &impl Serialize) -> String {
        let value = serde_json::to_value(value).ok();
        value.as_ref().and_then(|value| value.as_str()).map_or_else(String::new, |value| self.words.label(list, value).to_owned())
    }

    /// Whether a day lies in the year and has come.
    fn is_in_year(&self, day: Option<Date>) -> bool {
        day.is_some_and(|day| day.year() == self.year && day <= self.as_of)
    }

    /// Whether a day has come.
    fn has_come(&self, day: Option<Date>) -> bool {
        day.is_some_and(|day| day <= self.as_of)
    }
}
