//! One procedure between the agencies that do it: how long, how much, which ways to hand in, and what differs in words.

use serde::Serialize;

use super::super::path;
use super::super::site::{CatalogueEntry, Site};
use super::{AnswerView, LegalView, LinkView, PagerView, unit_label};
use crate::domain::vocabulary::{DocumentStatus, SubmissionMethod, TimeUnit};
use crate::domain::{AdministrativeProcedure, Agency, Channel, Fee, LocalService, TimeLimit, WorkProcess, decimal, grouped};
use crate::theme::Words;

/// The page of a procedure.
#[derive(Debug, Serialize)]
pub(in super::super) struct ComparisonView<'a> {
    pub procedure: LinkView,
    pub code: &'a str,
    pub finding: String,
    /// What the catalogue says.
    pub common: TermsView,
    pub agencies: Vec<ComparedView>,
    /// Whether some agency tells how long its own work process takes.
    pub has_processes: bool,
}

/// How long, how much, which ways.
#[derive(Debug, PartialEq, Serialize)]
pub(in super::super) struct TermsView {
    pub time: Option<String>,
    pub fee: Option<String>,
    pub ways: String,
}

/// One agency.
#[derive(Debug, Serialize)]
pub(in super::super) struct ComparedView {
    /// Its page about the procedure.
    pub agency: LinkView,
    pub terms: TermsView,
    /// The sum of the steps of its work process.
    pub by_process: Option<String>,
    pub differences: Vec<DifferenceView>,
    /// The documents that set its own terms.
    pub bases: Vec<LegalView>,
}

/// What differs from the catalogue, with the kind of its sign.
#[derive(Debug, PartialEq, Serialize)]
pub(in super::super) struct DifferenceView {
    pub kind: &'static str,
    pub text: String,
}

/// The list of procedures that some agency does on terms of its own.
#[derive(Debug, Serialize)]
pub(in super::super) struct ComparisonsView<'a> {
    /// Procedures that two agencies or more do.
    pub compared: usize,
    pub count: usize,
    pub procedures: Vec<ComparisonEntryView<'a>>,
    pub pager: Vec<PagerView>,
}

/// A procedure of the list.
#[derive(Debug, Clone, Serialize)]
pub(in super::super) struct ComparisonEntryView<'a> {
    pub code: &'a str,
    pub link: LinkView,
    pub agencies: usize,
    pub differing: usize,
}

/// Whether there is anything to compare.
pub(in super::super) fn is_compared(doers: &[&Agency]) -> bool {
    doers.len() >= 2
}

impl<'a> ComparisonView<'a> {
    /// A procedure and the agencies that do it.
    pub fn new(site: &Site<'a>, entry: &CatalogueEntry<'a>, doers: &[&Agency]) -> Self {
        let (procedure, words) = (entry.procedure, site.words());
        let common = terms(&procedure.channels, procedure, words);
        let agencies: Vec<ComparedView> = doers.iter().map(|agency| compared(site, entry, agency)).collect();
        let differing = agencies.iter().filter(|agency| !agency.differences.is_empty()).count();
        let numbers = [agencies.len(), agencies.len() - differing, differing].map(|number| grouped(number as u64));
        let gaps = [("total", &*numbers[0]), ("same", &numbers[1]), ("differing", &numbers[2])];
        Self {
            procedure: LinkView { href: Some(path::page(entry.folder)), title: procedure.name.clone() },
            code: procedure.code.as_str(),
            finding: words.fill(if differing == 0 { "comparison_same" } else { "comparison_finding" }, &gaps),
            common,
            has_processes: agencies.iter().any(|agency| agency.by_process.is_some()),
            agencies,
        }
    }
}

impl<'a> ComparisonEntryView<'a> {
    /// `None` where all agencies do the procedure on the same terms.
    pub fn new(site: &Site<'a>, entry: &CatalogueEntry<'a>, doers: &[&Agency]) -> Option<Self> {
        let procedure = entry.procedure;
        let differs = |agency: &&&Agency| service(agency, procedure).is_some_and(|service| !differences(service, procedure, site.words()).is_empty());
        let differing = doers.iter().filter(differs).count();
        (differing > 0).then(|| Self {
            code: procedure.code.as_str(),
            link: LinkView { href: Some(path::page(&path::comparison(procedure))), title: procedure.name.clone() },
            agencies: doers.len(),
            differing,
        })
    }
}

fn service<'a>(agency: &'a Agency, procedure: &AdministrativeProcedure) -> Option<&'a LocalService> {
    agency.local_services.iter().find(|service| service.code == procedure.code)
}

fn compared(site: &Site<'_>, entry: &CatalogueEntry<'_>, agency: &Agency) -> ComparedView {
    let (procedure, words) = (entry.procedure, site.words());
    let service = service(agency, procedure);
    let own = service.map(|service| service.channels(procedure));
    ComparedView {
        agency: LinkView { href: Some(path::page(&format!("{}{}", site.agency_folder(agency), entry.folder))), title: agency.name.clone() },
        terms: terms(own.as_deref().unwrap_or(&procedure.channels), procedure, words),
        by_process: by_process(site, agency, procedure),
        differences: service.map(|service| differences(service, procedure, words)).unwrap_or_default(),
        bases: service.map(|service| own_bases(site, service)).unwrap_or_default(),
    }
}

/// The documents that set an agency's own terms.
pub(in super::super) fn own_bases(site: &Site<'_>, service: &LocalService) -> Vec<LegalView> {
    let mut numbers: Vec<_> = service.own_terms.iter().filter_map(|terms| terms.legal_basis.as_ref()).collect();
    numbers.dedup();
    numbers.into_iter().map(|number| LegalView::new(site, Some(number), None)).collect()
}

fn terms(channels: &[Channel], procedure: &AdministrativeProcedure, words: &Words) -> TermsView {
    let AnswerView { time, fee, papers: _ } = AnswerView::of(channels, &procedure.dossiers, words);
    TermsView { time, fee, ways: ways(channels.iter().map(|channel| channel.method), words) }
}

/// `Trực tiếp, trực tuyến`
pub(in super::super) fn ways(methods: impl Iterator<Item = SubmissionMethod>, words: &Words) -> String {
    let mut labels: Vec<&str> = Vec::new();
    for label in methods.map(|method| method_label(method, words)) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let mut text = labels.first().map_or_else(|| words.text("not_stated").to_owned(), |first| (*first).to_owned());
    labels.iter().skip(1).for_each(|label| text.push_str(&format!(", {}", label.to_lowercase())));
    text
}

fn method_label(method: SubmissionMethod, words: &Words) -> &str {
    let key = match method {
        SubmissionMethod::Direct => "direct",
        SubmissionMethod::Online => "online",
        SubmissionMethod::Postal => "postal",
    };
    words.label("submission_method", key)
}

/// How long the agency's own work process takes, where its steps all count in one unit and the public may read it.
fn by_process(site: &Site<'_>, agency: &Agency, procedure: &AdministrativeProcedure) -> Option<String> {
    let processes = site.register.records(&agency.id).work_processes.iter();
    let mut in_use = processes.filter(|process| process.is_public() && process.status == DocumentStatus::Active);
    let (total, unit) = total(in_use.find(|process| process.covers.contains(&procedure.code))?)?;
    Some(format!("{} {}", decimal(total, 3), unit_label(unit, site.words())))
}

fn total(process: &WorkProcess) -> Option<(f64, TimeUnit)> {
    let unit = process.steps.first()?.duration?.unit;
    let durations = process.steps.iter().map(|step| step.duration.filter(|duration| duration.unit == unit).map(|duration| duration.value));
    Some((durations.sum::<Option<f64>>()?, unit))
}

/// In what an agency differs from the catalogue. What holds for some ways of handing in only names them.
pub(in super::super) fn differences(service: &LocalService, procedure: &AdministrativeProcedure, words: &Words) -> Vec<DifferenceView> {
    let (offered, refused): (Vec<&Channel>, Vec<&Channel>) = procedure.channels.iter().partition(|channel| service.offers(channel.method));
    let mut found: Vec<(DifferenceView, Vec<SubmissionMethod>)> = Vec::new();
    for channel in &offered {
        let limit = service.own_limit(channel.method).and_then(|own| other_limit(own, channel.time_limit.as_ref(), words));
        let fee = service.own_fees(channel.method).and_then(|own| other_fee(own, &channel.fees, words));
        for difference in limit.into_iter().chain(fee) {
            match found.iter_mut().find(|(known, _)| *known == difference) {
                Some((_, methods)) => methods.push(channel.method),
                None => found.push((difference, vec![channel.method])),
            }
        }
    }
    let told = |(difference, methods): (DifferenceView, Vec<SubmissionMethod>)| {
        let is_everywhere = offered.iter().all(|channel| methods.contains(&channel.method));
        let text = if is_everywhere { difference.text } else { format!("{} ({})", difference.text, ways(methods.into_iter(), words).to_lowercase()) };
        DifferenceView { text, ..difference }
    };
    let mut told: Vec<DifferenceView> = found.into_iter().map(told).collect();
    if !refused.is_empty() {
        let ways = ways(refused.iter().map(|channel| channel.method), words).to_lowercase();
        told.push(DifferenceView { kind: "warn", text: words.fill("differs_not_offered", &[("ways", &ways)]) });
    }
    told
}

fn other_limit(own: &TimeLimit, common: Option<&TimeLimit>, words: &Words) -> Option<DifferenceView> {
    if common == Some(own) {
        return None;
    }
    let number = |limit: &TimeLimit| limit.value.zip(limit.unit);
    let (kind, word, by) = match (number(own), common.and_then(number)) {
        (Some((own, unit)), Some((common, same))) if unit == same && own < common => ("ok", "differs_shorter", Some((common - own, unit))),
        (Some((own, unit)), Some((common, same))) if unit == same && own > common => ("warn", "differs_longer", Some((own - common, unit))),
        (Some(own), Some(common)) if own == common => return None,
        _ => ("plain", "differs_time", None),
    };
    let by = by.map(|(value, unit)| format!("{} {}", grouped(value.into()), unit_label(unit, words))).unwrap_or_default();
    Some(DifferenceView { kind, text: words.fill(word, &[("by", &by)]) })
}

fn other_fee(own: &[Fee], common: &[Fee], words: &Words) -> Option<DifferenceView> {
    if own == common {
        return None;
    }
    let (kind, word, by) = match (price(own), price(common)) {
        (Some(own), Some(common)) if own == common => return None,
        (Some(0), _) => ("ok", "differs_free", 0),
        (Some(own), Some(common)) if own < common => ("ok", "differs_cheaper", common - own),
        (Some(own), Some(common)) => ("warn", "differs_dearer", own - common),
        _ => ("plain", "differs_fee", 0),
    };
    let by = format!("{} {}", grouped(by), words.text("currency_vnd"));
    Some(DifferenceView { kind, text: words.fill(word, &[("by", &by)]) })
}

/// The one amount in đồng that is to be paid; 0 where it is free. `None` where it depends, or nobody knows.
fn price(fees: &[Fee]) -> Option<u64> {
    let [only] = fees else { return None };
    if only.is_free { Some(0) } else { only.amount.filter(|amount| *amount > 0 && &*only.currency == "VND") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Lang, Theme};

    fn limit(value: u32, unit: TimeUnit) -> TimeLimit {
        TimeLimit { value: Some(value), unit: Some(unit), text: None }
    }

    fn fee(amount: Option<u64>) -> Vec<Fee> {
        vec![Fee { kind: None, amount, currency: "VND".into(), is_free: amount.is_none(), text: None, legal_basis: None }]
    }

    #[test]
    fn what_differs_is_told_in_words() {
        let theme = Theme::load(std::path::Path::new("."), None).unwrap();
        let words = theme.words(Lang::Vi);
        let common = limit(10, TimeUnit::WorkingDay);
        let said = |own: TimeLimit| other_limit(&own, Some(&common), words).map(|one| (one.kind, one.text));
        assert_eq!(said(limit(7, TimeUnit::WorkingDay)), Some(("ok", "Ngắn hơn 3 ngày làm việc".to_owned())));
        assert_eq!(said(limit(12, TimeUnit::WorkingDay)), Some(("warn", "Dài hơn 2 ngày làm việc".to_owned())));
        // Units are never converted.
        assert_eq!(said(limit(7, TimeUnit::Day)), Some(("plain", "Thời hạn khác".to_owned())));
        assert_eq!(said(limit(10, TimeUnit::WorkingDay)), None);
        let said = |own: Vec<Fee>| other_fee(&own, &fee(Some(100_000)), words).map(|one| (one.kind, one.text));
        assert_eq!(said(fee(Some(50_000))), Some(("ok", "Phí, lệ phí thấp hơn 50.000 đồng".to_owned())));
        assert_eq!(said(fee(None)), Some(("ok", "Không thu phí, lệ phí".to_owned())));
        assert_eq!(said(fee(Some(100_000))), None);
    }
}
