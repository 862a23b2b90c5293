// Several feeds: how long they wait for each other, and what the view is told of each.

import assert from "node:assert/strict";
import { test } from "node:test";
import { described, gathered } from "../src/feeds.js";

const good = (text) => ({ text });
const bad = { status: 404, message: "expected the feed, found HTTP 404" };

/** A promise that the test keeps. */
function awaited() {
  let keep;
  const promise = new Promise((done) => (keep = done));
  return { promise, keep };
}

/** What was given so far, as texts, where nothing is awaited any more. */
async function all(asked) {
  const given = [];
  for await (const answers of gathered(asked)) given.push(Array.from(answers, (answer) => answer?.text ?? answer?.status));
  return given;
}

test("feeds that answer at once are shown together, whatever they answer", async () => {
  assert.deepEqual(await all([Promise.resolve(good("a")), Promise.resolve(bad)]), [["a", 404]]);
  assert.deepEqual(await all([Promise.resolve(bad), Promise.resolve(bad)]), [[404, 404]]);
  assert.deepEqual(await all([Promise.resolve(good("a"))]), [["a"]]);
});

test("one that is late comes alone, and one that is bad makes nobody wait or hurry", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const [first, second, third] = [awaited(), awaited(), awaited()];
  const given = gathered([first.promise, second.promise, third.promise]);
  const next = async () => Array.from((await given.next()).value ?? [], (answer) => answer?.text ?? answer?.status);
  const shown = next();
  second.keep(bad);
  await new Promise((done) => setImmediate(done));
  context.mock.timers.tick(60_000);
  first.keep(good("a"));
  await new Promise((done) => setImmediate(done));
  context.mock.timers.tick(2000);
  assert.deepEqual(await shown, ["a", 404]);
  third.keep(good("c"));
  assert.deepEqual(await next(), ["a", 404, "c"]);
  assert.equal((await given.next()).done, true);
});

test("each feed has a line, and a copy's text stands in where none came", () => {
  const copy = { text: "old", at: 1_700_000_000_900 };
  const none = undefined;
  assert.deepEqual(described([good("a"), bad, bad, none, none], [copy, none, copy, copy, none]), [
    `\n0 ${bad.message}\n1700000000 ${bad.message}\n\nlate`,
    ["a", "old", "old"],
  ]);
});
