//! What a site decides once: `site.yaml` and the flags of the command line. Read-only afterwards.

mod look;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, MOST_TOLD, Rule, Severity, Text, nearest};
use crate::domain::Date;
use crate::markdown::is_safe_link;
use crate::origin::Origin;
pub use crate::parse::raw::Server;
use crate::parse::raw::{Language, RawLeadUnit, RawLimits, RawSite, RuleLevel};
use crate::parse::yaml::{YamlText, read};
use crate::source::{Limits, SourceTree};
pub use look::{Accent, DARK_GROUNDS, Emblem, LIGHT_GROUNDS, contrast};

/// Folder of the content inside a project.
pub const CONTENT_FOLDER: &str = "content";

/// A setting of `site.yaml` that can't be used.
pub static INVALID_SETTING: Rule = Rule {
    id: "invalid-setting",
    severity: Severity::Error,
    summary: Text::fixed("thiết lập trong site.yaml không dùng được", "a setting of site.yaml that can't be used"),
    basis: None,
};

/// The rules of this file.
pub static RULES: &[&Rule] = &[&INVALID_SETTING];

/// The settings of a site.
#[derive(Debug, Clone)]
pub struct Config {
    pub title: String,
    /// The title in English, where the site gave it.
    pub title_en: Option<String>,
    /// Address of the site, ending in `/`; empty where it is not known.
    pub base_url: String,
    pub languages: Vec<Language>,
    pub lead_unit: Option<LeadUnit>,
    pub province: Option<Province>,
    /// Folder of the site's own theme, inside the project.
    pub theme: Option<String>,
    /// Levels that the site gives to rules; `None` is off.
    pub levels: BTreeMap<String, Option<Severity>>,
    /// Months after which a page must be looked at again.
    pub review_months: u32,
    /// Whether everybody may see who has not declared and what is overdue; the lead unit's report always has it.
    pub shows_overdue: bool,
    /// Whether sheets of procedures to print are made, where an agency does not decide it for itself.
    pub posting_sheets: Option<bool>,
    /// Whether the content is a sample and every page must say so.
    pub is_sample: bool,
    /// Whether the site was reduced to some of its agencies, and every page must say so: totals are theirs alone.
    pub is_part: bool,
    /// The site's own accent colour.
    pub accent: Option<Accent>,
    pub emblem: Option<Emblem>,
    pub feedback_url: String,
    pub national_portal_url: String,
    pub license: Option<String>,
    /// Where the licence can be read.
    pub license_url: Option<String>,
    /// Web servers whose settings lie in the public folder.
    pub hosting: Vec<Server>,
    pub title_characters: u32,
    /// The date on which everything is judged.
    pub today: Date,
    /// Whether this is the build that goes public: samples are errors.
    pub is_release: bool,
}

/// The unit that leads ISO work: QĐ 19/2014/QĐ-TTg, Điều 12.
#[derive(Debug, Clone)]
pub struct LeadUnit {
    pub name: String,
    pub name_en: Option<String>,
    pub address: Option<String>,
    pub address_en: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub reception_hours: Option<String>,
}

/// The province of the site.
#[derive(Debug, Clone)]
pub struct Province {
    pub name: String,
    pub code: Option<String>,
}

/// What the command line decides.
#[derive(Debug, Clone, Copy)]
pub struct Flags {
    pub today: Date,
    pub is_release: bool,
}

impl Config {
    /// Reads `site.yaml`. A site without one gets the defaults and an error that says so.
    pub fn read(tree: &SourceTree, flags: Flags, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let file: Arc<str> = format!("{CONTENT_FOLDER}/site.yaml").into();
        let raw = match tree.texts.get(&file) {
            Some(source) => read::<RawSite>(&YamlText { file: file.clone(), text: &source.text, first_line: 1 }, diagnostics),
            None => {
                diagnostics.push(missing_site(&file));
                None
            }
        };
        Self::from_raw(raw.unwrap_or_else(empty_site), tree, &Origin::root(file), flags, diagnostics)
    }

    /// The limits that decide what is read at all, before anything else is known.
    pub fn limits(site: Option<&str>) -> Limits {
        let defaults = Limits::default();
        let yaml = YamlText { file: "content/site.yaml".into(), text: site.unwrap_or(""), first_line: 1 };
        let Some(limits) = read::<RawSite>(&yaml, &mut Vec::new()).and_then(|site| site.limits) else { return defaults };
        Limits {
            source_file_bytes: limits.source_file_bytes.unwrap_or(defaults.source_file_bytes).min(Limits::HIGHEST.source_file_bytes),
            attachment_bytes: limits.attachment_bytes.unwrap_or(defaults.attachment_bytes).min(Limits::HIGHEST.attachment_bytes),
        }
    }

    fn from_raw(raw: RawSite, tree: &SourceTree, origin: &Origin, flags: Flags, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let RawSite {
            title,
            title_en,
            base_url,
            languages,
            lead_unit,
            province,
            theme,
            rules,
            review_months,
            show_overdue,
            sample,
            posting_sheets,
            accent,
            emblem,
            feedback_url,
            national_portal_url,
            license,
            license_url,
            hosting,
            limits,
        } = raw;
        let url = |field: &str, url: Option<String>, diagnostics: &mut Vec<Diagnostic>| {
            let url = url?;
            let is_web = (url.starts_with("https://") || url.starts_with("http://")) && is_safe_link(&url) && !url.contains([' ', '"', '<', '>']);
            if !is_web {
                diagnostics.push(invalid(
                    origin.field(field),
                    format!("{field}: “{url}” không phải địa chỉ web"),
                    format!("{field}: `{url}` is not a web address"),
                    "viết đủ địa chỉ, bắt đầu bằng https:// , ví dụ  https://iso.tinh.gov.vn/",
                    "write it in full, such as https://iso.tinh.gov.vn/",
                ));
            }
            is_web.then_some(url)
        };
        let base_url = url("base_url", base_url, diagnostics).map(|url| format!("{}/", url.trim_end_matches('/'))).unwrap_or_default();
        if let Some(folder) = theme.as_deref().filter(|folder| is_outside(folder)) {
            diagnostics.push(invalid(
                origin.field("theme"),
                format!("thư mục giao diện “{folder}” nằm ngoài dự án"),
                format!("the theme folder `{folder}` is outside of the project"),
                "ghi tên thư mục trong dự án, ví dụ themes/tinh",
                "name a folder of the project, such as themes/tinh",
            ));
        }
        if let Some(limits) = &limits {
            check_limits(limits, &origin.field("limits"), diagnostics);
        }
        let emblem = emblem.and_then(|emblem| look::emblem(emblem, &title, tree, &origin.field("emblem"), diagnostics));
        Self {
            title,
            title_en: title_en.filter(|title| !title.trim().is_empty()),
            base_url,
            languages: if languages.is_empty() { vec![Language::Vi] } else { languages },
            lead_unit: lead_unit.map(lead_unit_from),
            province: province.map(|province| Province { name: province.name, code: province.code }),
            theme: theme.filter(|folder| !is_outside(folder)),
            levels: rules.into_iter().map(|(id, level)| (id, severity(level))).collect(),
            review_months: review_months.unwrap_or(6),
            shows_overdue: show_overdue,
            posting_sheets,
            is_sample: sample,
            is_part: false,
            accent: accent.and_then(|accent| look::accent(&accent, origin, diagnostics)),
            emblem,
            feedback_url: url("feedback_url", feedback_url, diagnostics).unwrap_or_else(|| "https://dichvucong.gov.vn/".to_owned()),
            national_portal_url: url("national_portal_url", national_portal_url, diagnostics).unwrap_or_else(|| "https://dichvucong.gov.vn/".to_owned()),
            license,
            license_url: url("license_url", license_url, diagnostics),
            hosting,
            title_characters: limits.and_then(|limits| limits.title_characters).unwrap_or(500),
            today: flags.today,
            is_release: flags.is_release,
        }
    }

    /// Whether the site has an English summary beside the Vietnamese pages.
    pub fn has_english(&self) -> bool {
        self.languages.contains(&Language::En)
    }

    /// Gives every diagnostic the level that the site chose, drops those that are off, and returns
    /// how many of which rule were dropped, so that nothing is switched off in silence.
    pub fn apply_levels(&self, diagnostics: &mut Vec<Diagnostic>, known: &[&'static Rule]) -> BTreeMap<String, usize> {
        for id in self.levels.keys().filter(|id| !known.iter().any(|rule| rule.id == id.as_str())).take(MOST_TOLD) {
            diagnostics.push(unknown_rule(id, known));
        }
        let mut dropped = BTreeMap::new();
        self.apply_known_levels(diagnostics, &mut dropped);
        dropped
    }

    /// The same for more diagnostics of known rules; those that are off are counted into `dropped`.
    pub fn apply_known_levels(&self, diagnostics: &mut Vec<Diagnostic>, dropped: &mut BTreeMap<String, usize>) {
        diagnostics.retain_mut(|diagnostic| match self.levels.get(diagnostic.rule.id) {
            Some(Some(level)) => {
                diagnostic.severity = *level;
                true
            }
            Some(None) => {
                *dropped.entry(diagnostic.rule.id.to_owned()).or_default() += 1;
                false
            }
            None => true,
        });
    }
}

fn check_limits(limits: &RawLimits, origin: &Origin, diagnostics: &mut Vec<Diagnostic>) {
    let highest = [
        ("source_file_bytes", limits.source_file_bytes, Limits::HIGHEST.source_file_bytes),
        ("attachment_bytes", limits.attachment_bytes, Limits::HIGHEST.attachment_bytes),
    ];
    for (name, wanted, highest) in highest {
        if wanted.is_some_and(|wanted| wanted > highest) {
            let message = Text::new(
                format!("{name} cao nhất là {highest} ({} MB), đang đọc theo mức này", highest / 1_048_576),
                format!("{name} is {highest} ({} MB) at most, and that is what was used", highest / 1_048_576),
            );
            let hint = Text::new(format!("ghi  {name}: {highest}  hoặc thấp hơn"), format!("write  {name}: {highest}  or less"));
            diagnostics.push(Diagnostic::new(&INVALID_SETTING, origin.field(name), message).hint(hint));
        }
    }
}

fn lead_unit_from(raw: RawLeadUnit) -> LeadUnit {
    let RawLeadUnit { name, name_en, address, address_en, phone, email, website, reception_hours } = raw;
    LeadUnit { name, name_en, address, address_en, phone, email, website, reception_hours }
}

fn severity(level: RuleLevel) -> Option<Severity> {
    match level {
        RuleLevel::Error => Some(Severity::Error),
        RuleLevel::Warning => Some(Severity::Warning),
        RuleLevel::Information => Some(Severity::Information),
        RuleLevel::Off => None,
    }
}

fn is_outside(folder: &str) -> bool {
    folder.starts_with('/') || folder.contains(':') || folder.contains('\\') || folder.split('/').any(|part| part == "..")
}

fn invalid(origin: Origin, vi: String, en: String, hint_vi: &'static str, hint_en: &'static str) -> Diagnostic {
    Diagnostic::new(&INVALID_SETTING, origin, Text::new(vi, en)).hint(Text::fixed(hint_vi, hint_en))
}

fn unknown_rule(id: &str, known: &[&'static Rule]) -> Diagnostic {
    let origin = Origin::root(format!("{CONTENT_FOLDER}/site.yaml")).field("rules").field(id).key();
    let diagnostic =
        Diagnostic::new(&INVALID_SETTING, origin, Text::new(format!("không có quy tắc nào tên là “{id}”"), format!("there is no rule called `{id}`")));
    match nearest(id, known.iter().map(|rule| rule.id)) {
        Some(near) => diagnostic.hint(Text::new(format!("có phải ý anh/chị là {near}?"), format!("did you mean {near}?"))),
        None => diagnostic.hint(Text::fixed("xem danh sách bằng lệnh  congbo rules", "list them with  congbo rules")),
    }
}

fn missing_site(file: &Arc<str>) -> Diagnostic {
    Diagnostic::new(&INVALID_SETTING, Origin::file(file.clone()), Text::fixed("chưa có tệp content/site.yaml", "there is no content/site.yaml")).hint(
        Text::fixed(
            "tạo bằng lệnh  congbo init , hoặc thêm tệp này với mục  title: \"…\"",
            "make one with  congbo init , or add the file with a  title: \"…\"",
        ),
    )
}

fn empty_site() -> RawSite {
    RawSite {
        title: String::new(),
        title_en: None,
        base_url: None,
        languages: Vec::new(),
        lead_unit: None,
        province: None,
        theme: None,
        rules: BTreeMap::new(),
        review_months: None,
        show_overdue: false,
        sample: false,
        posting_sheets: None,
        accent: None,
        emblem: None,
        feedback_url: None,
        national_portal_url: None,
        license: None,
        license_url: None,
        hosting: Vec::new(),
        limits: None,
    }
}
