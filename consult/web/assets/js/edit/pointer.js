// The pointer on the map: a tap is for the task in hand, a drag that begins on a point moves it. The rest pans the map.
import PointerInteraction from "ol/interaction/Pointer.js";

const MOUSE_REACH_PX = 10;
const FINGER_REACH_PX = 22;

export function listenTo(map, editor) {
  const byFinger = ({ originalEvent }) => originalEvent?.pointerType === "touch";
  const reachOf = (event) =>
    (byFinger(event) ? FINGER_REACH_PX : MOUSE_REACH_PX) * map.getView().getResolution();

  map.addInteraction(new PointerInteraction({
    handleDownEvent: (event) => {
      if (event.activePointers.length > 1 || event.originalEvent.button > 0) return false;
      return editor.grab(event.coordinate, reachOf(event));
    },
    handleDragEvent: (event) => {
      event.originalEvent.preventDefault(); // else a finger would scroll the page
      editor.drag(event.coordinate, reachOf(event));
    },
    handleUpEvent: () => { editor.drop(); return false; },
  }));
  map.on("click", (event) => editor.tap(event.coordinate, reachOf(event), byFinger(event)));
  map.on("pointermove", (event) => { if (!event.dragging && !byFinger(event)) editor.hover(event.coordinate); });
  map.getViewport().addEventListener("pointerleave", ({ pointerType }) => { if (pointerType !== "touch") editor.hover(null); });
  // A key is pressed by somebody who looks at the cross, wherever the mouse was left lying.
  map.getTargetElement().addEventListener("keydown", () => editor.hover(null), true);
  map.getView().on(["change:center", "change:resolution"], () => editor.moved());
}
