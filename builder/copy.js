// Builder: buttons that copy, and say that they have.

/** Makes each `<button data-copy="id">` copy the text of that element, and say so in the status beside it. */
export function listenForCopies() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const status = button.parentElement.querySelector("[role=status]");
    button.addEventListener("click", async () => {
      const copied = await copy(document.getElementById(button.dataset.copy));
      const words = copied ? button.dataset.copied : button.closest("[data-selected]").dataset.selected;
      for (const other of document.querySelectorAll(".copy [role=status]")) other.textContent = "";
      // Emptied before, so that the same words are read out again.
      requestAnimationFrame(() => (status.textContent = words));
    });
  }
}

/** `false` where the page may not write to the clipboard: then the text is selected. */
async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(source);
    return false;
  }
}
