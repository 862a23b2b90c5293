//! End-to-end: the page of the product, and the builder that writes what is pasted into a site.
#![allow(missing_docs)]

use std::path::{Path, PathBuf};

use joint_events_e2e::key::{ENTER, SPACE, TAB};
use joint_events_e2e::{Page, feed, json_answer};
use joint_events_loopback::{Request, Response, folder};
use serde_json::{Value, json};

const PAGES: [&str; 2] = ["/index.html", "/en.html"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The project's folder as any server would give it, with a feed where the demo's is.
fn files(request: &Request) -> Option<Response> {
    match request.path.as_str() {
        "/demo/feed.json" => Some(json_answer(feed("filters").replacen(
            "{\"id\": \"bioquebec\", \"name\": {\"fr\": \"BIOQuébec\"}",
            "{\"id\": \"bioquebec\", \"name\": {\"fr\": \"BIOQuébec\"}, \"url\": {\"fr\": \"https://bioquebec.example/\"}, \"color\": \"#00587c\"",
            1,
        ))),
        path => folder(&root(), path),
    }
}

#[track_caller]
fn open(path: &str) -> Page {
    let page = Page::open_site(files);
    page.go(path);
    is_built(&page);
    page
}

#[track_caller]
fn is_built(page: &Page) {
    page.shows(
        "document.querySelectorAll('[data-choices=theme] input').length",
        json!(2),
    );
    page.shows("document.getElementById('html').textContent !== ''", json!(true));
}

/// Sets a control of the form as a reader does.
#[track_caller]
fn set(page: &Page, name: &str, value: &str) {
    page.ask(&format!(
        "(() => {{ const value = {}; const controls = [...document.querySelectorAll('#choices [name=\"{name}\"]')]; \
         const box = controls.find((control) => control.type === 'checkbox' && (control.value === value || controls.length === 1)); \
         const control = box ?? controls[0]; if (box) box.checked = !box.checked; else control.value = value; \
         for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, {{bubbles: true}})); }})()",
        json!(value)
    ));
}

#[track_caller]
fn text(page: &Page, id: &str) -> String {
    let text = page.ask(&format!("document.getElementById('{id}').textContent"));
    text.as_str().unwrap_or_default().to_owned()
}

#[test]
fn both_associations_embeds_are_shown_each_in_its_language() {
    for path in PAGES {
        let page = open(path);
        page.ask("(document.getElementById('demo').scrollIntoView(), 0)");
        page.shows(
            "[...document.querySelectorAll('joint-events:not(#preview)')].map((tag) => [tag.association, tag.status, \
             tag.shadowRoot.querySelector('[part=search]')?.placeholder, tag.shadowRoot.querySelectorAll('[part=card]').length]).sort()",
            json!([["bioquebec", "ready", "Rechercher", 3], ["lso", "ready", "Search", 3]]),
        );
    }
}

#[test]
fn only_what_differs_from_the_default_is_written() {
    let page = open("/index.html");
    let (origin, feed) = (page.origin(), format!("{}/demo/feed.json", page.origin()));
    let integrity =
        page.ask("document.getElementById('html').textContent.match(/integrity=\"(sha384-[^\"]{64})\"/)[1]");
    let integrity = integrity.as_str().unwrap_or_default();
    assert_eq!(
        text(&page, "html"),
        format!(
            "<div><joint-events feed=\"{feed}\" association=\"bioquebec\"><a href=\"https://bioquebec.example/\">Voir tous les événements</a></joint-events></div>\n\
             <script type=\"module\" src=\"{origin}/dist/joint-events.js\" integrity=\"{integrity}\" crossorigin async></script>"
        )
    );
    assert_eq!(
        text(&page, "shortcode"),
        format!("[joint_events feed=\"{feed}\" association=\"bioquebec\" link=\"https://bioquebec.example/\"]")
    );
    page.shows("document.getElementById('css-section').hidden", json!(true));
    let query = "Object.fromEntries(new URL(new DOMParser().parseFromString(document.getElementById('iframe').textContent, 'text/html') \
                 .querySelector('iframe').src).searchParams)";
    page.shows(
        query,
        json!({"lang": "fr-CA", "feed": feed, "association": "bioquebec", "link": "https://bioquebec.example/", "origin": "https://votre-site.example"}),
    );
}

#[test]
fn each_choice_is_seen_in_the_preview_and_written_in_every_snippet() {
    let page = open("/en.html");
    for (name, value, written) in [
        ("lang", "fr-CA", "fr-CA"),
        ("association", "bioquebec", "bioquebec"),
        ("member-of", "lso", "lso"),
        ("province", "CA-ON", "CA-ON"),
        ("theme", "talent", "talent"),
        ("format", "hybrid", "hybrid"),
        ("organizer", "lso", "lso"),
        ("event-language", "en", "en"),
        ("price", "free", "free"),
        ("rate", "mine", "mine"),
        ("filters", "month", "search province theme format organizer month"),
        ("locked", "member", "member"),
        ("view", "month", "month"),
        ("limit", "7", "7"),
        ("heading-level", "4", "4"),
        ("color-scheme", "dark", "dark"),
        ("url-state", "je", "je"),
    ] {
        set(&page, name, value);
        page.shows(
            &format!("document.getElementById('preview').getAttribute('{name}')"),
            json!(written),
        );
        for id in ["html", "shortcode"] {
            let (found, expected) = (text(&page, id), format!(" {name}=\"{written}\""));
            assert!(found.contains(&expected), "{id}: expected {expected}, found {found}");
        }
        let query = format!("{name}={}", written.replace(' ', "+"));
        let found = text(&page, "iframe");
        assert!(found.contains(&query), "iframe: expected {query}, found {found}");
    }
    for name in ["past", "remember"] {
        set(&page, name, "on");
        page.shows(
            &format!("document.getElementById('preview').hasAttribute('{name}')"),
            json!(true),
        );
        for (id, expected) in [
            ("html", format!(" {name}>")),
            ("shortcode", format!(" {name}")),
            ("iframe", format!("&amp;{name}=&amp;")),
        ] {
            let found = text(&page, id);
            assert!(found.contains(&expected), "{id}: expected {expected}, found {found}");
        }
        set(&page, name, "on");
    }
    // And what goes back to the default is gone.
    page.ask("document.querySelector('#choices [type=reset]').focus()");
    page.press_keys(&[ENTER]);
    page.shows(
        "document.getElementById('preview').getAttributeNames().sort()",
        json!(["association", "feed", "id"]),
    );
}

#[test]
fn a_limit_that_is_none_is_not_written_and_no_filter_at_all_is_locked() {
    let page = open("/index.html");
    set(&page, "limit", "900");
    page.shows("document.getElementById('preview').hasAttribute('limit')", json!(false));
    for name in ["search", "province", "theme", "format", "organizer"] {
        set(&page, "filters", name);
    }
    page.shows(
        "[document.getElementById('preview').getAttribute('locked'), document.getElementById('preview').hasAttribute('filters')]",
        json!(["search province theme format organizer", false]),
    );
}

#[test]
fn chosen_colours_are_a_rule_for_the_sites_sheet_and_stand_in_the_frames_query() {
    let page = open("/index.html");
    page.ask("document.querySelector('[data-switch=\"--joint-events-accent\"]').click()");
    set(&page, "--joint-events-accent", "#803300");
    assert_eq!(
        text(&page, "css"),
        "joint-events {\n  --joint-events-accent: light-dark(#803300, oklch(from #803300 max(l, .78) c h));\n}"
    );
    set(&page, "color-scheme", "light");
    page.ask("document.querySelector('[data-switch=\"--joint-events-radius\"]').click()");
    set(&page, "--joint-events-radius", "12");
    page.shows("document.getElementById('css-section').hidden", json!(false));
    assert_eq!(
        text(&page, "css"),
        "joint-events {\n  --joint-events-accent: #803300;\n  --joint-events-radius: 12px;\n}"
    );
    assert!(
        text(&page, "iframe").contains("accent=%23803300&amp;radius=12px"),
        "{}",
        text(&page, "iframe")
    );
    page.shows(
        "getComputedStyle(document.getElementById('preview').shadowRoot.querySelector('.base')).accentColor",
        json!("rgb(128, 51, 0)"),
    );
    page.ask("document.querySelector('[data-switch=\"--joint-events-accent\"]').click()");
    assert_eq!(text(&page, "css"), "joint-events {\n  --joint-events-radius: 12px;\n}");
}

#[test]
fn colours_that_are_hard_to_read_are_told() {
    for (path, expected) in [
        (
            "/index.html",
            "Texte des boutons, en clair\u{a0}: contraste de 1,9\u{a0}:\u{a0}1, il en faut 4,5. Liens sur le fond, en clair\u{a0}: contraste de 1,9\u{a0}:\u{a0}1, il en faut 4,5.",
        ),
        (
            "/en.html",
            "Text of buttons, in light: a contrast of 1.9\u{a0}:\u{a0}1, where 4.5 is needed. Links on the background, in light: a contrast of 1.9\u{a0}:\u{a0}1, where 4.5 is needed.",
        ),
    ] {
        let page = open(path);
        set(&page, "color-scheme", "light");
        page.ask("document.querySelector('[data-switch=\"--joint-events-accent\"]').click()");
        set(&page, "--joint-events-accent", "#ffaa33");
        page.shows("document.getElementById('contrast').textContent", json!(expected));
        set(&page, "--joint-events-accent", "#003366");
        page.shows("document.getElementById('contrast').textContent", json!(""));
    }
}

#[test]
fn the_snippets_work_on_another_site_as_they_are_pasted() {
    let page = open("/en.html");
    let body = [
        text(&page, "html"),
        "<style>".to_owned(),
        text(&page, "css"),
        "</style>".to_owned(),
    ]
    .concat();
    let site = Page::open_site(move |request| {
        (request.path == "/").then(|| Response::text("text/html; charset=utf-8", bare(&body)))
    });
    site.shows("widget?.status", json!("ready"));
    site.shows("seen('title').length", json!(6));
    // The iframe, told which site it is for, is as high as its list.
    let site = Page::open_site(move |request| {
        (request.path == "/").then(|| Response::text("text/html; charset=utf-8", bare("<p id=\"here\"></p>")))
    });
    set(&page, "site", &format!("{}/some/page", site.origin()));
    let iframe = text(&page, "iframe");
    site.ask(&format!(
        "(document.body.append(document.createRange().createContextualFragment({})), 0)",
        json!(iframe)
    ));
    site.shows(
        "!['', '900px'].includes(document.querySelector('iframe').style.height)",
        json!(true),
    );
    site.enter_frame(0);
    site.shows("widget?.status", json!("ready"));
    site.shows("document.documentElement.scrollHeight <= innerHeight", json!(true));
}

fn bare(body: &str) -> String {
    format!("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>A site</title><body>{body}</body></html>")
}

#[test]
fn what_is_typed_breaks_out_of_no_snippet() {
    let page = open("/index.html");
    let link = "https://a.example/?q=\"><img src=x onerror=alert(1)>&b=[c]'d";
    set(&page, "link", link);
    set(
        &page,
        "feed",
        "https://feeds.example/f.json?a=1&b=\"]<script>alert(1)</script>",
    );
    let parsed = |id: &str, ask: &str| {
        let parse = format!(
            "((dom) => {ask})(new DOMParser().parseFromString(document.getElementById('{id}').textContent, 'text/html'))"
        );
        page.ask(&parse)
    };
    let names = "[...dom.body.querySelectorAll('*')].map((node) => node.localName)";
    assert_eq!(parsed("html", names), json!(["div", "joint-events", "a", "script"]));
    assert_eq!(parsed("iframe", names), json!(["iframe", "script"]));
    let whole = page.ask(&format!("new URL({}).href", json!(link)));
    assert_eq!(parsed("html", "dom.querySelector('a').href"), whole);
    assert_eq!(
        parsed(
            "iframe",
            "new URL(dom.querySelector('iframe').src).searchParams.get('link')"
        ),
        whole
    );
    let shortcode = text(&page, "shortcode");
    let inside = shortcode
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .expect("brackets");
    assert!(!inside.contains(['[', ']', '<', '>', '\'']), "{shortcode}");
    assert_eq!(inside.matches('"').count() % 2, 0);
    let values = inside.split('"').skip(1).step_by(2).collect::<Vec<_>>();
    assert_eq!(values.len(), 3, "{shortcode}");
    for bad in ["javascript:alert(1)", "data:text/html,x", "nothing"] {
        set(&page, "link", bad);
        assert!(
            text(&page, "html").contains("<a href=\"https://bioquebec.example/\">"),
            "{bad}"
        );
    }
}

#[test]
fn copying_is_said_and_a_page_that_may_not_copy_selects() {
    for (path, said, selected) in [
        (
            "/index.html",
            "Le HTML est copié.",
            "Le texte est sélectionné\u{a0}: copiez-le avec votre clavier.",
        ),
        (
            "/en.html",
            "The HTML is copied.",
            "The text is selected: copy it with your keyboard.",
        ),
    ] {
        let page = open(path);
        let stub = "(window.copied = [], Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: async (text) => void copied.push(text)}}), 0)";
        page.ask(stub);
        page.ask("document.querySelector('[data-copy=html]').focus()");
        page.press_keys(&[ENTER]);
        page.shows(
            "document.querySelector('[data-copy=html] + [role=status]').textContent",
            json!(said),
        );
        page.shows("copied[0] === document.getElementById('html').textContent", json!(true));
        page.shows("document.activeElement.dataset.copy", json!("html"));
        page.ask("(Object.defineProperty(navigator, 'clipboard', {configurable: true, value: undefined}), 0)");
        page.ask("document.querySelector('[data-copy=shortcode]').click()");
        page.shows(
            "document.querySelector('[data-copy=shortcode] + [role=status]').textContent",
            json!(selected),
        );
        page.shows(
            "String(getSelection()).trim() === document.getElementById('shortcode').textContent",
            json!(true),
        );
    }
}

#[test]
fn the_builder_works_with_a_keyboard_alone() {
    let page = open("/index.html");
    page.ask("document.getElementById('lang').focus()");
    page.press_keys(&['A']);
    page.shows(
        "document.getElementById('preview').getAttribute('lang')",
        json!("en-CA"),
    );
    let focused =
        "document.activeElement.name || document.activeElement.dataset.copy || document.activeElement.localName";
    let reach = |name: &str| {
        for _ in 0..60 {
            if page.ask(focused) == json!(name) {
                return;
            }
            page.press_keys(&[TAB]);
        }
        panic!("expected to reach {name}, found {}", page.ask(focused));
    };
    reach("summary");
    page.press_keys(&[ENTER, TAB, SPACE]);
    page.shows(
        "document.getElementById('preview').getAttribute('province')",
        json!("CA-QC"),
    );
    reach("past");
    page.press_keys(&[SPACE]);
    page.shows("document.getElementById('preview').hasAttribute('past')", json!(true));
    page.ask("document.getElementById('preview').removeAttribute('tabindex')");
    page.ask("document.querySelector('.stage').focus()");
    page.shows("document.getElementById('preview').status", json!("ready"));
    page.ask("[...document.getElementById('preview').shadowRoot.querySelectorAll('a, button, input')].at(-1).focus()");
    page.press_keys(&[TAB]);
    page.shows(focused, json!("html"));
}

#[test]
fn a_feed_that_can_not_be_read_is_told_and_the_choices_stay() {
    let page = open("/index.html");
    set(&page, "feed", "/none.json");
    page.shows(
        "document.getElementById('feed-status').textContent",
        json!("Ce flux n’a pas pu être lu\u{a0}: les choix sont ceux du précédent."),
    );
    page.shows(
        "document.querySelectorAll('[data-choices=theme] input').length",
        json!(2),
    );
    set(&page, "feed", "demo/feed.json");
    page.shows("document.getElementById('feed-status').textContent", json!(""));
    page.shows("document.getElementById('association').value", json!("bioquebec"));
    // Nobody's site stays nobody's.
    set(&page, "association", "");
    set(&page, "feed", "./demo/feed.json");
    page.shows(
        "document.getElementById('html').textContent.includes('association')",
        json!(false),
    );
    page.shows("document.getElementById('association').value", json!(""));
}

#[test]
fn the_page_works_from_any_folder() {
    let page = Page::open_site(|request| {
        let path = request.path.strip_prefix("/some/where")?;
        files(&Request {
            path: path.to_owned(),
            ..request.clone()
        })
    });
    page.go("/some/where/index.html");
    is_built(&page);
    page.shows("document.getElementById('preview').shadowRoot.querySelectorAll('[part=card]').length > 0 || (document.getElementById('preview').scrollIntoView(), false)", json!(true));
    let html = text(&page, "html");
    assert!(
        html.contains(&format!("src=\"{}/some/where/dist/joint-events.js\"", page.origin())),
        "{html}"
    );
}

#[test]
fn both_languages_have_the_same_page_and_say_that_all_of_it_is_invented() {
    let page = open("/index.html");
    let shape = "[...document.querySelectorAll('body *')].filter((node) => !node.closest('[data-choices], #association, #member-of, joint-events, .bar, #further, pre')) \
                 .map((node) => [node.localName, node.id, node.getAttribute('name'), node.getAttribute('value'), node.getAttribute('for'), node.dataset.copy, node.dataset.switch].join(' '))";
    let french = page.ask(shape);
    page.shows(
        "document.documentElement.lang + document.title",
        json!("fr-CALes événements de vos partenaires, avec le prix de vos membres | joint-events"),
    );
    page.shows("document.body.innerText.match(/inventés/g).length >= 3", json!(true));
    let alternates = "[...document.querySelectorAll('link[rel=alternate]')].map((link) => link.hreflang + ' ' + new URL(link.href).pathname)";
    let both = json!(["fr-CA /index.html", "en-CA /en.html"]);
    page.shows(alternates, both.clone());
    page.ask("document.querySelector('.bar a').click()");
    page.shows(
        "document.documentElement.lang + document.title",
        json!("en-CAYour partners’ events, with your members’ price | joint-events"),
    );
    is_built(&page);
    assert_eq!(page.ask(shape), french);
    page.shows("document.body.innerText.match(/invented/g).length >= 3", json!(true));
    page.shows(alternates, both);
}

#[test]
fn the_page_is_accessible_in_every_state() {
    for path in PAGES {
        let page = open(path);
        page.ask("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        page.ask("document.querySelector('[data-switch=\"--joint-events-accent\"]').click()");
        page.ask("document.querySelector('[data-copy=iframe]').click()");
        page.ask("document.getElementById('preview').scrollIntoView()");
        page.shows("document.getElementById('preview').status", json!("ready"));
        for scheme in ["light", "dark"] {
            page.prefer(scheme);
            for width in [320, 768, 1280] {
                page.resize(width);
                page.shows("innerWidth", json!(width));
                assert_eq!(page.violations(), json!([]), "{path}, {scheme}, {width} px");
                page.shows("document.documentElement.scrollWidth > innerWidth", json!(false));
            }
        }
        // A bad feed, and colours that are hard to read.
        set(&page, "feed", "/none.json");
        page.shows("document.getElementById('feed-status').textContent !== ''", json!(true));
        assert_eq!(page.violations(), json!([]), "{path}");
    }
}

#[test]
fn a_strict_policy_is_kept_on_the_page_itself() {
    let page = Page::open_site(|request| {
        let policy = "default-src 'none'; script-src 'nonce-n' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; \
                      base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
        let notes = "<script nonce=\"n\">window.faults = []; for (const [type, name] of [['securitypolicyviolation', 'violatedDirective'], ['error', 'message'], ['unhandledrejection', 'reason']]) \
                     addEventListener(type, (event) => faults.push([type, event[name], event.blockedURI].filter(Boolean).join(' ')))</script>";
        if !PAGES.contains(&request.path.as_str()) {
            return files(request);
        }
        let page = std::fs::read_to_string(root().join(&request.path[1..])).ok()?;
        let page = page
            .replace("<script ", "<script nonce=\"n\" ")
            .replacen("<link", &[notes, "<link"].concat(), 1);
        Some(Response::text("text/html; charset=utf-8", page).with_header("Content-Security-Policy", policy))
    });
    for path in PAGES {
        page.go(path);
        is_built(&page);
        page.ask("document.querySelector('[data-switch=\"--joint-events-accent\"]').click()");
        set(&page, "theme", "talent");
        page.ask("document.getElementById('preview').scrollIntoView()");
        page.shows("document.getElementById('preview').status", json!("ready"));
        page.shows(page.faults(), json!([]));
    }
}

#[test]
fn the_links_of_the_page_lead_somewhere() {
    let page = open("/index.html");
    for path in PAGES {
        page.go(path);
        let links = page.ask("[...document.querySelectorAll('a[href]')].filter((link) => !link.closest('joint-events') && new URL(link.href).origin === location.origin) \
            .map((link) => new URL(link.href)).map((url) => url.hash ? (document.getElementById(url.hash.slice(1)) ? '/' : url.hash) : url.pathname)");
        for link in links.as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(root().join(link.trim_start_matches('/')).exists(), "{path}: {link}");
        }
    }
}
