import { readFeed } from "../../../lib/tools/ical/call.ts";
import { namedZone } from "../../../lib/tools/ical/times/zone.ts";

/** What is busy in the calendar that was posted, in Madrid. */
export async function POST(request: Request): Promise<Response> {
  const home = namedZone("Europe/Madrid");
  if (!home) return new Response(null, { status: 500 });
  const span = { fromMs: Date.UTC(2026, 9, 24), toMs: Date.UTC(2026, 9, 27) };
  return Response.json(await readFeed(await request.text(), home, span));
}
