// View (JS): what `view/node.rs` does to the page, each in one call: what is looked at here need not go into the wasm.

const CONTROLS = ":is(a, button, input)";

/** An element of a tag with attributes, as in `button|part=more|disabled=`; a part's name is its class too. */
export function make(markup) {
  const [tag, ...attributes] = markup.split("|");
  // A page's `<img name=createElement>` hides the document's own method.
  const element = Document.prototype.createElement.call(document, tag);
  for (const attribute of attributes) {
    const [name, value = ""] = attribute.split("=");
    set(element, name, value);
    if (name === "part") set(element, "class", value);
  }
  return element;
}

/** A text after all that is in an element. */
export function say(element, words) {
  const text = Document.prototype.createTextNode.call(document, words);
  element.appendChild(text);
  return text;
}

/** Sets a property of an element's style, or takes it away where its value is empty. */
export function paint(element, name, value) {
  element.style.setProperty(name, value);
}

/** Sets an attribute, or takes it away where its value is `undefined`. */
export function set(element, name, value) {
  if (value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Sets what an input holds. Setting what is there already would move the caret. */
export function fill(input, value) {
  if (input.value !== value) input.value = value;
}

export function listen(element, name, listener) {
  element.addEventListener(name, listener);
}

/** Puts an element before another of its parent, where it may stand already, and gives the one after it. */
export function place(parent, element, after) {
  if (element === after) return element.nextSibling;
  parent.insertBefore(element, after);
  return after;
}

/**
 * Puts an element, if there is one, where an earlier one stood, in front of a mark. A control that had the focus hands it
 * to its counterpart, the same part, else to the first control around: it must not fall back to the page.
 */
export function swap(mark, earlier, next) {
  // A page may take empty texts away, as `normalize` does.
  const place = mark.parentElement ? mark : earlier;
  const around = place?.parentElement;
  if (next) around?.insertBefore(next, place);
  const focused = earlier && find(earlier, ":focus");
  earlier?.remove();
  if (!focused || !around) return;
  const counterpart = `${CONTROLS}[part="${focused.getAttribute("part")}"]`;
  // Of what is one stop for the Tab key, that stop.
  if (next && [counterpart, '[tabindex="0"]', CONTROLS].some((selector) => focusWithin(next, selector))) return;
  if (!focusWithin(around, CONTROLS) && next) {
    // Nothing here can be used: what is said in place of it takes the focus, so that it is said.
    next.tabIndex = -1;
    next.focus();
  }
}

/**
 * The place among an element's cards, from 1, of the one that the window's end cuts, or that would stand there. What is not
 * displayed has no box. In a frame, which may be as high as what it holds, none is cut.
 */
export function room(element) {
  if (self !== top) return 99;
  const isWhole = (card) => card.getClientRects()[0]?.bottom < innerHeight;
  return [...element.querySelectorAll(".card")].filter(isWhole).length + 1;
}

/** Focuses an element, or the first within it, that a selector finds, and tells whether there is one. */
export function focusWithin(element, selector) {
  const found = find(element, selector);
  found?.focus();
  return !!found;
}

/** Focuses the element that stands so many places after the focused one among those of the grid that a selector finds, and round. */
export function focusNext(element, selector, places) {
  const found = [...element.closest("[role=grid]").querySelectorAll(selector)];
  const place = found.findIndex((one) => one.matches(":focus"));
  found.at((place + places) % found.length)?.focus();
}

/** Focuses what a selector finds in the view, once all that is due has been done. */
export function focusLater(element, selector) {
  const root = element.getRootNode();
  queueMicrotask(() => {
    const found = root.querySelector(selector);
    if (!found) return;
    if (!found.hasAttribute("tabindex")) found.tabIndex = -1;
    found.focus();
  });
}

function find(element, selector) {
  return element.matches(selector) ? element : element.querySelector(selector);
}
