// Element (JS): several feeds: how long they wait for each other, and what the view is told of each.

/** How long a feed that came waits for those that did not yet, in milliseconds. */
const PATIENCE = 2000;

/**
 * The answers of feeds by their places, as soon as there is something to show: once all are there, or a while after the first
 * good one came, and again for those that come later. Where an answer is awaited there is none yet.
 * @param {Promise<{text?: string}>[]} asked none rejects
 */
export async function* gathered(asked) {
  const answers = [];
  const waiting = new Map(asked.map((answer, place) => [place, answer.then((answer) => [place, answer])]));
  while (waiting.size) {
    let patience = null;
    do {
      const next = await Promise.race([...waiting.values(), patience].filter((one) => one));
      if (!next) break;
      const [place, answer] = next;
      waiting.delete(place);
      answers[place] = answer;
      answer.at ??= Date.now();
      if (answer.text !== undefined && waiting.size) patience ??= new Promise((done) => setTimeout(done, PATIENCE));
    } while (waiting.size);
    yield answers.slice();
  }
}

/**
 * What the view is told of several feeds before it is given their texts: a line for each, as `src/several.rs` reads it; and
 * the texts, of a copy where a newer one failed or is awaited.
 * @param {{text?: string, at: number, message?: string}[]} answers
 * @param {({text: string, at: number} | undefined)[]} copies
 */
export function described(answers, copies) {
  const lines = copies.map((copy, place) => {
    const answer = answers[place];
    if (answer?.text !== undefined || (!answer && copy)) return "";
    return answer ? `${copy ? Math.floor(copy.at / 1000) : 0} ${answer.message}` : "late";
  });
  const texts = copies.map((copy, place) => answers[place]?.text ?? copy?.text);
  return [lines.join("\n"), texts.filter((text) => text !== undefined)];
}
