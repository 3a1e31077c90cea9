import { readBody } from "../../lib/http/body.ts";
import { errorResponse } from "../../lib/http/error-response.ts";
import { type Child, startChild } from "./child-process.ts";
import type { ChildAnswer, ChildRequest } from "./child-protocol.ts";
import type { Handler } from "./handler.ts";
import { createQueue } from "./one-at-a-time.ts";

/** Vercel's limit for the body of a request. */
const MAX_BODY_BYTES = 4.5 * 1024 * 1024;
/** Memory that requests may add to the idle process. */
const GROWTH_BYTES = 250 * 1024 * 1024;
const MOST_WAITING = 8;
/** Several times as long as an ordinary file takes. */
const TURN_MS = 500;
/** Idle time after which the process ends; it takes 100 MB. */
const IDLE_MS = 60_000;

/**
 * Answers with the endpoint of `file` from a process of its own, as Vercel does a Node function, one request at a time.
 * The process is ended when a request takes over `limitMs` or 250 MB, or when its client disconnects.
 */
export function inOwnProcess(
  file: string,
  limitMs: number,
  environment: NodeJS.ProcessEnv = process.env,
): Handler {
  let child: Child | null = null;
  let idle: NodeJS.Timeout | undefined;
  const enqueue = createQueue({
    most: MOST_WAITING,
    limitMs,
    turnMs: TURN_MS,
    async prepare() {
      clearTimeout(idle);
      if (!child?.isUsable()) child = startChild(file, GROWTH_BYTES, environment);
      await child.ready;
    },
    onIdle() {
      clearTimeout(idle);
      idle = setTimeout(() => child?.end(), IDLE_MS).unref();
    },
  });

  const ask = (request: ChildRequest, signal: AbortSignal) =>
    new Promise<ChildAnswer | keyof typeof FAILURES>((resolve) => {
      const run = async (stop: AbortSignal): Promise<void> => {
        const asked = child;
        if (asked === null || stop.aborted) return;
        const end = (): void => asked.end();
        stop.addEventListener("abort", end);
        const answer = await asked.ask(request);
        stop.removeEventListener("abort", end);
        if (!stop.aborted) resolve(answer ?? "ended");
      };
      enqueue({ signal, run, fail: resolve });
    });

  return async (request) => {
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === null) return errorResponse(413, "too_large", "The body is over 4.5 MB.");
    const { url, method, signal } = request;
    const given = body.byteLength > 0 ? body : null;
    const answer = await ask({ url, method, headers: [...request.headers], body: given }, signal);
    if (typeof answer === "string")
      return errorResponse(FAILURES[answer].status, answer, FAILURES[answer].message);
    if ("failed" in answer) throw new Error("the endpoint failed in its own process");
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers });
  };
}

const FAILURES = {
  busy: { status: 503, message: "Too many requests are waiting; try again in a moment." },
  timeout: { status: 504, message: "The request took too long and was stopped." },
  ended: { status: 502, message: "The request failed or used too much memory and was stopped." },
};
