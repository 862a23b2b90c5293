//! The language of the tag: its author's, the page's in Polylang or WPML, the site's.

use joint_events_wordpress::{Visit, inside, save, start_tag, visit};

/// The tag's language, and the word of its link.
#[track_caller]
fn language(visit: &Visit, own: &str) -> (String, bool) {
    let page = visit.see_content(&format!(
        "[joint_events feed=https://feeds.example/feed.json list=none link=https://example.org/ {own}]"
    ));
    let (_, rest) = start_tag(&page).split_once("lang=\"").expect("a language");
    let tag = rest.split('"').next().unwrap_or_default().to_owned();
    (tag, inside(&page).contains("Voir tous les événements"))
}

#[track_caller]
fn is_french(visit: &Visit, own: &str) {
    assert_eq!(language(visit, own), ("fr-CA".to_owned(), true));
}

#[track_caller]
fn is_english(visit: &Visit, own: &str) {
    assert_eq!(language(visit, own), ("en-CA".to_owned(), false));
}

#[test]
fn the_shortcode_decides_over_the_site() {
    for own in ["lang=fr", "lang=fr-CA", "lang=fr_FR", "lang=FR"] {
        is_french(&visit(), own);
    }
    is_english(&visit().with("locale", "fr_CA"), "lang=en");
    is_english(&visit().with("locale", "fr_CA"), "lang=frr");
}

#[test]
fn the_page_has_the_language_of_polylang_or_wpml() {
    is_french(&visit().with("polylang", "fr"), "");
    is_english(&visit().with("polylang", "en").with("locale", "fr_CA"), "");
    is_french(&visit().with("wpml", "fr"), "");
    is_english(&visit().with("wpml", "en").with("locale", "fr_CA"), "");
    is_french(&visit().with("wpml", "all").with("locale", "fr_CA"), "");
}

#[test]
fn without_either_the_sites_locale_decides() {
    is_english(&visit(), "");
    for locale in ["fr_CA", "fr_FR", "fr_BE"] {
        is_french(&visit().with("locale", locale), "");
    }
    is_english(&visit().with("locale", "de_DE"), "");
}

#[test]
fn the_plugins_own_words_are_french_in_every_french_locale() {
    let post = save("administrator", "[joint_events]");
    for locale in ["fr_CA", "fr_FR"] {
        let page = visit().with("user", "author").with("locale", locale).see_post(&post);
        assert!(
            page.contains("Événements communs\u{a0}: indiquez l’adresse d’un flux"),
            "{locale}"
        );
    }
}
