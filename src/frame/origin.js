// Frame (JS): where an address is of, for the frame and the page around it.

/** The origin of a web address, or `null`. */
export function originOf(address) {
  try {
    const { protocol, origin } = new URL(address);
    return /^https?:$/.test(protocol) ? origin : null;
  } catch {
    return null;
  }
}
