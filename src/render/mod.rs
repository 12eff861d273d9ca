//! The register as a stream of public files. Pages are rendered in parallel and handed on at once:
//! the whole site is never in memory. The list of pages is `province_pages.rs`, `agency_pages.rs`
//! and `procedure_pages.rs`.

mod agency_pages;
mod agency_site;
mod asset;
mod attachment;
mod citation;
mod collision;
mod free_pages;
mod national;
mod page;
mod path;
mod procedure_pages;
mod province_pages;
mod shell;
mod site;
mod sitemap;
mod view;

use anyhow::Result;
use rayon::prelude::*;

use crate::config::Config;
use crate::domain::Register;
use crate::output::Sink;
use crate::theme::Theme;
use agency_site::AgencySite;
use site::Site;

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenderSummary {
    /// HTML pages.
    pub pages: usize,
    /// All files, pages among them.
    pub files: usize,
}

/// Renders every page that somebody asks for, in parallel, handing each to `sink` as soon as it is done.
pub fn render(register: &Register, config: &Config, theme: &Theme, sink: &dyn Sink) -> Result<RenderSummary> {
    let site = Site::new(register, config, theme, sink)?;
    collision::check(&site)?;
    asset::write(&site)?;
    let agencies: Vec<AgencySite<'_>> = register.agencies.values().map(|agency| AgencySite::new(&site, agency)).collect();
    let province = site.is_province().then(|| province_pages::owner(&site));
    let (of_province, (of_agencies, of_procedures)) = rayon::join(
        || province.iter().try_for_each(|owner| province_pages::write(&site, owner)),
        || {
            rayon::join(
                || agencies.par_iter().try_for_each(agency_pages::write),
                || procedure_pages::write(&site, province.as_ref(), &agencies),
            )
        },
    );
    of_province.and(of_agencies).and(of_procedures)?;
    sitemap::write(&site)?;
    Ok(site.summary())
}
