//! Markdown, safe by construction: what is in a text, and the HTML of it. HTML written by an author
//! becomes text, links have a known scheme, heading ids are ours, and nesting is limited before rendering.

mod outline;

use std::collections::BTreeMap;
use std::sync::Arc;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

use crate::domain::{Markdown, MarkdownFindings, MarkdownLink, MarkdownProblem, MarkdownProblemKind, fold, slug};
use crate::origin::Origin;
pub use outline::{TextPart, outline};

/// Deepest nesting of quotes, lists and emphasis.
pub const DEPTH_LIMIT: usize = 32;

/// Problems of one text that are told.
const MOST_PROBLEMS: usize = 1_000;

/// Link texts that say nothing to somebody who hears a list of links (TT 32/2017/TT-BTTTT, Điều 18).
const VAGUE_LINK_TEXTS: &[&str] = &["tai day", "o day", "day", "bam vao day", "click here", "here", "xem them", "link"];

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

/// Looks a text over: its links and what is not let through. `first_line` is the line of the file
/// on which it begins, `None` for a text inside a YAML value.
pub fn inspect(text: &str, origin: Origin, first_line: Option<u32>) -> Markdown {
    let mut found = Findings::default();
    if has_syntax(text) {
        found.look_at(text);
    }
    let is_empty = found.links.is_empty() && found.problems.is_empty();
    let findings = (!is_empty).then(|| Box::new(MarkdownFindings { links: found.links, problems: found.problems }));
    Markdown { text: Arc::from(text), origin, first_line, findings }
}

/// How headings and links of a text become those of a page.
pub struct PageFrame<'a> {
    /// Level of the text's highest heading on the page: 2 below the page's own h1.
    pub top_heading: u8,
    /// Address of a relative link, `None` to leave it out and keep its text.
    pub link: &'a dyn Fn(&str) -> Option<String>,
}

/// The HTML of a text.
pub fn to_html(text: &str, frame: &PageFrame<'_>) -> String {
    if !has_syntax(text) {
        return format!("<p>{}</p>\n", escape(text.trim()));
    }
    let highest = highest_heading(text);
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut depth = 0usize;
    let mut dropped_links = 0usize;
    for event in Parser::new_ext(text, options()) {
        let event = match event {
            Event::Start(tag) if is_container(&tag) && depth >= DEPTH_LIMIT => {
                depth += 1;
                continue;
            }
            // Images of content pages are not published: their alternative text stays.
            Event::Start(Tag::Image { .. }) => continue,
            Event::Start(tag) => {
                depth += usize::from(is_container(&tag));
                match open(tag, frame, highest) {
                    Some(event) => event,
                    None => {
                        dropped_links += 1;
                        continue;
                    }
                }
            }
            Event::End(TagEnd::Link) if dropped_links > 0 => {
                dropped_links -= 1;
                continue;
            }
            Event::End(TagEnd::Image) => continue,
            Event::End(tag) => {
                if is_container_end(&tag) {
                    depth -= 1;
                    if depth >= DEPTH_LIMIT {
                        continue;
                    }
                }
                match tag {
                    TagEnd::HtmlBlock => Event::End(TagEnd::Paragraph),
                    TagEnd::Heading(level) => Event::End(TagEnd::Heading(shifted(level, highest, frame.top_heading))),
                    other => Event::End(other),
                }
            }
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            other => other,
        };
        events.push(event);
    }
    number_headings(&mut events);
    let mut html_text = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut html_text, events.into_iter());
    label_tables(&html_text)
}

/// The same text, of which links and images that lead to no address on the web keep their words only: what they lead to
/// does not come with the text.
pub fn without_local_links(text: &str) -> String {
    let mut open: Vec<(std::ops::Range<usize>, bool, Option<std::ops::Range<usize>>)> = Vec::new();
    let mut cuts = Vec::new();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        if let Event::End(TagEnd::Link | TagEnd::Image) = event {
            if let Some((whole, true, inner)) = open.pop() {
                let inner = inner.unwrap_or(whole.end..whole.end);
                cuts.extend([whole.start..inner.start, inner.end..whole.end]);
            }
            continue;
        }
        if let Some((_, _, inner)) = open.last_mut() {
            *inner = Some(inner.as_ref().map_or(range.clone(), |inner| inner.start.min(range.start)..inner.end.max(range.end)));
        }
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
            open.push((range, !is_external(&dest_url), None));
        }
    }
    cuts.sort_by_key(|cut| cut.start);
    let (mut kept, mut at) = (String::with_capacity(text.len()), 0);
    for cut in cuts {
        kept.push_str(text.get(at..cut.start).unwrap_or(""));
        at = at.max(cut.end);
    }
    kept.push_str(&text[at..]);
    kept
}

/// Text for HTML, in elements and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether a link may stand on a page: http, https, mailto, tel, or without a scheme.
pub fn is_safe_link(target: &str) -> bool {
    let compact: String = target.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    if compact.starts_with("//") || compact.starts_with('\\') {
        return false;
    }
    match compact.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#', '&']) => matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "mailto" | "tel"),
        _ => true,
    }
}

/// Whether a link leads out of the site.
pub fn is_external(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '?', '#']))
}

/// Whether a text has anything but letters, digits and ordinary punctuation on one line.
fn has_syntax(text: &str) -> bool {
    let trimmed = text.trim();
    trimmed.contains(['\n', '*', '_', '`', '[', ']', '<', '>', '#', '|', '~', '\\', '&', '!'])
        || trimmed.starts_with(['-', '+', '='])
        || trimmed.split_once(['.', ')']).is_some_and(|(number, _)| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

fn is_container(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
}

fn is_container_end(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
}

fn open<'a>(tag: Tag<'a>, frame: &PageFrame<'_>, highest: u8) -> Option<Event<'a>> {
    let tag = match tag {
        Tag::HtmlBlock => Tag::Paragraph,
        Tag::Heading { level, .. } => Tag::Heading { level: shifted(level, highest, frame.top_heading), id: None, classes: Vec::new(), attrs: Vec::new() },
        Tag::Link { link_type, dest_url, title, id } => {
            let dest_url = if link_type == LinkType::Email { CowStr::from(format!("mailto:{dest_url}")) } else { dest_url };
            let target = page_link(&dest_url, frame)?;
            let link_type = if link_type == LinkType::Email { LinkType::Inline } else { link_type };
            Tag::Link { link_type, dest_url: target.into(), title, id }
        }
        other => other,
    };
    Some(Event::Start(tag))
}

fn page_link(target: &str, frame: &PageFrame<'_>) -> Option<String> {
    if !is_safe_link(target) {
        return None;
    }
    if is_external(target) || target.starts_with('#') { Some(target.to_owned()) } else { (frame.link)(target) }
}

/// Level of the text's highest heading: authors begin with `#` or with `##`, a page skips no level either way.
fn highest_heading(text: &str) -> u8 {
    let levels = Parser::new_ext(text, options()).filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level as u8),
        _ => None,
    });
    levels.min().unwrap_or(1)
}

fn shifted(level: HeadingLevel, highest: u8, top: u8) -> HeadingLevel {
    let level = (level as u8 + top - highest).min(6);
    HeadingLevel::try_from(usize::from(level)).unwrap_or(HeadingLevel::H6)
}

/// Gives every heading an ASCII id made of its text, unique in the text.
fn number_headings(events: &mut [Event<'_>]) {
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    let mut at = 0;
    while at < events.len() {
        if let Event::Start(Tag::Heading { .. }) = &events[at] {
            let words: String = events[at + 1..]
                .iter()
                .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))
                .filter_map(|event| match event {
                    Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                    _ => None,
                })
                .collect();
            let base = format!("muc-{}", slug(&words, 60));
            let mut unique = base.clone();
            let mut count = used.get(&base).copied().unwrap_or(1);
            while used.contains_key(&unique) {
                count += 1;
                unique = format!("{base}-{count}");
            }
            used.insert(unique.clone(), 1);
            used.insert(base, count);
            if let Event::Start(Tag::Heading { id, .. }) = &mut events[at] {
                *id = Some(unique.into());
            }
        }
        at += 1;
    }
}

/// Wide tables scroll inside a section, so that a phone never scrolls the page sideways. Each is named by its headings.
fn label_tables(html_text: &str) -> String {
    let mut parts = html_text.split("<table>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for part in parts {
        let name = table_name(part);
        let count = known.entry(name.clone()).or_default();
        *count += 1;
        let number = if *count > 1 { format!(" ({count})") } else { String::new() };
        out.push_str(&format!("<section class=\"scroll\" aria-label=\"{name}{number}\" tabindex=\"0\"><table>{part}"));
    }
    if known.is_empty() {
        return out;
    }
    out.replace("</table>", "</table></section>")
        .replace("<th>", "<th scope=\"col\">")
        .replace("<th style=\"text-align: left\">", "<th scope=\"col\">")
        .replace("<th style=\"text-align: right\">", "<th scope=\"col\" class=\"n\">")
        .replace("<th style=\"text-align: center\">", "<th scope=\"col\">")
        .replace("<td style=\"text-align: left\">", "<td>")
        .replace("<td style=\"text-align: right\">", "<td class=\"n\">")
        .replace("<td style=\"text-align: center\">", "<td>")
}

/// `Bảng: Thời gian, Việc, Tệp` of a table whose HTML begins after its tag: the texts of its headings, without their marks.
fn table_name(after_tag: &str) -> String {
    let head = after_tag.split("</thead>").next().unwrap_or_default();
    let mut is_inside = false;
    let headings = head.split("</th>").map(|heading| {
        let is_text = |c: &char| match c {
            '<' => {
                is_inside = true;
                false
            }
            '>' => !std::mem::take(&mut is_inside),
            _ => !is_inside,
        };
        heading.chars().filter(is_text).collect::<String>().trim().to_owned()
    });
    let headings: Vec<String> = headings.filter(|heading| !heading.is_empty()).collect();
    let name = if headings.is_empty() { "Bảng".to_owned() } else { format!("Bảng: {}", headings.join(", ")) };
    name.replace('"', "&quot;")
}

#[derive(Default)]
struct Findings {
    links: Vec<MarkdownLink>,
    problems: Vec<MarkdownProblem>,
}

impl Findings {
    fn look_at(&mut self, text: &str) {
        let mut depth = 0usize;
        let mut heading = 0u8;
        let mut link_text: Option<(String, usize)> = None;
        let mut alternative: Option<(String, usize)> = None;
        // The table that is being read: where it begins, and whether each column so far has a name.
        let mut columns: (usize, Vec<bool>) = (0, Vec::new());
        let mut is_in_header = false;
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            match event {
                Event::Html(_) | Event::InlineHtml(_) => self.problem(MarkdownProblemKind::RawHtml, range.start),
                Event::Start(tag) => {
                    if is_container(&tag) {
                        depth += 1;
                        if depth == DEPTH_LIMIT + 1 {
                            self.problem(MarkdownProblemKind::TooDeep, range.start);
                        }
                    }
                    match tag {
                        Tag::Heading { level, .. } => {
                            if heading > 0 && level as u8 > heading + 1 {
                                self.problem(MarkdownProblemKind::HeadingSkipped, range.start);
                            }
                            heading = level as u8;
                        }
                        Tag::Table(_) => columns = (range.start, Vec::new()),
                        Tag::TableHead => is_in_header = true,
                        Tag::TableCell if is_in_header => columns.1.push(false),
                        Tag::Link { dest_url, link_type, .. } => {
                            link_text = Some((String::new(), range.start));
                            if link_type != LinkType::Email {
                                self.link(&dest_url, range.start);
                            }
                        }
                        Tag::Image { dest_url, .. } => {
                            alternative = Some((String::new(), range.start));
                            if is_external(&dest_url) {
                                self.problem(MarkdownProblemKind::ExternalImage(dest_url.to_string()), range.start);
                            } else {
                                self.link(&dest_url, range.start);
                            }
                        }
                        _ => {}
                    }
                }
                Event::Text(words) | Event::Code(words) => {
                    if let Some(has_name) = columns.1.last_mut().filter(|_| is_in_header) {
                        *has_name |= !words.trim().is_empty();
                    }
                    for (collected, _) in [&mut link_text, &mut alternative].into_iter().flatten() {
                        collected.push_str(&words);
                    }
                }
                Event::End(TagEnd::Link) => {
                    if let Some((words, offset)) = link_text.take()
                        && VAGUE_LINK_TEXTS.contains(&fold(words.trim()).as_str())
                    {
                        self.problem(MarkdownProblemKind::VagueLinkText(words), offset);
                    }
                }
                Event::End(TagEnd::Image) => {
                    if let Some((words, offset)) = alternative.take()
                        && words.trim().is_empty()
                    {
                        self.problem(MarkdownProblemKind::ImageWithoutAlternative, offset);
                    }
                }
                Event::End(TagEnd::TableHead) => {
                    is_in_header = false;
                    // The corner above a column of row names may stay empty.
                    let named = if columns.1.len() > 1 { &columns.1[1..] } else { &columns.1[..] };
                    if named.contains(&false) {
                        self.problem(MarkdownProblemKind::TableWithoutHeader, columns.0);
                    }
                }
                Event::End(tag) if is_container_end(&tag) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn link(&mut self, target: &str, offset: usize) {
        if is_safe_link(target) {
            self.links.push(MarkdownLink { target: target.to_owned(), offset });
        } else {
            self.problem(MarkdownProblemKind::UnsafeLink(target.to_owned()), offset);
        }
    }

    fn problem(&mut self, kind: MarkdownProblemKind, offset: usize) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(MarkdownProblem { kind, offset });
        }
    }
}
