//! The catalogue's time limit, fees or papers are not those of the national record kept beside it (`content/national/`).

use std::collections::BTreeMap;

use crate::check::Case;
use crate::check::wording::{several, short};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::{SubmissionMethod, TimeUnit};
use crate::domain::{AdministrativeProcedure, Channel, Component, LocalService, TimeLimit, fold, grouped, short_date};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "differs-from-national",
    severity: Severity::Warning,
    summary: Text::fixed("thời hạn, phí hoặc thành phần hồ sơ khác với bản ghi quốc gia", "time limit, fees or papers differ from the national record"),
    basis: Some("NĐ 63/2010/NĐ-CP, Điều 25"),
};

/// Papers that a message names.
const SHOWN: usize = 5;

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (code, national) in &case.register.national_records {
        let Some(local) = case.register.administrative_procedures.get(code).filter(|local| local.is_active()) else { continue };
        for (origin, differing, place) in differences(local, national) {
            found.push(reported(local, national, origin, &differing, &place));
        }
    }
    for agency in case.register.agencies.values().filter(|agency| agency.is_active()) {
        for service in agency.local_services.iter().filter(|service| !service.own_terms.is_empty()) {
            found.extend(case.register.administrative_procedures.get(&service.code).into_iter().flat_map(|procedure| longer_here(service, procedure)));
        }
    }
}

/// An agency may promise to be quicker, never to be slower.
fn longer_here(service: &LocalService, procedure: &AdministrativeProcedure) -> Vec<Diagnostic> {
    let number = |limit: Option<&TimeLimit>| limit.and_then(|limit| limit.value.zip(limit.unit));
    let text = |(value, unit): (u32, TimeUnit)| crate::check::wording::amount(f64::from(value), unit);
    let mut found = Vec::new();
    for terms in &service.own_terms {
        let Some(own) = number(terms.time_limit.as_ref()) else { continue };
        let channels = procedure.channels.iter().filter(|channel| terms.method.is_none_or(|method| method == channel.method));
        let common = channels.filter_map(|channel| number(channel.time_limit.as_ref())).filter(|common| common.1 == own.1).max_by_key(|common| common.0);
        let Some(common) = common.filter(|common| own.0 > common.0) else { continue };
        let code = procedure.code.key();
        let message = Text::new(
            format!("thủ tục {code}: thời hạn riêng của cơ quan {} dài hơn thời hạn trong danh mục {}", text(own).vi, text(common).vi),
            format!("procedure {code}: the agency's own time limit of {} is longer than the {} of the catalogue", text(own).en, text(common).en),
        );
        found.push(
            Diagnostic::new(&RULE, terms.origin.field("time_limit"), message)
                .related(procedure.origin.field("channels"), Text::fixed("thời hạn trong danh mục", "the time limit of the catalogue"))
                .hint(Text::fixed("ghi thời hạn ngắn hơn, hoặc xóa mục này để theo danh mục", "write a shorter one, or delete it to follow the catalogue")),
        );
    }
    found
}

/// Where the local record differs, how, and where the national one says otherwise.
fn differences(local: &AdministrativeProcedure, national: &AdministrativeProcedure) -> Vec<(Origin, Text, Origin)> {
    let mut found = Vec::new();
    for (index, channel) in local.channels.iter().enumerate() {
        let of_method = |one: &(usize, &Channel)| one.1.method == channel.method;
        let (mut here, mut there) = (local.channels.iter().enumerate().filter(of_method), national.channels.iter().enumerate().filter(of_method));
        // Several channels of one method differ by their texts: which of them belong together nobody can tell.
        let (Some(_), None, Some((national_index, other)), None) = (here.next(), here.next(), there.next(), there.next()) else { continue };
        let place = |origin: &Origin, at: usize, field: &str| origin.field("channels").item(at).field(field);
        let places = |field: &str| (place(&local.origin, index, field), place(&national.origin, national_index, field));
        if let Some(text) = other_limit(channel, other) {
            let (origin, national) = places("time_limit");
            found.push((origin, text, national));
        }
        if let Some(text) = other_fees(channel, other) {
            let (origin, national) = places("fees");
            found.push((origin, text, national));
        }
    }
    if let Some(text) = other_papers(local, national) {
        found.push((local.origin.field("dossiers"), text, national.origin.field("dossiers")));
    }
    found
}

fn method(method: SubmissionMethod) -> (&'static str, &'static str) {
    match method {
        SubmissionMethod::Direct => ("nộp trực tiếp", "in person"),
        SubmissionMethod::Online => ("nộp trực tuyến", "online"),
        SubmissionMethod::Postal => ("nộp qua bưu chính", "by post"),
    }
}

/// Only numbers are compared: two texts may say the same in other words.
fn other_limit(local: &Channel, national: &Channel) -> Option<Text> {
    let limit = |channel: &Channel| channel.time_limit.as_ref().and_then(|limit| limit.value.zip(limit.unit));
    let (here, there) = (limit(local)?, limit(national)?);
    let text = |(value, unit): (u32, TimeUnit)| crate::check::wording::amount(f64::from(value), unit);
    let (vi, en) = method(local.method);
    (here != there).then(|| {
        Text::new(
            format!("{vi}, thời hạn ở đây {}, bản ghi quốc gia {}", text(here).vi, text(there).vi),
            format!("{en}, the time limit is {} here, {} in the national record", text(here).en, text(there).en),
        )
    })
}

/// What is to be paid, in order; `None` where one of the records only has texts. Free is 0.
fn amounts(channel: &Channel) -> Option<Vec<u64>> {
    let amount = |fee: &crate::domain::Fee| if fee.is_free { Some(0) } else { fee.amount.filter(|amount| *amount > 0) };
    let mut amounts: Vec<u64> = channel.fees.iter().map(amount).collect::<Option<_>>()?;
    amounts.sort_unstable();
    amounts.dedup();
    (!amounts.is_empty()).then_some(amounts)
}

fn other_fees(local: &Channel, national: &Channel) -> Option<Text> {
    let (here, there) = (amounts(local)?, amounts(national)?);
    let text = |amounts: &[u64]| amounts.iter().map(|amount| format!("{} đồng", grouped(*amount))).collect::<Vec<_>>().join(", ");
    let (vi, en) = method(local.method);
    (here != there).then(|| {
        Text::new(
            format!("{vi}, phí, lệ phí ở đây {}, bản ghi quốc gia {}", text(&here), text(&there)),
            format!("{en}, fees are {} here, {} in the national record", text(&here), text(&there)),
        )
    })
}

/// Papers by their folded names.
fn papers(procedure: &AdministrativeProcedure) -> BTreeMap<String, &str> {
    let components = procedure.dossiers.iter().flat_map(|dossier| &dossier.components);
    let key = |name: &str| fold(name).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    // Instructions pose as papers in many records: no original, no copy.
    let is_paper = |component: &&Component| component.is_present_only || component.originals != Some(0) || component.copies != Some(0);
    components.filter(is_paper).map(|component| (key(&component.name), &*component.name)).collect()
}

fn other_papers(local: &AdministrativeProcedure, national: &AdministrativeProcedure) -> Option<Text> {
    let (here, there) = (papers(local), papers(national));
    if here.is_empty() || there.is_empty() {
        return None;
    }
    let missing_in = |from: &BTreeMap<String, &str>, other: &BTreeMap<String, &str>| -> Vec<String> {
        from.iter().filter(|(key, _)| !other.contains_key(*key)).map(|(_, name)| short(name, 60)).collect()
    };
    let (added, left_out) = (missing_in(&here, &there), missing_in(&there, &here));
    let (mut vi, mut en) = (Vec::new(), Vec::new());
    if !added.is_empty() {
        let names = several(&added, SHOWN);
        vi.push(format!("thêm giấy tờ không có trong bản ghi quốc gia: {}", names.vi));
        en.push(format!("papers that the national record does not ask for: {}", names.en));
    }
    if !left_out.is_empty() {
        let names = several(&left_out, SHOWN);
        vi.push(format!("thiếu giấy tờ mà bản ghi quốc gia nêu: {}", names.vi));
        en.push(format!("papers of the national record are missing: {}", names.en));
    }
    (!vi.is_empty()).then(|| Text::new(vi.join("; "), en.join("; ")))
}

fn reported(local: &AdministrativeProcedure, national: &AdministrativeProcedure, origin: Origin, differing: &Text, place: &Origin) -> Diagnostic {
    let code = local.code.key();
    let checked = national.source.as_ref().and_then(|source| source.checked_on).map(short_date);
    let (day_vi, day_en) = checked.map_or_else(Default::default, |day| (format!(", đối chiếu ngày {day}"), format!(", checked on {day}")));
    let message = Text::new(format!("thủ tục {code}: {}", differing.vi), format!("procedure {code}: {}", differing.en));
    Diagnostic::new(&RULE, origin, message).related(place.clone(), Text::new(format!("bản ghi quốc gia{day_vi}"), format!("the national record{day_en}"))).hint(
        Text::fixed(
            "dữ liệu quốc gia có giá trị pháp lý: sửa theo bản ghi quốc gia, hoặc đề nghị cơ quan công bố sửa bản ghi đó",
            "the national data has legal value: follow it, or ask who announced the procedure to correct it",
        ),
    )
}
