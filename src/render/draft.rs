//! Drafts of the papers of a declaration: the decision itself, and the written notice to the lead unit (QĐ 19/2014/QĐ-TTg,
//! Điều 4 khoản 3). They are filled from the content; numbers, dates and signatures are left blank for whoever signs.

use std::sync::Mutex;

use anyhow::{Context, Result};
use tera::Value;

use super::agency_site::AgencySite;
use super::paper::{Annex, Block, Closing, Paper, text_blocks};
use super::sheet::{annex_blocks, blocks_html, paper_html, superior};
use super::site::{Arrangement, Site};
use super::view::standard_name;
use super::{Only, Previous, page};
use crate::config::Config;
use crate::domain::vocabulary::SigningAuthority;
use crate::domain::{Agency, AgencyId, Date, Declaration, DocumentNumber, ProcedureCode, Register, long_date, padded, slug};
use crate::theme::{Lang, Theme};

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftKind {
    Decision,
    Notice,
}

/// A draft, and the same as an HTML file that needs nothing beside it.
pub struct Draft {
    pub paper: Paper,
    pub html: String,
}

impl Draft {
    /// The draft of an agency from its newest declaration; from what it is competent for where it has none yet.
    /// `None` where there is no such agency.
    pub fn new(register: &Register, config: &Config, theme: &Theme, agency: &AgencyId, kind: DraftKind) -> Result<Option<Self>> {
        let Some(agency) = register.agencies.get(agency) else { return Ok(None) };
        let arrangement = Arrangement::new(register);
        let nothing = Only { path: "", file: Mutex::new(None) };
        let previous = Previous::default();
        let site = Site::new(register, config, theme, &arrangement, &previous, &nothing)?;
        let answering = register.agencies.get(&agency.qms).unwrap_or(agency);
        let pages = AgencySite::new(&site, answering);
        let writing = Writing { pages: &pages, declaration: pages.system.and_then(|system| system.declarations.last()) };
        let paper = match kind {
            DraftKind::Decision => writing.decision(),
            DraftKind::Notice => writing.notice(),
        };
        let html = html(&site, &paper)?;
        Ok(Some(Self { paper, html }))
    }
}

fn html(site: &Site<'_>, paper: &Paper) -> Result<String> {
    let parts: Vec<String> = paper.parts.iter().map(|part| blocks_html(site, part)).collect::<Result<_>>()?;
    let css = site.theme.static_files().find(|(name, _)| *name == "sheet.css").and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
    let mut context = page::context(site, "", Lang::Vi);
    context.insert_value("css", Value::safe_string(css.context("giao diện thiếu static/sheet.css")?));
    context.insert_value("paper", paper_html(site, paper, &parts.concat())?);
    context.insert("name", &paper.name);
    site.theme.render_text("paper/draft.html", &context)
}

/// A paper being written.
struct Writing<'a> {
    pages: &'a AgencySite<'a>,
    declaration: Option<&'a Declaration>,
}

impl Writing<'_> {
    fn word(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        self.pages.site.words().fill(key, gaps)
    }

    fn agency(&self) -> &Agency {
        self.pages.agency
    }

    /// What the declaration covers; of an agency without one what it is competent for.
    fn annex_codes(&self) -> Vec<ProcedureCode> {
        match self.declaration {
            Some(declaration) => declaration.annex.clone(),
            None => self.pages.procedures.iter().map(|procedure| procedure.code.clone()).collect(),
        }
    }

    fn standard(&self) -> String {
        let declared = self.declaration.and_then(|declaration| standard_name(self.pages, declaration));
        let today = self.pages.site.today();
        let in_force = || self.pages.site.register.standards.values().rfind(|standard| standard.is_adopted(today) && !standard.is_withdrawn(today));
        declared.or_else(|| in_force().map(|standard| standard.name.clone())).unwrap_or_else(|| self.word("draft_blank", &[]))
    }

    fn frame(&self, kind: &str, subject: &str, symbol: &str) -> Paper {
        let blank = self.word("draft_blank", &[]);
        let place = self.declaration.and_then(|declaration| declaration.place.clone()).unwrap_or_else(|| blank.clone());
        Paper {
            name: format!("{}: {kind} {subject}", self.word("draft_mark", &[])),
            superior: superior(self.pages),
            issuer: self.agency().name.to_uppercase(),
            number: Some(self.word("draft_number", &[("symbol", symbol)])),
            place_and_date: Some(self.word("draft_place_and_date", &[("place", &place)])),
            draft_mark: Some(self.word("draft_mark", &[])),
            kind: kind.to_owned(),
            subject: subject.to_owned(),
            ..Paper::default()
        }
    }

    fn decision(&self) -> Paper {
        let (standard, name) = (self.standard(), self.agency().name.clone());
        let symbol = self.symbol();
        let mut blocks = vec![Block::Middle { text: format!("{} {}", self.head_position().to_uppercase(), name.to_uppercase()) }];
        blocks.extend(self.bases());
        blocks.push(Block::Middle { text: self.word("draft_decides", &[]) });
        let codes = self.annex_codes();
        let count = padded(codes.len() as u64);
        let gaps = [("name", name.as_str()), ("standard", &standard), ("count", &count)];
        blocks.push(article(1, self.word("draft_article_declares", &gaps)));
        blocks.extend(self.scope());
        let supersedes = self.declaration.and_then(|declaration| declaration.supersedes.as_ref());
        blocks.push(article(
            2,
            match supersedes {
                Some(number) => self.word("draft_article_supersedes", &[("number", number.as_str())]),
                None => self.word("draft_article_effect", &[]),
            },
        ));
        blocks.push(article(3, self.word("draft_article_carries_out", &[("name", &name)])));
        let subject = self.word("draft_decision_subject", &[("standard", &standard)]);
        let of = self.word("draft_annex_of_decision", &[("symbol", &symbol), ("name", &name)]);
        Paper {
            parts: vec![blocks.into()],
            closing: Some(self.closing(&["draft_recipient_article", "draft_recipient_lead_unit", "draft_recipient_file"])),
            annex: Some(self.annex(of, &codes)),
            ..self.frame(&self.word("draft_decision_kind", &[]), &subject, &symbol)
        }
    }

    fn notice(&self) -> Paper {
        let (standard, name) = (self.standard(), self.agency().name.clone());
        let notice = self.declaration.and_then(|declaration| declaration.lead_unit_notice.as_ref());
        let lead_unit = notice.and_then(|notice| notice.to.clone()).or_else(|| self.pages.site.config.lead_unit.as_ref().map(|unit| unit.name.clone()));
        let lead_unit = lead_unit.unwrap_or_else(|| self.word("draft_blank", &[]));
        let symbol = notice.and_then(|notice| symbol_of(notice.number.as_ref()?)).unwrap_or_else(|| self.symbol().replacen("QĐ", "TB", 1));
        let codes = self.annex_codes();
        let decision = self.decision_in_words();
        let mut points = vec![
            self.word("draft_notice_decision", &[("decision", &decision), ("standard", &standard)]),
            self.word("draft_notice_annex", &[("count", &padded(codes.len() as u64))]),
        ];
        points.extend(self.posting());
        let address = &self.pages.site.config.base_url;
        if !address.is_empty() {
            points.push(self.word("draft_notice_web", &[("address", &format!("{address}{}", self.pages.folder("cong-bo/")))]));
        }
        let mut blocks = self.bases_of_law();
        blocks.push(Block::Text { text: self.word("draft_notice_lead", &[("name", &name)]) });
        blocks.extend(points.into_iter().zip(1..).map(|(text, number)| Block::Point { depth: 0, mark: format!("{number}."), text }));
        blocks.push(Block::Text { text: self.word("draft_notice_end", &[("name", &name), ("lead_unit", &lead_unit)]) });
        let subject = self.word("draft_notice_subject", &[("standard", &standard)]);
        let of = self.word("draft_annex_of_notice", &[("symbol", &symbol), ("name", &name)]);
        Paper {
            below_subject: Some(self.word("draft_to", &[("name", &lead_unit)])),
            parts: vec![blocks.into()],
            closing: Some(self.closing(&["draft_recipient_above", "draft_recipient_file"])),
            annex: Some(self.annex(of, &codes)),
            ..self.frame(&self.word("draft_notice_kind", &[]), &subject, &symbol)
        }
    }

    /// `QĐ-UBND`: as the declaration writes it, else with a blank.
    fn symbol(&self) -> String {
        let written = self.declaration.and_then(|declaration| symbol_of(declaration.number.as_ref()?));
        written.unwrap_or_else(|| self.word("draft_symbol", &[]))
    }

    fn decision_in_words(&self) -> String {
        let declaration = self.declaration;
        match declaration.and_then(|declaration| declaration.number.as_ref().zip(declaration.issued_on)) {
            Some((number, on)) => self.word("draft_decision_words", &[("number", number.as_str()), ("date", &long_date(on))]),
            None => self.word("draft_decision_blank", &[("symbol", &self.symbol())]),
        }
    }

    fn posting(&self) -> Option<String> {
        let posting = self.declaration?.premises_posting.as_ref()?;
        let place = posting.place.clone().unwrap_or_else(|| self.word("draft_blank", &[]));
        Some(self.word("draft_notice_posted", &[("date", &long_date(posting.posted_on?)), ("place", &place)]))
    }

    fn bases_of_law(&self) -> Vec<Block> {
        let numbers = self.declaration.map(|declaration| declaration.legal_bases.as_slice()).unwrap_or_default();
        numbers.iter().map(|number| Block::Basis { text: self.word("draft_basis", &[("document", &self.cited(number))]) }).collect()
    }

    /// The bases of a decision: law, the confirmation of validity, whoever proposed it. The last ends in a full stop.
    fn bases(&self) -> Vec<Block> {
        let mut bases = self.bases_of_law();
        let confirmation = self.declaration.and_then(|declaration| declaration.validity_confirmation.as_ref());
        if let Some((number, on)) = confirmation.and_then(|confirmation| confirmation.number.as_ref().zip(confirmation.confirmed_on)) {
            bases.push(Block::Basis { text: self.word("draft_basis_confirmation", &[("number", number.as_str()), ("date", &long_date(on))]) });
        }
        let blank = self.word("draft_blank", &[]);
        let proposed_by = self.declaration.and_then(|declaration| declaration.proposed_by.clone()).unwrap_or(blank);
        bases.push(Block::Basis { text: self.word("draft_proposed", &[("name", &proposed_by)]) });
        bases
    }

    /// A legal document as a basis names it: laws without their number, others in full at their first mention.
    fn cited(&self, number: &DocumentNumber) -> String {
        let words = self.pages.site.words();
        let Some(document) = self.pages.site.register.legal_documents.get(number) else { return number.to_string() };
        let abbreviation = number.as_str().rsplit('/').next().and_then(|symbol| symbol.split('-').next()).unwrap_or("");
        let Some(kind) = words.get(&format!("draft_type_{}", slug(abbreviation, 8))) else { return document.title.clone() };
        let title = document.title.strip_prefix(kind).map_or(document.title.as_str(), str::trim_start);
        let mut text = format!("{kind} {}", self.word("draft_cited_number", &[("number", number.as_str())]));
        text.extend(document.issued_on.map(|on: Date| format!(" {}", long_date(on))));
        text.extend(document.issuer.as_ref().map(|issuer| self.word("draft_cited_issuer", &[("issuer", issuer)])));
        let mut rest = title.chars();
        let first: String = rest.next().into_iter().flat_map(char::to_lowercase).collect();
        format!("{text} {first}{}", rest.as_str())
    }

    fn scope(&self) -> Vec<Block> {
        let Some(declaration) = self.declaration else { return Vec::new() };
        let words = self.pages.site.words();
        let mut blocks: Vec<Block> = declaration.scope.iter().flat_map(|scope| text_blocks(&scope.text, words.field("declaration.scope"))).collect();
        for exclusion in &declaration.exclusions {
            let reason = exclusion.reason.as_deref().unwrap_or_default();
            blocks.push(Block::Text { text: self.word("draft_exclusion", &[("clause", &exclusion.clause), ("reason", reason)]) });
        }
        blocks
    }

    fn head_position(&self) -> String {
        self.agency().head.as_ref().map_or_else(|| self.word("draft_blank", &[]), |head| head.position.clone())
    }

    fn annex(&self, of: String, codes: &[ProcedureCode]) -> Annex {
        let title = self.word("paper_annex", &[]);
        Annex { title, subject: self.word("paper_annex_subject", &[]), of, blocks: annex_blocks(self.pages, codes) }
    }

    fn closing(&self, recipients: &[&str]) -> Closing {
        let signer = self.declaration.and_then(|declaration| declaration.signer.as_ref());
        let head = self.agency().head.as_ref();
        let position = signer.and_then(|signer| signer.position.clone()).unwrap_or_else(|| self.head_position()).to_uppercase();
        let for_head = |mark: &str| vec![format!("{mark}. {}", self.head_position().to_uppercase()), position.clone()];
        let authority = match signer.and_then(|signer| signer.authority) {
            Some(SigningAuthority::OnBehalf) => vec![format!("TM. {}", self.body()), position],
            Some(SigningAuthority::ForHead) => for_head("KT"),
            Some(SigningAuthority::ByOrder) => for_head("TL"),
            Some(SigningAuthority::ByDelegation) => for_head("TUQ"),
            Some(SigningAuthority::Acting) => vec![format!("Q. {position}")],
            None => vec![position],
        };
        let declared = self.declaration.map(|declaration| declaration.recipients.as_slice()).filter(|recipients| !recipients.is_empty());
        let lead_unit = self.pages.site.config.lead_unit.as_ref().map_or_else(|| self.word("draft_blank", &[]), |unit| unit.name.clone());
        let standing = || recipients.iter().map(|key| self.word(key, &[("lead_unit", &lead_unit)])).collect();
        // Those of the declaration are of the decision.
        let is_decision = recipients.first() == Some(&"draft_recipient_article");
        let recipients: Vec<String> = declared.filter(|_| is_decision).map_or_else(standing, <[String]>::to_vec);
        let last = recipients.len().saturating_sub(1);
        let line = |(index, recipient): (usize, &String)| format!("- {}{}", recipient.trim_end_matches([';', '.']), if index == last { "." } else { ";" });
        Closing {
            title: self.word("draft_recipients", &[]),
            recipients: recipients.iter().enumerate().map(line).collect(),
            authority,
            signer: signer.and_then(|signer| signer.name.clone()).or_else(|| head.and_then(|head| head.name.clone())),
        }
    }

    /// The collective body on whose behalf somebody signs.
    fn body(&self) -> String {
        let name = self.agency().name.to_uppercase();
        let committee = self.word("draft_committee", &[]);
        if name.starts_with(&committee) { committee } else { name }
    }
}

/// `QĐ-UBND` of `12/QĐ-UBND`.
fn symbol_of(number: &DocumentNumber) -> Option<String> {
    number.as_str().rsplit_once('/').map(|(_, symbol)| symbol.to_owned())
}

fn article(number: u32, text: String) -> Block {
    Block::Article { mark: format!("Điều {number}."), text }
}
