//! Model: what a joint-events feed means, with no browser, no clock and no language of its own.
//!
//! This file holds the nouns; each other file is one verb or one standard. A feed's text becomes a
//! [`Feed`] in [`read`], a visitor's choice of events is made in [`select`], what they pay in [`rates`].
//!
//! ```
//! use joint_events_model::{read::read, time::Instant};
//!
//! let reading = read(r#"{"format": "joint-events", "version": "1.0", "associations": [], "events": []}"#)?;
//! assert!(reading.feed.events.is_empty());
//! # Ok::<(), joint_events_model::read::ReadError>(())
//! ```

pub mod campaign;
pub mod decimal;
pub mod ics;
mod ids;
mod json;
pub mod json_ld;
pub mod link;
pub mod merge;
pub mod month;
pub mod problem;
pub mod query;
pub mod rates;
pub mod read;
pub mod record;
pub mod registration;
pub mod season;
pub mod select;
pub mod text;
pub mod time;
pub mod web_calendar;

use std::fmt;

use link::Link;
use time::{DateTime, Span, When};

/// A value by language: BCP 47 tags in the order of the feed, each once. Empty means absent.
///
/// ```
/// use joint_events_model::Localized;
///
/// let title = Localized::from([("fr", "Gala"), ("en", "Awards night")]);
/// assert_eq!(title.pick("en-CA"), Some(("en", &"Awards night")));
/// assert_eq!(title.pick("de"), Some(("fr", &"Gala")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Localized<T>(pub Vec<(String, T)>);

impl<T> Default for Localized<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// Plain text by language, never markup.
pub type Text = Localized<String>;

/// Links by language, each of which passed the gate in [`link`].
pub type Links = Localized<Link>;

impl<T> Localized<T> {
    /// The value for a BCP 47 tag and the tag that it stands under: the tag itself, else the same primary
    /// language (RFC 4647 lookup), else the first. `None` where there is none in any language.
    pub fn pick(&self, tag: &str) -> Option<(&str, &T)> {
        self.0
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(tag))
            .or_else(|| self.0.iter().find(|(own, _)| same_language(own, tag)))
            .or_else(|| self.0.first())
            .map(|(own, value)| (own.as_str(), value))
    }

    /// Whether there is no value in any language.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The values of every language, in the order of the feed.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<T, U: Into<T>, const N: usize> From<[(&str, U); N]> for Localized<T> {
    fn from(pairs: [(&str, U); N]) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(tag, value)| (tag.to_owned(), value.into()))
                .collect(),
        )
    }
}

/// The primary language subtag of a BCP 47 tag (RFC 5646, section 2.2.1), as written.
///
/// ```
/// assert_eq!(joint_events_model::primary_language("fr-CA"), "fr");
/// ```
pub fn primary_language(tag: &str) -> &str {
    text::parted(tag, b'-').map_or(tag, |(primary, _)| primary)
}

/// Whether two BCP 47 tags name the same primary language.
///
/// ```
/// assert!(joint_events_model::same_language("fr-CA", "fr"));
/// ```
pub fn same_language(one: &str, other: &str) -> bool {
    primary_language(one).eq_ignore_ascii_case(primary_language(other))
}

/// An ISO 4217 currency code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The Canadian dollar, the currency of a feed that names none.
    pub const CAD: Self = Self(*b"CAD");

    /// The code's currency, or `None` for anything but three capital ASCII letters.
    ///
    /// ```
    /// use joint_events_model::Currency;
    ///
    /// assert_eq!(Currency::new("CAD"), Some(Currency::CAD));
    /// assert_eq!(Currency::new("$"), None);
    /// ```
    pub fn new(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// The code, as a text of its own: made without std's reader of UTF-8, which the widget would have for this alone.
    pub fn code(self) -> String {
        let mut code = String::new();
        for letter in self.0 {
            code.push(char::from(letter));
        }
        code
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        // Three ASCII capitals by construction: the fallback is never met.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount of money: hundredths of the currency's main unit, as the feed's decimals are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Hundredths of the main unit; at most 999 999 999.
    pub minor: u32,
    /// ISO 4217.
    pub currency: Currency,
}

impl Money {
    /// The amount of a feed's decimal string: digits without a superfluous zero, a point, two digits.
    /// `None` for anything else, a lone `"25"` among it: an amount is never guessed.
    ///
    /// ```
    /// use joint_events_model::{Currency, Money};
    ///
    /// assert_eq!(Money::parse("25.00", Currency::CAD), Some(Money { minor: 2500, currency: Currency::CAD }));
    /// assert_eq!(Money::parse("25 $", Currency::CAD), None);
    /// ```
    pub fn parse(text: &str, currency: Currency) -> Option<Self> {
        let (whole, cents) = text::parted(text, b'.')?;
        let superfluous_zero = whole.len() > 1 && whole.starts_with('0');
        if whole.len() > 7 || superfluous_zero || cents.len() != 2 {
            return None;
        }
        let minor = decimal::whole(whole)?
            .checked_mul(100)?
            .checked_add(decimal::whole(cents)?)?;
        Some(Self { minor, currency })
    }

    /// The amount as the feed writes it: `495.00`.
    ///
    /// ```
    /// use joint_events_model::{Currency, Money};
    ///
    /// assert_eq!(Money { minor: 4950, currency: Currency::CAD }.decimal(), "49.50");
    /// ```
    pub fn decimal(&self) -> String {
        let mut text = String::new();
        decimal::push_decimal(&mut text, self.minor / 100, 1);
        text.push('.');
        decimal::push_decimal(&mut text, self.minor % 100, 2);
        text
    }
}

/// A whole feed as read: what was good in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// What the list is called.
    pub title: Text,
    /// The page that lists all events: the way out when anything fails.
    pub url: Links,
    /// A subscription per language (iCalendar).
    pub calendar_url: Links,
    /// The default IANA zone of the document.
    pub time_zone: String,
    /// The document's currency, for offers that name none.
    pub currency: Currency,
    /// BCP 47 tags, the publisher's first language first.
    pub languages: Vec<String>,
    /// The associations whose members have rates.
    pub associations: Vec<Association>,
    /// The vocabulary of the province filter, in its order; ids are ISO 3166-2.
    pub provinces: Vec<Term>,
    /// The vocabulary of the theme filter, in its order.
    pub themes: Vec<Term>,
    /// Labels of audiences beyond member, non-member and public.
    pub audiences: Vec<Term>,
    /// In the order of the document.
    pub events: Vec<Event>,
}

impl Feed {
    /// The association of an id.
    pub fn association(&self, id: &str) -> Option<&Association> {
        self.associations.iter().find(|association| association.id == id)
    }
}

/// An association whose membership the feed's offers name.
#[derive(Clone, Debug, PartialEq)]
pub struct Association {
    /// Stable identifier that offers, organizers and the embed's attributes use.
    pub id: String,
    /// Full name.
    pub name: Text,
    /// Short name, for badges and rates, where there is one.
    pub short_name: Option<String>,
    /// Its own site.
    pub url: Links,
    /// Where one becomes a member.
    pub join_url: Links,
    /// `#RRGGBB`.
    pub color: Option<String>,
}

/// An entry of a vocabulary: an id and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What events refer to.
    pub id: String,
    /// What a visitor reads.
    pub label: Text,
}

/// schema.org `eventStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// As planned.
    Scheduled,
    /// Will not take place.
    Cancelled,
    /// Put off; the new date is not known.
    Postponed,
    /// Put off to the date in `start`.
    Rescheduled,
    /// Takes place online only.
    MovedOnline,
    /// A token that this reader does not know: taken as scheduled, to be checked on the event's page.
    Unrecognized,
}

impl Status {
    /// The feed's own token; `scheduled` for one that was not recognized.
    ///
    /// ```
    /// assert_eq!(joint_events_model::Status::MovedOnline.token(), "movedOnline");
    /// ```
    pub fn token(self) -> &'static str {
        match self {
            Self::Scheduled | Self::Unrecognized => "scheduled",
            Self::Cancelled => "cancelled",
            Self::Postponed => "postponed",
            Self::Rescheduled => "rescheduled",
            Self::MovedOnline => "movedOnline",
        }
    }
}

/// schema.org `eventAttendanceMode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Attendance {
    /// At the venue.
    InPerson,
    /// Online only.
    Online,
    /// Both.
    Hybrid,
}

impl Attendance {
    /// The feed's own token.
    ///
    /// ```
    /// assert_eq!(joint_events_model::Attendance::InPerson.token(), "inPerson");
    /// ```
    pub fn token(self) -> &'static str {
        match self {
            Self::InPerson => "inPerson",
            Self::Online => "online",
            Self::Hybrid => "hybrid",
        }
    }
}

/// An event (schema.org `Event`).
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Unique in this feed: the id, or for a repeated id the id with a mark of its own.
    pub key: String,
    /// As published: stable for ever.
    pub id: String,
    /// One line; in at least one language.
    pub title: Text,
    /// One paragraph.
    pub summary: Text,
    /// Paragraphs, parted by blank lines.
    pub description: Text,
    /// First day or moment.
    pub start: When,
    /// Last day (inclusive) or moment, of the same kind as `start` and not before it.
    pub end: Option<When>,
    /// IANA zone of the event.
    pub time_zone: String,
    /// Whether it takes place as planned.
    pub status: Status,
    /// What a visitor must know about the status.
    pub status_note: Text,
    /// Former starts, oldest first.
    pub previous_start: Vec<When>,
    /// How one attends, if the feed says so.
    pub attendance: Option<Attendance>,
    /// Where.
    pub venue: Option<Venue>,
    /// How one attends from afar.
    pub online: Option<Online>,
    /// ISO 3166-2 ids, or `CA` for everywhere; the venue's region where the feed names none.
    pub provinces: Vec<String>,
    /// Ids of associations; more than one: a joint event.
    pub organizers: Vec<String>,
    /// Other organisations that take part.
    pub partners: Vec<Partner>,
    /// Ids of the theme vocabulary.
    pub themes: Vec<String>,
    /// BCP 47 tags of the languages spoken.
    pub languages: Vec<String>,
    /// Where a picture is.
    pub image: Option<Link>,
    /// The event's own page.
    pub url: Links,
    /// How one registers.
    pub registration: Registration,
    /// Ids under which others list it.
    pub same_as: Vec<String>,
    /// Who pays what, in the order of the feed.
    pub offers: Vec<Offer>,
    /// The currency of the document that it stands in, or stood in before several became one: prices in it are compared
    /// before those in any other.
    pub currency: Currency,
    /// Whether an offer was lost in reading, so that the list is not whole.
    pub prices_incomplete: bool,
    /// When the publisher last changed it.
    pub updated_at: Option<DateTime>,
}

impl Event {
    /// The time that it takes.
    pub fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

/// Where an event takes place (schema.org `Place` with its `PostalAddress`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Venue {
    /// Name of the place.
    pub name: Option<String>,
    /// Street address.
    pub street: Option<String>,
    /// Town.
    pub locality: Option<String>,
    /// ISO 3166-2.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// A map of it.
    pub map_url: Option<Link>,
}

/// How one attends from afar (schema.org `VirtualLocation`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Online {
    /// The service's name.
    pub platform: Option<String>,
    /// What it is, in words.
    pub label: Text,
    /// Where, if that is public.
    pub url: Option<Link>,
}

/// An organisation that takes part without organizing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its name.
    pub name: String,
    /// Its site.
    pub url: Option<Link>,
}

/// How and when one registers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registration {
    /// The registration page.
    pub url: Links,
    /// First moment.
    pub opens: Option<DateTime>,
    /// Last moment.
    pub closes: Option<DateTime>,
    /// Each association's own registration page: its id and the links.
    pub alternatives: Vec<(String, Links)>,
}

/// Whom an offer is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Members of the associations in `member_of`.
    Member,
    /// Those who are no members.
    NonMember,
    /// Anybody.
    Public,
    /// Another audience of the feed's vocabulary.
    Other(String),
}

impl Audience {
    /// The feed's own token.
    ///
    /// ```
    /// assert_eq!(joint_events_model::Audience::NonMember.token(), "nonMember");
    /// ```
    pub fn token(&self) -> &str {
        match self {
            Self::Member => "member",
            Self::NonMember => "nonMember",
            Self::Public => "public",
            Self::Other(token) => token,
        }
    }
}

/// schema.org `ItemAvailability`, as far as events use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Availability {
    /// Places are left.
    InStock,
    /// Few places are left.
    Limited,
    /// None is left.
    SoldOut,
    /// None is left, but one may wait for one.
    Waitlist,
    /// On sale before the general sale.
    PreSale,
}

/// A price for an audience (schema.org `Offer`).
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Identifier within its event.
    pub id: String,
    /// What the rate is called.
    pub name: Text,
    /// Whom it is for.
    pub audience: Audience,
    /// Associations of the feed: a member of any of these has the rate. Never empty for `Audience::Member`.
    pub member_of: Vec<String>,
    /// Absent: not announced. Zero: free.
    pub price: Option<Money>,
    /// Whether taxes are in the price, if the feed says so.
    pub tax_included: Option<bool>,
    /// First moment at which it holds.
    pub valid_from: Option<DateTime>,
    /// Last moment at which it holds; the whole of its second.
    pub valid_through: Option<DateTime>,
    /// Whether places are left, if the feed says so.
    pub availability: Option<Availability>,
    /// A registration page for this audience alone.
    pub url: Links,
    /// What a buyer must know.
    pub note: Text,
}
