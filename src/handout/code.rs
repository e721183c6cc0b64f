//! An address as a QR code, drawn as SVG: black on white, so that it can be read from a copy of a copy.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// White around the code, in squares (ISO/IEC 18004).
const QUIET: i32 = 4;

/// The code of an address; none where it is too long for one.
#[must_use]
pub fn svg(address: &str) -> Option<String> {
    // few and large squares are read from a blurred copy sooner than many with more to mend them by; where the same number
    // of squares holds more, the encoder takes it
    let code = QrCode::encode_text(address, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let whole = size + 2 * QUIET;
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let length = (x..size).take_while(|x| code.get_module(*x, y)).count();
            let length = i32::try_from(length).unwrap_or(0);
            if length > 0 {
                // writing to a text cannot fail
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
            }
            x += length.max(1);
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" width=\"{whole}\" height=\"{whole}\">\
         <path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_the_squares_of_its_address_and_no_others() {
        let drawn = svg("https://example.org/").unwrap();
        // version 2 has 25 squares a side; the three big marks begin in its corners
        assert!(drawn.contains("viewBox=\"0 0 33 33\"") && drawn.contains("M4 4h7v1h-7z"), "{drawn}");
        assert_eq!(svg(&"x".repeat(5_000)), None);
    }
}
