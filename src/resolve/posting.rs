//! What was posted at the office.

use super::Resolver;
use crate::domain::*;
use crate::origin::Origin;
use crate::parse::raw::*;

impl Resolver<'_> {
    pub(super) fn postings(&mut self, records: Vec<Owned<RawPostings>>) {
        for Owned { agency: folder, stem: _, record: Sourced { origin, raw } } in records {
            let Some(id) = self.owner(&folder, &origin) else { continue };
            let RawPostings { postings } = raw;
            let at = |index: usize| origin.field("postings").item(index);
            let postings = postings.into_iter().enumerate().filter_map(|(index, raw)| self.posting(raw, at(index))).collect();
            self.register.records.entry(id).or_default().postings = postings;
        }
    }

    fn posting(&mut self, raw: RawPosting, origin: Origin) -> Option<Posting> {
        let RawPosting { sheet, fingerprint, posted_on } = raw;
        let posted_on = self.date(&posted_on, &origin.field("posted_on"));
        let sheet = match sheet.trim() {
            PostedSheet::DECLARATION => PostedSheet::Declaration,
            code => PostedSheet::Procedure(self.code(&RawCode(code.to_owned()), &origin.field("sheet"))?),
        };
        Some(Posting { sheet, fingerprint: fingerprint.trim().to_lowercase(), posted_on, origin })
    }
}
