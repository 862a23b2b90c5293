//! The pages of WordPress in a real browser: the widget starts in them, and what stands inside it is parsed as meant.

use joint_events_e2e::Page;
use joint_events_loopback::Response;
use joint_events_wordpress::{
    BLOCK_THEME, CLASSIC_THEME, LIST, Publisher, Visit, log_in, save, site, tag, visit, visit_as,
};
use serde_json::json;

/// A page of WordPress in a browser.
#[track_caller]
fn open(visit: &Visit, content: &str) -> Page {
    let page = Page::open_site(|_| Some(Response::text("text/html", "<p>x</p>")));
    let address = visit.address(&format!("/?p={}", save("administrator", content).id));
    page.ask(&format!("location.assign({})", json!(address)));
    page.shows("location.href", json!(address));
    page.shows("document.readyState", json!("complete"));
    page
}

/// The editor of a post, as the user of a role.
#[track_caller]
fn open_editor(role: &str, content: &str) -> Page {
    let page = open(&visit(), "x");
    for (name, value) in log_in(role).cookies() {
        page.ask(&format!(
            "document.cookie = {}",
            json!(format!("{name}={value};path=/"))
        ));
    }
    let post = save(role, content);
    let address = format!("{}/wp-admin/post.php?post={}&action=edit", site(), post.id);
    page.ask(&format!("location.assign({})", json!(address)));
    page.shows("location.href", json!(address));
    page.shows(
        "window.wp?.data?.select('core/block-editor')?.getBlocks().length",
        json!(1),
    );
    page
}

fn block(publisher: &Publisher) -> String {
    format!(
        "<!-- wp:joint-events/joint-events {} /-->",
        json!({"feed": publisher.feed()})
    )
}

#[test]
fn the_widget_starts_in_either_theme_from_the_shortcode_and_the_block() {
    let publisher = Publisher::with_list(LIST);
    for (theme, content) in [
        (CLASSIC_THEME, publisher.shortcode("lang=fr")),
        (BLOCK_THEME, block(&publisher)),
    ] {
        let page = open(&visit().theme(theme), &content);
        page.shows("widget.status", json!("ready"));
        page.shows("seen('card').length > 0", json!(true));
        page.shows(
            "widget.querySelector('.joint-events-fallback').getClientRects().length",
            json!(0),
        );
    }
}

#[test]
fn the_visitor_who_is_a_member_sees_their_own_rate() {
    let publisher = Publisher::with_list(LIST);
    let members = json!({"members": {"subscriber": "lso"}});
    let page = open(
        &visit_as("subscriber").with("settings", members),
        &publisher.shortcode(""),
    );
    page.shows("widget.status", json!("ready"));
    page.shows("seen('rate-own').length > 0", json!(true));
    page.shows("seen('membership').length", json!(0));
}

#[test]
fn a_script_with_another_hash_does_not_run_and_the_list_stays() {
    let publisher = Publisher::with_list(LIST);
    let settings =
        json!({"assets": "https://assets.example/joint-events.js", "integrity": format!("sha384-{}", "A".repeat(64))});
    let page = open(&visit().with("settings", settings), &publisher.shortcode(""));
    assert_eq!(page.ask("root"), json!(null));
    page.shows("widget.querySelector('h3').getClientRects().length > 0", json!(true));
}

#[test]
fn the_editor_shows_the_list_and_keeps_what_its_fields_say() {
    let publisher = Publisher::with_list(LIST);
    let page = open_editor("author", &block(&publisher));
    let blocks = "wp.data.select('core/block-editor').getBlocks()";
    page.shows(&format!("{blocks}[0].isValid"), json!(true));
    let editor = "(document.querySelector('iframe[name=editor-canvas]')?.contentDocument ?? document)";
    page.shows(
        &format!("{editor}.querySelector('.joint-events-fallback h3')?.textContent"),
        json!("Gala"),
    );
    page.ask(&format!(
        "wp.data.dispatch('core/block-editor').selectBlock({blocks}[0].clientId)"
    ));
    page.ask("wp.data.dispatch('core/edit-post').openGeneralSidebar('edit-post/block')");
    page.shows(
        "document.querySelectorAll('.block-editor-block-inspector .components-panel__body').length > 2",
        json!(true),
    );
    page.ask("document.querySelectorAll('.block-editor-block-inspector [aria-expanded=false]').forEach((button) => button.click())");
    let field = |label: &str| {
        format!(
            "[...document.querySelectorAll('.block-editor-block-inspector label')].find((label) => label.textContent === {})?.control",
            json!(label)
        )
    };
    let type_in = |label: &str, text: &str| {
        page.shows(&format!("!!{}", field(label)), json!(true));
        page.ask(&format!(
            "(() => {{ const field = {}; Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, {}); \
             field.dispatchEvent(new Event('input', {{bubbles: true}})); }})()", field(label), json!(text)
        ));
    };
    type_in("This site’s association", "lso");
    type_in("Events shown at once", "5");
    page.ask(&format!("{}.click()", field("Past events too")));
    page.shows(
        &format!("{blocks}[0].attributes"),
        json!({"feed": publisher.feed(), "association": "lso", "limit": 5, "past": true}),
    );
    type_in("Events shown at once", "");
    page.ask(&format!("{}.click()", field("Past events too")));
    page.shows(
        "wp.data.select('core/editor').getEditedPostContent()",
        json!(format!(
            "<!-- wp:joint-events/joint-events {{\"feed\":\"{}\",\"association\":\"lso\"}} /-->",
            publisher.feed()
        )),
    );
    // What was not saved would hold the browser when it leaves.
    page.ask("(window.onbeforeunload = null, addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true))");
    page.ask("wp.data.dispatch('core/editor').savePost()");
    page.shows("wp.data.select('core/editor').isEditedPostDirty()", json!(false));
}

#[test]
fn the_list_stays_where_the_feed_is_down() {
    let publisher = Publisher::with_list(LIST);
    let (down, list) = (
        publisher.feed().replace("feed.json", "gone"),
        publisher.feed().replace("feed.json", "list.html"),
    );
    let page = open(&visit(), &format!("[joint_events feed=\"{down}\" list=\"{list}\"]"));
    page.shows("widget.status", json!("failed"));
    page.shows("widget.querySelector('h3').getClientRects().length > 0", json!(true));
}

#[test]
fn the_list_fits_a_phone_in_either_theme() {
    let publisher = Publisher::with_list(LIST.replace("Gala", "Compétitivité pharmacobiotechnologique internationale"));
    let settings =
        json!({"assets": "https://assets.example/joint-events.js", "integrity": format!("sha384-{}", "A".repeat(64))});
    for theme in [CLASSIC_THEME, BLOCK_THEME] {
        let page = open(
            &visit().theme(theme).with("settings", settings.clone()),
            &publisher.shortcode("lang=fr"),
        );
        page.resize(320);
        page.shows("innerWidth", json!(320));
        page.shows("widget.scrollWidth <= widget.parentElement.clientWidth", json!(true));
        page.shows("document.documentElement.scrollWidth <= innerWidth", json!(true));
    }
}

/// Whether the browser makes of a page's markup one tag with the list in it, and nothing of it outside.
#[test]
fn the_markup_is_parsed_as_one_tag_with_the_list_inside_whatever_filters_ran() {
    let publisher = Publisher::with_list(LIST);
    let shortcode = publisher.shortcode("province=\"CA-QC\"");
    let browser = Page::open_site(|_| Some(Response::text("text/html", "<p>x</p>")));
    let contents = [
        shortcode.clone(),
        format!("Before {shortcode} after"),
        format!("<p>Before {shortcode}</p>"),
        format!("Before\n{shortcode}\nafter"),
        block(&publisher),
    ];
    for content in contents {
        let post = save("administrator", &content);
        for (theme, filters) in [
            (BLOCK_THEME, json!([])),
            (CLASSIC_THEME, json!(["wpautop"])),
            (
                CLASSIC_THEME,
                json!(["wpautop", "wptexturize", "convert_smilies", "do_shortcode"]),
            ),
        ] {
            let html = visit().theme(theme).with("filters", filters).see_post(&post);
            let parsed = browser.ask(&format!(
                "(() => {{ const page = new DOMParser().parseFromString({}, 'text/html'); \
                 const all = (selector) => page.querySelectorAll(selector).length; const tag = page.querySelector('joint-events'); \
                 return [all('joint-events'), all('joint-events h3'), all('.joint-events-fallback h3'), \
                   tag.parentElement.localName, tag.textContent.includes('See all events'), tag.textContent.includes('after')]; }})()",
                json!(html)
            ));
            assert_eq!(
                parsed,
                json!([1, 1, 1, "div", true, false]),
                "{theme}: {content}: {}",
                tag(&html)
            );
        }
    }
}

#[test]
fn what_a_hostile_list_leaves_open_does_not_go_on_in_the_page() {
    let publisher = Publisher::with_list(
        "<ul><li><strong>open<a href=\"https://example.org/\">open</ul></ul></div></joint-events></p><p><del>x",
    );
    let page = open(
        &visit(),
        &format!("{}<p id=\"after\">after</p>", publisher.shortcode("")),
    );
    let around = "(() => { const names = []; for (let node = document.getElementById('after'); node; node = node.parentElement) names.push(node.localName); return names; })()";
    let names = page.ask(around);
    let names: Vec<&str> = names
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str())
        .collect();
    for name in ["strong", "a", "del", "li", "joint-events"] {
        assert!(!names.contains(&name), "{names:?}");
    }
    page.shows(
        "document.querySelectorAll('#after strong, #after a, #after del').length",
        json!(0),
    );
}
