// Element (JS): attributes → the options of the view. A bad value gives the default and one complaint.

const FILTERS = ["search", "province", "theme", "format", "organizer", "event-language", "month", "price", "rate"];

/**
 * Every attribute: how its text is read, its option when it is absent or bad, and whether its property is the text of
 * the attribute or the option itself. Properties and options have the same names, in camelCase.
 */
export const ATTRIBUTES = {
  __proto__: null,
  feed: text(addresses, []),
  association: text(oneId, null),
  "member-of": text(memberships, null),
  province: text(words, []),
  theme: text(words, []),
  format: text(words, []),
  organizer: text(words, []),
  "event-language": text(words, []),
  price: text(words, []),
  rate: text(words, []),
  locked: text(wordsAmong([...FILTERS, "member"]), []),
  filters: text(wordsAmong(FILTERS), ["search", "province", "theme", "format", "organizer"]),
  view: value(oneOf(["list", "month"]), "list"),
  limit: value(wholeNumber(1, 50), 20),
  past: value(flag, false),
  "heading-level": value(wholeNumber(3, 6), 3),
  "url-state": text(prefix, null),
  remember: value(flag, false),
  "color-scheme": value(oneOf(["auto", "light", "dark"]), "auto"),
  "json-ld": value(flag, false),
  "utm-source": text(encoded, null),
  "utm-medium": text(encoded, null),
  "utm-campaign": text(encoded, null),
};

/** `member-of` → `memberOf`. */
export function camelCase(name) {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/**
 * The options that the attributes give, all but `lang`, which depends on what is around the element too.
 * The object has no prototype: what a page adds to `Object.prototype` is no option.
 * @param {(name: string) => string | null} attribute
 * @param {string} baseURI what a relative `feed` is resolved against
 * @param {(name: string, complaint: string) => void} complain
 */
export function readOptions(attribute, baseURI, complain) {
  const options = Object.create(null);
  for (const name of Object.keys(ATTRIBUTES)) {
    options[camelCase(name)] = readOption(name, attribute(name), baseURI, complain);
  }
  return options;
}

/** One option, from the text of its attribute or `null` where there is none. */
export function readOption(name, text, baseURI, complain) {
  const { read, absent } = ATTRIBUTES[name];
  if (text === null) return absent;
  const bad = (expected) => complain(name, `${name}: expected ${expected}, found ${JSON.stringify(text)}`);
  return read(text, bad, baseURI) ?? absent;
}

/** The attribute's text for what a property is set to; `null` takes the attribute away. */
export function attributeText(name, given) {
  if (ATTRIBUTES[name].read === flag) return given ? "" : null;
  if (!Array.isArray(given)) return given === null || given === undefined ? null : String(given);
  // As in the detail of `joint-events:member`, no association is `none` and not "unknown".
  return name === "member-of" && !given.length ? "none" : given.join(" ");
}

function text(read, absent) {
  return { __proto__: null, read, absent, property: "text" };
}

function value(read, absent) {
  return { __proto__: null, read, absent, property: "value" };
}

function words(text) {
  return [...new Set(text.split(/\s+/).filter((word) => word))];
}

function wordsAmong(allowed) {
  return (text, bad) => {
    const given = words(text);
    const known = given.filter((word) => allowed.includes(word));
    if (known.length < given.length) bad(`words among ${allowed.join(" ")}`);
    return known.length || !given.length ? known : undefined;
  };
}

function oneId(text, bad) {
  const ids = words(text);
  if (ids.length > 1) bad("one id");
  return ids.length === 1 ? ids[0] : undefined;
}

function memberships(text, bad) {
  const ids = words(text);
  if (!ids.includes("none")) return ids.length ? ids : undefined;
  if (ids.length === 1) return [];
  bad("ids, or none alone");
}

function addresses(text, bad, baseURI) {
  const given = words(text);
  const known = given.map((word) => webAddress(word, baseURI)).filter((address) => address);
  if (known.length < given.length) bad("http: or https: addresses");
  return [...new Set(known)];
}

function webAddress(word, baseURI) {
  try {
    const url = new URL(word, baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** What stands before a dot in the names of a query's parameters. */
function prefix(text, bad) {
  const word = text.trim();
  if (/^[a-z][\w-]*$/i.test(word)) return word;
  bad("a letter, then letters, digits, _ and -");
}

/** A text as it stands in a query. */
function encoded(text, bad) {
  try {
    return encodeURIComponent(text.trim());
  } catch {
    bad("text");
  }
}

/** As in HTML, to be there is to be on, but for `false`, which some frameworks write and nobody means as "on". */
function flag(text) {
  return text !== "false";
}

function wholeNumber(least, most) {
  return (text, bad) => {
    const number = /^\s*\d+\s*$/.test(text) ? Number(text) : NaN;
    if (number >= least && number <= most) return number;
    bad(`a whole number from ${least} to ${most}`);
  };
}

function oneOf(allowed) {
  return (text, bad) => {
    const word = text.trim().toLowerCase();
    if (allowed.includes(word)) return word;
    bad(`one of ${allowed.join(" ")}`);
  };
}
