// Asks how a job is doing every two seconds: {"words", "done", "next"}.
const EVERY_MS = 2000;
const TRIES = 5;

async function ask(place) {
  const answer = await fetch(place.dataset.jobUrl, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

async function follow(place) {
  const words = place.querySelector("[data-job-words]");
  let failures = 0;
  while (failures < TRIES) {
    await new Promise((wait) => setTimeout(wait, EVERY_MS * (failures + 1)));
    if (document.hidden) continue;
    try {
      const job = await ask(place);
      failures = 0;
      if (job.words && job.words !== words.textContent) words.textContent = job.words;
      if (job.done) return job.next ? location.assign(job.next) : location.reload();
    } catch {
      failures += 1;
    }
  }
  words.textContent = place.dataset.jobLost;
}

export function followJobs() {
  for (const place of document.querySelectorAll("[data-job-url]")) follow(place);
}
