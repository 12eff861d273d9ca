//! Two records must never overwrite each other: addresses are compared before anything is written.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::site::Site;
use super::{attachment, path};
use crate::origin::Origin;

/// Fails with both records when two of them would get the same address.
pub(super) fn check(site: &Site<'_>) -> Result<()> {
    let register = site.register;
    for agency in register.agencies.values() {
        let folder = site.agency_folder(agency);
        let records = register.records(&agency.id);
        let mut taken = Taken::default();
        for process in records.work_processes.iter().filter(|process| process.is_public()) {
            taken.add(format!("{folder}{}", path::work_process(process)), &process.origin)?;
        }
        for declaration in register.quality_systems.get(&agency.id).iter().flat_map(|system| &system.declarations) {
            taken.add(format!("{folder}{}", path::declaration(declaration)), &declaration.origin)?;
        }
        for published in attachment::published(register, agency) {
            let origin = Origin::file(published.path.clone());
            taken.add(format!("{folder}{}", path::attachment(attachment::in_agency(agency, &published.path))), &origin)?;
        }
    }
    let mut taken = Taken::default();
    for document in register.legal_documents.values() {
        taken.add(path::legal_document(&document.number), &document.origin)?;
    }
    for page in &register.pages {
        taken.add(path::free_page(&page.slug), &page.origin)?;
    }
    // The address of a procedure begins with its code, by which the register knows it: no two can meet.
    Ok(())
}

#[derive(Default)]
struct Taken(BTreeMap<String, Origin>);

impl Taken {
    fn add(&mut self, address: String, origin: &Origin) -> Result<()> {
        if let Some(first) = self.0.get(&address) {
            bail!("hai bản ghi có cùng địa chỉ /{address}: {} và {}; hãy đổi tên một trong hai", first.file, origin.file);
        }
        self.0.insert(address, origin.clone());
        Ok(())
    }
}
