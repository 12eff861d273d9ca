//! A build takes over what an earlier one made. Law: its site equals that of a clean build, byte for byte,
//! whatever was done to content, theme, clock, cache and public folder in between.
//!
//! `CONGBO_LONG=1 cargo test incremental` goes on for longer, and on the sample province too.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::project::{Project, TODAY, tree};

fn build(project: &Project) -> crate::project::Run {
    project.run(&format!("build --as-of {TODAY}")).exit(0)
}

/// The lines of a list of changes, by letter.
fn changed(project: &Project, letter: &str) -> Vec<String> {
    let list = project.read("changed.txt");
    list.lines().filter_map(|line| line.strip_prefix(letter)?.strip_prefix('\t')).map(str::to_owned).collect()
}

#[test]
fn nothing_changed_and_nothing_is_made() {
    let project = Project::minimal();
    build(&project).says("đã tạo");
    build(&project).says("không có gì thay đổi").says("0 lỗi");
    project.run(&format!("build --clean --as-of {TODAY}")).exit(0).says("đã tạo");
}

#[test]
fn problems_are_told_again_though_nothing_changed() {
    let project = Project::minimal().file("content/pages/a.md", "---\ntitle: Trang\n---\nXem [tại đây](https://example.gov.vn/).\n");
    let first = build(&project);
    let second = build(&project).says("không có gì thay đổi");
    let told = |text: String| text.split("đã tạo").next().unwrap_or("").split("không có gì thay đổi").next().unwrap_or("").to_owned();
    assert!(!told(first.err()).is_empty());
    assert_eq!(told(first.err()), told(second.err()));
    project.run(&format!("build --strict --as-of {TODAY}")).exit(1).says("chưa tạo trang");
}

#[test]
fn only_pages_that_show_a_change_are_listed_as_changed() {
    let project = Project::minimal().file("content/pages/a.md", "---\ntitle: Trang\n---\nMột.\n").file("content/pages/b.md", "---\ntitle: Khác\n---\nMột.\n");
    project.run(&format!("build --changed-list changed.txt --as-of {TODAY}")).exit(0);
    assert!(changed(&project, "A").contains(&"index.html".to_owned()));
    let project = project.edit("content/pages/a.md", "Một", "Hai");
    project.run(&format!("build --changed-list changed.txt --as-of {TODAY}")).exit(0);
    assert_eq!(project.read("changed.txt"), "M\ttrang/a/index.html\nM\tmanifest.json\n");
    let project =
        project.without("content/pages/b.md").file("content/site.yaml", "title: Trang thử\nbase_url: https://iso.thu.example/\nrules: { lost-url: off }\n");
    project.run(&format!("build --changed-list changed.txt --as-of {TODAY}")).exit(0);
    // The name of the search index changes with what is found.
    assert_eq!(changed(&project, "D").into_iter().filter(|path| !path.starts_with("tinh/search-index.")).collect::<Vec<_>>(), ["trang/b/index.html"]);
    project.run(&format!("build --changed-list changed.txt --as-of {TODAY}")).exit(0);
    assert_eq!(project.read("changed.txt"), "");
}

#[test]
fn another_day_changes_only_what_shows_the_day() {
    let project = Project::minimal();
    build(&project);
    project.run("build --changed-list changed.txt --as-of 2026-11-22").exit(0);
    assert_eq!(changed(&project, "M"), ["du-lieu/dcat.jsonld", "du-lieu/du-lieu.xlsx", "so-do/index.html", "manifest.json"]);
}

#[test]
fn a_project_that_can_only_be_read_is_built_without_a_cache() {
    let project = Project::minimal().file(".congbo-cache", "một tệp ở chỗ của thư mục");
    build(&project);
    build(&project).says("đã tạo");
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// A project, what is done to it, and what was set aside on the way.
struct Story {
    project: Project,
    dice: Dice,
    day: u8,
    set_aside: Option<(PathBuf, Vec<u8>)>,
    is_broken: bool,
}

impl Story {
    fn files(&self, folder: &str) -> Vec<PathBuf> {
        if !self.project.path(folder).is_dir() {
            return Vec::new();
        }
        tree(&self.project.path(folder)).into_iter().map(|(path, _)| self.project.path(folder).join(path)).collect()
    }

    fn site(&self) -> Vec<(String, Vec<u8>)> {
        if self.project.path("public").is_dir() { tree(&self.project.path("public")) } else { Vec::new() }
    }

    fn edit_text(&mut self, from: &str, to: &str) {
        let texts: Vec<PathBuf> = self.files("content").into_iter().filter(|path| fs::read_to_string(path).is_ok_and(|text| text.contains(from))).collect();
        if !texts.is_empty() {
            let path = self.dice.pick(&texts);
            fs::write(path, fs::read_to_string(path).expect("a text").replacen(from, to, 1)).expect("an edit");
        }
    }

    /// Writes other bytes of the same length and turns the time of modification back.
    fn lie(&mut self, folder: &str, from: &str, to: &str) {
        let texts: Vec<PathBuf> = self.files(folder).into_iter().filter(|path| fs::read_to_string(path).is_ok_and(|text| text.contains(from))).collect();
        if texts.is_empty() {
            return;
        }
        let path = self.dice.pick(&texts);
        let before = fs::metadata(path).and_then(|metadata| metadata.modified()).expect("a time");
        let edited = fs::read_to_string(path).expect("a text").replacen(from, to, 1);
        fs::write(path, edited).expect("an edit");
        File::options().write(true).open(path).and_then(|file| file.set_modified(before)).expect("a time turned back");
    }

    /// Gives the first procedure of the catalogue another name, so that its address changes.
    fn rename_procedure(&mut self, name: &str) {
        let Some(path) = self.files("content/administrative-procedures").into_iter().next() else { return };
        let text = fs::read_to_string(&path).expect("the catalogue");
        let before = text.lines().find(|line| line.starts_with("  name: ")).expect("a procedure");
        fs::write(path, text.replacen(before, &format!("  name: {name}"), 1)).expect("an edit");
    }

    /// One random thing; its name, for whoever looks at a failure.
    fn step(&mut self) -> &'static str {
        match self.dice.below(17) {
            0 => {
                self.edit_text("quy trình", "quy  trình");
                "an edit of a text"
            }
            1 => {
                self.edit_text("thủ tục", "việc");
                "another edit"
            }
            2 => {
                let number = self.dice.below(4);
                let page = self.project.path(&format!("content/pages/them-{number}.md"));
                fs::create_dir_all(page.parent().expect("a folder")).expect("a folder");
                fs::write(page, format!("---\ntitle: Trang {number}\n---\nNội dung {}.\n", self.dice.below(9))).expect("a page");
                "a new page"
            }
            3 => {
                let pages: Vec<PathBuf> = self.files("content/pages");
                if !pages.is_empty() && self.set_aside.is_none() {
                    let page = self.dice.pick(&pages).clone();
                    self.set_aside = Some((page.clone(), fs::read(&page).expect("a page")));
                    fs::remove_file(page).expect("a page to delete");
                }
                "a page deleted"
            }
            4 => {
                if let Some((path, bytes)) = self.set_aside.take() {
                    fs::write(path, bytes).expect("a page again");
                }
                "a page brought back"
            }
            5 => {
                let pages: Vec<PathBuf> = self.files("content/pages");
                if !pages.is_empty() {
                    let page = self.dice.pick(&pages).clone();
                    let _ = fs::rename(&page, page.with_file_name(format!("ten-moi-{}.md", self.dice.below(3))));
                }
                "a page renamed"
            }
            6 => {
                self.edit_text("title: ", "title: Mới ");
                "a title or the name of the site"
            }
            7 => {
                let theme = self.project.path("themes/rieng/static/style.css");
                fs::create_dir_all(theme.parent().expect("a folder")).expect("a folder");
                fs::write(theme, format!("body{{margin:{}px}}", self.dice.below(3))).expect("a stylesheet");
                self.use_theme();
                "a stylesheet"
            }
            8 => {
                let template = self.project.path("themes/rieng/templates/free.html");
                fs::create_dir_all(template.parent().expect("a folder")).expect("a folder");
                let text = format!("{{% extends \"base.html\" %}}{{% block main %}}<h1>{{{{ view.title }}}} {}</h1>{{% endblock main %}}", self.dice.below(3));
                fs::write(template, text).expect("a template");
                self.use_theme();
                "a template"
            }
            9 => {
                self.day = 21 + self.dice.below(3) as u8;
                "another day"
            }
            10 => {
                self.lie("content", "Nội dung", "Lời chung");
                "a time of modification turned back"
            }
            11 => {
                self.lie("public", "<h1>", "<h2>");
                "a published page tampered with"
            }
            12 => {
                let public = self.files("public");
                if !public.is_empty() {
                    fs::remove_file(self.dice.pick(&public)).expect("a published page");
                }
                "a published page deleted"
            }
            13 => {
                for path in self.files(".congbo-cache") {
                    let mut bytes = fs::read(&path).expect("the cache");
                    let at = self.dice.below(bytes.len().max(1)).min(bytes.len() - 1);
                    bytes[at] ^= 1 << self.dice.below(8);
                    if self.dice.below(2) == 0 {
                        bytes.truncate(at);
                    }
                    fs::write(path, bytes).expect("a damaged cache");
                }
                "a damaged cache"
            }
            15 => {
                let name = ["trích lục hộ tịch", "giấy khai sinh", "giấy tờ hộ tịch"][self.dice.below(3)];
                self.rename_procedure(&format!("Cấp bản sao {name}"));
                "a procedure renamed"
            }
            14 => {
                let _ = fs::remove_dir_all(self.project.path(".congbo-cache"));
                "a deleted cache"
            }
            _ => {
                let path = self.project.path("content/pages/hong.md");
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                fs::write(path, "---\ntitle: [\n---\nHỏng.\n").expect("a broken page");
                "a broken page"
            }
        }
    }

    fn use_theme(&self) {
        let site = self.project.path("content/site.yaml");
        let text = fs::read_to_string(&site).expect("the settings");
        if !text.contains("\ntheme:") {
            fs::write(site, format!("{text}\ntheme: themes/rieng\n")).expect("the settings");
        }
    }

    /// Builds upon the last site, and from nothing but the record of what was published before; both must agree.
    fn compare(&mut self, told: &[&str]) {
        let day = format!("--as-of 2026-11-{}", self.day);
        let before = self.site();
        let kept = self.project.path("lan-truoc.json");
        let _ = fs::remove_file(&kept);
        let _ = fs::copy(self.project.path("public/thay-doi/du-lieu.json"), &kept);
        let upon = self.project.run(&format!("build {day}"));
        let clean = self.project.run(&format!("build --clean --previous {} --out {} {day}", kept.display(), self.project.path("sach").display()));
        assert_eq!(upon.code(), clean.code(), "{told:?}\n{}\n{}", upon.err(), clean.err());
        self.is_broken = upon.code() != Some(0);
        if self.is_broken {
            assert!(before == self.site(), "a refused build changed the site after {told:?}");
            // Mended before the next step.
            let _ = fs::remove_file(self.project.path("content/pages/hong.md"));
            return;
        }
        let (upon, clean) = (tree(&self.project.path("public")), tree(&self.project.path("sach")));
        let names = |site: &[(String, Vec<u8>)]| site.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
        assert_eq!(names(&upon), names(&clean), "after {told:?}");
        for ((path, bytes), (_, other)) in upon.iter().zip(&clean) {
            assert!(bytes == other, "{path} differs after {told:?}");
        }
    }
}

fn tell(project: Project, seed: u64, steps: usize) {
    let mut story = Story { project, dice: Dice(seed), day: 21, set_aside: None, is_broken: false };
    let (mut told, mut built) = (Vec::new(), 0);
    story.compare(&told);
    for _ in 0..steps {
        for _ in 0..=story.dice.below(3) {
            told.push(story.step());
        }
        story.compare(&told);
        built += usize::from(!story.is_broken);
    }
    assert!(built * 3 > steps, "only {built} of {steps} steps of seed {seed} could be built");
}

#[test]
fn whatever_is_done_the_site_is_that_of_a_clean_build() {
    let is_long = std::env::var_os("CONGBO_LONG").is_some();
    for seed in 0..if is_long { 20 } else { 3 } {
        let page = "---\ntitle: Trang đầu\n---\nNội dung về thủ tục, quy trình, ngày.\n";
        let project = Project::minimal()
            .file("content/pages/dau.md", page)
            .file("content/site.yaml", "title: Trang thử\nbase_url: https://iso.thu.example/\nrules: { lost-url: off }\n");
        tell(project, seed, if is_long { 60 } else { 14 });
    }
    if is_long {
        tell(Project::sample().edit("content/site.yaml", "missing-premises-posting: error", "missing-premises-posting: error, lost-url: off"), 99, 60);
    }
}

#[test]
fn a_site_copied_from_elsewhere_is_taken_over_after_a_look_at_its_bytes() {
    let project = Project::minimal();
    build(&project);
    let copy = project.path("copy");
    for (path, bytes) in tree(&project.path("public")) {
        fs::create_dir_all(copy.join(&path).parent().expect("a folder")).expect("a folder");
        fs::write(copy.join(&path), bytes).expect("a copied page");
    }
    fs::remove_dir_all(project.path("public")).expect("the site");
    fs::rename(copy, project.path("public")).expect("the copy");
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    for (path, _) in tree(&project.path("public")) {
        File::options().write(true).open(project.path("public").join(path)).and_then(|file| file.set_modified(old)).expect("an old page");
    }
    build(&project).says("không có gì thay đổi");
}
