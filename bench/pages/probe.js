// What stands in every page that is measured before anything of its own: it looks when an event is seen, and acts as a
// visitor. It is put there by the browser's own protocol, so that no page downloads it.

(() => {
  if (window.bench) return;
  const wasms = [];
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const start = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await start.apply(WebAssembly, given);
      wasms.push(made.instance ?? made);
      return made;
    };
  }
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: "longtask",
    buffered: true,
  });

  const widget = () => document.querySelector("joint-events");
  const root = () => widget()?.shadowRoot ?? document;
  // The widget lays its list out before it shows it.
  const isHidden = () => root().querySelector(".base")?.dataset.state === "loading";
  const ROW = "[part~=card], .event";
  const list = () => (isHidden() ? null : root().querySelector(ROW));
  const first = () => list() ?? document.querySelector("joint-events li, #list li");

  function isSeen(node) {
    const box = node?.getBoundingClientRect();
    return Boolean(box && box.width && box.height && box.bottom > 0 && box.top < innerHeight);
  }

  /** What is posted within a frame comes after its style, layout and paint. */
  function afterFrame(run) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = run;
    port2.postMessage(null);
  }

  const seen = { first: null, list: null };
  (function watch() {
    requestAnimationFrame(() => {
      const now = { first: isSeen(first()), list: isSeen(list()) };
      afterFrame(() => {
        for (const name of ["first", "list"]) if (now[name]) seen[name] ??= performance.now();
      });
      if (!now.list) watch();
    });
  })();

  async function until(test, time, what) {
    const start = performance.now();
    while (!test()) {
      if (performance.now() - start > time) throw new Error(`expected ${what} within ${time / 1000} s, found none`);
      await new Promise((done) => setTimeout(done, 10));
    }
  }

  /** Waits until the list is there and the main thread has had nothing long to do for a second. */
  async function settle(time) {
    await until(() => seen.list !== null, time, "a list");
    let quiet = performance.now();
    let before = tasks.length;
    await until(() => {
      if (tasks.length !== before) quiet = performance.now();
      before = tasks.length;
      return performance.now() - quiet > 1000;
    }, time, "a quiet main thread");
  }

  /** Tells, in milliseconds from a start, when the list last had other rows than before, once five frames have changed nothing. */
  function whole(start, end, done) {
    const count = () => root().querySelectorAll(ROW).length;
    let [rows, still] = [count(), 0];
    (function look() {
      requestAnimationFrame(() => afterFrame(() => {
        const now = performance.now();
        if (count() === rows) still += 1;
        else [rows, still, end] = [count(), 0, now];
        if (still < 5) look();
        else done(end - start);
      }));
    })();
  }

  /**
   * Milliseconds from the start of a frame in which something is done to the end of the frame that first shows it, and to the
   * end of that with which the list is whole.
   */
  function time(run, title) {
    return new Promise((done, fail) => {
      requestAnimationFrame(() => {
        const start = performance.now();
        run();
        (function look() {
          afterFrame(() => {
            const end = performance.now();
            if (list()?.textContent.includes(title)) whole(start, end, (all) => done([end - start, all]));
            else if (end - start > 120_000) fail(new Error(`expected ${title} first, found ${list()?.textContent.slice(0, 60)}`));
            else requestAnimationFrame(look);
          });
        })();
      });
    });
  }

  const input = (province) => root().querySelector(`input[name=province][value="${province}"]`);
  function type(text) {
    const field = root().querySelector("input[type=search]");
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const clear = () => root().querySelector("[part~=clear], #clear").click();

  /** Chooses, clears, types and clears so many times, after one time that does not count. */
  async function filter({ province, letter, all, chosen, typed, times }) {
    // The choices of the widget are closed at first; those of the other pages are always open.
    root().querySelector("[data-filter=province] button")?.click();
    const found = { choose: [], whole: [], type: [], clear: [] };
    for (let number = 0; number <= times; number++) {
      const [choose, whole] = await time(() => input(province).click(), chosen);
      const [one] = await time(clear, all);
      const [write] = await time(() => type(letter), typed);
      const [other] = await time(clear, all);
      if (!number) continue;
      found.choose.push(choose);
      found.whole.push(whole);
      found.type.push(write);
      found.clear.push(one, other);
    }
    return found;
  }

  /** Each counts once: a wasm exports its own by another name to its second part. */
  function memory() {
    const exported = wasms.flatMap(({ exports }) => Object.values(exports));
    const memories = new Set(exported.filter((one) => one instanceof WebAssembly.Memory));
    return [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  }

  /** Milliseconds that the same work takes, at best of ten: others use the processor too. */
  function spin() {
    const times = Array.from({ length: 10 }, () => {
      const start = performance.now();
      for (let number = 0, sum = 0; number < 1e7; number++) sum += number % 7;
      return performance.now() - start;
    });
    return Math.min(...times);
  }

  window.bench = { seen, tasks, until, settle, filter, memory, spin };
})();
