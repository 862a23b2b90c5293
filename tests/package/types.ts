import "joint-events/define";
import { define, JointEvents, type JointEvent, type JointEventsElement } from "joint-events";

define();
const made: JointEventsElement = new JointEvents();
const tag: JointEventsElement = document.createElement("joint-events");
tag.memberOf = ["bioquebec", "lso"];
tag.limit = null;
tag.addEventListener("joint-events:register", (event) => {
  const price: string | null = event.detail.price;
  if (price === null) event.preventDefault();
});
const titles: string[] = made.events.map((event: JointEvent) => event.title);
// @ts-expect-error: only the element says where it stands
tag.status = "ready";
// @ts-expect-error: there is no such scheme
tag.colorScheme = "sepia";
export { titles };
