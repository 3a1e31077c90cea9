import { type BodyWatch, readBody } from "../http/body.ts";

/** Bytes of unverified bodies that one process holds. */
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

/** A body in memory until `release`. */
interface Incoming {
  bytes: number;
  /** Null once the body is whole. */
  giveUp: ((refusal: BodyRefusal) => void) | null;
}

/** All unverified bodies of one process. */
export interface Inflow {
  /**
   * Reads a body of at most `maxBytes` (null: it is longer) and hands it to `use`; its bytes count until `use` ends. Throws
   * BodyRefusal after `deadlineMs`, when the sender breaks off, or when there is no room and this is the largest body.
   */
  read<T>(
    request: Parameters<typeof readBody>[0],
    limits: { maxBytes: number; deadlineMs: number },
    use: (body: Uint8Array | null) => Promise<T>,
  ): Promise<T>;
}

/**
 * Holds at most `maxHeldBytes` in all. Beyond that the largest body still coming in is given up, so that large bodies that
 * never end cannot keep out a delivery of a few kilobytes.
 */
export function createInflow(maxHeldBytes = MAX_UNVERIFIED_BYTES): Inflow {
  const all = new Set<Incoming>();
  let heldBytes = 0;
  const makeRoom = (): void => {
    while (heldBytes > maxHeldBytes) {
      const largest = largestUnfinished(all);
      if (!largest) return;
      release(largest);
      largest.giveUp?.(new BodyRefusal("no_room"));
    }
  };
  const release = (incoming: Incoming): void => {
    if (all.delete(incoming)) heldBytes -= incoming.bytes;
  };
  return {
    async read(request, { maxBytes, deadlineMs }, use) {
      const controller = new AbortController();
      const incoming: Incoming = { bytes: 0, giveUp: (refusal) => controller.abort(refusal) };
      const watch: BodyWatch = {
        signal: controller.signal,
        onChunk(bytes) {
          // A body that was given up a moment ago no longer counts.
          if (!all.has(incoming)) return;
          incoming.bytes += bytes;
          heldBytes += bytes;
          makeRoom();
        },
      };
      all.add(incoming);
      const timer = setTimeout(() => controller.abort(new BodyRefusal("too_slow")), deadlineMs);
      try {
        const body = await readBody(request, maxBytes, watch).catch(refused);
        clearTimeout(timer);
        incoming.giveUp = null;
        return await use(body);
      } finally {
        clearTimeout(timer);
        release(incoming);
      }
    },
  };
}

/** A sender who hangs up is no error of ours. */
function refused(error: unknown): never {
  throw error instanceof BodyRefusal ? error : new BodyRefusal("broken_off");
}

function largestUnfinished(all: ReadonlySet<Incoming>): Incoming | null {
  let largest: Incoming | null = null;
  for (const each of all) if (each.giveUp && each.bytes > (largest?.bytes ?? 0)) largest = each;
  return largest;
}
