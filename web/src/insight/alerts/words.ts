import type { AlertRule, ListedAlert } from "../../../../contracts/console/alerts.ts";
import type { ObjectiveName } from "../../../../contracts/console/insight.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { useInsightTexts } from "../frame/texts.ts";

type Said = Pick<ListedAlert, "rule" | "facts">;

/** Words about alerts. */
export interface AlertWords {
  title(alert: Said): string;
  detail(alert: Said): string;
}

/** Words about alerts in the page's language; a rule of a later release is named. */
export function useAlertWords(): AlertWords {
  const { alerts, targets } = useInsightTexts();
  const { locale } = usePage();
  const factOf =
    ({ facts }: Said) =>
    (name: string): string => {
      const fact = Object.hasOwn(facts, name) ? facts[name] : "";
      return typeof fact === "number" ? fact.toLocaleString(locale) : String(fact);
    };
  const known = (rule: string): rule is AlertRule => Object.hasOwn(alerts.title, rule);
  return {
    title(alert) {
      if (!known(alert.rule)) return String(alert.rule);
      const title = alerts.title[alert.rule](factOf(alert));
      const objective = textFor(targets.names, factOf(alert)("objective") as ObjectiveName);
      return objective ? `${objective}: ${lowered(title)}` : title;
    },
    detail: (alert) => (known(alert.rule) ? alerts.detail[alert.rule](factOf(alert)) : ""),
  };
}

const lowered = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
