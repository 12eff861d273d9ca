//! `congbo keygen`: a key to sign manifests with.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::Outcome;
use crate::cli::Keygen;
use crate::diagnostic::Lang;
use crate::output::{write_if_changed, write_secret};
use crate::signature::new_key;

/// Writes a new key and its public half; never over one that is there.
pub fn run(arguments: &Keygen, lang: Lang) -> Result<Outcome> {
    let file = &arguments.file;
    let mut name = file.clone().into_os_string();
    name.push(".pub");
    let public_file = PathBuf::from(name);
    ensure!(!public_file.exists(), "đã có {}; chọn tên khác", public_file.display());
    let (secret, public) = new_key()?;
    write_secret(file, &secret)?;
    write_if_changed(&public_file, &public)?;
    match lang {
        Lang::Vi => {
            tell!("đã tạo {} (giữ kín, không đưa lên mạng) và {} (công khai cho người kiểm tra)", file.display(), public_file.display());
            tell!("chữ ký này cho biết ai đã tạo trang; không phải chữ ký số theo Luật Giao dịch điện tử");
        }
        Lang::En => {
            tell!("wrote {} (keep it secret, never online) and {} (for everybody who checks)", file.display(), public_file.display());
            tell!("such a signature says who made the site; it is no electronic signature in the sense of the law");
        }
    }
    Ok(Outcome::Clean)
}
