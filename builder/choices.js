// Builder: what the form says, as attributes and custom properties. What is the default anyway is not written.

/** The attributes in the order in which they are written, each with its default. */
export const DEFAULTS = {
  __proto__: null,
  feed: "",
  lang: "",
  association: "",
  "member-of": "",
  province: "",
  theme: "",
  format: "",
  organizer: "",
  "event-language": "",
  price: "",
  rate: "",
  filters: "search province theme format organizer",
  locked: "",
  view: "list",
  limit: "20",
  "heading-level": "3",
  "color-scheme": "auto",
  "url-state": "",
  past: "",
  remember: "",
};

/**
 * The attributes that the form asks for. Its controls are named as they are.
 * @param {HTMLFormElement} form
 * @returns {[string, string][]}
 */
export function attributesOf(form) {
  const data = new FormData(form);
  const attributes = [];
  for (const [name, absent] of Object.entries(DEFAULTS)) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLInputElement && !control.checkValidity()) continue;
    const value = name === "feed" ? wholeAddresses(data.get(name)) : data.getAll(name).join(" ").trim();
    // No filter at all: an empty `filters` is lost where a CMS drops empty attributes, and `locked` says the same.
    if (name === "filters" && !value) continue;
    if (name === "locked" && !data.has("filters")) attributes.push([name, lockedAll(data)]);
    else if (value === "on") attributes.push([name, ""]);
    else if (value !== absent) attributes.push([name, value]);
  }
  return attributes;
}

/**
 * The custom properties that were chosen: a colour that is not is disabled.
 * @param {HTMLFormElement} form
 * @returns {[string, string][]}
 */
export function propertiesOf(form) {
  const chosen = [...new FormData(form)].filter(([name, value]) => name.startsWith("--") && value);
  return chosen.map(([name, value]) => [name, form.elements.namedItem(name).type === "number" ? `${value}px` : value]);
}

/**
 * One accent serves in light and in dark: in the dark it is as pale as the widget's own sheet would make it. Beside a
 * chosen ground or a chosen text on it nothing is changed, since what goes with them is the reader's to see.
 * @param {[string, string][]} properties
 * @param {string} scheme
 */
export function inBothSchemes(properties, scheme) {
  const alone = !properties.some(([name]) => ["--joint-events-surface", "--joint-events-accent-text"].includes(name));
  if (scheme !== "auto" || !alone) return properties;
  return properties.map(([name, value]) =>
    name === "--joint-events-accent" ? [name, `light-dark(${value}, oklch(from ${value} max(l, .78) c h))`] : [name, value],
  );
}

/** The origin that an address is of, or nothing. */
export function originOf(address) {
  return webAddress(address)?.origin ?? "";
}

/** An address as a whole one, or nothing. */
export function wholeAddress(address) {
  return webAddress(address)?.href ?? "";
}

/** The feed's addresses as whole ones: the snippet stands on another site. */
export function wholeAddresses(text) {
  const addresses = text.split(/\s+/).map((word) => word && webAddress(word, document.baseURI)?.href);
  return addresses.filter(Boolean).join(" ");
}

function lockedAll(data) {
  return [...new Set([...DEFAULTS.filters.split(" "), ...data.getAll("locked")])].join(" ");
}

function webAddress(address, base) {
  try {
    const url = new URL(address, base);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
