// Element (JS): asks for feeds, each once for all widgets of a page.

/** How long one try may take, and at most the waits before the second and the third, in milliseconds. */
const TRY = 8000;
const PAUSES = [1000, 2000];

/** The longest `Retry-After` that is honoured, in seconds. */
const LONGEST_RETRY_AFTER = 30;

/** Octets of the longest feed, as in `model/src/read.rs`: the wasm's memory never shrinks. */
const LONGEST = 16 << 20;

/** How long an answer is as good as a new one to a widget that starts later, in milliseconds. */
const FRESH = 300_000;

/** What is under way or fresh, by address. */
const loads = new Map();

/**
 * The text of a feed, or why there is none: `status` is the HTTP number or one of `network timeout format`. What is
 * under way is joined; what is there already is enough, unless it is to be had `again`. Never rejects.
 * @param {string} address
 * @param {boolean} again
 * @param {AbortSignal} signal says that it is not needed any more; when nobody needs it, the request ends
 * @returns {Promise<{text: string} | {status: number | string, message: string}>}
 */
export function ask(address, again, signal) {
  let load = loads.get(address);
  if (!load || (again && load.timer)) {
    load = begin(address);
    loads.set(address, load);
  }
  const { end } = load;
  load.users += 1;
  signal.addEventListener("abort", () => (load.users -= 1) || end());
  return load.answer;
}

function begin(address) {
  const controller = new AbortController();
  const forget = () => loads.get(address) === load && loads.delete(address);
  const load = { __proto__: null, users: 0, timer: 0 };
  load.end = () => {
    controller.abort();
    clearTimeout(load.timer);
    forget();
  };
  load.answer = answer(address, controller.signal).then((answer) => {
    if (answer.text !== undefined && load.users) load.timer = setTimeout(forget, FRESH);
    else forget();
    return answer;
  });
  return load;
}

/** The answer of the last try: after one that may have been bad luck there is another, up to the third. */
async function answer(address, signal) {
  for (const longest of [...PAUSES, 0]) {
    const answer = await tryOnce(address, signal);
    const isBadLuck = /^(?:network|timeout|408|429|5\d\d)$/.test(answer.status);
    if (!longest || !isBadLuck || signal.aborted) return answer;
    await pause(Math.min(answer.retryAfter || 0, LONGEST_RETRY_AFTER) * 1000 + Math.random() * longest, signal);
  }
}

async function tryOnce(address, signal) {
  // `AbortSignal.any` would say it in one line, to browsers of 2024 and later alone.
  const request = new AbortController();
  const end = () => request.abort();
  signal.addEventListener("abort", end);
  if (signal.aborted) end();
  let isLate = false;
  const timer = setTimeout(() => end((isLate = true)), TRY);
  try {
    const response = await fetch(address, { __proto__: null, credentials: "omit", signal: request.signal });
    if (response.ok) return await read(response);
    const { status, headers } = response;
    const message = `expected the feed, found HTTP ${status}`;
    return { __proto__: null, status, message, retryAfter: Number(headers.get("retry-after")) };
  } catch {
    if (isLate) return miss("timeout", "expected the feed within 8 s, found none");
    return miss("network", "expected the whole feed from its server, found none");
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

async function read(response) {
  // Without options, WebKit reads them of an object like any, to which a page may have added a `mode`.
  const reader = response.body?.getReader({ __proto__: null });
  const chunks = [];
  let length = 0;
  for (let chunk; (chunk = (await reader?.read())?.value); ) {
    length += chunk.length;
    if (length > LONGEST) {
      await reader.cancel();
      return miss("format", "expected at most 16 MiB, found more");
    }
    chunks.push(chunk);
  }
  // What is no UTF-8 is replaced, as in any page, and a byte order mark goes.
  return { __proto__: null, text: await new Blob(chunks).text() };
}

function miss(status, message) {
  return { __proto__: null, status, message };
}

function pause(milliseconds, signal) {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", () => done(clearTimeout(timer)));
  });
}
