import type { SimMessage, SimTurn } from "../api.ts";

const SECOND_MS = 1000;

/**
 * The messages as they were said. Meta dates what customers send in whole seconds, so a reply and the next question may
 * seem to come the wrong way round: within its second, a customer's message is put where its turn began.
 */
export function inOrder(messages: readonly SimMessage[], turns: readonly SimTurn[]): SimMessage[] {
  const begins = new Map(turns.flatMap(({ at, inboundIds }) => inboundIds.map((id) => [id, at])));
  const saidAt = ({ id, direction, at }: SimMessage) => {
    if (direction === "out" || at % SECOND_MS !== 0) return at;
    const latest = at + SECOND_MS - 1;
    return Math.min(Math.max(begins.get(id) ?? latest, at), latest);
  };
  return messages
    .map((message) => ({ message, at: saidAt(message) }))
    .sort((a, b) => a.at - b.at)
    .map(({ message }) => message);
}
