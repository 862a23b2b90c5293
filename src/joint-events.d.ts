/** One event as `events` gives it: `title` and `url` are in the widget's language. */
export interface JointEvent {
  readonly id: string;
  readonly title: string;
  /** RFC 3339: a date, or a time with its offset. */
  readonly start: string;
  readonly end: string | null;
  readonly status: "scheduled" | "cancelled" | "postponed" | "rescheduled" | "movedOnline";
  readonly url: string | null;
}

/** The tag `<joint-events>`. A property stands for the attribute of the same name in kebab-case. */
export interface JointEventsElement extends HTMLElement {
  /** The feed's address. */
  feed: string;
  /** Id of the association whose site this is. */
  association: string;
  /** Ids of the associations that the visitor belongs to, `none`, or empty: unknown. */
  memberOf: string | readonly string[] | null;
  province: string | readonly string[];
  theme: string | readonly string[];
  format: string | readonly string[];
  organizer: string | readonly string[];
  eventLanguage: string | readonly string[];
  /** Names of filters, and `member`, that the visitor may neither see nor change. */
  locked: string | readonly string[];
  /** Names of the filters that are offered, in order. */
  filters: string | readonly string[];
  /** 1 to 50; 20 by default. */
  limit: number;
  past: boolean;
  /** 3 to 6; 3 by default. */
  headingLevel: number;
  remember: boolean;
  colorScheme: "auto" | "light" | "dark";
  readonly status: "loading" | "ready" | "empty" | "stale" | "failed";
  /** All that match, in the order shown. */
  readonly events: readonly JointEvent[];
  /** Asks for the feed again. The promise never rejects. */
  refresh(): Promise<void>;
}

export interface JointEventsEventMap {
  "joint-events:ready": CustomEvent<{ shown: number; total: number; skipped: number }>;
  "joint-events:problem": CustomEvent<{ problems: { path: string; message: string }[] }>;
  "joint-events:error": CustomEvent<{
    status: number | "network" | "timeout" | "format" | "version" | "start";
    message: string;
  }>;
  "joint-events:filter": CustomEvent<{
    province: string[];
    theme: string[];
    format: string[];
    organizer: string[];
    eventLanguage: string[];
    month: string[];
    search: string;
    shown: number;
  }>;
  "joint-events:member": CustomEvent<{ memberOf: string[] | null }>;
  /** Cancelable: `preventDefault()` stops the link. */
  "joint-events:register": CustomEvent<{
    id: string;
    url: string;
    audience: string | null;
    price: string | null;
    currency: string | null;
  }>;
  "joint-events:calendar": CustomEvent<{
    id: string | null;
    target: "ics" | "google" | "outlook" | "apple" | "subscribe";
  }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "joint-events": JointEventsElement;
  }
  interface HTMLElementEventMap extends JointEventsEventMap {}
}
