/** A product of a catalogue that carts are filled from. */
export interface Product {
  /** The retailer's id, the only name of a product in a cart. */
  id: string;
  name: string;
  price: number;
  currency: string;
}

const soles = (id: string, name: string, price: number): Product => ({ id, name, price, currency: "PEN" });
const pesos = (id: string, name: string, price: number): Product => ({ id, name, price, currency: "MXN" });

/** Products of the demo shop, with the prices of its knowledge base. */
export const SHOP_PRODUCTS: readonly Product[] = [
  soles("poncho-ausangate", "Poncho Ausangate", 389),
  soles("chalina-sama", "Chalina Sama", 119),
  soles("chullo-inti", "Chullo Inti", 79),
  soles("medias-puna", "Medias Puna", 40),
  soles("cafe-quillabamba-250", "Café Quillabamba 250 g", 36),
];

/** Dishes of the restaurant by the part of its menu. */
export const DISHES: readonly (Product & { part: string })[] = [
  { part: "entradas", ...pesos("aguachile-de-jicama", "Aguachile de jícama", 145) },
  { part: "entradas", ...pesos("sopa-de-milpa", "Sopa de milpa", 120) },
  { part: "platos", ...pesos("mole-negro", "Mole negro con pollo", 265) },
  { part: "platos", ...pesos("chile-en-nogada", "Chile en nogada", 290) },
  { part: "platos", ...pesos("tetelas-de-frijol", "Tetelas de frijol (vegano)", 180) },
  { part: "postres", ...pesos("pan-de-elote", "Pan de elote", 95) },
  { part: "postres", ...pesos("nieve-de-guayaba", "Nieve de guayaba", 80) },
  { part: "bebidas", ...pesos("agua-de-jamaica", "Agua de jamaica", 45) },
];
