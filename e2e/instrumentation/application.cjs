const http = require("node:http");
const { RemoteWriteMetricExporter } = require("@otel-remote-write/exporter");
const { run } = require("./run.mjs");

void run({ http, RemoteWriteMetricExporter });
