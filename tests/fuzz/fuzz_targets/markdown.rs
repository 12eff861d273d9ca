//! Markdown into HTML: only elements and attributes that the program itself writes, only links of known schemes,
//! and nesting that a browser and a validator can follow.
#![no_main]

use congbo::markdown::{DEPTH_LIMIT, PageFrame, inspect, to_html};
use congbo::origin::Origin;
use libfuzzer_sys::fuzz_target;
use lol_html::{RewriteStrSettings, element, rewrite_str};

const ELEMENTS: &[&str] = &[
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "a", "em", "strong", "del", "code", "pre", "ul", "ol", "li", "blockquote", "section", "table", "thead",
    "tbody", "tr", "th", "td", "div", "sup",
];
const ATTRIBUTES: &[&str] = &["id", "href", "title", "class", "start", "scope", "aria-label", "tabindex"];
const SCHEMES: &[&str] = &["http://", "https://", "http:", "https:", "mailto:", "tel:"];

fuzz_target!(|text: &str| {
    let link = |target: &str| target.ends_with(".pdf").then(|| "tep/a.pdf".to_owned());
    let html = to_html(text, &PageFrame { top_heading: 2, link: &link });
    assert_is_safe(&html);
    assert_is_shallow(&html);
    let markdown = inspect(text, Origin::root("content/pages/a.md"), Some(5));
    for offset in markdown.problems().iter().map(|problem| problem.offset).chain(markdown.links().iter().map(|link| link.offset)) {
        assert!(text.is_char_boundary(offset), "{offset}");
        let _ = markdown.origin_at(offset);
    }
});

fn assert_is_safe(html: &str) {
    let check = element!("*", |element| {
        let name = element.tag_name();
        assert!(ELEMENTS.contains(&name.as_str()), "<{name}> in {html}");
        for attribute in element.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(ATTRIBUTES.contains(&key.as_str()), "{key} in {html}");
            let is_known = value.starts_with('#') || value == "tep/a.pdf" || SCHEMES.iter().any(|scheme| starts_with(&value, scheme));
            assert!(key != "href" || is_known, "{value} in {html}");
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(check);
    rewrite_str(html, settings).expect("HTML that can be read");
}

/// Quotes, lists and emphasis are closed, and nested no deeper than the limit.
fn assert_is_shallow(html: &str) {
    const NESTING: &[&str] = &["blockquote", "ul", "ol", "li", "em", "strong", "del"];
    let mut depth = 0usize;
    for tag in html.split('<').skip(1) {
        let (is_end, rest) = tag.strip_prefix('/').map_or((false, tag), |rest| (true, rest));
        let name = rest.split(['>', ' ']).next().unwrap_or("");
        if NESTING.contains(&name) {
            depth = if is_end { depth.checked_sub(1).expect("an end without a beginning") } else { depth + 1 };
            assert!(depth <= DEPTH_LIMIT, "{depth} levels");
        }
    }
    assert_eq!(depth, 0, "a beginning without an end");
}

fn starts_with(value: &str, scheme: &str) -> bool {
    let compact: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    compact.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}
