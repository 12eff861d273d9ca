//! Inspections of the year: plan and result, ratings as the inspecting unit gave them, findings and what became of
//! them. TT 26/2014/TT-BKHCN, Điều 33 and Điều 36 to 38. Nothing here rates.

use std::collections::BTreeSet;

use super::ColumnKind::{Count, Day, Number, Rank, Text, Wide};
use super::table::{ReportCell, ReportTable, share};
use super::{Year, declared};
use crate::domain::vocabulary::{AgencyLevel, InspectionForm, Rating};
use crate::domain::{AgencyId, Finding, InspectedAgency, Inspection, PlannedInspection};

/// Every rating, best first, with the key of its column.
const RATINGS: [(Rating, &str); 4] = [(Rating::Tot, "tot"), (Rating::Kha, "kha"), (Rating::TrungBinh, "trung_binh"), (Rating::Yeu, "yeu")];

/// Every point of Điều 36, in order.
const POINTS: [&str; 13] = ["1a", "1b", "1c", "1d", "1đ", "1e", "1g", "2a", "2b", "2c", "2d", "2đ", "2e"];

fn inspected<'s>(year: &Year<'s>) -> impl Iterator<Item = &'s InspectedAgency> + use<'s> {
    year.inspection.into_iter().flat_map(|inspection| &inspection.agencies)
}

fn planned<'s>(year: &Year<'s>) -> impl Iterator<Item = &'s PlannedInspection> + use<'s> {
    year.inspection.into_iter().flat_map(|inspection| &inspection.plan)
}

/// How many agencies of each level were to be inspected and were, at the office and by their dossiers.
pub(super) fn by_level(year: &Year<'_>) -> ReportTable {
    let columns = [
        ("level", Wide),
        ("planned_on_site", Count),
        ("planned_dossier", Count),
        ("planned", Count),
        ("on_site", Count),
        ("dossier", Count),
        ("inspected", Count),
        ("not_yet", Count),
        ("unplanned", Count),
    ];
    let mut table = ReportTable::new(year.words, "inspections", &columns);
    let (in_plan, done): (BTreeSet<&AgencyId>, BTreeSet<&AgencyId>) =
        (planned(year).map(|one| &one.agency).collect(), inspected(year).map(|one| &one.agency).collect());
    for level in year.levels().into_iter().filter(|_| year.inspection.is_some()) {
        let plan = |is: &dyn Fn(&PlannedInspection) -> bool| planned(year).filter(|one| is_of(year, &one.agency, level) && is(one)).count();
        let result = |is: &dyn Fn(&InspectedAgency) -> bool| inspected(year).filter(|one| is_of(year, &one.agency, level) && is(one)).count();
        table.push(vec![
            year.label("agency_level", &level).into(),
            plan(&|one| one.form == InspectionForm::OnSite).into(),
            plan(&|one| one.form == InspectionForm::Dossier).into(),
            plan(&|_| true).into(),
            result(&|one| one.form == InspectionForm::OnSite).into(),
            result(&|one| one.form == InspectionForm::Dossier).into(),
            result(&|_| true).into(),
            plan(&|one| !done.contains(&one.agency)).into(),
            result(&|one| !in_plan.contains(&one.agency)).into(),
        ]);
    }
    let table = table.closed(year.words);
    if year.inspection.is_none() { table } else { table.saying(on_site_sentence(year)) }
}

fn is_of(year: &Year<'_>, id: &AgencyId, level: AgencyLevel) -> bool {
    year.level(id) == Some(level)
}

/// How many of the obliged systems were visited, against the third that Điều 33 wants.
fn on_site_sentence(year: &Year<'_>) -> String {
    let visited: BTreeSet<&AgencyId> = inspected(year).filter(|one| one.form == InspectionForm::OnSite).map(|one| &one.agency).collect();
    let obliged: Vec<bool> = declared::obliged_systems(year).map(|members| members.iter().any(|agency| visited.contains(&agency.id))).collect();
    let (all, on_site) = (obliged.len(), obliged.iter().filter(|visited| **visited).count());
    let decision = year.inspection.and_then(|inspection| inspection.decision.as_ref());
    let sentence =
        year.words.fill("yearly_inspections_sentence", &[("n", &on_site.to_string()), ("total", &all.to_string()), ("needed", &all.div_ceil(3).to_string())]);
    let decided = decision.map(|decision| year.words.fill("yearly_inspections_decision", &[("number", decision.number.as_str())]));
    [decided, Some(sentence)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The ratings by level.
pub(super) fn ratings(year: &Year<'_>) -> ReportTable {
    let columns = [("level", Wide), ("tot", Count), ("kha", Count), ("trung_binh", Count), ("yeu", Count), ("unrated", Count), ("inspected", Count)];
    let mut table = ReportTable::new(year.words, "ratings", &columns);
    for level in year.levels() {
        let count = |rating: Option<Rating>| inspected(year).filter(|one| is_of(year, &one.agency, level) && one.rating == rating).count();
        let counts: Vec<usize> = RATINGS.iter().map(|(rating, _)| count(Some(*rating))).chain([count(None)]).collect();
        let all: usize = counts.iter().sum();
        if all > 0 {
            let label = ReportCell::from(year.label("agency_level", &level));
            table.push([label].into_iter().chain(counts.into_iter().map(ReportCell::from)).chain([all.into()]).collect());
        }
    }
    table.closed(year.words).saying(year.words.text("yearly_ratings_sentence").to_owned())
}

/// The ratings beside those of the year before, with the difference in points of percentage.
pub(super) fn compared(year: &Year<'_>) -> ReportTable {
    let columns = [("rating", Wide), ("before", Count), ("before_share", Number), ("now", Count), ("now_share", Number), ("difference", Number)];
    let mut table = ReportTable::new(year.words, "compared", &columns);
    let before = year.site.register.inspections.get(&(year.year - 1));
    let (Some(now), true) = (year.inspection, before.is_some()) else { return table };
    let rated = |inspection: Option<&Inspection>, rating: Option<Rating>| {
        inspection.into_iter().flat_map(|one| &one.agencies).filter(|one| one.rating == rating).count()
    };
    let all = |inspection: Option<&Inspection>| inspection.map_or(0, |one| one.agencies.len());
    let labels = RATINGS.iter().map(|(rating, key)| (Some(*rating), year.words.label("rating", key).to_owned()));
    for (rating, label) in labels.chain([(None, year.words.text("yearly_column_unrated").to_owned())]) {
        let (old, new) = (rated(before, rating), rated(Some(now), rating));
        let shares = (share(old as u64, all(before) as u64), share(new as u64, all(Some(now)) as u64));
        let difference = match &shares {
            (ReportCell::Decimal(old), ReportCell::Decimal(new)) => ReportCell::Decimal(((new - old) * 10.0).round() / 10.0),
            _ => ReportCell::Empty,
        };
        table.push(vec![label.into(), old.into(), shares.0, new.into(), shares.1, difference]);
    }
    table.closed(year.words).saying(year.words.text("yearly_compared_sentence").to_owned())
}

/// A finding on the day of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FindingState {
    Closed,
    Open,
    Overdue,
}

fn state(year: &Year<'_>, one: &InspectedAgency, finding: &Finding) -> FindingState {
    match year.site.register.finding_due(one, finding) {
        _ if year.has_come(finding.closed_on) => FindingState::Closed,
        Some(due) if due < year.as_of => FindingState::Overdue,
        _ => FindingState::Open,
    }
}

/// The inspection of each agency.
pub(super) fn agencies(year: &Year<'_>) -> ReportTable {
    let columns = [
        ("rank", Rank),
        ("agency", Wide),
        ("level", Text),
        ("form", Text),
        ("in_plan", Text),
        ("record_on", Day),
        ("rating", Text),
        ("score", Number),
        ("findings", Count),
        ("closed", Count),
        ("open", Count),
        ("overdue", Count),
    ];
    let mut table = ReportTable::new(year.words, "inspected", &columns);
    let in_plan: BTreeSet<&AgencyId> = planned(year).map(|one| &one.agency).collect();
    for one in by_name(year) {
        let count = |wanted: FindingState| ReportCell::from(one.findings.iter().filter(|finding| state(year, one, finding) == wanted).count());
        table.push(vec![
            year.name(&one.agency).into(),
            ReportCell::text(year.level(&one.agency).map(|level| year.label("agency_level", &level))),
            year.label("inspection_form", &one.form).into(),
            year.words.text(if in_plan.contains(&one.agency) { "yearly_in_plan" } else { "yearly_outside_plan" }).into(),
            ReportCell::day(one.record_on),
            ReportCell::text(one.rating.map(|rating| year.label("rating", &rating))),
            one.score.map_or(ReportCell::Empty, ReportCell::Decimal),
            one.findings.len().into(),
            count(FindingState::Closed),
            count(FindingState::Open),
            count(FindingState::Overdue),
        ]);
    }
    table.closed(year.words)
}

fn by_name<'s>(year: &Year<'s>) -> Vec<&'s InspectedAgency> {
    let mut all: Vec<&InspectedAgency> = inspected(year).collect();
    all.sort_by(|left, right| {
        let level = |one: &InspectedAgency| year.level(&one.agency);
        level(left).cmp(&level(right)).then_with(|| year.site.order.compare(&year.name(&left.agency), &year.name(&right.agency)))
    });
    all
}

/// At which points of Điều 36 something was found, and what became of it.
pub(super) fn points(year: &Year<'_>) -> ReportTable {
    let columns = [("point", Text), ("asked", Wide), ("findings", Count), ("closed", Count), ("open", Count), ("overdue", Count)];
    let mut table = ReportTable::new(year.words, "points", &columns);
    let found: Vec<(&InspectedAgency, &Finding)> = inspected(year).flat_map(|one| one.findings.iter().map(move |finding| (one, finding))).collect();
    let others: BTreeSet<&str> = found.iter().map(|(_, finding)| finding.point.as_str()).filter(|point| !POINTS.contains(point)).collect();
    for point in POINTS.into_iter().chain(others) {
        let of_point: Vec<FindingState> = found.iter().filter(|(_, finding)| finding.point == point).map(|(one, finding)| state(year, one, finding)).collect();
        if of_point.is_empty() {
            continue;
        }
        let count = |wanted: FindingState| ReportCell::from(of_point.iter().filter(|state| **state == wanted).count());
        let asked = format!("evidence_diem_{}", point.replace('đ', "dd"));
        table.push(vec![
            point.into(),
            ReportCell::text(year.words.get(&asked)),
            of_point.len().into(),
            count(FindingState::Closed),
            count(FindingState::Open),
            count(FindingState::Overdue),
        ]);
    }
    table.closed(year.words)
}

/// What is still to be corrected: TT 26/2014, Điều 37 khoản 2 điểm c.
pub(super) fn open_findings(year: &Year<'_>) -> ReportTable {
    let columns = [("rank", Rank), ("agency", Wide), ("point", Text), ("finding", Wide), ("due_on", Day), ("open", Count), ("overdue", Count)];
    let mut table = ReportTable::new(year.words, "open_findings", &columns);
    for one in by_name(year) {
        for finding in &one.findings {
            let state = state(year, one, finding);
            if state == FindingState::Closed {
                continue;
            }
            table.push(vec![
                year.name(&one.agency).into(),
                finding.point.clone().into(),
                finding.text.clone().into(),
                ReportCell::day(year.site.register.finding_due(one, finding)),
                usize::from(state == FindingState::Open).into(),
                usize::from(state == FindingState::Overdue).into(),
            ]);
        }
    }
    table.closed(year.words)
}
