// A form over a poor connection: it is sent again, with the same key, until an answer comes. What was typed stays.
const PAUSES_S = [2, 4, 8, 15, 30];
const PATIENCE_MS = 30000;
const AWAY = [502, 503, 504];
const wait = (seconds) => new Promise((done) => {
  const timer = setTimeout(done, seconds * 1000);
  window.addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
});

function bodyOf(form, button) {
  const data = new FormData(form);
  data.append(button.name, button.value);
  return form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
}

// Gives the answer, or nothing where the service could not be reached.
async function tried(form, body) {
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE_MS) });
    return AWAY.includes(answer.status) ? null : answer;
  } catch {
    return null;
  }
}

// A page that shows what is wrong is the browser's to show: it sends the form itself, under the same key.
function leaveToTheBrowser(form, button) {
  const chosen = document.createElement("input");
  Object.assign(chosen, { type: "hidden", name: button.name, value: button.value });
  form.append(chosen);
  form.submit();
}

async function send(form, button) {
  const body = bodyOf(form, button);
  const words = form.querySelector("[data-send-words]");
  for (let n = 0; ; n += 1) {
    const answer = await tried(form, body);
    if (answer) return answer.redirected ? location.assign(answer.url) : leaveToTheBrowser(form, button);
    words.textContent = words.dataset.waiting;
    words.hidden = false;
    await wait(PAUSES_S[Math.min(n, PAUSES_S.length - 1)]);
  }
}

export function sendThroughPoorConnections() {
  for (const form of document.querySelectorAll("form[data-send]")) {
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (event.defaultPrevented || !button || button.type === "image" || button.hasAttribute("formaction")) return;
      event.preventDefault();
      if (form.hasAttribute("data-sending")) return;
      form.toggleAttribute("data-sending", true);
      send(form, button);
    });
  }
}
