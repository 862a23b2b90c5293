// Element (JS): parts one task into several.

/**
 * Lets the page do what waits, and tells when that was done. A message is a task in its turn: a timer waits for 4 ms after
 * the fifth in a row, and in a tab that is not seen for a second; `scheduler.yield` goes before the page's own timers.
 */
export function turn() {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done(performance.now());
    };
    port2.postMessage(null);
  });
}
