// Demo: the page's address as the widget changes it, and links to some of its events.

const widget = document.querySelector("joint-events");

function show() {
  document.getElementById("address").textContent = location.search + location.hash;
}

/** The first events of the list, and the last, which the limit keeps out of it. */
function link() {
  const { events } = widget;
  for (const { id, title } of [...events.slice(0, 2), ...events.slice(-1)]) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#je-${id}`;
    link.textContent = title;
    item.append(link);
    document.getElementById("links").append(item);
  }
}

widget.addEventListener("joint-events:ready", link, { once: true });
widget.addEventListener("joint-events:filter", show);
for (const name of ["popstate", "hashchange"]) addEventListener(name, show);
show();
