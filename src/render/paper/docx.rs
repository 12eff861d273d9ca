//! A paper as DOCX: the few parts of Office Open XML (ECMA-376) that Word and LibreOffice need, laid out by NĐ 30/2020/NĐ-CP,
//! Phụ lục I. The same paper gives the same bytes: no date, no name of a machine.

use std::io::{Cursor, Write};

use anyhow::Result;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Annex, Block, COUNTRY, Closing, Column, MOTTO, Paper, marked};
use crate::markdown::escape;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
/// Width of the text in twentieths of a point: 210 mm less 30 mm and 15 mm.
const WIDTH: u32 = 9354;

/// The file of a paper.
pub fn docx(paper: &Paper) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated).last_modified_time(zip::DateTime::default());
    for (name, content) in parts(paper) {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn parts(paper: &Paper) -> [(&'static str, String); 7] {
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let types = format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{kind}.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"{kind}.styles+xml\"/><Override PartName=\"/word/header1.xml\" ContentType=\"{kind}.header+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
    );
    let relations = |inner: &str| format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>");
    let relation = |id: &str, kind: &str, to: &str| format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{to}\"/>");
    let root = relation("rId1", &format!("{OFFICE}/officeDocument"), "word/document.xml")
        + &relation("rId2", &format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml");
    let inner = relation("rId1", &format!("{OFFICE}/styles"), "styles.xml") + &relation("rId2", &format!("{OFFICE}/header"), "header1.xml");
    let core = format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>",
        escape(&paper.name)
    );
    [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relations(&root)),
        ("word/document.xml", document(paper)),
        ("word/_rels/document.xml.rels", relations(&inner)),
        ("word/styles.xml", styles()),
        ("word/header1.xml", header()),
        ("docProps/core.xml", core),
    ]
}

fn styles() -> String {
    format!(
        "{XML}<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>"
    )
}

/// The number of the page, in the middle of the top margin; sections leave it out on their first page.
fn header() -> String {
    format!(
        "{XML}<w:hdr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p></w:hdr>"
    )
}

/// A4 upright; margins of 20 mm, 30 mm on the left, 15 mm on the right. Pages are counted anew.
const SECTION: &str = "<w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:type w:val=\"nextPage\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"851\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/><w:titlePg/>";

fn document(paper: &Paper) -> String {
    let mut body = Body::default();
    paper.draft_mark.iter().for_each(|mark| body.line("right", &run(mark, "<w:b/>")));
    body.frame(paper);
    body.title(&paper.kind, &paper.subject);
    paper.below_subject.iter().for_each(|below| body.line("center", &run(below, "<w:i/>")));
    paper.parts.iter().flat_map(|part| part.iter()).for_each(|block| body.block(block));
    paper.closing.iter().for_each(|closing| body.closing(closing));
    if let Some(Annex { title, subject, of, blocks }) = &paper.annex {
        body.0.push_str(&format!("<w:p><w:pPr><w:sectPr>{SECTION}</w:sectPr></w:pPr></w:p>"));
        body.title(title, subject);
        body.line("center", &run(of, "<w:i/>"));
        blocks.iter().for_each(|block| body.block(block));
    }
    format!("{XML}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><w:body>{}<w:sectPr>{SECTION}</w:sectPr></w:body></w:document>", body.0)
}

/// A text with its looks.
fn run(text: &str, looks: &str) -> String {
    format!("<w:r><w:rPr>{looks}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

fn paragraph(looks: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{looks}</w:pPr>{runs}</w:p>")
}

/// Font size in points; `w:sz` counts halves.
fn size(points: u32) -> String {
    format!("<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>", points * 2)
}

#[derive(Default)]
struct Body(String);

impl Body {
    fn line(&mut self, side: &str, runs: &str) {
        self.0.push_str(&paragraph(&format!("<w:jc w:val=\"{side}\"/>"), runs));
    }

    /// A paragraph of the text: its first line set in by 1 cm.
    fn text(&mut self, runs: &str) {
        self.0.push_str(&paragraph("<w:ind w:firstLine=\"567\"/><w:jc w:val=\"both\"/>", runs));
    }

    fn title(&mut self, kind: &str, subject: &str) {
        let runs = format!("{}<w:r><w:br/></w:r>{}", run(kind, ""), run(subject, ""));
        self.0.push_str(&paragraph("<w:pStyle w:val=\"Heading1\"/><w:spacing w:before=\"240\"/>", &runs));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { mark, title, .. } => self.0.push_str(&paragraph("<w:pStyle w:val=\"Heading2\"/>", &run(&marked(mark, title), ""))),
            Block::Subheading { text } => self.text(&run(text, "<w:b/>")),
            Block::Middle { text } => self.line("center", &run(text, "<w:b/>")),
            Block::Basis { text } => self.text(&run(text, "<w:i/>")),
            Block::Text { text } | Block::Note { text } => self.text(&run(text, "")),
            Block::Article { mark, text } => self.text(&(run(&format!("{mark} "), "<w:b/>") + &run(text, ""))),
            Block::Field { label, text, .. } => self.text(&run(&format!("{label}: {text}"), "")),
            Block::Point { mark, text, .. } => self.text(&run(&marked(mark, text), "")),
            Block::Table { columns, rows, .. } => self.table(columns, rows),
        }
    }

    /// A table whose head comes again on every page.
    fn table(&mut self, columns: &[Column], rows: &[Vec<String>]) {
        let width = |column: &Column| WIDTH * u32::from(column.share) / 100;
        let cell = |column: &Column, text: &str, side: &str, looks: &str| {
            let looks = format!("{looks}{}", size(13));
            let inner = paragraph(&format!("<w:spacing w:after=\"40\"/><w:jc w:val=\"{side}\"/>"), &run(text, &looks));
            format!("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{inner}</w:tc>", width(column))
        };
        let head: String = columns.iter().map(|column| cell(column, &column.title, "center", "<w:b/>")).collect();
        let grid: String = columns.iter().map(|column| format!("<w:gridCol w:w=\"{}\"/>", width(column))).collect();
        self.0.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/>{}<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            borders("single")
        ));
        self.0.push_str(&format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"));
        for row in rows {
            let cells: String =
                columns.iter().zip(row).map(|(column, text)| cell(column, text, if column.is_narrow { "center" } else { "left" }, "")).collect();
            self.0.push_str(&format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"));
        }
        self.0.push_str("</w:tbl>");
        self.0.push_str(&paragraph("", ""));
    }

    /// Two columns without lines.
    fn columns(&mut self, left: &str, right: &str, share: u32) {
        let cell = |width: u32, inner: &str| format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{inner}</w:tc>");
        let (first, second) = (WIDTH * share / 100, WIDTH - WIDTH * share / 100);
        self.0.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/>{}<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"{first}\"/><w:gridCol w:w=\"{second}\"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{}{}</w:tr></w:tbl>",
            borders("nil"),
            cell(first, left),
            cell(second, right)
        ));
    }

    fn frame(&mut self, paper: &Paper) {
        let line = |text: &str, looks: &str| paragraph("<w:spacing w:after=\"0\"/><w:jc w:val=\"center\"/>", &run(text, looks));
        let mut left: String = paper.superior.iter().map(|superior| line(superior, &size(12))).collect();
        left.push_str(&line(&paper.issuer, &format!("<w:b/>{}", size(12))));
        left.push_str(&line("–––––––", &size(12)));
        left.extend(paper.number.iter().map(|number| line(number, &size(13))));
        let mut right = line(COUNTRY, &format!("<w:b/>{}", size(12)));
        right.push_str(&line(MOTTO, &format!("<w:b/>{}<w:u w:val=\"single\"/>", size(13))));
        right.push_str(&line("", ""));
        right.extend(paper.place_and_date.iter().map(|place| line(place, &format!("<w:i/>{}", size(13)))));
        self.columns(&left, &right, 40);
    }

    fn closing(&mut self, closing: &Closing) {
        let Closing { title, recipients, authority, signer } = closing;
        let line = |side: &str, text: &str, looks: &str| paragraph(&format!("<w:spacing w:after=\"0\"/><w:jc w:val=\"{side}\"/>"), &run(text, looks));
        let mut left = line("left", title, &format!("<w:b/><w:i/>{}", size(12)));
        left.extend(recipients.iter().map(|recipient| line("left", recipient, &size(11))));
        let mut right: String = authority.iter().map(|words| line("center", words, "<w:b/>")).collect();
        // Room for the signature and the seal.
        right.extend((0..5).map(|_| line("center", "", "")));
        right.push_str(&line("center", signer.as_deref().unwrap_or(""), "<w:b/>"));
        self.columns(&left, &right, 50);
        self.0.push_str(&paragraph("", ""));
    }
}

fn borders(kind: &str) -> String {
    let sides = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let lines: String = sides.iter().map(|side| format!("<w:{side} w:val=\"{kind}\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>")).collect();
    format!("<w:tblBorders>{lines}</w:tblBorders>")
}
