import { createAlertLinks } from "../adapters/alert-links.ts";
import { allOf, createNotifyWebhook } from "../adapters/notify-webhook.ts";
import { createNotifier } from "../adapters/slack.ts";
import type { Notifier } from "../types/notifier.ts";
import type { Base } from "./base.ts";
import { publicUrlOf } from "./public-url.ts";

/** Slack and the webhook, as far as they are configured. */
export function composeNotifier({ env, log, clock }: Base): Notifier {
  const { SLACK_WEBHOOK_URL: slackWebhookUrl = null, NOTIFY_WEBHOOK_URL: url } = env;
  const own = publicUrlOf(env);
  const consoleUrl = own && `${own}/console`;
  const links = createAlertLinks(consoleUrl, env.RUNBOOK_URL ?? null);
  const slack = createNotifier({ slackWebhookUrl, links, log });
  if (!url) return slack;
  const secret = env.NOTIFY_WEBHOOK_SECRET ?? null;
  return allOf([slack, createNotifyWebhook({ url, secret, consoleUrl, links, log, clock })]);
}
