/** English texts of the home page. */
export const home = {
  title: {
    ok: "Chasqui is running",
    degraded: "Chasqui is running with problems",
    down: "Chasqui is down",
  },
  checking: "Checking services…",
  unreachable: "The health check is not responding",
  summary: {
    ok: "Messages are received, stored and answered.",
    degraded:
      "Messages are received and stored. Some replies may be simpler or slower until the problem is fixed.",
    down: "New messages can't be stored right now. Meta keeps them and delivers them again for up to 7 days.",
    unreachable: "Check the logs of the latest deployment, then try again.",
  },
  services: "Services",
  names: {
    database: "Database",
    cache: "Cache",
    model: "Language model",
    whatsapp: "WhatsApp",
    graph: "WhatsApp",
    telemetry: "Telemetry",
  },
  up: "working",
  down: "not working",
  noChecks: "The health check lists no services.",
  checkedAt: (time: string) => `Last checked at ${time}`,
  again: "Check again",
  console: "Open the console",
  webhook: "Webhook URL",
  webhookHint: "Enter it as the callback URL in Meta's App Dashboard, under WhatsApp → Configuration.",
  docs: "Guides",
  docsHint: "In your copy of the project:",
  guides: {
    "README.md": "Get started",
    "docs/deploy.md": "Connect your own number",
    "docs/configuration.md": "All settings",
    "docs/architecture.md": "How it works",
  },
  meta: "Meta's WhatsApp Cloud API documentation",
  raw: "Health as JSON",
};
