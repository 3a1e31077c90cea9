import { fieldOf, fieldsOf, idOf, textOf } from "../../json/lenient.ts";
import { unmarkedKept } from "../../language/ends.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import type { Medium, Reading } from "../../types/media.ts";
import type { Claim } from "../../types/turn-store.ts";
import { UNREAD } from "../../whatsapp/inbound/describe/unread.ts";
import type { MediaDeps } from "../state/context.ts";
import type { Turn } from "../state/turn.ts";

/** A turn's messages with the readings of their files. */
export interface Understood<C> {
  /** The same claim, with `reading` set on the pending messages. */
  claim: C;
  /** To be stored with the messages, so that no file is read twice. */
  readings: { messageId: string; text: string }[];
  /** Pictures to look at, by message id. */
  images: Map<string, { bytes: Uint8Array; mimeType: string }>;
}

/** The newest files of a burst; the others are only named. */
export const MAX_MEDIA = 5;
const CONCURRENCY = 3;
/** For all of them together. */
const TIMEOUT_MS = 8_000;
/** Of pictures in one request: as base64 beside the rest they have to fit an edge function's 128 MB. */
const MAX_IMAGES_BYTES = 8 * 1024 * 1024;

type MediaClaim = Pick<Claim, "pending" | "tenant" | "usage">;
type MediaTurn<C extends MediaClaim> = Pick<Turn<MediaDeps>, "deps" | "journal"> & { claim: C };

/** Reads the files of the pending messages in parallel, under one deadline. Never throws: a failure becomes a note. */
export async function understand<C extends MediaClaim>(turn: MediaTurn<C>): Promise<Understood<C>> {
  const { claim, deps, journal } = turn;
  const files = filesOf(claim);
  if (files.length === 0) return { claim, readings: [], images: new Map() };
  const allowance = soundAllowance(claim.usage.soundSeconds, deps.budget.soundSeconds);
  const opened = await journal.stages.run("media", () => open(files.slice(-MAX_MEDIA), allowance, deps));
  for (const each of opened) account(turn, each);

  const images = imagesIn(opened);
  const texts = new Map<string, string | null>(files.map(({ messageId }) => [messageId, UNREAD.skipped]));
  const readings: Understood<C>["readings"] = [];
  for (const { messageId, medium, reading } of opened) {
    // A picture beyond the bound keeps its note.
    if (reading.kind === "image" && !images.has(messageId)) continue;
    const text = wordsOf(reading, medium);
    texts.set(messageId, text);
    if (text !== null && isFinal(reading)) readings.push({ messageId, text });
  }
  const pending = claim.pending.map((message) => {
    const reading = texts.get(message.id);
    return reading === undefined ? message : { ...message, reading };
  });
  return { claim: { ...claim, pending }, readings, images };
}

/** The pictures in order, as far as they fit together. */
function imagesIn(opened: readonly Opened[]): Map<string, { bytes: Uint8Array; mimeType: string }> {
  const images = new Map<string, { bytes: Uint8Array; mimeType: string }>();
  let bytes = 0;
  for (const { messageId, reading } of opened) {
    if (reading.kind !== "image") continue;
    bytes += reading.bytes.byteLength;
    if (bytes <= MAX_IMAGES_BYTES)
      images.set(messageId, { bytes: reading.bytes, mimeType: reading.mimeType });
  }
  return images;
}

interface File {
  messageId: string;
  medium: Medium;
}

/** The files that were not read yet. */
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

/** Takes seconds of sound from today's budget; false when fewer are left. */
type Allowance = (seconds: number) => boolean;

function soundAllowance(usedSeconds: number, limitSeconds: number): Allowance {
  let leftSeconds = limitSeconds - usedSeconds;
  return (seconds) => {
    // A recording may claim no length: with nothing left none is taken.
    if (leftSeconds <= 0 || seconds > leftSeconds) return false;
    leftSeconds -= seconds;
    return true;
  };
}

function open(files: readonly File[], allowance: Allowance, { media, clock }: MediaDeps): Promise<Opened[]> {
  const endMs = clock.now() + TIMEOUT_MS;
  return inParallel(files, CONCURRENCY, async (file) => {
    let heardSeconds = 0;
    // Without a second left it is not fetched at all.
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

/** Types whose files are read, and video, which gets a note that it is not. A sticker says enough by being one. */
const TYPES = new Set(["image", "audio", "voice", "document", "video"]);

/** The file of a message; null when it has none. */
function mediumOf({ type, content }: StoredMessage, phoneNumberId: string): Medium | null {
  const fields = fieldsOf(content);
  const mediaId = TYPES.has(type) ? idOf(fieldOf(fields, "id")) : null;
  if (mediaId === null) return null;
  const mimeType = textOf(fieldOf(fields, "mime_type"), 200);
  return { phoneNumberId, mediaId, type, mimeType, filename: textOf(fieldOf(fields, "filename"), 1_000) };
}

const isSound = ({ type }: Medium): boolean => type === "audio" || type === "voice";

/** The reading as text; null for a picture, which is looked at instead. */
function wordsOf(reading: Reading, medium: Medium): string | null {
  if (reading.kind === "image") return null;
  if (reading.kind === "unreadable")
    return reading.reason === "unsupported" && isSound(medium)
      ? UNREAD.unsupported_sound
      : UNREAD[reading.reason];
  if (reading.text !== "") return unmarkedKept(reading.text);
  return isSound(medium) ? UNREAD.silent : UNREAD.blank;
}

/** Failures that pass: with another attempt, or on another day. */
const PASSING: ReadonlySet<string> = new Set(["timeout", "failed", "over_budget"]);

/** True when reading it again would give the same; otherwise it is not stored. */
const isFinal = (reading: Reading): boolean => reading.kind !== "unreadable" || !PASSING.has(reading.reason);

function account(
  { deps, journal }: Pick<Turn<MediaDeps>, "deps" | "journal">,
  { medium, reading, heardSeconds }: Opened,
): void {
  const listened = { model: deps.transcriptionModel, inputTokens: 0, outputTokens: 0 };
  if (reading.kind === "unreadable") {
    journal.failed(`media:${medium.type}`, reading.reason);
    if (heardSeconds > 0) journal.lost({ ...listened, seconds: heardSeconds });
  } else if (reading.kind === "text" && isSound(medium)) {
    journal.spent({ ...listened, model: reading.model ?? listened.model, seconds: reading.seconds });
  }
}

/** The results of `work` in order, at most `concurrency` of them in progress at a time. */
async function inParallel<T, R>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  return results;
}
