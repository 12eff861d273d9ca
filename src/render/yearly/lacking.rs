//! What agencies lack or are late with, each with its clause. The lead unit's report always has it, whatever the public
//! site shows.

use std::collections::{BTreeMap, BTreeSet};

use super::ColumnKind::{Day, Number, Rank, Text, Wide};
use super::table::{ReportCell, ReportTable};
use super::{Standing, Year, declared};
use crate::domain::vocabulary::Obligation;
use crate::domain::{AgencyId, Date, DueKind};
use crate::render::view::AgencyState;
use crate::theme::Lang;

const DECLARED: &str = "QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3";
const CONFIRMED: &str = "QĐ 19/2014/QĐ-TTg, Điều 4 khoản 2 điểm d";
const EDITION: &str = "QĐ 19/2014/QĐ-TTg, Điều 4";
const SCOPE: &str = "TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm a";
const PROCESSES: &str = "TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm d";
const OBJECTIVES: &str = "TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm c";
const INSPECTED: &str = "TT 26/2014/TT-BKHCN, Điều 33";

/// One thing that an agency lacks.
struct Lack {
    what: String,
    count: Option<u64>,
    due_on: Option<Date>,
    basis: String,
}

/// Everything that is lacking or late on the day, agency by agency.
pub(super) fn table(year: &Year<'_>) -> ReportTable {
    let columns = [("rank", Rank), ("agency", Wide), ("lack", Wide), ("things", Number), ("due_on", Day), ("basis", Text)];
    let mut table = ReportTable::new(year.words, "lacking", &columns);
    if year.inspection.is_none() {
        let words = year.words;
        table.push(vec![
            words.text("yearly_whole_province").into(),
            words.text("yearly_lack_inspections").into(),
            ReportCell::Empty,
            ReportCell::Empty,
            INSPECTED.into(),
        ]);
    }
    let (overdue, uninspected) = (overdue(year), uninspected(year));
    for one in &year.agencies {
        let mut lacks = of_declaration(year, one);
        lacks.extend(of_records(year, one));
        if uninspected.contains(&one.agency.id) {
            lacks.push(lack(year, "yearly_lack_inspection", INSPECTED));
        }
        lacks.extend(overdue.range((&one.agency.id, DueKind::InternalAudit)..).take_while(|((id, _), _)| **id == one.agency.id).map(|(_, late)| Lack {
            what: late.what.to_owned(),
            count: Some(late.count),
            due_on: late.due_on,
            basis: late.basis.clone(),
        }));
        for Lack { what, count, due_on, basis } in lacks {
            let count = count.map_or(ReportCell::Empty, ReportCell::from);
            table.push(vec![one.agency.name.clone().into(), what.into(), count, ReportCell::day(due_on), basis.into()]);
        }
    }
    table
}

fn lack(year: &Year<'_>, key: &str, basis: &str) -> Lack {
    Lack { what: year.words.text(key).to_owned(), count: None, due_on: None, basis: basis.to_owned() }
}

fn of_declaration(year: &Year<'_>, one: &Standing<'_>) -> Vec<Lack> {
    let mut lacks = Vec::new();
    match one.view.state {
        // Who is only encouraged lacks nothing.
        AgencyState::Missing if one.agency.obligation == Obligation::Mandatory => lacks.push(lack(year, "yearly_lack_declaration", DECLARED)),
        AgencyState::OldStandard => lacks.push(lack(year, "yearly_lack_edition", EDITION)),
        AgencyState::Missing | AgencyState::Declared => {}
    }
    let Some(current) = one.current else { return lacks };
    let uncovered = one.view.competence - one.view.covered;
    if uncovered > 0 {
        lacks.push(Lack { count: Some(uncovered as u64), ..lack(year, "yearly_lack_procedures", SCOPE) });
    }
    // The papers of a shared declaration are those of the agency that answers for it.
    if one.agency.qms == one.agency.id {
        let papers = [
            (current.validity_confirmation.is_some(), "yearly_lack_confirmation", CONFIRMED),
            (current.lead_unit_notice.is_some(), "yearly_lack_notice", DECLARED),
            (current.premises_posting.is_some(), "yearly_lack_posting", DECLARED),
        ];
        lacks.extend(papers.into_iter().filter(|(is_there, ..)| !is_there).map(|(_, key, basis)| lack(year, key, basis)));
    }
    lacks
}

fn of_records(year: &Year<'_>, one: &Standing<'_>) -> Vec<Lack> {
    if !one.has_declared() || one.agency.qms != one.agency.id {
        return Vec::new();
    }
    let register = year.site.register;
    let members = || year.agencies.iter().filter(|other| other.agency.qms == one.agency.id).map(|other| register.records(&other.agency.id));
    // Open data has no objectives: those of an agency with a site of its own are not known here.
    let has_objectives = register.is_taken_over(&one.agency.id) || members().any(|records| records.objectives.contains_key(&year.year));
    let records = [
        (has_objectives, "yearly_lack_objectives", OBJECTIVES),
        (members().any(|records| records.results.contains_key(&year.year)), "yearly_lack_results", PROCESSES),
    ];
    records.into_iter().filter(|(is_there, ..)| !is_there).map(|(_, key, basis)| lack(year, key, basis)).collect()
}

/// Agencies that are obliged and whose system nobody inspected, where inspections of the year are told at all.
fn uninspected<'s>(year: &Year<'s>) -> BTreeSet<&'s AgencyId> {
    let Some(inspection) = year.inspection else { return BTreeSet::new() };
    let inspected: BTreeSet<&AgencyId> = inspection.agencies.iter().map(|one| &one.agency).collect();
    let is_inspected = |members: &Vec<&crate::domain::Agency>| members.iter().any(|agency| inspected.contains(&agency.id));
    let first = |members: Vec<&'s crate::domain::Agency>| members.iter().find(|agency| agency.qms == agency.id).or(members.first()).map(|agency| &agency.id);
    declared::obliged_systems(year).filter(|members| !is_inspected(members)).filter_map(first).collect()
}

/// How many things of a kind an agency is late with, and since when.
struct Late {
    what: &'static str,
    count: u64,
    due_on: Option<Date>,
    basis: String,
}

/// By agency and kind. Which work processes they are is not told: some are internal.
fn overdue<'s>(year: &Year<'s>) -> BTreeMap<(&'s AgencyId, DueKind), Late> {
    let register = year.site.register;
    let mut late: BTreeMap<(&AgencyId, DueKind), Late> = BTreeMap::new();
    for due in register.due_dates(year.as_of, year.site.config.review_months) {
        let agency = due.agency.as_ref().and_then(|id| register.agencies.get(id));
        let Some(agency) = agency.filter(|_| due.is_overdue(year.as_of) && due.kind != DueKind::PageReview) else { continue };
        let name = due.kind.name();
        let what = if year.lang == Lang::Vi { name.0 } else { name.1 };
        let one = late.entry((&agency.id, due.kind)).or_insert_with(|| Late { what, count: 0, due_on: due.due_on, basis: due.basis.clone() });
        one.count += 1;
        one.due_on = one.due_on.min(due.due_on);
    }
    late
}
