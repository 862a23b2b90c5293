// Builder: whether chosen colours can be read (WCAG 2.2, 1.4.3: 4.5 : 1).

/** What the sheet takes where nothing is chosen, on a white page and in the dark. */
const SCHEMES = {
  __proto__: null,
  light: { surface: "#ffffff", text: "#1b1f22", "accent-text": "#ffffff" },
  dark: { surface: "#15191d", text: "#e5e9ec", "accent-text": "#0e1418" },
};

/** A text's colour and what it stands on. */
const PAIRS = [
  ["accent-text", "accent"],
  ["accent", "surface"],
  ["text", "surface"],
];

/**
 * The pairs that are hard to read, of those in which a colour was chosen.
 * @param {[string, string][]} properties
 * @param {"auto" | "light" | "dark"} scheme
 * @returns {{scheme: string, text: string, ground: string, ratio: number}[]}
 */
export function weakPairs(properties, scheme) {
  const chosen = Object.fromEntries(properties.map(([name, value]) => [name.replace("--joint-events-", ""), value]));
  const schemes = scheme === "light" || scheme === "dark" ? [scheme] : ["light", "dark"];
  return schemes.flatMap((scheme) => {
    const colours = { ...SCHEMES[scheme], ...chosen };
    const pairs = PAIRS.filter(([text, ground]) => (text in chosen || ground in chosen) && colours[text] && colours[ground]);
    const found = pairs.map(([text, ground]) => ({ scheme, text, ground, ratio: contrast(colours[text], colours[ground]) }));
    return found.filter(({ ratio }) => ratio < 4.5);
  });
}

/**
 * The contrast ratio of two colours.
 * @param {string} one `#rrggbb`
 * @param {string} other
 */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((from) => {
    const part = parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
