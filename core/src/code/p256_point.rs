//! From a compressed P-256 point to the uncompressed one that `ring` takes (SEC 1, 2.3.4).
//!
//! Invariant: the result is a point of the curve. Works on public keys only, so it need not run in constant time.
//! Does no other curve arithmetic: `ring` verifies.

/// A field element in Montgomery form (times 2^256), least significant limb first, below [`P`].
type Element = [u64; 4];

/// p = 2^256 - 2^224 + 2^192 + 2^96 - 1 (FIPS 186-4, D.1.2.3).
const P: Element = [
    0xffff_ffff_ffff_ffff,
    0x0000_0000_ffff_ffff,
    0,
    0xffff_ffff_0000_0001,
];
/// 2^512 mod p: multiplying with it brings a number into Montgomery form.
const R_SQUARED: Element = [
    0x0000_0000_0000_0003,
    0xffff_fffb_ffff_ffff,
    0xffff_ffff_ffff_fffe,
    0x0000_0004_ffff_fffd,
];
/// The curve's b, plain.
const B: Element = [
    0x3bce_3c3e_27d2_604b,
    0x651d_06b0_cc53_b0f6,
    0xb3eb_bd55_7698_86bc,
    0x5ac6_35d8_aa3a_93e7,
];

/// The uncompressed form (`04 || x || y`) of a compressed point; none if there is no such point.
pub(super) fn decompress(compressed: &[u8; 33]) -> Option<[u8; 65]> {
    let want_odd = match compressed[0] {
        2 => false,
        3 => true,
        _ => return None,
    };
    let x = limbs(&compressed[1..])?;
    if !less_than(&x, &P) {
        return None;
    }
    let x = multiply(&x, &R_SQUARED);
    let b = multiply(&B, &R_SQUARED);
    // y^2 = x^3 - 3x + b
    let three_x = add(&add(&x, &x), &x);
    let cube = multiply(&multiply(&x, &x), &x);
    let y_squared = add(&subtract(&cube, &three_x), &b);
    let y = square_root(&y_squared)?;

    let mut y = multiply(&y, &[1, 0, 0, 0]);
    if (y[0] & 1 == 1) != want_odd {
        if y == [0; 4] {
            return None;
        }
        y = subtract(&P, &y);
    }
    let mut point = [0; 65];
    point[0] = 4;
    point[1..33].copy_from_slice(&compressed[1..]);
    for (out, limb) in point[33..].chunks_exact_mut(8).zip(y.iter().rev()) {
        out.copy_from_slice(&limb.to_be_bytes());
    }
    Some(point)
}

/// p = 3 mod 4, so a root of a square is its power (p + 1) / 4 = ((2^32 - 1) 2^32 + 1) 2^96 + 1) 2^94.
fn square_root(square: &Element) -> Option<Element> {
    let mut power = *square;
    for width in [1, 2, 4, 8, 16] {
        power = multiply(&square_times(&power, width), &power);
    }
    let power = multiply(&square_times(&power, 32), square);
    let power = multiply(&square_times(&power, 96), square);
    let root = square_times(&power, 94);
    (multiply(&root, &root) == *square).then_some(root)
}

fn square_times(value: &Element, times: u32) -> Element {
    (0..times).fold(*value, |power, _| multiply(&power, &power))
}

/// `a * b / 2^256 mod p`. The lowest limb of p is -1, so each round's multiplier is the lowest limb itself.
#[inline]
fn multiply(a: &Element, b: &Element) -> Element {
    let mut sum = [0_u64; 5];
    for &limb in a {
        let mut carry = 0;
        for (slot, &other) in sum.iter_mut().zip(b) {
            (*slot, carry) = multiply_add(limb, other, *slot, carry);
        }
        let (top, overflow) = sum[4].overflowing_add(carry);

        // Adding multiplier * p clears the lowest limb, which is then shifted out.
        let multiplier = sum[0];
        let carry = multiplier;
        let (first, carry) = multiply_add(multiplier, P[1], sum[1], carry);
        let (second, carry) = add_carry(sum[2], carry);
        let (third, carry) = multiply_add(multiplier, P[3], sum[3], carry);
        let (fourth, overflow_2) = top.overflowing_add(carry);
        sum = [
            first,
            second,
            third,
            fourth,
            u64::from(overflow) + u64::from(overflow_2),
        ];
    }
    reduce([sum[0], sum[1], sum[2], sum[3]], sum[4] != 0)
}

/// `a * b + c + d` as low and high limb; cannot overflow.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the low limb is meant")]
fn multiply_add(a: u64, b: u64, c: u64, d: u64) -> (u64, u64) {
    let wide = u128::from(a) * u128::from(b) + u128::from(c) + u128::from(d);
    (wide as u64, (wide >> 64) as u64)
}

#[inline]
fn add_carry(a: u64, b: u64) -> (u64, u64) {
    let (sum, overflow) = a.overflowing_add(b);
    (sum, u64::from(overflow))
}

#[inline]
fn add(a: &Element, b: &Element) -> Element {
    let mut sum = [0; 4];
    let mut carry = 0;
    for ((slot, &left), &right) in sum.iter_mut().zip(a).zip(b) {
        (*slot, carry) = multiply_add(left, 1, right, carry);
    }
    reduce(sum, carry != 0)
}

/// `a - b mod p`, also for `a = p`.
#[inline]
fn subtract(a: &Element, b: &Element) -> Element {
    let (difference, borrow) = subtract_plain(a, b);
    if borrow {
        let mut sum = [0; 4];
        let mut carry = 0;
        for ((slot, &left), &right) in sum.iter_mut().zip(&difference).zip(&P) {
            (*slot, carry) = multiply_add(left, 1, right, carry);
        }
        sum
    } else {
        difference
    }
}

/// A number below 2p, with its 257th bit apart, brought below p.
#[inline]
fn reduce(value: Element, high_bit: bool) -> Element {
    let (difference, borrow) = subtract_plain(&value, &P);
    if high_bit || !borrow {
        difference
    } else {
        value
    }
}

#[inline]
fn subtract_plain(a: &Element, b: &Element) -> (Element, bool) {
    let mut difference = [0; 4];
    let mut borrow = false;
    for ((slot, &left), &right) in difference.iter_mut().zip(a).zip(b) {
        let (partial, borrow_1) = left.overflowing_sub(right);
        let (partial, borrow_2) = partial.overflowing_sub(u64::from(borrow));
        *slot = partial;
        borrow = borrow_1 || borrow_2;
    }
    (difference, borrow)
}

fn less_than(a: &Element, b: &Element) -> bool {
    subtract_plain(a, b).1
}

/// 32 big-endian bytes as limbs.
fn limbs(bytes: &[u8]) -> Option<Element> {
    let mut out = [0; 4];
    for (slot, chunk) in out.iter_mut().rev().zip(bytes.chunks_exact(8)) {
        *slot = u64::from_be_bytes(chunk.try_into().ok()?);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use p256::elliptic_curve::sec1::{FromSec1Point, ToSec1Point};

    use super::decompress;

    /// The p256 crate's opinion.
    fn expected(compressed: &[u8; 33]) -> Option<[u8; 65]> {
        let point = p256::Sec1Point::from_bytes(compressed).ok()?;
        let key = Option::<p256::PublicKey>::from(p256::PublicKey::from_sec1_point(&point))?;
        key.to_sec1_point(false).as_bytes().try_into().ok()
    }

    #[test]
    fn agrees_with_the_p256_crate_on_points_and_on_no_points() {
        let mut found = 0;
        for seed in 0_u32..400 {
            let digest = <sha2::Sha256 as sha2::Digest>::digest(seed.to_be_bytes());
            for sign in [2, 3] {
                let mut compressed = [sign; 33];
                compressed[1..].copy_from_slice(&digest);
                let point = decompress(&compressed);
                assert_eq!(point, expected(&compressed), "seed {seed} sign {sign}");
                found += usize::from(point.is_some());
            }
        }
        // About half of all x have a point: both branches were walked.
        assert!((300..500).contains(&found), "{found}");
    }

    #[test]
    fn edges() {
        for x in [[0_u8; 32], [0xff; 32]] {
            let mut compressed = [2; 33];
            compressed[1..].copy_from_slice(&x);
            assert_eq!(decompress(&compressed), expected(&compressed));
        }
        // x = p is 0 written another way: refused.
        let mut compressed = [2; 33];
        let p = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
        compressed[1..].copy_from_slice(&data_encoding::HEXLOWER.decode(p.as_bytes()).unwrap());
        assert_eq!(decompress(&compressed), None);
        compressed[32] = 0xfe;
        assert_eq!(decompress(&compressed), expected(&compressed));
        assert_eq!(decompress(&[4; 33]), None);
    }
}
