// Frame (JS): for the page around the iframe. It gives each of our frames the height that it asks for.

import { EVENTS, HELLO, heightOf } from "./message.js";
import { originOf } from "./origin.js";

const SELECTOR = "iframe[data-joint-events]";

/** The frame that a message comes from: one of ours, still at the origin that the page gave it. */
function senderOf({ source, origin }) {
  return frames().find((frame) => source && frame.contentWindow === source && originOf(frame.src) === origin);
}

function frames() {
  // An element named querySelectorAll hides the document's own method, not the prototype's.
  return [...Document.prototype.querySelectorAll.call(document, SELECTOR)];
}

function hear(event) {
  const frame = senderOf(event);
  if (!frame) return;
  const height = heightOf(event.data);
  if (height !== null) resize(frame, height);
  else if (EVENTS.includes(event.data?.type)) repeat(frame, event.data);
}

function resize(frame, height) {
  const borders = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
  frame.style.height = `${height + borders}px`;
}

/** The widget's event, as one of the iframe: it can't be cancelled, since it is over when the message comes. */
function repeat(frame, { type, detail }) {
  frame.dispatchEvent(new CustomEvent(type, { __proto__: null, bubbles: true, composed: true, detail }));
}

/** To a frame that was there before this script: it has told its height to nobody. One that still loads will tell it. */
function greet(frame) {
  const loading = frame.contentDocument?.URL === "about:blank";
  const origin = originOf(frame.src);
  if (!loading && origin) frame.contentWindow?.postMessage({ type: HELLO }, origin);
}

// Once a page, however often the script stands in it.
const mark = Symbol.for("joint-events:frame-host");
if (!window[mark]) {
  window[mark] = true;
  addEventListener("message", hear);
  frames().forEach(greet);
}
