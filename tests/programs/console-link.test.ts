import { afterAll, expect, test, vi } from "vitest";
import { startDev } from "../../fakes/dev-server.ts";
import { createTeardown } from "../../host/machine/lifecycle.ts";

// A new embedded database takes seconds when both cores are busy.
vi.setConfig({ testTimeout: 120_000 });

const teardown = createTeardown();
afterAll(() => teardown.run());

test.each([
  ["127.0.0.1", /^http:\/\/localhost:\d+\/console\/sign-in#[\w-]{43}$/],
  // Whoever reaches this machine could use it.
  ["0.0.0.0", null],
])("npm run dev on %s prints a link that signs in: %s", async (host, link) => {
  const { POSTGRES_URL: _, ...environment } = process.env;
  const { consoleUrl } = await startDev({
    environment: { ...environment, LOG_LEVEL: "error" },
    ...{ port: 0, host, dataDirectory: null, pages: null, teardown, progress: () => undefined },
  });
  if (link) expect(consoleUrl).toMatch(link);
  else expect(consoleUrl).toBeNull();
});
