// Acts once, when the first of these is about a screen away.
const SCREENS_AWAY = "100%";

export function whenNear(selector, act) {
  const watcher = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    act();
  }, { rootMargin: SCREENS_AWAY });
  for (const element of document.querySelectorAll(selector)) watcher.observe(element);
}
