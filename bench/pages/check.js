// A feed's octets → the events that are good and the problems of the others, as model/src/read.rs has it: what a careful
// author writes in JavaScript after JSON.parse. It checks ids, texts, times, places, links and offers, and keeps copies.

const ID = /^[a-z0-9][a-z0-9._-]{0,79}$/;
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
const REGION = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/;
const ZONE = /^(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)$/;
const AUDIENCE = /^[A-Za-z][A-Za-z0-9]{0,39}$/;
const PRICE = /^\d{1,10}(?:\.\d{2})?$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]/g;
const PILE = /(\p{M}{8})\p{M}+/gu;
const HOST = /^[a-z0-9._-]+$/;
const STATUS = new Set(["scheduled", "cancelled", "postponed", "rescheduled", "movedOnline"]);
const ATTENDANCE = new Set(["inPerson", "online", "hybrid"]);
const AVAILABILITY = new Set(["inStock", "limited", "soldOut", "waitlist", "preSale"]);
const MOST_EVENTS = 10_000;
const LABEL = 300;
const TEXT = 4000;

export function check(octets) {
  const feed = JSON.parse(new TextDecoder().decode(octets));
  if (feed?.format !== "joint-events" || !/^1\.\d+$/.test(feed.version)) throw new Error("expected a feed");
  if (!Array.isArray(feed.events)) throw new Error("expected events");
  const problems = [];
  const known = new Set();
  const associations = each(feed, "associations", "", problems, (one, path) => {
    if (!isId(one.id)) return miss(problems, `${path}.id`, "an id", one.id);
    if (known.has(one.id)) return miss(problems, `${path}.id`, "another id", one.id);
    known.add(one.id);
    return { id: one.id, name: localized(one, "name", path, LABEL, problems), joinUrl: links(one, "joinUrl", path, problems) };
  });
  const terms = ["provinces", "themes", "audiences"].map((name) =>
    each(feed, name, "", problems, (one, path) => ({ id: one.id, label: localized(one, "label", path, LABEL, problems) })),
  );
  const keys = new Map();
  const events = [];
  feed.events.slice(0, MOST_EVENTS).forEach((one, number) => {
    const event = readEvent(one, `events[${number}]`, known, problems);
    if (!event) return;
    const times = (keys.get(event.id) ?? 0) + 1;
    keys.set(event.id, times);
    event.key = times > 1 ? `${event.id}~${times}` : event.id;
    events.push(event);
  });
  return { associations, terms, events, problems };
}

function readEvent(one, path, known, problems) {
  if (!isObject(one)) return miss(problems, path, "an object", one);
  if (!isId(one.id)) return miss(problems, `${path}.id`, "an id", one.id);
  const title = localized(one, "title", path, LABEL, problems);
  if (!title.size) return miss(problems, `${path}.title`, "text by language", one.title);
  const start = when(one.start);
  if (!start) return miss(problems, `${path}.start`, "a date or a time", one.start);
  if (!(typeof one.timeZone === "string" && ZONE.test(one.timeZone))) return miss(problems, `${path}.timeZone`, "a zone", one.timeZone);
  const organizers = tokens(one, "organizers", path, isId, problems);
  if (!organizers.length) return miss(problems, `${path}.organizers`, "an id", one.organizers);
  let end = one.end === undefined ? null : when(one.end);
  if (one.end !== undefined && !(end && end.day === start.day && end.at >= start.at)) {
    miss(problems, `${path}.end`, "an end after the start", one.end);
    end = null;
  }
  const venue = isObject(one.venue) ? readVenue(one.venue, `${path}.venue`, problems) : null;
  const provinces = tokens(one, "provinces", path, (id) => REGION.test(id), problems);
  let lost = false;
  const offers = each(one, "offers", path, problems, (offer, place) => {
    const made = readOffer(offer, place, known, problems);
    lost ||= !made;
    return made;
  });
  return {
    id: one.id,
    title,
    summary: localized(one, "summary", path, TEXT, problems),
    description: localized(one, "description", path, TEXT, problems),
    start,
    end,
    timeZone: one.timeZone,
    status: among(one, "status", path, STATUS, problems) ?? "scheduled",
    attendance: among(one, "attendance", path, ATTENDANCE, problems),
    venue,
    provinces: provinces.length ? provinces : [venue?.region].filter(Boolean),
    organizers,
    themes: tokens(one, "themes", path, (id) => id.trim() !== "", problems).slice(0, 20),
    languages: tokens(one, "languages", path, (tag) => LANGUAGE.test(tag), problems),
    url: links(one, "url", path, problems),
    registration: isObject(one.registration) ? links(one.registration, "url", `${path}.registration`, problems) : new Map(),
    offers,
    lost,
  };
}

function readVenue(one, path, problems) {
  const venue = { region: null };
  for (const name of ["name", "streetAddress", "locality", "postalCode"]) venue[name] = line(one[name], 200);
  for (const name of ["region", "country"]) {
    if (one[name] === undefined) continue;
    if (typeof one[name] === "string" && REGION.test(one[name])) venue[name] = one[name];
    else miss(problems, `${path}.${name}`, "a region", one[name]);
  }
  return venue;
}

function readOffer(one, path, known, problems) {
  if (!isId(one.id)) return miss(problems, `${path}.id`, "an id", one.id);
  if (!(typeof one.audience === "string" && AUDIENCE.test(one.audience))) return miss(problems, `${path}.audience`, "an audience", one.audience);
  const memberOf = tokens(one, "memberOf", path, (id) => known.has(id), problems);
  if (one.audience === "member" && !memberOf.length) return miss(problems, `${path}.memberOf`, "an association", one.memberOf);
  let price = null;
  if (one.price !== undefined) {
    if (!(typeof one.price === "string" && PRICE.test(one.price))) return miss(problems, `${path}.price`, "a decimal", one.price);
    // Minor units, not floats.
    const [whole, part = "00"] = one.price.split(".");
    price = Number(whole) * 100 + Number(part);
  }
  const times = {};
  for (const name of ["validFrom", "validThrough"]) {
    if (one[name] === undefined) continue;
    times[name] = moment(one[name]);
    if (times[name] === null) return miss(problems, `${path}.${name}`, "a time", one[name]);
  }
  return {
    id: one.id,
    audience: one.audience,
    memberOf,
    price,
    taxIncluded: typeof one.taxIncluded === "boolean" ? one.taxIncluded : null,
    availability: among(one, "availability", path, AVAILABILITY, problems),
    url: links(one, "url", path, problems),
    ...times,
  };
}

function miss(problems, path, expected, found) {
  problems.push({ path, expected, found: String(JSON.stringify(found)).slice(0, 80) });
  return null;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isId(value) {
  return typeof value === "string" && ID.test(value);
}

function each(object, name, path, problems, take) {
  const items = object[name] ?? [];
  if (!Array.isArray(items)) return miss(problems, `${path}.${name}`, "an array", items) ?? [];
  const kept = [];
  items.forEach((item, number) => {
    const place = `${path}.${name}[${number}]`;
    const made = isObject(item) ? take(item, place) : miss(problems, place, "an object", item);
    if (made) kept.push(made);
  });
  return kept;
}

function tokens(object, name, path, fits, problems) {
  const items = object[name] ?? [];
  if (!Array.isArray(items)) return miss(problems, `${path}.${name}`, "an array", items) ?? [];
  const kept = new Set();
  items.forEach((item, number) => {
    if (typeof item === "string" && fits(item)) kept.add(item);
    else miss(problems, `${path}.${name}[${number}]`, "a token", item);
  });
  return [...kept];
}

function among(object, name, path, values, problems) {
  if (object[name] === undefined) return null;
  return values.has(object[name]) ? object[name] : miss(problems, `${path}.${name}`, "one of its words", object[name]);
}

function localized(object, name, path, limit, problems) {
  const kept = new Map();
  if (object[name] === undefined) return kept;
  if (!isObject(object[name])) return miss(problems, `${path}.${name}`, "text by language", object[name]) ?? kept;
  for (const [language, text] of Object.entries(object[name])) {
    const cleaned = LANGUAGE.test(language) ? line(text, limit) : null;
    if (cleaned) kept.set(language, cleaned);
    else miss(problems, `${path}.${name}.${language}`, "a text", text);
  }
  return kept;
}

function line(text, limit) {
  if (typeof text !== "string") return null;
  const cleaned = text.replace(UNSEEN, "").replace(PILE, "$1").replace(/[\t\n\v\f\r ]+/g, " ").trim();
  return cleaned.length > limit ? `${[...cleaned].slice(0, limit).join("")}…` : cleaned;
}

function links(object, name, path, problems) {
  const kept = new Map();
  if (object[name] === undefined) return kept;
  if (!isObject(object[name])) return miss(problems, `${path}.${name}`, "links by language", object[name]) ?? kept;
  for (const [language, text] of Object.entries(object[name])) {
    const link = LANGUAGE.test(language) ? oneLink(text) : null;
    if (link) kept.set(language, link);
    else miss(problems, `${path}.${name}.${language}`, "a link", text);
  }
  return kept;
}

/** What the browser makes of it, if that is a plain `https:` one. */
function oneLink(text) {
  if (typeof text !== "string" || text.length > 2000) return null;
  try {
    const { protocol, username, password, hostname, href } = new URL(text);
    return protocol === "https:" && !username && !password && HOST.test(hostname) ? href : null;
  } catch {
    return null;
  }
}

function when(text) {
  if (typeof text !== "string") return null;
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year) return isDay(year, month, day) ? { day: true, at: Date.UTC(year, month - 1, day) } : null;
  const at = moment(text);
  return at === null ? null : { day: false, at, written: text };
}

function moment(text) {
  const [, year, month, day] = (typeof text === "string" && MOMENT.exec(text)) || [];
  return year && isDay(year, month, day) ? Date.parse(text) : null;
}

function isDay(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
}
