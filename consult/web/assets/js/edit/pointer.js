// The pointer on the map: a tap adds or chooses a point, a drag that begins on a point moves it. The rest pans the map.
import PointerInteraction from "ol/interaction/Pointer.js";

const MOUSE_REACH_PX = 10;
const FINGER_REACH_PX = 22;

export const reachOf = (event) => (event.originalEvent?.pointerType === "touch" ? FINGER_REACH_PX : MOUSE_REACH_PX);

// `editor.grab(pixel, reach)` says whether a point is there to be dragged.
export function listenTo(map, editor) {
  map.addInteraction(new PointerInteraction({
    handleDownEvent: (event) => {
      if (event.activePointers.length > 1 || event.originalEvent.button > 0) return false;
      return editor.grab(event.pixel, reachOf(event));
    },
    handleDragEvent: (event) => editor.drag(event.pixel),
    handleUpEvent: () => { editor.drop(); return false; },
  }));
  map.on("click", (event) => editor.tap(event.pixel, reachOf(event)));
  map.on("pointermove", (event) => { if (!event.dragging) editor.hover(event.pixel); });
  map.getViewport().addEventListener("pointerleave", () => editor.hover(null));
  map.getView().on("change:center", () => editor.moved());
}
