// What was drawn, step by step. A step is never changed, so going back is only looking at an earlier one.
export function history(first) {
  let steps = [first];
  let at = 0;
  return {
    now: () => steps[at],
    canUndo: () => at > 0,
    canRedo: () => at < steps.length - 1,
    undo: () => { at = Math.max(0, at - 1); },
    redo: () => { at = Math.min(steps.length - 1, at + 1); },
    add(step) {
      steps = [...steps.slice(0, at + 1), step];
      at += 1;
    },
  };
}
