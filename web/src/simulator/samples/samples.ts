import type { Language } from "../../../../lib/types/company.ts";

/** Voice notes that ask where the customer's order is; each file also contains its text, for models that cannot hear. */
const VOICES: Record<Language, URL> = {
  es: new URL("./voice-es.ogg", import.meta.url),
  en: new URL("./voice-en.ogg", import.meta.url),
  pt: new URL("./voice-pt.ogg", import.meta.url),
};

/** Sample files, made for this page. */
export const SAMPLE_FILES = {
  photo: () => load(new URL("./photo.jpg", import.meta.url), "photo.jpg", "image/jpeg"),
  receipt: () => load(new URL("./receipt.pdf", import.meta.url), "comprobante-1042.pdf", "application/pdf"),
  sticker: () => load(new URL("./sticker.webp", import.meta.url), "sticker.webp", "image/webp"),
  voice: (language: Language) => load(VOICES[language], "voice.ogg", "audio/ogg; codecs=opus"),
};

async function load(url: URL, name: string, type: string): Promise<File> {
  const response = await fetch(url);
  return new File([await response.arrayBuffer()], name, { type });
}

/** Sample locations. */
export const PLACES = [
  { name: "Plaza de Armas", address: "Cusco, Perú", latitude: -13.51683, longitude: -71.97877 },
  { name: "Parque Kennedy", address: "Miraflores, Lima, Perú", latitude: -12.12198, longitude: -77.02966 },
  { name: "Avenida Paulista", address: "São Paulo, Brasil", latitude: -23.56141, longitude: -46.65588 },
  { name: "Union Square", address: "New York, USA", latitude: 40.73586, longitude: -73.99107 },
  { name: "", address: "", latitude: 40.41678, longitude: -3.70379 },
] as const;

/** Sample contact; the number is reserved for fiction. */
export const CONTACT = { name: "Rosa Quispe", phone: "+1 555 010 0142" };
