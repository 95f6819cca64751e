import http from "node:http";
import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
import { run } from "./run.mjs";

await run({ http, RemoteWriteMetricExporter });
