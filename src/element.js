// Element (JS): the tag, its properties, and its definition.

import { ATTRIBUTES, attributeText, camelCase, readOption } from "./attributes.js";
import { Embed, TAG } from "./embed.js";
import { adoptTwins } from "./twin.js";

/* global __VERSION__ -- a constant of the build */

/** The tag. Its properties stand for the attributes of the same name, have their defaults and never throw. */
export class JointEvents extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = [...Object.keys(ATTRIBUTES), "lang"];
  static version = __VERSION__;
  #embed = new Embed(this, (name) => this.getAttribute(name));

  connectedCallback() {
    for (const name of Object.keys(ATTRIBUTES)) this.#upgrade(camelCase(name));
    this.#embed.connected();
  }

  disconnectedCallback() {
    this.#embed.disconnected();
  }

  /** What `moveBefore` moves neither leaves nor comes. */
  connectedMoveCallback() {}

  attributeChangedCallback(name) {
    this.#embed.changed(name);
  }

  get status() {
    return this.#embed.status;
  }

  get events() {
    return this.#embed.events;
  }

  refresh() {
    return this.#embed.refresh();
  }

  /** A property that was set before the tag was defined hides the one of the class: it is set again, through it. */
  #upgrade(property) {
    if (!Object.hasOwn(this, property)) return;
    const given = this[property];
    delete this[property];
    this[property] = given;
  }
}

for (const [name, { absent, property }] of Object.entries(ATTRIBUTES)) {
  Object.defineProperty(JointEvents.prototype, camelCase(name), {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const text = this.getAttribute(name);
      if (property === "value") return readOption(name, text, this.baseURI, () => {});
      return text ?? (absent ?? []).join(" ");
    },
    set(given) {
      const text = attributeText(name, given);
      if (text === null) this.removeAttribute(name);
      else this.setAttribute(name, text);
    },
  });
}

/** Defines the tag, once a page: of two versions the first stays. On a server, where there is no page, it does nothing. */
export function define() {
  if (!globalThis.customElements) return;
  const first = customElements.get(TAG);
  if (first) {
    if (first.version === __VERSION__) return;
    console.warn(`<${TAG}> version ${first.version} is on this page already, version ${__VERSION__} is left out`);
  } else if ("adoptedStyleSheets" in Document.prototype) {
    customElements.define(TAG, JointEvents);
    adoptTwins(document);
  } else {
    console.warn(`<${TAG}> expected a browser with adoptedStyleSheets, found one without`);
  }
}
