//! The register as a stream of public files. Pages are rendered in parallel and handed on at once:
//! the whole site is never in memory. The list of pages is `agency_pages.rs` and `province_pages.rs`.

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
mod province_pages;
mod shell;
mod site;
mod sitemap;
mod view;

use anyhow::Result;
use rayon::prelude::*;

use crate::config::Config;
use crate::domain::Register;
use crate::output::OutputFile;
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

/// Renders every page, in parallel, handing each to `write` as soon as it is done.
pub fn render(register: &Register, config: &Config, theme: &Theme, write: &(dyn Fn(OutputFile) -> Result<()> + Sync)) -> Result<RenderSummary> {
    let site = Site::new(register, config, theme, write)?;
    collision::check(&site)?;
    asset::write(&site)?;
    if site.is_province() {
        province_pages::write(&site)?;
    }
    let national = national::Fragments::new(&site)?;
    register.agencies.values().par_bridge().try_for_each(|agency| agency_pages::write(&AgencySite::new(&site, agency), &national))?;
    sitemap::write(&site)?;
    Ok(site.summary())
}
