import { readFileSync } from "node:fs";

/** An endpoint that cannot run on the edge. */
export default (): Response => new Response(readFileSync("/etc/hostname"));
