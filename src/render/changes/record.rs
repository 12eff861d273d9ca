//! What a build publishes for the next one: the facts that changes speak of, and the changes told so far. It is
//! read back from a public folder, where anybody may have changed it: whatever is not as we write it is no record.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::path::NAME_LENGTH;
use crate::domain::vocabulary::AdministrativeProcedureStatus;
use crate::domain::{AgencyId, Date, ProcedureCode, slug};
use crate::source::hex;

/// Where it lies in the public folder.
pub const RECORD_PATH: &str = "thay-doi/du-lieu.json";
/// A larger file is not read.
pub const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// How long a change is kept.
pub const MONTHS: i32 = 24;
/// How many changes are kept.
pub const MOST_ENTRIES: usize = 2_000;
/// How many things one change names.
pub const MOST_SUBJECTS: usize = 20;
/// The longest text that is published here, in characters; longer ones are cut when they are taken from content.
pub const LONGEST_TEXT: usize = 500;
/// Agencies and procedures of one record: more than the country has of either.
const MOST_AGENCIES: usize = 20_000;
const MOST_PROCEDURES: usize = 100_000;
/// Former names of one procedure: it would have to be renamed every month for decades.
const MOST_FORMER_NAMES: usize = 500;
const GENERATOR: &str = "congbo";
const VERSION: u32 = 1;

/// The record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    generator: String,
    version: u32,
    /// The day on which the first record was made.
    pub since: Date,
    /// Newest first.
    pub log: Vec<Entry>,
    pub facts: Facts,
    /// Names in the addresses that procedures had before, by code. Each still leads to the procedure.
    #[serde(default)]
    pub former: BTreeMap<String, Vec<String>>,
}

/// One change, on the day of the build that found it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub on: Date,
    /// Whose change it is; `None` for the catalogue and the province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The ways to hand in a dossier for which it changed, where it is not all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ways: Option<String>,
    /// How many things changed, where not each is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The agencies that did a procedure which is no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<String>,
}

/// What changed: a procedure by its code, a page by its folder below the agency, a field by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    pub id: String,
    pub title: String,
}

/// What happened, in the order in which a day tells it. Each has its sentence: `change_fee`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    AgencyAdded,
    AgencyRenamed,
    AgencyEnded,
    AgencyRemoved,
    DeclaredFirst,
    DeclaredAgain,
    DeclarationEnded,
    DeclarationCorrected,
    DeclarationWithdrawn,
    CompetenceAdded,
    CompetenceRemoved,
    ProcedureNew,
    ProcedureAbolished,
    ProcedureRemoved,
    ProcedureRestored,
    ProcedureAmended,
    ProcedureRenamed,
    TimeLimit,
    Fee,
    Papers,
    DocumentNew,
    DocumentReissued,
    DocumentEnded,
    DocumentRestored,
    DocumentWithdrawn,
    RecordNew,
    RecordChanged,
    RecordWithdrawn,
    Contact,
}

/// The facts of a site that changes speak of, as small as they can be compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// By code.
    pub procedures: BTreeMap<String, ProcedureFacts>,
    /// Lists of codes by their hash: many agencies have the same.
    pub lists: BTreeMap<String, Vec<String>>,
    /// By id.
    pub agencies: BTreeMap<String, AgencyFacts>,
    /// Hash of what is told of each year's inspection.
    pub inspections: BTreeMap<i16, String>,
}

/// A procedure of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureFacts {
    pub name: Box<str>,
    pub status: AdministrativeProcedureStatus,
    pub time: Fact,
    pub fee: Fact,
    /// Hash of each paper.
    pub papers: Papers,
}

/// A fact: compared by its hash, told in words where they are few.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub hash: Hash,
    #[serde(default, skip_serializing_if = "Ways::is_empty")]
    pub words: Ways,
}

/// Words by way to hand in a dossier, in the order of the ways. A catalogue has a hundred thousand of these, most with
/// one or two entries that many others have too: a map of its own texts would take many times the memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways(Box<[(Arc<str>, Arc<str>)]>);

impl Ways {
    /// The words for a way.
    pub fn get(&self, way: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == way).map(|(_, words)| words)
    }

    /// Each way with its words.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(way, words)| (&**way, &**words))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<BTreeMap<Arc<str>, Arc<str>>> for Ways {
    fn from(ways: BTreeMap<Arc<str>, Arc<str>>) -> Self {
        Self(ways.into_iter().collect())
    }
}

/// Texts that many procedures have, each kept once.
#[derive(Default)]
pub struct Texts(Mutex<BTreeSet<Arc<str>>>);

impl Texts {
    /// The text as it is kept.
    pub fn shared(&self, text: impl AsRef<str> + Into<Arc<str>>) -> Arc<str> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(text.as_ref()) {
            return known.clone();
        }
        let text: Arc<str> = text.into();
        known.insert(text.clone());
        text
    }

    fn share(&self, ways: &mut Ways) {
        for (way, words) in &mut ways.0 {
            (*way, *words) = (self.shared(way.clone()), self.shared(words.clone()));
        }
    }
}

impl Serialize for Ways {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Ways {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(Self::from)
    }
}

/// What stands for the pieces of a fact; written as twelve characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hash(pub [u8; 6]);

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex(&self.0))
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = bytes_of(&String::deserialize(deserializer)?).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| D::Error::custom("not a hash"))
    }
}

/// What stands for one paper.
pub type PaperHash = [u8; 4];

/// The papers of a procedure; written as eight characters for each, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Papers(pub Box<[PaperHash]>);

impl Serialize for Papers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex(self.0.as_flattened()))
    }
}

impl<'de> Deserialize<'de> for Papers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = bytes_of(&String::deserialize(deserializer)?);
        let papers = bytes.as_deref().map(<[u8]>::as_chunks).filter(|(_, rest)| rest.is_empty());
        papers.map(|(papers, _)| Self(papers.into())).ok_or_else(|| D::Error::custom("not the hashes of papers"))
    }
}

/// What `hex` wrote.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).filter(|_| !byte.is_ascii_uppercase()).map(|digit| digit as u8);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect())?
}

/// An agency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyFacts {
    pub name: String,
    pub is_active: bool,
    /// Hash of the list of codes that it does.
    pub procedures: String,
    /// Contact details by field.
    pub contact: BTreeMap<String, String>,
    /// By folder.
    pub declarations: BTreeMap<String, DeclarationFacts>,
    /// Folder of the one in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
    /// Work processes by their folder, documents by their code.
    pub documents: BTreeMap<String, DocumentFacts>,
    /// Pages of one record each, by folder: policy, objectives, results.
    pub records: BTreeMap<String, RecordFacts>,
}

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclarationFacts {
    pub title: String,
    pub hash: String,
}

/// A document under control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentFacts {
    pub title: String,
    /// `2/0`: edition and revision.
    pub edition: String,
    pub is_ended: bool,
}

/// A page of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordFacts {
    pub title: String,
    pub hash: String,
}

impl Record {
    /// Reads a published record; `None` where the bytes are not one that this program wrote.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.len() as u64 > MOST_BYTES {
            return None;
        }
        let mut record: Self = serde_json::from_slice(bytes).ok()?;
        let texts = Texts::default();
        for procedure in record.facts.procedures.values_mut() {
            texts.share(&mut procedure.time.words);
            texts.share(&mut procedure.fee.words);
        }
        let is_ours = record.generator == GENERATOR && record.version == VERSION;
        let is_plausible = record.log.len() <= MOST_ENTRIES && record.log.iter().all(Entry::is_plausible) && record.facts.are_plausible();
        (is_ours && is_plausible && are_addresses(&record.former)).then_some(record)
    }
}

/// Writes a record whose procedures come part by part, as `Record` reads it.
pub struct RecordWriter<W> {
    out: W,
    is_first: bool,
}

impl<W: Write> RecordWriter<W> {
    /// Begins a record.
    pub fn begin(out: W, since: Date, log: &[Entry]) -> io::Result<Self> {
        let mut writer = Self { out, is_first: true };
        writer.text("{\"generator\":")?.value(GENERATOR)?.text(",\"version\":")?.value(&VERSION)?.text(",\"since\":")?.value(&since)?;
        writer.text(",\"log\":")?.value(log)?.text(",\"facts\":{\"procedures\":{")?;
        Ok(writer)
    }

    /// Adds procedures, in the order of their codes.
    pub fn catalogued(&mut self, part: Vec<(String, ProcedureFacts)>) -> io::Result<()> {
        for (code, facts) in &part {
            let begin = if std::mem::take(&mut self.is_first) { "" } else { "," };
            self.text(begin)?.value(code)?.text(":")?.value(facts)?;
        }
        Ok(())
    }

    /// Ends the record with everything but the procedures of these facts, and with the former names.
    pub fn end(mut self, facts: &Facts, former: &BTreeMap<String, Vec<String>>) -> io::Result<()> {
        self.text("},\"lists\":")?.value(&facts.lists)?.text(",\"agencies\":")?.value(&facts.agencies)?;
        self.text(",\"inspections\":")?.value(&facts.inspections)?.text("}")?;
        if !former.is_empty() {
            self.text(",\"former\":")?.value(former)?;
        }
        self.text("}\n")?;
        Ok(())
    }

    fn text(&mut self, text: &str) -> io::Result<&mut Self> {
        self.out.write_all(text.as_bytes())?;
        Ok(self)
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> io::Result<&mut Self> {
        serde_json::to_writer(&mut self.out, value)?;
        Ok(self)
    }
}

impl Entry {
    fn is_plausible(&self) -> bool {
        let is_id = |id: &String| AgencyId::parse(id).is_some();
        let are_subjects = self.subjects.len() <= MOST_SUBJECTS && self.subjects.iter().all(|subject| is_text(&subject.id) && is_text(&subject.title));
        are_subjects
            && self.agency.iter().all(is_id)
            && self.concerns.len() <= MOST_AGENCIES
            && self.concerns.iter().all(is_id)
            && self.before.iter().chain(&self.after).chain(&self.ways).all(is_text)
    }
}

impl Facts {
    /// Whether every text that a change may repeat is one that we would have written.
    fn are_plausible(&self) -> bool {
        if self.procedures.len() > MOST_PROCEDURES || self.agencies.len() > MOST_AGENCIES {
            return false;
        }
        let procedures = self.procedures.iter().all(|(code, one)| {
            let mut words = one.time.words.iter().chain(one.fee.words.iter());
            is_text(code) && is_text(&one.name) && words.all(|(way, words)| is_text(way) && is_text(words))
        });
        let agencies = self.agencies.iter().all(|(id, one)| {
            let contact = one.contact.iter().all(|(field, text)| is_text(field) && is_text(text));
            let declarations = one.declarations.iter().all(|(folder, one)| is_text(folder) && is_text(&one.title));
            let documents = one.documents.iter().all(|(id, one)| is_text(id) && is_text(&one.title) && is_text(&one.edition));
            let records = one.records.iter().all(|(folder, one)| is_text(folder) && is_text(&one.title));
            AgencyId::parse(id).is_some() && is_text(&one.name) && contact && declarations && documents && records
        });
        procedures && agencies && self.lists.values().flatten().all(is_text)
    }
}

/// Whether these are codes, and names that addresses have: pages are written there.
fn are_addresses(former: &BTreeMap<String, Vec<String>>) -> bool {
    let are_names = |names: &Vec<String>| names.len() <= MOST_FORMER_NAMES && names.iter().all(|name| *name == slug(name, NAME_LENGTH));
    former.len() <= MOST_PROCEDURES
        && former.iter().all(|(code, names)| ProcedureCode::parse(code).is_some_and(|parsed| parsed.key() == code) && are_names(names))
}

fn is_text(text: impl AsRef<str>) -> bool {
    let text = text.as_ref();
    text.len() <= LONGEST_TEXT * 8 && !text.chars().any(is_unprintable)
}

/// Whether a character has no place in a sentence, and in XML 1.0 none at all.
pub(super) fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
