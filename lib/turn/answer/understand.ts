import { fieldsOf, idOf, own, textOf } from "../../json/lenient.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import type { Medium, Reading } from "../../types/media.ts";
import type { Claim } from "../../types/turn-store.ts";
import { roundBrackets } from "../../whatsapp/inbound/describe/brackets.ts";
import { UNREAD } from "../../whatsapp/inbound/describe/unread.ts";
import type { MediaDeps } from "../state/context.ts";
import type { Journal } from "../state/journal.ts";

/** A turn's messages with what is in their media. */
export interface Understood<C> {
  /** The same, with `reading` set on the pending messages. */
  claim: C;
  /** To be kept with the messages, so that they need not be read again. */
  readings: { messageId: string; text: string }[];
  /** Pictures to look at, by message id. */
  images: Map<string, { bytes: Uint8Array; mimeType: string }>;
}

/** The newest files of a burst; the others are only named. */
export const MAX_MEDIA = 5;
const AT_ONCE = 3;
/** For all of them together. */
const TIMEOUT_MS = 8_000;
/** Of pictures in one request: as base64 beside the rest they have to fit an edge function's 128 MB. */
const MAX_IMAGES_BYTES = 8 * 1024 * 1024;

/** Reads the media of the pending messages, beside each other and within one time limit. Never throws: what fails is a note. */
export async function understand<C extends Pick<Claim, "pending" | "tenant" | "usage">>(
  claim: C,
  deps: MediaDeps,
  journal: Journal,
): Promise<Understood<C>> {
  const files = filesOf(claim);
  if (files.length === 0) return { claim, readings: [], images: new Map() };
  const allowance = soundAllowance(claim.usage.soundSeconds, deps.budget.soundSeconds);
  const opened = await journal.stages.run("media", () => open(files.slice(-MAX_MEDIA), allowance, deps));

  const notes = new Map<string, string | null>(files.map(({ messageId }) => [messageId, UNREAD.skipped]));
  const readings: Understood<C>["readings"] = [];
  const images: Understood<C>["images"] = new Map();
  let imagesBytes = 0;
  for (const { messageId, medium, reading, heardSeconds } of opened) {
    account({ medium, reading, heardSeconds }, deps, journal);
    if (reading.kind === "image") {
      imagesBytes += reading.bytes.byteLength;
      // Else its note stands.
      if (imagesBytes > MAX_IMAGES_BYTES) continue;
      images.set(messageId, { bytes: reading.bytes, mimeType: reading.mimeType });
    }
    const text = wordsOf(reading, medium);
    notes.set(messageId, text);
    if (text !== null && isFinal(reading)) readings.push({ messageId, text });
  }
  const pending = claim.pending.map((message) => {
    const reading = notes.get(message.id);
    return reading === undefined ? message : { ...message, reading };
  });
  return { claim: { ...claim, pending }, readings, images };
}

interface File {
  messageId: string;
  medium: Medium;
}

/** What was sent and not read yet. */
function filesOf({ pending, tenant }: Pick<Claim, "pending" | "tenant">): File[] {
  return pending.flatMap((message) => {
    const medium = message.reading === null ? mediumOf(message, tenant.phoneNumberId) : null;
    return medium ? [{ messageId: message.id, medium }] : [];
  });
}

interface Opened extends File {
  reading: Reading;
  /** Seconds of sound that were sent to be listened to; 0 when none were. */
  heardSeconds: number;
}

/** Takes seconds of sound while there are some left today; false when so many are not. */
type Allowance = (seconds: number) => boolean;

function soundAllowance(usedSeconds: number, limitSeconds: number): Allowance {
  let leftSeconds = limitSeconds - usedSeconds;
  return (seconds) => {
    // A recording of no length may be one that lies: where nothing is left none is taken.
    if (leftSeconds <= 0 || seconds > leftSeconds) return false;
    leftSeconds -= seconds;
    return true;
  };
}

function open(files: readonly File[], allowance: Allowance, { media, clock }: MediaDeps): Promise<Opened[]> {
  const endMs = clock.now() + TIMEOUT_MS;
  return inLanes(files, AT_ONCE, async (file) => {
    let heardSeconds = 0;
    // Without a second left it is not even fetched.
    if (isSound(file.medium) && !allowance(0))
      return { ...file, heardSeconds, reading: { kind: "unreadable", reason: "over_budget" } };
    const mayListen: Allowance = (seconds) => {
      const taken = allowance(seconds);
      if (taken) heardSeconds = seconds;
      return taken;
    };
    const reading = await media.read(file.medium, Math.max(1, endMs - clock.now()), mayListen);
    return { ...file, reading, heardSeconds };
  });
}

/** Types whose media are read, or that are said not to be: a video. A sticker says enough by being one. */
const TYPES = new Set(["image", "audio", "voice", "document", "video"]);

/** The file of a message; null when it has none. */
function mediumOf({ type, content }: StoredMessage, phoneNumberId: string): Medium | null {
  const fields = fieldsOf(content);
  const mediaId = TYPES.has(type) ? idOf(own(fields, "id")) : null;
  if (mediaId === null) return null;
  const mimeType = textOf(own(fields, "mime_type"), 200);
  return { phoneNumberId, mediaId, type, mimeType, filename: textOf(own(fields, "filename"), 1_000) };
}

const isSound = ({ type }: Medium): boolean => type === "audio" || type === "voice";

/** Null for a picture, which is looked at instead. */
function wordsOf(reading: Reading, medium: Medium): string | null {
  if (reading.kind === "image") return null;
  if (reading.kind === "unreadable") return UNREAD[reading.reason];
  if (reading.text !== "") return roundBrackets(reading.text);
  return isSound(medium) ? UNREAD.silent : UNREAD.blank;
}

/** What may be read at another time: with another try, or on another day. */
const PASSING: ReadonlySet<string> = new Set(["timeout", "failed", "over_budget"]);

/** Whether reading it again would say the same; otherwise it is not kept. */
const isFinal = (reading: Reading): boolean => reading.kind !== "unreadable" || !PASSING.has(reading.reason);

function account(
  { medium, reading, heardSeconds }: Pick<Opened, "medium" | "reading" | "heardSeconds">,
  { transcriptionModel: model }: MediaDeps,
  journal: Journal,
): void {
  const listened = { model, inputTokens: 0, outputTokens: 0 };
  if (reading.kind === "unreadable") {
    journal.failed(`media:${medium.type}`, reading.reason);
    if (heardSeconds > 0) journal.lost({ ...listened, seconds: heardSeconds });
  } else if (reading.kind === "text" && isSound(medium)) {
    journal.spent({ ...listened, seconds: reading.seconds });
  }
}

/** The results of `work` in order, at most `lanes` of them under way at a time. */
async function inLanes<T, R>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  return results;
}
