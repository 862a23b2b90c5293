// Builder: what a feed's events can be chosen by, as controls of the form.

/**
 * The head of a feed.
 * @param {string} address
 * @param {AbortSignal} signal
 */
export async function readVocabulary(address, signal) {
  const response = await fetch(address, { credentials: "omit", signal });
  if (!response.ok) throw new Error(`${address}: expected a feed, found HTTP ${response.status}`);
  const feed = await response.json();
  if (feed?.format !== "joint-events") throw new Error(`${address}: expected a feed, found something else`);
  const list = (name) => (Array.isArray(feed[name]) ? feed[name].filter((entry) => typeof entry?.id === "string") : []);
  return { associations: list("associations"), provinces: list("provinces"), themes: list("themes"), url: feed.url };
}

/**
 * What several feeds have together, in the order of the feeds: of one id the first one's words, as in the list.
 * @param {Awaited<ReturnType<typeof readVocabulary>>[]} vocabularies at least one
 */
export function united(vocabularies) {
  const all = (name) => {
    const byId = new Map();
    for (const vocabulary of vocabularies) {
      for (const entry of vocabulary[name]) if (!byId.has(entry.id)) byId.set(entry.id, entry);
    }
    return [...byId.values()];
  };
  const { url } = vocabularies[0];
  return { associations: all("associations"), provinces: all("provinces"), themes: all("themes"), url };
}

/**
 * Puts a feed's associations, provinces and themes into the form. What was chosen stays chosen if it is still there.
 * @param {HTMLFormElement} form
 * @param {Awaited<ReturnType<typeof readVocabulary>>} vocabulary
 * @param {string} lang
 */
export function offer(form, { associations, provinces, themes }, lang) {
  const named = associations.map((association) => ({ id: association.id, label: association.name }));
  for (const name of ["association", "member-of"]) offerOptions(form.elements.namedItem(name), named, lang);
  for (const [name, entries] of Object.entries({ province: provinces, theme: themes, organizer: named })) {
    offerChoices(form.querySelector(`[data-choices="${name}"]`), name, entries, lang);
  }
}

/**
 * A text of a feed in a language, else in the first that it has.
 * @param {Record<string, string> | undefined} text
 * @returns {{lang: string, words: string}}
 */
export function inLanguage(text, lang) {
  const found = Object.entries(text ?? {}).filter(([, words]) => typeof words === "string" && words);
  const [language, words] = found.find(([language]) => language === lang) ?? found[0] ?? ["", ""];
  return { lang: language, words };
}

function offerOptions(select, entries, lang) {
  const offered = [...select.querySelectorAll("[data-offered]")];
  const chosen = offered.length ? select.value : select.dataset.first;
  offered.forEach((option) => option.remove());
  for (const { id, label } of entries) {
    const option = say(document.createElement("option"), label, id, lang);
    option.value = id;
    option.dataset.offered = "";
    option.defaultSelected = id === select.dataset.first;
    option.selected = id === chosen;
    select.append(option);
  }
  if (!entries.some(({ id }) => id === chosen)) select.selectedIndex = 0;
}

function offerChoices(place, name, entries, lang) {
  const chosen = [...place.querySelectorAll(":checked")].map((box) => box.value);
  place.replaceChildren(
    ...entries.map(({ id, label }) => {
      const box = document.createElement("input");
      Object.assign(box, { type: "checkbox", name, value: id, checked: chosen.includes(id) });
      const choice = document.createElement("label");
      choice.append(box, say(document.createElement("span"), label, id, lang));
      return choice;
    }),
  );
}

/** The words of a label, which carry their own language where it is not the page's. */
function say(node, label, id, lang) {
  const found = inLanguage(label, lang);
  node.textContent = found.words || id;
  if (found.words && found.lang !== lang) node.lang = found.lang;
  return node;
}
