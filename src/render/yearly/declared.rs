//! Who has declared: by level, by edition of the standard, in the year; and how many procedures the declarations cover.

use std::collections::BTreeMap;

use super::ColumnKind::{Count, Day, Rank, Share, Text, Wide};
use super::table::{ReportCell, ReportTable};
use super::{Standing, Year};
use crate::domain::vocabulary::{AgencyLevel, DeclarationKind, Obligation};
use crate::domain::{Agency, AgencyId, Declaration, StandardId};
use crate::render::view::AgencyState;

impl Standing<'_> {
    fn is_obliged(&self) -> bool {
        self.agency.obligation == Obligation::Mandatory
    }

    pub(super) fn has_declared(&self) -> bool {
        self.view.state != AgencyState::Missing
    }
}

/// How many agencies of each level are obliged or encouraged, and have declared or not.
pub(super) fn by_level(year: &Year<'_>) -> ReportTable {
    let columns = [
        ("level", Wide),
        ("agencies", Count),
        ("obliged", Count),
        ("encouraged", Count),
        ("declared", Count),
        ("obliged_declared", Count),
        ("encouraged_declared", Count),
        ("missing", Count),
        ("obliged_missing", Count),
        ("encouraged_missing", Count),
    ];
    let mut table = ReportTable::new(year.words, "levels", &columns);
    for level in year.levels() {
        let count = |is: &dyn Fn(&Standing<'_>) -> bool| ReportCell::from(of_level(year, level).filter(|one| is(one)).count());
        table.push(vec![
            year.label("agency_level", &level).into(),
            count(&|_| true),
            count(&|one| one.is_obliged()),
            count(&|one| !one.is_obliged()),
            count(&|one| one.has_declared()),
            count(&|one| one.is_obliged() && one.has_declared()),
            count(&|one| !one.is_obliged() && one.has_declared()),
            count(&|one| !one.has_declared()),
            count(&|one| one.is_obliged() && !one.has_declared()),
            count(&|one| !one.is_obliged() && !one.has_declared()),
        ]);
    }
    table.closed(year.words)
}

fn of_level<'y, 's>(year: &'y Year<'s>, level: AgencyLevel) -> impl Iterator<Item = &'y Standing<'s>> {
    year.agencies.iter().filter(move |one| one.agency.level == level)
}

/// By which edition of the standard the declarations in force were made.
pub(super) fn by_standard(year: &Year<'_>) -> ReportTable {
    let columns = [("standard", Wide), ("standard_state", Wide), ("obliged", Count), ("encouraged", Count), ("declared", Count)];
    let mut table = ReportTable::new(year.words, "standards", &columns);
    let mut counts: BTreeMap<Option<&StandardId>, (u64, u64)> = BTreeMap::new();
    for one in year.agencies.iter().filter(|one| one.has_declared()) {
        let count = counts.entry(one.current.and_then(|current| current.standard.as_ref())).or_default();
        if one.is_obliged() { count.0 += 1 } else { count.1 += 1 }
    }
    for (id, (obliged, encouraged)) in counts {
        let standard = id.and_then(|id| year.site.register.standards.get(id));
        let state = match standard {
            Some(standard) if standard.is_withdrawn(year.as_of) => "yearly_standard_withdrawn",
            Some(standard) if standard.is_adopted(year.as_of) => "yearly_standard_adopted",
            _ => "yearly_standard_unknown",
        };
        table.push(vec![standard_name(year, id).into(), year.words.text(state).into(), obliged.into(), encouraged.into(), (obliged + encouraged).into()]);
    }
    table.closed(year.words)
}

fn standard_name(year: &Year<'_>, id: Option<&StandardId>) -> String {
    let Some(id) = id else { return year.words.text("yearly_standard_not_stated").to_owned() };
    year.site.register.standards.get(id).map_or_else(|| id.to_string(), |standard| standard.name.clone())
}

/// The decisions of the year: the first ones and those that declare again.
pub(super) fn in_the_year(year: &Year<'_>) -> ReportTable {
    let columns = [
        ("rank", Rank),
        ("agency", Wide),
        ("number", Text),
        ("issued_on", Day),
        ("standard", Text),
        ("first", Count),
        ("again", Count),
        ("reason", Wide),
        ("supersedes", Text),
    ];
    let mut table = ReportTable::new(year.words, "decisions", &columns);
    let systems = year.site.register.quality_systems.values();
    let mut issued: Vec<(&Agency, &Declaration)> = systems
        .filter_map(|system| Some((year.site.register.agencies.get(&system.owner)?, system)))
        .flat_map(|(agency, system)| system.declarations.iter().map(move |declaration| (agency, declaration)))
        .filter(|(_, declaration)| year.is_in_year(declaration.issued_on))
        .collect();
    issued.sort_by(|left, right| left.1.issued_on.cmp(&right.1.issued_on).then_with(|| year.site.order.compare(&left.0.name, &right.0.name)));
    for (agency, declaration) in issued {
        let is_first = declaration.kind == DeclarationKind::First;
        table.push(vec![
            agency.name.clone().into(),
            ReportCell::text(declaration.number.as_ref().map(ToString::to_string)),
            ReportCell::day(declaration.issued_on),
            standard_name(year, declaration.standard.as_ref()).into(),
            usize::from(is_first).into(),
            usize::from(!is_first).into(),
            ReportCell::text(declaration.reason.map(|reason| year.label("redeclaration_reason", &reason))),
            ReportCell::text(declaration.supersedes.as_ref().map(ToString::to_string)),
        ]);
    }
    table.closed(year.words)
}

/// How many of the procedures that agencies are competent for are in their declarations.
pub(super) fn administrative_procedures(year: &Year<'_>) -> ReportTable {
    let columns = [
        ("level", Wide),
        ("agencies", Count),
        ("competence", Count),
        ("covered", Count),
        ("uncovered", Count),
        ("covered_share", Share("covered", "competence")),
    ];
    let mut table = ReportTable::new(year.words, "procedures", &columns);
    for level in year.levels() {
        let sum = |of: &dyn Fn(&Standing<'_>) -> usize| ReportCell::from(of_level(year, level).map(of).sum::<usize>());
        table.push(vec![
            year.label("agency_level", &level).into(),
            sum(&|_| 1),
            sum(&|one| one.view.competence),
            sum(&|one| one.view.covered),
            sum(&|one| one.view.competence - one.view.covered),
        ]);
    }
    table.closed(year.words).saying(year.words.text("yearly_procedures_sentence").to_owned())
}

/// Every agency.
pub(super) fn agencies(year: &Year<'_>) -> ReportTable {
    let columns = [
        ("rank", Rank),
        ("code", Text),
        ("agency", Wide),
        ("level", Text),
        ("obligation", Text),
        ("state", Text),
        ("shared_with", Text),
        ("number", Text),
        ("issued_on", Day),
        ("standard", Text),
        ("competence", Count),
        ("covered", Count),
        ("uncovered", Count),
    ];
    let mut table = ReportTable::new(year.words, "agencies", &columns);
    for one in &year.agencies {
        let state = match one.view.state {
            AgencyState::Declared => "agency_declared",
            AgencyState::OldStandard => "agency_old_standard",
            AgencyState::Missing => "agency_missing",
        };
        table.push(vec![
            one.agency.id.as_str().into(),
            one.agency.name.clone().into(),
            year.label("agency_level", &one.agency.level).into(),
            year.label("obligation", &one.agency.obligation).into(),
            year.words.text(state).into(),
            ReportCell::text(one.view.shared_with.as_ref().map(|link| link.title.clone())),
            ReportCell::text(one.current.and_then(|current| current.number.as_ref()).map(ToString::to_string)),
            ReportCell::day(one.current.and_then(|current| current.issued_on)),
            ReportCell::text(one.current.map(|current| standard_name(year, current.standard.as_ref()))),
            one.view.competence.into(),
            one.view.covered.into(),
            (one.view.competence - one.view.covered).into(),
        ]);
    }
    table.closed(year.words)
}

/// The agencies of each system that the law obliges, of those that existed on the day. Agencies that share a system are
/// counted once: TT 26/2014/TT-BKHCN, Điều 6.
pub(super) fn obliged_systems<'s>(year: &Year<'s>) -> impl Iterator<Item = Vec<&'s Agency>> + use<'s> {
    let mut systems: BTreeMap<&AgencyId, Vec<&Agency>> = BTreeMap::new();
    for one in &year.agencies {
        systems.entry(&one.agency.qms).or_default().push(one.agency);
    }
    systems.into_values().filter(|members| members.iter().any(|agency| agency.obligation == Obligation::Mandatory))
}
