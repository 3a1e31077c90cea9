import type { MediaKind } from "./media-kinds.ts";
import type { MediaStore } from "./media-store.ts";
import type { Pace } from "./pace.ts";
import type { Addressee, People } from "./people.ts";
import { type Refusal, refusal } from "./refusals.ts";
import { type RegisteredTemplate, refuseTemplate } from "./templates.ts";
import type { MessageBody } from "./validate.ts";

export interface ConductOptions {
  people: People;
  pace: Pace;
  media: MediaStore;
  templates: readonly RegisteredTemplate[];
  /** A free-form message outside the window: taken and reported as failed, or refused. Meta does both. */
  closedWindow: "report" | "refuse";
  now: () => number;
}

/** A message that is taken: `failureCode` is what it will be reported as failed with, null when it arrives. */
export interface Taken {
  failureCode: number | null;
}

/** Judges a valid message by what Meta knows: templates, files, the 24-hour window, the pace and the person. */
export type Conduct = (body: MessageBody, to: Addressee, phoneNumberId: string) => Taken | Refusal;

/** Meta's rules about messages that have the right form. */
export function createConduct({
  people,
  pace,
  media,
  templates,
  closedWindow,
  now,
}: ConductOptions): Conduct {
  return (body, to, phoneNumberId) => {
    const isTemplate = body.type === "template";
    // Whom the request names, not who that is: Meta refuses the user id as such.
    const byUserId = body.to === undefined;
    const wrong = isTemplate ? refuseTemplate(body.template, templates, byUserId) : null;
    if (wrong) return wrong;
    const noFile = refuseFiles({ [body.type]: body[body.type] }, (kind, file) =>
      media.refuseUse(kind, file, phoneNumberId),
    );
    if (noFile) return noFile;
    const late = !isTemplate && !people.windowOpen(to, phoneNumberId, now());
    if (late && closedWindow === "refuse")
      return refusal(131_047, "More than 24 hours have passed since the recipient last replied.");
    const tooFast = pace.take(phoneNumberId, to.waUserId ?? to.phone ?? "");
    if (tooFast) return tooFast;
    return { failureCode: late ? 131_047 : people.undeliverable(to) };
  };
}

/** Why a file may not be sent as this kind, or null. */
type FileCheck = (kind: MediaKind, file: unknown) => string | null;

const FILE_KINDS = ["image", "video", "audio", "document", "sticker"] as const;

/** Every file that is named by its id has to be there, of the kind it is sent as. */
function refuseFiles(value: unknown, problemOf: FileCheck, within = ""): Refusal | null {
  if (typeof value !== "object" || value === null) return null;
  for (const [key, child] of Object.entries(value)) {
    // What a Flow gets is nobody's file.
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
