// On every page: small conveniences only. Everything works without this file.
import { startComponents } from "./page/components.js";
import { askedOnlyOfSome } from "./page/conditions.js";
import { clearDrafts } from "./page/drafts.js";
import { leaveNothingBehind } from "./page/event.js";
import { followJobs } from "./page/job.js";
import { carryOn, keepTyping } from "./page/keep.js";
import { typeByNumbers } from "./page/keys.js";
import { whenNear } from "./page/near.js";
import { sendOnce } from "./page/once.js";
import { sendThroughPoorConnections } from "./page/sending.js";
import { takeOutSelected } from "./page/taking_out.js";

startComponents();
clearDrafts();
keepTyping();
carryOn();
leaveNothingBehind();
askedOnlyOfSome();
sendThroughPoorConnections();
typeByNumbers();
sendOnce();
followJobs();
takeOutSelected();

// The map's code is fetched only where there is a map; to look at or to point on, only once it is nearly in view.
whenNear("[data-map]", () => import("./map-view.js"));
if (document.querySelector("[data-map-editor]")) import("./map-edit.js");
if (document.querySelector("[data-coding]")) import("./page/coding.js").then(({ codeByKeys }) => codeByKeys());
