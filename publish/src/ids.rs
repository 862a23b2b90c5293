//! Publish: ids that stay the same from one build to the next.

use joint_events_model::read::is_id;
use joint_events_model::text::fold;
use joint_events_model::time::Date;
use sha2::{Digest, Sha256};

/// The longest slug that leaves room for eight digits and a date in an id of 80.
const LONGEST_SLUG: usize = 62;

/// The source's own id if it fits, else a slug of it with eight hex digits of its SHA-256.
///
/// ```
/// use joint_events_publish::ids::id;
///
/// assert_eq!(id("forum-2027"), "forum-2027");
/// assert_eq!(id("Forum d’été"), "forum-d-ete-2877cf43");
/// ```
pub fn id(own: &str) -> String {
    if is_id(own) {
        return own.to_owned();
    }
    let mut slug = String::new();
    for character in fold(own).chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST_SLUG {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    let digest = Sha256::digest(own.as_bytes());
    let digits: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    if slug.is_empty() {
        digits
    } else {
        format!("{slug}-{digits}")
    }
}

/// The id of an occurrence of a series on a day.
///
/// ```
/// use joint_events_model::time::Date;
/// use joint_events_publish::ids::occurrence;
///
/// let day = Date { year: 2027, month: 3, day: 9 };
/// assert_eq!(occurrence("breakfast", day), "breakfast-20270309");
/// ```
pub fn occurrence(series: &str, day: Date) -> String {
    let stamp = day.to_string().replace('-', "");
    // A long id of the source's own still has to leave room for the day.
    let series = if series.len() > 71 {
        id(&format!("{series} "))
    } else {
        series.to_owned()
    };
    format!("{series}-{stamp}")
}

/// Whether an id is that of a thing of the source, or of one of its occurrences.
pub fn is_of(id: &str, own: &str) -> bool {
    id == own
        || id.strip_prefix(own).is_some_and(|rest| {
            rest.strip_prefix('-')
                .is_some_and(|day| day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_gives_an_id_that_leaves_room_for_a_day(text in "\\PC{0,200}") {
            let id = id(&text);
            prop_assert!(is_id(&id), "{id}");
            let day = Date { year: 2027, month: 3, day: 9 };
            let occurrence = occurrence(&id, day);
            prop_assert!(is_id(&occurrence), "{occurrence}");
        }
    }

    #[test]
    fn two_texts_with_one_slug_have_two_ids() {
        assert_ne!(id("Gala!"), id("Gala?"));
        assert!(id("Gala!").starts_with("gala-"));
    }

    #[test]
    fn an_occurrence_is_of_its_series() {
        assert!(is_of("gala-20270309", "gala"));
        assert!(is_of("gala", "gala"));
        assert!(!is_of("gala-2027", "gala"));
        assert!(!is_of("galaxy", "gala"));
    }
}
