//! What the site says of its visitor: `member-of` for users who are logged in, and nothing of anybody else.

use joint_events_wordpress::{save, start_tag, visit, visit_as};
use serde_json::json;

const SHORTCODE: &str = "[joint_events feed=https://feeds.example/feed.json list=none]";

/// The value of `member-of`, if it is printed, to the user of a role.
#[track_caller]
fn member_of(role: &str, members: serde_json::Value) -> Option<String> {
    let page = visit_as(role)
        .with("settings", json!({"members": members}))
        .see_content(SHORTCODE);
    let (_, rest) = start_tag(&page).split_once("member-of=\"")?;
    Some(rest.split('"').next().unwrap_or_default().to_owned())
}

#[test]
fn a_logged_in_user_is_a_member_of_the_associations_of_their_role() {
    let members = json!({"subscriber": "bioquebec lso", "editor": "none"});
    assert_eq!(
        member_of("subscriber", members.clone()).as_deref(),
        Some("bioquebec lso")
    );
    assert_eq!(member_of("editor", members.clone()).as_deref(), Some("none"));
    assert_eq!(member_of("author", members), None);
    assert_eq!(member_of("subscriber", json!({})), None);
}

#[test]
fn of_a_visitor_who_is_not_logged_in_nothing_is_said() {
    let members = json!({"members": {"subscriber": "bioquebec", "administrator": "lso"}});
    let visit = visit()
        .with("settings", members)
        .with("members", json!(["lso"]))
        .with("constants", true);
    let (_, cache, page) = visit.answer(&format!("/?p={}", save("administrator", SHORTCODE).id));
    assert!(!start_tag(&page).contains("member-of"), "{}", start_tag(&page));
    assert!(
        page.contains("DONOTCACHEPAGE no") && !cache.contains("no-cache"),
        "{cache}"
    );
}

#[test]
fn the_sites_own_code_decides_over_the_roles() {
    let post = save("administrator", SHORTCODE);
    for (answer, printed) in [
        (json!(["lso"]), " member-of=\"lso\""),
        (json!(["none"]), " member-of=\"none\""),
        (json!(["lso", "\"><script>", 5]), " member-of=\"lso\""),
        (json!([]), ""),
        (json!("lso"), ""),
    ] {
        let visit = visit_as("subscriber")
            .with("settings", json!({"members": {"subscriber": "bioquebec"}}))
            .with("members", answer.clone());
        let page = visit.see_post(&post);
        let expected = format!("<joint-events feed=\"https://feeds.example/feed.json\" lang=\"en-CA\"{printed}>");
        assert_eq!(start_tag(&page), expected, "{answer}");
    }
}

#[test]
fn what_an_author_says_of_all_readers_holds() {
    let visit = visit_as("subscriber").with("settings", json!({"members": {"subscriber": "bioquebec"}}));
    let page = visit.see_content("[joint_events feed=https://feeds.example/feed.json list=none member_of=none]");
    assert!(start_tag(&page).contains("member-of=\"none\""));
}

#[test]
fn a_page_that_says_of_a_user_is_kept_by_no_cache() {
    let visit = visit_as("subscriber")
        .with("settings", json!({"members": {"subscriber": "bioquebec"}}))
        .with("constants", true);
    let (_, cache, page) = visit.answer(&format!("/?p={}", save("administrator", SHORTCODE).id));
    assert!(page.contains("DONOTCACHEPAGE yes"));
    assert!(cache.contains("no-cache"), "{cache}");
}
