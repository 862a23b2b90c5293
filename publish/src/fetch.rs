//! Publish: the one file that speaks to the network: sources and feeds by their address, within time and size.

use std::io::Read;
use std::time::Duration;

use ureq::Agent;

use crate::import::{Unreadable, tribe};

/// Longest that one address may take, with all its redirects.
const TIME: Duration = Duration::from_secs(30);
/// Most redirects that are followed.
const MOST_REDIRECTS: usize = 5;
/// Most pages of one list.
const MOST_PAGES: usize = 50;

/// The bytes at an address; a list of The Events Calendar with all its pages.
///
/// # Errors
/// What was expected and found: no answer in time, a status other than 200, too many bytes, an address that is neither
/// `https:` nor on this machine.
pub fn fetch(address: &str) -> Result<Vec<u8>, Unreadable> {
    let first = page(address)?;
    let Some(mut next) = std::str::from_utf8(&first).ok().and_then(tribe::next_page) else {
        return Ok(first);
    };
    let mut pages = vec![String::from_utf8_lossy(&first).into_owned()];
    let mut length = first.len();
    loop {
        if pages.len() >= MOST_PAGES {
            return Err(Unreadable::new(
                format!("a list of at most {MOST_PAGES} pages"),
                "a longer one",
            ));
        }
        let page = page(&next)?;
        length = length.saturating_add(page.len());
        if u64::try_from(length).unwrap_or(u64::MAX) > crate::input::MOST {
            return Err(Unreadable::new(format!("at most {} bytes", crate::input::MOST), "more"));
        }
        let page = String::from_utf8_lossy(&page).into_owned();
        let following = tribe::next_page(&page);
        pages.push(page);
        match following {
            Some(following) => next = following,
            None => return Ok(tribe::joined(&pages).into_bytes()),
        }
    }
}

fn page(address: &str) -> Result<Vec<u8>, Unreadable> {
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(TIME))
        .timeout_connect(Some(Duration::from_secs(8)))
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent("joint-events")
        .build()
        .into();
    let mut address = address.to_owned();
    for _ in 0..=MOST_REDIRECTS {
        allowed(&address)?;
        let answer = agent.get(&address).call().map_err(|error| refused(&error))?;
        let status = answer.status().as_u16();
        if (300..400).contains(&status) {
            let to = answer.headers().get("location").and_then(|to| to.to_str().ok());
            let to = to.ok_or_else(|| Unreadable::new("an answer with status 200", status.to_string()))?;
            address = resolved(&address, to);
            continue;
        }
        if status != 200 {
            return Err(Unreadable::new("an answer with status 200", status.to_string()));
        }
        let most = crate::input::MOST;
        let mut bytes = Vec::new();
        let body = answer.into_body();
        let read = body.into_reader().take(most.saturating_add(1)).read_to_end(&mut bytes);
        return match read {
            Ok(length) if u64::try_from(length).unwrap_or(u64::MAX) > most => {
                Err(Unreadable::new(format!("at most {most} bytes"), "more"))
            }
            Ok(_) => Ok(bytes),
            Err(error) => Err(Unreadable::new("a whole answer", error.to_string().to_lowercase())),
        };
    }
    Err(Unreadable::new(format!("at most {MOST_REDIRECTS} redirects"), "more"))
}

/// `https:` anywhere; `http:` only to this machine, where nobody listens in.
fn allowed(address: &str) -> Result<(), Unreadable> {
    let local = address.strip_prefix("http://").is_some_and(|rest| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        };
        matches!(host, "127.0.0.1" | "localhost" | "[::1]")
    });
    if local || address.starts_with("https://") {
        Ok(())
    } else {
        let scheme = address.split(':').next().unwrap_or_default();
        Err(Unreadable::new("an https: address", format!("one with {scheme}:")))
    }
}

/// Where a redirect leads: an address, or a path on the same host.
fn resolved(from: &str, to: &str) -> String {
    if to.contains("://") {
        return to.to_owned();
    }
    let scheme = from.find("://").map_or(0, |place| place.saturating_add(3));
    let rest = from.get(scheme..).unwrap_or_default();
    let host = rest.find('/').map_or(from.len(), |place| place.saturating_add(scheme));
    let origin = from.get(..host).unwrap_or(from);
    if let Some(path) = to.strip_prefix("//") {
        return format!("{}{path}", from.get(..scheme).unwrap_or_default());
    }
    if to.starts_with('/') {
        format!("{origin}{to}")
    } else {
        format!("{origin}/{to}")
    }
}

fn refused(error: &ureq::Error) -> Unreadable {
    let found = match error {
        ureq::Error::Timeout(_) => format!("none after {} s", TIME.as_secs()),
        other => other.to_string().to_lowercase(),
    };
    Unreadable::new("an answer", found)
}
