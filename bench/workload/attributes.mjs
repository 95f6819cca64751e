/** @import { Attributes } from "@opentelemetry/api" */

const methods = ["GET", "POST", "PUT", "DELETE"];
const statusCodes = [200, 201, 304, 404, 500];
const resources = ["orders", "customers", "invoices", "products", "carts"];
const operations = ["{id}", "search", "{id}/items", "{id}/history", "export"];

/**
 * Six attributes as HTTP instrumentation has them; every number from 0 gives another set, of 500 for each server.
 *
 * @param {number} index
 * @param {number} generation sets of different generations differ, at the same length
 * @returns {Attributes}
 */
export function httpAttributes(index, generation) {
  let rest = index;
  /** @type {<T>(values: readonly T[]) => T} */
  function pick(values) {
    const value = values[rest % values.length];
    rest = Math.floor(rest / values.length);
    return /** @type {typeof values[number]} */ (value);
  }
  const [method, status, resource, operation] = [
    pick(methods),
    pick(statusCodes),
    pick(resources),
    pick(operations),
  ];
  const server = String(rest % 100).padStart(2, "0");
  const version = String(generation).padStart(6, "0");
  return {
    "http.request.method": method,
    "http.route": `/api/v1/${resource}/${operation}`,
    "http.response.status_code": status,
    "server.address": `shop-${server}-${version}.internal.example`,
    "url.scheme": "https",
    "network.protocol.version": "1.1",
  };
}
