// Demo: the names of the embed, as its manifest tells them.

/** The kinds of names: the manifest's list, and the heading above them. */
export const KINDS = {
  attribute: { list: "attributes", heading: "Attributes" },
  property: { list: "cssProperties", heading: "Custom properties" },
  part: { list: "cssParts", heading: "Parts" },
  event: { list: "events", heading: "Events" },
};

/**
 * All names of a kind, each with its description.
 * @returns {Promise<(kind: keyof KINDS) => {name: string, description: string}[]>}
 */
export async function readNames() {
  const manifest = await (await fetch("../dist/custom-elements.json")).json();
  const declarations = manifest.modules.flatMap((module) => module.declarations);
  const element = declarations.find((declaration) => declaration.customElement);
  return (kind) => element[KINDS[kind].list];
}

/** A description with what stands between backticks as code. */
export function describe(place, description) {
  place.replaceChildren(
    ...description.split("`").map((piece, number) => {
      const node = document.createElement(number % 2 ? "code" : "span");
      node.textContent = piece;
      return node;
    }),
  );
}
