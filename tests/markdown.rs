//! Markdown: what becomes of it on a page.

use congbo::domain::MarkdownProblemKind as Problem;
use congbo::markdown::{DEPTH_LIMIT, PageFrame, inspect, to_html};
use congbo::origin::Origin;

fn html(text: &str) -> String {
    let link = |target: &str| (target == "files/a.pdf").then(|| "tep/a.pdf".to_owned());
    to_html(text, &PageFrame { top_heading: 2, link: &link })
}

fn problems(text: &str) -> Vec<Problem> {
    inspect(text, Origin::root("content/pages/a.md"), Some(1)).problems().iter().map(|problem| problem.kind.clone()).collect()
}

#[test]
fn plain_text_is_a_paragraph_and_nothing_of_it_is_markup() {
    assert_eq!(html("Đúng luật, đúng hạn."), "<p>Đúng luật, đúng hạn.</p>\n");
    assert_eq!(html("a \"b\" 'c'"), "<p>a &quot;b&quot; &#39;c&#39;</p>\n");
}

#[test]
fn headings_begin_below_that_of_the_page_and_have_ascii_ids() {
    assert_eq!(
        html("# Mục đích\n\n## Phạm vi\n\n# Mục đích\n"),
        "<h2 id=\"muc-muc-dich\">Mục đích</h2>\n<h3 id=\"muc-pham-vi\">Phạm vi</h3>\n<h2 id=\"muc-muc-dich-2\">Mục đích</h2>\n"
    );
    assert!(html("# Đề mục {onclick=alert(1) .x #y}").starts_with("<h2 id=\"muc-de-muc-onclick-alert-1-x-y\">"));
}

#[test]
fn html_of_an_author_is_shown_as_text_and_told() {
    let text = "Trước <b onclick=\"x\">đậm</b>\n\n<script>alert(1)</script>\n\nSau";
    let page = html(text);
    assert!(!page.contains("<b") && !page.contains("<script"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("Sau"), "{page}");
    assert!(problems(text).contains(&Problem::RawHtml));
}

#[test]
fn links_of_other_schemes_lose_their_target_and_keep_their_text() {
    for target in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java&#10;script:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//ke-gian.example/",
        "file:///etc/passwd",
        "&#106;avascript:alert(1)",
    ] {
        let text = format!("[bấm]({target})");
        assert_eq!(html(&text), "<p>bấm</p>\n", "{target}");
        assert!(problems(&text).iter().any(|problem| matches!(problem, Problem::UnsafeLink(_))), "{target}");
    }
}

#[test]
fn known_schemes_and_files_of_the_agency_are_links() {
    assert!(html("[Cổng](https://dichvucong.gov.vn/)").contains("<a href=\"https://dichvucong.gov.vn/\">Cổng</a>"));
    assert!(html("[gọi](tel:02000000000)").contains("href=\"tel:02000000000\""));
    assert!(html("<vanthu@vi-du.example>").contains("href=\"mailto:vanthu@vi-du.example\""));
    assert!(html("[Mẫu đơn](files/a.pdf)").contains("<a href=\"tep/a.pdf\">Mẫu đơn</a>"));
    assert_eq!(html("[Mẫu khác](files/b.pdf)"), "<p>Mẫu khác</p>\n");
}

#[test]
fn images_leave_their_alternative_text() {
    assert_eq!(html("![Sơ đồ](so-do.png) bên"), "<p>Sơ đồ bên</p>\n");
    assert!(problems("![](so-do.png)").contains(&Problem::ImageWithoutAlternative));
    assert!(problems("![x](https://noi-khac.example/x.png)").iter().any(|problem| matches!(problem, Problem::ExternalImage(_))));
}

#[test]
fn tables_name_their_columns_and_scroll_by_themselves() {
    let page = html("| Việc | Số |\n|---|---:|\n| A | 1 |\n");
    assert!(page.contains("<section class=\"scroll\" aria-label=\"Bảng: Việc, Số\" tabindex=\"0\"><table>"), "{page}");
    assert!(page.contains("<th scope=\"col\">Việc</th>") && page.contains("<td class=\"n\">1</td>") && !page.contains("style="), "{page}");
}

#[test]
fn tables_on_one_page_are_told_apart() {
    let table = "| **Việc** | \"Số\" |\n|---|---|\n| A | 1 |\n";
    let page = html(&format!("{table}\nrồi\n\n{table}\nrồi\n\n|  |  |\n|---|---|\n| A | 1 |\n"));
    for name in ["Bảng: Việc, &quot;Số&quot;", "Bảng: Việc, &quot;Số&quot; (2)", "Bảng"] {
        assert_eq!(page.matches(&format!("aria-label=\"{name}\" ")).count(), 1, "{name}: {page}");
    }
}

#[test]
fn nesting_is_limited_and_what_is_deeper_is_still_shown() {
    for (depth, is_told) in [(DEPTH_LIMIT - 1, false), (DEPTH_LIMIT, false), (DEPTH_LIMIT + 1, true), (20_000, true)] {
        let text = format!("{}chữ", "> ".repeat(depth));
        assert_eq!(problems(&text).contains(&Problem::TooDeep), is_told, "{depth}");
        let page = html(&text);
        assert_eq!(page.matches("<blockquote>").count(), depth.min(DEPTH_LIMIT));
        assert_eq!(page.matches("</blockquote>").count(), depth.min(DEPTH_LIMIT));
        assert!(page.contains("chữ"));
    }
}

#[test]
fn emphasis_is_nested_no_deeper_than_quotes() {
    for depth in [DEPTH_LIMIT, DEPTH_LIMIT + 1, 5_000] {
        let opened: String = (0..depth).map(|level| if level % 2 == 0 { "*a " } else { "_b " }).collect();
        let closed: String = (0..depth).rev().map(|level| if level % 2 == 0 { " a*" } else { " b_" }).collect();
        let text = format!("{opened}chữ{closed}");
        let page = html(&text);
        assert_eq!(page.matches("<em>").count(), depth.min(DEPTH_LIMIT), "{depth}");
        assert_eq!(page.matches("</em>").count(), depth.min(DEPTH_LIMIT), "{depth}");
        assert_eq!(problems(&text).contains(&Problem::TooDeep), depth > DEPTH_LIMIT);
        assert!(page.contains("chữ"));
    }
}

#[test]
fn vague_links_and_skipped_headings_are_told() {
    assert_eq!(problems("Xem [tại đây](https://a.example/)"), [Problem::VagueLinkText("tại đây".to_owned())]);
    assert_eq!(problems("# A\n\n### B\n"), [Problem::HeadingSkipped]);
    assert!(problems("# A\n\n## B\n\n[Mẫu tờ khai](files/a.pdf)").is_empty());
}

#[test]
fn a_place_in_a_text_is_a_place_in_its_file() {
    let markdown = inspect("Dòng một\nxem <b>đây", Origin::root("content/pages/a.md"), Some(5));
    assert_eq!(markdown.origin_at(markdown.problems()[0].offset).to_string(), "content/pages/a.md:6:5");
}
