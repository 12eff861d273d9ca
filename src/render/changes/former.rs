//! Addresses that procedures had under former names. A code is permanent: whoever kept an old address still gets to the
//! procedure, for as long as there is one with that code. Known only from what was published before.

use std::collections::{BTreeMap, BTreeSet};

use super::super::path::{NAME_LENGTH, named_procedure};
use super::super::site::CatalogueEntry;
use super::Previous;
use super::facts::shown;
use crate::domain::slug;

/// The former names of procedures, as they stand in addresses.
#[derive(Debug, Default)]
pub(in super::super) struct FormerNames {
    by_code: BTreeMap<String, Vec<String>>,
    /// Codes and names that the last build did not know to be former ones.
    fresh: BTreeSet<(String, String)>,
}

impl FormerNames {
    /// What was published before under other names than now.
    pub fn new(previous: &Previous, catalogue: &[CatalogueEntry<'_>]) -> Self {
        let Some(record) = previous.0.as_deref() else { return Self::default() };
        let mut former = Self::default();
        for entry in catalogue {
            let code = entry.procedure.code.key();
            let known = record.former.get(code).into_iter().flatten();
            let mut names: BTreeSet<String> = known.cloned().collect();
            let before = record.facts.procedures.get(code).filter(|before| *before.name != *shown(&entry.procedure.name));
            if let Some(name) = before.map(|before| slug(&before.name, NAME_LENGTH))
                && named_procedure(code, &name) != entry.folder
                && names.insert(name.clone())
            {
                former.fresh.insert((code.to_owned(), name));
            }
            names.retain(|name| named_procedure(code, name) != entry.folder);
            if !names.is_empty() {
                former.by_code.insert(code.to_owned(), names.into_iter().collect());
            }
        }
        former
    }

    /// Former names of the procedure with a code.
    pub fn of(&self, code: &str) -> &[String] {
        self.by_code.get(code).map_or(&[], Vec::as_slice)
    }

    /// Whether the last build did not know this name to be a former one.
    pub fn is_fresh(&self, code: &str, name: &str) -> bool {
        !self.fresh.is_empty() && self.fresh.contains(&(code.to_owned(), name.to_owned()))
    }

    /// For the record of this build.
    pub fn by_code(&self) -> &BTreeMap<String, Vec<String>> {
        &self.by_code
    }
}
