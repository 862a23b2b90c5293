// Demo: the widget as each of the two associations would wear it: its sheet of custom properties, and its language.

const BRANDS = {
  bioquebec: { lang: "fr-CA", title: "Chez BIOQuébec", more: "Voir tous les événements", link: "https://bioquebec.example/" },
  lso: { lang: "en-CA", title: "At Life Sciences Ontario", more: "See all events", link: "https://lso.example/" },
};

function show() {
  const id = location.hash.slice(1) in BRANDS ? location.hash.slice(1) : "bioquebec";
  const { lang, title, more, link } = BRANDS[id];
  document.documentElement.lang = lang;
  document.getElementById("title").textContent = title;
  document.getElementById("brand").href = `../style/brands/${id}.css`;
  document.getElementById("file").textContent = `style/brands/${id}.css`;
  const widget = document.createElement("joint-events");
  for (const [name, value] of Object.entries({ feed: "feed.json", association: id, limit: "8" })) widget.setAttribute(name, value);
  const anchor = document.createElement("a");
  Object.assign(anchor, { href: link, textContent: more });
  widget.append(anchor);
  document.getElementById("stage").replaceChildren(widget);
}

addEventListener("hashchange", show);
show();
