//! What an agency is competent for: lists of codes, and selectors such as
//! "all commune-level procedures of these fields except …".

use std::collections::BTreeSet;
use std::sync::Arc;

use super::agency::Competences;
use super::{Resolver, UNKNOWN_REFERENCE};
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::domain::vocabulary::ExecutionLevel;
use crate::domain::{AdministrativeProcedure, AgencyId, ProcedureCode, fold};
use crate::origin::Origin;
use crate::parse::raw::{ListOr, RawCode, RawCompetence};

/// A selection by levels and fields, and the codes that it finds.
struct Expanded {
    levels: Vec<ExecutionLevel>,
    fields: Vec<String>,
    codes: Arc<Codes>,
}

/// Codes that are in force, and those that were abolished.
#[derive(Default)]
struct Codes {
    active: BTreeSet<ProcedureCode>,
    abolished: BTreeSet<ProcedureCode>,
}

impl Codes {
    fn insert(&mut self, procedure: &AdministrativeProcedure) {
        let codes = if procedure.is_active() { &mut self.active } else { &mut self.abolished };
        codes.insert(procedure.code.clone());
    }

    fn extend(&mut self, other: &Self) {
        self.active.extend(other.active.iter().cloned());
        self.abolished.extend(other.abolished.iter().cloned());
    }
}

/// Where the catalogue of administrative procedures is kept.
const CATALOGUE: &str = "content/administrative-procedures/";

impl Resolver<'_> {
    pub(super) fn expand_competences(&mut self, competences: Competences) {
        // Agencies of one level share one selector: each is expanded once.
        let mut expanded: Vec<Expanded> = Vec::new();
        for (id, competence) in competences {
            let Some(origin) = self.register.agencies.get(&id).map(|agency| agency.origin.field("administrative_procedures")) else { continue };
            let codes = match competence {
                ListOr::List(codes) => self.listed(&codes, &origin, &id),
                ListOr::Other(selector) => self.selected(selector, &origin, &id, &mut expanded),
            };
            if let Some(agency) = self.register.agencies.get_mut(&id) {
                agency.competence = Some(codes.active);
                agency.abolished_procedures = codes.abolished;
            }
        }
    }

    /// Codes that the agency lists. Unknown ones are told here, where they are written.
    fn listed(&mut self, codes: &[RawCode], origin: &Origin, agency: &AgencyId) -> Codes {
        let mut known = Codes::default();
        for (index, code) in codes.iter().enumerate() {
            let Some(code) = self.code(code, &origin.item(index)) else { continue };
            match self.register.administrative_procedures.get(&code) {
                Some(procedure) => known.insert(procedure),
                // A catalogue that could not be read whole says nothing about what it lacks.
                None if self.register.has_broken(CATALOGUE) => {}
                None => {
                    self.diagnostics.push(not_in_catalogue(&code, agency, origin.item(index)));
                    self.register.missing_procedures.insert(code);
                }
            }
        }
        known
    }

    fn selected(&mut self, selector: RawCompetence, origin: &Origin, agency: &AgencyId, expanded: &mut Vec<Expanded>) -> Codes {
        let RawCompetence { levels, fields, codes, except } = selector;
        let mut selection = Codes::default();
        if !levels.is_empty() || !fields.is_empty() {
            let found = expanded.iter().find(|other| other.levels == levels && other.fields == fields).map(|other| other.codes.clone());
            let codes = found.unwrap_or_else(|| {
                let codes = Arc::new(self.matching(&levels, &fields, origin));
                expanded.push(Expanded { levels, fields, codes: codes.clone() });
                codes
            });
            selection.extend(&codes);
        }
        selection.extend(&self.listed(&codes, &origin.field("codes"), agency));
        for (index, code) in except.iter().enumerate() {
            let Some(code) = self.code(code, &origin.field("except").item(index)) else { continue };
            selection.abolished.remove(&code);
            if !selection.active.remove(&code) && !self.register.administrative_procedures.contains_key(&code) && !self.register.has_broken(CATALOGUE) {
                self.diagnostics.push(not_in_catalogue(&code, agency, origin.field("except").item(index)).level(Severity::Warning));
            }
        }
        selection
    }

    fn matching(&mut self, levels: &[ExecutionLevel], fields: &[String], origin: &Origin) -> Codes {
        let wanted: Vec<String> = fields.iter().map(|field| fold(field.trim())).collect();
        let procedures = &self.register.administrative_procedures;
        let all_fields: BTreeSet<&str> = procedures.values().map(|procedure| &*procedure.field).collect();
        let folded: Vec<String> = all_fields.iter().map(|field| fold(field.trim())).collect();
        let is_whole = !self.register.has_broken(CATALOGUE);
        let unknown: Vec<usize> = (0..wanted.len()).filter(|&index| is_whole && !folded.contains(&wanted[index])).collect();
        let mut matching = Codes::default();
        procedures
            .values()
            .filter(|procedure| levels.is_empty() || procedure.levels.iter().any(|level| levels.contains(level)))
            .filter(|procedure| wanted.is_empty() || wanted.contains(&fold(procedure.field.trim())))
            .for_each(|procedure| matching.insert(procedure));
        let names: Vec<String> = all_fields.into_iter().map(str::to_owned).collect();
        for index in unknown {
            self.unknown(("lĩnh vực", "field"), &fields[index], origin.field("fields").item(index), names.iter().map(String::as_str));
        }
        matching
    }
}

fn not_in_catalogue(code: &ProcedureCode, agency: &AgencyId, origin: Origin) -> Diagnostic {
    Diagnostic::new(
        &UNKNOWN_REFERENCE,
        origin,
        Text::new(
            format!("danh mục thủ tục hành chính không có mã {code} mà {agency} khai là thuộc thẩm quyền"),
            format!("the catalogue has no procedure {code}, which {agency} lists as its own"),
        ),
    )
    .hint(Text::fixed(
        "kiểm tra mã; nếu đúng, thêm thủ tục vào content/administrative-procedures/",
        "check the code; if it is right, add the procedure to content/administrative-procedures/",
    ))
}
