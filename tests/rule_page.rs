//! A page of `tests/rules/`: title, explanation, and fenced files under «Sai», «Thông báo» and «Đúng».

/// A page, as far as the tests need it.
pub struct Page {
    pub title: String,
    pub explanation: String,
    pub today: String,
    pub is_release: bool,
    pub wrong: Vec<Fence>,
    pub expected: String,
    pub right: Vec<Fence>,
    text: String,
}

/// A fenced block: what kind of file, where, and what is in it.
#[derive(Clone)]
pub struct Fence {
    pub language: String,
    pub path: String,
    /// Further words after the path.
    pub detail: String,
    pub body: String,
}

impl Page {
    /// Reads a page.
    pub fn read(text: &str) -> Self {
        let option = |name: &str| {
            let mark = format!("<!-- {name}: ");
            text.split_once(mark.as_str()).and_then(|(_, rest)| rest.split_once(" -->")).map(|(value, _)| value.to_owned())
        };
        let mut page = Self {
            title: text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("").to_owned(),
            explanation: explanation(text),
            today: option("as-of").unwrap_or_else(|| "2026-11-21".to_owned()),
            is_release: option("release").is_some(),
            wrong: Vec::new(),
            expected: String::new(),
            right: Vec::new(),
            text: text.to_owned(),
        };
        for (section, fence) in fences(text) {
            match section.as_str() {
                "Thông báo" => page.expected = fence.body,
                "Đúng" => page.right.push(fence),
                _ => page.wrong.push(fence),
            }
        }
        page
    }

    /// The page with another text under «Thông báo».
    pub fn with_expected(&self, told: &str) -> String {
        let block = format!("## Thông báo\n\n```text\n{told}```\n");
        match (self.text.find("## Thông báo"), self.text.find("## Đúng")) {
            (Some(start), Some(end)) => format!("{}{block}\n{}", &self.text[..start], &self.text[end..]),
            (None, Some(end)) => format!("{}{block}\n{}", &self.text[..end], &self.text[end..]),
            _ => format!("{}\n{block}", self.text.trim_end()),
        }
    }
}

fn explanation(text: &str) -> String {
    let lines = text.lines().skip_while(|line| !line.starts_with("# ")).skip(1).take_while(|line| !line.starts_with("## "));
    lines.filter(|line| !line.starts_with("<!--")).collect::<Vec<_>>().join("\n")
}

/// Every fence and the section that it stands in.
fn fences(text: &str) -> Vec<(String, Fence)> {
    let (mut section, mut found) = (String::new(), Vec::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("## ") {
            section = name.trim().to_owned();
        }
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks < 3 {
            continue;
        }
        let mut words = line[ticks..].split_whitespace();
        let (language, path) = (words.next().unwrap_or("").to_owned(), words.next().unwrap_or("").to_owned());
        let detail = words.collect::<Vec<_>>().join(" ");
        let body: String = lines.by_ref().take_while(|line| *line != "`".repeat(ticks)).flat_map(|line| [line, "\n"]).collect();
        found.push((section.clone(), Fence { language, path, detail, body }));
    }
    found
}
