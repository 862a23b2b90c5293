// The tag is defined by what this describes: `import "joint-events/define"`.
export type * from "./joint-events.js";
