//! Agencies that run a site of their own: where from, and how new the copy is.

use super::{INVALID_ID, Resolver, insert};
use crate::diagnostic::{Diagnostic, Text};
use crate::domain::*;
use crate::origin::Origin;
use crate::parse::raw::*;

impl Resolver<'_> {
    pub(super) fn federation(&mut self, feeds: Vec<Sourced<RawFeed>>, states: Vec<Sourced<RawFeedState>>) {
        for Sourced { origin, raw } in feeds {
            let RawFeed { agency, source, parent, note: _ } = raw;
            let Some(id) = self.feed_id(&agency, origin.field("agency")) else { continue };
            let parent = parent.and_then(|parent| self.feed_id(&parent, origin.field("parent")));
            if source.trim().is_empty() || source.chars().any(char::is_control) {
                let message = Text::fixed("nơi lấy dữ liệu không dùng được", "the source can't be used");
                let hint = Text::fixed(
                    "ghi địa chỉ trang của cơ quan, ví dụ  source: https://iso.xa.gov.vn/",
                    "write the address of the site, https://iso.xa.gov.vn/",
                );
                self.diagnostics.push(Diagnostic::new(&INVALID_ID, origin.field("source"), message).hint(hint));
                continue;
            }
            let feed = Feed { source: Some(source.trim().to_owned()), parent, copy: None, failed_on: None, origin: origin.clone() };
            if let Some(first) = insert(&mut self.register.federation, id, feed).map(|first| first.origin.clone()) {
                self.duplicate("agency", &agency, &first.field("agency"), &origin.field("agency"));
            }
        }
        for Sourced { origin, raw } in states {
            let RawFeedState { agency, source, fetched_on, sha256, failed_on } = raw;
            let Some(id) = self.feed_id(&agency, origin.field("agency")) else { continue };
            let fetched_on = self.optional_date(fetched_on.as_ref(), &origin, "fetched_on");
            let failed_on = self.optional_date(failed_on.as_ref(), &origin, "failed_on");
            let copy = source.zip(fetched_on).map(|(source, fetched_on)| FeedCopy { source, fetched_on, sha256: sha256.unwrap_or_default() });
            if copy.is_some() {
                // Open data has no policy, objectives or reviews: what is missing here is only not known here.
                self.register.unread.insert(id.clone());
            }
            let feed = self.register.federation.entry(id).or_insert_with(|| Feed { origin, source: None, parent: None, copy: None, failed_on: None });
            (feed.copy, feed.failed_on) = (copy, failed_on);
        }
    }

    fn feed_id(&mut self, written: &str, origin: Origin) -> Option<AgencyId> {
        let id = AgencyId::parse(written);
        if id.is_none() && !written.is_empty() {
            let message = Text::new(format!("“{written}” không phải là mã cơ quan"), format!("`{written}` is not the id of an agency"));
            let hint = Text::fixed("dùng chữ thường không dấu, số và dấu gạch nối, ví dụ  xa-ben-lau", "use small letters, digits and hyphens: xa-ben-lau");
            self.diagnostics.push(Diagnostic::new(&INVALID_ID, origin, message).hint(hint));
        }
        id
    }
}
