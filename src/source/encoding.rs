//! Bytes to text: UTF-8 only, NFC, `\n`. Names the encodings that Vietnamese offices still meet.

use std::sync::LazyLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{RefusalReason, quotes};

/// Remarks of one file that are told.
pub const MOST_REMARKS: usize = 1_000;

/// An encoding that a file looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf16,
    Windows1258,
    Tcvn3,
    VniWindows,
    Unknown,
}

impl Encoding {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "UTF-16",
            Self::Windows1258 => "Windows-1258",
            Self::Tcvn3 => "TCVN3 (ABC, phông .VnTime)",
            Self::VniWindows => "VNI Windows (phông VNI-Times)",
            Self::Unknown => "?",
        }
    }
}

/// Something worth telling about a text that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub kind: NoteKind,
    /// Counted from 1.
    pub line: u32,
    /// In characters, counted from 1.
    pub column: u32,
}

/// What there is to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteKind {
    /// Not NFC; read as NFC.
    NotNfc,
    /// `Ð` (U+00D0), read as `Đ` (U+0110).
    ReadAsD { found: char },
    /// A letter of another alphabet inside a Vietnamese word; left as it is.
    ForeignLetter { found: char, looks_like: char },
    /// A character of no width, taken out.
    ZeroWidth { found: char },
    /// Quotes that Word made around a value, read as straight ones.
    CurlyQuotes,
    /// A control, bidirectional or invisible character.
    Invisible { found: char },
    /// UTF-8 that holds text typed in TCVN3 or VNI: `Uû ban nh©n d©n`.
    LegacyText { looks_like: Encoding },
}

/// Bytes of a file to NFC text, and what to tell about it.
pub fn decode(bytes: &[u8]) -> Result<(String, Vec<Remark>), RefusalReason> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || looks_like_utf16(bytes) {
        return Err(RefusalReason::Encoding { looks_like: Encoding::Utf16, line: 1, column: 1 });
    }
    // Room that was kept for a file and never filled.
    if let Some(end) = bytes.iter().position(|byte| *byte == 0).filter(|end| bytes[*end..].iter().all(|byte| *byte == 0)) {
        return Err(cut_off(&bytes[..end]));
    }
    let text = simdutf8::compat::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        if error.error_len().is_none() && std::str::from_utf8(before).is_ok_and(|text| !text.is_ascii()) {
            return cut_off(before);
        }
        let (line, column) = end_of(before);
        RefusalReason::Encoding { looks_like: guess(bytes), line, column }
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut remarks = Vec::new();
    let mut clean = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    let seen = classes(&clean);
    if seen & UNCOMPOSED != 0 && is_nfc_quick(clean.chars()) != IsNormalized::Yes {
        let composed: String = clean.nfc().collect();
        if composed != clean {
            let same = clean.chars().zip(composed.chars()).take_while(|(left, right)| left == right).count();
            let (line, column) = position(&composed, same);
            remarks.push(Remark { kind: NoteKind::NotNfc, line, column });
            clean = composed;
        }
    }
    if seen & SUSPECT != 0 {
        clean = quotes::straightened(clean, &mut remarks);
        clean = without_zero_width(clean, &mut remarks);
    }
    look_at(&clean, seen, &mut remarks);
    if remarks.iter().any(|remark| matches!(remark.kind, NoteKind::ReadAsD { .. })) {
        clean = clean.replace('Ð', "Đ").replace('ð', "đ");
    }
    remarks.sort_by_key(|remark| (remark.line, remark.column));
    Ok((clean, remarks))
}

/// A text as it would be saved again: NFC, lines ending in `\n`, no byte order mark, and every letter as it is. What reading
/// mends (`Ð`, quotes of Word) is told by `check`, for its author to decide.
pub fn saved_again(text: &str) -> String {
    text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n").nfc().collect()
}

/// Takes out characters without any width, which only get in the way of codes and names; tells the first one of each line.
fn without_zero_width(text: String, remarks: &mut Vec<Remark>) -> String {
    let is_zero_width = |c: char| matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}');
    if !text.contains(is_zero_width) {
        return text;
    }
    for (index, line) in text.split('\n').enumerate() {
        if remarks.len() < MOST_REMARKS
            && let Some((column, found)) = line.chars().enumerate().find(|(_, c)| is_zero_width(*c))
        {
            remarks.push(Remark { kind: NoteKind::ZeroWidth { found }, line: index as u32 + 1, column: column as u32 + 1 });
        }
    }
    text.replace(is_zero_width, "")
}

fn cut_off(before: &[u8]) -> RefusalReason {
    let (line, column) = end_of(before);
    RefusalReason::CutOff(line, column)
}

/// Line and column, from 1, behind these bytes.
fn end_of(bytes: &[u8]) -> (u32, u32) {
    let before = String::from_utf8_lossy(bytes);
    let line = before.matches('\n').count() as u32 + 1;
    (line, before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1)
}

/// A character that may need a remark.
const SUSPECT: u8 = 1;
/// A letter that TCVN3 or VNI leaves behind.
const LEGACY: u8 = 2;
/// A character that may not be composed.
const UNCOMPOSED: u8 = 4;

/// The classes of the characters up to U+01FF, among them most letters of Vietnamese.
static CLASSES: LazyLock<[u8; 0x200]> = LazyLock::new(|| std::array::from_fn(|code| char::from_u32(code as u32).map_or(0, class)));

/// What there is among the characters of a text, all classes together.
fn classes(text: &str) -> u8 {
    let (table, mut seen) = (&*CLASSES, 0);
    for c in text.chars() {
        seen |= match c as u32 {
            code @ 0..0x200 => table[code as usize],
            0x1EA0..=0x1EFF => 0,
            _ => class(c),
        };
    }
    seen
}

fn class(c: char) -> u8 {
    let suspect = if c != '\n' && is_suspect(c) { SUSPECT } else { 0 };
    let legacy = if TCVN3.contains(c) || VNI_MARKS.contains(c) { LEGACY } else { 0 };
    // Everything below the combining marks, and the block of Vietnamese letters, is composed.
    let uncomposed = if c < '\u{300}' || ('\u{1EA0}'..='\u{1EFF}').contains(&c) { 0 } else { UNCOMPOSED };
    suspect | legacy | uncomposed
}

/// Every character that needs a remark, one of a kind a line. `seen` are the classes of the text.
fn look_at(text: &str, seen: u8, remarks: &mut Vec<Remark>) {
    for (index, line) in text.split('\n').enumerate().filter(|_| seen & SUSPECT != 0) {
        let line_number = index as u32 + 1;
        if !line.chars().any(is_suspect) {
            continue;
        }
        let mut told: Vec<NoteKind> = Vec::new();
        let characters: Vec<char> = line.chars().collect();
        for (at, &found) in characters.iter().enumerate() {
            let kind = match found {
                'Ð' | 'ð' => NoteKind::ReadAsD { found },
                _ if is_invisible(found) => NoteKind::Invisible { found },
                _ => match lookalike(found) {
                    Some(looks_like) if touches_latin(&characters, at) => NoteKind::ForeignLetter { found, looks_like },
                    _ => continue,
                },
            };
            if remarks.len() >= MOST_REMARKS {
                break;
            }
            if !told.contains(&kind) {
                remarks.push(Remark { kind: kind.clone(), line: line_number, column: at as u32 + 1 });
                told.push(kind);
            }
        }
    }
    let has_legacy_letters = seen & LEGACY != 0 && text.chars().filter(|c| TCVN3.contains(*c) || VNI_MARKS.contains(*c)).take(3).count() == 3;
    if let Some((looks_like, at)) = has_legacy_letters.then(|| legacy_text(text)).flatten() {
        let (line, column) = position(text, at);
        remarks.push(Remark { kind: NoteKind::LegacyText { looks_like }, line, column });
    }
}

/// Whether a closer look is due: most letters of Vietnamese need none.
fn is_suspect(c: char) -> bool {
    match c {
        ' '..='~' | '\t' | '\u{1E00}'..='\u{1EFF}' => false,
        '\u{A0}'..='\u{36F}' => matches!(c, '\u{AD}' | 'Ð' | 'ð'),
        _ => true,
    }
}

/// Controls (but tab and new line), bidirectional marks, zero-width and private-use characters.
fn is_invisible(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}' => true,
        '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FFFD}' | '\u{2028}' | '\u{2029}' => true,
        c => c.is_control(),
    }
}

/// The Latin letter that a Cyrillic or Greek letter is mistaken for.
fn lookalike(c: char) -> Option<char> {
    let pairs = [
        ('а', 'a'),
        ('е', 'e'),
        ('о', 'o'),
        ('р', 'p'),
        ('с', 'c'),
        ('у', 'y'),
        ('х', 'x'),
        ('і', 'i'),
        ('ѕ', 's'),
        ('ј', 'j'),
        ('А', 'A'),
        ('В', 'B'),
        ('Е', 'E'),
        ('К', 'K'),
        ('М', 'M'),
        ('Н', 'H'),
        ('О', 'O'),
        ('Р', 'P'),
        ('С', 'C'),
        ('Т', 'T'),
        ('У', 'Y'),
        ('Х', 'X'),
        ('Α', 'A'),
        ('Β', 'B'),
        ('Ε', 'E'),
        ('Η', 'H'),
        ('Ι', 'I'),
        ('Κ', 'K'),
        ('Μ', 'M'),
        ('Ν', 'N'),
        ('Ο', 'O'),
        ('Ρ', 'P'),
        ('Τ', 'T'),
        ('Χ', 'X'),
        ('ο', 'o'),
    ];
    pairs.iter().find(|(foreign, _)| *foreign == c).map(|(_, latin)| *latin)
}

fn touches_latin(characters: &[char], at: usize) -> bool {
    let is_latin = |c: &char| c.is_ascii_alphabetic() || ('\u{C0}'..='\u{24F}').contains(c) || ('\u{1E00}'..='\u{1EFF}').contains(c);
    (at > 0 && is_latin(&characters[at - 1])) || characters.get(at + 1).is_some_and(is_latin)
}

/// Line and column, from 1, of the character number `index`.
fn position(text: &str, index: usize) -> (u32, u32) {
    let (mut line, mut column) = (1, 1);
    for c in text.chars().take(index) {
        if c == '\n' {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
    }
    (line, column)
}

fn looks_like_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512)];
    head.len() >= 4 && head.iter().filter(|byte| **byte == 0).count() * 3 > head.len()
}

/// The single-byte encoding that bytes look like, by the letters each one uses most.
fn guess(bytes: &[u8]) -> Encoding {
    let count = |set: &[u8]| bytes.iter().filter(|byte| set.contains(byte)).count();
    // Combining tones of Windows-1258: huyền, hỏi, ngã, sắc, nặng.
    let windows_1258 = count(&[0xCC, 0xD2, 0xDE, 0xEC, 0xF2]) * 2 + count(&[0xF0, 0xE2, 0xEA, 0xF4, 0xF5, 0xFD, 0xE3]);
    // TCVN3 small letters: đ ¨ © ª « ¬ ­ and their toned forms.
    let tcvn3 = count(&[0xAE, 0xA8, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD]) * 2 + count(&[0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xC7, 0xCA, 0xD0, 0xD1]);
    // VNI writes a base letter and then one of these as its mark.
    let vni_marks = [0xE1, 0xE0, 0xE5, 0xE3, 0xE4, 0xEA, 0xE9, 0xE8, 0xFA, 0xF9, 0xF8, 0xFB, 0xF5, 0xEF];
    let vni = bytes.windows(2).filter(|pair| b"aeouyAEOUY".contains(&pair[0]) && vni_marks.contains(&pair[1])).count() * 2 + count(&[0xF1]);
    let best = windows_1258.max(tcvn3).max(vni);
    if best == 0 {
        Encoding::Unknown
    } else if best == tcvn3 {
        Encoding::Tcvn3
    } else if best == vni && vni > windows_1258 {
        Encoding::VniWindows
    } else {
        Encoding::Windows1258
    }
}

/// What small letters of TCVN3 look like when they are read as Latin-1.
const TCVN3: &str = "©ª«¬\u{AD}®µ¶¸¹»¼½¾¨§¤¥¦¢£";
/// What marks of VNI look like; Vietnamese has none of these letters.
const VNI_MARKS: &str = "äåæëïöûøñ";

/// UTF-8 text that was typed in TCVN3 or VNI, and the character at which it begins.
fn legacy_text(text: &str) -> Option<(Encoding, usize)> {
    let characters: Vec<char> = text.chars().collect();
    let tcvn3: Vec<usize> = (1..characters.len())
        .filter(|&at| {
            TCVN3.contains(characters[at])
                && (characters[at - 1].is_ascii_alphabetic() || characters[at - 1] == '®' || characters[at] == '®')
                && characters.get(at + 1).is_none_or(|next| next.is_alphabetic() || next.is_whitespace() || TCVN3.contains(*next))
        })
        .collect();
    if tcvn3.len() >= 3 {
        return Some((Encoding::Tcvn3, tcvn3[0]));
    }
    // VNI: a base vowel followed by a letter that Vietnamese never puts there.
    let vni: Vec<usize> = (1..characters.len()).filter(|&at| "aeouyAEOUY".contains(characters[at - 1]) && VNI_MARKS.contains(characters[at])).collect();
    (vni.len() >= 3).then(|| (Encoding::VniWindows, vni[0]))
}
