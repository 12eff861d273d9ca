//! The agency and its declaration.

use congbo::domain::slug;
use congbo::import::yaml_writer;
use serde_json::{Value, json};

use crate::File;
use crate::neutral::{Agency, Corpus};
use crate::project::LEAD_UNIT;

/// `agency.yaml` and `declarations/<date>.yaml`
pub fn files(corpus: &Corpus, codes: &[String]) -> Vec<File> {
    let agency = &corpus.agency;
    vec![
        file_of(agency, "agency.yaml", yaml_writer::write(&record(agency, codes))),
        file_of(agency, &format!("declarations/{}.yaml", agency.date), yaml_writer::write(&declaration(agency, codes))),
    ]
}

/// A file in the folder of an agency.
pub fn file_of(agency: &Agency, path: &str, text: String) -> File {
    File { path: format!("agencies/{}/{path}", agency.slug), text }
}

/// Whether it is the people's committee of a commune or a ward.
pub fn is_commune(agency: &Agency) -> bool {
    agency.name.starts_with("Ủy ban nhân dân")
}

/// What its head is called.
pub fn position(agency: &Agency) -> &'static str {
    match agency.name.as_str() {
        _ if is_commune(agency) => "Chủ tịch",
        name if name.starts_with("Thanh tra") => "Chánh Thanh tra",
        name if name.starts_with("Văn phòng") => "Chánh Văn phòng",
        _ => "Giám đốc",
    }
}

/// Who signs its papers.
pub fn signer(agency: &Agency) -> Value {
    let who = json!({ "position": position(agency), "name": agency.head });
    if is_commune(agency) { json!({ "authority": "TM", "position": who["position"], "name": who["name"] }) } else { who }
}

fn record(agency: &Agency, codes: &[String]) -> Value {
    json!({
        "id": agency.slug,
        "name": agency.name,
        "level": if is_commune(agency) { "commune" } else { "department" },
        "head": { "position": position(agency), "name": agency.head },
        "address": agency.address,
        "phone": agency.phone,
        "administrative_procedures": codes,
        "note": agency.intro,
    })
}

fn declaration(agency: &Agency, codes: &[String]) -> Value {
    json!({
        "number": agency.declaration_no,
        "issued_on": agency.date,
        "place": agency.address.rsplit(", ").next(),
        "standard": slug(&agency.standard, 60),
        "kind": "first",
        "scope": agency.scope,
        "annex": codes,
        "signer": signer(agency),
        "effective_on": agency.date,
        "validity_confirmation": { "confirmed_on": agency.date },
        "lead_unit_notice": { "sent_on": agency.date, "to": LEAD_UNIT },
        "premises_posting": { "posted_on": agency.date },
    })
}
