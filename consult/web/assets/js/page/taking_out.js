// Words that are selected in a comment go, at a button's press, into the list of words to be taken out of it.
export function takeOutSelected() {
  for (const said of document.querySelectorAll("[data-taking-out]")) {
    const list = document.getElementById(said.dataset.takingOut);
    if (!list) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = "Take out the words that are selected";
    // Pressing the button must not give the selection up before it is read.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      const selection = document.getSelection();
      const words = said.contains(selection.anchorNode) && said.contains(selection.focusNode) ? selection.toString() : "";
      const lines = words.split("\n").map((line) => line.trim()).filter(Boolean);
      if (lines.length) list.value = [list.value.trimEnd(), ...lines].filter(Boolean).join("\n");
      list.focus();
    });
    said.after(button);
  }
}
