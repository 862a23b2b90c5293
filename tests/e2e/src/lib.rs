//! End-to-end: a page with the bundle in a real browser, in verbs of a visitor.

mod browser;
mod checks;
mod chromium;
mod driver;
mod engine;
mod firefox;
pub mod hostile;
mod promise;
mod webkit;
mod window;

use std::cell::{Ref, RefCell};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use browser::Browser;
pub use engine::Ability;
use engine::{Place, engine};
use joint_events_loopback::{Request, Response, Server, folder};
pub use promise::keeps;
use serde_json::{Value, json};
pub use window::Window;

/// The tag of a French page.
pub const FRENCH: &str =
    "<joint-events feed=\"/feed.json\" lang=\"fr\"><a href=\"/events\">Tous les événements</a></joint-events>";

/// The tag of an English page.
pub const ENGLISH: &str =
    "<joint-events feed=\"/feed.json\" lang=\"en\"><a href=\"/events\">All events</a></joint-events>";

/// The keys that have no letter (WebDriver, keyboard actions).
pub mod key {
    /// To the next control.
    pub const TAB: char = '\u{e004}';
    /// Activates.
    pub const ENTER: char = '\u{e007}';
    /// Closes.
    pub const ESCAPE: char = '\u{e00c}';
    /// Chooses.
    pub const SPACE: char = ' ';
    /// Held, goes the other way.
    pub const SHIFT: char = '\u{e008}';
    /// Held, goes further.
    pub const CONTROL: char = '\u{e009}';
}

/// What stands in every page before the widget: it notes the widget's events, the console's lines and files, each in the
/// order in which they came: a browser may read one file before another that it was handed first.
const NOTES: &str = "window.heard = []; window.flags = {}; window.said = []; window.files = []; window.faults = [];
for (const name of ['ready', 'problem', 'error', 'filter', 'member', 'register', 'calendar'])
  addEventListener('joint-events:' + name, (event) => {
    heard.push([name, event.detail]);
    flags[name] = [event.bubbles, event.composed, event.cancelable];
    if (name === 'register' || name === 'calendar') addEventListener('click', (click) => click.preventDefault(), {__proto__: null, once: true});
    if (name === 'register' && !window.goes) event.preventDefault(); });
for (const level of ['warn', 'error']) { const say = console[level];
  console[level] = (...words) => { said.push(level + ': ' + words.join(' ')); say(...words); }; }
addEventListener('error', (event) => faults.push(event.message));
addEventListener('unhandledrejection', (event) => faults.push(String(event.reason)));
addEventListener('securitypolicyviolation', (event) => faults.push(event.violatedDirective + ' ' + event.blockedURI));
const make = URL.createObjectURL; let handed; URL.createObjectURL = (blob) => {
  handed = Promise.all([blob.text(), handed]).then(([text]) => files.push(text)); return make.call(URL, blob); };";

/// A page in a browser, which goes to the next test when the page is dropped.
pub struct Page {
    browser: RefCell<Option<Browser>>,
    site: Server,
    requests: Arc<Mutex<Vec<String>>>,
}

/// Answers wait behind it until it is opened: what is seen before they come is seen for as long as a test looks at it.
#[derive(Clone, Default)]
pub struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    /// Lets all through, from now on.
    pub fn open(&self) {
        let (open, opened) = &*self.0;
        *open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        opened.notify_all();
    }

    /// Waits until it is open, or for as long as a test may take.
    pub fn pass(&self) {
        let (open, opened) = &*self.0;
        let open = open.lock().unwrap_or_else(PoisonError::into_inner);
        drop(opened.wait_timeout_while(open, Duration::from_secs(30), |open| !*open));
    }
}

/// What the browser holds for the page once it has collected what nobody holds any more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Nodes, within documents and out of them.
    pub nodes: u64,
    /// Listeners that scripts added.
    pub listeners: u64,
}

/// The bundle's folder.
pub fn dist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist")
}

/// A feed of `tests/feeds`.
///
/// # Panics
/// Where there is none of that name.
#[track_caller]
pub fn feed(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../feeds/{name}.json"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The moment so many seconds from now, as a feed writes it.
pub fn in_seconds(seconds: u64) -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let (days, second) = ((now + seconds) / 86_400, (now + seconds) % 86_400);
    // Days since 0000-03-01 in eras of 400 years (Hinnant, "chrono-compatible low-level date algorithms").
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let (hour, minute) = (second / 3600, second / 60 % 60);
    format!(
        "{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{:02}Z",
        second % 60
    )
}

/// An answer with a feed.
pub fn json_answer(feed: impl Into<Vec<u8>>) -> Response {
    Response::text("application/json", feed)
}

/// The script of a page, after its content.
pub const SCRIPT: &str = "<script type=\"module\" src=\"/joint-events.js\"></script>";

/// A page around a body, with the bundle.
pub fn html(body: &str) -> String {
    document("", &format!("<main><h1>Events</h1>{body}</main>{SCRIPT}"))
}

/// A page of a head and a body.
pub fn document(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Events</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><script>{NOTES}</script>{head}</head><body>{body}</body></html>"
    )
}

/// Whether the engine is able to show or measure something. Where it is not, what is left out is told at the end of the
/// run: `check` says what, and all else in the test is checked as in any engine.
#[must_use]
#[track_caller]
pub fn can(ability: Ability, check: &str) -> bool {
    let reason = engine().lacks(ability);
    if let Some(reason) = reason {
        checks::leave_out(engine().name(), check, reason);
    }
    reason.is_none()
}

/// An answer with a page.
pub fn html_answer(page: impl Into<Vec<u8>>) -> Response {
    Response::text("text/html; charset=utf-8", page)
}

/// A file of the bundle.
///
/// # Panics
/// Where there is none.
#[track_caller]
pub fn file(name: &str) -> Vec<u8> {
    let path = dist().join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}: cargo xtask bundle makes it", path.display()))
}

impl Page {
    /// Opens a page whose body is `body`, beside the bundle and a feed. It notes the widget's events in `heard`, which of
    /// them bubble, cross roots and can be cancelled in `flags`, the console's lines in `said`, files that were handed over
    /// in `files`, and uncaught errors in `faults`. The host stops every registration, unless `goes` is set.
    ///
    /// # Panics
    /// Where there is no bundle, no browser or no driver: then nothing can be shown.
    #[track_caller]
    pub fn open(body: &str, feed: &str) -> Self {
        let feed = feed.to_owned();
        Self::open_with(body, move || json_answer(feed.clone()))
    }

    /// The same with any answer in place of the feed.
    #[track_caller]
    pub fn open_with(body: &str, feed: impl Fn() -> Response + Send + Sync + 'static) -> Self {
        let page = html(body);
        Self::open_site(move |request| match request.path.as_str() {
            "/" => Some(Response::text("text/html; charset=utf-8", page.clone())),
            "/feed.json" => Some(feed()),
            _ => None,
        })
    }

    /// The same with any answers; where there is none the bundle's files are.
    #[track_caller]
    pub fn open_site(answer: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static) -> Self {
        assert!(
            dist().join("joint-events.js").exists(),
            "expected dist/, found none: cargo xtask bundle makes it"
        );
        let requests = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&requests);
        let site = Server::start(0, move |request| {
            let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
            noted.push(request.path.clone());
            drop(noted);
            answer(request)
                .or_else(|| folder(&dist(), &request.path))
                .unwrap_or_else(|| Response::status(404))
        });
        let page = Self {
            browser: RefCell::new(Some(Browser::take())),
            site: site.expect("a free port"),
            requests,
        };
        page.go("/");
        page
    }

    fn browser(&self) -> Ref<'_, Browser> {
        Ref::map(self.browser.borrow(), |browser| {
            browser.as_ref().expect("a page that is not dropped")
        })
    }

    /// Goes on in another browser, from the next page on.
    fn change(&self, browser: Browser) {
        if let Some(old) = self.browser.replace(Some(browser)) {
            leave(old);
        }
    }

    /// `can`, of the engine that shows the page.
    #[must_use]
    #[track_caller]
    pub fn can(&self, ability: Ability, check: &str) -> bool {
        can(ability, check)
    }

    /// A script for the faults that the page has noted, but for one that is the browser's own: `Ability::QuietIcon`.
    #[must_use]
    #[track_caller]
    pub fn faults(&self) -> &'static str {
        if self.can(Ability::QuietIcon, "that no policy refuses /favicon.ico") {
            "faults"
        } else {
            "faults.filter((fault) => !fault.endsWith('img-src ' + location.origin + '/favicon.ico'))"
        }
    }

    /// What French is today, or what a script says that asks the engine's own `Intl`: `Ability::CurrentFrench`.
    #[must_use]
    #[track_caller]
    pub fn french(&self, today: &str, own: &str) -> Value {
        if self.can(Ability::CurrentFrench, today) {
            json!(today)
        } else {
            self.ask(own)
        }
    }

    /// Goes to a path of the site.
    #[track_caller]
    pub fn go(&self, path: &str) {
        let (browser, address) = (self.browser(), format!("{}{path}", self.site.origin()));
        browser
            .runtime
            .block_on(browser.client.goto(&address))
            .expect("the page");
    }

    /// Looks at a path of the site in another tab of the same browser, which then closes.
    ///
    /// # Panics
    /// Where the browser opens none.
    #[track_caller]
    pub fn in_another_tab(&self, path: &str, look: impl FnOnce(&Self)) {
        let own = {
            let Browser { runtime, client, .. } = &*self.browser();
            runtime.block_on(async {
                let own = client.window().await.expect("this tab");
                let other = client.new_window(true).await.expect("another tab");
                client.switch_to_window(other.handle).await.expect("to go there");
                own
            })
        };
        self.go(path);
        look(self);
        let Browser { runtime, client, .. } = &*self.browser();
        runtime.block_on(async {
            client.close_window().await.expect("to close it");
            client.switch_to_window(own).await.expect("to go back");
        });
    }

    /// What a script in the page returns; `widget` is the tag and `root` its shadow root, `seen` the texts of a part
    /// (of the list once that is shown), `card` an event's card, `within` the texts of a part in it.
    #[track_caller]
    pub fn ask(&self, script: &str) -> Value {
        self.try_to_ask(script)
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    fn try_to_ask(&self, script: &str) -> Result<Value, String> {
        let script = format!(
            "const widget = Document.prototype.querySelector.call(document, 'joint-events, [data-joint-events]'); const root = widget?.shadowRoot; \
             const texts = (node, part) => [...node?.querySelectorAll(`[part~=\"${{part}}\"]`) ?? []] \
               .filter((node) => !node.closest('[hidden], [data-state=loading] > * > .shown')).map((node) => node.textContent.trim()); \
             const seen = (part) => texts(root, part); const card = (id) => root.getElementById('je-' + id); \
             const within = (id, part) => texts(card(id), part); \
             const style = (selector) => getComputedStyle(root.querySelector(selector)); \
             return {script};"
        );
        let browser = self.browser();
        let answer = browser.runtime.block_on(browser.client.execute(&script, Vec::new()));
        answer.map_err(|error| error.to_string())
    }

    /// Waits until a script gives what is expected.
    ///
    /// # Panics
    /// Where it does not within ten seconds: it says what it gave.
    #[track_caller]
    pub fn shows(&self, script: &str, expected: Value) {
        self.shows_within(Duration::from_secs(10), script, expected);
    }

    /// The same of what takes another time.
    ///
    /// # Panics
    /// Where it does not within that time: it says what it gave.
    #[track_caller]
    pub fn shows_within(&self, time: Duration, script: &str, expected: Value) {
        let start = Instant::now();
        loop {
            let found = match self.try_to_ask(script) {
                Ok(found) => found,
                // What WebKit's driver says now and then of a page that is being loaded: it is asked again.
                Err(error) if error.contains("Could not parse script result") => json!(error),
                Err(error) => panic!("{script}: {error}"),
            };
            if found == expected {
                return;
            }
            assert!(start.elapsed() < time, "{script}: expected {expected}, found {found}");
            let browser = self.browser();
            browser
                .runtime
                .block_on(async { tokio::time::sleep(Duration::from_millis(20)).await });
        }
    }

    /// The violations that axe-core finds in the page, each with its rule and the elements that break it.
    #[track_caller]
    pub fn violations(&self) -> Value {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let script = "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then((found) => \
            done(found.violations.map((violation) => [violation.id, ...violation.nodes.map((node) => \
              JSON.stringify(node.target) + ' ' + node.failureSummary)])), (error) => done(String(error)))";
        let browser = self.browser();
        browser.runtime.block_on(async {
            browser.client.execute(&axe, Vec::new()).await.expect("axe-core");
            browser
                .client
                .execute_async(script, Vec::new())
                .await
                .expect("a report")
        })
    }

    /// Goes on in the page's iframe of that number, from 0: what is asked and done from now on is in it.
    #[track_caller]
    pub fn enter_frame(&self, number: u16) {
        let browser = self.browser();
        browser
            .runtime
            .block_on(browser.client.enter_frame(number))
            .expect("a frame");
    }

    /// Goes on in the page around the frame.
    #[track_caller]
    pub fn leave_frame(&self) {
        let browser = self.browser();
        browser
            .runtime
            .block_on(browser.client.enter_parent_frame())
            .expect("a page around it");
    }

    /// Waits until the list is there.
    #[track_caller]
    pub fn is_ready(&self) {
        self.shows(
            "widget.status ?? root?.querySelector('.base').dataset.state",
            json!("ready"),
        );
        self.shows("heard.some(([name]) => name === 'ready')", json!(true));
    }

    /// Waits until these titles are seen, in this order.
    #[track_caller]
    pub fn sees(&self, titles: &[&str]) {
        self.shows("seen('title')", json!(titles));
    }

    /// The titles of the cards.
    #[track_caller]
    pub fn see_cards(&self) -> Vec<String> {
        let titles = self.ask("seen('title')");
        let titles = titles.as_array().into_iter().flatten();
        titles.filter_map(|title| title.as_str().map(str::to_owned)).collect()
    }

    /// Chooses or takes back the choice of a value in a facet, `member` among them, once there is one: choices that a change
    /// brings back come some frames after its cards.
    #[track_caller]
    pub fn choose(&self, facet: &str, value: &str) {
        let choice = format!("root.querySelector('input[name=\"{facet}\"][value=\"{value}\"]')");
        self.shows(&format!("!!{choice}"), json!(true));
        self.ask(&format!("{choice}.click()"));
    }

    /// Chooses a province, or takes it back.
    #[track_caller]
    pub fn choose_province(&self, id: &str) {
        self.choose("province", id);
    }

    /// Says to be a member of an association, or of `none`, or takes it back.
    #[track_caller]
    pub fn say_member_of(&self, id: &str) {
        self.choose("member", id);
    }

    /// Types words in place of those in the search.
    #[track_caller]
    pub fn search(&self, words: &str) {
        self.ask(&format!(
            "(() => {{ const field = root.querySelector('[part=search]'); field.value = {}; \
             field.dispatchEvent(new Event('input', {{bubbles: true}})); }})()",
            json!(words)
        ));
    }

    /// Clicks the first element that a selector finds in the root, with the focus on it as a pointer leaves it, once there is
    /// one.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        self.shows(&format!("!!root.querySelector({})", json!(selector)), json!(true));
        self.ask(&format!(
            "(() => {{ const node = root.querySelector({}); node.focus(); node.click(); }})()",
            json!(selector)
        ));
    }

    /// Sets an attribute.
    #[track_caller]
    pub fn set_attribute(&self, name: &str, value: &str) {
        self.ask(&format!("widget.setAttribute({}, {})", json!(name), json!(value)));
    }

    /// Presses keys, one after the other.
    pub fn press_keys(&self, keys: &[char]) {
        for key in keys {
            self.browser().press(*key, None);
        }
    }

    /// Goes back to the control before.
    pub fn press_back(&self) {
        self.browser().press(key::TAB, Some(key::SHIFT));
    }

    /// Presses a key while Control is held.
    pub fn press_with_control(&self, key: char) {
        self.browser().press(key, Some(key::CONTROL));
    }

    /// Whether the focus is in the widget, and shown.
    #[track_caller]
    pub fn keeps_the_focus(&self) {
        self.shows(
            "document.activeElement === widget && root.activeElement?.isConnected === true",
            json!(true),
        );
    }

    /// Shows the page in a window of another width, and waits until it has that: WebKit's driver answers before. It is for the
    /// page itself: the width of a frame in it is another.
    #[track_caller]
    pub fn resize(&self, width: u32) {
        engine().resize(&self.browser(), width);
        self.shows("innerWidth", json!(width));
    }

    /// Shows the page as it is printed.
    ///
    /// # Panics
    /// Where the engine is not able to: `can` tells.
    #[track_caller]
    pub fn print(&self) {
        is_able(Ability::Print);
        engine().print(&self.browser());
    }

    /// Shows the page to one whose clock is set to a time zone and whose system is set to a locale, from the next page on.
    pub fn visit_from(&self, time_zone: &str, locale: &str) {
        let place = Place {
            zone: time_zone.to_owned(),
            locale: locale.to_owned(),
        };
        if !engine().goes_to(&self.browser(), &place) {
            self.change(Browser::start(Some(place)));
        }
    }

    /// Forgets what was downloaded, as a first visit, from the next page on.
    pub fn clear_cache(&self) {
        if !engine().clears_cache(&self.browser()) {
            let fresh = self.browser().fresh();
            self.change(fresh);
        }
    }

    /// Lets at most so many octets a second through; 0: all.
    ///
    /// # Panics
    /// Where the engine is not able to: `can` tells.
    #[track_caller]
    pub fn throttle(&self, octets: u32) {
        is_able(Ability::Throttle);
        engine().throttle(&self.browser(), octets);
    }

    /// Goes back in the history, as a visitor does.
    #[track_caller]
    pub fn back(&self) {
        let browser = self.browser();
        browser.runtime.block_on(browser.client.back()).expect("a page before");
    }

    /// What the browser holds, by its own count. What a script would collect is collected first.
    ///
    /// # Panics
    /// Where the engine is not able to: `can` tells.
    #[track_caller]
    pub fn counters(&self) -> Counters {
        is_able(Ability::Count);
        engine().counters(&self.browser())
    }

    /// The lines of the browser's log since it was last read: what pages said, and what the browser says of them.
    ///
    /// # Panics
    /// Where the engine is not able to: `can` tells.
    #[track_caller]
    pub fn log(&self) -> Vec<String> {
        is_able(Ability::Log);
        engine().log(&self.browser())
    }

    /// Keeps a picture of the window in `target/seen`, for eyes.
    ///
    /// # Panics
    /// Where it can't be kept.
    #[track_caller]
    pub fn picture(&self, name: &str) {
        let browser = self.browser();
        let picture = browser
            .runtime
            .block_on(browser.client.screenshot())
            .expect("a picture");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/seen");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("{name}.png")), picture).expect("a file");
    }

    /// Shows the page to one who prefers `light` or `dark`.
    #[track_caller]
    pub fn prefer(&self, scheme: &str) {
        engine().prefer(&self.browser(), scheme);
        let seen = format!("matchMedia('(prefers-color-scheme: {scheme})').matches");
        self.shows(&seen, json!(true));
    }

    /// Shows the page to one whose system has its own few colours for all.
    ///
    /// # Panics
    /// Where the engine is not able to: `can` tells.
    #[track_caller]
    pub fn force_colors(&self) {
        is_able(Ability::ForcedColors);
        engine().force_colors(&self.browser());
        self.shows("matchMedia('(forced-colors: active)').matches", json!(true));
    }

    /// How often a path was asked for.
    pub fn requests(&self, path: &str) -> usize {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().filter(|other| *other == path).count()
    }

    /// All paths that were asked for.
    pub fn all_requests(&self) -> Vec<String> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Where the page is served.
    pub fn origin(&self) -> String {
        self.site.origin()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let Some(browser) = self.browser.take() else { return };
        // One that a test gave up in the middle of something may be in any state.
        if !thread::panicking() {
            leave(browser);
        }
    }
}

/// Leaves a browser to the next test, as it was.
fn leave(browser: Browser) {
    engine().reset(&browser);
    if browser.runtime.block_on(browser.client.goto("about:blank")).is_ok() {
        browser.give_back();
    }
}

#[track_caller]
fn is_able(ability: Ability) {
    let (name, lacks) = (engine().name(), engine().lacks(ability));
    assert!(
        lacks.is_none(),
        "{ability:?} in {name}: {}: ask `can` first",
        lacks.unwrap_or_default()
    );
}
