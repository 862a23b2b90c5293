//! End-to-end: WebKit through WebKitWebDriver, in a MiniBrowser that has a screen, a system's settings and a place of its own.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{self, Command};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Map, Value, json};

use crate::Counters;
use crate::browser::Browser;
use crate::driver::{Driver, variable};
use crate::engine::{Ability, Engine, Place};

pub(crate) struct WebKit;

/// A screen, the settings of its desktop, a locale where one is wanted, and a driver, which is ready when it listens.
const LINE: &str = r#"export HOME=$FOLDER XDG_CONFIG_HOME=$FOLDER XDG_CACHE_HOME=$FOLDER XDG_DATA_HOME=$FOLDER
read -r display < <(exec Xvfb -displayfd 1 -screen 0 1600x1200x24 -nolisten tcp)
export DISPLAY=:$display
echo 'Net/ThemeName "Adwaita"' > "$FOLDER/desktop"; xsettingsd -c "$FOLDER/desktop" & echo $! > "$FOLDER/settings.pid"
if [ -n "$LOCALE" ]; then
  localedef -c -i "$LOCALE" -f UTF-8 "$FOLDER/$LOCALE.UTF-8"; export LOCPATH=$FOLDER LC_ALL=$LOCALE.UTF-8
fi
"$1" --port="$2" & until (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>&-; do kill -0 $! || exit; sleep 0.05; done
echo "listens on $2"; wait"#;

/// The browser's own bar is 447 px wide at least, so no window would be narrower.
const SHEET: &str = "window *:not(webview) { min-width: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; \
    -gtk-icon-transform: scale(0) }";

impl Engine for WebKit {
    fn name(&self) -> &'static str {
        "webkit"
    }

    fn lacks(&self, ability: Ability) -> Option<&'static str> {
        match ability {
            Ability::BrokenAnswer => Some("libsoup hands over what came of a body as if all of it had come"),
            Ability::Count => Some("WebKitWebDriver has no command that counts nodes and listeners"),
            Ability::CurrentFrench => Some("its ICU is the system's, whose words may be those of years ago"),
            Ability::ForcedColors => Some("the engine has no forced colours"),
            Ability::LayoutShift => Some("the engine has no entries of the type layout-shift"),
            Ability::ScrollAnchoring => Some("the engine keeps nothing in its place by itself"),
            Ability::Log => Some("WebKitWebDriver has no command that reads the browser's log"),
            Ability::Print => Some("WebKitWebDriver has no command that prints or sets the medium"),
            Ability::QuietIcon => Some("the browser looks for /favicon.ico under the page's own policy"),
            Ability::OneTry | Ability::Prefetch => None,
            Ability::Throttle => Some("WebKitWebDriver has no command that slows a line down"),
        }
    }

    fn start(&self, place: Option<&Place>) -> Driver {
        let program = variable("WEBKITWEBDRIVER", "/usr/bin/WebKitWebDriver");
        // It would listen to a port of its own choice, but never say to which.
        let port = free_port().to_string();
        let locale = place.map(|place| system_locale(&place.locale)).unwrap_or_default();
        let mut variables = vec![("LOCALE", locale)];
        variables.extend(place.map(|place| ("TZ", place.zone.as_str())));
        Driver::start(LINE, &[&program, &port], &variables, |line| {
            line.strip_prefix("listens on ")?.parse().ok()
        })
    }

    fn capabilities(&self, driver: &Driver) -> Map<String, Value> {
        let style = driver.folder().join("gtk-3.0");
        fs::create_dir_all(&style)
            .and_then(|()| fs::write(style.join("gtk.css"), SHEET))
            .expect("a style");
        let browser = variable("MINIBROWSER", &mini_browser().to_string_lossy());
        let capabilities = json!({"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}});
        capabilities.as_object().cloned().unwrap_or_default()
    }

    fn resize(&self, browser: &Browser, width: u32) {
        browser.command("window/rect", json!({"x": 0, "y": 0, "width": width, "height": 1036}));
    }

    fn prefer(&self, browser: &Browser, scheme: &str) {
        let theme = if scheme == "dark" { "Adwaita-dark" } else { "Adwaita" };
        let desktop = browser.folder().join("desktop");
        fs::write(desktop, format!("Net/ThemeName \"{theme}\"\n")).expect("settings");
        let id = fs::read_to_string(browser.folder().join("settings.pid")).expect("who keeps the settings");
        // It reads them again.
        let told = Command::new("kill").args(["-HUP", id.trim()]).status();
        assert!(
            told.is_ok_and(|status| status.success()),
            "xsettingsd: expected to be running, found it is not"
        );
    }

    fn counters(&self, _: &Browser) -> Counters {
        Counters::default()
    }

    fn force_colors(&self, _: &Browser) {}

    fn goes_to(&self, _: &Browser, _: &Place) -> bool {
        false
    }

    fn clears_cache(&self, _: &Browser) -> bool {
        false
    }

    fn print(&self, _: &Browser) {}

    fn throttle(&self, _: &Browser, _: u32) {}

    fn log(&self, _: &Browser) -> Vec<String> {
        Vec::new()
    }

    fn reset(&self, browser: &Browser) {
        self.resize(browser, 1280);
        self.prefer(browser, "light");
    }
}

/// A port that nobody has, below those that Linux gives out by itself: another test's server may start before the driver has
/// taken it. Each process begins at a place of its own, far enough from that of the next.
fn free_port() -> u16 {
    const FIRST: u32 = 20_000;
    const COUNT: u32 = 12_000;
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    let place = process::id() % COUNT * 101;
    let mut ports = (0..COUNT).map(|_| FIRST + (place + TAKEN.fetch_add(1, Ordering::Relaxed)) % COUNT);
    let free = ports.find_map(|port| {
        let port = u16::try_from(port).ok()?;
        TcpListener::bind(("127.0.0.1", port)).is_ok().then_some(port)
    });
    free.expect("a free port")
}

/// A system's locale where a browser's is a BCP 47 tag: glibc's names have no extensions.
fn system_locale(tag: &str) -> &str {
    match tag {
        "en-CA" => "en_CA",
        "en-US" => "en_US",
        "ja-JP" => "ja_JP",
        "ar-EG" => "ar_EG",
        "th-TH" => "th_TH",
        "fa-IR-u-ca-persian-nu-arab" => "fa_IR",
        _ => panic!("expected a locale that glibc has, found {tag:?}"),
    }
}

/// Debian puts it among the libraries of its architecture.
fn mini_browser() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let mut places = folders.flat_map(|folder| {
        ["4.1", "4.0"].map(|version| folder.path().join(format!("webkit2gtk-{version}/MiniBrowser")))
    });
    places.find(|place| place.exists()).unwrap_or_else(|| {
        panic!("/usr/lib/*/webkit2gtk-4.1/MiniBrowser: expected a browser, found none: cargo xtask test installs it")
    })
}
