//! Publish: what must not stand in a file that all the world reads: codes, passwords, addresses.

use std::collections::HashMap;
use std::sync::OnceLock;

use joint_events_model::text::fold;
use regex::Regex;
use serde_json::Value;

use super::path::Path;
use crate::finding::Finding;

/// Parts of member names that name a secret or an address.
const MEMBERS: &[&str] = &[
    "password",
    "passcode",
    "passwd",
    "pwd",
    "secret",
    "token",
    "coupon",
    "promo",
    "accesscode",
    "membercode",
    "discountcode",
    "meetingcode",
    "apikey",
    "email",
    "courriel",
    "motdepasse",
    "codepromo",
    "codemembre",
];

/// Names in a link's query that carry one.
const QUERY: &[&str] = &[
    "code",
    "coupon",
    "promo",
    "promocode",
    "discount",
    "discountcode",
    "token",
    "accesstoken",
    "accesscode",
    "pwd",
    "password",
    "passcode",
    "pass",
    "secret",
    "key",
    "apikey",
    "invite",
    "invitation",
    "email",
    "mail",
    "courriel",
    "auth",
    "sig",
    "signature",
    "pin",
    "membercode",
];

/// Secrets and addresses, wherever they stand.
pub(super) fn findings(document: &Value) -> Vec<Finding> {
    let mut search = Search::default();
    search.walk(document, &Path::Document);
    search.findings
}

#[derive(Default)]
struct Search<'a> {
    findings: Vec<Finding>,
    /// Whether a member of a name is one that must not be, by name: a document has few names, many times each.
    names: HashMap<&'a str, bool>,
}

impl<'a> Search<'a> {
    fn walk(&mut self, value: &'a Value, path: &Path) {
        match value {
            Value::Object(members) => {
                for (name, inner) in members {
                    let path = Path::Member(path, name);
                    if *self.names.entry(name).or_insert_with(|| is_secret(name)) {
                        let found = format!("a member that is called \"{name}\"");
                        self.tell(&path, found);
                    }
                    self.walk(inner, &path);
                }
            }
            Value::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    self.walk(item, &Path::Item(path, number));
                }
            }
            Value::String(text) => {
                if let Some(found) = secret(text) {
                    self.tell(path, found);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn tell(&mut self, path: &Path, found: String) {
        self.findings
            .push(Finding::error("secret", path.to_string(), "public facts only", found));
    }
}

fn is_secret(member: &str) -> bool {
    let plain = letters(member);
    plain == "code" || MEMBERS.iter().any(|word| plain.contains(word))
}

/// What a text gives away, without saying it again.
fn secret(text: &str) -> Option<String> {
    static PATTERNS: OnceLock<Vec<(Regex, &str)>> = OnceLock::new();
    let patterns = PATTERNS.get_or_init(|| {
        let space = r"[ \t\u{a0}\u{202f}]*";
        [
            (
                r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}".to_owned(),
                "an e-mail address",
            ),
            (r"(?i)mailto:".to_owned(), "a mailto: link"),
            (
                format!(r"(?i:\bcoupon){space}(?::|(?i:code))?{space}:?{space}({TOKEN})"),
                "a coupon",
            ),
            (format!(r"(?i:\bcode){space}:{space}({TOKEN})"), "a code"),
            (
                format!(r"(?i:\b(?:password|passcode|mot de passe|access code|code d.acc.s)){space}:{space}\S"),
                "a password",
            ),
        ]
        .into_iter()
        .filter_map(|(pattern, found)| Some((Regex::new(&pattern).ok()?, found)))
        .collect()
    });
    // Most texts hold none of these: the patterns are slow beside one search for their words.
    static WORDS: OnceLock<Option<Regex>> = OnceLock::new();
    let words = WORDS.get_or_init(|| Regex::new("(?i)@|mailto:|code|coupon|mot de passe|password").ok());
    if words.as_ref().is_some_and(|words| !words.is_match(text)) {
        return query_secret(text);
    }
    for (pattern, found) in patterns {
        if pattern.is_match(text) {
            return Some((*found).to_owned());
        }
    }
    query_secret(text)
}

/// A code as people make them: capitals and digits, or letters with a digit among them.
const TOKEN: &str = r"\b(?:[A-Z0-9][A-Z0-9_-]{2,}\b|[A-Za-z_-]*[0-9][A-Za-z0-9_-]{2,})";

fn query_secret(text: &str) -> Option<String> {
    let query = text.strip_prefix("https://")?.split_once('?')?.1;
    let query = query.split('#').next()?;
    let mut names = query
        .split(['&', ';'])
        .map(|pair| pair.split('=').next().unwrap_or_default());
    let name = names.find(|name| QUERY.contains(&letters(name).as_str()))?;
    Some(format!("a link with \"{name}\" in its query"))
}

/// A name's letters and digits alone, folded: `access_code` and `accessCode` are one.
fn letters(name: &str) -> String {
    fold(name)
        .chars()
        .filter(|character| character.is_ascii_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_texts_are_found() {
        for (text, found) in [
            ("Écrire à info@example.org", "an e-mail address"),
            ("mailto:info", "a mailto: link"),
            ("Code : LSO2027", "a code"),
            ("code:abc123", "a code"),
            ("Code\u{a0}: MEMBRES", "a code"),
            ("coupon BIO20", "a coupon"),
            ("Use coupon code: SAVE", "a coupon"),
            ("Mot de passe : gala", "a password"),
            (
                "https://example.org/r?event=1&promo_code=X",
                "a link with \"promo_code\" in its query",
            ),
            ("https://zoom.example/j/1?pwd=abc", "a link with \"pwd\" in its query"),
        ] {
            assert_eq!(secret(text).as_deref(), Some(found), "{text}");
        }
    }

    #[test]
    fn plain_texts_are_no_secrets() {
        for text in [
            "Dress code: business casual",
            "Code vestimentaire : tenue de ville",
            "Code of conduct: see our site",
            "Coupons are not accepted",
            "Un coupon de repas est inclus",
            "14:30 @ MaRS",
            "https://example.org/code?event=1#code=1",
            "https://social.example/@lso",
            "Code postal : H2X 1Y4",
        ] {
            assert_eq!(secret(text), None, "{text}");
        }
    }
}
