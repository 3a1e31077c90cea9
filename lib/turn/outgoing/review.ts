import type { ReplyExtra } from "../../outbound.ts";
import type { Journal } from "../journal.ts";
import { withinParts } from "./parts.ts";

/** What a model said, and what a tool put under it. */
export interface Said {
  markdown: string;
  extra: ReplyExtra | null;
}

/** The one place between a model's words and the draft: cuts what must not leave and counts it as `cut:<kind>`. */
export function review({ markdown, extra }: Said, journal: Pick<Journal, "failed">): Said {
  const kept = withinParts(markdown, extra);
  if (kept !== markdown) journal.failed("cut", "parts");
  return { markdown: kept, extra };
}
