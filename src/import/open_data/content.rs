//! Records of open data as content files. Names of files are made here, never taken from the data.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::record::*;
use super::{ContentFile, FILES, MARK, Refused, Wanted, unique};
use crate::diagnostic::Text;
use crate::domain::{Date, slug};
use crate::import::yaml_writer;
use crate::markdown::without_local_links;

/// Longest name of a file made of a code.
const LONGEST_NAME: usize = 60;

/// The content files of an agency.
pub(super) struct Content<'w> {
    wanted: Wanted<'w>,
    pub files: Vec<ContentFile>,
}

impl<'w> Content<'w> {
    pub fn new(wanted: Wanted<'w>) -> Self {
        Self { wanted, files: Vec::new() }
    }

    pub fn agency(&mut self, record: &AgencyRecord) -> Result<(), Refused> {
        let file = FILES[0];
        unique(file, "mã thủ tục", "the code", record.administrative_procedures.iter())?;
        unique(file, "mã thủ tục trong local_services", "the code in local_services", record.local_services.iter().map(|one| &one.code))?;
        let head = record.head_position.as_ref().map(|position| json!({ "position": position, "name": record.head_name }));
        let value = json!({
            "id": record.id,
            "name": record.name,
            "name_en": record.name_en,
            "short_name": record.short_name,
            "level": record.level,
            "parent": self.wanted.parent.or(record.parent.as_deref()),
            "qms": Some(&record.qms).filter(|qms| **qms != record.id),
            "electronic_id": record.electronic_id,
            "obligation": record.obligation,
            "head": head,
            "address": record.address,
            "phone": record.phone,
            "email": record.email,
            "website": record.website,
            "reception_hours": record.reception_hours,
            "units": record.units,
            "predecessors": record.predecessors,
            "status": record.status,
            "successor": record.successor,
            "ended_on": record.ended_on,
            "administrative_procedures": record.administrative_procedures,
            "local_services": record.local_services,
        });
        self.yaml(file, "agency.yaml", value)
    }

    pub fn declarations<'r>(&mut self, records: impl Iterator<Item = &'r DeclarationRecord> + Clone) -> Result<(), Refused> {
        let file = FILES[1];
        unique(file, "số quyết định", "the number", records.clone().filter_map(|record| record.number.as_ref()))?;
        let mut of_day: BTreeMap<Date, u32> = BTreeMap::new();
        for record in records {
            unique(file, "mã thủ tục trong một phụ lục", "the code in an annex", record.annex.iter())?;
            let on = day(file, record.issued_on.as_deref())?;
            let count = of_day.entry(on).or_default();
            *count += 1;
            let name = if *count == 1 { format!("declarations/{on}.yaml") } else { format!("declarations/{on}-{count}.yaml") };
            let signer = json!({ "authority": record.signer_authority, "position": record.signer_position, "name": record.signer_name });
            let value = json!({
                "number": record.number,
                "issued_on": record.issued_on,
                "place": record.place,
                "standard": record.standard,
                "kind": record.kind,
                "reason": record.reason,
                "scope": record.scope.as_deref().map(without_local_links),
                "annex": record.annex,
                "exclusions": record.exclusions,
                "legal_bases": record.legal_bases,
                "signer": signer,
                "supersedes": record.supersedes,
                "effective_on": record.effective_on,
                "ended_on": record.ended_on,
                "validity_confirmation": record.confirmed_on.as_ref().map(|on| json!({ "confirmed_on": on })),
                "lead_unit_notice": record.lead_unit_notice_sent_on.as_ref().map(|on| json!({ "number": record.lead_unit_notice_number, "sent_on": on })),
                "premises_posting": record.posted_on.as_ref().map(|on| json!({ "posted_on": on })),
            });
            self.yaml(file, &name, value)?;
        }
        Ok(())
    }

    pub fn work_processes<'r>(&mut self, records: impl Iterator<Item = &'r WorkProcessRecord> + Clone) -> Result<(), Refused> {
        let file = FILES[2];
        unique(file, "mã quy trình", "the code", records.clone().map(|record| slug(&record.code, LONGEST_NAME)))?;
        for record in records {
            let name = slug(&record.code, LONGEST_NAME);
            if name.is_empty() {
                let why = Text::new(format!("mã quy trình “{}” không dùng được", record.code), format!("the code `{}` can't be used", record.code));
                return Err(Refused { file, why });
            }
            day(file, record.issued_on.as_deref())?;
            let front = json!({
                "code": record.code,
                "title": record.title,
                "edition": record.edition,
                "revision": record.revision,
                "issued_on": record.issued_on,
                "effective_on": record.effective_on,
                "drafted_by": record.drafted_by,
                "reviewed_by": record.reviewed_by,
                "approved_by": record.approved_by,
                "kind": record.kind,
                "covers": record.covers,
                "purpose": record.purpose,
                "scope": record.scope,
                "legal_bases": record.legal_bases,
                "steps": record.steps,
                "records": record.records,
                "unit": record.unit,
                "status": record.status,
            });
            let body = without_local_links(record.text.trim());
            let text = format!("---\n{MARK}\n{}---\n{}{body}\n", yaml_writer::write(&yaml_writer::stated(front)), if body.is_empty() { "" } else { "\n" });
            self.push(file, &format!("work-processes/{name}.md"), text)?;
        }
        Ok(())
    }

    pub fn results<'r>(&mut self, records: impl Iterator<Item = &'r ResultRecord> + Clone) -> Result<(), Refused> {
        let file = FILES[3];
        unique(file, "kỳ", "the period", records.clone().map(|one| format!("{} {}", one.period, one.field.as_deref().unwrap_or("")).trim().to_owned()))?;
        let mut years: BTreeMap<i16, (Option<&str>, Vec<Value>)> = BTreeMap::new();
        for record in records {
            let (source, rows) = years.entry(record.year).or_default();
            *source = source.or(record.source.as_deref());
            rows.push(json!({
                "period": record.period,
                "field": record.field,
                "received": record.received,
                "early": record.early,
                "on_time": record.on_time,
                "late": record.late,
                "pending": record.pending,
                "causes": record.causes,
                "actions": record.actions,
            }));
        }
        for (year, (source, rows)) in years {
            if !(1900..=9999).contains(&year) {
                return Err(Refused { file, why: Text::new(format!("năm {year} không có thật"), format!("there is no year {year}")) });
            }
            self.yaml(file, &format!("results/{year}.yaml"), json!({ "source": source, "results": rows }))?;
        }
        Ok(())
    }

    fn yaml(&mut self, file: &'static str, name: &str, value: Value) -> Result<(), Refused> {
        self.push(file, name, format!("{MARK}\n{}", yaml_writer::write(&yaml_writer::stated(value))))
    }

    fn push(&mut self, file: &'static str, name: &str, text: String) -> Result<(), Refused> {
        if text.len() as u64 > self.wanted.most_bytes {
            let why = Text::new(
                format!("{name} sẽ lớn hơn {} byte", self.wanted.most_bytes),
                format!("{name} would be larger than {} bytes", self.wanted.most_bytes),
            );
            return Err(Refused { file, why });
        }
        self.files.push(ContentFile { path: format!("content/agencies/{}/{name}", self.wanted.agency), text });
        Ok(())
    }
}

/// A date that exists.
fn day(file: &'static str, written: Option<&str>) -> Result<Date, Refused> {
    let written = written.unwrap_or("");
    let date = written.parse::<Date>().ok().filter(|_| written.len() == 10);
    date.ok_or_else(|| Refused {
        file, why: Text::new(format!("ngày ban hành “{written}” không có thật"), format!("`{written}` is no date of issue"))
    })
}
