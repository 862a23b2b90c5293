// Element (JS): one widget in one host, from the page's own content through the start of the wasm to its end.

import css from "joint-events-style";
import { readOptions } from "./attributes.js";
import { copyLinks } from "./copy.js";
import { join, leave, look, named } from "./deep-link.js";
import { ask } from "./feed.js";
import { described, gathered } from "./feeds.js";
import { languageOf, warm } from "./language.js";
import { expectWebAssembly, poison, start, startLater } from "./loader.js";

/* global __VERSION__ -- a constant of the build */

/** The name of the tag, and the beginning of the names of its events. */
export const TAG = "joint-events";

/** What a mounted widget is asked for: the numbers of `Mounted::act` in the wasm. */
const UPDATE = 0;
const TAKE = 1;
const GO_ON = 2;
const SHOW = 3;
const MISS = 4;
const TELL = 5;
const EVENTS = 6;
const LATER = 7;
const SELECT = 8;
const SELECT_AGAIN = 9;
const OPEN = 10;
const COPIED = 11;
const BEGIN = 12;
const ADD = 13;
const TAKE_ALONE = 14;
const FOLD = 15;
const ADD_TEXT = 16;

/** Where `remember` keeps the visitor's word, for the tab's life. */
const REMEMBERED = `${TAG}:member-of`;

/** How long a feed is read before the page has its turn, in milliseconds: half of a frame. */
const SLICE = 8;

/** How much of a text is copied at once, in UTF-16's units: some milliseconds on a slow phone. */
const PIECE = 3e5;

/** How far outside the viewport a host is when its wasm and its feed are asked for. */
const NEAR = "600px";

/** The embeds that wait for the viewport, start or run: those that end with it where it stops. */
const live = new Set();

/**
 * What a host wears until its first feed is shown: the browser then keeps in sight what stands below it (CSS Scroll
 * Anchoring), and not a place in content that goes. Later the list is what is kept in sight.
 */
const WAITING = ":host{overflow-anchor:none}";

/** The style sheet of what the second part of the wasm shows, once that is there. */
let later = "";

/** Style sheets, by their text, can be adopted only within the document that they were made for. */
const sheets = new WeakMap();

/** Makes the shadow root of a host, and shows the view or the page's own content in it. */
export class Embed {
  #host;
  #attribute;
  #root;
  #base;
  #complaints = new Map();
  #nearing = null;
  #starting = null;
  #mounted = null;
  #feeds = [];
  #copies = new Map();
  #isAlone = false;
  #leave = null;
  #changing = false;
  #needsLater = false;
  #isBegun = false;
  #isHeld = false;
  #isExtended = false;
  #goBack = () => this.#act(SELECT_AGAIN);
  #place;
  /** What search engines read, in the page. */
  #data = null;

  /**
   * @param {HTMLElement} host
   * @param {(name: string) => string | null} attribute reads one of its attributes
   */
  constructor(host, attribute) {
    this.#host = host;
    this.#attribute = attribute;
    this.#root = host.attachShadow({ __proto__: null, mode: "open" });
    this.#base = make(host, "div");
    this.#base.className = "base";
    this.#base.setAttribute("part", "base");
    this.#base.setAttribute("dir", "ltr");
    this.#base.dataset.state = "loading";
    // The page's own content; the sheet shows it while `data-state` is `loading` or `failed`.
    const slot = make(host, "slot");
    slot.addEventListener("slotchange", () => this.#markFallback());
    // Who points at something or tabs to it is about to want what comes later.
    for (const sign of ["pointerover", "focusin"]) {
      this.#base.addEventListener(sign, () => startLater().catch(() => {}), { __proto__: null, once: true });
    }
    this.#root.append(this.#base, slot);
    copyLinks(this.#root, () => this.#act(COPIED));
    this.#place = {
      host,
      isAwaited: () => this.status === "loading",
      wake: () => this.#start(),
      open: async (id) => this.#mounted && (await this.#extend(), this.#act(OPEN, id)),
    };
  }

  /**
   * `loading`, `ready`, `empty`, `stale` or `failed`: the view writes it where the sheet reads it. A list of which only the
   * beginning is shown is `loading`.
   */
  get status() {
    return this.#isBegun ? "loading" : this.#base.dataset.state;
  }

  /** All that match, in the order shown; none while nothing is shown. */
  get events() {
    return JSON.parse(this.#act(EVENTS) ?? "[]");
  }

  /** Asks for the feed again, or starts now what waits or has failed to start. The promise never rejects. */
  async refresh() {
    if (this.#mounted) await this.#load(true);
    else if (this.#host.isConnected) await this.#start();
  }

  /** The host came into a document, or was moved. */
  connected() {
    if (!this.#dress()) return;
    if (live.has(this)) return this.changed();
    live.add(this);
    join(this.#place);
    this.#base.dataset.state = "loading";
    this.#markFallback();
    this.#startWhenNear();
  }

  /** The host left its document. It ends a microtask later, so that a move keeps what the visitor chose. */
  disconnected() {
    queueMicrotask(() => {
      if (this.#host.isConnected && this.#dress()) return;
      live.delete(this);
      this.#unmount();
      this.#base.dataset.state = "loading";
    });
  }

  /** An attribute changed: all that change together are one update. Another feed is another try to start. */
  changed(name) {
    const again = !this.#mounted && name === "feed" && this.status === "failed";
    if (this.#changing || !(this.#mounted || again)) return;
    this.#changing = true;
    queueMicrotask(() => {
      this.#changing = false;
      if (again) return this.#start();
      const options = this.#mounted && this.#options();
      if (!options) return;
      this.#act(UPDATE, lines(options));
      if (this.#wantsLater()) this.#extend().then(() => this.#heed());
      this.#follow(options.feed);
    });
  }

  /** `false` in a document that no window shows, such as one that is only parsed. */
  #dress() {
    const page = Reflect.get(Document.prototype, "defaultView", this.#host.ownerDocument);
    if (!page) return false;
    if (!sheets.has(page)) sheets.set(page, new Map());
    const made = sheets.get(page);
    const texts = [css, later, this.status === "loading" ? WAITING : ""].filter((text) => text);
    this.#root.adoptedStyleSheets = texts.map((text) => {
      if (!made.has(text)) {
        const sheet = new page.CSSStyleSheet();
        sheet.replaceSync(text);
        made.set(text, sheet);
      }
      return made.get(text);
    });
    return true;
  }

  /** Only where the page has no content of its own is there room for a skeleton. */
  #markFallback() {
    const isContent = (node) => node !== this.#data && (node.nodeType === 1 || (node.nodeType === 3 && node.data.trim()));
    this.#base.toggleAttribute("data-fallback", [...this.#host.childNodes].some(isContent));
  }

  #startWhenNear() {
    if (named() || typeof IntersectionObserver !== "function") return queueMicrotask(() => this.#start());
    this.#nearing ??= new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && this.#start(),
      { __proto__: null, rootMargin: NEAR },
    );
    this.#nearing.observe(this.#host);
  }

  #start() {
    this.#nearing?.disconnect();
    if (!this.#host.isConnected || this.#mounted) return undefined;
    this.#starting ??= this.#mount().finally(() => (this.#starting = null));
    return this.#starting;
  }

  async #mount() {
    live.add(this);
    join(this.#place);
    this.#base.dataset.state = "loading";
    const first = this.#options();
    if (!first) return;
    try {
      expectWebAssembly();
      // Beside the wasm and not after it: the visitor waits for the slower of the two, not for both.
      const starting = start(Embed.stopped);
      this.#follow(first.feed);
      if (this.#wantsLater()) startLater().catch(() => {});
      warm(first.lang);
      const mount = await starting;
      // It may have left the page or failed meanwhile, and its attributes may have changed.
      const options = live.has(this) ? this.#options() : null;
      if (!options) return;
      const part = page(this.#host, {
        __proto__: null,
        retry: () => this.#load(true),
        later: async () => {
          this.#isHeld ||= this.status === "loading";
          if (!(await this.#extend())) return;
          if (this.#isAlone) this.#load(false);
          else if (this.status !== "loading") this.#heed();
        },
        describe: (text) => this.#describe(text),
      });
      this.#mounted = attempt(() => mount(this.#base, part, lines(options)));
      if (this.#mounted) this.#follow(options.feed);
    } catch (error) {
      if (live.has(this)) this.#fail(error?.message ?? String(error));
    }
  }

  /** Loads the feeds that the attributes name, where they are others than before. */
  #follow(addresses) {
    if (this.#feeds.join(" ") === addresses.join(" ")) return;
    this.#feeds = addresses;
    for (const address of this.#copies.keys()) if (!addresses.includes(address)) this.#copies.delete(address);
    this.#load(false);
  }

  /** Asks for the feeds, and hands what comes to the view once that is there. The last that was asked for counts. */
  async #load(again) {
    const before = this.#leave;
    const { signal } = (this.#leave = new AbortController());
    const feeds = this.#feeds;
    const asked = feeds.map((address) => ask(address, again, signal));
    before?.abort();
    for await (const answers of gathered(asked)) {
      await this.#starting;
      if (!signal.aborted) await this.#show(feeds, answers, signal);
      if (signal.aborted) return;
    }
  }

  /** Shows what came of the feeds. */
  async #show(feeds, answers, signal) {
    if (feeds.length > 1) await this.#unite(feeds, answers, signal);
    else if (answers[0].text !== undefined) await this.#prepare(() => this.#act(TAKE), signal, answers[0].text);
    const isAny = answers.some((answer) => answer?.text !== undefined);
    // Another may still come.
    if (!isAny && Object.keys(answers).length < feeds.length) return;
    // Nothing is shown first that would change at once.
    if (feeds.length === 1 && this.#wantsLater()) await this.#extend();
    if (signal.aborted) return;
    const isRead = this.#isRead();
    this.#isBegun = false;
    if (isAny) this.#act(SHOW);
    else this.#act(MISS, missed(answers));
    this.#heed();
    // The list is laid out between two frames: until then what stands below is what the browser keeps in sight.
    requestAnimationFrame(() => requestAnimationFrame(() => this.#dress()));
    // The page's own content goes: a focus that was in it stays at this place.
    if (isRead && this.status !== "failed") {
      this.#base.tabIndex = -1;
      this.#base.focus({ __proto__: null, preventScroll: true });
    }
    // The view's effects have run by then: who hears of it sees it.
    await new Promise((done) => setTimeout(done));
    if (!signal.aborted) this.#act(TELL);
    this.#fold();
  }

  /** Whether the focus is in the page's own content. */
  #isRead() {
    return !this.#root.activeElement && this.#host.matches(":focus-within");
  }

  /**
   * Shows the beginning of the first list, once it reaches as far as the window and the page's own content do: what can be
   * seen then does not move when the rest comes. Tells whether it did. A window in a page is as high as that makes it; and who
   * has scrolled past the beginning may read what stands below, which every piece would move.
   */
  #begin() {
    if (this.#base.dataset.state !== "loading" || self !== top || this.#wantsLater() || this.#isRead()) return false;
    const box = () => this.#host.getBoundingClientRect();
    const { y, bottom } = box();
    if (y < 0) return false;
    this.#base.dataset.state = "ready";
    this.#isBegun = box().bottom >= Math.max(innerHeight, bottom);
    if (!this.#isBegun) this.#base.dataset.state = "loading";
    return this.#isBegun;
  }

  /** Hands over what came of several feeds, to be one. A text that is no feed counts as none that came. */
  async #unite(feeds, answers, signal) {
    const isThere = (answer) => answer?.text !== undefined;
    const isHere = await this.#extend();
    this.#isAlone = !isHere;
    while (!signal.aborted && answers.some(isThere)) {
      const copies = feeds.map((address) => this.#copies.get(address));
      const said = await this.#prepare(() => {
        // Without what makes them one, two could have an event each of one id: one is shown alone, and that it is.
        if (!isHere) return this.#act(TAKE_ALONE);
        const [lines, texts] = described(answers, copies);
        this.#act(BEGIN, lines);
        for (const text of texts) this.#act(ADD, text);
      }, signal, isHere ? "" : answers.find(isThere).text);
      const [, bad, status, message] = /^(\d+) (.*)\n([^]*)/.exec(said) ?? [];
      if (!bad) break;
      if (!isThere(answers[bad])) this.#copies.delete(feeds[bad]);
      else answers[bad] = { __proto__: null, status: JSON.parse(status), message, at: answers[bad].at };
    }
    if (!isHere || signal.aborted) return;
    feeds.forEach((address, place) => isThere(answers[place]) && this.#copies.set(address, answers[place]));
  }

  /** Goes on with the second part of the wasm, or without it: the view says so. Tells whether it is there. */
  #extend() {
    return startLater().then(
      (style) => {
        later = style;
        this.#dress();
        this.#act(LATER);
        this.#isExtended = !!this.#mounted;
        this.#fold();
        return true;
      },
      ({ message }) => {
        log("warn", message);
        this.#act(LATER, message);
        return false;
      },
    );
  }

  /** Has what is shown made ready to be searched, in slices, once that can be. */
  async #fold() {
    const signal = this.#isExtended && this.#leave?.signal;
    for (let slice = signal && (await turn()); signal && !signal.aborted && this.#act(FOLD) === ""; ) {
      if (performance.now() - slice > SLICE) slice = await turn();
    }
  }

  /**
   * Whether the second part of the wasm is needed to show anything: for a month, several feeds, links that say where they
   * stand, what the page's address says, or for the view, which then asks for it before anything is shown.
   */
  #wantsLater() {
    return this.#needsLater || this.#isHeld || this.#feeds.length > 1 || named();
  }

  /** Selects and opens what the page's address says. */
  #heed() {
    this.#act(SELECT);
    look();
  }

  /**
   * Has what is handed over, and the text of one feed after it, made ready to be shown, in slices, and tells what the view said
   * last.
   */
  async #prepare(take, signal, text = "") {
    let slice = await turn();
    if (!signal.aborted) take();
    // Where the widget ends, in the middle of a slice too, the signal is aborted.
    for (let said = ""; !signal.aborted; ) {
      // A quote is no half of a character.
      const end = text.indexOf('"', PIECE) + 1 || text.length;
      said = text ? this.#act(ADD_TEXT, text.slice(0, end)) : this.#act(GO_ON);
      text = text.slice(end);
      if (said === "later") await this.#extend();
      else if (said !== "" && said !== "piece") return said;
      // The view's effects are a part of the slice.
      await null;
      if (performance.now() - slice > SLICE) slice = await turn();
      if (said === "piece" && !signal.aborted && this.#begin()) slice = await turn();
    }
    return undefined;
  }

  /**
   * The options of the view, or `null` if there is no feed to show: then it has failed. What they say of the page's address
   * and of the view holds from now on.
   */
  #options() {
    const complaints = new Map();
    const options = readOptions(this.#attribute, this.#host.baseURI, (name, text) => complaints.set(name, text));
    for (const [name, text] of complaints) {
      if (this.#complaints.get(name) !== text) log("warn", text);
    }
    this.#complaints = complaints;
    if (!options.feed.length) {
      this.#fail("feed: expected an address, found none");
      return null;
    }
    const { view, utmSource, utmMedium, utmCampaign } = options;
    this.#needsLater = view === "month" || options.urlState || utmSource || utmMedium || utmCampaign;
    if (options.urlState) addEventListener("popstate", this.#goBack);
    options.lang = languageOf(this.#host, this.#attribute("lang"), options.province);
    return options;
  }

  #act(what, given = "") {
    return this.#mounted && attempt(() => this.#mounted.act(what, given));
  }

  /** The wasm stopped where it could not go on: no handle is left that could call it, and every page's part ends. */
  static stopped(error) {
    // Only Chromium's stack begins with the error's own words.
    const message = `the wasm of version ${__VERSION__} stopped: ${error}\n${error?.stack}`;
    poison(message);
    const lost = [...live];
    live.clear();
    for (const embed of lost) embed.#mounted = null;
    for (const embed of lost) embed.#fail(message);
  }

  /** Ends in the page's own content, with one line for its developers and one event for its scripts. */
  #fail(message) {
    live.delete(this);
    this.#unmount();
    this.#base.dataset.state = "failed";
    log("error", message);
    dispatch(this.#host, "error", { status: "start", message });
  }

  /** Data for search engines, or none. */
  #describe(text) {
    if (!text) return this.#data?.remove();
    this.#data ??= dataBlock(this.#host);
    this.#data.replaceChildren(text);
    if (this.#data.parentNode !== this.#host) this.#host.append(this.#data);
  }

  #unmount() {
    this.#nearing?.disconnect();
    this.#describe("");
    this.#leave?.abort();
    this.#leave = null;
    this.#isExtended = this.#isBegun = false;
    this.#feeds = [];
    this.#copies.clear();
    removeEventListener("popstate", this.#goBack);
    leave(this.#place);
    const mounted = this.#mounted;
    this.#mounted = null;
    attempt(() => mounted?.free());
    this.#base.replaceChildren();
  }
}

/** A call into the wasm. Whatever it throws cut it short in the middle of something: it is not to be called again. */
function attempt(call) {
  try {
    return call();
  } catch (error) {
    Embed.stopped(error);
    return undefined;
  }
}

/**
 * Lets the page do what waits, and tells when that was done. A message is a task in its turn: a timer waits for 4 ms after
 * the fifth in a row, and in a tab that is not seen for a second; `scheduler.yield` goes before the page's own timers.
 */
function turn() {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done(performance.now());
    };
    port2.postMessage(null);
  });
}

/** What the view asks of the page of its host: no part of it throws. */
function page(host, own) {
  return {
    ...own,
    address(next, adds) {
      try {
        if (next) history[adds ? "pushState" : "replaceState"](history.state, "", next);
      } catch {
        // Too many in a short time, or a document that has no address of its own.
      }
      return location.href;
    },
    log,
    tell: (name, detail, cancelable) => dispatch(host, name, JSON.parse(detail), cancelable),
    save(name, text) {
      const link = make(host, "a");
      link.href = URL.createObjectURL(new Blob([text], { __proto__: null, type: "text/calendar;charset=utf-8" }));
      link.download = name;
      link.click();
      URL.revokeObjectURL(link.href);
    },
    remembered: () => storage((kept) => kept.getItem(REMEMBERED)) ?? undefined,
    remember: (text) =>
      storage((kept) => (text === undefined ? kept.removeItem(REMEMBERED) : kept.setItem(REMEMBERED, text))),
  };
}

/** Why no feed came, as the view is told: of several each, with the status of the first. */
function missed(answers) {
  const [{ status, message }] = answers;
  const each = answers.map((answer, place) => `feed[${place}]: ${answer.message}`);
  return `${JSON.stringify(status)}\n${each.length > 1 ? each.join("; ") : message}`;
}

/** A line in the console, for those who made the page. */
function log(level, words) {
  console[level](`<${TAG}> ${words}`);
}

/** One of the element's events; `true` where nobody prevented it. */
function dispatch(host, name, detail, cancelable) {
  const init = { __proto__: null, bubbles: true, composed: true, cancelable, detail };
  return host.dispatchEvent(new CustomEvent(`${TAG}:${name}`, init));
}

/** A storage that is full or forbidden remembers nothing, which is what it says by itself. */
function storage(use) {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}

/** One line for each option that is there: its name and its words. */
function lines(options) {
  const given = Object.entries(options).filter(([, value]) => value !== null && value !== false);
  return given.map(([name, value]) => [name, ...[value].flat()].join(" ")).join("\n");
}

/**
 * A script of data. Trusted Types report the text of any script that may still run, whatever its type: this is a copy of one
 * of the page that was started, which never is again.
 */
function dataBlock(host) {
  const started = "script[src]:is(:not([type]), [type=module], [type$=javascript])";
  const script = Document.prototype.querySelector.call(host.ownerDocument, started)?.cloneNode() ?? make(host, "script");
  for (const { name } of [...script.attributes]) script.removeAttribute(name);
  script.type = "application/ld+json";
  return script;
}

function make(host, name) {
  return Document.prototype.createElement.call(host.ownerDocument, name);
}
