//! View: an association's colour, made readable on light and on dark.

/// The least contrast of text (WCAG 2.2, success criterion 1.4.3), with room for rounding.
const LEAST: f64 = 4.6;
const WHITE: [f64; 3] = [1.0, 1.0, 1.0];
/// The sheet's own dark surface, `#1d2126`.
const DARK: [f64; 3] = [29.0 / 255.0, 33.0 / 255.0, 38.0 / 255.0];

/// The colour for a light and for a dark surface: the nearest mix with black or white that can be read on it.
///
/// ```
/// use joint_events::view::color::readable;
///
/// let (light, _) = readable("#FFE600").unwrap();
/// assert_ne!(light, "#ffe600", "yellow can't be read on white");
/// assert_eq!(readable("#00587C").unwrap().0, "#00587c");
/// ```
pub fn readable(color: &str) -> Option<(String, String)> {
    let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| {
        let octet = u8::from_str_radix(digits.get(at..at.checked_add(2)?)?, 16).ok()?;
        Some(f64::from(octet) / 255.0)
    };
    let color = [channel(0)?, channel(2)?, channel(4)?];
    Some((mixed(color, 0.0, WHITE), mixed(color, 1.0, DARK)))
}

/// The first of 21 mixes with black (0) or white (1) that stands out from the surface.
fn mixed(color: [f64; 3], toward: f64, surface: [f64; 3]) -> String {
    let mut mixes = (0..=20_u32).map(|step| {
        let share = f64::from(step) / 20.0;
        color.map(|channel| channel + (toward - channel) * share)
    });
    let readable = mixes.clone().find(|mix| contrast(*mix, surface) >= LEAST);
    hex(readable.or_else(|| mixes.next_back()).unwrap_or(color))
}

fn hex(color: [f64; 3]) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a channel is between 0 and 1"
    )]
    let [red, green, blue] = color.map(|channel| (channel * 255.0 + 0.5) as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if one > other { one / other } else { other / one }
}

/// Relative luminance. The polynomial is within 0.002 of the exact power, which would bring libm's into the binary.
fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    let linear = |channel: f64| channel * (channel * (channel * 0.305_306_011 + 0.682_171_111) + 0.012_522_878);
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
