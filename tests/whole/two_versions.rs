//! A project with two versions, A and B, whose pages all differ: any one of them tells which version it belongs to.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::look::{Files, Look, look};
use crate::project::{Project, Run, TODAY};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    A,
    B,
}

impl Version {
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// A project, what its two versions look like when nothing went wrong, and `public` with version A.
pub struct TwoVersions {
    pub project: Project,
    a: Files,
    b: Files,
}

/// What may lie beside the public folder after a build: nothing that grows, nothing half done.
const ALLOWED: &[&str] = &["content", "themes", "public", ".public.congbo-lock", ".congbo-cache"];
/// A file of somebody else in the public folder, which every build has to keep.
const FOREIGN: (&str, &str) = ("public/google123.html", "google-site-verification: google123.html");

impl TwoVersions {
    /// Builds both versions cleanly in folders of their own, then version A in the project.
    pub fn of(project: Project) -> Self {
        let clean = |version| {
            let copy = project.copied();
            write_names(&copy, version);
            let _ = copy.run(&build()).exit(0);
            let copy = copy.file(FOREIGN.0, FOREIGN.1);
            match look(&copy.path("public")) {
                Look::Whole(files) => files,
                _ => panic!("a clean build is not whole"),
            }
        };
        let (a, b) = (clean(Version::A), clean(Version::B));
        assert!(a.keys().eq(b.keys()), "both versions have the same files");
        let undecided: Vec<_> = a.iter().filter(|(path, hash)| path.ends_with(".html") && b[*path] == **hash).map(|(path, _)| path.as_str()).collect();
        assert_eq!(undecided, ["google123.html"], "pages that do not tell their version");
        write_names(&project, Version::A);
        let _ = project.run(&build()).exit(0);
        Self { project: project.file(FOREIGN.0, FOREIGN.1), a, b }
    }

    pub fn public(&self) -> PathBuf {
        self.project.path("public")
    }

    /// How many files the site has, and how many of them tell the version.
    pub fn size(&self) -> (usize, usize) {
        (self.a.len(), self.a.iter().filter(|(path, hash)| self.b[*path] != **hash).count())
    }

    /// Which version files belong to; none where they are of neither.
    pub fn version(&self, files: &Files) -> Option<Version> {
        match () {
            () if is_alike(files, &self.a) => Some(Version::A),
            () if is_alike(files, &self.b) => Some(Version::B),
            () => None,
        }
    }

    /// The version that is public now. Nobody may be building.
    pub fn published(&self) -> Version {
        match look(&self.public()) {
            Look::Whole(files) => self.version(&files).unwrap_or_else(|| panic!("neither version A nor B: {}", self.strange(&files))),
            Look::Exchanged => panic!("somebody is building"),
            Look::Broken(what) => panic!("not whole: {what}"),
        }
    }

    /// Puts the other version than the published one into the sources, and says which it is.
    pub fn change(&self) -> Version {
        let wanted = self.published().other();
        self.write(wanted);
        wanted
    }

    /// Puts a version into the sources.
    pub fn write(&self, version: Version) {
        write_names(&self.project, version);
    }

    /// After whatever happened, one plain build gives the other version and leaves nothing else behind.
    pub fn builds_normally(&self) {
        let wanted = self.change();
        let _ = self.project.run(&build()).exit(0);
        assert_eq!(self.published(), wanted);
        self.is_tidy();
    }

    /// A build ended like this. One that failed says why and leaves `before` in place; one that did not has
    /// put the other version there. Returns whether it failed.
    pub fn is_old_or_new(&self, run: &Run, before: Version) -> bool {
        let failed = match run.code() {
            Some(0) => false,
            Some(1 | 2) => true,
            code => panic!("ended with {code:?}\n{}", run.err()),
        };
        assert!(!failed || run.err().contains("lỗi"), "no message:\n{}", run.err());
        assert_eq!(self.published(), if failed { before } else { before.other() }, "\n{}", run.err());
        failed
    }

    /// Nothing half done lies beside the public folder, or in the cache.
    pub fn is_tidy(&self) {
        let names = |folder: &str| -> BTreeSet<String> {
            let entries = fs::read_dir(self.project.path(folder)).into_iter().flatten();
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
        };
        let strange: Vec<_> = names("").into_iter().filter(|name| !ALLOWED.contains(&name.as_str())).collect();
        assert!(strange.is_empty(), "left behind: {strange:?}");
        let partial: Vec<_> = names(".congbo-cache").into_iter().filter(|name| name.contains("tmp") || name.contains("new")).collect();
        assert!(partial.is_empty(), "left behind in the cache: {partial:?}");
    }

    /// Some files by which a folder differs from version A, for a message.
    pub fn strange(&self, files: &Files) -> String {
        let all: BTreeSet<&String> = files.keys().chain(self.a.keys()).collect();
        let name = |path: &&String| match (files.get(*path), self.a.get(*path), self.b.get(*path)) {
            (None, ..) => Some(format!("{path} is missing")),
            (Some(_), None, _) => Some(format!("{path} is too much")),
            (found, a, b) if found != a && found != b => Some(format!("{path} is of neither version")),
            (found, a, b) if a != b => Some(format!("{path} is {}", if found == a { "A" } else { "B" })),
            _ => None,
        };
        all.iter().filter_map(name).take(12).collect::<Vec<_>>().join(", ")
    }
}

/// Whether two sites say the same, but for what they tell of the way there: the log of changes, which a site that
/// went from one version to the other has and a clean one has not.
fn is_alike(left: &Files, right: &Files) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.0 == right.0 && (left.1 == right.1 || left.0.contains("thay-doi/")))
}

/// Puts into a project what is quickly built and still has a middle: forty pages, and an attachment.
pub fn small(project: Project) -> Project {
    let page = |number: usize| format!("---\ntitle: Trang {number}\n---\nNội dung của trang {number}.\n");
    let project = project.with_minimal_content();
    let project = (1..=40).fold(project, |project, number| project.file(&format!("content/pages/trang-{number}.md"), page(number)));
    let policy = project.read("content/agencies/xa-thu/quality-policy.md") + "\n[Bản đã ký](files/ban-ky.pdf)\n";
    project.file("content/agencies/xa-thu/quality-policy.md", policy).file(ATTACHMENT, "%PDF-1.4\n".repeat(2000))
}

/// The attachment of the small project.
pub const ATTACHMENT: &str = "content/agencies/xa-thu/files/ban-ky.pdf";

/// The arguments of a build on the day of the tests.
pub fn build() -> String {
    format!("build --as-of {TODAY}")
}

/// Names that are on every page: the site's title, and its agency where it is the only one.
fn write_names(project: &Project, version: Version) {
    for (path, field, name) in [("content/site.yaml", "title", "Trang thử"), ("content/agencies/xa-thu/agency.yaml", "name", "Ủy ban nhân dân xã Thử")]
    {
        if project.path(path).exists() {
            let text = project.read(path);
            let line = |line: &str| if line.starts_with(&format!("{field}: ")) { format!("{field}: {name}, bản {version:?}") } else { line.to_owned() };
            let text = text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n";
            fs::write(project.path(path), text).expect("the sources can be written");
        }
    }
}
