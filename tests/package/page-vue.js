import "joint-events/define";
import { createApp, h } from "vue/dist/vue.runtime.esm-bundler.js";

const options = {
  feed: "/feed.json",
  lang: "en",
  limit: 2,
  memberOf: ["bioquebec"],
  "onJoint-events:ready": ({ detail }) => (document.title = `${detail.shown} shown`),
};
createApp(() => h("joint-events", options, h("a", { href: "/events" }, "All events"))).mount("#root");
