// The mark in the middle of the map, and where wanted Enter to use the spot beneath it.
export function crosshair(canvas, map, use) {
  const mark = document.createElement("div");
  mark.className = "app-map__crosshair";
  mark.setAttribute("aria-hidden", "true");
  canvas.append(mark);
  if (!use) return;
  canvas.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== canvas) return;
    event.preventDefault();
    use(map.getView().getCenter());
  });
}
