//! Codes, numbers, ids, dates and the small functions that every text goes through.
#![no_main]

use congbo::diagnostic::nearest;
use congbo::domain::{AgencyId, Date, DocumentNumber, ProcedureCode, VietnameseOrder, fold, long_date, short_date, slug};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(code) = ProcedureCode::parse(text) {
        assert!(code.as_str().starts_with(code.key()) && code.key().len() >= 8);
        assert_eq!(ProcedureCode::parse(code.as_str()).as_ref().map(ProcedureCode::key), Some(code.key()));
    }
    let number = DocumentNumber::new(text);
    assert_eq!(number, DocumentNumber::new(number.as_str()));
    let _ = number.is_well_formed();
    if let Some(id) = AgencyId::parse(text) {
        assert_eq!(slug(id.as_str(), 80), id.as_str());
    }
    let name = slug(text, 60);
    assert!(name.len() <= 60 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{name}");
    assert_eq!(fold(&fold(text)), fold(text));
    let _ = VietnameseOrder::initial(text);
    let _ = nearest(text, ["title", "agencies", "objectives"]);
    if let Ok(date) = text.parse::<Date>() {
        let _ = (long_date(date), short_date(date));
    }
});
