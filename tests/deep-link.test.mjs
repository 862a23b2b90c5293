// Element (JS): the event that the page's address names, without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";

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
