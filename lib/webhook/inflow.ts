import { type BodyWatch, readBody } from "../http/body.ts";

/** Bytes of bodies that are held before anybody knows who sent them. */
const MAX_UNVERIFIED_BYTES = 32 * 1024 * 1024;

/** The reason why a body was not read to its end. */
export class BodyRefusal extends Error {
  readonly refusal: "too_slow" | "no_room" | "broken_off";
  constructor(refusal: BodyRefusal["refusal"]) {
    super(refusal);
    this.name = "BodyRefusal";
    this.refusal = refusal;
  }
}

/** A body that is held until `release`. */
interface Held {
  bytes: number;
  /** Null once the body is whole. */
  giveUp: ((refusal: BodyRefusal) => void) | null;
}

/** All bodies of one process that are not yet verified. */
export interface Inflow {
  /**
   * Reads a body of at most `maxBytes` (null: it is longer) and hands it to `use`, until whose end its bytes count as
   * held. Throws BodyRefusal after `deadlineMs`, when the sender breaks off, or when this is the largest of the bodies that
   * are too many.
   */
  read<T>(
    request: Pick<Request, "headers" | "body">,
    limits: { maxBytes: number; deadlineMs: number },
    use: (body: Uint8Array | null) => Promise<T>,
  ): Promise<T>;
}

/**
 * Holds at most `maxHeldBytes` in all. Beyond that the largest body still coming in is given up, so that senders of
 * much who never finish cannot keep out a webhook of a few kilobytes.
 */
export function createInflow(maxHeldBytes = MAX_UNVERIFIED_BYTES): Inflow {
  const all = new Set<Held>();
  let heldBytes = 0;
  const makeRoom = (): void => {
    while (heldBytes > maxHeldBytes) {
      const largest = largestUnfinished(all);
      if (!largest) return;
      release(largest);
      largest.giveUp?.(new BodyRefusal("no_room"));
    }
  };
  const release = (held: Held): void => {
    if (all.delete(held)) heldBytes -= held.bytes;
  };
  return {
    async read(request, { maxBytes, deadlineMs }, use) {
      const controller = new AbortController();
      const held: Held = { bytes: 0, giveUp: (refusal) => controller.abort(refusal) };
      const watch: BodyWatch = {
        signal: controller.signal,
        onChunk(bytes) {
          // One that was given up a moment ago is not counted any more.
          if (!all.has(held)) return;
          held.bytes += bytes;
          heldBytes += bytes;
          makeRoom();
        },
      };
      all.add(held);
      const timer = setTimeout(() => controller.abort(new BodyRefusal("too_slow")), deadlineMs);
      try {
        const body = await readBody(request, maxBytes, watch).catch(refused);
        clearTimeout(timer);
        held.giveUp = null;
        return await use(body);
      } finally {
        clearTimeout(timer);
        release(held);
      }
    },
  };
}

/** A stranger who hangs up is no error of ours. */
function refused(error: unknown): never {
  throw error instanceof BodyRefusal ? error : new BodyRefusal("broken_off");
}

function largestUnfinished(all: ReadonlySet<Held>): Held | null {
  let largest: Held | null = null;
  for (const held of all) if (held.giveUp && held.bytes > (largest?.bytes ?? 0)) largest = held;
  return largest;
}
