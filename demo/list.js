// Demo: the list of all names, each with a link to its page.

import { describe, KINDS, readNames } from "./names.js";

const names = await readNames();
for (const [kind, { heading }] of Object.entries(KINDS)) {
  const section = document.createElement("section");
  const title = document.createElement("h2");
  title.textContent = heading;
  const list = document.createElement("dl");
  for (const { name, description } of names(kind)) list.append(entry(kind, name, description));
  section.append(title, list);
  document.querySelector("main").append(section);
}

function entry(kind, name, description) {
  const entry = document.createElement("div");
  const term = document.createElement("dt");
  const link = document.createElement("a");
  link.href = `name.html#${kind}/${name}`;
  link.textContent = name;
  term.append(link);
  const text = document.createElement("dd");
  describe(text, description);
  entry.append(term, text);
  return entry;
}
