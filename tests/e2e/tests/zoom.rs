//! End-to-end: a visitor who makes the page larger, spaces its text out, or touches it with a thumb.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, FRENCH, Page, feed, keeps};
use serde_json::json;

/// What is cut off, or stands outside of the page: nothing may.
const CUT: &str = "(() => { const shown = (node) => node.checkVisibility() && !node.closest('.visually-hidden'); \
    const wide = document.documentElement.scrollWidth > innerWidth ? [['page', document.documentElement.scrollWidth]] : []; \
    return [...wide, ...[...root.querySelectorAll('*')].filter(shown).filter((node) => { \
      const {left, right} = node.getBoundingClientRect(); const {overflowX, overflowY} = getComputedStyle(node); \
      const cut = (overflow, all, seen) => overflow !== 'visible' && all > seen + 1; \
      return left < -1 || right > innerWidth + 1 || cut(overflowX, node.scrollWidth, node.clientWidth) || cut(overflowY, node.scrollHeight, node.clientHeight); \
    }).map((node) => [node.localName + '.' + node.className, node.textContent.slice(0, 40)])]; })()";

/// Pairs of texts in a card that lie over each other.
const OVERLAPS: &str = "[...root.querySelectorAll('[part=card]')].flatMap((card) => { \
    const boxes = [...card.querySelectorAll('*')].filter((node) => node.checkVisibility() && !node.closest('.visually-hidden, table') \
      && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) \
      .map((node) => [node, [...node.getClientRects()]]); \
    return boxes.flatMap(([one, ones], place) => boxes.slice(place + 1).filter(([other, others]) => !one.contains(other) && ones.some((a) => others.some((b) => \
      a.left + 2 < b.right && b.left + 2 < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom))).map(([other]) => [one.textContent, other.textContent])); })";

#[track_caller]
fn with_all_open(tag: &str, name: &str) -> Page {
    let page = Page::open(tag, &feed(name));
    page.is_ready();
    page.ask("[...root.querySelectorAll('.card [part=toggle], .filters-toggle, [data-filter=theme] button')].map((button) => button.click())");
    page.shows(
        "seen('details').length === root.querySelectorAll('.card [part=toggle]').length",
        json!(true),
    );
    page
}

#[track_caller]
fn is_whole(page: &Page, how: &str) {
    assert_eq!(page.ask(CUT), json!([]), "{how}: cut off");
    assert_eq!(page.ask(OVERLAPS), json!([]), "{how}: over each other");
}

#[test]
fn at_four_hundred_percent_and_on_the_smallest_telephone_nothing_is_cut_off() {
    // 1280 px at 400 % are 320 (WCAG 2.2, 1.4.10).
    for tag in [FRENCH, ENGLISH] {
        for name in ["cards", "prices", "registration", "filters"] {
            let page = with_all_open(tag, name);
            page.resize(320);
            page.shows("innerWidth", json!(320));
            is_whole(&page, name);
        }
    }
    keeps("reflow", "0 elements cut off, 0 texts over each other");
}

#[test]
fn text_twice_as_large_is_not_cut_off() {
    // WCAG 2.2, 1.4.4: the page's own size is doubled, the window is not.
    for tag in [FRENCH, ENGLISH] {
        for width in [320, 768, 1280] {
            let page = with_all_open(tag, "prices");
            page.resize(width);
            page.shows("innerWidth", json!(width));
            page.ask("(document.documentElement.style.fontSize = '200%', 0)");
            page.shows("style('.base').fontSize", json!("32px"));
            is_whole(&page, &format!("{width} px"));
        }
    }
}

#[test]
fn text_that_is_spaced_out_is_not_cut_off() {
    // The values of WCAG 2.2, 1.4.12.
    const SPACED: &str = "(() => { const sheet = new CSSStyleSheet(); \
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }'); \
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]; })()";
    const THREE_FRAMES: &str =
        "(async () => { for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame); })()";
    for tag in [FRENCH, ENGLISH] {
        for width in [320, 768, 1280] {
            let page = with_all_open(tag, "prices");
            page.resize(width);
            page.shows("innerWidth", json!(width));
            // The widget sets its sheets once more, two frames after the list came.
            page.ask(THREE_FRAMES);
            page.shows("root.adoptedStyleSheets.length", json!(2));
            page.ask(SPACED);
            page.shows("style('[part=title]').wordSpacing !== '0px'", json!(true));
            is_whole(&page, &format!("{width} px"));
        }
    }
    keeps("spacing", "0 elements cut off, 0 texts over each other");
}

#[test]
fn whatever_can_be_pressed_is_large_enough_for_a_thumb() {
    // WCAG 2.2, 2.5.8: 24 px, but for links in a sentence; the way to register has 44 (2.5.5).
    const SMALL: &str = "[...root.querySelectorAll('button, a, input')].map((node) => node.closest('label') ?? node) \
        .filter((node) => node.checkVisibility() && !node.closest('.visually-hidden')).map((node) => { const {width, height} = node.getBoundingClientRect(); \
          const least = node.matches('[part~=register]') ? 44 : 24; \
          return [node.getAttribute('part') ?? node.className, Math.round(width), Math.round(height), least]; }) \
        .filter(([, width, height, least]) => width < Math.min(least, 24) || height < least)";
    for name in ["cards", "prices", "registration", "filters"] {
        for width in [320, 1280] {
            let page = with_all_open(FRENCH, name);
            page.resize(width);
            page.shows("innerWidth", json!(width));
            if name == "filters" {
                page.choose_province("CA-QC");
                page.shows("root.querySelectorAll('.chip').length", json!(1));
            }
            assert_eq!(page.ask(SMALL), json!([]), "{name}, {width} px");
        }
    }
    keeps("targets", "0 smaller");
}

#[test]
fn nothing_moves_by_itself() {
    // No setting of the visitor's is needed where nothing is animated (WCAG 2.2, 2.3.3). `je-seen` shows at once what waited.
    let page = with_all_open(ENGLISH, "cards");
    page.choose("organizer", "lso");
    let moving = "[...root.querySelectorAll('*')].filter((node) => { const {transitionDuration, animationName} = getComputedStyle(node); \
        return transitionDuration !== '0s' || animationName !== 'none'; }).map((node) => node.className)";
    page.shows(moving, json!([]));
    page.shows("root.getAnimations?.() ?? []", json!([]));
}
