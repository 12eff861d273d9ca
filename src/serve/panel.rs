//! The list of problems as HTML: over a page that stays as it was, and alone where there is no page yet.
//! Every text is escaped here; nothing in the content can become markup.

use super::inject::{FOLDER, script};
use super::live::State;
use crate::diagnostic::{Lang, Severity};
use crate::markdown::escape;
use crate::report::Listed;

/// Problems of one severity that are listed one by one.
const MOST: usize = 200;

/// The words of the panel.
struct Words {
    lang: &'static str,
    errors: &'static str,
    badge: &'static str,
    warnings: &'static str,
    notes: &'static str,
    none: &'static str,
    stays: &'static str,
    no_site: &'static str,
    building: &'static str,
    close: &'static str,
    away: &'static str,
    hint: &'static str,
    basis: &'static str,
    see: &'static str,
    more: &'static str,
}

static VI: Words = Words {
    lang: "vi",
    errors: "lỗi cần sửa",
    badge: "lỗi",
    warnings: "cảnh báo",
    notes: "thông tin",
    none: "Không còn lỗi nào",
    stays: "Trang đang hiện là bản tạo được gần nhất. Sửa xong và lưu tệp, trang tự cập nhật.",
    no_site: "Chưa tạo được trang. Sửa xong và lưu tệp, trang sẽ tự hiện ra.",
    building: "Đang tạo trang…",
    close: "Đóng",
    away: "Bản xem trước đã dừng",
    hint: "Cách sửa",
    basis: "Căn cứ",
    see: "Xem",
    more: "chỗ nữa; xem đủ bằng lệnh  congbo check",
};

static EN: Words = Words {
    lang: "en",
    errors: "errors to mend",
    badge: "errors",
    warnings: "warnings",
    notes: "notes",
    none: "No errors are left",
    stays: "The page shown is the last one that could be made. It changes by itself once the files are mended and saved.",
    no_site: "No site could be made yet. It appears by itself once the files are mended and saved.",
    building: "The site is being made…",
    close: "Close",
    away: "The preview has stopped",
    hint: "Fix",
    basis: "Basis",
    see: "See",
    more: "more; all of them with  congbo check",
};

/// The panel that lies over a page.
pub fn panel(state: &State) -> String {
    let words = words(state.lang);
    let badge = match (of(state, Severity::Error).count(), of(state, Severity::Warning).count()) {
        (0, 0) => String::new(),
        (0, warnings) => format!("{warnings} {}", words.warnings),
        (errors, _) => format!("{errors} {}", words.badge),
    };
    let attributes = format!("role=\"dialog\" aria-labelledby=\"title\" lang=\"{}\" tabindex=\"-1\"", words.lang);
    let attributes = format!("{attributes} data-badge=\"{badge}\" data-away=\"{}\"", words.away);
    let close = format!("<button type=\"button\" class=\"close\">{} <kbd>Esc</kbd></button>", words.close);
    let stays = if has_errors(state) { format!("<p>{}</p>", words.stays) } else { String::new() };
    let title = title(state, words);
    format!("<section class=\"panel\" {attributes}>\n<header><h2 id=\"title\">{title}</h2>{close}{stays}</header>\n{}</section>\n", lists(state, words))
}

/// The page for every address while there is no site.
pub fn page(state: &State) -> String {
    let words = words(state.lang);
    let (title, text) = if has_errors(state) { (title(state, words), words.no_site) } else { (words.building.to_owned(), "") };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} – congbo</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"{FOLDER}panel.css\">\n</head>\n\
         <body>\n<main class=\"alone\">\n<header><h1>{title}</h1><p>{text}</p></header>\n{}</main>\n{}\n</body>\n</html>\n",
        words.lang,
        lists(state, words),
        script(state),
    )
}

fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Vi => &VI,
        Lang::En => &EN,
    }
}

fn of(state: &State, severity: Severity) -> impl Iterator<Item = &Listed> {
    state.listed.iter().filter(move |problem| problem.severity == severity)
}

fn has_errors(state: &State) -> bool {
    of(state, Severity::Error).next().is_some()
}

fn title(state: &State, words: &Words) -> String {
    match of(state, Severity::Error).count() {
        0 => words.none.to_owned(),
        count => format!("{count} {}", words.errors),
    }
}

/// Errors one by one, the others folded: errors stand in the way, the others do not.
fn lists(state: &State, words: &Words) -> String {
    let folded = |severity, name: &str| match of(state, severity).count() {
        0 => String::new(),
        count => {
            let open = if has_errors(state) { "" } else { " open" };
            format!("<details{open}><summary>{count} {name}</summary>\n{}</details>\n", list(state, severity, words))
        }
    };
    let errors = if has_errors(state) { list(state, Severity::Error, words) } else { String::new() };
    errors + &folded(Severity::Warning, words.warnings) + &folded(Severity::Information, words.notes)
}

fn list(state: &State, severity: Severity, words: &Words) -> String {
    let items: String = of(state, severity).take(MOST).map(|problem| item(problem, words)).collect();
    let more = match of(state, severity).count().saturating_sub(MOST) {
        0 => String::new(),
        count => format!("<p>… {count} {}</p>\n", words.more),
    };
    format!("<ol class=\"{}\">\n{items}</ol>\n{more}", severity.key())
}

fn item(problem: &Listed, words: &Words) -> String {
    let place = |file: &str, line: u32, column: u32| format!("<code>{}:{line}:{column}</code>", escape(file));
    let mut html = format!("<li><p class=\"message\">{}</p>", escape(&problem.message));
    html.push_str(&format!("<p class=\"place\">{}", place(&problem.file, problem.line, problem.column)));
    html.push_str(&problem.rule.map_or(String::new(), |rule| format!(" <small>{}</small>", escape(rule))));
    html.push_str("</p>");
    for hint in &problem.hints {
        html.push_str(&format!("<p class=\"hint\"><b>{}:</b> {}</p>", words.hint, escape(hint)));
    }
    for related in &problem.related {
        html.push_str(&format!("<p><b>{}:</b> {} {}</p>", words.see, place(&related.file, related.line, related.column), escape(&related.message)));
    }
    if let Some(basis) = problem.basis {
        html.push_str(&format!("<p><b>{}:</b> {}</p>", words.basis, escape(basis)));
    }
    html + "</li>\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::live::Announcer;
    use crate::serve::preview::Refreshed;

    #[test]
    fn nothing_of_the_content_becomes_markup() {
        let bad = "</code><script>alert(1)</script>\"'&".to_owned();
        let problem = Listed {
            rule: None,
            severity: Severity::Error,
            message: bad.clone(),
            file: bad.clone(),
            line: 1,
            column: 1,
            end_column: 1,
            basis: None,
            hints: vec![bad],
            related: Vec::new(),
        };
        let announcer = Announcer::new(Lang::Vi);
        announcer.announce(&Refreshed::Refused, String::new(), vec![problem]);
        let state = announcer.listener().borrow().clone();
        for html in [panel(&state), page(&state)] {
            assert!(!html.contains("<script>") && html.matches("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;").count() == 3, "{html}");
        }
    }
}
