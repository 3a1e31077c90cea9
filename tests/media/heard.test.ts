import { expect, test } from "vitest";
import { heardIn } from "../../lib/media/read/heard.ts";
import { loudnessOf } from "../../lib/media/read/loudness.ts";
import { opus, packets, wav } from "./recordings.ts";

const INVENTED = [
  ...["Subtítulos realizados por la comunidad de Amara.org", "Subtitles by the Amara.org community"],
  ...[
    "Legendas pela comunidade Amara.org",
    "Sous-titres réalisés par la communauté d'Amara.org",
    "♪ ♪",
    "...",
  ],
  ...[
    "Untertitel im Auftrag des ZDF, 2021",
    "[Música]",
    "(silence)",
    "*upbeat music*",
    "Captions by GetTranscribed.com",
  ],
];
const OF_VIDEOS = [
  ...[
    "Thanks for watching!",
    "Thank you for watching.",
    "Thank you so much for watching! See you next time.",
  ],
  ...["¡Suscríbete al canal!", "Gracias por ver el video.", "¡Muchas gracias por ver el vídeo! ¡Suscríbete!"],
  ...[
    "Obrigado por assistir!",
    "Se inscreva no canal",
    "Please subscribe to my channel.",
    "Dale like y suscríbete.",
  ],
  ...[
    "Like and subscribe!",
    "Hasta la próxima.",
    "See you in the next video",
    "Nos vemos en el próximo video.",
  ],
];
const SAID = [
  ...[
    "Gracias",
    "Thank you",
    "Quiero suscribirme a sus promociones",
    "bye",
    "Hola, ¿cuánto cuesta el envío?",
  ],
  ...["Gracias por ver mi pedido y responder", "¿El video de la manta sigue en su canal?", "104277"],
  ...["Thank you for the poncho, when does it ship?", "Vi los subtítulos del video y quiero esa manta"],
  ...["(51) 987 650 001", "Hasta la próxima semana no puedo pagar"],
];
const WHISPER = (no_speech_prob: number) => ({ segments: [{ no_speech_prob }, { no_speech_prob }] });
const SURE = (logprob: number) => ({
  logprobs: [
    { token: "a", logprob },
    { token: "b", logprob },
  ],
});

test.each(INVENTED)("nobody says %s", (text) => {
  for (const loudness of ["silent", "speech", "unknown"] as const)
    expect(heardIn(text, { loudness, answer: {} })).toBe("");
});

test.each(OF_VIDEOS)("%s is believed where speech is heard", (text) => {
  expect(heardIn(text, { loudness: "speech", answer: {} })).toBe(text);
  expect(heardIn(text, { loudness: "speech", answer: SURE(-0.1) })).toBe(text);
  expect(heardIn(text, { loudness: "speech", answer: WHISPER(0.9) })).toBe("");
  expect(heardIn(text, { loudness: "unknown", answer: {} })).toBe("");
});

test.each(SAID)("%s is heard, unless the recording or the service says there was no speech", (text) => {
  for (const loudness of ["speech", "unknown"] as const)
    for (const answer of [{}, null, WHISPER(0.1), SURE(-0.2), { segments: [] }, { segments: [{}] }])
      expect(heardIn(text, { loudness, answer })).toBe(text);
  expect(heardIn(text, { loudness: "speech", answer: WHISPER(0.9) })).toBe(text);
  for (const answer of [WHISPER(0.9), SURE(-2)])
    expect(heardIn(text, { loudness: "unknown", answer })).toBe("");
  expect(heardIn(text, { loudness: "silent", answer: SURE(-0.1) })).toBe("");
});

const times = (count: number, size: (index: number) => number) =>
  Array.from({ length: count }, (_, at) => size(at));
/** Amplitude of 16-bit samples in stereo, as `wav` has them. */
function sounding(seconds: number, amplitude: number): Uint8Array {
  const bytes = wav(seconds);
  bytes.write("data", 36);
  bytes.writeUInt32LE(bytes.length - 44, 40);
  for (let at = 44; at + 2 <= bytes.length; at += 2)
    bytes.writeInt16LE(Math.round(amplitude * Math.sin(at / 20)), at);
  return bytes;
}

test.each([
  // Sizes as libopus 1.4 gives them: digital silence, a voice at 16 kbit/s, a hiss, a constant rate.
  ["silence", packets(times(100, () => 8)), "audio/ogg", "silent"],
  [
    "silence in packets of 60 ms",
    packets(
      times(50, () => 21),
      60,
    ),
    "audio/ogg",
    "silent",
  ],
  [
    "a voice with pauses",
    packets(times(100, (at) => (at % 4 === 0 ? 12 : 34 + (at % 20)))),
    "audio/ogg",
    "speech",
  ],
  ["a hiss", packets(times(100, (at) => 45 + (at % 7))), "audio/ogg", "unknown"],
  ["a constant rate", opus(3), "audio/ogg", "unknown"],
  ["half a second", packets(times(25, () => 3)), "audio/ogg", "unknown"],
  ["PCM without a sound", sounding(1, 0), "audio/wav", "silent"],
  ["a loud PCM", sounding(1, 8_000), "audio/wav", "speech"],
  ["a quiet PCM", sounding(1, 60), "audio/wav", "unknown"],
  ["another format", packets(times(100, () => 8)), "audio/mpeg", "unknown"],
  ["nothing", new Uint8Array(), "audio/wav", "unknown"],
] as const)("the loudness of %s is told without a decoder", (_, bytes, mimeType, loudness) => {
  expect(loudnessOf(bytes, mimeType)).toBe(loudness);
});
