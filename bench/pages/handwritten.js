// The list as plain DOM code draws it: the first of what is kept, under the names of their months, and a way to more.
const PAGE = 20;
const month = new Intl.DateTimeFormat("en-CA", { month: "long", year: "numeric", timeZone: "America/Toronto" });
const day = new Intl.DateTimeFormat("en-CA", { dateStyle: "full", timeStyle: "short", timeZone: "America/Toronto" });

function draw(list, kept, count) {
  const nodes = [];
  let heading = "";
  for (const event of kept.slice(0, count)) {
    const start = new Date(event.start);
    const name = month.format(start);
    if (name !== heading) nodes.push(Object.assign(document.createElement("h2"), { textContent: (heading = name) }));
    const node = row(event);
    node.firstChild.after(Object.assign(document.createElement("p"), { textContent: day.format(start) }));
    node.append(Object.assign(document.createElement("p"), { textContent: event.summary }));
    nodes.push(node);
  }
  list.replaceChildren(...nodes);
}

function start(feed) {
  const events = readEvents(feed);
  const list = document.getElementById("list");
  const more = document.getElementById("more");
  let kept = events;
  let count = PAGE;
  const show = () => {
    draw(list, kept, count);
    more.hidden = kept.length <= count;
  };
  more.addEventListener("click", () => {
    count += PAGE;
    show();
  });
  offerFilters(feed, events, (found) => {
    kept = found;
    count = PAGE;
    show();
  });
  show();
}
