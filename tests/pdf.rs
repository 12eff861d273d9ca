//! Sheets as PDF, read back by other programs: `pdftotext`, `pdffonts`, `pdfinfo` of poppler, and `qpdf`.

use std::path::Path;
use std::process::Command;

use crate::project::{Project, TODAY};

/// What a program prints about a file. It must end well.
fn ask(program: &str, arguments: &[&str], file: &Path) -> String {
    let mut command = Command::new(program);
    let output = command.args(arguments).arg(file).args((program == "pdftotext").then_some("-")).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error} (apt-get install poppler-utils qpdf)"));
    assert!(output.status.success(), "{program} {}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The pages of a PDF as text without spaces, each without the number at its top.
fn pages(file: &Path) -> Vec<String> {
    let text = ask("pdftotext", &["-raw"], file);
    let page = |page: &str| {
        let first = page.lines().next().unwrap_or("");
        let is_number = !first.is_empty() && first.chars().all(|c| c.is_ascii_digit());
        squeezed(if is_number { &page[first.len()..] } else { page })
    };
    text.trim_end_matches('\u{c}').split('\u{c}').map(page).collect()
}

/// The words of the page of a sheet, in their order: all that the model says, as the other format shows it.
fn model(project: &Project, page: &str) -> String {
    use lol_html::{RewriteStrSettings, element, rewrite_str, text};
    let html = project.read(page);
    // A caption is for those who do not see the table.
    let bare = element!("caption", |element| {
        element.remove();
        Ok(())
    });
    let html = rewrite_str(&html, RewriteStrSettings::new().append_element_content_handler(bare)).expect("HTML");
    let mut found = String::new();
    let handler = text!("article", |chunk| {
        found.push_str(chunk.as_str());
        Ok(())
    });
    rewrite_str(&html, RewriteStrSettings::new().append_element_content_handler(handler)).expect("HTML");
    squeezed(&found.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">"))
}

/// A sheet that needs several pages: an annex of many procedures with long names, and what markup could do harm with.
fn long() -> Project {
    let project = Project::minimal();
    let first = project.read("content/administrative-procedures/list.yaml");
    let one = first.replace("Nộp hồ sơ, nhận kết quả.", "'Nộp #emph[hồ sơ] $x^2$ *đậm* ở <đây> & \"kia\" \\ @ab = 1.'");
    let more = (2..=90).map(|number| {
        let name = format!("Thủ tục thử nghiệm số {number} có tên rất dài để bảng phải xuống nhiều dòng, nhiều trang ở Quảng Ngãi");
        first.replace("1.000001", &format!("1.{number:06}")).replace("Cấp bản sao trích lục hộ tịch", &name)
    });
    let codes: Vec<String> = (1..=90).map(|number| format!("\"1.{number:06}\"")).collect();
    let list = format!("[{}]", codes.join(", "));
    project
        .file("content/administrative-procedures/list.yaml", one + &more.collect::<String>())
        .edit("content/agencies/xa-thu/agency.yaml", "[\"1.000001\"]", &list)
        .edit("content/agencies/xa-thu/declarations/2026-03-02.yaml", "[\"1.000001\"]", &list)
        .edit("content/agencies/xa-thu/work-processes/ho-tich.md", "[\"1.000001\"]", &list)
}

#[test]
fn a_pdf_says_what_the_page_says_over_pages_with_the_head_of_the_table_again() {
    let project = long();
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    let file = project.path("public/niem-yet/1.000001.pdf");
    assert_eq!(pages(&file).concat(), model(&project, "public/niem-yet/1.000001/index.html"));

    let pages = pages(&project.path("public/niem-yet/cong-bo.pdf"));
    assert!(pages.len() >= 4, "{} pages", pages.len());
    let head = "TTMãTênthủtụchànhchínhLĩnhvực";
    let (first_of_annex, rest) = (&pages[1], &pages[2..]);
    assert!(first_of_annex.starts_with("PHỤLỤC") && first_of_annex.contains(head), "{first_of_annex}");
    let rest: String = rest.iter().map(|page| page.strip_prefix(head).unwrap_or_else(|| panic!("no head on {page}"))).collect();
    assert_eq!(format!("{}{first_of_annex}{rest}", pages[0]), model(&project, "public/niem-yet/cong-bo/index.html"));
}

#[test]
fn the_first_page_has_no_number_and_an_annex_counts_by_itself() {
    let project = long();
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    let text = ask("pdftotext", &["-raw"], &project.path("public/niem-yet/cong-bo.pdf"));
    let tops: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').map(|page| page.lines().next().unwrap_or("")).collect();
    assert!(tops[0].starts_with("ỦY BAN NHÂN DÂN XÃ THỬ"), "{tops:?}");
    assert_eq!(&tops[1..4], ["PHỤ LỤC", "2", "3"]);
}

#[test]
fn a_pdf_is_whole_tagged_and_has_its_fonts_in_it() {
    let project = long();
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    for name in ["1.000001.pdf", "cong-bo.pdf"] {
        let file = project.path(&format!("public/niem-yet/{name}"));
        assert!(ask("qpdf", &["--check"], &file).contains("No syntax or stream encoding errors"));
        let info = ask("pdfinfo", &[], &file);
        for expected in ["Tagged:          yes", "(A4)", "JavaScript:      no", "Encrypted:       no"] {
            assert!(info.contains(expected), "{expected:?} is not in\n{info}");
        }
        let fonts = ask("pdffonts", &[], &file);
        for font in fonts.lines().skip(2) {
            // Embedded, a subset, and with a map to Unicode.
            assert!(font.contains("+Tinos") && font.contains("yes yes yes"), "{fonts}");
        }
        assert!(fonts.lines().count() > 2, "{fonts}");
        let metadata = ask("pdfinfo", &["-meta"], &file);
        assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>") && metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{metadata}");
        assert!(metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{metadata}");
        // A letter that no font has would be printed as an empty box and read back as nothing.
        assert!(!pages(&file).concat().contains(['\u{fffd}', '\u{0}']));
    }
}

#[test]
fn the_same_content_gives_the_same_file_whatever_the_day_and_the_machine_has() {
    let bytes = |day: &str, environment: &[(&str, &str)]| {
        let project = Project::minimal();
        project.run_with(&format!("build --as-of {day}"), environment).exit(0);
        ["1.000001", "cong-bo"].map(|name| std::fs::read(project.path(&format!("public/niem-yet/{name}.pdf"))).expect("a PDF"))
    };
    let first = bytes(TODAY, &[]);
    assert_eq!(first, bytes("2026-11-22", &[("TZ", "America/Lima"), ("LANG", "C"), ("TYPST_FONT_PATHS", "/usr/share/fonts")]));
}

#[test]
fn pages_link_the_pdf_and_it_is_made_anew_only_where_its_content_changed() {
    let project = long();
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    let page = project.read("public/niem-yet/1.000001/index.html");
    assert!(page.contains("href=\"../../niem-yet/1.000001.pdf\""), "{page}");
    let project = project.edit("content/administrative-procedures/list.yaml", "*đậm*", "*nhạt*");
    project.run(&format!("build --as-of {TODAY} --changed-list doi.txt")).exit(0);
    let changed: Vec<String> = project.read("doi.txt").lines().filter(|line| line.ends_with(".pdf")).map(str::to_owned).collect();
    assert!(changed.len() == 1 && changed[0].ends_with("niem-yet/1.000001.pdf"), "{changed:?}");
}

#[test]
fn a_template_of_a_theme_that_cannot_be_used_is_told_with_its_name() {
    let project = Project::minimal().file("themes/rieng/posting-sheet.typ", "#let sheet = json(\"khac.json\")").edit(
        "content/site.yaml",
        "title:",
        "theme: themes/rieng\ntitle:",
    );
    project.run(&format!("build --as-of {TODAY}")).exit(2).says("posting-sheet.typ").says("khac.json");
}
