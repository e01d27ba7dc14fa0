//! Codes in pictures.

use rqrr::PreparedImage;

/// Bytes of a pixel: red, green, blue, opacity.
const PIXEL: usize = 4;

/// What the first readable code in a picture says. The picture is given line by line, [`PIXEL`] bytes for each pixel.
pub(super) fn code_in(width: usize, pixels: &[u8]) -> Option<String> {
    let height = (pixels.len() / PIXEL).checked_div(width)?;
    // Green alone is as good as brightness for what is printed black on white.
    let mut picture = PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[(y * width + x) * PIXEL + 1]);
    picture.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use qrcodegen::{QrCode, QrCodeEcc};

    use super::*;

    /// A code as a camera may see it: with a margin, grey for white, larger than a pixel for each module.
    fn seen(text: &str, scale: i32) -> (usize, Vec<u8>) {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).expect("short");
        let width = (code.size() + 8) * scale;
        let dark = |at: i32| code.get_module(at % width / scale - 4, at / width / scale - 4);
        let pixels = (0..width * width).flat_map(|at| [if dark(at) { 30 } else { 200 }; PIXEL]);
        (usize::try_from(width).expect("small"), pixels.collect())
    }

    #[test]
    fn a_code_is_read_out_of_a_picture() {
        let link = "https://sluice.example/#/join/3M8Z-QK4T-9XYA";
        let (width, pixels) = seen(link, 5);
        assert_eq!(code_in(width, &pixels).as_deref(), Some(link));
    }

    #[test]
    fn a_picture_without_a_code_says_nothing() {
        for (width, pixels) in [(0, vec![]), (40, vec![255; 40 * 40 * PIXEL]), (7, vec![0; 100])] {
            assert_eq!(code_in(width, &pixels), None);
        }
    }
}
