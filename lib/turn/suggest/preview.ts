import { toWhatsApp } from "../../whatsapp/format/format.ts";
import { type Sources, showable } from "../outgoing/review.ts";

/** Where something may begin that is not for the customer, or a link whose end is not there yet: nothing after it is shown early. */
const DOUBTFUL = /[<>{}[\]`|【】◁▷]|\bhttps?:|\bwww\./i;
/** The end of a sentence with the beginning of the next. */
const SENTENCE_ENDS = /(?:[.!?…]["'”’»)*_]{0,3}\s+|\n+)(?=\S)/g;

/**
 * Shows an answer while it is written, a sentence at a time: each once the next has begun, and only what the review lets through of all
 * words so far. Words that would change what was shown are left to the end, when the whole text takes its place.
 */
export function createPreview(onDelta: (text: string) => void) {
  let shown = "";
  return {
    /** `words`: all of the answer so far. */
    show(words: string, sources: Sources): void {
      const whole = wholeSentences(words);
      const text = whole === "" ? null : showable(whole, sources);
      const ready = text === null ? "" : toWhatsApp(text).trimEnd();
      if (ready.length <= shown.length || !ready.startsWith(shown)) return;
      onDelta(ready.slice(shown.length));
      shown = ready;
    },
  };
}

/** The sentences that are certainly over, up to the first doubtful sign. */
function wholeSentences(words: string): string {
  const certain = words.slice(0, DOUBTFUL.exec(words)?.index);
  const last = [...certain.matchAll(SENTENCE_ENDS)].at(-1);
  return last ? certain.slice(0, last.index + last[0].length).trimEnd() : "";
}
