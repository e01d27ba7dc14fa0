//! A browser that was switched off in the middle of writing may not open its databases at once: it repairs them first.

use super::Trouble;
use crate::engine::clock::sleep;

/// How long it is left alone before it is asked again, in milliseconds.
const PAUSES: [i32; 3] = [100, 400, 1_500];

/// Asks until there is an answer, or a failure that waiting does not cure, or as often as there are pauses.
pub(super) async fn patiently<T>(ask: impl AsyncFn() -> Result<T, Trouble>) -> Result<T, Trouble> {
    let mut pauses = PAUSES.into_iter();
    loop {
        match (ask().await, pauses.next()) {
            (Err(Trouble::Broken(_)), Some(pause)) => sleep(pause).await,
            (settled, _) => return settled,
        }
    }
}
