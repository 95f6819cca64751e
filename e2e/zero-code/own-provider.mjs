// Sets up OpenTelemetry's metrics itself.
import { metrics } from "@opentelemetry/api";
import { MeterProvider } from "@opentelemetry/sdk-metrics";

metrics.setGlobalMeterProvider(new MeterProvider());
metrics.getMeter("shop").createCounter("orders").add(3);
