//! The register as a stream of public files. Pages are rendered in parallel and handed on at once:
//! the whole site is never in memory. The list of pages is `province_pages.rs`, `agency_pages.rs`
//! and `procedure_pages.rs`.

mod agency_pages;
mod agency_site;
mod asset;
mod attachment;
mod bundle;
mod changes;
mod citation;
mod collision;
mod comparison_pages;
mod data;
mod draft;
mod due;
mod english;
mod evidence;
mod free_pages;
mod hosting;
mod json;
mod national;
mod page;
mod paper;
mod path;
mod procedure_pages;
mod process_steps;
mod province_pages;
mod search;
mod sheet;
mod shell;
mod site;
mod sitemap;
mod structured;
mod view;
mod workbook;
mod yearly;
mod yearly_pages;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use rayon::prelude::*;

pub use draft::{Draft, DraftKind};
pub use due::{due_calendar, due_json};

use crate::config::Config;
use crate::domain::Register;
use crate::output::{OutputFile, Sink};
use crate::source::Print;
use crate::theme::Theme;
use agency_site::AgencySite;
pub use bundle::{BUNDLE_START, Enclosure, Withheld, reduce_to, render_bundle};
pub use changes::{MOST_BYTES, Previous, RECORD_PATH, may_have_moved, tells_changes};
pub use evidence::{Evidence, EvidenceItem, EvidencePart, EvidencePoint};
pub use hosting::{DESK_FOLDER, Folders, desk_settings, hosting};
pub use paper::{Paper, docx, markdown};
pub use sheet::{SheetNow, sheets_of};
pub use site::Arrangement;
use site::Site;
pub use workbook::workbook;
pub use yearly::{ReportCell, ReportTable, YearlyReport};

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderSummary {
    /// HTML pages.
    pub pages: usize,
    /// All files, pages among them.
    pub files: usize,
    /// Addresses that procedures left since the last build because their names changed.
    pub moves: Moves,
}

/// Addresses that lead elsewhere now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    pub count: usize,
    /// The first of them, old and new, from the root of the site.
    pub first: BTreeSet<(String, String)>,
}

/// Renders every page that somebody asks for, in parallel, handing each to `sink` as soon as it is done.
pub fn render(register: &Register, config: &Config, theme: &Theme, previous: &Previous, sink: &dyn Sink) -> Result<RenderSummary> {
    let arrangement = Arrangement::new(register);
    let site = Site::new(register, config, theme, &arrangement, previous, sink)?;
    collision::check(&site)?;
    write(&site)?;
    Ok(site.summary())
}

/// Renders the file at one path, `None` where the site has none. `arrangement` is that of the register.
pub fn render_file(
    register: &Register,
    config: &Config,
    theme: &Theme,
    arrangement: &Arrangement,
    previous: &Previous,
    path: &str,
) -> Result<Option<OutputFile>> {
    let sink = Only { path, file: Mutex::new(None) };
    write(&Site::new(register, config, theme, arrangement, previous, &sink)?)?;
    Ok(sink.file.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Path of the stylesheet, whose name changes with what is in it.
pub fn stylesheet(theme: &Theme, config: &Config) -> Result<String> {
    Ok(asset::stylesheet(theme, config)?.0)
}

/// Fails where two records would get the same address.
pub fn check_addresses(register: &Register, config: &Config, theme: &Theme, arrangement: &Arrangement) -> Result<()> {
    let nothing = Only { path: "", file: Mutex::new(None) };
    collision::check(&Site::new(register, config, theme, arrangement, &Previous::default(), &nothing)?)
}

/// The path of every file that the site would have after what was published before; none of them is made. One that two
/// things want is there twice.
/// `arrangement` is that of the register.
pub fn paths(register: &Register, config: &Config, theme: &Theme, arrangement: &Arrangement, previous: &Previous) -> Result<Vec<String>> {
    let names = Names(Mutex::new(Vec::new()));
    write(&Site::new(register, config, theme, arrangement, previous, &names)?)?;
    let mut paths = names.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    paths.sort_unstable();
    Ok(paths)
}

/// Takes no file, and notes the name of each.
struct Names(Mutex<Vec<String>>);

impl Sink for Names {
    fn wants(&self, path: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        false
    }

    fn reuse(&self, _path: &str, _key: &Print) -> Result<bool> {
        Ok(true)
    }

    fn write(&self, _file: OutputFile, _key: &Print) -> Result<()> {
        Ok(())
    }
}

/// Takes one file and no other.
struct Only<'p> {
    path: &'p str,
    file: Mutex<Option<OutputFile>>,
}

impl Sink for Only<'_> {
    fn wants(&self, path: &str) -> bool {
        path == self.path
    }

    /// The site map needs the address of every page.
    fn wants_below(&self, folder: &str) -> bool {
        self.path.starts_with(folder) || (self.path.starts_with("sitemap") && self.path.ends_with(".xml"))
    }

    fn reuse(&self, _path: &str, _key: &Print) -> Result<bool> {
        Ok(false)
    }

    fn write(&self, file: OutputFile, _key: &Print) -> Result<()> {
        *self.file.lock().unwrap_or_else(PoisonError::into_inner) = Some(file);
        Ok(())
    }
}

fn write(site: &Site<'_>) -> Result<()> {
    asset::write(site)?;
    hosting::write(site)?;
    let agencies: Vec<AgencySite<'_>> = site.register.agencies.values().map(|agency| AgencySite::new(site, agency)).collect();
    let province = site.is_province().then(|| province_pages::owner(site));
    let parts: [&(dyn Fn() -> Result<()> + Sync); 7] = [
        &|| search::write(site),
        &|| province.iter().try_for_each(|owner| province_pages::write(site, owner)),
        &|| agencies.par_iter().try_for_each(agency_pages::write),
        &|| changes::write_record(site),
        &|| due::write(site),
        &|| data::write(site),
        &|| procedure_pages::write(site, province.as_ref(), &agencies),
    ];
    // Every one is tried, so that the failure that is told is always the same one.
    let done: Vec<Result<()>> = parts.par_iter().map(|write| write()).collect();
    done.into_iter().collect::<Result<()>>()?;
    // It needs the address of every page.
    sitemap::write(site)
}
