//! Publish: prices as people write them.

use joint_events_model::text::fold;
use joint_events_model::{Currency, Money};

use crate::draft::{Members, put};

/// What a price cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    /// So much; nothing for what is free.
    Amount(Money),
    /// Not announced yet.
    ToBeAnnounced,
}

/// The expectation that a problem names.
pub const PRICE: &str = "a price such as \"45,00 $\", \"CA$45\", \"45 USD\", \"Gratuit\" or \"à venir\"";

/// Reads a price in the row's currency; `None` for all that is not plainly one, `1,234` and `45.5` among it.
///
/// ```
/// use joint_events_model::{Currency, Money};
/// use joint_events_publish::import::money::{price, Price};
///
/// let dollars = |minor| Some(Price::Amount(Money { minor, currency: Currency::CAD }));
/// assert_eq!(price("1 234,50 $", Currency::CAD), dollars(123_450));
/// assert_eq!(price("Gratuit", Currency::CAD), dollars(0));
/// assert_eq!(price("25 ou 30 $", Currency::CAD), None);
/// ```
pub fn price(text: &str, currency: Currency) -> Option<Price> {
    let free = Price::Amount(Money { minor: 0, currency });
    match fold(text.trim()).as_str() {
        "gratuit" | "gratuite" | "free" => return Some(free),
        "a venir" | "tba" | "to be announced" => return Some(Price::ToBeAnnounced),
        _ => {}
    }
    let spaced: String = text
        .chars()
        .map(|character| if character.is_whitespace() { ' ' } else { character })
        .collect();
    let (currency, amount) = marked(spaced.trim(), currency)?;
    let decimal = decimal(amount.trim())?;
    Money::parse(&decimal, currency).map(Price::Amount)
}

/// The offer for everybody of an event whose cost says in a word that it is free; `0` alone may stand for unknown.
pub fn free(cost: &str, currency: Currency) -> Option<Members> {
    let in_words = cost.chars().any(char::is_alphabetic);
    let Some(Price::Amount(money)) = price(cost, currency).filter(|_| in_words) else {
        return None;
    };
    (money.minor == 0).then(|| {
        let mut offer = Members::new();
        put(&mut offer, "id", "public");
        put(&mut offer, "audience", "public");
        put(&mut offer, "price", money.decimal());
        put(&mut offer, "currency", money.currency.as_str());
        offer
    })
}

/// The currency that stands before or after an amount, else the row's own, and the amount.
fn marked(text: &str, currency: Currency) -> Option<(Currency, &str)> {
    const MARKS: &[(&str, &str)] = &[
        ("CA$", "CAD"),
        ("C$", "CAD"),
        ("US$", "USD"),
        ("$ CA", "CAD"),
        ("$ US", "USD"),
        ("$CA", "CAD"),
        ("$US", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
    ];
    for (mark, code) in MARKS {
        if let Some(amount) = text.strip_prefix(mark).or_else(|| text.strip_suffix(mark)) {
            return Some((Currency::new(code)?, amount));
        }
    }
    let dollars = ["CAD", "USD", "AUD", "NZD"].contains(&currency.as_str());
    let sign = text.strip_prefix('$').or_else(|| text.strip_suffix('$'));
    if let Some(amount) = sign {
        return dollars.then_some((currency, amount));
    }
    let letters = |part: Option<&str>| part.and_then(Currency::new);
    let last = text.len().saturating_sub(3);
    if let Some(named) = letters(text.get(last..)) {
        return Some((named, text.get(..last)?));
    }
    if let Some(named) = letters(text.get(..3)) {
        return Some((named, text.get(3..)?));
    }
    Some((currency, text))
}

/// The feed's decimal of digits with or without thousands and cents: thousands are parted by spaces, or by commas where
/// a point parts the cents.
fn decimal(amount: &str) -> Option<String> {
    let end = amount.len().saturating_sub(3);
    let (whole, cents) = match amount.split_at_checked(end) {
        Some((whole, cents)) if cents.starts_with(['.', ',']) => (whole, cents),
        _ => (amount, ""),
    };
    let separator = if cents.starts_with('.') && !whole.contains(' ') {
        ','
    } else {
        ' '
    };
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (1..=3).contains(&first.len());
    if !grouped || rest.iter().any(|group| group.len() != 3) {
        return None;
    }
    let digits: String = std::iter::once(first).chain(rest).collect();
    let cents = cents.get(1..).unwrap_or("00");
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(&digits) || !plain(cents) {
        return None;
    }
    let whole = digits.trim_start_matches('0');
    Some(format!("{}.{cents}", if whole.is_empty() { "0" } else { whole }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn reads(text: &str, minor: u32, code: &str) {
        let currency = Currency::new(code).unwrap();
        let expected = Some(Price::Amount(Money { minor, currency }));
        assert_eq!(price(text, Currency::CAD), expected, "{text}");
    }

    #[test]
    fn every_spelling_of_a_price_is_read_to_the_cent() {
        for text in [
            "45",
            "45.00",
            "45,00",
            "45,00 $",
            "45,00\u{a0}$",
            "45,00\u{202f}$",
            "45$",
            "$45",
            " 45 $ ",
        ] {
            reads(text, 4500, "CAD");
        }
        for text in [
            "1 234,50 $",
            "1\u{a0}234,50\u{a0}$",
            "1\u{202f}234,50 $",
            "1,234.50",
            "$1,234.50",
            "1234.50",
        ] {
            reads(text, 123_450, "CAD");
        }
        for text in ["CA$45", "CAD 45", "45 CAD", "45 $ CA"] {
            reads(text, 4500, "CAD");
        }
        for text in ["45 USD", "US$45", "45 $ US", "USD 45.00"] {
            reads(text, 4500, "USD");
        }
        reads("0", 0, "CAD");
        reads("0,00 $", 0, "CAD");
        for text in ["Gratuit", "FREE", "gratuite"] {
            reads(text, 0, "CAD");
        }
        reads("49,99 €", 4999, "EUR");
    }

    #[test]
    fn a_price_to_come_is_not_a_free_one() {
        for text in ["à venir", "À venir", "TBA", "a venir"] {
            assert_eq!(price(text, Currency::CAD), Some(Price::ToBeAnnounced), "{text}");
        }
    }

    #[test]
    fn what_is_not_plainly_a_price_is_refused() {
        for text in [
            "",
            "$",
            "-45",
            "45.5",
            "45,5",
            "1,234",
            "1.234,50",
            "12 34",
            "25-30",
            "25 ou 30 $",
            "dès 25 $",
            "45.000",
            "4 5",
            "1 23",
            "10000000",
            "45 XX",
            "n/a",
            "45,00,00",
            "1,23.45",
            "1 234.5",
            "45 $ 00",
            ",50",
            "１２",
        ] {
            assert_eq!(price(text, Currency::CAD), None, "{text}");
        }
        let euro = Currency::new("EUR").unwrap();
        assert_eq!(price("45 $", euro), None, "which dollars?");
    }

    proptest! {
        #[test]
        fn any_text_is_a_price_or_none(text in "\\PC{0,12}|[0-9 ,.$A-Z]{0,12}") {
            price(&text, Currency::CAD);
        }

        #[test]
        fn an_amount_is_read_back_from_both_spellings(minor in 0_u32..1_000_000_000) {
            let money = Money { minor, currency: Currency::CAD };
            prop_assert_eq!(price(&money.decimal(), Currency::CAD), Some(Price::Amount(money)));
            let french = format!("{} $", money.decimal().replace('.', ","));
            prop_assert_eq!(price(&french, Currency::CAD), Some(Price::Amount(money)));
        }
    }
}
