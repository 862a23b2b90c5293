//! The shortcode: what authors write, as WordPress and word processors leave it, and the tag that comes of it.

use joint_events_wordpress::{LIST, Publisher, inside, save, scripts, start_tag, tag, visit};
use serde_json::json;

/// The start tag of a shortcode whose feed is `https://feeds.example/v1/feed.json`, without a list.
#[track_caller]
fn written(attributes: &str) -> String {
    let page = visit().see_content(&format!(
        "[joint_events feed=\"https://feeds.example/v1/feed.json\" list=none {attributes}]"
    ));
    let (_, rest) = start_tag(&page)
        .split_once("feed.json\" lang=\"en-CA\"")
        .expect("the feed and the language");
    rest.trim_end_matches('>').trim_start().to_owned()
}

#[test]
fn the_shortcode_is_the_tag_with_its_attributes() {
    assert_eq!(
        written(
            "association=\"lso\" province=\"CA-QC CA-ON\" event-language=fr limit=5 heading-level=\"4\" color-scheme='dark'"
        ),
        "association=\"lso\" province=\"CA-QC CA-ON\" event-language=\"fr\" limit=\"5\" heading-level=\"4\" color-scheme=\"dark\""
    );
}

#[test]
fn names_may_have_underscores_and_capitals() {
    assert_eq!(
        written("Event_Language=fr HEADING_LEVEL=4"),
        "event-language=\"fr\" heading-level=\"4\""
    );
}

#[test]
fn a_boolean_attribute_is_on_by_its_name_alone_and_off_by_a_word() {
    assert_eq!(written("past"), "past");
    assert_eq!(written("past=\"\" remember=true"), "past remember");
    assert_eq!(written("past=false remember=\"non\""), "");
}

#[test]
fn an_unknown_attribute_is_not_printed() {
    assert_eq!(
        written("onclick=\"alert(1)\" style=x province=CA-QC link=https://example.org/"),
        "province=\"CA-QC\""
    );
}

#[test]
fn curly_quotes_and_no_break_spaces_are_no_part_of_a_value() {
    for value in [
        "“CA-QC CA-ON”",
        "”CA-QC CA-ON”",
        "″CA-QC CA-ON″",
        "«\u{a0}CA-QC CA-ON\u{a0}»",
        "‘CA-QC CA-ON’",
        "&#8220;CA-QC CA-ON&#8221;",
        "&quot;CA-QC CA-ON&quot;",
        "„CA-QC CA-ON“",
    ] {
        assert_eq!(
            written(&format!("province={value} past")),
            "province=\"CA-QC CA-ON\" past",
            "{value}"
        );
    }
    let page = visit().see_content("[joint_events feed=”https://feeds.example/feed.json” list=none]");
    assert!(
        start_tag(&page).starts_with("<joint-events feed=\"https://feeds.example/feed.json\" "),
        "{}",
        tag(&page)
    );
}

#[test]
fn an_ampersand_of_an_address_is_one_however_it_was_saved() {
    for written in ["a=1&b=2", "a=1&amp;b=2", "a=1&#038;b=2", "a=1&amp;amp;b=2"] {
        for role in ["administrator", "author"] {
            let content = format!("[joint_events feed=\"https://feeds.example/feed.json?{written}\" list=none]");
            let page = visit().see_post(&save(role, &content));
            let start = start_tag(&page);
            let one = ["?a=1&amp;b=2\"", "?a=1&#038;b=2\""]
                .into_iter()
                .any(|end| start.contains(end));
            assert!(one, "{written} of {role}: {start}");
        }
    }
}

#[test]
fn only_addresses_that_a_browser_fetches_are_feeds() {
    let page = visit()
        .see_content("[joint_events feed=\"javascript:alert(1) https://feeds.example/feed.json data:,x\" list=none]");
    assert!(
        start_tag(&page).contains(" feed=\"https://feeds.example/feed.json\" "),
        "{}",
        tag(&page)
    );
}

#[test]
fn without_a_feed_visitors_see_nothing_and_authors_are_told() {
    let post = save("administrator", "[joint_events]");
    let page = visit().see_post(&post);
    assert!(!page.contains("<joint-events") && scripts(&page).is_empty());
    assert!(!page.contains("name a feed here"));
    assert!(
        visit()
            .with("user", "author")
            .see_post(&post)
            .contains("name a feed here")
    );
}

#[test]
fn the_settings_feed_and_association_hold_where_the_shortcode_names_none() {
    let settings = json!({"feed": "https://feeds.example/feed.json", "association": "lso", "list": "none"});
    let visit = visit().with("settings", settings);
    let start = "<joint-events feed=\"https://feeds.example/feed.json\" lang=\"en-CA\" association=\"lso\">";
    assert_eq!(start_tag(&visit.see_content("[joint_events]")), start);
    assert!(
        start_tag(&visit.see_content("[joint_events association=bioquebec]")).contains("association=\"bioquebec\"")
    );
}

#[test]
fn the_tag_stands_in_a_div_on_one_line_with_the_list_in_another() {
    let publisher = Publisher::with_list(LIST);
    let page = visit().see_content(&publisher.shortcode(""));
    assert!(page.contains(&format!("<div>{}</div>", tag(&page))));
    assert!(!tag(&page).contains('\n'));
    assert!(
        inside(&page).starts_with("<div class=\"joint-events-fallback\"><ul>") && inside(&page).ends_with("</p></div>")
    );
}

#[test]
fn paragraphs_and_quotes_are_filtered_without_harm_to_the_tag() {
    let publisher = Publisher::with_list(LIST);
    let post = save(
        "administrator",
        &format!("Before\n\n{}\n\nAfter", publisher.shortcode("province=\"CA-QC\"")),
    );
    let plain = visit().see_post(&post);
    let start = start_tag(&plain).to_owned();
    assert!(
        !plain.contains("<p><div>") && !plain.contains("<p><joint-events"),
        "{}",
        tag(&plain)
    );
    let filtered = visit()
        .with("filters", json!(["wpautop", "wptexturize", "convert_smilies"]))
        .see_post(&post);
    assert_eq!(start_tag(&filtered), start);
    assert!(inside(&filtered).contains("<h3 dir=\"auto\">Gala</h3>"));
}

#[test]
fn what_stands_between_the_shortcodes_halves_is_the_fallback_where_there_is_no_list() {
    let publisher = Publisher::with_list("");
    let content = format!(
        "{}<p><a href=\"https://example.org/all\">All</a> <script>x</script>[/joint_events]",
        publisher.shortcode("")
    );
    let page = visit().see_content(&content);
    assert!(
        inside(&page).contains("<a href=\"https://example.org/all\">All</a>") && !tag(&page).contains("<script"),
        "{}",
        tag(&page)
    );
}
