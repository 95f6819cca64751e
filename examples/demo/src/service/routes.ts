import type { Reply, Shop } from "./shop.js";

/** One row of the routing table. */
export interface Route {
  readonly method: string;
  /** As in the attribute `http.route`. */
  readonly path: string;
  /** How long an answer typically takes: the shop pretends to work. */
  readonly typicalMillis: number;
  readonly handle: (shop: Shop, url: URL) => Reply;
}

const lastPart = ({ pathname }: URL): string => pathname.slice(pathname.lastIndexOf("/") + 1);

const routes: readonly Route[] = [
  { method: "GET", path: "/products", typicalMillis: 4, handle: (shop) => shop.products() },
  {
    method: "GET",
    path: "/products/{id}",
    typicalMillis: 7,
    handle: (shop, url) => shop.product(lastPart(url)),
  },
  {
    method: "POST",
    path: "/cart/{id}",
    typicalMillis: 18,
    handle: (shop, url) => shop.addToCart(lastPart(url)),
  },
  {
    method: "POST",
    path: "/orders",
    typicalMillis: 60,
    handle: (shop, url) => shop.order(url.searchParams.get("payment") ?? "card"),
  },
];

/** The route of a request; undefined when there is none, which is a 404 without the attribute `http.route`. */
export function findRoute(method: string, pathname: string): Route | undefined {
  const template = pathname.replace(/\/\d+$/, "/{id}");
  return routes.find((route) => route.method === method && route.path === template);
}
