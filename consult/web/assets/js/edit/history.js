// What was drawn, step by step. A step is never changed, so going back is only looking at an earlier one.
const SAME_ACT_MS = 1500;

export function history(first) {
  let steps = [first];
  let at = 0;
  let last = { act: "", when: 0 };
  return {
    now: () => steps[at],
    all: () => ({ steps, at }),
    canUndo: () => at > 0,
    canRedo: () => at < steps.length - 1,
    undo: () => { at = Math.max(0, at - 1); last.act = ""; },
    redo: () => { at = Math.min(steps.length - 1, at + 1); last.act = ""; },
    // One act repeated at once, as an arrow key that is held down, is one step to take back.
    add(step, act = "") {
      const again = act !== "" && act === last.act && Date.now() - last.when < SAME_ACT_MS;
      last = { act, when: Date.now() };
      if (!again) at += 1;
      steps = [...steps.slice(0, at), step];
    },
    // Earlier steps, kept elsewhere, with this one beneath them.
    resume(kept, reached) {
      steps = [...steps.slice(0, at + 1), ...kept];
      at += 1 + reached;
      last.act = "";
    },
  };
}
