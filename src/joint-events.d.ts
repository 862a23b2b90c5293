/** One event as `events` gives it; `title` and `url` are in the widget's language. */
export interface JointEvent {
  readonly id: string;
  readonly title: string;
  /** RFC 3339: a date (all day), or a time with its offset. */
  readonly start: string;
  readonly end: string | null;
  readonly status: "scheduled" | "cancelled" | "postponed" | "rescheduled" | "movedOnline";
  readonly url: string | null;
}

/**
 * The tag `<joint-events>`. A property stands for the attribute of the same name in kebab-case; changes take effect at
 * once. `null` takes the attribute away; a bad value gives the default, with one `console.warn`.
 *
 * The `lang` of the tag itself is followed; one further up is read again whenever an attribute changes or the tag moves.
 */
export interface JointEventsElement extends HTMLElement {
  /**
   * Addresses of one or more feeds, `http:` or `https:`, separated by spaces: they are shown as one, in which the first has the
   * say. Without one the tag shows its own content.
   */
  get feed(): string;
  set feed(addresses: string | readonly string[] | null);

  /** Id of the association whose site this is. */
  get association(): string;
  set association(id: string | null);

  /** Ids of the associations that the visitor belongs to; `none` (or `[]`): no member; `null`: unknown. */
  get memberOf(): string;
  set memberOf(ids: string | readonly string[] | null);

  /** Ids of the first selection, separated by spaces. */
  get province(): string;
  set province(ids: string | readonly string[] | null);

  /** Ids of the first selection, separated by spaces. */
  get theme(): string;
  set theme(ids: string | readonly string[] | null);

  /** Ids of the first selection, separated by spaces. */
  get format(): string;
  set format(ids: string | readonly string[] | null);

  /** Ids of the first selection, separated by spaces. */
  get organizer(): string;
  set organizer(ids: string | readonly string[] | null);

  /** BCP 47 tags of the first selection, separated by spaces. */
  get eventLanguage(): string;
  set eventLanguage(ids: string | readonly string[] | null);

  /** First selection, separated by spaces: `free`, `toBeAnnounced`, `other`, or ranges such as `25-50`. */
  get price(): string;
  set price(ids: string | readonly string[] | null);

  /** First selection: `mine`, events with a rate for the visitor as a member. It has force for a known member alone. */
  get rate(): string;
  set rate(ids: string | readonly string[] | null);

  /** Names of filters, and `member`, that the visitor may neither see nor change. */
  get locked(): string;
  set locked(names: string | readonly string[] | null);

  /** The filters that are offered, in order: of `search province theme format organizer event-language month price rate`. */
  get filters(): string;
  set filters(names: string | readonly string[] | null);

  /** What is shown first, `list` by default; in a narrow container the list is. */
  get view(): "list" | "month";
  set view(view: "list" | "month" | null);

  /** Cards shown after any change, 1 to 50; 20 by default. */
  get limit(): number;
  set limit(cards: number | string | null);

  /** Past events too. */
  get past(): boolean;
  set past(shown: boolean | null);

  /** The level of an event's title, 3 to 6; 3 by default. Month headings stand one above. */
  get headingLevel(): number;
  set headingLevel(level: number | string | null);

  /** Prefix of the parameters of the page's query that have the selection: a letter, then letters, digits, `_` and `-`. */
  get urlState(): string;
  set urlState(prefix: string | null);

  /** Keeps "I am a member of" for this tab of the browser, in `sessionStorage`: the only thing ever stored. */
  get remember(): boolean;
  set remember(kept: boolean | null);

  get colorScheme(): "auto" | "light" | "dark";
  set colorScheme(scheme: "auto" | "light" | "dark" | null);

  /** schema.org data of the events that are shown, for search engines, in a script inside the tag. */
  get jsonLd(): boolean;
  set jsonLd(told: boolean | null);

  /** `utm_source` of registration links; none by default. */
  get utmSource(): string;
  set utmSource(source: string | null);

  /** `utm_medium` of registration links; none by default. */
  get utmMedium(): string;
  set utmMedium(medium: string | null);

  /** `utm_campaign` of registration links; none by default. */
  get utmCampaign(): string;
  set utmCampaign(campaign: string | null);

  /** `loading`: the tag's own content or a skeleton is seen; `failed`: its own content, and a way to try again. */
  readonly status: "loading" | "ready" | "empty" | "stale" | "failed";

  /** All events that match, in the order shown, not cut by `limit`. */
  readonly events: readonly JointEvent[];

  /** Asks for the feeds again. Resolves once they came or failed; never rejects. */
  refresh(): Promise<void>;
}

/** The events of the tag, and of its twin `<div data-joint-events>`. All bubble, and cross shadow roots. */
export interface JointEventsEventMap {
  /** After every successful load: events that match, events read, events left out. */
  "joint-events:ready": CustomEvent<{ shown: number; total: number; skipped: number }>;

  /** Once a load, after `ready`, if anything in the feeds was left out, or one of several failed. */
  "joint-events:problem": CustomEvent<{ problems: { path: string; message: string }[] }>;

  /** Once a failed load. A number is the HTTP status; `start`: the script or the wasm could not start. */
  "joint-events:error": CustomEvent<{
    status: number | "network" | "timeout" | "format" | "version" | "start";
    message: string;
  }>;

  /** The visitor's selection settled. */
  "joint-events:filter": CustomEvent<{
    province: string[];
    theme: string[];
    format: string[];
    organizer: string[];
    eventLanguage: string[];
    month: string[];
    price: string[];
    rate: string[];
    search: string;
    shown: number;
  }>;

  /** The visitor said whose member they are: `[]` of none, `null` unknown. */
  "joint-events:member": CustomEvent<{ memberOf: string[] | null }>;

  /** Register was activated. Cancelable: `preventDefault()` stops the link. `price` is a decimal such as `"25.00"`. */
  "joint-events:register": CustomEvent<{
    id: string;
    url: string;
    audience: string | null;
    price: string | null;
    currency: string | null;
  }>;

  /** A calendar was asked for; `id` is `null` for all events that match. */
  "joint-events:calendar": CustomEvent<{
    id: string | null;
    target: "ics" | "google" | "outlook" | "apple" | "subscribe";
  }>;
}

/** The tag's class, for what inherits from it; it is no tag before it is defined. */
export declare const JointEvents: {
  new (): JointEventsElement;
  prototype: JointEventsElement;
  /** The version of the package. */
  readonly version: string;
};

/** Defines the tag, once a page: of two versions the first stays. On a server it does nothing. */
export declare function define(): void;

declare global {
  interface HTMLElementTagNameMap {
    "joint-events": JointEventsElement;
  }
  interface HTMLElementEventMap extends JointEventsEventMap {}
  interface DocumentEventMap extends JointEventsEventMap {}
  interface WindowEventMap extends JointEventsEventMap {}
}
