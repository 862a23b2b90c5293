// Frame (JS): the page in the iframe. It gives the query's options to the tag and tells the page around it how high it is.

import { EVENTS, HEIGHT, HELLO } from "./message.js";
import { attributesOf, linkOf, parentOrigin, propertiesOf, schemeOf } from "./query.js";

const query = new URLSearchParams(location.search);
const widget = document.querySelector("joint-events");

/** Before the tag is defined, so that its first options are these. */
function dress() {
  const lang = /^fr(?:$|[-_])/i.test(query.get("lang") ?? "fr") ? "fr-CA" : "en-CA";
  document.documentElement.lang = lang;
  const scheme = schemeOf(query);
  if (scheme) document.documentElement.style.colorScheme = scheme;
  for (const [name, text] of attributesOf(query)) widget.setAttribute(name, text);
  for (const [name, value] of propertiesOf(query, CSS.supports)) widget.style.setProperty(name, value);
  const link = linkOf(query);
  for (const anchor of widget.querySelectorAll("a")) {
    if (!lang.startsWith(anchor.lang)) anchor.remove();
    else if (link) anchor.href = link;
  }
}

/** Tells the page around the frame of its height, whenever it changes, and of the widget's events. */
function speak(origin) {
  const say = (message) => parent.postMessage(message, origin);
  let told = 0;
  const measure = () => {
    const height = neededHeight();
    if (height === told) return;
    told = height;
    say({ type: HEIGHT, height });
  };
  new ResizeObserver(measure).observe(document.body);
  // A panel that opens over the list changes no size.
  customElements.whenDefined("joint-events").then(() => {
    const changes = { subtree: true, attributeFilter: ["data-open"] };
    new MutationObserver(measure).observe(widget.shadowRoot, changes);
  });
  for (const name of EVENTS) widget.addEventListener(name, ({ type, detail }) => say({ type, detail }));
  addEventListener("message", (event) => {
    if (event.source !== parent || event.origin !== origin || event.data?.type !== HELLO) return;
    told = 0;
    measure();
  });
}

/** Of the content, never of the window, which the page around it has made that high. */
function neededHeight() {
  const panels = widget.shadowRoot?.querySelectorAll(".choices") ?? [];
  const bottoms = [document.body, ...panels].map((node) => node.getBoundingClientRect().bottom);
  return Math.max(1, Math.ceil(Math.max(...bottoms) + scrollY));
}

dress();
if (parent !== window) {
  const origin = parentOrigin(query, location.ancestorOrigins?.[0], document.referrer);
  if (origin) speak(origin);
  else console.warn("frame.html: expected the origin of the page around it in the query, found another or none: it can't be told the height");
}
