import { fieldOf, fieldsOf, listOf } from "../../json/lenient.ts";
import { foldText } from "../../language/fold.ts";
import type { Loudness } from "./loudness.ts";

/** What is known of a recording besides the words that a speech model gives for it. */
export interface Evidence {
  loudness: Loudness;
  /** The service's own answer, as JSON; its signals are `segments` (Whisper) or `logprobs` (gpt-4o-transcribe). */
  answer: unknown;
}

/** The words, or none where the model invented them: speech models give subtitle credits and the like for silence. */
export function heardIn(text: string, { loudness, answer }: Evidence): string {
  const said = text.trim();
  if (loudness === "silent" || !/[\p{L}\p{N}]/u.test(said)) return "";
  if (said.length <= LONGEST && (NOTE.test(said) || isCredit(said))) return "";
  const [unheard, ofVideos] = [isUnheard(answer), said.length <= LONGEST && isOfVideos(said)];
  // Loud words are lost only when two things speak against them.
  const doubts = [unheard, ofVideos].filter(Boolean).length;
  return doubts > (loudness === "speech" ? 1 : 0) ? "" : said;
}

/** Inventions are short. */
const LONGEST = 120;

/** A remark in place of words: `[Música]`, `(silence)`, `♪ … ♪`. */
const NOTE = /^(?:\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|♪.*♪|【[^】]*】)$/su;

const words = (text: string): string =>
  foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Credits of subtitles, which nobody says. */
const CREDITS: readonly RegExp[] = [
  /\bamara org\b/,
  /^(?:subtit\w+|legenda\w*|(?:closed )?captions?|sous titres?|untertitel\w*|sottotitoli)\b.* (?:by|por|pela|pelo|par|von|im|da|de|comunidad|community|comunidade)\b/,
];

const isCredit = (text: string): boolean => CREDITS.some((credit) => credit.test(words(text)));

/** Sentences that end videos, and are rarely said to a shop. */
const OF_VIDEOS: readonly RegExp[] = [
  /^(?:muchas |muito |many )?(?:gracias|thanks|thank you|obrigad[oa]) (?:\w+ ){0,3}?(?:por|for) (?:vernos|watching(?: \w+){0,4}|viewing|(?:ver|mirar|assistir\w*)(?: (?:el |este |mi |mis |los |nuestros? |ao |o |os |este |meu )?(?:videos?|canal))?)$/,
  /\b(?:suscribete|suscribanse|suscribirte|inscreva se|se inscreva|inscrevam se)\b/,
  /^(?:please |remember to |dont forget to |don t forget to |like and |like share and |please like and )subscribe\b|\bsubscribe to (?:my|our|the|this) channel\b/,
  /^(?:nos vemos|hasta|see you|see you all|ate|i ll see you) (?:en |in |no |na )?(?:el |la |the |o |a )?(?:proxim[oa]|next)(?: video| vez| one| time| episodio| episode)?$/,
  /^(?:dale|dejen?|deja|leave|give|hit|deixe|deixa) (?:\w+ ){0,3}?(?:like|me gusta|joinha|thumbs up)\b/,
];

/** True when every sentence is one of these. */
function isOfVideos(text: string): boolean {
  const sentences = text.split(/[.!?…\n]+/).flatMap((sentence) => words(sentence) || []);
  return sentences.length > 0 && sentences.every((said) => OF_VIDEOS.some((known) => known.test(said)));
}

/** Whisper's own bounds: a segment above the first holds no speech, words below the second are guessed. */
const NO_SPEECH = 0.6;
const GUESSED_LOGPROB = -1;

/** True when the service itself heard no speech. */
function isUnheard(answer: unknown): boolean {
  const fields = fieldsOf(answer);
  const segments = numbersIn(fieldOf(fields, "segments"), "no_speech_prob");
  if (segments.length > 0) return segments.every((likelihood) => likelihood > NO_SPEECH);
  const tokens = numbersIn(fieldOf(fields, "logprobs"), "logprob");
  return tokens.length > 0 && tokens.reduce((sum, one) => sum + one, 0) / tokens.length < GUESSED_LOGPROB;
}

const numbersIn = (list: unknown, key: string): number[] =>
  listOf(list)
    .map((item) => fieldOf(fieldsOf(item), key))
    .filter((value) => typeof value === "number");
