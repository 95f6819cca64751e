import type { Random } from "../random.js";
import type { Instruments } from "./instruments.js";

/** An answer of the shop, before it is HTTP. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** What the shop does, apart from HTTP. */
export interface Shop {
  products(): Reply;
  product(id: string): Reply;
  addToCart(id: string): Reply;
  /** Orders what is in the cart. */
  order(payment: string): Reply;
}

/** Prices are multiples of a quarter, whose sums are exact: see `exactSeconds()`. */
const assortment = [
  { name: "espresso", firstPrice: 2.25 },
  { name: "filter coffee", firstPrice: 2.75 },
  { name: "green tea", firstPrice: 3.5 },
  { name: "cocoa", firstPrice: 3.75 },
];
const priceStep = 0.25;

/** A shop with a handful of products, and one cart for everybody: enough for a demo. */
export function createShop(instruments: Instruments, random: Random): Shop {
  const products = new Map(
    assortment.map((product, index) => [String(index + 1), { ...product, price: product.firstPrice }]),
  );
  let cart: string[] = [];
  for (const { name, price } of products.values()) instruments.price.record(price, { "product.name": name });

  function order(payment: string): Reply {
    if (cart.length === 0) return { status: 409, body: { error: "the cart is empty" } };
    // Now and then the bank says no, or nothing at all.
    const luck = random();
    const outcome = luck < 0.06 ? "unavailable" : luck < 0.2 ? "declined" : "accepted";
    instruments.orders.add(1, { "payment.method": payment, outcome });
    if (outcome === "unavailable") return { status: 503, body: { error: "the bank does not answer" } };
    if (outcome === "declined") return { status: 402, body: { error: "the bank declined" } };
    const items = cart.flatMap((id) => products.get(id) ?? []);
    const total = items.reduce((sum, { price }) => sum + price, 0);
    instruments.revenue.add(total, { "payment.method": payment });
    instruments.cartItems.add(-cart.length);
    cart = [];
    for (const product of items) {
      // What sells well gets dearer, until it is on offer again.
      const dearer = product.price + priceStep;
      product.price = dearer > 2 * product.firstPrice ? product.firstPrice : dearer;
      instruments.price.record(product.price, { "product.name": product.name });
    }
    return { status: 201, body: { total } };
  }

  return {
    products: () => ({ status: 200, body: [...products.values()] }),
    product(id) {
      const product = products.get(id);
      return product === undefined
        ? { status: 404, body: { error: "no such product" } }
        : { status: 200, body: product };
    },
    addToCart(id) {
      if (!products.has(id)) return { status: 404, body: { error: "no such product" } };
      cart.push(id);
      instruments.cartItems.add(1);
      return { status: 201, body: { items: cart.length } };
    },
    order,
  };
}
