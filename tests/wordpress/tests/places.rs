//! Where the tag stands: themes of blocks and classic ones, widgets, excerpts, feeds, the REST API, the editor.

use joint_events_wordpress::{
    BLOCK_THEME, CLASSIC_THEME, LIST, Publisher, inside, log, save, scripts, start_tag, tag, visit, visit_as,
};
use serde_json::json;

fn block(publisher: &Publisher) -> String {
    format!(
        "<!-- wp:joint-events/joint-events {} /-->",
        json!({"feed": publisher.feed()})
    )
}

#[test]
fn either_theme_shows_the_same_tag_and_one_script_with_its_hash() {
    let publisher = Publisher::with_list(LIST);
    for theme in [BLOCK_THEME, CLASSIC_THEME] {
        for content in [
            publisher.shortcode(""),
            block(&publisher),
            publisher.shortcode("").repeat(3),
        ] {
            let page = visit().theme(theme).see_content(&content);
            assert!(page.contains(theme), "{theme}");
            assert!(inside(&page).contains(">Gala</h3>"), "{theme}");
            let scripts = scripts(&page);
            assert_eq!(scripts.len(), 1, "{theme}");
            for part in [
                " type=\"module\"",
                " integrity=\"sha384-",
                " crossorigin=\"anonymous\"",
                " async",
                "/wp-content/plugins/joint-events/assets/joint-events.js",
            ] {
                assert_eq!(scripts[0].matches(part).count(), 1, "{theme}: {part}: {}", scripts[0]);
            }
            assert!(!scripts[0].contains("text/javascript"), "{theme}: {}", scripts[0]);
        }
    }
}

#[test]
fn the_lists_sheet_is_in_the_head_of_pages_with_a_tag_and_of_no_other() {
    let publisher = Publisher::with_list(LIST);
    for theme in [BLOCK_THEME, CLASSIC_THEME] {
        for content in [publisher.shortcode(""), block(&publisher)] {
            let page = visit().theme(theme).see_content(&content);
            let (head, body) = page.split_once("</head>").expect("a head");
            assert_eq!(head.matches("joint-events/assets/fallback.css").count(), 1, "{theme}");
            assert!(
                !body.contains("fallback.css") && !page.contains("editor.css"),
                "{theme}"
            );
        }
        assert!(
            !visit().theme(theme).see_content("x").contains("fallback.css"),
            "{theme}"
        );
    }
}

#[test]
fn another_script_is_taken_with_its_hash_and_never_without() {
    let post = save(
        "administrator",
        "[joint_events feed=https://feeds.example/feed.json list=none]",
    );
    let hash = format!("sha384-{}", "A".repeat(64));
    let other = "https://assets.example/1.0.0/joint-events.js";
    let page = visit()
        .with("settings", json!({"assets": other, "integrity": hash}))
        .see_post(&post);
    assert!(
        scripts(&page)[0].contains(&format!("src=\"{other}\""))
            || scripts(&page)[0].contains(&format!("src='{other}'")),
        "{:?}",
        scripts(&page)
    );
    assert!(scripts(&page)[0].contains(&format!("integrity=\"{hash}\"")));
    let page = visit()
        .with("settings", json!({"assets": other, "integrity": ""}))
        .see_post(&post);
    assert!(!page.contains(other), "{:?}", scripts(&page));
}

#[test]
fn a_widget_of_text_of_html_or_of_blocks_shows_the_tag_and_brings_the_script() {
    let publisher = Publisher::with_list(LIST);
    let raw = "<div><joint-events feed=\"https://feeds.example/feed.json\">x</joint-events></div>";
    for (class, settings) in [
        (
            "WP_Widget_Text",
            json!({"text": publisher.shortcode(""), "filter": true, "visual": true}),
        ),
        ("WP_Widget_Block", json!({"content": block(&publisher)})),
        (
            "WP_Widget_Block",
            json!({"content": format!("<!-- wp:shortcode -->{}<!-- /wp:shortcode -->", publisher.shortcode(""))}),
        ),
        ("WP_Widget_Custom_HTML", json!({"content": raw})),
        (
            "WP_Widget_Block",
            json!({"content": format!("<!-- wp:html -->{raw}<!-- /wp:html -->")}),
        ),
    ] {
        let page = visit()
            .theme(CLASSIC_THEME)
            .with("widget", json!([class, settings]))
            .see("/");
        assert!(
            inside(&page).contains("Gala") || inside(&page) == "x",
            "{class}: {page}"
        );
        assert_eq!(scripts(&page).len(), 1, "{class} {settings}");
    }
}

#[test]
fn an_excerpt_has_neither_list_nor_script() {
    let publisher = Publisher::with_list(LIST);
    for content in [
        publisher.shortcode(""),
        block(&publisher),
        "<joint-events feed=\"/f.json\">x</joint-events>".to_owned(),
    ] {
        let post = save("administrator", &format!("<p>Welcome</p>\n\n{content}"));
        let read = visit().post(&format!("/wp/v2/posts/{}&_method=GET", post.id), &json!({}));
        let excerpt = read["excerpt"]["rendered"].as_str().unwrap_or_default();
        assert!(
            excerpt.contains("Welcome") && !excerpt.contains("Gala") && !excerpt.contains("<joint-events"),
            "{excerpt}"
        );
    }
}

#[test]
fn a_feed_of_the_site_has_the_list_without_the_tag() {
    let publisher = Publisher::with_list(LIST);
    let post = save("administrator", &publisher.shortcode("lang=fr"));
    let feed = visit().see(&format!("/?feed=rss2&withoutcomments=1&p={}", post.id));
    assert!(
        feed.contains("<div lang=\"fr-CA\"><div class=\"joint-events-fallback\"><ul>"),
        "{feed}"
    );
    assert!(!feed.contains("<joint-events") && !feed.contains("<script"), "{feed}");
}

#[test]
fn the_rest_api_gives_the_tag_with_its_list() {
    let publisher = Publisher::with_list(LIST);
    for content in [publisher.shortcode(""), block(&publisher)] {
        let post = save("author", &content);
        let read = visit().post(&format!("/wp/v2/posts/{}&_method=GET", post.id), &json!({}));
        let rendered = read["content"]["rendered"].as_str().unwrap_or_default();
        assert!(inside(rendered).contains(">Gala</h3>"), "{}", tag(rendered));
    }
}

#[test]
fn the_editor_is_shown_what_the_page_will_show() {
    let publisher = Publisher::with_list(LIST);
    let route = "/wp/v2/block-renderer/joint-events/joint-events&context=edit";
    let attributes =
        json!({"attributes": {"feed": publisher.feed(), "past": true, "limit": 5, "event-language": "fr"}});
    let answer = visit_as("author").post(route, &attributes);
    let rendered = answer["rendered"].as_str().unwrap_or_else(|| panic!("{answer}"));
    assert!(
        start_tag(rendered).contains(" event-language=\"fr\" limit=\"5\" past>"),
        "{rendered}"
    );
    assert!(inside(rendered).contains(">Gala</h3>"));
    let empty = visit_as("author").post(route, &json!({"attributes": {}}));
    assert!(
        empty["rendered"]
            .as_str()
            .unwrap_or_default()
            .contains("name a feed here"),
        "{empty}"
    );
}

#[test]
fn nothing_of_the_plugin_complains() {
    for content in [
        "[joint_events]",
        "[joint_events feed]",
        "[joint_events feed=x lang= limit=x]x[/joint_events]",
        "<!-- wp:joint-events/joint-events {\"feed\":[1],\"past\":\"x\"} /-->",
    ] {
        visit().see_content(content);
    }
    let complaints = log("complaints.log");
    let own: Vec<&str> = complaints
        .lines()
        .filter(|line| line.contains("joint-events"))
        .collect();
    assert!(own.is_empty(), "{own:#?}");
}
