//! The national facts of an administrative procedure, the same on the pages of every agency.

use serde::Serialize;

use super::super::site::Site;
use super::{AnswerView, FileView, LegalView, iso};
use crate::domain::vocabulary::*;
use crate::domain::{AdministrativeProcedure, Channel, Component, Dossier, Fee, ProcedureSteps, TimeLimit, grouped};
use crate::markdown::{PageFrame, to_html};
use crate::theme::Words;

/// All national facts of a procedure.
#[derive(Debug, Serialize)]
pub(in super::super) struct NationalView<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub field: &'a str,
    pub status: AdministrativeProcedureStatus,
    pub levels: &'a [ExecutionLevel],
    pub applicants: &'a [std::sync::Arc<str>],
    pub description_html: Option<String>,
    pub regulation: Option<&'a str>,
    pub announcement: Option<AnnouncementView<'a>>,
    pub answer: AnswerView,
    pub channels: Vec<ChannelView>,
    pub dossiers: Vec<DossierView<'a>>,
    pub sets: Option<u32>,
    pub steps: Vec<StepView<'a>>,
    pub steps_html: Option<String>,
    pub conditions_html: Option<String>,
    pub forms: Vec<FormView<'a>>,
    pub results: &'a [String],
    pub online_level: Option<OnlineLevel>,
    pub parties: Vec<PartyView<'a>>,
    pub legal_bases: Vec<LegalView>,
    pub source_url: &'a str,
    pub source_name: Option<&'a str>,
    pub checked_on: Option<String>,
}

/// The decision that announced the procedure.
#[derive(Debug, Serialize)]
pub(in super::super) struct AnnouncementView<'a> {
    pub number: &'a str,
    pub issued_on: Option<String>,
}

/// A way to hand in a dossier.
#[derive(Debug, Serialize)]
pub(in super::super) struct ChannelView {
    pub method: SubmissionMethod,
    pub time: Option<String>,
    pub fees: Vec<String>,
    pub note_html: Option<String>,
}

/// The papers of one case.
#[derive(Debug, Serialize)]
pub(in super::super) struct DossierView<'a> {
    pub case: Option<&'a str>,
    pub components: Vec<ComponentView<'a>>,
    pub note_html: Option<String>,
}

/// One paper.
#[derive(Debug, Serialize)]
pub(in super::super) struct ComponentView<'a> {
    pub name: &'a str,
    pub originals: Option<u32>,
    pub copies: Option<u32>,
    pub is_present_only: bool,
    pub form: Option<&'a str>,
    pub note: Option<&'a str>,
}

/// One step of a list.
#[derive(Debug, Serialize)]
pub(in super::super) struct StepView<'a> {
    pub action: &'a str,
    pub responsible: Option<&'a str>,
    pub text_html: Option<String>,
}

/// A form.
#[derive(Debug, Serialize)]
pub(in super::super) struct FormView<'a> {
    pub name: &'a str,
    pub file: Option<FileView>,
}

/// An agency that takes part, by the field of the label table.
#[derive(Debug, Serialize)]
pub(in super::super) struct PartyView<'a> {
    pub field: &'static str,
    pub name: &'a str,
}

impl<'a> NationalView<'a> {
    /// The facts for pages of one depth.
    pub fn new(site: &Site<'a>, procedure: &'a AdministrativeProcedure) -> Self {
        let words = site.words();
        let (steps, steps_html) = steps(&procedure.steps);
        let source = procedure.source.as_ref();
        Self {
            code: procedure.code.as_str(),
            name: &procedure.name,
            field: &procedure.field,
            status: procedure.status,
            levels: &procedure.levels,
            applicants: &procedure.applicants,
            description_html: procedure.description.as_ref().map(|text| html(&text.text, 3)),
            regulation: procedure.regulation.as_deref(),
            announcement: procedure
                .announcement
                .as_ref()
                .map(|announcement| AnnouncementView { number: announcement.number.as_str(), issued_on: iso(announcement.issued_on) }),
            answer: AnswerView::new(procedure, words),
            channels: procedure.channels.iter().map(|channel| channel_view(channel, words)).collect(),
            dossiers: procedure.dossiers.iter().map(dossier_view).collect(),
            sets: procedure.sets,
            steps,
            steps_html,
            conditions_html: procedure.conditions.as_ref().map(|text| html(&text.text, 3)),
            forms: procedure.forms.iter().map(|form| FormView { name: &form.name, file: None }).collect(),
            results: &procedure.results,
            online_level: procedure.online_level,
            parties: parties(procedure),
            legal_bases: procedure.legal_bases.iter().map(|basis| LegalView::new(site, basis.number.as_ref(), basis.title.as_deref())).collect(),
            source_url: source.and_then(|source| source.url.as_deref()).unwrap_or(&site.config.national_portal_url),
            source_name: source.and_then(|source| source.name.as_deref()),
            checked_on: iso(source.and_then(|source| source.checked_on)),
        }
    }
}

/// A text of the catalogue: links to other content files are left out, their words stay.
fn html(text: &str, top_heading: u8) -> String {
    to_html(text, &PageFrame { top_heading, link: &|_| None })
}

fn steps(steps: &ProcedureSteps) -> (Vec<StepView<'_>>, Option<String>) {
    match steps {
        ProcedureSteps::Missing => (Vec::new(), None),
        ProcedureSteps::Text(text) => (Vec::new(), Some(html(&text.text, 3))),
        ProcedureSteps::List(list) => {
            let view = |step: &'_ crate::domain::ProcedureStep| step.text.as_ref().map(|text| html(&text.text, 4));
            (list.iter().map(|step| StepView { action: &step.action, responsible: step.responsible.as_deref(), text_html: view(step) }).collect(), None)
        }
    }
}

fn channel_view(channel: &Channel, words: &Words) -> ChannelView {
    ChannelView {
        method: channel.method,
        time: channel.time_limit.as_ref().map(|limit| time_text(limit, words)),
        fees: channel.fees.iter().map(|fee| fee_text(fee, words)).collect(),
        note_html: channel.note.as_ref().map(|note| html(&note.text, 4)),
    }
}

fn dossier_view(dossier: &Dossier) -> DossierView<'_> {
    let component = |component: &'_ Component| (component.originals, component.copies);
    DossierView {
        case: dossier.case.as_deref(),
        components: dossier
            .components
            .iter()
            .map(|paper| {
                let (originals, copies) = component(paper);
                ComponentView {
                    name: &paper.name,
                    originals,
                    copies,
                    is_present_only: paper.is_present_only,
                    form: paper.form.as_deref(),
                    note: paper.note.as_deref(),
                }
            })
            .collect(),
        note_html: dossier.note.as_ref().map(|note| html(&note.text, 4)),
    }
}

fn parties(procedure: &AdministrativeProcedure) -> Vec<PartyView<'_>> {
    [
        ("competent_agency", &procedure.competent_agency),
        ("executing_agency", &procedure.executing_agency),
        ("authorised_agency", &procedure.authorised_agency),
        ("coordinating_agencies", &procedure.coordinating_agencies),
        ("receiving_place", &procedure.receiving_place),
    ]
    .into_iter()
    .filter_map(|(field, name)| Some(PartyView { field, name: name.as_deref()? }))
    .collect()
}

/// `3 ngày làm việc`, with the words that stand beside the number.
pub(in super::super) fn time_text(limit: &TimeLimit, words: &Words) -> String {
    let number = limit.value.filter(|value| *value > 0).zip(limit.unit).map(|(value, unit)| format!("{} {}", grouped(value.into()), unit_label(unit, words)));
    match (number, &limit.text) {
        (Some(number), Some(text)) => format!("{number} ({})", text.trim_end_matches('.')),
        (Some(number), None) => number,
        (None, Some(text)) => text.clone(),
        (None, None) => words.text("not_stated").to_owned(),
    }
}

/// The label of a unit of time.
pub(in super::super) fn unit_label(unit: TimeUnit, words: &Words) -> &str {
    let key = match unit {
        TimeUnit::WorkingDay => "working_day",
        TimeUnit::Day => "day",
        TimeUnit::Hour => "hour",
        TimeUnit::Month => "month",
        TimeUnit::Year => "year",
    };
    words.label("time_unit", key)
}

/// `Lệ phí: 8.000 đồng`. Zero that is not said to be free is never shown as free: its text is.
pub(in super::super) fn fee_text(fee: &Fee, words: &Words) -> String {
    let key = fee.kind.map(|kind| match kind {
        FeeKind::Charge => "charge",
        FeeKind::Fee => "fee",
        FeeKind::Price => "price",
    });
    let kind = key.map(|key| format!("{}: ", words.label("fee_kind", key))).unwrap_or_default();
    let currency = if &*fee.currency == "VND" { words.text("currency_vnd") } else { &fee.currency };
    let amount = fee.amount.filter(|amount| *amount > 0).map(|amount| format!("{} {currency}", grouped(amount)));
    let basis = fee.legal_basis.as_ref().map(|number| words.fill("fee_basis", &[("number", number.as_str())]));
    let text = match (fee.is_free, amount, &fee.text) {
        (true, _, None) => return words.text("fee_free").to_owned(),
        (true, _, Some(text)) => return format!("{} ({})", words.text("fee_free"), text.trim_end_matches('.')),
        (false, Some(amount), Some(text)) => format!("{kind}{amount} ({})", text.trim_end_matches('.')),
        (false, Some(amount), None) => format!("{kind}{amount}"),
        (false, None, Some(text)) => format!("{kind}{text}"),
        (false, None, None) => format!("{kind}{}", words.text("fee_not_stated")),
    };
    match basis {
        Some(basis) => format!("{} {basis}", text.trim_end_matches('.')),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Lang, Theme};

    fn fee(amount: Option<u64>, is_free: bool, text: Option<&str>) -> String {
        let theme = Theme::load(std::path::Path::new("."), None).unwrap();
        let fee = Fee { kind: Some(FeeKind::Fee), amount, currency: "VND".into(), is_free, text: text.map(str::to_owned), legal_basis: None };
        fee_text(&fee, theme.words(Lang::Vi))
    }

    #[test]
    fn a_zero_that_is_not_free_shows_its_text() {
        assert_eq!(fee(Some(0), false, Some("theo nghị quyết của tỉnh")), "Lệ phí: theo nghị quyết của tỉnh");
        assert_eq!(fee(Some(0), false, None), "Lệ phí: Chưa rõ mức thu, hãy hỏi nơi tiếp nhận");
    }

    #[test]
    fn amounts_and_free() {
        assert_eq!(fee(Some(8000), false, Some("mỗi bản.")), "Lệ phí: 8.000 đồng (mỗi bản)");
        assert_eq!(fee(None, true, None), "Không thu phí, lệ phí");
    }
}
