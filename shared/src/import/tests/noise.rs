//! Files made of whatever breaks readers: every row is accounted for, and nothing panics.

use super::world::{decode, now, workspace};
use crate::id::BatchId;
use crate::import::{Table, guess, plan};

const SCRAPS: [&[u8]; 28] = [
    b",",
    b",",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b"\"",
    b"\"\"",
    b"1",
    b"-5",
    b"1,5",
    b"1.000",
    b"Won",
    b"Lost",
    b"2024-02-30",
    b"3/4/24",
    b"45632",
    "\u{4e07}".as_bytes(),
    "\u{e9}".as_bytes(),
    b"\xe9",
    b"\xff",
    "\u{feff}".as_bytes(),
    b"(",
    b"USD",
    b" ",
];

/// A small generator whose whole state is the seed, so that a failure can be replayed.
fn dice(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 40).unwrap_or(0)
}

#[test]
fn no_scraps_of_a_file_are_lost_or_stop_the_rest() {
    let workspace = workspace();
    for start in 0..3000_u64 {
        let mut seed = start;
        let mut bytes = b"Deal ID,Deal Name,Amount,Stage,Close Date\n".to_vec();
        for _ in 0..dice(&mut seed) % 80 {
            bytes.extend_from_slice(SCRAPS[dice(&mut seed) % SCRAPS.len()]);
        }
        let Ok(table) = Table::read(&bytes, decode) else { continue };
        let mapping = guess(&table, &workspace);
        if let Ok(plan) = plan(&workspace, &table, &mapping, BatchId::minted("noise"), now()) {
            let summary = plan.summary();
            assert_eq!(summary.rows, table.rows.len() + table.problems.len(), "seed {start}");
            assert_eq!(summary.rows, summary.created + summary.merged + summary.refused.len(), "seed {start}");
        }
    }
}
