//! Questions on the terminal, one at a time: a default, and what is wrong before it is asked again.

use std::io::BufRead;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::source::exists;

/// Asks until `check` takes the answer. An empty answer is the default.
pub(super) fn ask<T>(text: &str, default: &str, check: impl Fn(&str) -> Result<T, String>) -> Result<T> {
    loop {
        tell!("{text} [{default}]:");
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line)? == 0 {
            bail!("đã dừng, chưa tạo tệp nào");
        }
        let answer = line.trim();
        match check(if answer.is_empty() { default } else { answer }) {
            Ok(taken) => return Ok(taken),
            Err(reason) => tell!("  chưa được: {reason}"),
        }
    }
}

/// The folder that will be made.
pub(super) fn folder() -> Result<PathBuf> {
    ask("Thư mục sẽ tạo", "trang-iso", |answer| match exists(&PathBuf::from(answer).join("content")) {
        true => Err(format!("{answer} đã có nội dung; ghi tên khác")),
        false => Ok(PathBuf::from(answer)),
    })
}
