import type { Counter, Gauge, Histogram, Meter, UpDownCounter } from "@opentelemetry/api";
import type { Recorder } from "../recorded/recorder.js";

/** What the shop measures. Names of HTTP metrics as in OpenTelemetry's semantic conventions. */
export interface Instruments {
  readonly requestDuration: Histogram;
  readonly responseSize: Histogram;
  readonly activeRequests: UpDownCounter;
  readonly orders: Counter;
  readonly revenue: Counter;
  readonly cartItems: UpDownCounter;
  readonly price: Gauge;
}

const durationBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1];
const sizeBounds = [0, 64, 128, 256, 512, 1024];

/** Beside each instrument stands the name that its metric must have in Prometheus, written by hand. */
export function createInstruments(meter: Meter, recorder: Recorder): Instruments {
  return {
    requestDuration: recorder.histogram(
      meter.createHistogram("http.server.request.duration", {
        unit: "s",
        description: "Duration of HTTP server requests.",
        advice: { explicitBucketBoundaries: durationBounds },
      }),
      "http_server_request_duration_seconds",
      durationBounds,
    ),
    responseSize: recorder.histogram(
      meter.createHistogram("http.server.response.body.size", {
        unit: "By",
        description: "Size of HTTP server response bodies.",
        advice: { explicitBucketBoundaries: sizeBounds },
      }),
      "http_server_response_body_size_bytes",
      sizeBounds,
    ),
    activeRequests: recorder.upDownCounter(
      meter.createUpDownCounter("http.server.active_requests", {
        unit: "{request}",
        description: "Number of active HTTP server requests.",
      }),
      "http_server_active_requests",
    ),
    orders: recorder.counter(
      meter.createCounter("shop.orders", { unit: "{order}", description: "Orders, accepted or not." }),
      "shop_orders_total",
    ),
    revenue: recorder.counter(
      meter.createCounter("shop.revenue", { unit: "EUR", description: "Value of the accepted orders." }),
      "shop_revenue_EUR_total",
    ),
    cartItems: recorder.upDownCounter(
      meter.createUpDownCounter("shop.cart.items", { unit: "{item}", description: "Items in carts." }),
      "shop_cart_items",
    ),
    price: recorder.gauge(
      meter.createGauge("shop.product.price", { unit: "EUR", description: "Price of a product." }),
      "shop_product_price_EUR",
    ),
  };
}
