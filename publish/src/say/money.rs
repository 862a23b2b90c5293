//! Publish: money in French and English, as the browser's `Intl` prints it.

use joint_events_model::Money;
use joint_events_words::strings::Language;

/// An amount: whole ones without cents.
///
/// ```
/// use joint_events_model::{Currency, Money};
/// use joint_events_publish::say::money;
/// use joint_events_words::strings::Language;
///
/// let amount = Money { minor: 123_450, currency: Currency::CAD };
/// assert_eq!(money(Language::French, amount), "1\u{a0}234,50\u{a0}$");
/// assert_eq!(money(Language::English, amount), "$1,234.50");
/// ```
pub fn money(language: Language, money: Money) -> String {
    let (units, cents) = (money.minor / 100, money.minor % 100);
    let (group, point) = match language {
        Language::French => ('\u{a0}', ','),
        Language::English => (',', '.'),
    };
    let mut amount = grouped(units, group);
    if cents > 0 {
        amount.push_str(&format!("{point}{cents:02}"));
    }
    let code = money.currency.as_str();
    match (language, code) {
        (Language::French, "CAD") => format!("{amount}\u{a0}$"),
        (Language::French, "USD") => format!("{amount}\u{a0}$\u{a0}US"),
        (Language::French, "EUR") => format!("{amount}\u{a0}€"),
        (Language::French, "GBP") => format!("{amount}\u{a0}£"),
        (Language::French, code) => format!("{amount}\u{a0}{code}"),
        (Language::English, "CAD") => format!("${amount}"),
        (Language::English, "USD") => format!("US${amount}"),
        (Language::English, "EUR") => format!("€{amount}"),
        (Language::English, "GBP") => format!("£{amount}"),
        (Language::English, code) => format!("{code}\u{a0}{amount}"),
    }
}

fn grouped(units: u32, separator: char) -> String {
    let digits = units.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        let rest = digits.len().saturating_sub(place);
        if place > 0 && rest.is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// An amount, or the word for none.
pub fn price(language: Language, amount: Option<Money>) -> String {
    let strings = language.strings();
    match amount {
        None => strings.to_be_announced.to_owned(),
        Some(amount) if amount.minor == 0 => strings.free.to_owned(),
        Some(amount) => money(language, amount),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use joint_events_model::Currency;

    #[test]
    fn amounts_read_as_in_the_browser() {
        for (minor, code, french, english) in [
            (49_500, "CAD", "495\u{a0}$", "$495"),
            (4_950, "CAD", "49,50\u{a0}$", "$49.50"),
            (123_456_700, "CAD", "1\u{a0}234\u{a0}567\u{a0}$", "$1,234,567"),
            (4_550, "USD", "45,50\u{a0}$\u{a0}US", "US$45.50"),
            (4_500, "EUR", "45\u{a0}€", "€45"),
            (1_200, "CHF", "12\u{a0}CHF", "CHF\u{a0}12"),
        ] {
            let amount = Money {
                minor,
                currency: Currency::new(code).unwrap(),
            };
            assert_eq!(money(Language::French, amount), french);
            assert_eq!(money(Language::English, amount), english);
        }
    }
}
