//! Bytes of a file into text: NFC, without returns, every remark at a place that is there.
#![no_main]

use congbo::source::{RefusalReason, decode};
use libfuzzer_sys::fuzz_target;
use unicode_normalization::is_nfc;

fuzz_target!(|bytes: &[u8]| {
    match decode(bytes) {
        Ok((text, remarks)) => {
            assert!(is_nfc(&text) && !text.contains('\r') && !text.contains(['Ð', 'ð']), "{text:?}");
            for remark in remarks {
                let line = text.split('\n').nth(remark.line as usize - 1).expect("a line of the text");
                assert!(remark.column >= 1 && remark.column as usize <= line.chars().count() + 1, "{remark:?} in {text:?}");
            }
            // Many NULs look like UTF-16, and a second byte order mark is taken away too.
            if !text.contains(['\0', '\u{FEFF}']) {
                let (again, _) = decode(text.as_bytes()).expect("a text that was read is read again");
                assert_eq!(again, text);
            }
        }
        Err(RefusalReason::Encoding { line, column, .. }) => assert!(line >= 1 && column >= 1),
        Err(other) => panic!("{other:?}"),
    }
});
