//! `congbo rules`: what is looked for, and why.

use anyhow::{Result, bail};
use include_dir::{Dir, include_dir};

use super::Outcome;
use crate::cli::Rules;
use crate::diagnostic::{Lang, Rule, nearest};
use crate::pipeline::rules;

/// The page of each rule, which is also its test: wrong, message, right.
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/rules");

/// Lists the rules, or explains one.
pub fn run(arguments: &Rules, lang: Lang) -> Result<Outcome> {
    match &arguments.id {
        None => list(lang)?,
        Some(id) => explain(id, lang)?,
    }
    Ok(Outcome::Clean)
}

fn list(lang: Lang) -> Result<()> {
    for rule in rules() {
        say!("{}  [{}]", rule.id, rule.severity.name(lang));
        say!("    {}", rule.summary.get(lang));
        if let Some(basis) = rule.basis {
            say!("    {}: {basis}", if lang == Lang::Vi { "căn cứ" } else { "basis" });
        }
    }
    Ok(())
}

fn explain(id: &str, lang: Lang) -> Result<()> {
    let rules = rules();
    let Some(rule) = rules.iter().find(|rule| rule.id == id) else {
        match nearest(id, rules.iter().map(|rule| rule.id)) {
            Some(near) => bail!("không có quy tắc “{id}”; có phải ý anh/chị là {near}?"),
            None => bail!("không có quy tắc “{id}”; xem danh sách bằng lệnh  congbo rules"),
        }
    };
    header(rule, lang)?;
    if let Some(page) = PAGES.get_file(format!("{id}.md")).and_then(|file| file.contents_utf8()) {
        if lang == Lang::En {
            say!("\nWhat follows is the page of the rule, in Vietnamese: what is wrong, what is said, what is right.");
        }
        let body = page.split_once('\n').map_or(page, |(_, body)| body);
        say!("{}", body.trim_end());
    }
    Ok(())
}

fn header(rule: &Rule, lang: Lang) -> Result<()> {
    say!("{}  [{}]", rule.id, rule.severity.name(lang));
    say!("{}", rule.summary.get(lang));
    if let Some(basis) = rule.basis {
        say!("{}: {basis}", if lang == Lang::Vi { "Căn cứ" } else { "Basis" });
    }
    Ok(())
}
