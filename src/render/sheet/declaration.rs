//! The sheet of the declaration in force, with its annex.

use anyhow::Result;

use super::super::agency_site::AgencySite;
use super::super::paper::{Annex, Block, Column, Paper, facts_digest, fingerprint as printed, text_blocks};
use super::super::path;
use super::super::view::standard_name;
use super::check;
use super::national::{Points, dashes};
use super::procedure::{feedback, superior};
use crate::domain::{Declaration, ProcedureCode, long_date, padded};

/// The sheet of a declaration.
pub(super) fn paper(pages: &AgencySite<'_>, declaration: &Declaration) -> Result<Paper> {
    let words = pages.site.words();
    let standard = standard_name(pages, declaration).unwrap_or_else(|| words.text("not_stated").to_owned());
    Ok(Paper {
        name: words.text("sheet_declaration_title").to_owned(),
        superior: superior(pages),
        issuer: pages.agency.name.to_uppercase(),
        kind: words.text("sheet_declaration_kind").to_owned(),
        subject: words.fill("sheet_declaration_subject", &[("standard", &standard)]),
        below_subject: Some(from(pages, declaration)),
        parts: vec![blocks(pages, declaration).into()],
        annex: Some(annex(pages, declaration)),
        check: Some(check(pages.site, &pages.folder(path::SHORT_DECLARATION), fingerprint(pages, declaration), None)?),
        ..Paper::default()
    })
}

/// The fingerprint of the sheet of a declaration.
pub(super) fn fingerprint(pages: &AgencySite<'_>, declaration: &Declaration) -> String {
    let standard = standard_name(pages, declaration).unwrap_or_default();
    let parts = [facts_digest(&blocks(pages, declaration)), facts_digest(&annex_blocks(pages, &declaration.annex))];
    let on = declaration.issued_on.map(|on| on.to_string()).unwrap_or_default();
    printed(&[&pages.agency.name, &standard, number(pages, declaration), &on], &parts)
}

fn number<'a>(pages: &'a AgencySite<'_>, declaration: &'a Declaration) -> &'a str {
    declaration.number.as_ref().map_or_else(|| pages.site.words().text("not_stated"), |number| number.as_str())
}

/// The decision that it was taken from.
fn from(pages: &AgencySite<'_>, declaration: &Declaration) -> String {
    let words = pages.site.words();
    let (number, name) = (number(pages, declaration), pages.agency.name.as_str());
    match declaration.issued_on {
        Some(on) => words.fill("sheet_from_declaration_on", &[("number", number), ("date", &long_date(on)), ("name", name)]),
        None => words.fill("sheet_from_declaration", &[("number", number), ("name", name)]),
    }
}

fn blocks(pages: &AgencySite<'_>, declaration: &Declaration) -> Vec<Block> {
    let words = pages.site.words();
    let mut points = Points::after(0, words);
    points.field("declaration.scope", declaration.scope.iter().flat_map(|scope| text_blocks(&scope.text, words.field("declaration.scope"))).collect());
    let covered = words.fill("sheet_covers", &[("count", &padded(declaration.annex.len() as u64))]);
    points.add("annex", words.text("sheet_covered"), if declaration.annex.is_empty() { Vec::new() } else { vec![Block::Note { text: covered }] });
    let exclusion = |one: &crate::domain::Exclusion| one.reason.as_ref().map_or_else(|| one.clause.clone(), |reason| format!("{}: {reason}", one.clause));
    points.field("exclusions", dashes(declaration.exclusions.iter().map(exclusion)));
    let since = declaration.effective_on.or(declaration.issued_on).map(long_date);
    points.field("effective_on", since.map(|text| Block::Text { text }).into_iter().collect());
    points.field("supersedes", declaration.supersedes.iter().map(|number| Block::Text { text: number.to_string() }).collect());
    let signer = declaration.signer.as_ref().map(|signer| [signer.position.as_deref(), signer.name.as_deref()].into_iter().flatten().collect::<Vec<_>>());
    points.field("signer", signer.filter(|words| !words.is_empty()).map(|words| Block::Text { text: words.join(" ") }).into_iter().collect());
    points.add("feedback", words.text("feedback"), feedback(pages));
    let mut blocks = points.blocks();
    blocks.push(Block::Note { text: words.text("self_declared").to_owned() });
    blocks
}

fn annex(pages: &AgencySite<'_>, declaration: &Declaration) -> Annex {
    let words = pages.site.words();
    Annex {
        title: words.text("paper_annex").to_owned(),
        subject: words.text("paper_annex_subject").to_owned(),
        of: from(pages, declaration),
        blocks: annex_blocks(pages, &declaration.annex),
    }
}

/// The declared list as a table.
pub(in super::super) fn annex_blocks(pages: &AgencySite<'_>, codes: &[ProcedureCode]) -> Vec<Block> {
    let words = pages.site.words();
    if codes.is_empty() {
        return vec![Block::Note { text: words.text("no_annex").to_owned() }];
    }
    let columns = vec![
        Column::narrow(words.text("sheet_number"), 8),
        Column::narrow(words.field("code"), 18),
        Column::new(words.field("administrative_procedure.name"), 48),
        Column::new(words.field("field"), 26),
    ];
    let row = |(code, number): (&ProcedureCode, u64)| {
        let procedure = pages.site.register.administrative_procedures.get(code);
        let name = procedure.map_or_else(|| words.text("not_in_catalogue").to_owned(), |procedure| procedure.name.clone());
        vec![padded(number), code.to_string(), name, procedure.map(|procedure| procedure.field.to_string()).unwrap_or_default()]
    };
    vec![Block::Table { name: words.text("paper_annex_subject").to_owned(), columns, rows: codes.iter().zip(1..).map(row).collect() }]
}
