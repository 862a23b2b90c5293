// View (JS): `Intl`, asked by `intl.rs` alone.

/** Making a formatter costs a hundred times what using one does. */
const formatters = new Map();

/**
 * What a formatter says of what it is given, which is more than some methods take; `undefined` where the browser refuses.
 * @param {string} kind its class, such as `DateTimeFormat`
 * @param {string} options such as `day=numeric month=long`
 * @param {string} timeZone the browser's own where empty
 * @param {string} method of `formatToParts`, the time zone's name is what it says
 */
export function say(kind, locale, options, timeZone, method, ...values) {
  try {
    const key = [kind, locale, options, timeZone].join();
    let formatter = formatters.get(key);
    if (!formatter) {
      // Without a prototype, so that what a page adds to every object is no option.
      const given = { __proto__: null };
      for (const option of options.split(" ")) {
        const [name, value] = option.split("=");
        given[name] = value;
      }
      if (timeZone) given.timeZone = timeZone;
      formatter = new Intl[kind](locale, given);
      formatters.set(key, formatter);
    }
    const said = formatter[method](...values);
    return typeof said === "string" ? said : said.find(({ type }) => type === "timeZoneName").value;
  } catch {
    return undefined;
  }
}

/**
 * French as it is written in Québec: `14 h`, not `14 h 00`; `2 h`, not `02 h`; `1er mars`, not `1 mars`. An hour is not
 * parted from its number at a line's end.
 */
export function polished(text) {
  const hours = text.replace(/\b0?(\d+)\sh\s/g, "$1\xa0h\xa0").replace(/\xa000\b/g, "");
  return hours.replace(/(?<before>^|\D)1(?=\s(\p{L}{3}|–))/gu, "$<before>1er");
}

/** With a capital, as it begins a line. */
export function capitalized(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
