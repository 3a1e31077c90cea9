/** An endpoint that never gives the processor back when it is told so. */
export const config = { runtime: "nodejs", maxDuration: 1 };

let answered = 0;

export default {
  async fetch(request: Request): Promise<Response> {
    const said = await request.text();
    if (said === "stick") for (;;);
    if (said === "throw") throw new Error("thrown");
    answered += 1;
    return Response.json(
      { said, answered, method: request.method },
      { status: 201, headers: { "x-own": "yes" } },
    );
  },
};
