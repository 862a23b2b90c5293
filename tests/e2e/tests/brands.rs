//! End-to-end: colours that can be read whatever a feed or a brand brings, and a demo page for every name.
#![allow(missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

use joint_events_e2e::{ENGLISH, Page, dist, feed, html, json_answer, keeps};
use joint_events_loopback::{Response, folder};
use serde_json::{Value, json};

/// Around the wheel, dark, light, pale, neon, grey, black and white, as a feed may write them.
const COLOURS: &[&str] = &[
    "#000000", "#ffffff", "#808080", "#c0c0c0", "#404040", "#f8f8f8", "#111111", "#767676", "#ff0000", "#ff4000",
    "#ff8000", "#ffbf00", "#ffff00", "#bfff00", "#80ff00", "#00ff00", "#00ff80", "#00ffff", "#00bfff", "#0080ff",
    "#0040ff", "#0000ff", "#4000ff", "#8000ff", "#bf00ff", "#ff00ff", "#ff00bf", "#ff0080", "#800000", "#804000",
    "#808000", "#008000", "#008080", "#000080", "#800080", "#ffc0cb", "#fffacd", "#e0ffff", "#e6e6fa", "#98fb98",
    "#00587c", "#7a1f5c", "#00695c", "#8a4b08", "#2b4c9b",
];

/// `ratio(one, other)` of two computed colours, each painted, over the one given if it is not opaque.
const RATIO: &str = "const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true}); \
    const painted = (...colours) => { canvas.clearRect(0, 0, 1, 1); for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); } \
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); }; \
    const luminance = (rgb) => rgb.map((part) => part / 255).map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4) \
      .reduce((sum, part, index) => sum + part * [.2126, .7152, .0722][index], 0); \
    const ratio = (text, ...grounds) => { const [dark, light] = [luminance(painted(...grounds, text)), luminance(painted(...grounds))].sort((a, b) => a - b); \
      return (light + .05) / (dark + .05); };";

/// The places where the accent and other colours are read: what stands there, and on what.
const PLACES: &str = "const ground = [getComputedStyle(document.body).backgroundColor, style('.base').backgroundColor]; \
    const raised = [...ground, style('.choices').backgroundColor]; const register = style('[part~=register]'); \
    const read = {register: ratio(register.color, ...ground, register.backgroundColor), link: ratio(style('.card [part~=toggle]').color, ...ground), \
      raised: ratio(register.backgroundColor, ...raised), saving: ratio(style('[part~=saving]').color, ...ground)};";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A function body as an expression.
fn run(body: &str) -> String {
    format!("(() => {{ {RATIO} {body} }})()")
}

#[track_caller]
fn on_a_page(page: &Page, scheme: &str) {
    page.prefer(scheme);
    page.ask("document.documentElement.style.cssText = 'color-scheme: light dark'");
    page.ask("document.body.style.cssText = 'background: Canvas; color: CanvasText'");
}

#[test]
fn any_colour_that_a_feed_brings_can_be_read_in_light_and_in_dark() {
    assert!(COLOURS.len() >= 40);
    let mut feed: Value = serde_json::from_str(&feed("registration")).expect("a feed");
    let associations = feed["associations"].as_array_mut().expect("associations");
    let colours = COLOURS.iter().enumerate();
    associations.extend(
        colours.map(|(number, colour)| json!({"id": format!("c{number}"), "name": {"en": colour}, "color": colour})),
    );
    let page = Page::open(&ENGLISH.replace("lang=", "locked=\"member\" lang="), &feed.to_string());
    page.is_ready();
    let mut least = f64::INFINITY;
    for scheme in ["light", "dark"] {
        on_a_page(&page, scheme);
        for (number, colour) in COLOURS.iter().enumerate() {
            page.ask(&format!("(widget.association = 'c{number}', 0)"));
            page.shows(
                "root.querySelector('.base').style.getPropertyValue('--je-color').toLowerCase()",
                json!(colour),
            );
            let weakest = "return Object.entries(read).sort(([, one], [, other]) => one - other)[0];";
            let weakest = page.ask(&run(&format!("{PLACES} {weakest}")));
            let ratio = weakest[1].as_f64().expect("a ratio");
            assert!(ratio >= 4.5, "{colour} in {scheme}: {weakest}");
            least = least.min(ratio);
        }
    }
    keeps(
        "contrast",
        format_args!(
            "{least:.2} : 1 at least, of {} colours in light and dark",
            COLOURS.len()
        ),
    );
}

#[test]
fn the_accent_is_the_associations_own_colour_where_that_can_be_read() {
    let feed = feed("registration").replacen(
        "\"associations\": [{\"id\":",
        "\"associations\": [{\"color\": \"#7a1f5c\", \"id\":",
        1,
    );
    let page = Page::open(ENGLISH, &feed);
    page.is_ready();
    let id = page.ask("root.querySelector('[name=member]').value");
    page.ask(&format!("(widget.association = {id}, widget.colorScheme = 'light', 0)"));
    let painted = run("return painted(style('[part~=register]').backgroundColor)");
    // #7a1f5c, to the rounding of a conversion.
    page.shows(
        &format!("{painted}.every((part, index) => Math.abs(part - [122, 31, 92][index]) <= 1)"),
        json!(true),
    );
}

#[test]
fn each_brands_colours_can_be_read_in_light_and_in_dark() {
    for brand in ["bioquebec", "lso"] {
        let page = Page::open_site(move |request| match request.path.as_str() {
            "/" => {
                let sheet = format!("<link rel=\"stylesheet\" href=\"/style/brands/{brand}.css\">");
                let page = html(&[&sheet, ENGLISH].concat());
                Some(Response::text("text/html; charset=utf-8", page))
            }
            "/feed.json" => Some(json_answer(feed("registration"))),
            path => folder(&root(), path).filter(|_| path.starts_with("/style/")),
        });
        page.is_ready();
        for scheme in ["light", "dark"] {
            on_a_page(&page, scheme);
            let all = format!(
                "{PLACES} read.text = ratio(style('.base').color, ...ground); read.where = ratio(style('[part~=when]').color, ...ground); \
                 const of = (name) => {{ const node = root.querySelector('.base').appendChild(document.createElement('i')); \
                   node.style.color = `var(--joint-events-${{name}})`; const {{color}} = getComputedStyle(node); node.remove(); return color; }}; \
                 for (const name of ['accent', 'muted', 'danger', 'success', 'text']) {{ \
                   read[name] = ratio(of(name), ...ground); read[name + ' raised'] = ratio(of(name), ...raised); }} \
                 if (ratio(of('focus'), ...ground) < 3) read.focus = ratio(of('focus'), ...ground); \
                 return Object.entries(read).filter(([, ratio]) => !(ratio >= 4.5));"
            );
            assert_eq!(page.ask(&run(&all)), json!([]), "{brand} in {scheme}");
            let dark = run("return ratio('#fff', style('.base').backgroundColor) > 12");
            assert_eq!(page.ask(&dark), json!(scheme == "dark"), "{brand} in {scheme}");
            assert_eq!(page.violations(), json!([]), "{brand} in {scheme}");
        }
    }
}

#[test]
fn a_brand_sets_custom_properties_of_the_tag_and_nothing_else() {
    let manifest = manifest();
    let known = names(&manifest, "cssProperties");
    for brand in ["bioquebec", "lso"] {
        let sheet = fs::read_to_string(root().join(format!("style/brands/{brand}.css"))).expect("a sheet");
        let rules = sheet.split("*/").nth(1).unwrap_or_default();
        let body = rules
            .trim()
            .strip_prefix("joint-events {")
            .and_then(|rest| rest.strip_suffix('}'));
        let body = body.unwrap_or_else(|| panic!("{brand}: expected one rule for joint-events, found {rules}"));
        for line in body.split(';').map(str::trim).filter(|line| !line.is_empty()) {
            let name = line.split(':').next().unwrap_or_default();
            assert!(known.iter().any(|known| known == name), "{brand}: {name}");
            assert!(!line.contains("url("), "{brand}: {line}");
        }
    }
}

fn manifest() -> Value {
    let text = fs::read_to_string(root().join("custom-elements.json")).expect("a manifest");
    let manifest: Value = serde_json::from_str(&text).expect("a manifest");
    manifest["modules"][0]["declarations"][0].clone()
}

fn names(manifest: &Value, list: &str) -> Vec<String> {
    let entries = manifest[list].as_array().into_iter().flatten();
    entries
        .filter_map(|entry| entry["name"].as_str().map(str::to_owned))
        .collect()
}

/// The demo's folder beside the bundle, with the example's feed.
#[track_caller]
fn open_demo() -> Page {
    Page::open_site(|request| match request.path.as_str() {
        "/demo/feed.json" => Some(json_answer(sample())),
        path => folder(&root(), path),
    })
}

/// A feed with all that a page may show: the tests' own ones in one, and as many faults as there are.
fn sample() -> String {
    let mut all: Value = serde_json::from_str(&feed("registration")).expect("a feed");
    for name in ["cards", "prices", "filters"] {
        let more: Value = serde_json::from_str(&feed(name)).expect("a feed");
        for list in ["associations", "provinces", "themes", "events", "audiences"] {
            let Some(entries) = more[list].as_array() else { continue };
            if all[list].is_null() {
                all[list] = json!([]);
            }
            let known = all[list].as_array_mut().expect("a list");
            for entry in entries {
                if !known.iter().any(|other| other["id"] == entry["id"]) {
                    known.push(entry.clone());
                }
            }
        }
    }
    for association in all["associations"].as_array_mut().into_iter().flatten() {
        association["color"] = json!("#7a1f5c");
        association["joinUrl"] = json!({"en": "https://lso.example/membership"});
    }
    all.to_string()
}

/// Shows the page of a name, and waits for the widget in it.
#[track_caller]
fn show(page: &Page, kind: &str, name: &str) {
    page.ask(&format!(
        "(document.getElementById('stage').dataset.prepared = '', location.hash = '{kind}/{name}', 0)"
    ));
    page.shows("document.body.dataset.shown", json!(format!("{kind}/{name}")));
    page.shows("['ready', 'failed'].includes(widget?.status)", json!(true));
    page.shows(
        "document.getElementById('stage').dataset.prepared",
        json!(format!("{kind}/{name}")),
    );
}

/// What a custom property may change of each element, as one text.
const PRINT: &str = "[root.querySelector('.base'), ...root.querySelectorAll('.base *')].map((node) => getComputedStyle(node)) \
    .map((style) => ['color', 'background-color', 'border-bottom-color', 'border-left-color', 'border-top-left-radius', 'margin-bottom', \
      'padding-top', 'font-family', 'font-size', 'box-shadow'].map((name) => style.getPropertyValue(name)).join()).join('\\n')";

#[test]
fn every_part_has_a_demo_page_where_its_rule_is_seen() {
    let page = open_demo();
    page.go("/demo/name.html");
    for name in names(&manifest(), "cssParts") {
        show(&page, "part", &name);
        let outline = format!(
            "[...root.querySelectorAll('[part~=\"{name}\"]')].filter((node) => node.checkVisibility()).map((node) => getComputedStyle(node).outlineStyle)[0] ?? ''"
        );
        page.shows(&outline, json!("solid"));
        page.ask("document.getElementById('applied').click()");
        page.shows(&format!("({outline}) !== 'solid'"), json!(true));
    }
}

#[test]
fn every_custom_property_has_a_demo_page_where_it_changes_something() {
    let page = open_demo();
    page.go("/demo/name.html");
    for name in names(&manifest(), "cssProperties") {
        show(&page, "property", &name);
        if name.ends_with("-focus") {
            page.ask("root.querySelector('[part~=register]').focus({focusVisible: true})");
        }
        let with = page.ask(PRINT);
        page.ask("(document.getElementById('applied').click(), 0)");
        let without = page.ask(PRINT);
        assert_ne!(with, without, "{name}");
    }
}

#[test]
fn every_attribute_has_a_demo_page_where_it_changes_something() {
    let page = open_demo();
    page.go("/demo/name.html");
    for name in names(&manifest(), "attributes") {
        show(&page, "attribute", &name);
        let seen = match name.as_str() {
            // What is asked for, and what is kept, is no look.
            "feed" => "widget.feed",
            "remember" => "(root.querySelector('[name=member]').click(), Object.keys(sessionStorage).join())",
            "json-ld" => "widget.querySelectorAll('script').length",
            _ => "root.querySelector('.base').outerHTML",
        };
        if name == "json-ld" {
            page.shows(seen, json!(1));
        }
        let with = page.ask(seen);
        page.ask("(document.getElementById('applied').click(), 0)");
        if name == "remember" {
            page.shows("(sessionStorage.clear(), widget.remember)", json!(false));
        }
        let changes = format!("({{name: '{name}', changes: {seen} !== {with}}})");
        page.shows(&changes, json!({"name": name, "changes": true}));
        page.ask("sessionStorage.clear()");
    }
}

#[test]
fn every_event_has_a_demo_page_that_hears_it() {
    let page = open_demo();
    page.go("/demo/name.html");
    for name in names(&manifest(), "events") {
        show(&page, "event", &name);
        match name.rsplit(':').next() {
            Some("filter") => page.ask("root.querySelector('input[name=province]').click()"),
            Some("member") => page.ask("root.querySelector('input[name=member]').click()"),
            Some("register") => page.ask("root.querySelector('[part~=register]').click()"),
            Some("calendar") => {
                page.click("[part~=card] [part~=calendar]");
                page.ask("(addEventListener('click', (event) => event.preventDefault(), {once: true}), 0)");
                page.click(".calendar-menu :is(a, button)");
                Value::Null
            }
            _ => Value::Null,
        };
        page.shows("document.querySelectorAll('#log li').length > 0", json!(true));
    }
}

#[test]
fn the_demos_list_links_every_name_and_its_pages_are_accessible() {
    let page = open_demo();
    page.go("/demo/index.html");
    let manifest = manifest();
    let links = [
        ("attribute", "attributes"),
        ("property", "cssProperties"),
        ("part", "cssParts"),
        ("event", "events"),
    ];
    let links = links.iter().flat_map(|(kind, list)| {
        let names = names(&manifest, list).into_iter();
        names.map(move |name| format!("name.html#{kind}/{name}"))
    });
    let links = links.collect::<Vec<_>>();
    page.shows(
        "[...document.querySelectorAll('main a')].map((link) => link.getAttribute('href'))",
        json!(links),
    );
    for path in [
        "/demo/index.html",
        "/demo/name.html#part/rate",
        // With a query it is loaded: by its fragment alone it would be the page before, and the widget that is ready there.
        "/demo/name.html?1#event/joint-events:ready",
        "/demo/brands.html#lso",
        "/demo/frame.html",
        "/demo/address.html",
    ] {
        page.go(path);
        if path != "/demo/index.html" && path != "/demo/frame.html" {
            page.shows("widget?.status", json!("ready"));
        }
        for (scheme, width) in [("light", 320), ("dark", 1280)] {
            page.prefer(scheme);
            page.resize(width);
            page.shows("innerWidth", json!(width));
            // The paint of a part is the example's own, and may be anything.
            assert_eq!(page.violations(), json!([]), "{path}, {scheme}, {width} px");
            page.shows("document.documentElement.scrollWidth > innerWidth", json!(false));
        }
    }
    assert!(dist().join("custom-elements.json").exists());
}
