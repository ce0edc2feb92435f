// Says what happened, in the page's own live region. Saying the same words twice is heard twice.
export function speaker(element) {
  let last = "";
  return (words) => {
    last = words === last ? `${words}\u00a0` : words;
    if (element) element.textContent = last;
  };
}
