//! Model: whole numbers as decimal digits. `core::fmt` and `FromStr` would weigh kilobytes in the binary.

/// Adds a number, with zeros before it where it has fewer digits than `least`.
pub(crate) fn push_decimal(text: &mut String, number: u32, least: u32) {
    if number > 9 || least > 1 {
        push_decimal(text, number / 10, least.saturating_sub(1));
    }
    text.extend(char::from_digit(number % 10, 10));
}

/// A number in words of its digits.
///
/// ```
/// assert_eq!(joint_events_model::decimal::decimal(404), "404");
/// ```
pub fn decimal(number: usize) -> String {
    let mut text = String::new();
    // No count of what stands in a feed comes near the greatest number.
    push_decimal(&mut text, u32::try_from(number).unwrap_or(u32::MAX), 1);
    text
}

/// The number of digits alone, one at least; `None` also for one that does not fit.
///
/// ```
/// assert_eq!(joint_events_model::decimal::whole("30"), Some(30));
/// assert_eq!(joint_events_model::decimal::whole("-1"), None);
/// ```
pub fn whole(digits: &str) -> Option<u32> {
    let first = digits.bytes().next().map(|_| 0_u32);
    digits.bytes().fold(first, |number, byte| {
        let digit = char::from(byte).to_digit(10)?;
        number?.checked_mul(10)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_digits_alone_is_no_number() {
        for text in ["", "+1", "-1", " 1", "1.0", "4294967296", "１"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_read_as_it_is_written(number in any::<u32>(), least in 0_u32..15) {
            let mut text = String::new();
            push_decimal(&mut text, number, least);
            prop_assert_eq!(whole(&text), Some(number));
            prop_assert_eq!(text, format!("{number:0least$}", least = least as usize));
        }
    }
}
