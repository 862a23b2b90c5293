// What a page writes itself around a calendar that has no filter by province, no search and no prices: it reads the
// feed, keeps what the visitor asked for and says both prices. The hand-written page is made of the same.

const LIMIT_OF_SUMMARY = 4000;
const money = new Intl.NumberFormat("en-CA", { style: "currency", currency: "CAD" });
const filter = { provinces: new Set(), search: "" };

function say(text) {
  return text?.en ?? text?.fr ?? "";
}

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The events of a feed, each with what is filtered by worked out once. */
function readEvents(feed) {
  const now = Date.now();
  const labels = new Map([...feed.themes, ...feed.provinces].map(({ id, label }) => [id, Object.values(label).join(" ")]));
  const names = new Map(feed.associations.map(({ id, name }) => [id, Object.values(name).join(" ")]));
  return feed.events.map((event) => {
    const words = [event.title, event.summary, event.description].flatMap((text) => Object.values(text ?? {}));
    words.push(event.venue?.name, event.venue?.locality, ...event.themes.map((id) => labels.get(id)));
    words.push(...event.organizers.map((id) => names.get(id)));
    return {
      id: event.id,
      title: say(event.title),
      summary: say(event.summary).slice(0, LIMIT_OF_SUMMARY),
      start: event.start,
      end: event.end,
      place: [event.venue?.name, event.venue?.locality].filter(Boolean).join(", "),
      provinces: event.provinces,
      link: say(event.registration?.url),
      prices: [
        ["Members", price(event.offers, "member", now)],
        ["Others", price(event.offers, "nonMember", now)],
      ],
      words: fold(words.filter(Boolean).join(" ")),
    };
  });
}

/** The lowest price that an audience has now. */
function price(offers, audience, now) {
  const valid = offers.filter((offer) => offer.audience === audience && !(Date.parse(offer.validThrough) < now));
  return money.format(Math.min(...valid.map((offer) => Number(offer.price))));
}

function isKept(event) {
  const { provinces, search } = filter;
  return (!provinces.size || event.provinces.some((id) => provinces.has(id))) && (!search || event.words.includes(search));
}

/** What stands in a row of a list: title, place, both prices, the way to register. */
function row({ title, place, prices, link }) {
  const node = document.createElement("div");
  node.className = "event";
  const heading = document.createElement("h3");
  heading.textContent = title;
  const where = document.createElement("p");
  where.textContent = place;
  const costs = document.createElement("p");
  costs.textContent = prices.map(([who, cost]) => `${who} ${cost}`).join(" · ");
  const register = document.createElement("a");
  register.href = link;
  register.textContent = "Register";
  register.setAttribute("aria-label", `Register: ${title}`);
  node.append(heading, where, costs, register);
  return node;
}

/** The controls: a search, a province to choose with its number of events, and a way back. `show` draws what is kept. */
function offerFilters(feed, events, show) {
  const [search] = document.getElementsByName("search");
  const box = document.getElementById("provinces");
  const counts = new Map();
  for (const { id, label } of feed.provinces) {
    const choice = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "checkbox", name: "province", value: id });
    const count = document.createElement("span");
    counts.set(id, count);
    choice.append(input, ` ${say(label)} `, count);
    box.append(choice);
    input.addEventListener("change", () => {
      if (input.checked) filter.provinces.add(id);
      else filter.provinces.delete(id);
      change();
    });
  }
  search.addEventListener("input", () => {
    filter.search = fold(search.value);
    change();
  });
  document.getElementById("clear").addEventListener("click", () => {
    filter.provinces.clear();
    filter.search = search.value = "";
    for (const input of document.getElementsByName("province")) input.checked = false;
    change();
  });
  function count() {
    const found = new Map();
    for (const event of events) {
      if (filter.search && !event.words.includes(filter.search)) continue;
      for (const id of event.provinces) found.set(id, (found.get(id) ?? 0) + 1);
    }
    for (const [id, node] of counts) node.textContent = found.get(id) ?? 0;
  }
  function change() {
    count();
    show(events.filter(isKept));
  }
  count();
}
