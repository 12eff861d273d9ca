//! The theme: the default one inside the program, a site's own folder on top of it file by file.
//! Templates see small views and words; no filter or function here can reach the register.

mod filters;
mod overlay;
mod template_error;
mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use tera::{Context, Tera};

pub use crate::diagnostic::Lang;
use crate::parse::labels::LabelTable;
use crate::source::Print;
use overlay::Overlay;
pub use template_error::TemplateError;
pub use words::Words;

/// Folder of the templates inside a theme.
const TEMPLATES: &str = "templates/";
/// Folder of the files that are published as they are.
const STATIC: &str = "static/";

/// Templates, words and static files.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    overlay: Overlay,
    vi: Arc<Words>,
    en: Arc<Words>,
    abbreviations: BTreeMap<String, Vec<String>>,
    unused: Vec<String>,
    key: Print,
    /// Where templates are, as the site names it.
    folder: String,
}

impl Theme {
    /// The default theme, with the files of `project/folder` on top where the site has a theme of its own.
    /// Fails with file, line and column when a template can't be used.
    pub fn load(project: &Path, folder: Option<&str>) -> Result<Self> {
        let overlay = Overlay::load(project, folder)?;
        let folder = folder.unwrap_or("themes/default").to_owned();
        let vi = Arc::new(Words::load(Lang::Vi, overlay.text("i18n/vi.yaml"))?);
        let en = Arc::new(Words::load(Lang::En, overlay.text("i18n/en.yaml"))?);
        let abbreviations = LabelTable::read_abbreviations(overlay.text("i18n/abbreviations.yaml"));
        let abbreviations = abbreviations.map_err(|error| anyhow!("bảng chữ viết tắt của giao diện (i18n/abbreviations.yaml) có lỗi: {error}"))?;
        let mut tera = Tera::new();
        // Every name ends in the empty text: all templates are escaped, whatever they are called.
        tera.autoescape_on([""]);
        filters::register(&mut tera, &vi, &en);
        let templates = overlay.below(TEMPLATES).filter_map(|(name, bytes)| Some((name, std::str::from_utf8(bytes).ok()?)));
        tera.add_raw_templates(templates).map_err(|error| TemplateError::new(&error, &folder))?;
        let unused = overlay.unused(&tera);
        let key = overlay.key(|path| !path.starts_with(STATIC));
        Ok(Self { tera, overlay, vi, en, abbreviations, unused, key, folder })
    }

    /// Print of all files that the theme would have if it were loaded now.
    pub fn key_of(project: &Path, folder: Option<&str>) -> Result<Print> {
        Ok(Overlay::load(project, folder)?.key(|_| true))
    }

    /// Print of all its files.
    pub fn whole_key(&self) -> Print {
        self.overlay.key(|_| true)
    }

    /// Print of the templates and words: of all that a page is made with, for static files only have their names in it.
    pub fn key(&self) -> Print {
        self.key
    }

    /// Files of the site's own theme that nothing uses.
    pub fn unused_overrides(&self) -> &[String] {
        &self.unused
    }

    /// The words of a language.
    pub fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// Abbreviations in small letters without marks, and what each may stand for.
    pub fn abbreviations(&self) -> &BTreeMap<String, Vec<String>> {
        &self.abbreviations
    }

    /// Renders a template, named by its path below `templates/`.
    pub fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>> {
        let mut page = Vec::with_capacity(12 * 1024);
        self.tera.render_to(template, context, &mut page).map_err(|error| TemplateError::new(&error, &self.folder))?;
        Ok(page)
    }

    /// Renders a template that becomes a part of others.
    pub fn render_text(&self, template: &str, context: &Context) -> Result<String> {
        Ok(simdutf8::basic::from_utf8(&self.render(template, context)?)?.to_owned())
    }

    /// The files below a folder that ends in `/`, by the rest of their path.
    pub fn files_below(&self, folder: &'static str) -> impl Iterator<Item = (&str, &[u8])> {
        self.overlay.below(folder)
    }

    /// A file as text; empty where there is none.
    pub fn text(&self, path: &str) -> &str {
        self.overlay.text(path)
    }

    /// The files to publish, by their path below `static/`.
    pub fn static_files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.overlay.below(STATIC)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The words that templates ask for as `t.key`.
    fn asked_words(theme: &Theme) -> BTreeSet<String> {
        let mut asked = BTreeSet::new();
        for (_, bytes) in theme.overlay.below(TEMPLATES) {
            let text = String::from_utf8_lossy(bytes).into_owned();
            for (at, _) in text.match_indices("t.") {
                let is_word_start = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '.');
                let key: String = text[at + 2..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                if is_word_start && !key.is_empty() {
                    asked.insert(key);
                }
            }
        }
        asked
    }

    #[test]
    fn every_word_of_a_template_is_in_both_tables() {
        let theme = Theme::load(Path::new("."), None).unwrap();
        for lang in [Lang::Vi, Lang::En] {
            let missing: Vec<String> = asked_words(&theme).into_iter().filter(|key| theme.words(lang).get(key).is_none()).collect();
            assert!(missing.is_empty(), "{lang:?}: {missing:?}");
        }
    }

    #[test]
    fn everything_is_escaped_and_dates_are_written_out() {
        let mut theme = Theme::load(Path::new("."), None).unwrap();
        theme.tera.add_raw_template("a.svg", "{{ name }} {{ on | date }} {{ sentence | fill(name=name) }}").unwrap();
        let context = tera::context! { name => "<b>", on => "2026-03-05", sentence => "{name} & {name}" };
        let shown = String::from_utf8(theme.render("a.svg", &context).unwrap()).unwrap();
        assert_eq!(shown, "&lt;b&gt; <time datetime=\"2026-03-05\">ngày 05 tháng 3 năm 2026</time> &lt;b&gt; &amp; &lt;b&gt;");
    }

    #[test]
    fn a_broken_template_is_named_with_its_line() {
        let mut theme = Theme::load(Path::new("."), None).unwrap();
        let error = theme.tera.add_raw_template("x.html", "<p>\n{{ a | nonsense }}").map_err(|error| TemplateError::new(&error, "themes/tinh")).unwrap_err();
        assert_eq!((error.file.as_str(), error.line, error.column), ("themes/tinh/templates/x.html", 2, 8));
        let told = error.to_string();
        assert!(told.contains("themes/tinh/templates") && told.contains("x.html:2:"), "{told}");
    }

    #[test]
    fn the_default_theme_has_nothing_unused() {
        assert!(Theme::load(Path::new("."), None).unwrap().unused_overrides().is_empty());
    }
}
