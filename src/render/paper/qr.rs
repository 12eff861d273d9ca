//! A QR code as SVG: one path, without a style or a script, so that a strict policy lets it in.

use anyhow::{Result, anyhow};
use fast_qr::qr::QRBuilder;
use fast_qr::{ECL, QRCode};

/// Modules that stay white around a code: ISO/IEC 18004.
const QUIET: usize = 4;

/// The code of an address, error correction level M. `alt` says what it is to those who do not see it.
pub fn svg(address: &str, alt: &str) -> Result<String> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().map_err(|error| anyhow!("không tạo được mã QR của {address}: {error:?}"))?;
    let side = code.size + 2 * QUIET;
    let label = crate::markdown::escape(alt);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"qr\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {side} {side}\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{}\"/></svg>",
        path(&code)
    ))
}

/// Dark modules, those that touch in a row as one bar.
fn path(code: &QRCode) -> String {
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let length = (column..code.size).take_while(|at| code[row][*at].value()).count();
            if length > 0 {
                path.push_str(&format!("M{} {}h{length}v1h-{length}z", column + QUIET, row + QUIET));
            }
            column += length.max(1);
        }
    }
    path
}
