//! Vietnamese text: folding, addresses, dates, numbers, order.

use congbo::domain::{Date, ProcedureCode, VietnameseOrder, decimal, fold, grouped, long_date, short_date, slug};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

#[test]
fn folding_drops_tones_marks_and_the_bar_of_d() {
    for (typed, written) in
        [("dang ky khai sinh", "Đăng ký khai sinh"), ("dat dai", "ĐẤT ĐAI"), ("hoa", "hòa"), ("hoa", "hoà"), ("uy ban", "Ủy ban"), ("nguoi", "người")]
    {
        assert_eq!(fold(written), typed);
    }
    assert_eq!(fold("xa\u{303}"), "xa", "separate marks fold too");
}

#[test]
fn addresses_are_plain_ascii_and_end_at_a_word() {
    assert_eq!(slug("Cấp bản sao Trích lục hộ tịch (bản chính)", 80), "cap-ban-sao-trich-luc-ho-tich-ban-chinh");
    assert_eq!(slug("Xã M'Drắk", 80), "xa-mdrak");
    assert_eq!(slug("  --  Đ/Đ  ", 80), "d-d");
    assert_eq!(slug("một hai ba bốn năm", 12), "mot-hai-ba");
    assert_eq!(slug("漢字", 80), "");
}

#[test]
fn dates_follow_decree_30_of_2020() {
    assert_eq!(long_date(date("2014-03-05")), "ngày 05 tháng 3 năm 2014");
    assert_eq!(long_date(date("2026-02-28")), "ngày 28 tháng 02 năm 2026");
    assert_eq!(long_date(date("2026-12-01")), "ngày 01 tháng 12 năm 2026");
    assert_eq!(short_date(date("2026-11-21")), "21/11/2026");
}

#[test]
fn numbers_have_dots_between_thousands_and_a_decimal_comma() {
    assert_eq!([grouped(0), grouped(999), grouped(8_000), grouped(1_234_567)], ["0", "999", "8.000", "1.234.567"]);
    assert_eq!([decimal(97.4, 1), decimal(40.566, 1), decimal(12.0, 1), decimal(100.0, 0)], ["97,4", "40,6", "12", "100"]);
}

#[test]
fn lists_are_sorted_as_a_vietnamese_dictionary_sorts() {
    let order = VietnameseOrder::new();
    let mut words = ["Đường", "Dân", "Ôn", "Oanh", "Ơn", "Ăn", "Anh", "Ân", "Ê-ke", "Em", "Ưng", "Uyên", "ba", "Bà", "bá", "bả", "bã", "bạ"];
    words.sort_by(|left, right| order.compare(left, right));
    assert_eq!(words, ["Anh", "Ăn", "Ân", "ba", "Bà", "bả", "bã", "bá", "bạ", "Dân", "Đường", "Em", "Ê-ke", "Oanh", "Ôn", "Ơn", "Uyên", "Ưng"]);
}

#[test]
fn the_initial_keeps_letters_apart_and_tones_together() {
    let initials: String = ["Đăng ký", "ẤP", "ấm", "Ổn", "út", "1.000", "“Ảnh”"].iter().map(|text| VietnameseOrder::initial(text)).collect();
    assert_eq!(initials, "ĐÂÂÔU#A");
}

#[test]
fn codes_are_joined_on_their_first_eight_characters() {
    let code = |text: &str| ProcedureCode::parse(text).unwrap_or_else(|| panic!("{text} is a code"));
    for other in ["1.001193.000.00.00.H38", "1.001193.02", " 1.001193 "] {
        assert_eq!(code("1.001193"), code(other));
    }
    assert_ne!(code("1.001193"), code("1.001194"));
    assert_ne!(code("2.009182739"), code("2.009182"), "a longer number is another procedure");
    assert_eq!(code("1.001193.000.00.00.H38").to_string(), "1.001193.000.00.00.H38");
    for wrong in ["", "1.00119", "1001193", "0.001193", "1,001193", "1.00119x", "1.001193/2", "Ủ.001193", "1.00119Ủ"] {
        assert!(ProcedureCode::parse(wrong).is_none(), "{wrong}");
    }
}
