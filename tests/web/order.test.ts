import { expect, it } from "vitest";
import { inOrder } from "../../web/src/simulator/order.ts";
import { message, turn } from "../browser/samples.ts";

const SECOND = Date.UTC(2026, 0, 1, 12, 0, 0);

it("puts a question after the reply that came before it within the same second", () => {
  const first = message({ direction: "in", at: SECOND });
  const reply = message({ at: SECOND + 300 });
  const second = message({ direction: "in", at: SECOND });
  const answer = message({ at: SECOND + 800 });
  const turns = [
    turn({ at: SECOND + 100, inboundIds: [first.id], outboundIds: [reply.id] }),
    turn({ at: SECOND + 500, inboundIds: [second.id], outboundIds: [answer.id] }),
  ];
  expect(inOrder([first, second, reply, answer], turns)).toEqual([first, reply, second, answer]);
});

it("puts a question that has no turn yet last within its second, and never beyond", () => {
  const reply = message({ at: SECOND + 300 });
  const waiting = message({ direction: "in", at: SECOND });
  const later = message({ at: SECOND + 1000 });
  expect(inOrder([waiting, reply, later], [])).toEqual([reply, waiting, later]);
});

it("keeps the order of a burst", () => {
  const burst = [1, 2, 3].map(() => message({ direction: "in", at: SECOND }));
  const one = turn({ at: SECOND + 40, inboundIds: burst.map(({ id }) => id) });
  expect(inOrder(burst, [one])).toEqual(burst);
});
