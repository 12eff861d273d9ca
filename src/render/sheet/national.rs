//! What the catalogue says about a procedure, as blocks of a sheet: the parts of NĐ 63/2010/NĐ-CP, Điều 8 khoản 2, in
//! its order. The same on the sheets of all agencies, so made once.

use std::cell::OnceCell;
use std::sync::Arc;

use anyhow::Result;

use super::super::paper::{Block, Column, facts_digest, text_blocks};
use super::super::site::Site;
use super::super::view::{fee_text, time_text};
use super::blocks_html;
use crate::domain::vocabulary::SubmissionMethod;
use crate::domain::{AdministrativeProcedure, Channel, Component, Dossier, ProcedureCode, ProcedureSteps, padded, point_mark};
use crate::theme::Words;

/// The national part of a sheet; its HTML is made when a page first needs it.
pub(in super::super) struct NationalSheet {
    pub blocks: Arc<[Block]>,
    html: OnceCell<String>,
}

impl NationalSheet {
    /// The part of a procedure.
    pub fn new(site: &Site<'_>, procedure: &AdministrativeProcedure) -> Self {
        let blocks = blocks(procedure, site.words());
        if let Some(digest) = site.sheet_digests.get(site.rank(&procedure.code)) {
            let _ = digest.get_or_init(|| facts_digest(&blocks));
        }
        Self { blocks: blocks.into(), html: OnceCell::new() }
    }

    /// Its HTML.
    pub fn html(&self, site: &Site<'_>) -> Result<&str> {
        if self.html.get().is_none() {
            let _ = self.html.set(blocks_html(site, &self.blocks)?);
        }
        Ok(self.html.get().map_or("", String::as_str))
    }

    /// How many points it has.
    pub fn points(&self) -> usize {
        self.blocks.iter().filter(|block| matches!(block, Block::Heading { .. })).count()
    }
}

/// SHA-256 of what the national part of a procedure's sheet says, worked out once.
pub(in super::super) fn national_digest(site: &Site<'_>, code: &ProcedureCode) -> [u8; 32] {
    let rank = site.rank(code);
    let (Some(entry), Some(digest)) = (site.catalogue.get(rank), site.sheet_digests.get(rank)) else { return [0; 32] };
    *digest.get_or_init(|| facts_digest(&blocks(entry.procedure, site.words())))
}

/// Blocks on the way, each point with its letter.
pub(super) struct Points<'w> {
    words: &'w Words,
    blocks: Vec<Block>,
    count: usize,
}

impl<'w> Points<'w> {
    /// Points that go on after the first `count`.
    pub fn after(count: usize, words: &'w Words) -> Self {
        Self { words, blocks: Vec::new(), count }
    }

    /// A point, unless there is nothing to say in it.
    pub fn add(&mut self, key: &'static str, title: &str, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            self.blocks.push(Block::Heading { key, mark: point_mark(self.count), title: title.to_owned() });
            self.count += 1;
            self.blocks.extend(blocks);
        }
    }

    /// A point named by its field.
    pub fn field(&mut self, field: &'static str, blocks: Vec<Block>) {
        let title = self.words.field(field).to_owned();
        self.add(field, &title, blocks);
    }

    /// What came together.
    pub fn blocks(self) -> Vec<Block> {
        self.blocks
    }
}

/// A list with a dash before each.
pub(super) fn dashes<S: Into<String>>(texts: impl IntoIterator<Item = S>) -> Vec<Block> {
    texts.into_iter().map(|text| Block::Point { depth: 0, mark: "-".to_owned(), text: text.into() }).collect()
}

fn blocks(procedure: &AdministrativeProcedure, words: &Words) -> Vec<Block> {
    let mut points = Points::after(0, words);
    points.field("administrative_procedure.steps", steps(&procedure.steps, words));
    points.field("channels", channels(&procedure.channels, words));
    points.field("dossiers", procedure.dossiers.iter().flat_map(|dossier| dossier_blocks(dossier, words)).collect());
    let sets = procedure.sets.map(|sets| words.fill("sheet_sets", &[("count", &padded(sets.into()))]));
    points.field("sets", sets.map(|text| Block::Text { text }).into_iter().collect());
    points.field("applicants", dashes(procedure.applicants.iter().map(|one| one.to_string())));
    points.add("agencies", words.text("sheet_agencies"), agencies(procedure, words));
    points.field("administrative_procedure.results", dashes(procedure.results.iter().map(String::as_str)));
    points.field("administrative_procedure.forms", dashes(procedure.forms.iter().map(|form| form.name.as_str())));
    points.field("conditions", procedure.conditions.iter().flat_map(|text| text_blocks(&text.text, words.field("conditions"))).collect());
    points.field("legal_bases", dashes(legal_bases(procedure)));
    points.blocks()
}

fn steps(steps: &ProcedureSteps, words: &Words) -> Vec<Block> {
    let name = words.field("administrative_procedure.steps");
    match steps {
        ProcedureSteps::Missing => Vec::new(),
        ProcedureSteps::Text(text) => text_blocks(&text.text, name),
        ProcedureSteps::List(list) => {
            let mut blocks = Vec::new();
            for (step, number) in list.iter().zip(1..) {
                let action = step.responsible.as_ref().map_or_else(|| step.action.to_string(), |who| format!("{} ({who})", step.action));
                blocks.push(Block::Point { depth: 0, mark: words.fill("sheet_step", &[("number", &number.to_string())]), text: action });
                blocks.extend(step.text.iter().flat_map(|text| text_blocks(&text.text, name)));
            }
            blocks
        }
    }
}

fn channels(channels: &[Channel], words: &Words) -> Vec<Block> {
    if channels.is_empty() {
        return Vec::new();
    }
    let columns = vec![Column::new(words.field("channel.method"), 18), Column::new(words.field("time_limit"), 36), Column::new(words.field("fees"), 46)];
    let row = |channel: &Channel| {
        let fees: Vec<String> = channel.fees.iter().map(|fee| fee_text(fee, words)).collect();
        let time = channel.time_limit.as_ref().map_or_else(|| words.text("not_stated").to_owned(), |limit| time_text(limit, words));
        vec![method(channel.method, words).to_owned(), time, if fees.is_empty() { words.text("not_stated").to_owned() } else { fees.join("; ") }]
    };
    let mut blocks = vec![Block::Table { name: words.text("channels_caption").to_owned(), columns, rows: channels.iter().map(row).collect() }];
    for channel in channels.iter().filter(|channel| channel.note.is_some()) {
        blocks.push(Block::Subheading { text: method(channel.method, words).to_owned() });
        blocks.extend(channel.note.iter().flat_map(|note| text_blocks(&note.text, words.field("channels"))));
    }
    blocks
}

fn method(method: SubmissionMethod, words: &Words) -> &str {
    let key = match method {
        SubmissionMethod::Direct => "direct",
        SubmissionMethod::Online => "online",
        SubmissionMethod::Postal => "postal",
    };
    words.label("submission_method", key)
}

fn dossier_blocks(dossier: &Dossier, words: &Words) -> Vec<Block> {
    let mut blocks: Vec<Block> = dossier.case.iter().map(|case| Block::Subheading { text: case.clone() }).collect();
    if !dossier.components.is_empty() {
        let columns = vec![
            Column::narrow(words.text("sheet_number"), 8),
            Column::new(words.field("component.name"), 64),
            Column::narrow(words.field("originals"), 14),
            Column::narrow(words.field("copies"), 14),
        ];
        let count = |count: Option<u32>| count.map_or_else(|| "–".to_owned(), |count| padded(count.into()));
        let row = |(paper, number): (&Component, u64)| vec![padded(number), paper_text(paper, words), count(paper.originals), count(paper.copies)];
        let name = dossier.case.clone().unwrap_or_else(|| words.text("papers").to_owned());
        blocks.push(Block::Table { name, columns, rows: dossier.components.iter().zip(1..).map(row).collect() });
    }
    blocks.extend(dossier.note.iter().flat_map(|note| text_blocks(&note.text, words.field("dossiers"))));
    blocks
}

/// A paper, with whether it is only shown, its form and its note.
fn paper_text(paper: &Component, words: &Words) -> String {
    let mut text = paper.name.to_string();
    if paper.is_present_only {
        text.push_str(&format!(" ({})", words.text("present_only")));
    }
    if let Some(form) = paper.form.as_deref().filter(|form| *form != &*paper.name) {
        text.push_str(&format!("; {}: {form}", words.text("form")));
    }
    if let Some(note) = &paper.note {
        text.push_str(&format!("; {note}"));
    }
    text
}

fn agencies(procedure: &AdministrativeProcedure, words: &Words) -> Vec<Block> {
    let parties = [
        ("competent_agency", &procedure.competent_agency),
        ("executing_agency", &procedure.executing_agency),
        ("authorised_agency", &procedure.authorised_agency),
        ("coordinating_agencies", &procedure.coordinating_agencies),
    ];
    let stated = parties.into_iter().filter_map(|(field, name)| Some((field, name.as_deref()?)));
    stated.map(|(field, name)| Block::Field { key: field, label: words.field(field).to_owned(), text: name.to_owned() }).collect()
}

/// The bases as the record names them: what the law register knows about them changes without the procedure.
fn legal_bases(procedure: &AdministrativeProcedure) -> Vec<String> {
    let basis = |basis: &crate::domain::LegalBasis| match (&basis.number, &basis.title) {
        (Some(number), Some(title)) => Some(format!("{number}: {title}")),
        (Some(number), None) => Some(number.to_string()),
        (None, title) => title.as_deref().map(str::to_owned),
    };
    procedure.legal_bases.iter().filter_map(basis).collect()
}
