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
    /// What joining an association would save; for a visitor known to belong to none.
    pub joining: Vec<Joining>,
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

/// Whether there are places for a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// The rates of an event for a visitor at a moment. `association` is whose site it is: its joining comes first.
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
/// let rates = rates(&reading.feed.events[0], &reading.feed, &member, None, Instant(0));
/// assert_eq!(rates.lines[0].saving.map(|saving| (saving.amount.minor, saving.percent)), Some((20000, 28)));
/// # Ok::<(), joint_events_model::read::ReadError>(())
/// ```
pub fn rates(event: &Event, feed: &Feed, memberships: &Memberships, association: Option<&str>, now: Instant) -> Rates {
    let board = Board {
        offers: &event.offers,
        currency: feed.currency,
    };
    let regular_audience = board.regular_audience(now);
    let regular = regular_audience
        .as_ref()
        .and_then(|audience| board.rate(now, |offer| offer.audience == *audience));
    let members: Vec<(&str, Rate)> = feed
        .associations
        .iter()
        .filter_map(|association| Some((association.id.as_str(), board.member_rate(&association.id, now)?)))
        .collect();
    let own = own_rate(&members, regular.as_ref(), memberships);
    let savings = || {
        members.iter().filter_map(|(id, rate)| {
            let regular = regular.as_ref()?;
            let available = rate.availability != Some(Availability::SoldOut);
            Some((*id, saving(rate, regular)?)).filter(|_| available)
        })
    };
    let mut lines = own_and_members(&members, regular.as_ref(), own, memberships);
    lines.extend(board.in_other_currencies(&members));
    if let Some(regular) = &regular {
        let struck_or_own = lines
            .iter()
            .any(|line| line.saving.is_some() || line.whose == Whose::OwnRegular);
        if !struck_or_own {
            lines.push(regular.line(Whose::Regular));
        }
        lines.extend(
            regular
                .further
                .iter()
                .map(|further| board.single(*further, Whose::Regular)),
        );
    }
    lines.extend(board.others(regular_audience.as_ref(), regular.as_ref(), now));
    Rates {
        own: own.map(|own| own.rate.offer),
        regular: regular.as_ref().map(|rate| rate.offer),
        members: members.iter().map(|(_, rate)| rate.offer).collect(),
        saving_up_to: match memberships {
            Memberships::Unknown => savings()
                .map(|(_, saving)| saving)
                .max_by_key(|saving| saving.amount.minor),
            Memberships::Known(_) => None,
        },
        joining: match memberships {
            Memberships::Known(ids) if ids.is_empty() => joining(savings(), feed, association),
            Memberships::Known(_) | Memberships::Unknown => Vec::new(),
        },
        taxes: board.taxes(&lines),
        places: board.places(memberships, now),
        lines,
    }
}

/// The next moment after `now` at which an offer of the event begins or ceases to hold, or its registration opens or closes.
pub fn next_boundary(event: &Event, now: Instant) -> Option<Instant> {
    let begins = event
        .offers
        .iter()
        .filter_map(|offer| offer.valid_from)
        .chain(event.registration.opens);
    let ceases = event
        .offers
        .iter()
        .filter_map(|offer| offer.valid_through)
        .chain(event.registration.closes);
    let begins = begins.map(|moment| moment.instant());
    let ceases = ceases.map(after);
    begins.chain(ceases).filter(|boundary| *boundary > now).min()
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

fn own_rate<'a>(
    members: &'a [(&'a str, Rate)],
    regular: Option<&'a Rate>,
    memberships: &Memberships,
) -> Option<Own<'a>> {
    if *memberships == Memberships::Unknown {
        return None;
    }
    let theirs = || members.iter().filter(|(id, _)| memberships.contains(id));
    let currency = regular.or(theirs().map(|(_, rate)| rate).find(|rate| rate.amount.is_some()));
    let currency = currency.and_then(|rate| rate.amount).map(|money| money.currency);
    let comparable = |rate: &Rate| {
        rate.amount.is_none() || currency.is_none() || rate.amount.map(|money| money.currency) == currency
    };
    theirs()
        .filter(|(_, rate)| comparable(rate))
        .map(|(id, rate)| Own {
            rate,
            association: Some(id),
        })
        .chain(regular.map(|rate| Own {
            rate,
            association: None,
        }))
        .min_by_key(|own| own.rate.preference())
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
    let mut named: Vec<(&Rate, Vec<String>)> = Vec::new();
    for (id, rate) in members {
        let has_line = memberships.contains(id) && own.is_some_and(|own| comparable_with(rate, own.rate));
        if has_line {
            continue;
        }
        match named.iter_mut().find(|(other, _)| other.reads_as(rate)) {
            Some((_, ids)) => ids.push((*id).to_owned()),
            None => named.push((rate, vec![(*id).to_owned()])),
        }
    }
    lines.extend(named.into_iter().map(|(rate, ids)| rate.line(Whose::Members(ids))));
    lines
}

/// Whether a rate was in the choice from which the own one was taken.
fn comparable_with(rate: &Rate, own: &Rate) -> bool {
    match (rate.amount, own.amount) {
        (Some(amount), Some(own)) => amount.currency == own.currency,
        (None, _) | (_, None) => true,
    }
}

fn joining<'a>(
    savings: impl Iterator<Item = (&'a str, Saving)>,
    feed: &Feed,
    association: Option<&str>,
) -> Vec<Joining> {
    let has_page = |id: &str| {
        feed.association(id)
            .is_some_and(|association| !association.join_url.is_empty())
    };
    let mut joining: Vec<Joining> = savings
        .filter(|(id, _)| has_page(id))
        .map(|(id, saving)| Joining {
            association: id.to_owned(),
            saving,
        })
        .collect();
    joining.sort_by_key(|joining| Some(joining.association.as_str()) != association);
    joining
}

/// The offers of one event, with the currency in which they are compared first.
#[derive(Clone, Copy)]
struct Board<'a> {
    offers: &'a [Offer],
    currency: Currency,
}

impl<'a> Board<'a> {
    fn current(self, now: Instant) -> impl Iterator<Item = (usize, &'a Offer)> {
        self.offers
            .iter()
            .enumerate()
            .filter(move |(_, offer)| is_current(offer, now))
    }

    /// `nonMember`, else `public`, whichever has a current offer.
    fn regular_audience(self, now: Instant) -> Option<Audience> {
        [Audience::NonMember, Audience::Public]
            .into_iter()
            .find(|audience| self.current(now).any(|(_, offer)| offer.audience == *audience))
    }

    fn member_rate(self, association: &str, now: Instant) -> Option<Rate> {
        self.rate(now, |offer| {
            offer.audience == Audience::Member && offer.member_of.iter().any(|id| id == association)
        })
    }

    /// The cheapest current offer of a group, with what follows it there.
    fn rate(self, now: Instant, group: impl Fn(&Offer) -> bool) -> Option<Rate> {
        let (offer, further) = self.cheapest(now, &group)?;
        let chosen = self.offers.get(offer)?;
        Some(Rate {
            offer,
            amount: chosen.price,
            availability: chosen.availability,
            deadline: self.deadline(chosen, &group),
            further,
        })
    }

    /// The place of the cheapest current offer of a group, and the places of those in other currencies.
    fn cheapest(self, now: Instant, group: &impl Fn(&Offer) -> bool) -> Option<(usize, Vec<usize>)> {
        let current: Vec<(usize, &Offer)> = self.current(now).filter(|(_, offer)| group(offer)).collect();
        let priced = || {
            current
                .iter()
                .filter_map(|(place, offer)| Some((*place, *offer, offer.price?)))
        };
        let in_document = priced().find(|(_, _, price)| price.currency == self.currency);
        let Some(currency) = in_document
            .or_else(|| priced().next())
            .map(|(_, _, price)| price.currency)
        else {
            return current.first().map(|(place, _)| (*place, Vec::new()));
        };
        let cheapest = priced()
            .filter(|(_, _, price)| price.currency == currency)
            .min_by_key(|(_, offer, price)| (offer.availability == Some(Availability::SoldOut), price.minor))?;
        let further = priced()
            .filter(|(_, _, price)| price.currency != currency)
            .map(|(place, _, _)| place);
        Some((cheapest.0, further.collect()))
    }

    /// The end of an offer that a dearer one of its group follows.
    fn deadline(self, offer: &Offer, group: &impl Fn(&Offer) -> bool) -> Option<Deadline> {
        let until = offer.valid_through?;
        let price = offer.price?;
        let end = after(until);
        let later = self
            .offers
            .iter()
            .filter(|offer| group(offer))
            .filter_map(|offer| offer.valid_from);
        let later = later.map(|from| from.instant()).filter(|from| *from > end).min();
        let following = self.cheapest(end, group).or_else(|| self.cheapest(later?, group))?;
        let following = self.offers.get(following.0)?;
        let then = following.price?;
        let dearer = then.currency == price.currency && then.minor > price.minor;
        let for_sale = following.availability != Some(Availability::SoldOut);
        (dearer && for_sale).then_some(Deadline { until, then })
    }

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

    /// A line for every member offer in another currency than the rate of its associations.
    fn in_other_currencies(self, members: &[(&str, Rate)]) -> Vec<Line> {
        let mut offers: Vec<usize> = members
            .iter()
            .flat_map(|(_, rate)| rate.further.iter().copied())
            .collect();
        offers.sort_unstable();
        offers.dedup();
        let named = |offer| {
            let theirs = members.iter().filter(|(_, rate)| rate.further.contains(&offer));
            theirs.map(|(id, _)| (*id).to_owned()).collect()
        };
        offers
            .into_iter()
            .map(|offer| self.single(offer, Whose::Members(named(offer))))
            .collect()
    }

    /// One line for every other audience and name: further names of the public among them.
    fn others(self, regular_audience: Option<&Audience>, regular: Option<&Rate>, now: Instant) -> Vec<Line> {
        let regular_name = regular
            .and_then(|rate| self.offers.get(rate.offer))
            .map(|offer| &offer.name);
        let is_other = |offer: &Offer| match offer.audience {
            Audience::Member | Audience::NonMember => false,
            Audience::Public => regular_audience != Some(&Audience::Public) || Some(&offer.name) != regular_name,
            Audience::Other(_) => true,
        };
        let mut named: Vec<&Offer> = Vec::new();
        let mut lines = Vec::new();
        for (_, offer) in self.current(now).filter(|(_, offer)| is_other(offer)) {
            let same = |other: &Offer| other.audience == offer.audience && other.name == offer.name;
            if named.iter().any(|other| same(other)) {
                continue;
            }
            named.push(offer);
            if let Some(rate) = self.rate(now, same) {
                lines.push(rate.line(Whose::Other));
                lines.extend(rate.further.iter().map(|further| self.single(*further, Whose::Other)));
            }
        }
        lines
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
        let each: Vec<Places> = self
            .current(now)
            .filter(|(_, offer)| could_take(offer))
            .map(|(_, offer)| match offer.availability {
                Some(Availability::InStock | Availability::PreSale) | None => Places::Left,
                Some(Availability::Limited) => Places::Few,
                Some(Availability::Waitlist) => Places::Waitlist,
                Some(Availability::SoldOut) => Places::SoldOut,
            })
            .collect();
        [Places::Left, Places::Few, Places::Waitlist, Places::SoldOut]
            .into_iter()
            .find(|places| each.contains(places))
            .unwrap_or(Places::Left)
    }
}
