//! What all pages of a site share, made once: where things lie, in what order, and where files go.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;

use super::{RenderSummary, asset, citation, path, sitemap};
use crate::config::Config;
use crate::domain::{AdministrativeProcedure, Agency, Date, LegalDocument, ProcedureCode, Register, VietnameseOrder};
use crate::markdown::is_safe_link;
use crate::output::{OutputBody, OutputFile};
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
    pub citations: citation::Citations<'a>,
    /// Published name of the stylesheet.
    pub stylesheet: String,
    layout: Layout,
    ranks: BTreeMap<&'a ProcedureCode, usize>,
    output: &'a (dyn Fn(OutputFile) -> Result<()> + Sync),
    pages: AtomicUsize,
    files: AtomicUsize,
    addresses: Mutex<Vec<sitemap::Address>>,
}

impl<'a> Site<'a> {
    pub fn new(register: &'a Register, config: &'a Config, theme: &'a Theme, output: &'a (dyn Fn(OutputFile) -> Result<()> + Sync)) -> Result<Self> {
        let order = VietnameseOrder::new();
        let mut by_name: Vec<&AdministrativeProcedure> = register.administrative_procedures.values().collect();
        by_name.sort_by(|left, right| order.compare(&left.name, &right.name).then_with(|| left.code.cmp(&right.code)));
        Ok(Self {
            register,
            config,
            theme,
            order,
            citations: citation::Citations::new(register),
            stylesheet: asset::stylesheet(theme, config)?.0,
            layout: if register.agencies.len() == 1 && register.agencies.values().all(Agency::is_active) { Layout::OneAgency } else { Layout::Province },
            ranks: by_name.into_iter().enumerate().map(|(rank, procedure)| (&procedure.code, rank)).collect(),
            output,
            pages: AtomicUsize::new(0),
            files: AtomicUsize::new(0),
            addresses: Mutex::new(Vec::new()),
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
        self.ranks.get(code).copied().unwrap_or(usize::MAX)
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

    /// Hands on a page; `updated_on` only from a date in the content.
    pub fn write_page(&self, folder: &str, body: Vec<u8>, address: Option<sitemap::Address>) -> Result<()> {
        self.pages.fetch_add(1, Ordering::Relaxed);
        if let Some(address) = address {
            self.addresses.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(address);
        }
        self.write_file(path::page(folder), OutputBody::Bytes(body))
    }

    /// Hands on any file.
    pub fn write_file(&self, path: String, body: OutputBody) -> Result<()> {
        self.files.fetch_add(1, Ordering::Relaxed);
        (self.output)(OutputFile { path, body })
    }

    /// Every address that search engines may list, sorted.
    pub fn addresses(&self) -> Vec<sitemap::Address> {
        let mut addresses = std::mem::take(&mut *self.addresses.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
        addresses.sort();
        addresses
    }

    pub fn summary(&self) -> RenderSummary {
        RenderSummary { pages: self.pages.load(Ordering::Relaxed), files: self.files.load(Ordering::Relaxed) }
    }
}
