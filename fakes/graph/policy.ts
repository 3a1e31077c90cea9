import type { Addressee, Customers } from "./customers.ts";
import type { MediaKind } from "./media/kinds.ts";
import type { MediaStore } from "./media/store.ts";
import type { RefusedParts } from "./refused-parts.ts";
import type { RateLimits } from "./rules/rate-limits.ts";
import { type Refusal, refusal } from "./rules/refusals.ts";
import { type RegisteredTemplate, refuseTemplate } from "./rules/templates.ts";
import type { MessageBody } from "./rules/validate.ts";

export interface PolicyOptions {
  customers: Customers;
  rates: RateLimits;
  media: MediaStore;
  refused: RefusedParts;
  templates: readonly RegisteredTemplate[];
  /** Free-form messages outside the window: accepted and reported as failed, or refused. Meta does both. */
  closedWindow: "report" | "refuse";
  now: () => number;
}

/** Fate of an accepted message. */
export interface Verdict {
  /** Meta code of its failed status report; null when it arrives. */
  failureCode: number | null;
}

/** Checks a well-formed message against templates, files, the 24-hour window, the rate limits and the customer. */
export type Policy = (body: MessageBody, to: Addressee, phoneNumberId: string) => Verdict | Refusal;

/** Meta's rules for well-formed messages. */
export function createPolicy({
  customers,
  rates,
  media,
  refused,
  templates,
  closedWindow,
  now,
}: PolicyOptions): Policy {
  return (body, to, phoneNumberId) => {
    const isTemplate = body.type === "template";
    // Decided by the name in the request, not by the customer behind it: Meta refuses the user id as such.
    const byUserId = body.to === undefined;
    const wrong = isTemplate ? refuseTemplate(body.template, templates, byUserId) : null;
    if (wrong) return wrong;
    const noFile = refuseFiles({ [body.type]: body[body.type] }, (kind, file) =>
      media.refuseUse(kind, file, phoneNumberId),
    );
    if (noFile) return noFile;
    const part = refused.verdict(body);
    if (part && "error" in part) return part;
    const late = !isTemplate && !customers.windowOpen(to, phoneNumberId, now());
    if (late && closedWindow === "refuse")
      return refusal(131_047, "More than 24 hours have passed since the recipient last replied.");
    const tooFast = rates.take(phoneNumberId, to.waUserId ?? to.phone ?? "");
    if (tooFast) return tooFast;
    return { failureCode: late ? 131_047 : (part?.failureCode ?? customers.undeliverable(to)) };
  };
}

/** Why a file may not be sent as this kind, or null. */
type FileCheck = (kind: MediaKind, file: unknown) => string | null;

const FILE_KINDS = ["image", "video", "audio", "document", "sticker"] as const;

/** Refuses files named by an id that is unknown or of another kind. */
function refuseFiles(value: unknown, problemOf: FileCheck, within = ""): Refusal | null {
  if (typeof value !== "object" || value === null) return null;
  for (const [key, child] of Object.entries(value)) {
    // Data for a Flow: not a file.
    if (key === "action") continue;
    const nested = Array.isArray(value) ? `${within}[${key}]` : `${within}['${key}']`;
    const path = within === "" ? key : nested;
    const kind = FILE_KINDS.find((candidate) => candidate === key);
    const problem = kind ? problemOf(kind, child) : null;
    if (problem) return refusal(131_009, `${path}['id']: ${problem}`);
    const deeper = kind ? null : refuseFiles(child, problemOf, path);
    if (deeper) return deeper;
  }
  return null;
}
