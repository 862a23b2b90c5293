//! Model: which price applies to whom, when (feed.md, "Which price applies").
//!
//! Money is compared within one currency only, and only among offers that hold at `now`.

use crate::time::{DateTime, Instant};
use crate::{Audience, Availability, Currency, Event, Feed, Money, Offer};

/// What is known of a visitor's memberships.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Memberships {
    /// Nobody said.
    #[default]
    Unknown,
    /// Ids of the associations they belong to; empty: known to be a member of none.
    Known(Vec<String>),
}

impl Memberships {
    /// Whether the visitor is known to belong to an association.
    pub fn contains(&self, association: &str) -> bool {
        match self {
            Self::Unknown => false,
            Self::Known(ids) => ids.iter().any(|id| id == association),
        }
    }
}

/// The prices of one event as one visitor sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// The lines, in the order in which everyone sees them; empty where no offer holds now.
    pub lines: Vec<Line>,
    /// The visitor's own offer: a place in the event's offers. `None` for an unknown visitor, or without an offer.
    pub own: Option<usize>,
    /// The offer of the regular rate: a place in the event's offers.
    pub regular: Option<usize>,
    /// Member offers, the cheapest of each association, in the order of the feed's associations.
    pub members: Vec<usize>,
    /// What members save at most; for an unknown visitor alone.
    pub saving_up_to: Option<Saving>,
    /// Whether taxes come on top of a price that is shown.
    pub taxes: Taxes,
    /// Whether there are places for this visitor.
    pub places: Places,
}

/// One line of an event's prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose rate it is.
    pub whose: Whose,
    /// Its offer: a place in the event's offers.
    pub offer: usize,
    /// What is paid; `None`: not announced.
    pub amount: Option<Money>,
    /// What is saved against the regular rate, which is `amount` and the saving together; on the own line alone.
    pub saving: Option<Saving>,
    /// Until when it holds and what follows, for an early-bird rate.
    pub deadline: Option<Deadline>,
    /// Whether places are left at this rate, if the feed says so.
    pub availability: Option<Availability>,
}

/// Whose rate a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The visitor's, as a member of this association.
    OwnAsMember(String),
    /// The visitor's, who pays the regular rate.
    OwnRegular,
    /// Of the members of these associations, in the order of the feed.
    Members(Vec<String>),
    /// Of those who are no members.
    Regular,
    /// Of another audience, or of the public beside the non-members.
    Other,
}

/// How much less one rate is than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saving {
    /// The difference; more than nothing.
    pub amount: Money,
    /// Whole percent of the dearer rate, rounded down: 0 to 100.
    pub percent: u32,
}

/// The end of an early-bird rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The last moment at which it holds.
    pub until: DateTime,
    /// The higher price that follows.
    pub then: Money,
}

/// What a non-member would save as a member of an association.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// The association's id; it has a `joinUrl`.
    pub association: String,
    /// What its members save.
    pub saving: Saving,
}

/// Whether taxes are on top of the prices that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taxes {
    /// They come on top of at least one.
    OnTop,
    /// They are in the prices, or the feed does not say.
    NotOnTop,
}

/// Whether there are places for a visitor. Orders from the best news to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Places {
    /// There are, or the feed does not say.
    Left,
    /// Few are left in every offer that they could take.
    Few,
    /// None is left, but one may wait for one.
    Waitlist,
    /// None is left.
    SoldOut,
}

/// The rates of an event for a visitor at a moment.
///
/// ```
/// use joint_events_model::{rates::{rates, Memberships}, read::read, time::Instant};
///
/// let reading = read(r#"{"format": "joint-events", "version": "1.0",
///     "associations": [{"id": "bioquebec", "name": {"fr": "BIOQuébec"}}], "events": [{
///     "id": "gala", "title": {"fr": "Gala"}, "start": "2027-03-09", "timeZone": "America/Toronto", "organizers": ["lso"],
///     "offers": [{"id": "m", "audience": "member", "memberOf": ["bioquebec"], "price": "495.00"},
///                {"id": "n", "audience": "nonMember", "price": "695.00"}]}]}"#)?;
/// let member = Memberships::Known(vec!["bioquebec".into()]);
/// let rates = rates(&reading.feed.events[0], &reading.feed, &member, Instant(0));
/// assert_eq!(rates.lines[0].saving.map(|saving| (saving.amount.minor, saving.percent)), Some((20000, 28)));
/// # Ok::<(), joint_events_model::read::ReadError>(())
/// ```
pub fn rates(event: &Event, feed: &Feed, memberships: &Memberships, now: Instant) -> Rates {
    let board = Board {
        offers: &event.offers,
        currency: event.currency,
    };
    let regular_audience = board.regular_audience(now);
    let regular = regular_audience
        .as_ref()
        .and_then(|audience| board.rate(now, &|offer| offer.audience == *audience));
    let members = board.member_rates(feed, now, None);
    let own = own_rate(&members, regular.as_ref(), memberships);
    let mut lines = own_and_members(&members, regular.as_ref(), own, memberships);
    board.push_other_currencies(&mut lines, &members);
    if let Some(regular) = &regular {
        let struck_or_own = lines
            .iter()
            .any(|line| line.saving.is_some() || line.whose == Whose::OwnRegular);
        if !struck_or_own {
            lines.push(regular.line(Whose::Regular));
        }
        for further in &regular.further {
            lines.push(board.single(*further, Whose::Regular));
        }
    }
    board.push_others(&mut lines, regular_audience.as_ref(), regular.as_ref(), now);
    Rates {
        own: own.map(|own| own.rate.offer),
        regular: regular.as_ref().map(|rate| rate.offer),
        members: members.iter().map(|(_, rate)| rate.offer).collect(),
        saving_up_to: match memberships {
            Memberships::Unknown => greatest(&savings(&members, regular.as_ref())),
            Memberships::Known(_) => None,
        },
        taxes: board.taxes(&lines),
        places: board.places(memberships, now),
        lines,
    }
}

/// The offer that applies to a visitor, a place in the event's offers: that of their own rate, of one who is unknown the regular
/// one. It is what [`rates`] has as `own`, else as `regular`, without the lines.
pub fn applying(event: &Event, feed: &Feed, memberships: &Memberships, now: Instant) -> Option<usize> {
    let board = Board {
        offers: &event.offers,
        currency: event.currency,
    };
    let regular = board.regular_rate(now);
    let theirs = board.member_rates(feed, now, Some(memberships));
    let own = own_rate(&theirs, regular.as_ref(), memberships);
    own.map(|own| own.rate).or(regular.as_ref()).map(|rate| rate.offer)
}

/// What joining each association with a page for it would save a visitor who belongs to none. `association` is whose site it is:
/// its own comes first.
pub fn joinings(event: &Event, feed: &Feed, association: Option<&str>, now: Instant) -> Vec<Joining> {
    let board = Board {
        offers: &event.offers,
        currency: event.currency,
    };
    let regular = board.regular_rate(now);
    let members = board.member_rates(feed, now, None);
    let mut joining = Vec::new();
    for (id, saving) in savings(&members, regular.as_ref()) {
        if feed.association(id).is_some_and(|own| !own.join_url.is_empty()) {
            let place = if Some(id) == association { 0 } else { joining.len() };
            let association = id.to_owned();
            joining.insert(place, Joining { association, saving });
        }
    }
    joining
}

/// The next moment after `now` at which an offer of the event begins or ceases to hold, or its registration opens or closes.
pub fn next_boundary(event: &Event, now: Instant) -> Option<Instant> {
    let mut next = None;
    let mut take = |moment: Option<DateTime>, bound: fn(DateTime) -> Instant| {
        let bound = moment.map(bound).filter(|bound| *bound > now);
        if bound.is_some() && (next.is_none() || bound < next) {
            next = bound;
        }
    };
    take(event.registration.opens, DateTime::instant);
    take(event.registration.closes, after);
    for offer in &event.offers {
        take(offer.valid_from, DateTime::instant);
        take(offer.valid_through, after);
    }
    next
}

/// The first millisecond at which a bound given by its last moment is past.
fn after(moment: DateTime) -> Instant {
    Instant(moment.last_instant().0.saturating_add(1))
}

/// Whether an offer holds at a moment; an absent bound is open.
///
/// ```
/// # use joint_events_model::{rates::is_current, time::Instant, Audience, Offer};
/// # fn example(offer: &Offer, now: Instant) {
/// let shown = is_current(offer, now);
/// # }
/// ```
pub fn is_current(offer: &Offer, now: Instant) -> bool {
    offer.valid_from.is_none_or(|from| from.instant() <= now)
        && offer.valid_through.is_none_or(|through| now <= through.last_instant())
}

/// The rate that was found for an audience: the offer, and what to say with it.
#[derive(Clone, Debug)]
struct Rate {
    offer: usize,
    amount: Option<Money>,
    availability: Option<Availability>,
    deadline: Option<Deadline>,
    /// Offers in other currencies, which are never compared with it.
    further: Vec<usize>,
}

impl Rate {
    // A line is large: where it is made, it stands once in the binary.
    #[inline(never)]
    fn line(&self, whose: Whose) -> Line {
        let Self {
            offer,
            amount,
            availability,
            deadline,
            further: _,
        } = *self;
        Line {
            whose,
            offer,
            amount,
            saving: None,
            deadline,
            availability,
        }
    }

    /// Whether two rates read the same.
    fn reads_as(&self, other: &Self) -> bool {
        (self.amount, self.availability, self.deadline) == (other.amount, other.availability, other.deadline)
    }

    /// Order of preference: places left, then a known price, then the lower one, then the first in the feed.
    fn preference(&self) -> (bool, bool, Option<u32>, usize) {
        let sold_out = self.availability == Some(Availability::SoldOut);
        (
            self.amount.is_none(),
            sold_out,
            self.amount.map(|money| money.minor),
            self.offer,
        )
    }
}

/// The visitor's own rate, and of which association it is, if of one.
#[derive(Clone, Copy)]
struct Own<'a> {
    rate: &'a Rate,
    association: Option<&'a str>,
}

#[inline(never)]
fn own_rate<'a>(
    members: &'a [(&'a str, Rate)],
    regular: Option<&'a Rate>,
    memberships: &Memberships,
) -> Option<Own<'a>> {
    if *memberships == Memberships::Unknown {
        return None;
    }
    let mut theirs: Vec<Own> = Vec::new();
    for (id, rate) in members {
        if memberships.contains(id) {
            theirs.push(Own {
                rate,
                association: Some(id),
            });
        }
    }
    let priced = || theirs.iter().map(|own| own.rate).find(|rate| rate.amount.is_some());
    let currency = regular
        .or_else(priced)
        .and_then(|rate| rate.amount)
        .map(|money| money.currency);
    if let Some(rate) = regular {
        theirs.push(Own {
            rate,
            association: None,
        });
    }
    let mut best: Option<Own> = None;
    for own in theirs {
        let comparable = match (own.rate.amount, currency) {
            (Some(amount), Some(currency)) => amount.currency == currency,
            (None, _) | (_, None) => true,
        };
        if comparable && best.is_none_or(|best| own.rate.preference() < best.rate.preference()) {
            best = Some(own);
        }
    }
    best
}

/// What one rate is below the regular one; `None` where it is not, or where they can't be compared.
fn saving(rate: &Rate, regular: &Rate) -> Option<Saving> {
    let (amount, regular) = (rate.amount?, regular.amount?);
    if amount.currency != regular.currency {
        return None;
    }
    let minor = regular.minor.checked_sub(amount.minor).filter(|minor| *minor > 0)?;
    let percent = u64::from(minor)
        .checked_mul(100)?
        .checked_div(u64::from(regular.minor))?;
    Some(Saving {
        amount: Money { minor, ..amount },
        percent: u32::try_from(percent).ok()?,
    })
}

/// The visitor's own line, then one line for all associations with the same rate.
fn own_and_members(
    members: &[(&str, Rate)],
    regular: Option<&Rate>,
    own: Option<Own>,
    memberships: &Memberships,
) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(own) = own {
        let mut line = own.rate.line(match own.association {
            Some(association) => Whose::OwnAsMember(association.to_owned()),
            None => Whose::OwnRegular,
        });
        line.saving = regular.and_then(|regular| saving(own.rate, regular));
        lines.push(line);
    }
    let before = lines.len();
    let mut named: Vec<&Rate> = Vec::new();
    for (id, rate) in members {
        let has_line = memberships.contains(id) && own.is_some_and(|own| comparable_with(rate, own.rate));
        if has_line {
            continue;
        }
        let id = (*id).to_owned();
        let same = named.iter().position(|other| other.reads_as(rate));
        match same.and_then(|place| lines.get_mut(before.wrapping_add(place))) {
            Some(Line {
                whose: Whose::Members(ids),
                ..
            }) => ids.push(id),
            _ => {
                named.push(rate);
                lines.push(rate.line(Whose::Members(vec![id])));
            }
        }
    }
    lines
}

/// Whether a rate was in the choice from which the own one was taken.
fn comparable_with(rate: &Rate, own: &Rate) -> bool {
    match (rate.amount, own.amount) {
        (Some(amount), Some(own)) => amount.currency == own.currency,
        (None, _) | (_, None) => true,
    }
}

/// What members of each association save, where places are left at their rate.
#[inline(never)]
fn savings<'a>(members: &[(&'a str, Rate)], regular: Option<&Rate>) -> Vec<(&'a str, Saving)> {
    let mut savings = Vec::new();
    for (id, rate) in members {
        let for_sale = rate.availability != Some(Availability::SoldOut);
        if let Some(saving) = regular.filter(|_| for_sale).and_then(|regular| saving(rate, regular)) {
            savings.push((*id, saving));
        }
    }
    savings
}

/// The greatest saving; of equal ones the last.
fn greatest(savings: &[(&str, Saving)]) -> Option<Saving> {
    let mut greatest: Option<Saving> = None;
    for (_, saving) in savings {
        if greatest.is_none_or(|other| other.amount.minor <= saving.amount.minor) {
            greatest = Some(*saving);
        }
    }
    greatest
}

/// The offers of one event, with the currency in which they are compared first.
#[derive(Clone, Copy)]
struct Board<'a> {
    offers: &'a [Offer],
    currency: Currency,
}

impl<'a> Board<'a> {
    /// `nonMember`, else `public`, whichever has a current offer.
    fn regular_audience(self, now: Instant) -> Option<Audience> {
        let holds = |audience: &Audience| {
            let mut offers = self.offers.iter();
            offers.any(|offer| offer.audience == *audience && is_current(offer, now))
        };
        if holds(&Audience::NonMember) {
            return Some(Audience::NonMember);
        }
        Some(Audience::Public).filter(holds)
    }

    fn regular_rate(self, now: Instant) -> Option<Rate> {
        let audience = self.regular_audience(now)?;
        self.rate(now, &|offer| offer.audience == audience)
    }

    /// The rates of members, by their association, in the order of the feed; of `theirs` alone, if given.
    // Not inlined: it is called for the lines of a card, and for all events at once by what comes later.
    #[inline(never)]
    fn member_rates<'f>(self, feed: &'f Feed, now: Instant, theirs: Option<&Memberships>) -> Vec<(&'f str, Rate)> {
        let mut members: Vec<(&str, Rate)> = Vec::new();
        for association in &feed.associations {
            if theirs.is_some_and(|theirs| !theirs.contains(&association.id)) {
                continue;
            }
            let rate = self.rate(now, &|offer| {
                offer.audience == Audience::Member && offer.member_of.contains(&association.id)
            });
            if let Some(rate) = rate {
                members.push((&association.id, rate));
            }
        }
        members
    }

    /// The cheapest current offer of a group, with what follows it there.
    fn rate(self, now: Instant, group: &dyn Fn(&Offer) -> bool) -> Option<Rate> {
        let (offer, further) = self.cheapest(now, group)?;
        let chosen = self.offers.get(offer)?;
        Some(Rate {
            offer,
            amount: chosen.price,
            availability: chosen.availability,
            deadline: self.deadline(chosen, group),
            further,
        })
    }

    /// The place of the cheapest current offer of a group, and the places of those in other currencies.
    fn cheapest(self, now: Instant, group: &dyn Fn(&Offer) -> bool) -> Option<(usize, Vec<usize>)> {
        let mut first = None;
        let mut priced: Vec<(usize, &Offer, Money)> = Vec::new();
        for (place, offer) in self.offers.iter().enumerate() {
            if is_current(offer, now) && group(offer) {
                first = first.or(Some(place));
                if let Some(price) = offer.price {
                    priced.push((place, offer, price));
                }
            }
        }
        let in_document = priced.iter().find(|(_, _, price)| price.currency == self.currency);
        let Some((_, _, Money { currency, .. })) = in_document.or(priced.first()).copied() else {
            return Some((first?, Vec::new()));
        };
        let mut cheapest: Option<(usize, (bool, u32))> = None;
        let mut further = Vec::new();
        for (place, offer, price) in priced {
            let cost = (offer.availability == Some(Availability::SoldOut), price.minor);
            if price.currency != currency {
                further.push(place);
            } else if cheapest.is_none_or(|(_, least)| cost < least) {
                cheapest = Some((place, cost));
            }
        }
        Some((cheapest?.0, further))
    }

    /// The end of an offer that a dearer one of its group follows.
    fn deadline(self, offer: &Offer, group: &dyn Fn(&Offer) -> bool) -> Option<Deadline> {
        let until = offer.valid_through?;
        let price = offer.price?;
        let end = after(until);
        let mut later: Option<Instant> = None;
        for offer in self.offers {
            let Some(from) = offer.valid_from.map(DateTime::instant) else {
                continue;
            };
            if from > end && later.is_none_or(|later| from < later) && group(offer) {
                later = Some(from);
            }
        }
        let following = self.cheapest(end, group).or_else(|| self.cheapest(later?, group))?;
        let following = self.offers.get(following.0)?;
        let then = following.price?;
        let dearer = then.currency == price.currency && then.minor > price.minor;
        let for_sale = following.availability != Some(Availability::SoldOut);
        (dearer && for_sale).then_some(Deadline { until, then })
    }

    #[inline(never)]
    fn single(self, place: usize, whose: Whose) -> Line {
        let offer = self.offers.get(place);
        Line {
            whose,
            offer: place,
            amount: offer.and_then(|offer| offer.price),
            saving: None,
            deadline: None,
            availability: offer.and_then(|offer| offer.availability),
        }
    }

    /// Adds a line for every member offer in another currency than the rate of its associations.
    fn push_other_currencies(self, lines: &mut Vec<Line>, members: &[(&str, Rate)]) {
        for offer in 0..self.offers.len() {
            let mut ids = Vec::new();
            for (id, rate) in members {
                if rate.further.contains(&offer) {
                    ids.push((*id).to_owned());
                }
            }
            if !ids.is_empty() {
                lines.push(self.single(offer, Whose::Members(ids)));
            }
        }
    }

    /// Adds one line for every other audience and name: further names of the public among them.
    fn push_others(
        self,
        lines: &mut Vec<Line>,
        regular_audience: Option<&Audience>,
        regular: Option<&Rate>,
        now: Instant,
    ) {
        let regular_name = regular
            .and_then(|rate| self.offers.get(rate.offer))
            .map(|offer| &offer.name);
        let is_other = |offer: &Offer| match offer.audience {
            Audience::Member | Audience::NonMember => false,
            Audience::Public => regular_audience != Some(&Audience::Public) || Some(&offer.name) != regular_name,
            Audience::Other(_) => true,
        };
        let mut named: Vec<&Offer> = Vec::new();
        for offer in self.offers {
            if !is_current(offer, now) || !is_other(offer) {
                continue;
            }
            let same = |other: &Offer| other.audience == offer.audience && other.name == offer.name;
            if named.iter().any(|other| same(other)) {
                continue;
            }
            named.push(offer);
            if let Some(rate) = self.rate(now, &same) {
                lines.push(rate.line(Whose::Other));
                for further in &rate.further {
                    lines.push(self.single(*further, Whose::Other));
                }
            }
        }
    }

    fn taxes(self, lines: &[Line]) -> Taxes {
        let on_top = |line: &Line| {
            let offer = self.offers.get(line.offer);
            let free = line.amount.is_some_and(|money| money.minor == 0);
            !free && offer.is_some_and(|offer| offer.tax_included == Some(false))
        };
        if lines.iter().any(on_top) {
            Taxes::OnTop
        } else {
            Taxes::NotOnTop
        }
    }

    fn places(self, memberships: &Memberships, now: Instant) -> Places {
        let could_take = |offer: &Offer| match (&offer.audience, memberships) {
            (_, Memberships::Unknown) | (Audience::NonMember | Audience::Public, _) => true,
            (Audience::Member, Memberships::Known(_)) => offer.member_of.iter().any(|id| memberships.contains(id)),
            (Audience::Other(_), Memberships::Known(_)) => false,
        };
        let mut best: Option<Places> = None;
        for offer in self.offers {
            if !is_current(offer, now) || !could_take(offer) {
                continue;
            }
            let places = match offer.availability {
                Some(Availability::InStock | Availability::PreSale) | None => Places::Left,
                Some(Availability::Limited) => Places::Few,
                Some(Availability::Waitlist) => Places::Waitlist,
                Some(Availability::SoldOut) => Places::SoldOut,
            };
            if best.is_none_or(|best| places < best) {
                best = Some(places);
            }
        }
        best.unwrap_or(Places::Left)
    }
}
