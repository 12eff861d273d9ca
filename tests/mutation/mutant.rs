//! Damages a file as hurried hands, other programs and bad luck do. The same seed gives the same damage.

/// A file that was damaged, and how.
pub struct Mutant {
    pub bytes: Vec<u8>,
    /// Names of the mutations, in their order.
    pub made_by: Vec<&'static str>,
}

/// Numbers that look like chance and are the same on every machine (SplitMix64).
pub struct Chance(u64);

impl Chance {
    /// A sequence for a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 where there is none.
    pub fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { (self.next() % limit as u64) as usize }
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// A text and another one to take lines from become a damaged text.
type Mutation = (&'static str, fn(&mut Chance, &[u8], &[u8]) -> Vec<u8>);

const MUTATIONS: &[Mutation] = &[
    ("a line is deleted", |chance, text, _| on_lines(chance, text, |_, lines, at| drop(lines.remove(at)))),
    ("a line is doubled", |chance, text, _| on_lines(chance, text, |_, lines, at| lines.insert(at, lines[at].clone()))),
    ("two lines change places", |chance, text, _| {
        on_lines(chance, text, |chance, lines, at| {
            let other = chance.below(lines.len());
            lines.swap(at, other);
        })
    }),
    ("indented further", |chance, text, _| {
        on_lines(chance, text, |chance, lines, at| {
            let spaces = vec![b' '; 1 + chance.below(5)];
            lines[at].splice(0..0, spaces);
        })
    }),
    ("indented less", |chance, text, _| {
        on_lines(chance, text, |chance, lines, at| {
            let spaces = lines[at].iter().take_while(|byte| **byte == b' ').count();
            let fewer = chance.below(spaces + 1);
            lines[at].drain(..fewer);
        })
    }),
    ("two lines become one", |chance, text, _| {
        on_lines(chance, text, |_, lines, at| {
            lines[at].retain(|byte| *byte != b'\n');
        })
    }),
    ("cut off", |chance, text, _| text[..chance.below(text.len())].to_vec()),
    ("the beginning is lost", |chance, text, _| text[chance.below(text.len())..].to_vec()),
    ("bits are flipped", |chance, text, _| {
        let mut bytes = text.to_vec();
        for _ in 0..=chance.below(8) {
            let at = chance.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << chance.below(8);
            }
        }
        bytes
    }),
    ("a sign is inserted", |chance, text, _| {
        let sign = chance.one(SIGNS);
        inserted(chance, text, sign.as_bytes())
    }),
    ("bytes that are no text", |chance, text, _| {
        let bytes = chance.one::<[u8]>(&[b"\xff", b"\xfe\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\0", b"\0\0\0\0", b"\x80\x80"]);
        inserted(chance, text, bytes)
    }),
    ("Windows line ends", |_, text, _| replaced(text, "\n", "\r\n")),
    ("line ends of an old Macintosh", |_, text, _| replaced(text, "\n", "\r")),
    ("a byte order mark", |_, text, _| [b"\xef\xbb\xbf", text].concat()),
    ("indented with tabs", |_, text, _| replaced(text, "  ", "\t")),
    ("nested deeply", |chance, text, _| {
        let depth = [30, 31, 32, 33, 64, 3_000][chance.below(6)];
        let nested = [("[", "]"), ("{a: ", "}"), ("- ", "")][chance.below(3)];
        let value = format!("{}{}", nested.0.repeat(depth), nested.1.repeat(depth));
        with_value(chance, text, &value)
    }),
    ("another value", |chance, text, _| {
        let value = chance.one(VALUES);
        with_value(chance, text, value)
    }),
    ("another number", |chance, text, _| {
        let value = chance.one(NUMBERS);
        with_value(chance, text, value)
    }),
    ("another date", |chance, text, _| {
        let date = chance.one(DATES);
        with_date(chance, text, date)
    }),
    ("a very long line", |chance, text, _| {
        let word = chance.one(&["a", "ă", "a ", "*a ", "[", "(", "1.", "“", "0912345678 ", "\\", "a:"]);
        let value = word.repeat(20_000 / word.len());
        with_value(chance, text, &value)
    }),
    ("a key is written twice", |chance, text, _| {
        on_lines(chance, text, |chance, lines, at| {
            let key = lines[at].split(|byte| *byte == b':').next().unwrap_or_default().to_vec();
            let value = chance.one(VALUES);
            lines.insert(at, [&key, b": ".as_slice(), value.as_bytes(), b"\n"].concat());
        })
    }),
    ("a letter of a key is lost", |chance, text, _| {
        on_lines(chance, text, |chance, lines, at| {
            let length = lines[at].iter().position(|byte| *byte == b':').unwrap_or(0);
            if length > 0 {
                lines[at].remove(chance.below(length));
            }
        })
    }),
    ("a line of another file", |chance, text, other| {
        let foreign: Vec<&[u8]> = other.split_inclusive(|byte| *byte == b'\n').collect();
        let line = foreign.get(chance.below(foreign.len())).copied().unwrap_or_default();
        on_lines(chance, text, |_, lines, at| lines.insert(at, line.to_vec()))
    }),
    ("half of another file", |chance, text, other| [&text[..chance.below(text.len())], &other[chance.below(other.len())..]].concat()),
    ("Markdown gone wild", |chance, text, _| {
        let wild = chance.one(MARKDOWN).repeat(1 + chance.below(40));
        [text, b"\n", wild.as_bytes()].concat()
    }),
    ("a word is pasted many times", |chance, text, _| {
        let start = chance.below(text.len());
        let end = (start + 1 + chance.below(12)).min(text.len());
        let word = text[start..end].repeat(1 + chance.below(300));
        inserted(chance, text, &word)
    }),
];

const SIGNS: &[&str] = &[
    "\"",
    "'",
    "`",
    ":",
    ": ",
    " #",
    "#",
    "-",
    "- ",
    "---\n",
    "...\n",
    "|",
    ">",
    "&",
    "&a ",
    "*",
    "*a",
    "!",
    "!!str ",
    "<<: ",
    "%",
    "@",
    "?",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\\",
    "\t",
    "\0",
    "\u{7}",
    "\u{1b}[31m",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{2028}",
    "\u{2066}",
    "\u{feff}",
    "\u{fffd}",
    "\u{e000}",
    "\u{301}",
    "\u{309}\u{323}",
    "Ð",
    "ð",
    "а",
    "Ο",
    "ﬁ",
    "İ",
    "ß",
    "ǰ",
    "🇻🇳",
    "👨‍👩‍👧",
    "\u{10ffff}",
    "\u{fdfa}",
    "\u{1100}\u{1161}",
    "nh©n d©n x· Thö",
    "[MẪU]",
    "<<<<<<< a\n",
    "=======\n",
    "{{ a }}",
    "{% a %}",
    "<script>",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "con",
    "0",
    "/",
];

const VALUES: &[&str] = &[
    "",
    "~",
    "null",
    "true",
    "yes",
    "''",
    "\"\"",
    "\" \"",
    "[]",
    "{}",
    "[~]",
    "[[]]",
    "[{}]",
    "{a: 1}",
    "{\"\": \"\"}",
    "{? a}",
    "|",
    ">-",
    "|9",
    "\"\\u0000\"",
    "\"\\uD800\"",
    "&a b",
    "*a",
    "!!binary AA==",
    "!a b",
    "<<",
    "{<<: {a: 1}}",
    "\"a\\nb\"",
    "a, b",
    "a: b",
    "- a",
    "@a",
    "%a",
    "/",
    "../x",
    "\\",
    "a#b",
    "javascript:alert(1)",
    "//a",
    "http://",
    "https://a b",
    "#fff",
    "#ÿÿÿ",
    "\"#ÿÿÿ\"",
    "(QT|",
    "(|)-##*",
    "****************",
    "1.000001",
    "\"1.000001\"",
    "đ.001193",
    "19/2014/QĐ-TTg",
    "/",
    "0/0/A",
];

const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "-1",
    "1",
    "255",
    "256",
    "32767",
    "32768",
    "65536",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "1e308",
    "1e309",
    "-1e309",
    "1e-400",
    ".nan",
    ".inf",
    "-.Inf",
    "NaN",
    "inf",
    "0x10",
    "0o17",
    "1_000",
    "1,5",
    "1.5",
    "1.",
    ".5",
    "١٢",
    "٠",
    "1e",
    "+1",
    "8.000 đồng",
    "5 ngày",
    "99999999999999999999999999999999999999999999999999",
];

const DATES: &[&str] = &[
    "0000-00-00",
    "0000-01-01",
    "-9999-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2024-02-29",
    "1900-01-01",
    "2026-11-21",
    "2026-11-22",
    "5/3/2026",
    "05.03.2026",
    "2026-3-5",
    "2026/03/05",
    "2026-03-05T00:00:00Z",
    "20260305",
    "1-1-32767",
    "32767-1-1",
    "2026-03",
    "2026",
    "đ026-03-05",
    "2026-03-0đ",
    "٢٠٢٦-٠٣-٠٥",
];

const MARKDOWN: &[&str] = &[
    "*a **a ",
    "[",
    "![",
    "![[",
    "`",
    "``a",
    "> ",
    "- ",
    "1. ",
    "* ",
    "#",
    "# a\n\n",
    "###### a\n\n",
    "| a | b |\n|---|---|\n",
    "|a",
    "[^a]",
    "[^a]: b\n",
    "[a]: b\n",
    "[a](",
    "[a](b)",
    "<a ",
    "<b>",
    "</",
    "<!--",
    "<?",
    "<![CDATA[",
    "&#x0;",
    "&#1114112;",
    "&amp",
    "\\",
    "~~a",
    "***",
    "___",
    "===\n",
    "```\n",
    "    a\n",
    "\t",
    "<http://a>",
    "<a@b.c>",
    "[a](javascript:b)",
    "[tại đây](https://a.b)",
    "![](https://a.b/c.png)",
    "được chứng nhận ISO 9001 ",
    "0912 345 678 ",
    "001 234 567 890 ",
    "a@gmail.com ",
    "MẬT\n",
];

/// The mutant of a file that a seed makes; `other` is a file to take pieces from.
pub fn mutant(text: &[u8], other: &[u8], seed: u64) -> Mutant {
    let mut chance = Chance::new(seed);
    let mut mutant = Mutant { bytes: text.to_vec(), made_by: Vec::new() };
    for _ in 0..=chance.below(3) {
        let (name, change) = MUTATIONS[chance.below(MUTATIONS.len())];
        mutant.bytes = change(&mut chance, &mutant.bytes, other);
        mutant.made_by.push(name);
    }
    mutant
}

fn on_lines(chance: &mut Chance, text: &[u8], change: impl Fn(&mut Chance, &mut Vec<Vec<u8>>, usize)) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = text.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let at = chance.below(lines.len());
    change(chance, &mut lines, at);
    lines.concat()
}

fn inserted(chance: &mut Chance, text: &[u8], piece: &[u8]) -> Vec<u8> {
    let at = chance.below(text.len() + 1);
    [&text[..at], piece, &text[at..]].concat()
}

fn replaced(text: &[u8], from: &str, to: &str) -> Vec<u8> {
    match std::str::from_utf8(text) {
        Ok(text) => text.replace(from, to).into_bytes(),
        Err(_) => text.to_vec(),
    }
}

/// One line `key: value` with another value, or one item of a list.
fn with_value(chance: &mut Chance, text: &[u8], value: &str) -> Vec<u8> {
    on_lines(chance, text, |_, lines, at| {
        let line = &lines[at];
        let colon = line.windows(2).position(|pair| pair == b": ").map(|at| at + 2);
        let dash = line.windows(2).position(|pair| pair == b"- ").map(|at| at + 2);
        let keep = colon.or(dash).unwrap_or(0);
        lines[at] = [&line[..keep], value.as_bytes(), b"\n"].concat();
    })
}

/// One date of the text becomes another one; without dates, one value does.
fn with_date(chance: &mut Chance, text: &[u8], date: &str) -> Vec<u8> {
    let is_date = |bytes: &[u8]| bytes.iter().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() });
    let places: Vec<usize> = text.windows(10).enumerate().filter(|(_, window)| is_date(window)).map(|(at, _)| at).collect();
    if places.is_empty() {
        return with_value(chance, text, date);
    }
    let at = places[chance.below(places.len())];
    [&text[..at], date.as_bytes(), &text[at + 10..]].concat()
}
