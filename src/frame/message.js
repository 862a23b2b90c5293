// Frame (JS): the messages between frame.html and the page around it.

/** The widget's events, which the page around a frame hears too. */
export const EVENTS = ["ready", "problem", "error", "filter", "member", "register", "calendar"].map(
  (name) => `joint-events:${name}`,
);

/** `{type, height}`: so many CSS pixels are needed. */
export const HEIGHT = "joint-events:height";

/** `{type}`, to the frame: the page around it listens from now on. */
export const HELLO = "joint-events:hello";

/** A list of 50 open cards in a narrow column takes a third of it. */
const HIGHEST = 100_000;

/**
 * The height that a message asks for, or `null`: a whole number of pixels, at least 1 and at most 100 000.
 * @param {unknown} data
 */
export function heightOf(data) {
  if (data?.type !== HEIGHT || !Number.isInteger(data.height)) return null;
  return data.height >= 1 && data.height <= HIGHEST ? data.height : null;
}
