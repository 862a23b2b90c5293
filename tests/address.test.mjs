// Element (JS): what the page's address says of a selection, and how it is changed, without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";

const { addressWith, linesOf } = await import("../src/url-state.js");

const PAGE = "https://bioquebec.example/fr/evenements";
/** All names that the view has, with what is chosen. */
const lines = (...chosen) => ["province", "theme", "q", ...chosen].join("\n");

test("parameters with the prefix become lines, and no others", () => {
  assert.equal(linesOf("?je.province=CA-QC&page=2&je.theme=financing&x.theme=talent&JE.theme=a&jex.theme=b", "je"),
    "province CA-QC\ntheme financing");
  for (const query of ["", "?", "?&&", "?je", "?je=1", "?.q=1", "?je-q=1"]) assert.equal(linesOf(query, "je"), "", query);
});

test("escapes and plus signs are read, and white space is one space, so that no value makes a line", () => {
  assert.equal(linesOf("?je.q=caf%C3%A9+au%20lait", "je"), "q café au lait");
  assert.equal(linesOf("?je.q=a%0Aprovince%20CA-QC%0D%0A%09b", "je"), "q a province CA-QC b");
  assert.equal(linesOf("?je.q=a=b", "je"), "q a=b");
  assert.equal(linesOf("?je.q", "je"), "q ");
});

test("bad escapes, what is too long, what comes again and what is too many is left out", () => {
  assert.equal(linesOf("?je.q=%&je.q=%E9&je.q=%C3%28&je.theme=talent", "je"), "theme talent");
  assert.equal(linesOf(`?je.q=${"a".repeat(1000)}&je.theme=talent`, "je"), "theme talent");
  assert.equal(linesOf("?je.theme=a&je.theme=a&je.theme=b", "je"), "theme a\ntheme b");
  const many = Array.from({ length: 50_000 }, (_, number) => `je.theme=${number}`).join("&");
  assert.equal(linesOf(`?${many}`, "je").split("\n").length, 100);
});

test("a selection is added after all that was there, as it was written", () => {
  const others = "a=%c3%a9+b&&=&c=d%20e&flag&je=1&x.theme=a&je.other=é";
  assert.equal(addressWith(`${PAGE}?${others}#sec%74ion?`, "je", lines("province CA-QC", "province CA-ON", "q cœur & co")),
    `${PAGE}?${others}&je.province=CA-QC&je.province=CA-ON&je.q=c%C5%93ur%20%26%20co#sec%74ion?`);
  assert.equal(addressWith(PAGE, "je", lines("theme talent")), `${PAGE}?je.theme=talent`);
  assert.equal(addressWith(`${PAGE}#a?b`, "je", lines("theme talent")), `${PAGE}?je.theme=talent#a?b`);
});

test("what the view has no name for stays, and what it has is replaced or taken away", () => {
  const address = `${PAGE}?je.theme=a&b=1&je.province=CA-QC&je.theme=c&je.locked=d#e`;
  assert.equal(addressWith(address, "je", lines("theme talent")), `${PAGE}?b=1&je.locked=d&je.theme=talent#e`);
  assert.equal(addressWith(address, "je", lines()), `${PAGE}?b=1&je.locked=d#e`);
  assert.equal(addressWith(`${PAGE}?je.theme=a&je.q=%`, "je", lines()), PAGE);
  assert.equal(addressWith(`${PAGE}?je.theme=a`, "other", lines()), `${PAGE}?je.theme=a`);
});

test("a name with an empty value is written", () => {
  assert.equal(addressWith(PAGE, "je", lines("q ")), `${PAGE}?je.q=`);
});

test("what was written is read again", () => {
  const written = lines("province CA-QC", "q 100 % d’accès + \u{1f600} # & = ?");
  const { search } = new URL(addressWith(`${PAGE}?a=1#b`, "je", written));
  assert.equal(linesOf(search, "je"), "province CA-QC\nq 100 % d’accès + \u{1f600} # & = ?");
});

/** The module with a page of its own, whose address is `address` and whose scroll and focus are noted. */
async function open(address, state = {}) {
  const listeners = new Map();
  const page = { log: [], listeners, state: { active: false, scrollY: 0, ...state } };
  const body = {};
  Object.defineProperties(globalThis, {
    location: { configurable: true, value: { hash: new URL(address).hash } },
    navigator: { configurable: true, value: { userActivation: { get hasBeenActive() { return page.state.active; } } } },
    scrollY: { configurable: true, get: () => page.state.scrollY },
    document: { configurable: true, value: { body, get activeElement() { return page.state.focus ?? body; } } },
    addEventListener: { configurable: true, value: (name, listener) => listeners.set(name, listener) },
    removeEventListener: { configurable: true, value: (name) => listeners.delete(name) },
    Node: { configurable: true, value: { DOCUMENT_POSITION_FOLLOWING: 4 } },
  });
  const module = await import(`../src/deep-link.js?page=${(pages += 1)}`);
  page.go = async (hash) => {
    location.hash = hash;
    listeners.get("hashchange")?.();
    await settled();
  };
  /** A widget with these ids, at a place of the document. */
  page.widget = (at, ids, awaited = false) => {
    const card = (name) => ({
      focus: () => page.log.push(`focus ${at} ${name}`),
      getAttribute: () => `${name}-title`,
      scrollIntoView: ({ behavior, block }) => page.log.push(`scroll ${at} ${behavior} ${block}`),
    });
    const host = { at, shadowRoot: { getElementById: card }, compareDocumentPosition: (other) => (at < other.at ? 4 : 2) };
    const place = {
      host, awaited, isAwaited: () => place.awaited, wake: () => page.log.push(`wake ${at}`),
      open: (id) => ids.includes(id) && page.log.push(`open ${at} ${id}`) && id,
    };
    module.join(place);
    return place;
  };
  page.look = async () => (await module.look(), settled());
  page.leave = module.leave;
  page.named = module.named;
  return page;
}

let pages = 0;
const turn = () => new Promise((done) => setTimeout(done, 1));
// What it opens is there after a turn, and what that changes after another.
const settled = () => turn().then(turn);
const seen = (at, id) => [`open ${at} ${id}`, `scroll ${at} instant start`, `focus ${at} je-${id}-title`];

test("a fragment names an id, percent-encoded or not, and hostile ones none", async () => {
  const page = await open("https://a.example/");
  for (const [hash, id] of [["#je-gala", "gala"], ["#%6a%65-gala%2E1", "gala.1"], ["#gala", ""], ["", ""], ["#je-", ""],
    ["#je-%E9", ""], ["#je-%", ""], [`#je-${"a".repeat(200)}`, ""], ["#je-<img src=x>", "<img src=x>"]]) {
    location.hash = hash;
    assert.equal(page.named(), id, hash);
  }
});

test("the first widget of the document that has it opens and shows it, once", async () => {
  const page = await open("https://a.example/#je-gala");
  page.widget(3, ["gala"]);
  page.widget(2, ["gala"]);
  page.widget(1, ["forum"]);
  await page.look();
  assert.deepEqual(page.log, seen(2, "gala"));
  await page.look();
  assert.equal(page.log.length, 3);
});

test("one that is still awaited may be the first: the next waits for it", async () => {
  const page = await open("https://a.example/#je-gala");
  page.widget(2, ["gala"]);
  const first = page.widget(1, ["gala"], true);
  await page.look();
  assert.deepEqual(page.log, []);
  first.awaited = false;
  await page.look();
  assert.deepEqual(page.log, seen(1, "gala"));
});

test("one that is awaited and goes leaves it to the next", async () => {
  const page = await open("https://a.example/#je-gala");
  page.widget(2, ["gala"]);
  page.leave(page.widget(1, ["gala"], true));
  await settled();
  assert.deepEqual(page.log, seen(2, "gala"));
});

test("at load a visitor who has begun something else is left where they are", async () => {
  for (const state of [{ active: true }, { scrollY: 200 }, { focus: {} }]) {
    const page = await open("https://a.example/#je-gala", state);
    page.widget(1, ["gala"]);
    await page.look();
    assert.deepEqual(page.log, ["open 1 gala"], JSON.stringify(state));
  }
});

test("one who follows a link is brought there, also to a widget that waits", async () => {
  const page = await open("https://a.example/", { active: true, scrollY: 200, focus: {} });
  page.widget(1, ["gala", "forum"]);
  await page.look();
  assert.deepEqual(page.log, []);
  await page.go("#je-gala");
  assert.deepEqual(page.log, ["wake 1", ...seen(1, "gala")]);
  await page.go("#je-none");
  assert.deepEqual(page.log.splice(4), ["wake 1"]);
  await page.go("#elsewhere");
  await page.go("#je-gala");
  assert.deepEqual(page.log.splice(4), ["wake 1", ...seen(1, "gala")]);
});

test("with the last widget its listener goes", async () => {
  const page = await open("https://a.example/");
  const [one, other] = [page.widget(1, []), page.widget(2, [])];
  page.leave(one);
  assert.equal(page.listeners.size, 1);
  page.leave(other);
  assert.equal(page.listeners.size, 0);
});

test("what is shown under another name than it was asked for by is shown there", async () => {
  const page = await open("https://a.example/#je-gala");
  const place = page.widget(1, ["gala"]);
  place.open = () => "ball";
  await page.look();
  assert.deepEqual(page.log, ["scroll 1 instant start", "focus 1 je-ball-title"]);
});
