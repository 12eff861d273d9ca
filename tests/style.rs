//! The colours of the stylesheet: every text on every ground it stands on, in both schemes.

use std::collections::BTreeMap;

use congbo::config::{DARK_GROUNDS, LIGHT_GROUNDS, contrast};

/// WCAG 2.2, 1.4.3: text.
const TEXT: f64 = 4.5;
/// WCAG 2.2, 1.4.11: what one must see to use a page.
const CONTROL: f64 = 3.0;

/// What stands on what in `style.css`.
const PAIRS: &[(&str, &[&str], f64)] = &[
    ("fg", &["bg", "surface", "warn-bg"], TEXT),
    ("muted", &["bg", "surface"], TEXT),
    ("link", &["bg", "surface", "warn-bg"], TEXT),
    ("accent", &["bg", "surface"], TEXT),
    ("ok", &["bg", "surface"], TEXT),
    ("warn", &["bg", "surface", "warn-bg"], TEXT),
    // The words inside the filled parts of charts.
    ("bg", &["ok", "accent"], TEXT),
    ("focus-fg", &["focus"], TEXT),
    // Borders of boxes, bars and numbers of steps.
    ("fg", &["bg"], CONTROL),
];

/// The colours of one scheme: the first block of tokens, with those of the dark scheme over it.
fn tokens(css: &str, is_dark: bool) -> BTreeMap<&str, &str> {
    let block = |start: usize| css[start..].split_once(":root {").and_then(|(_, rest)| rest.split_once('}')).expect("a block of tokens").0;
    let dark = css.find("@media (prefers-color-scheme: dark)").expect("a dark scheme");
    let blocks = if is_dark { vec![block(0), block(dark)] } else { vec![block(0)] };
    let declarations = blocks.into_iter().flat_map(|block| block.split(';')).filter_map(|one| one.trim().strip_prefix("--")?.split_once(": "));
    declarations.collect()
}

/// `#fff` as `#ffffff`.
fn long(colour: &str) -> String {
    if colour.len() == 4 { colour.chars().flat_map(|c| if c == '#' { vec![c] } else { vec![c, c] }).collect() } else { colour.to_owned() }
}

#[test]
fn every_text_can_be_read_on_its_ground_in_both_schemes() {
    let css = include_str!("../themes/default/static/style.css");
    for is_dark in [false, true] {
        let tokens = tokens(css, is_dark);
        for (text, grounds, least) in PAIRS {
            for ground in *grounds {
                let ratio = contrast(&long(tokens[text]), &long(tokens[ground])).unwrap_or_else(|| panic!("{text} or {ground} is no colour"));
                assert!(ratio >= *least, "--{text} on --{ground}, dark: {is_dark}: {ratio:.2}, at least {least}");
            }
        }
    }
}

#[test]
fn every_colour_is_a_token() {
    let css = include_str!("../themes/default/static/style.css");
    let outside = css.lines().filter(|line| !line.trim_start().starts_with("--") && !line.contains(":root {"));
    for line in outside {
        let has_colour = line.match_indices('#').any(|(at, _)| line[at + 1..].chars().take(3).filter(char::is_ascii_hexdigit).count() == 3);
        assert!(!has_colour, "{line}");
    }
}

#[test]
fn an_accent_is_judged_on_the_grounds_of_the_stylesheet() {
    let css = include_str!("../themes/default/static/style.css");
    for (is_dark, grounds) in [(false, LIGHT_GROUNDS), (true, DARK_GROUNDS)] {
        let tokens = tokens(css, is_dark);
        assert_eq!(["bg", "surface", "warn-bg"].map(|name| long(tokens[name])), grounds);
    }
}
