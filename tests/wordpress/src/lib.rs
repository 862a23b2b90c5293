//! Tests of the WordPress plugin: a running WordPress, in verbs of its authors and visitors, and the publisher whose feed
//! and lists it shows.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use joint_events_loopback::{Request, Response, Server};
use serde_json::{Map, Value, json};
use ureq::http::Response as Answer;
use ureq::{Agent, Body};

/// A theme of blocks.
pub const BLOCK_THEME: &str = "twentytwentythree";

/// A theme of PHP templates.
pub const CLASSIC_THEME: &str = "twentytwentyone";

/// A list as the publisher's tool writes it.
pub const LIST: &str = "<ul>\n<li>\n<h3 dir=\"auto\">Gala</h3>\n<p><strong>Joint event</strong></p>\n\
    <p><time datetime=\"2027-01-31\">January 31</time></p>\n<ul>\n<li>Members: $295</li>\n<li>Non-members: $495</li>\n</ul>\n\
    <p><a href=\"https://example.org/r?a=1&amp;b=2\" aria-label=\"Register: Gala\">Register</a> \
    <a href=\"https://example.org/e\" aria-label=\"Details: Gala\">Details</a></p>\n</li>\n</ul>\n\
    <p><a href=\"https://example.org/\">See all events</a></p>\n";

/// What is particular to one visit; nothing of it is saved (`stage.php`).
#[derive(Default, Clone)]
pub struct Visit(Map<String, Value>);

/// A post that was saved.
pub struct Post {
    /// Its number.
    pub id: u64,
    /// What WordPress kept of its content.
    pub raw: String,
}

/// The server of a feed and its lists, each test's own.
pub struct Publisher {
    server: Server,
    asked: Arc<Mutex<Vec<Request>>>,
}

/// A visit by somebody who is not logged in, under the block theme.
pub fn visit() -> Visit {
    Visit::default().theme(BLOCK_THEME)
}

/// A visit by the user of a role.
pub fn visit_as(role: &str) -> Visit {
    visit().with("user", role)
}

impl Visit {
    /// The same with one thing more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// The same under another theme.
    #[must_use]
    pub fn theme(self, name: &str) -> Self {
        self.with("theme", name)
    }

    /// The address of a path, for a browser.
    pub fn address(&self, path: &str) -> String {
        let joint = if path.contains('?') { '&' } else { '?' };
        let stage = Value::Object(self.0.clone()).to_string();
        format!("{}{path}{joint}stage={}", site(), base64(stage.as_bytes()))
    }

    /// The page at a path.
    #[track_caller]
    pub fn see(&self, path: &str) -> String {
        let (status, _, text) = self.answer(path);
        assert_eq!(status, 200, "{path}: {text}");
        text
    }

    /// The page of a post.
    #[track_caller]
    pub fn see_post(&self, post: &Post) -> String {
        self.see(&format!("/?p={}", post.id))
    }

    /// The page of a new post of an administrator's.
    #[track_caller]
    pub fn see_content(&self, content: &str) -> String {
        self.see_post(&save("administrator", content))
    }

    /// A page's status, its `Cache-Control` and its text.
    #[track_caller]
    pub fn answer(&self, path: &str) -> (u16, String, String) {
        let answer = agent().get(self.address(path)).call().expect("an answer");
        let cache = answer
            .headers()
            .get("cache-control")
            .and_then(|value| value.to_str().ok());
        let cache = cache.unwrap_or_default().to_owned();
        (answer.status().as_u16(), cache, text(answer))
    }

    /// Asks the REST API.
    #[track_caller]
    pub fn post(&self, route: &str, body: &Value) -> Value {
        let address = self.address(&format!("/?rest_route={route}"));
        let request = agent().post(address).header("content-type", "application/json");
        let answer = text(request.send(body.to_string()).expect("an answer"));
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{route}: {error}: {answer}"))
    }
}

/// Saves a post as the user of a role, through the REST API; a contributor's waits for review. Nobody has looked at it:
/// WordPress is asked for what it kept, not for what it makes of it.
#[track_caller]
pub fn save(role: &str, content: &str) -> Post {
    let status = if role == "contributor" { "pending" } else { "publish" };
    let saved = visit_as(role).post(
        "/wp/v2/posts&_fields=id,content.raw",
        &json!({"title": "Events", "content": content, "status": status}),
    );
    let id = saved["id"].as_u64();
    Post {
        id: id.unwrap_or_else(|| panic!("{role}: expected a post, found {saved}")),
        raw: saved["content"]["raw"].as_str().unwrap_or_default().to_owned(),
    }
}

/// A request to WordPress as a browser that is logged in sends it; the answer's status, `Location` and text.
pub struct Session(String);

/// Logs in through the form.
#[track_caller]
pub fn log_in(role: &str) -> Session {
    let form = format!("log={role}&pwd={role}&testcookie=1");
    let request = agent().post(format!("{}/wp-login.php", site()));
    let request = request
        .header("cookie", "wordpress_test_cookie=WP%20Cookie%20check")
        .header("content-type", "application/x-www-form-urlencoded");
    let answer = request.send(form).expect("an answer");
    let cookies = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let cookies: Vec<&str> = cookies.filter_map(|cookie| cookie.split(';').next()).collect();
    assert!(
        cookies.iter().any(|cookie| cookie.starts_with("wordpress_logged_in_")),
        "{role}: expected a session"
    );
    Session(cookies.join("; "))
}

impl Session {
    /// The page at a path, whatever its status.
    #[track_caller]
    pub fn see(&self, path: &str) -> (u16, String) {
        let answer = agent()
            .get(format!("{}{path}", site()))
            .header("cookie", &self.0)
            .call();
        let answer = answer.expect("an answer");
        (answer.status().as_u16(), text(answer))
    }

    /// Sends a form, and gives the answer's status and text.
    #[track_caller]
    pub fn send(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let fields: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
            .collect();
        let request = agent().post(format!("{}{path}", site())).header("cookie", &self.0);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.send(fields.join("&")).expect("an answer");
        (answer.status().as_u16(), text(answer))
    }

    /// What a browser must hold to be taken for this one: names and values.
    pub fn cookies(&self) -> Vec<(String, String)> {
        let pairs = self.0.split("; ").filter_map(|cookie| cookie.split_once('='));
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }
}

impl Publisher {
    /// A publisher whose list of either language is this text.
    pub fn with_list(list: impl Into<String>) -> Self {
        let list = list.into();
        Self::answering(move |_| Response::text("text/html; charset=utf-8", list.clone()))
    }

    /// A publisher that answers as it likes; its feed is that of the tests.
    pub fn answering(answer: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&asked);
        let server = Server::start(0, move |request| {
            noted
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(request.clone());
            match request.path.as_str() {
                "/feed.json" => Response::file(Path::new(env!("CARGO_MANIFEST_DIR")).join("../feeds/prices.json")),
                _ => answer(request),
            }
        });
        Self {
            server: server.expect("a free port"),
            asked,
        }
    }

    /// The feed's address.
    pub fn feed(&self) -> String {
        format!("{}/feed.json", self.server.origin())
    }

    /// The shortcode with this feed and further attributes.
    pub fn shortcode(&self, attributes: &str) -> String {
        format!("[joint_events feed=\"{}\" {attributes}]", self.feed())
    }

    /// Every request for anything but the feed, in order.
    pub fn requests(&self) -> Vec<Request> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked
            .iter()
            .filter(|request| request.path != "/feed.json")
            .cloned()
            .collect()
    }

    /// The paths of these requests.
    pub fn paths(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.path).collect()
    }
}

/// The tag in a page, from its `<` to the end of its end tag.
///
/// # Panics
/// Where there is none.
#[track_caller]
pub fn tag(page: &str) -> &str {
    let start = page
        .find("<joint-events")
        .unwrap_or_else(|| panic!("expected a tag in {page}"));
    let rest = &page[start..];
    let end = rest
        .find("</joint-events>")
        .unwrap_or_else(|| panic!("expected the end of the tag in {rest}"));
    &rest[..end + "</joint-events>".len()]
}

/// The tag's start tag.
#[track_caller]
pub fn start_tag(page: &str) -> &str {
    tag(page).split_inclusive('>').next().unwrap_or_default()
}

/// What stands inside the tag.
#[track_caller]
pub fn inside(page: &str) -> &str {
    let (start, whole) = (start_tag(page).len(), tag(page));
    &whole[start..whole.len() - "</joint-events>".len()]
}

/// The tags of the widget's script in a page.
pub fn scripts(page: &str) -> Vec<&str> {
    let tags = page.split("<script").skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter(|tag| tag.contains("joint-events.js")).collect()
}

/// A file of those that the site writes: `requests.log`, `complaints.log`.
pub fn log(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/wordpress");
    fs::read_to_string(folder.join(name)).unwrap_or_default()
}

/// Where WordPress runs.
///
/// # Panics
/// Where nobody said: `cargo xtask test-wordpress` starts it.
pub fn site() -> String {
    std::env::var("JOINT_EVENTS_WORDPRESS").expect("a WordPress: cargo xtask test-wordpress starts one")
}

fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into()
}

fn text(mut answer: Answer<Body>) -> String {
    answer.body_mut().read_to_string().expect("a text")
}

/// Percent-encoding of a form's field.
fn escape(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
        escaped
    })
}

/// Base64 (RFC 4648, section 5: in an address), without padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let padded = [three[0], *three.get(1).unwrap_or(&0), *three.get(2).unwrap_or(&0)];
        let bits = padded.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for place in 0..=three.len() {
            let index = bits >> (18 - 6 * place) & 63;
            text.push(char::from(LETTERS[usize::try_from(index).expect("less than 64")]));
        }
    }
    text
}
