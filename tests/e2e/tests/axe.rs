//! End-to-end: axe-core finds nothing, in any state, language, width and light.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, FRENCH, Page, feed};
use serde_json::json;

/// Looks at a page in light and dark, at three widths.
#[track_caller]
fn is_accessible(page: &Page) {
    for scheme in ["light", "dark"] {
        page.prefer(scheme);
        page.ask("document.documentElement.style.cssText = 'color-scheme: light dark; background: Canvas; color: CanvasText'");
        for width in [320, 768, 1280] {
            page.resize(width);
            page.shows("innerWidth", json!(width));
            assert_eq!(page.violations(), json!([]), "{scheme}, {width} px");
            let scrolls = "document.documentElement.scrollWidth > innerWidth";
            assert_eq!(page.ask(scrolls), json!(false), "{scheme}, {width} px: {scrolls}");
        }
    }
}

#[test]
fn the_list_is_accessible_in_both_languages() {
    for tag in [FRENCH, ENGLISH] {
        for name in ["cards", "prices", "registration"] {
            let page = Page::open(tag, &feed(name));
            page.is_ready();
            is_accessible(&page);
        }
    }
}

#[test]
fn open_details_facets_and_calendars_are_accessible() {
    for tag in [FRENCH, ENGLISH] {
        let page = Page::open(tag, &feed("cards"));
        page.is_ready();
        page.say_member_of("lso");
        page.choose("organizer", "lso");
        page.ask("[...root.querySelectorAll('[part=toggle], [data-filter=theme] button, #je-forum [part=calendar], .filters-toggle')].map((button) => button.click())");
        page.shows("seen('details').length", json!(6));
        is_accessible(&page);
    }
}

#[test]
fn no_result_no_event_and_no_feed_are_accessible() {
    for tag in [FRENCH, ENGLISH] {
        let page = Page::open(tag, &feed("filters"));
        page.is_ready();
        page.search("nothing like that");
        page.sees(&[]);
        is_accessible(&page);
        let empty =
            r#"{"format": "joint-events", "version": "1.0", "url": {"en": "https://lso.example/"}, "events": []}"#;
        let page = Page::open(tag, empty);
        page.shows("widget.status", json!("empty"));
        is_accessible(&page);
        let page = Page::open(tag, "<!doctype html>");
        page.shows("widget.status", json!("failed"));
        is_accessible(&page);
    }
}

#[test]
fn an_old_copy_is_accessible() {
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let page = Page::open_with(ENGLISH, move || {
        match turn.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0 => joint_events_e2e::json_answer(feed("filters")),
            _ => joint_events_loopback::Response::status(404),
        }
    });
    page.is_ready();
    page.ask("(widget.refresh(), 0)");
    page.shows("widget.status", json!("stale"));
    is_accessible(&page);
}
