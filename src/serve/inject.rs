//! What the preview adds to a page on its way to the browser, and only there: the built site never holds it.

use super::live::State;
use crate::markdown::escape;

/// Folder of the preview's own files; no page of a site lies there.
pub const FOLDER: &str = "/__congbo/";

/// What the script loads, by the directive of a content security policy that must let it.
const NEEDED: &[(&str, &str)] = &[("script-src", "preview.js"), ("style-src", "panel.css"), ("connect-src", "")];

/// The page with the script that listens for changes. `host` was checked before.
pub fn with_script(html: &[u8], state: &State, host: &str) -> Vec<u8> {
    let Ok(html) = std::str::from_utf8(html) else { return html.to_vec() };
    let page = with_policy(html, &format!("http://{host}{FOLDER}"));
    let at = page.rfind("</body>").unwrap_or(page.len());
    [&page[..at], &script(state), "\n", &page[at..]].concat().into_bytes()
}

/// The element that loads the script and says what the page around it shows.
pub fn script(state: &State) -> String {
    format!("<script src=\"{FOLDER}preview.js\" data-state=\"{}\" defer></script>", escape(&state.to_json()))
}

/// The page with the policy of its `meta` element letting the preview's own files through, and nothing else.
fn with_policy(html: &str, own: &str) -> String {
    let Some((start, end)) = policy(html) else { return html.to_owned() };
    [&html[..start], &extended(&html[start..end], own), &html[end..]].concat()
}

/// Where the policy of the page stands.
fn policy(html: &str) -> Option<(usize, usize)> {
    let lower = html.to_ascii_lowercase();
    let name = lower.find("content-security-policy")?;
    let element = lower[..name].rfind("<meta")?;
    let value = element + lower[element..].find("content=")? + "content=".len();
    let quote = lower[value..].chars().next().filter(|quote| "\"'".contains(*quote))?;
    let end = value + 1 + lower[value + 1..].find(quote)?;
    Some((value + 1, end))
}

/// A policy that also allows our files: the directives that they need, and then all others as they were.
fn extended(policy: &str, own: &str) -> String {
    let directives: Vec<Vec<&str>> =
        policy.split(';').map(|directive| directive.split_whitespace().collect::<Vec<_>>()).filter(|parts| !parts.is_empty()).collect();
    let find = |name: &str| directives.iter().find(|parts| parts[0].eq_ignore_ascii_case(name));
    let mut extended: Vec<String> = Vec::new();
    for (name, file) in NEEDED {
        // Without such a directive and without a default everything is allowed already.
        let Some(present) = find(name).or_else(|| find("default-src")) else { continue };
        let kept = present[1..].iter().filter(|source| !source.eq_ignore_ascii_case("'none'"));
        extended.push([*name].iter().chain(kept).chain([&format!("{own}{file}").as_str()]).copied().collect::<Vec<_>>().join(" "));
    }
    let is_other = |parts: &&Vec<&str>| !NEEDED.iter().any(|(name, _)| parts[0].eq_ignore_ascii_case(name));
    extended.extend(directives.iter().filter(is_other).map(|parts| parts.join(" ")));
    extended.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_lets_our_files_through_and_keeps_the_rest() {
        let html = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\"><p>";
        let expected = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src http://localhost:1/__congbo/preview.js; \
                        style-src 'self' http://localhost:1/__congbo/panel.css; connect-src http://localhost:1/__congbo/; default-src 'none'\"><p>";
        assert_eq!(with_policy(html, "http://localhost:1/__congbo/"), expected);
    }

    #[test]
    fn a_page_without_a_policy_stays_as_it_is() {
        assert_eq!(with_policy("<p>content-security-policy</p>", "http://x/"), "<p>content-security-policy</p>");
        assert_eq!(extended("img-src 'self'", "http://x/"), "img-src 'self'");
    }
}
