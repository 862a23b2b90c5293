// Demo: what shows each name of the embed at work. A name without an example here has no page, which a test finds.

/**
 * @typedef {object} Example
 * @property {string} [value] what the attribute or custom property is set to
 * @property {Record<string, string>} [with] further attributes that the effect needs
 * @property {string[]} [clicks] what is clicked in the widget, by its selectors, so that the name is seen
 * @property {string} [search] what is searched for
 * @property {string} [act] what the reader does to see it
 */

const OWN = { with: { "member-of": "bioquebec" } };
const OPEN_FACET = { clicks: ["[data-filter=theme] button"] };

/** @type {Record<"attribute" | "property" | "part" | "event", Record<string, Example>>} */
export const EXAMPLES = {
  attribute: {
    feed: { value: "feed.json partner.json", with: { limit: "50" }, act: "Two feeds are one list: look for the open day, which is in the second." },
    lang: { value: "fr-CA" },
    association: { value: "lso" },
    "member-of": { value: "lso" },
    province: { value: "CA-QC CA-BC" },
    theme: { value: "financing" },
    format: { value: "online" },
    organizer: { value: "lso" },
    "event-language": { value: "fr" },
    price: { value: "free 0-25", with: { filters: "price search" } },
    rate: { value: "mine", with: { "member-of": "lso", filters: "rate search" } },
    locked: { value: "province member", with: { province: "CA-ON" } },
    filters: { value: "price month search" },
    view: { value: "month" },
    limit: { value: "2" },
    past: { value: "", with: { limit: "50" } },
    "heading-level": { value: "5" },
    "url-state": { value: "je", clicks: ["input[name=province]"], act: "Choose filters and look at the address; then go back." },
    remember: { value: "", act: "Say which association you belong to, and load the page again." },
    "color-scheme": { value: "dark" },
    "json-ld": { value: "", act: "Look for the script inside the tag, in the page's elements." },
    "utm-source": { value: "bioquebec", act: "Look at where Register leads." },
    "utm-medium": { value: "embed", act: "Look at where Register leads." },
    "utm-campaign": { value: "season 2027", act: "Look at where Register leads." },
  },
  property: {
    "--joint-events-accent": { value: "#7b1fa2" },
    "--joint-events-accent-text": { value: "#fff3b0" },
    "--joint-events-surface": { value: "#fdf6e3" },
    "--joint-events-surface-raised": { value: "#fff3b0", ...OPEN_FACET },
    "--joint-events-text": { value: "#2b1b4d" },
    "--joint-events-muted": { value: "#7a3b00" },
    "--joint-events-border": { value: "#c2185b" },
    "--joint-events-focus": { value: "#c2185b", act: "Go through the widget with the Tab key." },
    "--joint-events-danger": { value: "#8e0038", with: { limit: "50" }, act: "Look for an event that is cancelled." },
    "--joint-events-success": { value: "#1b5e20" },
    "--joint-events-radius": { value: "20px" },
    "--joint-events-gap": { value: "2em" },
    "--joint-events-font": { value: "Georgia, serif" },
    "--joint-events-font-size": { value: "1.25rem" },
  },
  part: {
    base: {},
    membership: {},
    filters: {},
    filter: {},
    choice: OPEN_FACET,
    count: OPEN_FACET,
    search: {},
    clear: { clicks: ["input[name=province]"] },
    results: {},
    list: {},
    heading: {},
    card: {},
    title: {},
    badge: {},
    when: {},
    where: {},
    tag: {},
    note: { with: { limit: "50" } },
    rates: {},
    rate: {},
    "rate-own": OWN,
    audience: {},
    amount: {},
    regular: OWN,
    saving: {},
    deadline: { with: { limit: "50" } },
    taxes: {},
    join: { with: { "member-of": "none", limit: "50" } },
    register: {},
    calendar: {},
    details: { clicks: [".card [part~=toggle]"] },
    toggle: {},
    month: { with: { view: "month" } },
    more: { with: { limit: "2" } },
    message: { search: "nothing is called that" },
    retry: { with: { feed: "none.json" } },
  },
  event: {
    "joint-events:ready": {},
    "joint-events:problem": { act: "The sample feed has a few faults on purpose." },
    "joint-events:error": { with: { feed: "none.json" } },
    "joint-events:filter": { act: "Choose a province." },
    "joint-events:member": { act: "Say which association you belong to." },
    "joint-events:register": { act: "Activate Register: this page stops the link." },
    "joint-events:calendar": { act: "Add an event to a calendar." },
  },
};
