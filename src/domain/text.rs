//! Vietnamese text: folding for search and slugs, written dates and numbers, sort order.

use std::sync::LazyLock;

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_locale_core::locale;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Date;

/// Small letters without tones and marks, `đ` as `d`: what people type on a phone.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match FOLDED.get(c as usize) {
            Some(Folded::Letter(letter)) => folded.push(*letter),
            Some(Folded::Nothing) => {}
            Some(Folded::Other) | None => folded.extend(fold_letter(c)),
        }
    }
    folded
}

/// What one character folds to.
#[derive(Clone, Copy)]
enum Folded {
    Letter(char),
    Nothing,
    Other,
}

/// The letters of Vietnamese are below U+1F00: each is folded once.
static FOLDED: LazyLock<Vec<Folded>> = LazyLock::new(|| {
    let folded = |c: char| match fold_letter(c).collect::<Vec<char>>()[..] {
        [] => Folded::Nothing,
        [letter] => Folded::Letter(letter),
        _ => Folded::Other,
    };
    (0..0x1F00).map(|code| char::from_u32(code).map_or(Folded::Other, folded)).collect()
});

fn fold_letter(c: char) -> impl Iterator<Item = char> {
    let base = c.nfd().filter(|c| !is_combining_mark(*c));
    base.flat_map(char::to_lowercase).map(|c| if c == 'đ' || c == 'ð' { 'd' } else { c })
}

/// A part of an address: folded, letters a–z and digits, words joined by `-`, at most `max_length` characters.
pub fn slug(text: &str, max_length: usize) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() && c != '\'' && c != '’' {
            slug.push('-');
        }
    }
    if slug.len() > max_length {
        slug.truncate(max_length);
        if let Some(end) = slug.rfind('-').filter(|end| *end > max_length / 2) {
            slug.truncate(end);
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A date as prose writes it: `ngày 05 tháng 3 năm 2026`. Days under 10 and months 1 and 2 get
/// a leading zero: NĐ 30/2020/NĐ-CP, Phụ lục I.
pub fn long_date(date: Date) -> String {
    let month = if date.month() <= 2 { format!("{:02}", date.month()) } else { date.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// A date for tables and messages: `05/3/2026`.
pub fn short_date(date: Date) -> String {
    let month = if date.month() <= 2 { format!("{:02}", date.month()) } else { date.month().to_string() };
    format!("{:02}/{month}/{}", date.day(), date.year())
}

/// The letters of points (*điểm*): the Vietnamese alphabet without letters that carry a mark but `đ`: NĐ 30/2020/NĐ-CP, Phụ lục I.
const POINT_LETTERS: [&str; 23] = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"];

/// The mark of the point at an index, counted from 0: `a)`, `b)`, `c)`, `d)`, `đ)`, `e)`, `g)`.
pub fn point_mark(index: usize) -> String {
    POINT_LETTERS.get(index).map_or_else(|| format!("{})", index + 1), |letter| format!("{letter})"))
}

/// A small number as administrative papers write it: `05`, `12`.
pub fn padded(number: u64) -> String {
    if number < 10 { format!("{number:02}") } else { grouped(number) }
}

/// A whole number with dots between thousands: `8.000`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number with a decimal comma and at most `places` decimals, without trailing zeros: `97,4`.
pub fn decimal(number: f64, places: usize) -> String {
    let text = format!("{number:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('.', ",")
}

/// Vietnamese order: a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y.
pub struct VietnameseOrder(CollatorBorrowed<'static>);

impl VietnameseOrder {
    /// The collation rules for Vietnamese, from data inside the program.
    pub fn new() -> Self {
        let collator = icu_collator::Collator::try_new(locale!("vi").into(), CollatorOptions::default());
        Self(collator.expect("the collation data for Vietnamese is part of the program"))
    }

    /// Orders two texts as a Vietnamese dictionary does; equal ones by their characters.
    pub fn compare(&self, left: &str, right: &str) -> std::cmp::Ordering {
        self.0.compare(left, right).then_with(|| left.cmp(right))
    }

    /// The letter under which a dictionary lists the text: `Đ` for "Đăng ký", `#` for digits and signs.
    pub fn initial(text: &str) -> char {
        let first = text.chars().find(|c| c.is_alphanumeric()).unwrap_or('#');
        let base: String = first.nfd().filter(|c| !matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')).nfc().collect();
        let letter = base.chars().next().into_iter().flat_map(char::to_uppercase).next().unwrap_or('#');
        if letter.is_alphabetic() { letter } else { '#' }
    }
}

impl Default for VietnameseOrder {
    fn default() -> Self {
        Self::new()
    }
}
