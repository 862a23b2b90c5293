// Element (JS): defines the tag. The bundle starts here.

import { define } from "./element.js";

define();
