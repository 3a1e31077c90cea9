/** The components of a feed, with those lines alone that say when somebody is busy: no name, no title, no description. */
import { FeedError } from "./feed-error.ts";

/** One component: `VEVENT`, `VTIMEZONE`, … */
export interface Component {
  name: string;
  /** Unfolded lines by the name of their property, as `DTSTART`. */
  lines: Map<string, string[]>;
  parts: Component[];
}

const MOST_COMPONENTS = 20_000;
const MOST_LINE_CHARACTERS = 20_000;
const MOST_DEPTH = 8;

const COMPONENTS = new Set(["VCALENDAR", "VEVENT", "VFREEBUSY", "VTIMEZONE", "STANDARD", "DAYLIGHT"]);
const PROPERTIES = new Set(
  (
    "UID DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID STATUS TRANSP FREEBUSY TZID TZOFFSETFROM TZOFFSETTO " +
    "X-LIC-LOCATION"
  ).split(" "),
);

/** The calendars of a feed. Throws FeedError when it is none, breaks off or holds too much. */
export function componentsIn(text: string): Component[] {
  const calendars: Component[] = [];
  // Null: one that says nothing about time, with all that is in it.
  const open: { name: string; component: Component | null }[] = [];
  let count = 0;
  for (const line of unfolded(text)) {
    const name = (/^[A-Za-z0-9-]{1,40}(?=[;:])/.exec(line)?.[0] ?? "").toUpperCase();
    const inside = open.at(-1);
    if (name === "BEGIN") {
      const begun = nameOf(line);
      if (open.length === MOST_DEPTH) throw new FeedError("invalid_answer");
      if (++count > MOST_COMPONENTS) throw new FeedError("too_large");
      const parent = inside ? inside.component?.parts : calendars;
      const component = COMPONENTS.has(begun) && parent ? newComponent(begun) : null;
      if (component) parent?.push(component);
      open.push({ name: begun, component });
    } else if (name === "END") {
      if (open.pop()?.name !== nameOf(line)) throw new FeedError("invalid_answer");
    } else if (PROPERTIES.has(name) && inside?.component) addLine(inside.component, name, line);
  }
  const isCalendar = ({ name }: Component) => name === "VCALENDAR";
  if (open.length > 0 || calendars.length === 0 || !calendars.every(isCalendar))
    throw new FeedError("invalid_answer");
  return calendars;
}

const newComponent = (name: string): Component => ({ name, lines: new Map(), parts: [] });

const nameOf = (line: string): string =>
  line
    .slice(line.indexOf(":") + 1, 60)
    .trim()
    .toUpperCase();

function addLine({ lines }: Component, name: string, line: string): void {
  if (line.length > MOST_LINE_CHARACTERS) throw new FeedError("too_large");
  const known = lines.get(name);
  if (known) known.push(line);
  else lines.set(name, [line]);
}

/** Lines as they were before they were folded (RFC 5545, 3.1). */
function* unfolded(text: string): Generator<string> {
  let pieces: string[] = [];
  for (const line of linesOf(text)) {
    if (line.startsWith(" ") || line.startsWith("\t")) pieces.push(line.slice(1));
    else {
      if (pieces.length > 0) yield pieces.join("");
      pieces = [line];
    }
  }
  if (pieces.length > 0) yield pieces.join("");
}

function* linesOf(text: string): Generator<string> {
  let from = text.startsWith("\uFEFF") ? 1 : 0;
  while (from < text.length) {
    const found = text.indexOf("\n", from);
    const end = found < 0 ? text.length : found;
    yield text.slice(from, text[end - 1] === "\r" && end > from ? end - 1 : end);
    from = end + 1;
  }
}
