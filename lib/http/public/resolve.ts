import { call } from "../call.ts";
import type { Resolve } from "./guard.ts";

const TIMEOUT_MS = 3_000;
const TYPES = ["A", "AAAA"] as const;

/** Resolves hosts by DNS over HTTPS with JSON answers, where the platform offers no resolver of its own. */
export const createResolver =
  (dnsUrl: string): Resolve =>
  async (hostname, signal) => {
    const answers = await Promise.all(TYPES.map((type) => ask(dnsUrl, { hostname, type, signal })));
    return answers.flat();
  };

interface Question {
  hostname: string;
  type: (typeof TYPES)[number];
  signal: AbortSignal | undefined;
}

async function ask(dnsUrl: string, { hostname, type, signal }: Question): Promise<string[]> {
  const url = new URL(dnsUrl);
  url.searchParams.set("name", hostname);
  url.searchParams.set("type", type);
  const headers = { accept: "application/dns-json" };
  const { text } = await call(url, { headers, timeoutMs: TIMEOUT_MS, ...(signal && { signal }) });
  const { Answer: answers = [] } = JSON.parse(text) as { Answer?: { type: number; data: string }[] };
  // Aliases (CNAME) stand among the addresses.
  return answers.filter((answer) => answer.type === 1 || answer.type === 28).map(({ data }) => String(data));
}
