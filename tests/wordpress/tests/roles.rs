//! Who may write what: roles with and without `unfiltered_html`, the shortcode, the block and the tag itself.

use joint_events_wordpress::{LIST, Publisher, Visit, inside, save, scripts, start_tag, tag, visit, visit_as};
use serde_json::json;

const ROLES: [&str; 3] = ["administrator", "editor", "author"];

const SNIPPET: &str = "<div><joint-events feed=\"https://feeds.example/feed.json?a=1&amp;b=2\" lang=\"fr-CA\" association=\"bioquebec\" member-of=\"lso\" province=\"CA-QC CA-ON\" past><a href=\"https://bioquebec.example/evenements\">Voir tous les événements</a></joint-events></div>\n<script type=\"module\" src=\"https://assets.example/1.0.0/joint-events.js\" integrity=\"sha384-x\" crossorigin async></script>";

fn plain(page: &str) -> String {
    start_tag(page).replace("&#038;", "&amp;")
}

#[test]
fn the_shortcode_is_the_same_tag_whoever_saved_it() {
    let publisher = Publisher::with_list(LIST);
    for role in ROLES {
        let page = visit().see_post(&save(role, &publisher.shortcode("province=\"CA-QC CA-ON\" past")));
        let start = format!(
            "<joint-events feed=\"{}\" lang=\"en-CA\" province=\"CA-QC CA-ON\" past>",
            publisher.feed()
        );
        assert_eq!(start_tag(&page), start, "{role}");
        assert_eq!(scripts(&page).len(), 1, "{role}");
    }
}

#[test]
fn the_block_is_the_same_tag_whoever_saved_it() {
    let publisher = Publisher::with_list(LIST);
    for role in ROLES {
        let attributes = json!({"feed": format!("{}?a=1&b=2", publisher.feed()), "province": "CA-QC CA-ON", "member-of": "lso", "limit": 5, "past": true, "remember": false, "align": "wide"});
        let page = visit().see_post(&save(
            role,
            &format!("<!-- wp:joint-events/joint-events {attributes} /-->"),
        ));
        let start = format!(
            "<joint-events feed=\"{}?a=1&amp;b=2\" lang=\"en-CA\" member-of=\"lso\" province=\"CA-QC CA-ON\" limit=\"5\" past>",
            publisher.feed()
        );
        assert_eq!(plain(&page), start, "{role}");
        assert!(
            page.contains("<div class=\"alignwide wp-block-joint-events-joint-events\"><joint-events"),
            "{role}"
        );
        assert!(inside(&page).contains(">Gala</h3>"), "{role}");
        assert_eq!(scripts(&page).len(), 1, "{role}");
    }
}

#[test]
fn a_pasted_tag_stays_and_its_script_comes_from_the_plugin_where_the_role_may_save_none() {
    for role in ["author", "contributor"] {
        let post = save(role, SNIPPET);
        assert!(!post.raw.contains("<script"), "{role}: {}", post.raw);
        let page = visit_as("administrator").see_post(&post);
        let start = SNIPPET.split_inclusive('>').nth(1).expect("the tag");
        assert_eq!(plain(&page), start, "{role}");
        assert!(
            inside(&page).contains("<a href=\"https://bioquebec.example/evenements\">"),
            "{role}"
        );
        assert_eq!(scripts(&page).len(), 1, "{role}");
    }
}

#[test]
fn what_an_administrator_pastes_is_untouched_but_for_the_script_that_is_brought_too() {
    let post = save("administrator", SNIPPET);
    assert_eq!(post.raw, SNIPPET);
    // The widget is defined once, by whichever comes first.
    assert_eq!(scripts(&visit().see_post(&post)).len(), 2);
}

#[test]
fn the_twin_div_passes_and_brings_the_script() {
    let twin = "<div data-joint-events data-feed=\"https://feeds.example/feed.json\" data-lang=\"fr\"><a href=\"https://example.org/\">Tous</a></div>";
    for role in ROLES {
        let page = visit().see_post(&save(role, twin));
        assert!(
            page.contains("data-joint-events") && page.contains("data-feed=\"https://feeds.example/feed.json\""),
            "{role}"
        );
        assert_eq!(scripts(&page).len(), 1, "{role}");
    }
}

#[test]
fn an_authors_tag_carries_no_handler_and_no_style() {
    let post = save(
        "author",
        "<joint-events feed=\"/feed.json\" onclick=\"alert(1)\" style=\"position:fixed\" id=\"events\" onfocus=x>x</joint-events>",
    );
    assert!(
        post.raw.starts_with("<joint-events feed=\"/feed.json\" id=\"events\">"),
        "{}",
        post.raw
    );
}

#[test]
fn a_hostile_value_stays_within_its_attribute() {
    let attributes = json!({"feed": "https://feeds.example/feed.json", "list": "none", "province": "\"><script>alert(1)</script><x y=\"", "theme": "[gallery]"});
    let escaped = attributes
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace("\\\"", "\\u0022");
    for role in ROLES {
        let page = visit().see_post(&save(
            role,
            &format!("<!-- wp:joint-events/joint-events {escaped} /-->"),
        ));
        assert!(!page.contains("<script>alert"), "{role}: {}", tag(&page));
        assert!(!tag(&page).contains("[gallery]"), "{role}");
    }
}

#[test]
fn a_page_without_a_tag_has_no_script() {
    let visits: [Visit; 2] = [visit(), visit().theme(joint_events_wordpress::CLASSIC_THEME)];
    let post = save("administrator", "<p>joint-events are near</p>");
    for visit in visits {
        assert!(scripts(&visit.see_post(&post)).is_empty());
    }
}
