//! One agency's site in one zip.

use std::path::Path;

use anyhow::Result;

use super::Judged;
use crate::domain::AgencyId;
use crate::output::{Published, Staging};
use crate::render::{self, Enclosure, RenderSummary};
use crate::theme::Theme;

/// Renders what a project was reduced to, with what is enclosed, into a zip. `on_file` hears of every file.
pub fn pack(
    project: &Path,
    judged: &Judged,
    theme: &Theme,
    agency: &AgencyId,
    enclosures: Vec<Enclosure>,
    archive: &Path,
    on_file: &(dyn Fn() + Sync),
) -> Result<(RenderSummary, Published)> {
    let today = judged.config.today;
    let staging = Staging::for_zip(archive, project, on_file)?.on(today.to_string());
    let summary = render::render_bundle(&judged.register, &judged.config, theme, agency, enclosures, &staging)?;
    Ok((summary, staging.pack(archive, today)?))
}
