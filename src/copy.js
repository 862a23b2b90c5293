// Element (JS): links that copy their address.

/**
 * Has each link with `data-copy` in a root copy its address when it is activated. Where it can't, it is a link like any
 * other: it leads there, and the address is seen.
 * @param {ShadowRoot} root
 * @param {() => void} copied
 */
export function copyLinks(root, copied) {
  root.addEventListener("click", async (event) => {
    const link = event.target.closest?.("[data-copy]");
    const { altKey, ctrlKey, metaKey, shiftKey } = event;
    // With a key it is for the browser: another tab, or a bookmark.
    if (!link || event.defaultPrevented || altKey || ctrlKey || metaKey || shiftKey || !navigator.clipboard) return;
    event.preventDefault();
    // In this page, whatever its `<base>`.
    const address = new URL(link.getAttribute("href"), location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      root.querySelector("[data-copied]")?.removeAttribute("data-copied");
      link.setAttribute("data-copied", "");
      copied();
    } catch {
      location.assign(address);
    }
  });
}
