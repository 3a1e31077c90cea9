import { drafts, isUnsent } from "./drafts.ts";
import { outbox } from "./sending.ts";

/** True when leaving the page would lose words, a file or a message that was not stored. */
function wouldLose(): boolean {
  return drafts.all().some(isUnsent) || outbox.all().some((items) => items.length > 0);
}

/** Asks before the page is left with something unsent: nothing of a customer is stored in the browser. */
window.addEventListener("beforeunload", (event) => {
  if (wouldLose()) event.preventDefault();
});

let ownerId: string | null = null;

/** Forgets what another operator has written in this page. The same one keeps it, after signing in again too. */
export function belongTo(operatorId: string): void {
  if (ownerId !== null && ownerId !== operatorId) {
    drafts.clear();
    outbox.clear();
  }
  ownerId = operatorId;
}
