import type { PlaygroundView } from "../../../contracts/console/playground.ts";
import type { TrialAsk, TrialRefusal } from "../../types/console/playground.ts";
import { countAttempt } from "../access/attempts.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route, type TenantCall } from "../http/route.ts";
import { isUuid } from "../inbox/query.ts";
import { type Answering, answerInput } from "./input.ts";
import { shownReplay } from "./shown.ts";
import { streamedAnswer } from "./stream.ts";

/** Answers that one operator may ask for in ten minutes; a comparison is two. */
const MAX_ANSWERS = 60;

/** Talking to the bot without a customer. */
export const PLAYGROUND_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/playground",
    access: "agent",
    audit: null,
    handle: async ({ tenantId, deps: { playground } }) => {
      const { configured, known: models } = playground.models();
      const { testPhones } = playground;
      const [budget, ordersConnected] = await Promise.all([
        playground.budget(tenantId),
        playground.ordersConnected(tenantId),
      ]);
      return Response.json({
        configured,
        models,
        ordersConnected,
        testPhones,
        budget,
      } satisfies PlaygroundView);
    },
  },
  {
    method: "GET",
    path: "/t/:tenant/playground/turns/:id",
    access: "agent",
    audit: async (call) => {
      const { conversationId } = await storedTurn(call, call.params.id ?? "");
      return { act: "playground.replay", conversationId };
    },
    handle: async (call) => {
      const { id: turnId = "" } = call.params;
      return Response.json(shownReplay(turnId, await storedTurn(call, turnId)));
    },
  },
  {
    method: "POST",
    path: "/t/:tenant/playground/answers",
    access: "agent",
    audit: async (call) => {
      const asked = await call.body(answerInput);
      const detail = { model: asked.model ?? "", version: String(asked.version), orders: phoneEnd(asked) };
      const conversationId =
        asked.of === "turn" ? (await storedTurn(call, asked.turnId)).conversationId : null;
      return { act: "playground.ask", conversationId, detail };
    },
    handle: async (call) => {
      const { tenantId, who, deps, request } = call;
      const asked = await call.body(answerInput);
      await countAttempt(call, [{ name: `playground ${who.operatorId}`, max: MAX_ANSWERS }]);
      const started = await deps.playground.prepare(askOf(asked, tenantId, who.operatorId));
      if ("refused" in started) throw refusalOf(started);
      return streamedAnswer(started, request.signal);
    },
  },
];

function askOf(asked: Answering, tenantId: string, operatorId: string): TrialAsk {
  const { model, version } = asked;
  const question: TrialAsk["question"] =
    asked.of === "turn"
      ? { kind: "turn", turnId: asked.turnId }
      : { kind: "pretend", customer: asked.customer, history: asked.history, message: asked.message };
  return { tenantId, operatorId, model, version, question };
}

/** The end of the number under which orders are looked up: says who looked whom up, and is no list of numbers. */
const phoneEnd = (asked: Answering): string =>
  asked.of === "pretend" && asked.customer.phone ? `…${asked.customer.phone.slice(-4)}` : "";

async function storedTurn({ tenantId, deps }: TenantCall<ConsoleDeps>, turnId: string) {
  const stored = isUuid(turnId) ? await deps.playground.replay(tenantId, turnId) : null;
  if (!stored) throw noTurn();
  return stored;
}

const noTurn = () => new Refusal(404, "no_turn", "There is no such turn, or its messages were deleted.");

function refusalOf({ refused }: TrialRefusal): Refusal {
  switch (refused) {
    case "budget":
      return new Refusal(409, "budget", "Today's budget is used up; what is left is for customers.");
    case "no_turn":
      return noTurn();
    case "no_version":
      return new Refusal(404, "no_version", "There is no such version, or nothing in your draft.");
    case "not_valid":
      return new Refusal(422, "not_valid", "The draft is not valid yet: see what is marked in it.");
  }
}
