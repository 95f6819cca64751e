import { performance } from "node:perf_hooks";
import { metrics } from "@opentelemetry/api";

const meter = metrics.getMeter("http-metrics");

// Name, unit, attributes and boundaries as in OpenTelemetry's semantic conventions.
const duration = meter.createHistogram("http.server.request.duration", {
  unit: "s",
  description: "Duration of HTTP server requests.",
  advice: {
    explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  },
});
const active = meter.createUpDownCounter("http.server.active_requests", {
  unit: "{request}",
  description: "Number of active HTTP server requests.",
});

/** @import { NextFunction, Request, Response } from "express" */

/**
 * Measures every request.
 *
 * @param {Request} request
 * @param {Response} response
 * @param {NextFunction} next
 */
export function httpMetrics(request, response, next) {
  const start = performance.now();
  const attributes = { "http.request.method": request.method, "url.scheme": request.protocol };
  active.add(1, attributes);
  response.once("close", () => {
    active.add(-1, attributes);
    // The route's pattern, never the path: `/products/17` would be a series for each product.
    const route = request.route?.path;
    duration.record((performance.now() - start) / 1000, {
      ...attributes,
      "http.response.status_code": response.statusCode,
      ...(typeof route === "string" && { "http.route": route }),
    });
  });
  next();
}
