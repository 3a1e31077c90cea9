import { writeFileSync } from "node:fs";

/** An endpoint with a minute for each request, and with whatever its caller wants to try. */
export const config = { runtime: "nodejs", maxDuration: 60 };

const TRICKS: Record<string, (given: string) => void> = {
  stick(file) {
    if (file) writeFileSync(file, `${process.pid}`);
    for (;;);
  },
  exit() {
    process.exit(1);
  },
  // Buffers are no part of V8's heap.
  buffers() {
    for (const kept: Buffer[] = []; ; ) kept.push(Buffer.alloc(10_000_000, 1));
  },
  objects() {
    for (const kept: object[] = []; ; ) kept.push(Array.from({ length: 1_000 }, (_, at) => ({ at })));
  },
};

export default {
  async fetch(request: Request): Promise<Response> {
    const [trick = "", given = ""] = (await request.text()).split(" ");
    TRICKS[trick]?.(given);
    return Response.json({ process: process.pid });
  },
};
