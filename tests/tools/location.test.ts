import { expect, it } from "vitest";
import { createLocationRequest } from "../../tools/location.ts";
import { toolContext } from "./context.ts";

it("puts a location button under the reply, and asks the model for words of its own", async () => {
  const context = toolContext();
  const answer = await createLocationRequest(context).execute?.({}, { toolCallId: "1", messages: [] });
  expect(context.offers).toEqual([{ kind: "location_request" }]);
  expect(answer).toEqual({ button: "shown", next: expect.any(String) });
});
