import { type LanguageModelMiddleware, wrapLanguageModel } from "ai";
import type { Feature } from "../config/features.ts";
import { adapt, type CallOptions, featuresOf } from "./adapt.ts";
import { answerIn, withObject } from "./answer-in.ts";
import { createDialect, type Dialect } from "./dialect.ts";
import type { Hedge } from "./hedge.ts";
import { type Patience, pauseMs } from "./patience.ts";
import { reasonOf } from "./reasons.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { lengthOf, shrink } from "./shrink.ts";
import { isSilent, openStream, type Streamed, streamOf } from "./stream.ts";

/** A model of the AI SDK. */
export type Model = Parameters<typeof wrapLanguageModel>[0]["model"];

type Answer = Awaited<ReturnType<Model["doGenerate"]>>;

/** A model and what is known about the requests that it takes. */
export interface DialectModel {
  model: Model;
  /** Absent: nothing is remembered. */
  dialect?: Dialect | undefined;
  /** Absent: no call is made twice. */
  hedge?: Hedge | undefined;
}

/** The conditions of one attempt with a model. */
export interface Asking extends Patience {
  /** A call whose answer could not be read: the service may bill it. */
  onLostCall: () => void;
  /** A call that was made twice, of which the other answer came first. */
  onDiscardedCall?: () => void;
}

/** The service takes no tools: the attempt has to go on without them. */
export class NoToolsError extends Error {
  override readonly name = "NoToolsError";
}

/** Features, each with what stands in for it, that are left out when a service does not say what it refuses. */
const UNNAMED: readonly (readonly [Feature, ...Feature[]])[] = [
  ["temperature"],
  ["reasoning_effort"],
  ["json_schema", "json_object", "strict"],
  ["forced_tool", "tool_choice"],
  ["tool_choice"],
  ["cache_mark"],
];

/** No service refuses more than these, one by one. */
const MOST_LESSONS = 10;

/**
 * The model with a listener's patience: what the service refuses is left out and remembered in its dialect, a prompt that is
 * too long is shortened once, and a moment's trouble is waited for as long as the attempt's time allows. Throws
 * NoToolsError where the service takes no tools, and the service's own error otherwise.
 */
export function patientModel({ model, dialect, hedge }: DialectModel, asking: Asking): Model {
  const known = dialect ?? createDialect({ omit: [], now: asking.clock.now });
  const setting: Setting = { model: hedge ? hedged(model, hedge, asking) : model, dialect: known, asking };
  const wrapGenerate: LanguageModelMiddleware["wrapGenerate"] = async ({ params }) => {
    const answer = await ask(params, setting, GENERATED);
    return params.responseFormat?.type === "json" ? withObject(answer) : answer;
  };
  const wrapStream: LanguageModelMiddleware["wrapStream"] = async ({ params }) => {
    try {
      return await ask(params, setting, STREAMED);
    } catch (error) {
      if (!mayComeWhole(error, asking)) throw error;
      return streamOf(await ask(params, setting, GENERATED));
    }
  };
  return wrapLanguageModel({ model, middleware: { specificationVersion: "v3", wrapGenerate, wrapStream } });
}

/** The model, whose slow calls are made once more; a stream never is. */
function hedged(model: Model, hedge: Hedge, { clock, signal, onDiscardedCall = () => {} }: Asking): Model {
  const wrapGenerate: LanguageModelMiddleware["wrapGenerate"] = async ({ params, model: own }) => {
    const name = `${own.modelId} ${params.responseFormat?.type === "json" ? "object" : "text"}`;
    const call = (abortSignal: AbortSignal) => own.doGenerate({ ...params, abortSignal });
    return hedge.ask(name, call, {
      clock,
      signal: params.abortSignal ?? signal,
      onDiscarded: onDiscardedCall,
    });
  };
  return wrapLanguageModel({ model, middleware: { specificationVersion: "v3", wrapGenerate } });
}

/** One of the two ways in which a model is asked. */
interface Way<Given> {
  call: (model: Model, request: CallOptions) => PromiseLike<Given>;
  isStarved: (given: Given) => boolean;
  /** True for a refusal that may be about the way itself. */
  refuses: (refusal: Refusal, request: CallOptions) => boolean;
}

const GENERATED: Way<Answer> = {
  call: (model, request) => understood(() => model.doGenerate(request)),
  isStarved,
  refuses: () => false,
};

/** Ends with the answer's first words, so that what is refused before them is asked again. */
const STREAMED: Way<Streamed> = {
  call: openStream,
  isStarved: isSilent,
  refuses: (refusal, request) =>
    WRONG_REQUEST.has(refusal.status) &&
    (/\bstream/.test(refusal.text) || reasonOf(refusal, featuresOf(request)).kind === "unnamed"),
};

/** Statuses of services that may give the same answer whole, though not as a stream. */
const WRONG_REQUEST: ReadonlySet<number | null> = new Set([400, 404, 405, 415, 422]);

/** True when the whole answer may come where no stream did. */
function mayComeWhole(error: unknown, { clock, signal }: Asking): boolean {
  const refusal = signal.aborted ? null : refusalOf(error, clock.now());
  return refusal !== null && (refusal.broken || WRONG_REQUEST.has(refusal.status));
}

interface Setting {
  model: Model;
  dialect: Dialect;
  asking: Asking;
}

/** What one call has learnt, and tried, so far. */
interface Attempts {
  omitted: Set<Feature>;
  /** Of these, the ones that the service named. */
  named: Set<Feature>;
  /** Left out of this call alone. */
  once: Set<Feature>;
  tooLong: number | null;
  unnamed: boolean;
  lessons: number;
  pauses: number;
}

async function ask<Given extends Answer | Streamed>(
  call: CallOptions,
  { model, dialect, asking }: Setting,
  way: Way<Given>,
): Promise<Given> {
  const tried: Attempts = {
    ...{ omitted: new Set(), named: new Set(), once: new Set(), tooLong: null, unnamed: false },
    ...{ lessons: 0, pauses: 0 },
  };
  for (;;) {
    const request = requestFor(call, tried, dialect);
    try {
      const answer = await way.call(model, request);
      if (way.isStarved(answer) && !dialect.omitted().has("thinking") && !tried.omitted.has("thinking")) {
        asking.onLostCall();
        tried.omitted.add("thinking");
        continue;
      }
      if (tried.omitted.size > 0 || tried.tooLong !== null)
        dialect.learn({ features: tried.omitted, tooLong: tried.tooLong });
      return answer;
    } catch (error) {
      const refusal = asking.signal.aborted ? null : refusalOf(error, asking.clock.now());
      if (refusal === null) throw error;
      if (refusal.broken) asking.onLostCall();
      if (way.refuses(refusal, request)) throw error;
      if (!learnt(refusal, request, tried, dialect) && !(await waited(refusal, request, tried, asking)))
        throw error;
    }
  }
}

/** True when thoughts used up the tokens of the answer. */
function isStarved({ content, finishReason }: Answer): boolean {
  if (finishReason.unified !== "length") return false;
  return content.every((part) =>
    part.type === "text" ? UNFINISHED_THOUGHT.test(part.text) : part.type === "reasoning",
  );
}

const UNFINISHED_THOUGHT =
  /^\s*(?:$|<(?:think|thinking|reasoning)>(?![\s\S]*<\/(?:think|thinking|reasoning)>))/;

/** The answer of a call, also one that the provider package cannot read. */
async function understood(call: () => PromiseLike<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    const answer = answerIn(error);
    if (answer === null) throw error;
    return answer;
  }
}

function requestFor(call: CallOptions, tried: Attempts, dialect: Dialect): CallOptions {
  const request = adapt(call, new Set([...dialect.omitted(), ...tried.omitted, ...tried.once]));
  const limit = tried.tooLong ?? dialect.tooLong();
  return limit !== null && lengthOf(request.prompt) >= limit ? shrink(request) : request;
}

/** Takes a lesson from the refusal; false when there is none, or it was learnt before. */
function learnt(refusal: Refusal, request: CallOptions, tried: Attempts, dialect: Dialect): boolean {
  const reason = reasonOf(refusal, featuresOf(request));
  tried.lessons += 1;
  if (tried.lessons > MOST_LESSONS) return false;
  if (reason.kind === "too_long" && tried.tooLong === null) {
    tried.tooLong = lengthOf(request.prompt);
    return lengthOf(shrink(request).prompt) < tried.tooLong;
  }
  if (reason.kind === "unnamed") return plainer(request, tried);
  if (reason.kind !== "feature") return false;
  // Another refusal proves that the one before is met. A slow service may not come to an answer in time.
  if (tried.named.size > 0 && !tried.named.has(reason.feature)) dialect.learn({ features: tried.named });
  if (reason.feature === "tools") throw new NoToolsError("The service takes no tools.");
  const { omitted, named, once } = tried;
  if (omitted.has(reason.feature) || once.has(reason.feature)) return false;
  (reason.once ? once : omitted).add(reason.feature);
  if (!reason.once) named.add(reason.feature);
  return true;
}

/** Leaves out all that a service may dislike; after that the tools. */
function plainer(request: CallOptions, tried: Attempts): boolean {
  const features = featuresOf(request);
  const droppable = tried.unnamed ? [] : UNNAMED.filter(([feature]) => features.has(feature));
  tried.unnamed = true;
  for (const feature of droppable.flat()) tried.omitted.add(feature);
  if (droppable.length === 0 && features.has("tools")) throw new NoToolsError("Perhaps it takes no tools.");
  return droppable.length > 0;
}

/** Waits as the service asks; false when another call is not worth it. */
async function waited(
  refusal: Refusal,
  request: CallOptions,
  tried: Attempts,
  asking: Asking,
): Promise<boolean> {
  if (reasonOf(refusal, featuresOf(request)).kind !== "moment") return false;
  tried.pauses += 1;
  const ms = pauseMs(refusal, tried.pauses, asking);
  if (ms === null) return false;
  await asking.clock.sleep(ms, asking.signal);
  return !asking.signal.aborted;
}
