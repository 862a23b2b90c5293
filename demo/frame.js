// Demo: the iframe, whose address names the origin of this page, wherever it is.

const address = new URL("../dist/frame.html", document.baseURI);
const options = { feed: new URL("feed.json", document.baseURI).href, lang: "en-CA", association: "lso", limit: "4", origin: location.origin };
for (const [name, value] of Object.entries(options)) address.searchParams.set(name, value);

const frame = document.createElement("iframe");
frame.dataset.jointEvents = "";
frame.title = "Joint events";
frame.height = "900";
frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation allow-downloads";
frame.src = address.href;
frame.addEventListener("joint-events:filter", ({ detail }) => {
  document.getElementById("heard").textContent = `joint-events:filter, ${detail.shown} shown`;
});
document.getElementById("stage").append(frame);
