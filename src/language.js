// Element (JS): finds the language that is asked for. Which is spoken then is the view's affair.

/**
 * The host's own language, else the nearest one above it (the page's is on its root element), else what the first
 * selection suggests: a BCP 47 tag, with the hyphens that some write as `_`.
 * @param {HTMLElement} host
 * @param {string | null} own
 * @param {string[]} province
 */
export function languageOf(host, own, province) {
  const tag = own?.trim() || nearestLanguage(host);
  if (tag) return tag.split(/\s/, 1)[0].replaceAll("_", "-");
  return province.length === 1 && province[0] === "CA-QC" ? "fr-CA" : "en-CA";
}

/**
 * Has the browser read what it knows of languages, dates and numbers, which takes the time of many cards: in some tasks, since
 * the first formatter of a process would do all of that in one.
 */
export async function warm(language) {
  const turn = () => new Promise((done) => setTimeout(done));
  try {
    await turn();
    Intl.Collator.supportedLocalesOf(language);
    await turn();
    new Intl.Locale(language).maximize();
    await turn();
    (0).toLocaleString(language);
    await turn();
    new Intl.DateTimeFormat(language, { __proto__: null, month: "short", timeZoneName: "short" }).formatRange(0, 9e9);
  } catch {
    // No tag of a language: the view takes another.
  }
}

function nearestLanguage(host) {
  for (let node = host; node; node = above(node)) {
    if (nodeType(node) !== Node.ELEMENT_NODE) continue;
    const tag = Element.prototype.getAttribute.call(node, "lang")?.trim();
    if (tag) return tag;
  }
  return null;
}

/** What a node stands in as it is seen: the slot that it was given to, its parent, or the host of its shadow root. */
function above(node) {
  if (nodeType(node) === Node.DOCUMENT_FRAGMENT_NODE) return node.host;
  const slot = nodeType(node) === Node.ELEMENT_NODE ? member(Element.prototype, "assignedSlot", node) : null;
  return slot ?? member(Node.prototype, "parentNode", node);
}

function nodeType(node) {
  return member(Node.prototype, "nodeType", node);
}

/** A form's or a document's own member may be hidden by an element of that name; the prototype's can't be. */
function member(prototype, name, node) {
  return Reflect.get(prototype, name, node);
}
