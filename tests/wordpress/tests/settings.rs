//! The settings: who may change them, what is saved, and what is left when the plugin goes.

use joint_events_wordpress::{Session, log_in, visit};

const PAGE: &str = "/wp-admin/options-general.php?page=joint-events";

/// The value of the page's field of a name.
#[track_caller]
fn field(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{name}\""))
        .unwrap_or_else(|| panic!("{name}: expected a field in {page}"));
    let (_, value) = rest.split_once("value=\"").expect("a value");
    value.split('"').next().unwrap_or_default().to_owned()
}

#[track_caller]
fn save(session: &Session, fields: &[(&str, &str)]) -> String {
    let (_, page) = session.see(PAGE);
    let nonce = field(&page, "_wpnonce");
    let fixed = [
        ("option_page", "joint_events"),
        ("action", "update"),
        ("_wpnonce", nonce.as_str()),
        ("_wp_http_referer", PAGE),
    ];
    let (status, _) = session.send("/wp-admin/options.php", &[&fixed[..], fields].concat());
    assert_eq!(status, 302);
    session.see(&format!("{PAGE}&settings-updated=true")).1
}

/// One test, since the settings are saved for the whole site.
#[test]
fn the_page_saves_what_is_sound_and_says_what_is_not() {
    let session = log_in("administrator");
    let page = save(
        &session,
        &[
            (
                "joint_events[feed]",
                " “https://feeds.example/feed.json?a=1&b=2” javascript:alert(1)",
            ),
            ("joint_events[association]", "BIOQuebec\"><script>"),
            ("joint_events[link]", "javascript:alert(1)"),
            ("joint_events[list]", "none"),
            ("joint_events[members][subscriber]", "bioquebec, lso <b>"),
            ("joint_events[members][nobody]", "lso"),
            ("joint_events[assets]", "https://assets.example/joint-events.js"),
            ("joint_events[integrity]", ""),
            ("joint_events[other]", "x"),
        ],
    );
    let value = |name: &str| field(&page, &format!("joint_events[{name}]"));
    assert_eq!(value("feed"), "https://feeds.example/feed.json?a=1&amp;b=2");
    assert_eq!(value("link"), "");
    assert_eq!(value("list"), "none");
    assert_eq!(value("members][subscriber"), "bioquebec lso");
    assert_eq!((value("assets"), value("integrity")), (String::new(), String::new()));
    assert!(page.contains("The script at another address was not saved"), "{page}");
    assert!(!page.contains("name=\"joint_events[members][nobody]\"") && !page.contains("<script>\""));
    let shown = visit()
        .with("saved", true)
        .see_content("[joint_events]")
        .replace("&#038;", "&amp;");
    assert!(shown.contains("<joint-events feed=\"https://feeds.example/feed.json?a=1&amp;b=2\" "));
    let empty = save(&session, &[("joint_events[feed]", "")]);
    assert_eq!(field(&empty, "joint_events[members][subscriber]"), "");
}

#[test]
fn only_those_who_manage_options_see_or_save_them() {
    for role in ["editor", "subscriber"] {
        let session = log_in(role);
        let (status, page) = session.see(PAGE);
        assert!(
            status == 403 && !page.contains("joint_events[feed]"),
            "{role}: {status}"
        );
        let (status, _) = session.send(
            "/wp-admin/options.php",
            &[
                ("option_page", "joint_events"),
                ("action", "update"),
                ("joint_events[feed]", "https://x.example/"),
            ],
        );
        assert_eq!(status, 403, "{role}");
    }
}

#[test]
fn nothing_is_saved_without_the_forms_nonce() {
    let session = log_in("administrator");
    let (status, _) = session.send(
        "/wp-admin/options.php",
        &[
            ("option_page", "joint_events"),
            ("action", "update"),
            ("joint_events[link]", "https://forged.example/"),
        ],
    );
    assert_eq!(status, 403);
    assert!(!session.see(PAGE).1.contains("forged.example"));
}

#[test]
fn the_dashboard_has_no_notice_of_the_plugin() {
    let (_, page) = log_in("administrator").see("/wp-admin/plugins.php");
    assert!(page.contains("page=joint-events\">Settings</a>"));
    let notices = page
        .split("class=\"notice")
        .skip(1)
        .chain(page.split("class=\"updated").skip(1));
    for notice in notices {
        assert!(
            !notice.split("</div>").next().unwrap_or_default().contains("oint"),
            "{notice}"
        );
    }
}

#[test]
fn nothing_is_left_of_a_plugin_that_is_deleted() {
    assert_eq!(visit().with("uninstall", true).see("/"), "some then 0");
}

#[test]
fn a_file_of_the_plugin_says_nothing_by_its_own_address() {
    for file in [
        "joint-events.php",
        "uninstall.php",
        "includes/tag.php",
        "includes/settings-page.php",
        "block/editor.asset.php",
    ] {
        assert_eq!(
            visit().see(&format!("/wp-content/plugins/joint-events/{file}")),
            "",
            "{file}"
        );
    }
}
