//! How much: a number without rounding, as a fraction in lowest terms.

use std::cmp::Ordering;
use std::fmt;

/// A number from nothing upwards, exact: `4.5` is 9/2, `2/3` is 2/3. A sign is not kept: whether something rose or fell is told by
/// the words beside it ("down 5%", "−5%").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    over: u128,
    under: u128,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self { over: 0, under: 1 };

    /// A whole number.
    #[must_use]
    pub const fn whole(number: u64) -> Self {
        Self { over: number as u128, under: 1 }
    }

    /// `over`/`under`; `None` when `under` is nothing.
    #[must_use]
    pub fn fraction(over: u128, under: u128) -> Option<Self> {
        let divisor = common_divisor(over, under);
        (under != 0).then(|| Self { over: over / divisor, under: under / divisor })
    }

    /// Reads `58`, `1,200`, `4.5`, `.5`, `-2100` (the sign is dropped), with any kind of narrow space between thousands;
    /// `None` for anything else and for more than 30 digits.
    #[must_use]
    pub fn read(digits: &str) -> Option<Self> {
        let digits = digits.trim_start_matches(['-', '+', '−']);
        let (mut over, mut under, mut seen, mut after_point) = (0_u128, 1_u128, 0_u32, false);
        for c in digits.chars() {
            match c {
                '0'..='9' => {
                    seen += 1;
                    if seen > 30 {
                        return None;
                    }
                    over = over.checked_mul(10)?.checked_add(u128::from(c.to_digit(10)?))?;
                    if after_point {
                        under = under.checked_mul(10)?;
                    }
                }
                '.' if !after_point => after_point = true,
                ',' | '\u{a0}' | '\u{202f}' | '\u{2009}' if !after_point => {}
                _ => return None,
            }
        }
        if seen == 0 { None } else { Self::fraction(over, under) }
    }

    /// Both together; `None` if that is too much to hold.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let over = self.over.checked_mul(other.under)?.checked_add(other.over.checked_mul(self.under)?)?;
        Self::fraction(over, self.under.checked_mul(other.under)?)
    }

    /// So many times as much; `None` if that is too much to hold.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Self::fraction(self.over.checked_mul(other.over)?, self.under.checked_mul(other.under)?)
    }

    /// This part of `whole`: 1 of 5 is 1/5; `None` for a part of nothing.
    #[must_use]
    pub fn of(self, whole: Self) -> Option<Self> {
        Self::fraction(self.over.checked_mul(whole.under)?, self.under.checked_mul(whole.over)?)
    }

    /// Whether `said` is this number, rounded as people round: to its last digit that is not 0, and of one such digit at most
    /// a twentieth off. 80,391 may be 80,000 and 1.25 be 1.3; 75 is neither 71 nor 80.
    #[must_use]
    pub fn rounds_to(self, said: Self) -> bool {
        self.rounded(said).unwrap_or_default()
    }

    fn rounded(self, said: Self) -> Option<bool> {
        let mut step = Self::whole(1);
        let mut digits = said;
        while !digits.is_whole() {
            (step, digits) = (step.of(Self::whole(10))?, digits.times(Self::whole(10))?);
            if step.under > 1_000_000_000 {
                return Some(self == said); // a third has no last digit
            }
        }
        while digits.over != 0 && digits.over.is_multiple_of(10) {
            (step, digits.over) = (step.times(Self::whole(10))?, digits.over / 10);
        }
        let (low, high) = if self < said { (self, said) } else { (said, self) };
        let near = high.times(Self::whole(2))? <= low.times(Self::whole(2))?.plus(step)?;
        let close = high.times(Self::whole(20))? <= low.times(Self::whole(21))?;
        Some(near && (digits.over > 9 || close))
    }

    /// Whether it is a whole number.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.under == 1
    }

    /// The whole number that it is, if it is one and not beyond all counting.
    #[must_use]
    pub fn as_whole(self) -> Option<u64> {
        if self.under == 1 { u64::try_from(self.over).ok() } else { None }
    }
}

fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Amount {
    /// By size. Whole parts are compared first, then what is left, upside down: no product can run over.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) = ((self.over, self.under), (other.over, other.under));
        let mut turned = false;
        loop {
            let order = (a.0 / a.1).cmp(&(b.0 / b.1));
            let (rest_a, rest_b) = (a.0 % a.1, b.0 % b.1);
            let order = match (order, rest_a, rest_b) {
                (Ordering::Equal, 0, 0) => Ordering::Equal,
                (Ordering::Equal, 0, _) => Ordering::Less,
                (Ordering::Equal, _, 0) => Ordering::Greater,
                (Ordering::Equal, _, _) => {
                    (a, b) = ((a.1, rest_a), (b.1, rest_b));
                    turned = !turned;
                    continue;
                }
                (order, _, _) => order,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl fmt::Display for Amount {
    /// `58`, `4.5`; what has no end as a decimal is written as a fraction, `2/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut decimals = 0;
        let mut scale = 1_u128;
        while !scale.is_multiple_of(self.under) {
            decimals += 1;
            let next = scale.checked_mul(10).filter(|_| decimals <= 9);
            let Some(next) = next else { return write!(f, "{}/{}", self.over, self.under) };
            scale = next;
        }
        let rest = (self.over % self.under) * (scale / self.under);
        match decimals {
            0 => write!(f, "{}", self.over),
            _ => write!(f, "{}.{rest:0decimals$}", self.over / self.under),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Amount {
        Amount::read(text).unwrap()
    }

    #[test]
    fn what_is_written_in_different_ways_is_the_same_amount() {
        for (a, b) in [
            ("1,200", "1200"),
            ("4.50", "4.5"),
            (".5", "0.5"),
            ("-2100", "2100"),
            ("1\u{202f}200", "1200"),
            ("58.0", "58"),
        ] {
            assert_eq!(read(a), read(b), "{a} {b}");
        }
        for none in ["", ".", "-", "1.2.3", "a", "1e9", &"9".repeat(31)] {
            assert_eq!(Amount::read(none), None, "{none}");
        }
    }

    #[test]
    fn amounts_are_shown_as_people_write_them() {
        let third = Amount::whole(1).of(Amount::whole(3)).unwrap();
        let shown: Vec<_> = [read("58"), read("4.50"), read("0.05"), third].iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["58", "4.5", "0.05", "1/3"]);
    }

    #[test]
    fn amounts_are_ordered_by_size_and_never_run_over() {
        let big = Amount::fraction(u128::MAX, 3).unwrap();
        let bigger = Amount::fraction(u128::MAX - 1, 2).unwrap();
        assert!(big < bigger);
        assert!(read("0.3") < Amount::fraction(1, 3).unwrap());
        assert!(Amount::fraction(2, 3).unwrap() < read("0.67"));
        assert!(Amount::ZERO < read("0.0001"));
        assert_eq!(bigger.times(bigger), None);
    }

    #[test]
    fn rounding_keeps_what_people_keep() {
        let rounds = |kept, said| read(kept).rounds_to(read(said));
        for (kept, said) in
            [("80391", "80,000"), ("1558", "1,560"), ("1.25", "1.3"), ("8.6", "9"), ("0", "0"), ("71", "71")]
        {
            assert!(rounds(kept, said), "{kept} can be {said}");
        }
        for (kept, said) in [("75", "71"), ("75", "80"), ("74", "70"), ("590", "600.5"), ("600", "590"), ("0", "1")] {
            assert!(!rounds(kept, said), "{kept} is not {said}");
        }
        let third = Amount::fraction(1, 3).unwrap();
        assert!(third.rounds_to(third) && !read("0.3").rounds_to(third));
    }
}
