// What is kept on this device, and only here. Storage may be refused or full: then nothing is kept.
const PREFIX = "consult:";

export function readDraft(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

export function writeDraft(key, draft) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(key) {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept, so there is nothing to drop.
  }
}

// A receipt names the draft that it replaces: <div data-clear-draft="response:mill-end/draft-plan">.
export function clearDrafts() {
  for (const receipt of document.querySelectorAll("[data-clear-draft]")) dropDraft(receipt.dataset.clearDraft);
}
