//! Numbers and lengths out of bytes that nobody vouches for.

use super::Limit;

/// Bytes that are read from the front.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next so many bytes.
    pub(crate) fn take(&mut self, count: u64) -> Result<&'a [u8], Limit> {
        let count = usize::try_from(count).map_err(|_| Limit::Cut)?;
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Limit::Cut)?;
        self.0 = rest;
        Ok(taken)
    }

    /// A LEB128 number from 0 on.
    pub(crate) fn unsigned(&mut self) -> Result<u64, Limit> {
        let (bits, _, last) = self.bits()?;
        if last > 1 { Err(Limit::Number) } else { Ok(bits) }
    }

    /// A LEB128 number with a sign.
    pub(crate) fn signed(&mut self) -> Result<i64, Limit> {
        let (bits, shift, last) = self.bits()?;
        match last {
            0 if shift < 64 && bits >> (shift - 1) == 1 => Ok((bits | (u64::MAX << shift)).cast_signed()),
            0 | 0x7f => Ok(bits.cast_signed()),
            _ => Err(Limit::Number),
        }
    }

    /// The bits of a number, how many were read, and the tenth byte, of which only one bit counts.
    fn bits(&mut self) -> Result<(u64, u32, u8), Limit> {
        let mut bits = 0;
        for shift in (0..70).step_by(7) {
            let byte = self.take(1)?[0];
            let low = byte & 0x7f;
            bits |= u64::from(low) << shift;
            if byte & 0x80 == 0 {
                return Ok((bits, shift + 7, if shift == 63 { low } else { 0 }));
            }
        }
        Err(Limit::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_were_written() {
        for (bytes, expect) in [
            (&[0x00][..], Ok(0)),
            (&[0x7f], Ok(127)),
            (&[0x80, 0x01], Ok(128)),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], Ok(u64::MAX)),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], Err(Limit::Number)),
            (&[0x80; 11], Err(Limit::Number)),
            (&[0x80], Err(Limit::Cut)),
        ] {
            assert_eq!(Reader(bytes).unsigned(), expect, "{bytes:?}");
        }
    }

    #[test]
    fn numbers_keep_their_sign() {
        for (bytes, expect) in [
            (&[0x00][..], Ok(0)),
            (&[0x3f], Ok(63)),
            (&[0x40], Ok(-64)),
            (&[0x7f], Ok(-1)),
            (&[0xbf, 0x7f], Ok(-65)),
            (&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f], Ok(i64::MIN)),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00], Ok(i64::MAX)),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], Err(Limit::Number)),
            (&[], Err(Limit::Cut)),
        ] {
            assert_eq!(Reader(bytes).signed(), expect, "{bytes:?}");
        }
    }
}
