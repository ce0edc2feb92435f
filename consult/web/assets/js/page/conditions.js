// Questions that are asked only after certain answers: data-asked-if names the field that decides, data-asked-any the
// answers. The server decides by the same rule; a question whose field is not on this page stays as it came.
const answers = (form, name) => [...form.elements].filter((field) => field.name === name && (field.checked || field.type === "hidden")).map((field) => field.value);

// A stance counts where its policy is ticked: q1 holds the ticked policies, q1.H1 the stance on H1.
function given(form, name) {
  const ticked = answers(form, name);
  return [...ticked, ...ticked.flatMap((policy) => answers(form, `${name}.${policy}`))];
}

function follow(form, questions) {
  const show = () => {
    for (const question of questions) {
      const fields = [...form.elements].filter((field) => field.name === question.dataset.askedIf);
      if (!fields.length) continue;
      const asked = fields.some((field) => field.type === "hidden" || !field.closest("[data-asked-if]")?.hidden);
      const wanted = question.dataset.askedAny.split(" ");
      question.hidden = !(asked && given(form, question.dataset.askedIf).some((answer) => wanted.includes(answer)));
    }
  };
  for (const question of questions) question.querySelector(".app-question__when")?.setAttribute("hidden", "");
  form.addEventListener("change", show);
  show();
}

export function askedOnlyOfSome() {
  for (const form of document.querySelectorAll("form")) {
    const questions = [...form.querySelectorAll("[data-asked-if]")];
    if (questions.length) follow(form, questions);
  }
}
