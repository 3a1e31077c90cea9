import type { AccountEvent } from "../../../types/inbound.ts";

type Severity = AccountEvent["severity"];

/** Severities by event or `event:detail`, in capitals; `*` is any other. */
type Row = Readonly<Record<string, Severity>>;

const REVIEW: Row = { REJECTED: "critical", DEFERRED: "warning", "*": "info" };

/** Severities of account events by field; other fields are info. */
const SEVERITIES: Readonly<Record<string, Row>> = {
  account_alerts: {
    "*:CRITICAL": "critical",
    "*:WARNING": "warning",
    "*:INFORMATIONAL": "info",
    "*": "warning",
  },
  account_review_update: REVIEW,
  account_update: {
    ACCOUNT_DELETED: "critical",
    ACCOUNT_OFFBOARDED: "critical",
    ACCOUNT_RESTRICTION: "critical",
    ACCOUNT_VIOLATION: "critical",
    "DISABLED_UPDATE:REINSTATE": "info",
    DISABLED_UPDATE: "critical",
    PARTNER_APP_UNINSTALLED: "critical",
    PARTNER_REMOVED: "critical",
    ACCOUNT_RECONNECTED: "info",
    AD_ACCOUNT_LINKED: "info",
    AUTH_INTL_PRICE_ELIGIBILITY_UPDATE: "info",
    BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE: "info",
    MM_LITE_TERMS_SIGNED: "info",
    PARTNER_ADDED: "info",
    PARTNER_APP_INSTALLED: "info",
    VERIFIED_ACCOUNT: "info",
    VOLUME_BASED_PRICING_TIER_UPDATE: "info",
    "*": "warning",
  },
  flows: {
    "FLOW_STATUS_CHANGE:BLOCKED": "critical",
    "FLOW_STATUS_CHANGE:THROTTLED": "warning",
    FLOW_STATUS_CHANGE: "info",
    "*:DEACTIVATED": "info",
    "*": "warning",
  },
  message_template_quality_update: { RED: "warning", YELLOW: "warning", "*": "info" },
  message_template_status_update: {
    DISABLED: "critical",
    APPROVED: "info",
    IN_APPEAL: "info",
    PENDING: "info",
    REINSTATED: "info",
    UNARCHIVED: "info",
    "*": "warning",
  },
  payment_configuration_update: { ACTIVE: "info", "*": "warning" },
  phone_number_name_update: { REJECTED: "warning", DEFERRED: "warning", "*": "info" },
  phone_number_quality_update: {
    FLAGGED: "critical",
    ONBOARDING: "info",
    THROUGHPUT_UPGRADE: "info",
    UNFLAGGED: "info",
    UPGRADE: "info",
    "*": "warning",
  },
  security: { "*": "critical" },
  // A template in a more expensive category costs more with every message.
  template_category_update: { UTILITY: "info", "*": "warning" },
  template_correct_category_detection: { "*": "warning" },
};

/** Severity of an event; `detail` is Meta's detail, e.g. the state of a ban, or null. */
export function severityOf(field: string, event: string, detail: string | null): Severity {
  const row = Object.hasOwn(SEVERITIES, field) ? SEVERITIES[field] : undefined;
  const name = event.toUpperCase();
  const state = detail?.toUpperCase();
  const keys = [...(state ? [`${name}:${state}`, `*:${state}`] : []), name, "*"];
  const key = keys.find((candidate) => row !== undefined && Object.hasOwn(row, candidate));
  return (key !== undefined && row?.[key]) || "info";
}
