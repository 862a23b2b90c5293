//! Publish: bytes from a file, standard input or an address.

use std::fs;
use std::io::{self, Read};

use crate::import::Unreadable;

/// Most bytes that are taken from one place: 32 MiB, twice the longest feed.
pub const MOST: u64 = 32 << 20;

/// Whether a name is an address, not a file's.
///
/// ```
/// assert!(joint_events_publish::input::is_address("https://example.org/feed.json"));
/// assert!(!joint_events_publish::input::is_address("feed.json"));
/// ```
pub fn is_address(name: &str) -> bool {
    name.starts_with("https://") || name.starts_with("http://")
}

/// The bytes of a file; `-` is standard input; an address is fetched.
///
/// # Errors
/// What was expected and found, where it can't be read or is too long.
pub fn bytes(name: &str) -> Result<Vec<u8>, Unreadable> {
    if is_address(name) {
        return fetched(name);
    }
    let mut bytes = Vec::new();
    let read = if name == "-" {
        io::stdin().lock().take(MOST.saturating_add(1)).read_to_end(&mut bytes)
    } else {
        fs::File::open(name).and_then(|file| file.take(MOST.saturating_add(1)).read_to_end(&mut bytes))
    };
    match read {
        Ok(length) if u64::try_from(length).unwrap_or(u64::MAX) > MOST => {
            Err(Unreadable::new(format!("at most {MOST} bytes"), "more"))
        }
        Ok(_) => Ok(bytes),
        Err(error) => Err(Unreadable::new("a file that can be read", reason(&error))),
    }
}

#[cfg(feature = "fetch")]
fn fetched(address: &str) -> Result<Vec<u8>, Unreadable> {
    crate::fetch::fetch(address)
}

#[cfg(not(feature = "fetch"))]
fn fetched(_address: &str) -> Result<Vec<u8>, Unreadable> {
    Err(Unreadable::new("a file", "an address, which this build does not fetch"))
}

/// Why the system refused, in the same words everywhere.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "one that may not be touched".to_owned(),
        io::ErrorKind::IsADirectory => "a folder".to_owned(),
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => "a file".to_owned(),
        _ => error.to_string().to_lowercase(),
    }
}
