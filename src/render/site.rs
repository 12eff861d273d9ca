//! What all pages of a site share, made once: where things lie, in what order, and where files go.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::changes::{Changes, FormerNames, Previous};
use super::page::{Head, Listing};
use super::{Moves, RenderSummary, asset, path, search, sitemap};
use crate::config::Config;
use crate::domain::{AdministrativeProcedure, Agency, AgencyId, Date, Declaration, LegalDocument, ProcedureCode, Register, VietnameseOrder};
use crate::markdown::is_safe_link;
use crate::output::{Fill, OutputBody, OutputFile, Sink};
use crate::source::Print;
use crate::theme::{Lang, Theme, Words};

/// Whether the site is of one agency, at its root, or of a province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    OneAgency,
    Province,
}

/// The site: read-only for pages, apart from the files they hand on.
pub(super) struct Site<'a> {
    pub register: &'a Register,
    pub config: &'a Config,
    pub theme: &'a Theme,
    pub order: VietnameseOrder,
    /// Published name of the stylesheet.
    pub stylesheet: String,
    pub icons: asset::Icons,
    /// Print of the theme: part of the key of every page.
    pub theme_key: Print,
    /// The catalogue in the Vietnamese order of names.
    pub catalogue: Vec<CatalogueEntry<'a>>,
    /// What search boxes share, made when a page first needs it.
    pub search: OnceLock<search::Shared>,
    /// Names that procedures had in the addresses of earlier builds.
    pub former: FormerNames,
    /// SHA-256 of the national part of each procedure's sheet, in the order of the catalogue; each made when it is first needed.
    pub sheet_digests: Vec<OnceLock<[u8; 32]>>,
    /// What sheets as PDF are made with, read when the first is made.
    #[cfg(feature = "pdf")]
    pub press: OnceLock<super::sheet::Press>,
    layout: Layout,
    arrangement: &'a Arrangement,
    standings: BTreeMap<&'a AgencyId, Standing<'a>>,
    previous: &'a Previous,
    changes: OnceLock<Changes>,
    sink: &'a dyn Sink,
    pages: AtomicUsize,
    files: AtomicUsize,
    addresses: Mutex<Vec<sitemap::Address>>,
    moves: Mutex<Moves>,
}

/// How many of the addresses that moved are named.
const MOST_MOVES: usize = 10;

/// A procedure of the catalogue and its folder, below an agency or the province.
pub(super) struct CatalogueEntry<'a> {
    pub procedure: &'a AdministrativeProcedure,
    pub folder: &'a str,
}

/// The catalogue in the Vietnamese order of names, and where each procedure lies. Worked out once, it serves
/// for as many single pages as somebody asks for.
#[derive(Debug, Default)]
pub struct Arrangement {
    places: Vec<Place>,
    ranks: BTreeMap<ProcedureCode, usize>,
}

#[derive(Debug)]
struct Place {
    procedure: Arc<AdministrativeProcedure>,
    folder: String,
}

impl Arrangement {
    /// Puts the procedures of a register in order.
    pub fn new(register: &Register) -> Self {
        let order = VietnameseOrder::new();
        let mut by_name: Vec<Arc<AdministrativeProcedure>> = register.administrative_procedures.values().cloned().collect();
        by_name.par_sort_by(|left, right| order.compare(&left.name, &right.name).then_with(|| left.code.cmp(&right.code)));
        let places: Vec<Place> = by_name.into_par_iter().map(|procedure| Place { folder: path::administrative_procedure(&procedure), procedure }).collect();
        let ranks = places.iter().enumerate().map(|(rank, place)| (place.procedure.code.clone(), rank)).collect();
        Self { places, ranks }
    }

    /// Whether the procedures of a register have the same names and codes as when they were put in order.
    pub fn fits(&self, register: &Register) -> bool {
        let place = |procedure: &AdministrativeProcedure| self.ranks.get(&procedure.code).map(|rank| &self.places[*rank].procedure);
        let is_same = |procedure: &Arc<AdministrativeProcedure>| {
            place(procedure).is_some_and(|known| known.name == procedure.name && known.code.as_str() == procedure.code.as_str())
        };
        self.places.len() == register.administrative_procedures.len() && register.administrative_procedures.values().all(is_same)
    }
}

/// What an agency declares and does, worked out once.
pub(super) struct Standing<'a> {
    pub current: Option<&'a Declaration>,
    /// The ranks of what it is competent for, ascending. Where it did not say: of what it declared.
    pub ranks: Vec<usize>,
    /// The ranks of what was abolished and keeps its pages.
    pub abolished_ranks: Vec<usize>,
    /// Where what its search boxes look at first lies, known when a page first needs it.
    pub search_list: OnceLock<String>,
}

impl<'a> Site<'a> {
    pub fn new(
        register: &'a Register,
        config: &'a Config,
        theme: &'a Theme,
        arrangement: &'a Arrangement,
        previous: &'a Previous,
        sink: &'a dyn Sink,
    ) -> Result<Self> {
        // The arrangement may be of an earlier register with the same names: what the procedures say is taken from this one.
        let entry =
            |place: &'a Place| Some(CatalogueEntry { procedure: register.administrative_procedures.get(&place.procedure.code)?, folder: &place.folder });
        let catalogue: Vec<CatalogueEntry<'_>> = arrangement.places.iter().map(entry).collect::<Option<_>>().context("thứ tự danh mục không khớp")?;
        let agencies: Vec<&Agency> = register.agencies.values().collect();
        let standings: Vec<_> = agencies.par_iter().map(|agency| (&agency.id, Standing::new(register, agency, config.today, &arrangement.ranks))).collect();
        let icons = asset::Icons::new(theme)?;
        Ok(Self {
            register,
            config,
            theme,
            order: VietnameseOrder::new(),
            stylesheet: asset::stylesheet(theme, config)?.0,
            layout: if register.agencies.len() == 1 && register.agencies.values().all(Agency::is_active) { Layout::OneAgency } else { Layout::Province },
            theme_key: icons.key(theme),
            icons,
            former: FormerNames::new(previous, &catalogue),
            sheet_digests: catalogue.iter().map(|_| OnceLock::new()).collect(),
            catalogue,
            search: OnceLock::new(),
            #[cfg(feature = "pdf")]
            press: OnceLock::new(),
            arrangement,
            standings: standings.into_iter().collect(),
            previous,
            changes: OnceLock::new(),
            sink,
            pages: AtomicUsize::new(0),
            files: AtomicUsize::new(0),
            addresses: Mutex::new(Vec::new()),
            moves: Mutex::default(),
        })
    }

    pub fn is_province(&self) -> bool {
        self.layout == Layout::Province
    }

    /// The day on which everything is judged.
    pub fn today(&self) -> Date {
        self.config.today
    }

    pub fn words(&self) -> &'a Words {
        self.theme.words(Lang::Vi)
    }

    /// Folder of an agency: the root where it is the only one.
    pub fn agency_folder(&self, agency: &Agency) -> String {
        match self.layout {
            Layout::OneAgency => String::new(),
            Layout::Province => path::agency(&agency.id),
        }
    }

    /// Place of a procedure in the Vietnamese order of names.
    pub fn rank(&self, code: &ProcedureCode) -> usize {
        self.arrangement.ranks.get(code).copied().unwrap_or(usize::MAX)
    }

    /// Folder of a procedure of the catalogue, below an agency or the province.
    pub fn procedure_folder(&self, code: &ProcedureCode) -> &str {
        self.arrangement.ranks.get(code).map_or("", |rank| self.catalogue[*rank].folder)
    }

    /// What changed since the site was published before; compared when somebody first asks.
    pub fn changes(&self) -> &Changes {
        self.changes.get_or_init(|| Changes::of(self, self.previous))
    }

    /// What an agency declares and does.
    pub fn standing(&self, agency: &AgencyId) -> &Standing<'a> {
        &self.standings[agency]
    }

    /// Agencies that exist now, in the Vietnamese order of names.
    pub fn active_agencies(&self) -> Vec<&'a Agency> {
        let mut agencies: Vec<&Agency> = self.register.agencies.values().filter(|agency| agency.is_active()).collect();
        agencies.sort_by(|left, right| left.level.cmp(&right.level).then_with(|| self.order.compare(&left.name, &right.name)));
        agencies
    }

    /// Where a legal document is shown: its page in a province, else its source where that is an address.
    pub fn legal_link(&self, document: &LegalDocument) -> Option<String> {
        if self.is_province() {
            return Some(path::page(&path::legal_document(&document.number)));
        }
        document.source.clone().filter(|source| source.starts_with("https://") && is_safe_link(source))
    }

    /// Notes a page for the site map. Returns whether anybody asks for it.
    pub fn takes_page(&self, head: &Head) -> bool {
        // Without an address of its own the site has no map.
        if head.listing == Listing::Listed && !self.config.base_url.is_empty() {
            let address = sitemap::Address { folder: head.folder.as_str().into(), updated_on: head.updated_on };
            self.addresses.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(address);
        }
        let is_wanted = match &head.file {
            Some(file) => self.sink.wants(file),
            None => self.sink.wants(&path::page(&head.folder)),
        };
        self.pages.fetch_add(usize::from(is_wanted), Ordering::Relaxed);
        is_wanted
    }

    /// Whether anybody asks for a file.
    pub fn wants(&self, path: &str) -> bool {
        self.sink.wants(path)
    }

    /// Whether anybody asks for something below a folder.
    pub fn wants_below(&self, folder: &str) -> bool {
        self.sink.wants_below(folder)
    }

    /// Takes over a file of an earlier build that was made from the same things.
    pub fn reuse(&self, path: &str, key: &Print) -> Result<bool> {
        let is_reused = self.sink.reuse(path, key)?;
        self.files.fetch_add(usize::from(is_reused), Ordering::Relaxed);
        Ok(is_reused)
    }

    /// Hands on a file.
    pub fn write_file(&self, path: String, body: OutputBody, key: &Print) -> Result<()> {
        self.files.fetch_add(1, Ordering::Relaxed);
        self.sink.write(OutputFile { path, body }, key)
    }

    /// Hands on a file whose bytes are all that is known of it.
    pub fn write_bytes(&self, path: String, bytes: Vec<u8>) -> Result<()> {
        if self.wants(&path) { self.write_made(path, bytes) } else { Ok(()) }
    }

    /// The same for a file that is known to be asked for.
    pub fn write_made(&self, path: String, bytes: Vec<u8>) -> Result<()> {
        let key = Print::of(&bytes);
        if self.reuse(&path, &key)? {
            return Ok(());
        }
        self.write_file(path, OutputBody::Bytes(bytes), &key)
    }

    /// Hands on a file that is never in memory as a whole. Without a key its bytes are all that is known of it.
    /// Returns the key; `None` where nobody asks for the file.
    pub fn write_pieces(&self, path: String, key: Option<&Print>, fill: &Fill<'_>) -> Result<Option<Print>> {
        if !self.wants(&path) {
            return Ok(None);
        }
        self.files.fetch_add(1, Ordering::Relaxed);
        self.sink.write_pieces(&path, key, fill).map(Some)
    }

    /// The current address of a procedure for one that it had under a former name.
    pub fn now_at(&self, address: &str) -> Option<String> {
        let (start, code, name) = path::code_and_name(address)?;
        let code = self.former.of(code).iter().any(|former| former == name).then(|| ProcedureCode::parse(code))??;
        Some(format!("{}{}", &address[..start], self.procedure_folder(&code)))
    }

    /// Notes an address that was left for another one since the last build.
    pub fn note_move(&self, from: &str, to: &str) {
        let mut moves = self.moves.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        moves.count += 1;
        moves.first.insert((from.to_owned(), to.to_owned()));
        if moves.first.len() > MOST_MOVES {
            moves.first.pop_last();
        }
    }

    /// Every address that search engines may list, sorted.
    pub fn addresses(&self) -> Vec<sitemap::Address> {
        let mut addresses = std::mem::take(&mut *self.addresses.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
        addresses.sort_unstable();
        addresses
    }

    pub fn summary(&self) -> RenderSummary {
        let moves = std::mem::take(&mut *self.moves.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
        RenderSummary { pages: self.pages.load(Ordering::Relaxed), files: self.files.load(Ordering::Relaxed), moves }
    }
}

impl<'a> Standing<'a> {
    fn new(register: &'a Register, agency: &Agency, today: Date, ranks: &BTreeMap<ProcedureCode, usize>) -> Self {
        let current = register.quality_system(agency).and_then(|system| system.current_declaration(today));
        let rank = |code: &ProcedureCode| ranks.get(code).copied();
        let mut ranks: Vec<usize> = match &agency.competence {
            Some(codes) => codes.iter().filter_map(rank).collect(),
            // An agency that shares a system has its list on the page of the one that answers for it.
            None if agency.qms != agency.id => Vec::new(),
            None => current.iter().flat_map(|declaration| &declaration.annex).filter_map(rank).collect(),
        };
        ranks.sort_unstable();
        ranks.dedup();
        let abolished_ranks = agency.abolished_procedures.iter().filter_map(rank).filter(|rank| ranks.binary_search(rank).is_err()).collect();
        Self { current, ranks, abolished_ranks, search_list: OnceLock::new() }
    }
}
