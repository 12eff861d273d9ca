//! Static files of the theme, each with the print of its content in its name, so that a browser
//! may keep it for ever. The accent of the site goes into the stylesheet: the CSP forbids inline style.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::site::Site;
use crate::config::Config;
use crate::domain::slug;
use crate::output::OutputBody;
use crate::source::{Print, hex};
use crate::theme::Theme;

/// Folder of static files in the public site.
const FOLDER: &str = "tinh/";
/// The one stylesheet, below `static/` of a theme.
const STYLESHEET: &str = "style.css";

/// Writes all static files.
pub(super) fn write(site: &Site<'_>) -> Result<()> {
    for (name, bytes) in site.theme.static_files().filter(|(name, _)| *name != STYLESHEET) {
        site.write_bytes(printed(name, bytes), bytes.to_vec())?;
    }
    let (name, bytes) = stylesheet(site.theme, site.config)?;
    site.write_bytes(name, bytes)?;
    emblem_file(site)
}

/// Published name of the emblem, where the site has one.
pub(super) fn emblem(site: &Site<'_>) -> Option<String> {
    let emblem = site.config.emblem.as_ref()?;
    let attachment = site.register.attachments.get(emblem.path.as_str())?;
    let ending = emblem.path.rsplit('.').next()?;
    Some(format!("{FOLDER}emblem.{}.{}", &attachment.sha256[..8], slug(ending, 8)))
}

fn emblem_file(site: &Site<'_>) -> Result<()> {
    let Some((name, attachment)) = emblem(site).zip(site.config.emblem.as_ref().and_then(|emblem| site.register.attachments.get(emblem.path.as_str()))) else {
        return Ok(());
    };
    let key = Print::of_pieces(&[attachment.sha256.as_bytes()]);
    if site.wants(&name) && !site.reuse(&name, &key)? {
        site.write_file(name, OutputBody::Copy(attachment.path.clone()), &key)?;
    }
    Ok(())
}

/// Published name and content of the stylesheet.
pub(super) fn stylesheet(theme: &Theme, config: &Config) -> Result<(String, Vec<u8>)> {
    let (_, bytes) = theme.static_files().find(|(name, _)| *name == STYLESHEET).context("giao diện thiếu static/style.css")?;
    let mut css = bytes.to_vec();
    if let Some(accent) = &config.accent {
        let (light, dark) = (&accent.light, &accent.dark);
        css.extend_from_slice(
            format!("@media screen{{:root{{--accent:{light}}}}}@media screen and (prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}\n").as_bytes(),
        );
    }
    Ok((printed(STYLESHEET, &css), css))
}

/// `style.css` as `tinh/style.0a1b2c3d.css`.
fn printed(name: &str, bytes: &[u8]) -> String {
    let print = &hex(&Sha256::digest(bytes))[..8];
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{FOLDER}{stem}.{print}.{ending}"),
        None => format!("{FOLDER}{name}.{print}"),
    }
}
