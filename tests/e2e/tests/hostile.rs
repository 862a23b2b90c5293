//! End-to-end: the same widget whatever the page's style sheets and scripts do, and a page that it leaves alone.
#![allow(missing_docs)]

use std::fs;
use std::path::Path;

use joint_events_e2e::{Ability, ENGLISH, Page, SCRIPT, document, feed, html_answer, json_answer, keeps};
use serde_json::{Value, json};

/// Each part as it is drawn: where it stands in the widget, how large, and in what style.
const SEEN: &str = "(() => { const base = root.querySelector('.base').getBoundingClientRect(); \
    const styles = ['display', 'visibility', 'position', 'color', 'backgroundColor', 'backgroundImage', 'margin', 'padding', 'border', \
      'borderRadius', 'boxShadow', 'fontFamily', 'fontSize', 'fontWeight', 'fontStyle', 'lineHeight', 'letterSpacing', 'wordSpacing', \
      'textTransform', 'textAlign', 'textIndent', 'textDecorationLine', 'textShadow', 'whiteSpace', 'hyphens', 'direction', 'listStyle', \
      'opacity', 'cursor', 'transition', 'float', 'boxSizing', 'appearance', 'pointerEvents']; \
    return [...root.querySelectorAll('.base, .base *')].filter((node) => node.checkVisibility()).map((node) => { const style = getComputedStyle(node); \
      const box = node.getBoundingClientRect(); \
      return [node.localName + '.' + node.className, [box.x - base.x, box.y - base.y, box.width, box.height], \
        ...styles.map((name) => name + ': ' + style[name])]; }); })()";

/// How far boxes may be apart that are the same, in pixels: engines add lengths up as floats, from where the widget stands.
const NOISE: f64 = 0.01;

/// A page with something in its head, around the tag.
fn page(head: &str, body: &str) -> Page {
    let page = document(head, body);
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" => Some(json_answer(feed("prices").replace("\"25 $\"", "\"25.00\""))),
        _ => None,
    });
    page.is_ready();
    page
}

/// What of the widget differs from what it is in a page without any style, in a column as wide, with the same font and
/// colour of text: those are the page's to choose.
#[track_caller]
fn is_the_same(name: &str, head: &str, body: &str) {
    for width in [1280, 390] {
        let hostile = page(head, body);
        hostile.resize(width);
        hostile.shows("innerWidth", json!(width));
        visit(&hostile);
        hostile.picture(&format!("hostile-{name}-{width}"));
        let seen = hostile.ask(SEEN);
        let inherited = hostile.ask(
            "(() => { const style = getComputedStyle(widget); const box = root.querySelector('.base').getBoundingClientRect(); \
             return `width: ${box.width}px; font-family: ${style.fontFamily}; color: ${style.color}`; })()",
        );
        drop(hostile);
        let column = format!(
            "<style>body {{ margin: 0 }} main {{ {} }}</style>",
            inherited.as_str().unwrap_or_default()
        );
        let plain = page(&column, &format!("<main>{ENGLISH}</main>{SCRIPT}"));
        plain.resize(width);
        plain.shows("innerWidth", json!(width));
        visit(&plain);
        let expected = plain.ask(SEEN);
        assert_same(&format!("{name}, {width} px"), &expected, &seen);
    }
}

/// Opens what can be opened, so that all kinds of parts are there.
#[track_caller]
fn visit(page: &Page) {
    page.say_member_of("lso");
    page.click("#je-gala [part=toggle]");
    page.click("#je-gala [part=calendar]");
    page.shows("seen('details').length", json!(1));
    page.ask("(root.activeElement?.blur(), scrollTo(0, 0), 0)");
}

#[track_caller]
fn assert_same(name: &str, expected: &Value, seen: &Value) {
    let rows = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (expected, seen) = (rows(expected), rows(seen));
    assert!(
        expected.len() > 50,
        "{name}: expected a whole widget, found {}",
        expected.len()
    );
    assert_eq!(expected.len(), seen.len(), "{name}: elements");
    let differences: Vec<String> = expected
        .iter()
        .zip(&seen)
        .filter_map(|(one, other)| {
            let fields = rows(one).into_iter().zip(rows(other));
            let other: Vec<String> = fields
                .filter(|(one, other)| !is_same_field(one, other))
                .map(|(one, other)| format!("{one} → {other}"))
                .collect();
            (!other.is_empty()).then(|| format!("{}: {}", one[0], other.join(", ")))
        })
        .collect();
    assert!(differences.is_empty(), "{name}:\n{}", differences.join("\n"));
}

/// Whether two fields of a part are the same: boxes but for noise, all else to the letter.
fn is_same_field(one: &Value, other: &Value) -> bool {
    match (one.as_array(), other.as_array()) {
        (Some(one), Some(other)) => {
            let length = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
            let mut lengths = one.iter().zip(other);
            lengths.all(|(one, other)| (length(one) - length(other)).abs() <= NOISE)
        }
        _ => one == other,
    }
}

fn style_of(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
    let css = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    format!("<style>{css}</style>")
}

fn in_a_page() -> String {
    format!("<div class=\"container entry-content\"><h1>Events</h1>{ENGLISH}</div>{SCRIPT}")
}

#[test]
fn a_hard_reset_of_everything_leaves_the_widget_as_it_is() {
    is_the_same(
        "reset",
        "<style>*, *::before, *::after { all: unset !important } head, script { display: none !important }</style>",
        &in_a_page(),
    );
}

#[test]
fn what_a_page_registers_for_all_trees_leaves_the_widget_as_it_is() {
    let registered = ('a'..='z')
        .map(|letter| format!("@property --{letter} {{ syntax: '<angle>'; inherits: false; initial-value: 0deg }}"));
    let style = format!("<style>{}</style>", registered.collect::<String>());
    is_the_same("registered", &style, &in_a_page());
}

#[test]
fn bootstrap_leaves_the_widget_as_it_is() {
    is_the_same(
        "bootstrap-5",
        &style_of("node_modules/bootstrap/dist/css/bootstrap.min.css"),
        &in_a_page(),
    );
    is_the_same(
        "bootstrap-3",
        &style_of("node_modules/bootstrap3/dist/css/bootstrap.min.css"),
        &in_a_page(),
    );
}

#[test]
fn a_wordpress_theme_leaves_the_widget_as_it_is() {
    is_the_same("wordpress", &style_of("tests/pages/wordpress-theme.css"), &in_a_page());
}

#[test]
fn a_root_of_62_5_percent_and_all_that_is_inherited_leave_the_widget_as_it_is() {
    is_the_same("62.5", "<style>html { font-size: 62.5% }</style>", &in_a_page());
    is_the_same(
        "inherited",
        "<style>body { font: italic bold 30px/3 sans-serif; text-transform: uppercase; letter-spacing: 3px; word-spacing: 1em; \
         text-align: right; text-indent: 3em; text-shadow: 1px 1px red; white-space: pre; cursor: wait; list-style: square inside; \
         border-collapse: collapse; direction: rtl; hyphens: auto; quotes: none; tab-size: 1; font-variant: small-caps; line-break: anywhere; \
         word-break: break-all; writing-mode: horizontal-tb; text-wrap: nowrap; font-stretch: condensed; text-emphasis: dot; caret-color: red }</style>",
        &in_a_page(),
    );
}

#[test]
fn a_page_from_right_to_left_leaves_the_widget_as_it_is() {
    let body = in_a_page();
    is_the_same("rtl", "<script>document.documentElement.dir = 'rtl'</script>", &body);
    is_the_same(
        "rtl-tag",
        "",
        &body.replace("<joint-events ", "<joint-events dir=\"rtl\" "),
    );
    keeps("page-style", "0 differences");
}

#[test]
fn a_flex_or_grid_page_gives_the_widget_its_column() {
    for layout in [
        "display: flex",
        "display: grid",
        "display: flex; flex-direction: column; align-items: center",
        "columns: 1",
    ] {
        let page = page(
            &format!("<style>main {{ {layout} }}</style>"),
            &format!("<main>{ENGLISH}</main>{SCRIPT}"),
        );
        page.shows(
            "root.querySelector('.base').getBoundingClientRect().width >= 256",
            json!(true),
        );
        page.shows("document.documentElement.scrollWidth <= innerWidth", json!(true));
    }
}

#[test]
fn a_column_of_256_pixels_is_wide_enough() {
    let page = page("", &format!("<div style=\"width: 256px\">{ENGLISH}</div>{SCRIPT}"));
    visit(&page);
    page.click(".filters-toggle");
    page.picture("hostile-256");
    let wider = "[...root.querySelectorAll('.base *')].filter((node) => node.checkVisibility() && !node.closest('.visually-hidden') && \
        (node.getBoundingClientRect().right > root.querySelector('.base').getBoundingClientRect().right + 1 || node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 1 && getComputedStyle(node).display !== 'inline')).map((node) => node.className)";
    page.shows(wider, json!([]));
    page.shows("root.querySelector('.base').getBoundingClientRect().width", json!(256));
}

#[test]
fn on_paper_stand_events_prices_and_addresses_and_no_controls() {
    let dark = "<style>:root { color-scheme: dark; background: #111; color: #eee }</style>";
    let page = page(dark, &in_a_page());
    if !page.can(Ability::Print, "what stands on paper") {
        return;
    }
    page.print();
    page.shows("matchMedia('print').matches", json!(true));
    page.picture("hostile-print");
    page.shows(
        "[...root.querySelectorAll('input, button, [part=register], [part=search]')].filter((node) => node.checkVisibility()).length",
        json!(0),
    );
    page.shows(
        "card('gala').querySelector('[part=amount]').checkVisibility()",
        json!(true),
    );
    page.shows(
        "card('gala').querySelector('[part=title]').checkVisibility()",
        json!(true),
    );
    page.shows("style('.base').color", json!("rgb(0, 0, 0)"));
    page.shows("style('.base').backgroundColor", json!("rgb(255, 255, 255)"));
}

#[test]
fn a_widget_in_a_panel_that_is_hidden_is_hidden_and_in_nobodys_way() {
    let page = page(
        "",
        &format!("<div style=\"visibility: hidden; pointer-events: none\">{ENGLISH}</div>{SCRIPT}"),
    );
    page.shows("card('gala').checkVisibility({visibilityProperty: true})", json!(false));
    page.shows(
        "style('[part=register], .card [part=toggle]').pointerEvents",
        json!("none"),
    );
    page.ask("(widget.parentElement.style.visibility = 'visible', widget.parentElement.style.pointerEvents = '', 0)");
    page.shows("card('gala').checkVisibility({visibilityProperty: true})", json!(true));
    page.shows("style('.card [part=toggle]').pointerEvents", json!("auto"));
}

/// Notes what changes outside of the tag, and who listens to the window, the document and what is around the tag.
/// The driver's own `ret_nodes` is let off.
const SPIES: &str = "<script>window.touched = []; window.listening = [];
const name = (target) => target === window ? 'window' : target.nodeName ?? target.constructor.name;
const watched = (target) => target === window || target === document || target instanceof Element && target.contains(document.querySelector('joint-events'));
const {addEventListener, removeEventListener} = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, ...rest) {
  const target = this ?? window; if (watched(target) && target.localName !== 'joint-events') listening.push(name(target) + ' ' + type);
  return addEventListener.call(target, type, ...rest); };
EventTarget.prototype.removeEventListener = function (type, ...rest) {
  const target = this ?? window; const place = listening.indexOf(name(target) + ' ' + type); if (place >= 0) listening.splice(place, 1);
  return removeEventListener.call(target, type, ...rest); };
window.spy = () => { listening.length = 0; window.globals = Object.keys(window);
  new MutationObserver((records) => { for (const {target, type, attributeName} of records) touched.push([type, target.nodeName, attributeName].filter(Boolean).join(' ')); })
    .observe(document, {childList: true, subtree: true, attributes: true, characterData: true}); };</script>";

#[test]
fn nothing_outside_of_the_tag_is_changed_listened_to_or_left_behind() {
    let body = format!("<main id=\"around\"><h1>Events</h1>{ENGLISH}</main>");
    let spied = "<script>addEventListener('load', () => { const script = document.createElement('script'); script.type = 'module'; \
        script.src = '/joint-events.js'; document.head.append(script); spy(); })</script>";
    let page = page(&format!("{SPIES}{spied}"), &body);
    visit(&page);
    page.click("[data-filter=organizer] button");
    page.choose("organizer", "bioquebec");
    page.search("gala");
    page.shows("heard.at(-1)[0]", json!("filter"));
    page.click("#je-gala .calendar-menu button");
    page.shows("files.length", json!(1));
    page.click("#je-gala [part=register]");
    page.shows("touched.filter((change) => change !== 'childList HEAD')", json!([]));
    page.shows(
        "Object.keys(window).filter((name) => ![...globals, 'globals', 'ret_nodes'].includes(name))",
        json!([]),
    );
    page.shows(
        "listening.filter((listener) => !listener.endsWith(' click'))",
        json!([]),
    );
    page.ask("(window.kept = widget, widget.remove(), 0)");
    page.shows("kept.shadowRoot.querySelector('.base').childNodes.length", json!(0));
    page.shows("[faults, said]", json!([[], []]));
    keeps("outside", "0 changes, 0 listeners but for a click, 0 globals");
}
