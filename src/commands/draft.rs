//! `congbo draft`: the decision of declaration, or the written notice to the lead unit, as a draft to be signed.

use std::path::Path;

use anyhow::{Result, bail};

use super::Outcome;
use super::report::known_agency;
use super::surroundings::flags_on;
use crate::cli::{self, DraftFormat, DraftPaper};
use crate::output::write_file_whole;
use crate::pipeline;
use crate::render::{Draft, DraftKind, docx, markdown};
use crate::theme::Theme;

/// Prints or writes a draft. Problems of the content don't stand in its way: a declaration that is being prepared lacks
/// its number and date.
pub fn run(project: &Path, arguments: &cli::Draft) -> Result<Outcome> {
    let judged = pipeline::judge(project, flags_on(arguments.as_of)?)?;
    let theme = Theme::load(project, judged.config.theme.as_deref())?;
    let id = known_agency(&judged, &arguments.agency)?;
    let kind = match arguments.kind {
        DraftPaper::Decision => DraftKind::Decision,
        DraftPaper::Notice => DraftKind::Notice,
    };
    let Some(draft) = Draft::new(&judged.register, &judged.config, &theme, &id, kind)? else { bail!("không có cơ quan “{id}”") };
    let content = match arguments.format {
        DraftFormat::Md => markdown(&draft.paper).into_bytes(),
        DraftFormat::Html => draft.html.into_bytes(),
        DraftFormat::Docx => docx(&draft.paper)?,
    };
    match (&arguments.to, arguments.format) {
        (Some(file), _) => {
            write_file_whole(&project.join(file), &content)?;
            tell!("đã ghi dự thảo vào {}; điền số, ngày và ký theo thể thức", file.display());
        }
        (None, DraftFormat::Docx) => bail!("dạng docx phải ghi vào tệp: thêm  --to du-thao.docx"),
        (None, _) => say!("{}", String::from_utf8_lossy(&content).trim_end()),
    }
    Ok(Outcome::Clean)
}
