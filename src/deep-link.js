// Element (JS): the fragment of the page's address, where it names something in a widget, as in `#je-ID`: that is opened and
// brought into sight. What stands there is anybody's text: it is only compared.

const MARK = "je-";

/** The longest name that is looked for. */
const LONGEST = 100;

/**
 * The widgets of the page.
 * @typedef {object} Place
 * @property {HTMLElement} host
 * @property {() => boolean} isAwaited whether it has nothing to show yet
 * @property {() => void} wake starts it, if it waits for the viewport
 * @property {(id: string) => Promise<string>} open opens what has that name, and gives the name that it is shown under
 * @type {Set<Place>}
 */
const places = new Set();

/** The name that was opened last, and the one that the visitor went to. */
let opened = "";
let wanted = "";

/** The id that the address names, or nothing. */
export function named() {
  try {
    const name = decodeURIComponent(location.hash.slice(1));
    return name.startsWith(MARK) && name.length < LONGEST ? name.slice(MARK.length) : "";
  } catch {
    return "";
  }
}

/** A widget comes. */
export function join(place) {
  places.add(place);
  addEventListener("hashchange", follow);
}

/** A widget goes. */
export function leave(place) {
  places.delete(place);
  if (!places.size) removeEventListener("hashchange", follow);
  look();
}

/** Opens what the address names in the first widget of the document that has it, once none before that is awaited. */
export async function look() {
  const id = named();
  if (!id || id === opened) return;
  for (const place of [...places].sort(inDocument)) {
    if (place.isAwaited()) return;
    const key = await place.open(id);
    // Meanwhile another look may have found it, or the visitor gone elsewhere.
    if (id === opened || id !== named()) return;
    if (!key) continue;
    opened = id;
    // The view's effects have run by then.
    await new Promise((done) => setTimeout(done));
    if (id === wanted || isUntouched()) show(place.host.shadowRoot, MARK + key);
    return;
  }
}

/** The visitor followed a link, or went back. */
function follow() {
  opened = "";
  wanted = named();
  if (wanted) for (const place of places) place.wake();
  look();
}

function inDocument(one, other) {
  return one.host.compareDocumentPosition(other.host) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

/** Whether the visitor has done nothing in the page yet, and is nowhere in it. */
function isUntouched() {
  const { activeElement, body } = document;
  return !navigator.userActivation?.hasBeenActive && !scrollY && (!activeElement || activeElement === body);
}

/** At once, whatever the page's `scroll-behavior`: nothing moves. The heading has the focus, so that it is read. */
function show(root, name) {
  const element = root.getElementById(name);
  const heading = element && root.getElementById(element.getAttribute("aria-labelledby"));
  if (!heading) return;
  element.scrollIntoView({ __proto__: null, behavior: "instant", block: "start" });
  heading.tabIndex = -1;
  heading.focus({ __proto__: null, preventScroll: true });
}
