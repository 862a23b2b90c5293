import { define, JointEvents } from "joint-events";

const tag = document.createElement("joint-events");
// Set before the tag is defined: kept.
tag.memberOf = ["bioquebec"];
tag.feed = "/feed.json";
tag.lang = "en";
tag.limit = 2;
tag.addEventListener("joint-events:ready", ({ detail }) => (document.title = `${detail.shown} shown`));
document.querySelector("#root").append(tag);
document.title = `${customElements.get("joint-events")}`;
define();
if (!(tag instanceof JointEvents)) throw new Error("expected a JointEvents, found another class");
