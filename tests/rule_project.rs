//! A project in memory, made of fences laid over one another, and what the program says about it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use congbo::config::Flags;
use congbo::diagnostic::{Diagnostic, Severity};
use congbo::origin::Origin;
use congbo::parse;
use congbo::pipeline::judge_tree;
use congbo::source::{Refusal, RefusalReason, SourceAttachment, SourceText, SourceTree, decode, hex};
use sha2::{Digest, Sha256};

use crate::rule_page::{Fence, Page};

/// Begins a file of which only some fields are shown: the others come from the base project.
const AS_BASE: &str = "# …";
/// Takes a field of the base project away.
const WITHOUT_FIELD: &str = "# không có mục ";
/// Takes a file of the base project away.
const WITHOUT_FILE: &str = "# không có tệp này";

/// Files laid over the base project.
pub struct Project {
    base: BTreeMap<String, Fence>,
    files: BTreeMap<String, Fence>,
    flags: Flags,
}

impl Project {
    /// The base project, judged on the day that a page names.
    pub fn new(base: &[Fence], page: &Page) -> Self {
        let base: BTreeMap<String, Fence> = base.iter().map(|fence| (fence.path.clone(), fence.clone())).collect();
        let flags = Flags { today: page.today.parse().expect("a date"), is_release: page.is_release };
        Self { files: base.clone(), base, flags }
    }

    /// The base project, judged on the day on which it has no problem.
    pub fn on_the_usual_day(base: &[Fence]) -> Self {
        Self::new(base, &Page::read(""))
    }

    /// With more files, over those of the same path.
    pub fn lay(mut self, fences: &[Fence]) -> Self {
        for fence in fences {
            if fence.body.trim() == WITHOUT_FILE {
                self.files.remove(&fence.path);
                continue;
            }
            let mut fence = fence.clone();
            if let Some(base) = self.base.get(&fence.path) {
                fence.body = merged(&fence, &base.body);
            }
            self.files.insert(fence.path.clone(), fence);
        }
        self
    }

    /// Writes the files into a folder, as an officer would have them on the disk.
    pub fn write_into(&self, folder: &Path) {
        for fence in self.files.values() {
            let path = folder.join(&fence.path);
            std::fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
            std::fs::write(path, bytes_on_disk(fence)).expect("a file");
        }
    }

    /// What all stages say, in the order of files and lines.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let tree = self.tree();
        let mut judged = judge_tree(self.tree(), self.flags);
        judged.compare_with(&self.published(), Path::new("no-record.json"), Path::new(".")).expect("the theme that comes with the program");
        let mut diagnostics = judged.diagnostics;
        diagnostics.sort_by_cached_key(|diagnostic| {
            let (line, column) = self.position(&tree, &diagnostic.origin);
            (diagnostic.origin.file.clone(), line, column, diagnostic.rule.id, diagnostic.message.vi.to_string())
        });
        diagnostics
    }

    /// The same as text.
    pub fn told(&self) -> String {
        let tree = self.tree();
        let mut told = String::new();
        for diagnostic in self.diagnostics() {
            let level = match diagnostic.severity {
                Severity::Error => "lỗi",
                Severity::Warning => "cảnh báo",
                Severity::Information => "thông tin",
            };
            told.push_str(&format!("{level}[{}] {}: {}\n", diagnostic.rule.id, self.place(&tree, &diagnostic.origin), diagnostic.message.vi));
            for hint in &diagnostic.hints {
                told.push_str(&format!("  sửa: {}\n", hint.vi.replace('\n', "\n       ")));
            }
            for (origin, text) in &diagnostic.related {
                told.push_str(&format!("  xem: {}: {}\n", self.place(&tree, origin), text.vi));
            }
        }
        told
    }

    fn place(&self, tree: &SourceTree, origin: &Origin) -> String {
        let (line, column) = self.position(tree, origin);
        format!("{}:{line}:{column}", origin.file)
    }

    fn position(&self, tree: &SourceTree, origin: &Origin) -> (u32, u32) {
        let root = tree.text(&origin.file).and_then(|text| parse::locate(&origin.file, text));
        let region = parse::node::locate(root.as_ref(), &origin.place);
        (region.line, region.column)
    }

    /// The paths that an earlier build published: a fence `published`, one path a line.
    fn published(&self) -> Vec<Arc<str>> {
        self.files.values().filter(|fence| fence.language == "published").flat_map(|fence| fence.body.lines()).map(Arc::from).collect()
    }

    fn tree(&self) -> SourceTree {
        let mut tree = SourceTree::default();
        for fence in self.files.values() {
            match fence.language.as_str() {
                "attachment" => drop(tree.attachments.insert(fence.path.as_str().into(), attachment(fence))),
                "published" => {}
                "bytes" => insert_bytes(&mut tree, fence),
                "refused" => tree.refusals.push(Refusal { path: fence.path.as_str().into(), reason: reason(&fence.detail) }),
                _ => tree.insert_text(&fence.path, &fence.body),
            }
        }
        tree
    }
}

/// A file that shows some fields, and the other fields of the base project below them.
fn merged(fence: &Fence, base: &str) -> String {
    if !fence.path.ends_with(".md") {
        return if fence.body.starts_with(AS_BASE) { with_rest(&fence.body, base) } else { fence.body.clone() };
    }
    let (Some((front, body)), Some((base_front, base_body))) = (split(&fence.body), split(base)) else { return fence.body.clone() };
    if !front.starts_with(AS_BASE) {
        return fence.body.clone();
    }
    let body = if body.trim().is_empty() { base_body } else { body };
    format!("---\n{}---\n{body}", with_rest(front, base_front))
}

fn split(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("---\n")?.split_once("---\n")
}

fn with_rest(shown: &str, base: &str) -> String {
    let taken: Vec<&str> = fields(shown).into_iter().map(|(name, _)| name).chain(shown.lines().filter_map(|line| line.strip_prefix(WITHOUT_FIELD))).collect();
    let rest = fields(base).into_iter().filter(|(name, _)| !taken.contains(name)).map(|(_, text)| text);
    std::iter::once(shown.to_owned()).chain(rest).collect()
}

/// The top-level fields of a YAML text, each with its lines.
fn fields(text: &str) -> Vec<(&str, String)> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let is_key = !line.starts_with([' ', '#', '-', '\n']) && line.contains(':');
        if is_key {
            fields.push((line.split(':').next().unwrap_or(""), line.to_owned()));
        } else if let Some((_, lines)) = fields.last_mut().filter(|_| !line.starts_with('#')) {
            lines.push_str(line);
        }
    }
    fields
}

/// The bytes of a file. A text may be saved in another way than UTF-8, as the word after its path says.
fn bytes_on_disk(fence: &Fence) -> Vec<u8> {
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    match (fence.language.as_str(), fence.detail.as_str()) {
        ("attachment", _) => attachment_bytes(fence),
        ("bytes", _) => bytes(fence),
        (_, "bom") => format!("\u{FEFF}{}", fence.body).into_bytes(),
        (_, "cut") => fence.body.trim_end_matches('\n').as_bytes().to_vec(),
        (_, "utf-16") => utf_16(&fence.body),
        (_, "utf-16-bom") => utf_16(&format!("\u{FEFF}{}", fence.body)),
        // Each letter stands for the byte of its number: what an editor shows of a text in TCVN3, VNI or Windows-1258.
        (_, "latin-1") => fence.body.chars().map(|c| u8::try_from(c).expect("a letter of Latin-1")).collect(),
        (_, "") => fence.body.clone().into_bytes(),
        (_, other) => panic!("no such way to save a text: {other}"),
    }
}

fn insert_bytes(tree: &mut SourceTree, fence: &Fence) {
    let path = fence.path.as_str().into();
    match decode(&bytes(fence)) {
        Ok((text, remarks)) => drop(tree.texts.insert(path, SourceText { text: text.into(), remarks, is_shipped: false })),
        Err(reason) => tree.refusals.push(Refusal { path, reason }),
    }
}

/// Bytes written as two hexadecimal digits each, or as text between quotes.
fn bytes(fence: &Fence) -> Vec<u8> {
    let mut bytes = Vec::new();
    for word in fence.body.lines().flat_map(|line| line.split_inclusive('\'')).scan(false, |is_text, part| {
        let was_text = *is_text;
        *is_text = !*is_text;
        Some((was_text, part.trim_end_matches('\'')))
    }) {
        match word {
            (true, text) => bytes.extend_from_slice(text.as_bytes()),
            (false, digits) => bytes.extend(digits.split_whitespace().map(|pair| u8::from_str_radix(pair, 16).expect("two hexadecimal digits"))),
        }
    }
    bytes
}

fn attachment(fence: &Fence) -> SourceAttachment {
    let bytes = attachment_bytes(fence);
    let sha256 = hex(&Sha256::digest(&bytes));
    SourceAttachment { disk_path: fence.path.as_str().into(), size_bytes: bytes.len() as u64, sha256, head: bytes }
}

fn attachment_bytes(fence: &Fence) -> Vec<u8> {
    let head: &[u8] = match fence.detail.as_str() {
        "pdf" => b"%PDF-1.7\n",
        "pdf-1.3" => b"%PDF-1.3\n",
        "png" => b"\x89PNG\r\n\x1a\n",
        "docx" => b"PK\x03\x04",
        "exe" => b"MZ\x90\x00",
        "empty" => b"",
        "doc" => b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        other => panic!("no such kind of attachment: {other}"),
    };
    [head, fence.body.as_bytes()].concat()
}

fn reason(name: &str) -> RefusalReason {
    match name {
        "link" => RefusalReason::Link,
        "special-file" => RefusalReason::SpecialFile,
        "too-large" => RefusalReason::TooLarge { size_bytes: 3 * 1024 * 1024, limit_bytes: 1024 * 1024 },
        "unknown-kind" => RefusalReason::UnknownKind,
        "unusable-name" => RefusalReason::UnusableName,
        other => panic!("no such reason: {other}"),
    }
}
