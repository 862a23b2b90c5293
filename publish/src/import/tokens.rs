//! Publish: the feed's tokens as cells say them, in the feed's own words or in French or English ones.

use joint_events_model::text::fold;

/// The expectation that a problem names for a flag.
pub const FLAG: &str = "Oui, Non, Yes, No, TRUE, FALSE, 1 or 0";
/// The expectation that a problem names for a status.
pub const STATUS: &str = "scheduled, cancelled, postponed, rescheduled or movedOnline";
/// The expectation that a problem names for an attendance.
pub const ATTENDANCE: &str = "inPerson, online or hybrid";
/// The expectation that a problem names for an availability.
pub const AVAILABILITY: &str = "inStock, limited, soldOut, waitlist or preSale";
/// The expectation that a problem names for an audience.
pub const AUDIENCE: &str = "member, nonMember, public or the id of another audience";

/// A yes or a no.
///
/// ```
/// use joint_events_publish::import::tokens::flag;
///
/// assert_eq!(flag("Oui"), Some(true));
/// assert_eq!(flag("FALSE"), Some(false));
/// assert_eq!(flag("x"), None);
/// ```
pub fn flag(text: &str) -> Option<bool> {
    match fold(text.trim()).as_str() {
        "oui" | "yes" | "true" | "vrai" | "1" | "o" | "y" => Some(true),
        "non" | "no" | "false" | "faux" | "0" | "n" => Some(false),
        _ => None,
    }
}

/// The feed's token for a status.
pub fn status(text: &str) -> Option<&'static str> {
    Some(match key(text).as_str() {
        "scheduled" | "confirmed" | "prevu" | "confirme" => "scheduled",
        "cancelled" | "canceled" | "annule" => "cancelled",
        "postponed" | "reporte" => "postponed",
        "rescheduled" | "nouvelledate" => "rescheduled",
        "movedonline" | "nowonline" | "maintenantenligne" => "movedOnline",
        _ => return None,
    })
}

/// The feed's token for an attendance.
pub fn attendance(text: &str) -> Option<&'static str> {
    Some(match key(text).as_str() {
        "inperson" | "enpersonne" | "enpresentiel" | "presentiel" => "inPerson",
        "online" | "enligne" | "virtuel" | "virtual" => "online",
        "hybrid" | "hybride" => "hybrid",
        _ => return None,
    })
}

/// The feed's token for an availability.
pub fn availability(text: &str) -> Option<&'static str> {
    Some(match key(text).as_str() {
        "instock" | "available" | "disponible" | "disponibles" => "inStock",
        "limited" | "limitedavailability" | "fewplacesleft" | "dernieresplaces" => "limited",
        "soldout" | "outofstock" | "complet" => "soldOut",
        "waitlist" | "waitinglist" | "listedattente" | "backorder" => "waitlist",
        "presale" | "preorder" | "prevente" => "preSale",
        _ => return None,
    })
}

/// The feed's token for an audience; a word that is none of the built-in ones is taken as the id that it may be.
pub fn audience(text: &str) -> Option<String> {
    let token = match key(text).as_str() {
        "member" | "members" | "membre" | "membres" => "member",
        "nonmember" | "nonmembers" | "nonmembre" | "nonmembres" => "nonMember",
        "public" | "grandpublic" | "generalpublic" => "public",
        "etudiant" | "etudiants" | "student" | "students" => "student",
        _ => text.trim(),
    };
    let starts = token.bytes().next().is_some_and(|first| first.is_ascii_alphabetic());
    let fits = starts && token.len() <= 40 && token.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then(|| token.to_owned())
}

/// The ids of a list that is parted by spaces (commas and semicolons part it too), each once.
pub fn list(text: &str) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for word in text.split(|character: char| character.is_whitespace() || matches!(character, ',' | ';')) {
        if !word.is_empty() && !kept.iter().any(|other| other == word) {
            kept.push(word.to_owned());
        }
    }
    kept
}

/// Letters and digits alone, folded: `En personne`, `en-personne` and `enPersonne` are one.
fn key(text: &str) -> String {
    fold(text)
        .chars()
        .filter(|character| character.is_alphanumeric())
        .collect()
}
