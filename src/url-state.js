// Element (JS): the selection in the query of the page's address, one parameter `prefix.name=value` for each thing chosen.
// What they mean is the view's affair, which gives and takes lines: a name, a space and a value. A name alone is one of its own
// that has no value: every other name, and all else in the address, is the page's.

/** How many parameters are read, and how long one may be. */
const MOST = 100;
const LONGEST = 1000;

/** The selection of one widget. No part of it throws, nor touches the page while it follows no prefix. */
export class UrlState {
  #select;
  /** What its parameters begin with; `null` where it has none. */
  prefix = null;
  /** The lines that the address has, as the view says them; `undefined` before it was read. */
  #known;
  /** Those lines as the address says them. */
  #found;
  #isReading = false;

  /** @param {(lines: string, isBack: boolean) => void} select has the view select them, which calls `write` */
  constructor(select) {
    this.#select = select;
  }

  /** Follows another prefix, or none: `null`. */
  follow(prefix) {
    if (prefix === this.prefix) return;
    this.prefix = prefix;
    this.#known = undefined;
    if (prefix) addEventListener("popstate", this.#goBack);
    else removeEventListener("popstate", this.#goBack);
  }

  /** Has the view select what the address says, once it has something to select from. */
  read() {
    if (this.prefix && this.#known === undefined) this.#take(linesOf(location.search, this.prefix), false);
  }

  /** Puts other lines than before into the address, and gives the address that leads to them. */
  write(lines, adds) {
    const address = addressWith(location.href, this.prefix, lines);
    if (this.#isReading) {
      this.#known = lines;
    } else if (this.#known !== undefined && this.#known !== lines) {
      this.#known = lines;
      try {
        history[adds ? "pushState" : "replaceState"](history.state, "", address);
      } catch {
        // Too many in a short time, or a document that has no address of its own.
      }
      this.#found = linesOf(location.search, this.prefix);
    }
    // One event is not what is selected.
    return address.replace(/#je-.*/s, "");
  }

  #take(lines, isBack) {
    this.#found = lines;
    this.#isReading = true;
    this.#select(lines, isBack);
    this.#isReading = false;
  }

  #goBack = () => {
    const lines = linesOf(location.search, this.prefix);
    if (this.#known !== undefined && lines !== this.#found) this.#take(lines, true);
  };
}

/** The lines of a query's parameters with a prefix, each once. What can't be read is left out. */
export function linesOf(query, prefix) {
  const lines = new Set();
  for (const parameter of query.slice(1).split("&")) {
    const name = nameOf(parameter, prefix);
    if (name === undefined || parameter.length > LONGEST || lines.size === MOST) continue;
    const value = parameter.slice(prefix.length + name.length + 2).replaceAll("+", " ");
    try {
      lines.add(`${name} ${decodeURIComponent(value).replace(/\s+/g, " ")}`);
    } catch {
      // No escape of UTF-8.
    }
  }
  return [...lines].join("\n");
}

/** An address whose query has these lines in place of those with the same names. All else is kept as it is written. */
export function addressWith(address, prefix, lines) {
  const [, page, query = "", fragment = ""] = /^([^?#]*)(\?[^#]*)?(.*)$/s.exec(address);
  const own = lines.split("\n").map((line) => line.split(/ (.*)/s, 2));
  const names = new Set(own.map(([name]) => name));
  const others = query.slice(1).split("&").filter((parameter) => !names.has(nameOf(parameter, prefix)));
  const written = own.filter(([, value]) => value !== undefined);
  const parameters = written.map(([name, value]) => `${prefix}.${name}=${encodeURIComponent(value)}`);
  const all = [...(query.length > 1 ? others : []), ...parameters];
  return page + (all.length ? `?${all.join("&")}` : "") + fragment;
}

/** The name of a parameter after the prefix and its dot; `undefined` where it has another. */
function nameOf(parameter, prefix) {
  return parameter.startsWith(`${prefix}.`) ? parameter.slice(prefix.length + 1).split("=", 1)[0] : undefined;
}
