import "joint-events/define";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

createRoot(document.querySelector("#root")).render(
  createElement(
    "joint-events",
    {
      feed: "/feed.json",
      lang: "en",
      limit: 2,
      memberOf: ["bioquebec"],
      "onjoint-events:ready": ({ detail }) => (document.title = `${detail.shown} shown`),
    },
    createElement("a", { href: "/events" }, "All events"),
  ),
);
