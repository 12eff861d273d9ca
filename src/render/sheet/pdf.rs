//! Sheets as PDF/UA-1 and PDF/A-2a together, by typst: the one place that names it. The template is a file of the theme, what
//! is printed comes as data, and of the machine nothing is used: no font, no clock, no file.

use std::sync::LazyLock;

use anyhow::{Context, Result, anyhow};
use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::super::agency_site::AgencySite;
use super::super::paper::{COUNTRY, MOTTO, Paper};
use super::super::path;
use crate::domain::Date;
use crate::output::OutputBody;
use crate::source::Print;
use crate::theme::Theme;

/// The template, in the folder of a theme.
const TEMPLATE: &str = "posting-sheet.typ";
/// Folder of the fonts of a theme.
const FONTS: &str = "fonts/";
/// What is printed.
const DATA: &str = "sheet.json";
/// PDF/A wants a date; content without one gets this, for the day of the build would make other bytes every day.
const UNDATED: Date = Date::constant(2000, 1, 1);
/// Documents after which what typst remembered of one is forgotten.
const REMEMBERED: usize = 30;

/// What the template gets.
#[derive(Serialize)]
struct SheetData<'a> {
    paper: &'a Paper,
    author: &'a str,
    country: &'static str,
    motto: &'static str,
    date: DateData,
}

#[derive(Serialize)]
struct DateData {
    year: i16,
    month: i8,
    day: i8,
}

/// Writes a sheet beside its page. `on` is the date of the file: that of the content, never of the build.
pub(super) fn write(pages: &AgencySite<'_>, folder: &str, paper: &Paper, on: Option<Date>) -> Result<()> {
    let (site, file) = (pages.site, pages.folder(&path::sheet_pdf(folder)));
    if !site.wants(&file) {
        return Ok(());
    }
    let on = on.or(pages.current.and_then(|current| current.issued_on)).unwrap_or(UNDATED);
    let date = DateData { year: on.year(), month: on.month(), day: on.day() };
    let data = serde_json::to_vec(&SheetData { paper, author: &pages.agency.name, country: COUNTRY, motto: MOTTO, date })?;
    let key = Print::of_pieces(&[&site.theme_key.0, &data]);
    if site.reuse(&file, &key)? {
        return Ok(());
    }
    let press = site.press.get_or_init(|| Press::new(site.theme));
    let bytes = apart(|| pdf(press, data, &file)).with_context(|| format!("không tạo được {file}"))?;
    site.write_file(file, OutputBody::Bytes(bytes), &key)
}

/// Typst shares out its work among threads as pages do. In a pool of its own, with room for deep layouts, and waited for
/// by a thread that does nothing else, no sheet is ever begun on top of another one.
static POOL: LazyLock<rayon::ThreadPool> = LazyLock::new(|| rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES).build().expect("the system gives threads"));
const STACK_BYTES: usize = 16 << 20;

fn apart<T: Send>(make: impl FnOnce() -> T + Send) -> T {
    let made = std::thread::scope(|scope| scope.spawn(|| POOL.install(make)).join());
    made.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// What all sheets of a site are made with: the fonts and the template of its theme, read once.
pub(in super::super) struct Press {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
}

impl Press {
    fn new(theme: &Theme) -> Self {
        let fonts: Vec<Font> = theme.files_below(FONTS).filter(|(name, _)| name.ends_with(".ttf")).filter_map(|(_, bytes)| font(bytes)).collect();
        Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, main: Source::new(*MAIN, theme.text(TEMPLATE).to_owned()) }
    }
}

/// The file of a sheet. `name` tells documents apart.
fn pdf(press: &Press, data: Vec<u8>, name: &str) -> Result<Vec<u8>> {
    let world = SheetWorld { press, data: Bytes::new(data) };
    let compiled = typst::compile::<PagedDocument>(&world);
    if let Some(warning) = compiled.warnings.first() {
        return Err(anyhow!("{TEMPLATE}: {}", warning.message));
    }
    let document = compiled.output.map_err(|errors| told(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).map_err(|error| anyhow!("{}", error.message()))?;
    let options = PdfOptions { ident: Smart::Custom(name.to_owned()), creator: Smart::Custom(Some("congbo".to_owned())), standards, ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| told(&errors))?;
    typst::comemo::evict(REMEMBERED);
    Ok(bytes)
}

fn font(bytes: &[u8]) -> Option<Font> {
    Font::new(Bytes::new(bytes.to_vec()), 0)
}

fn told(errors: &[SourceDiagnostic]) -> anyhow::Error {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    anyhow!("{TEMPLATE}: {}", messages.join("; "))
}

/// All that a template can reach: itself, the data and the fonts of the theme.
struct SheetWorld<'p> {
    press: &'p Press,
    data: Bytes,
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static MAIN: LazyLock<FileId> = LazyLock::new(|| file(TEMPLATE));
static DATA_FILE: LazyLock<FileId> = LazyLock::new(|| file(DATA));

fn file(name: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).expect("a plain name is a path")).intern()
}

impl World for SheetWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *MAIN { Ok(self.press.main.clone()) } else { Err(not_there(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA_FILE { Ok(self.data.clone()) } else { Err(not_there(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// There is no today: the date of a sheet is that of its content.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_there(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
