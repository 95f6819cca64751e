import type { KeyRule, KeyRules } from "../source/check-keys.js";

const secretManager: KeyRule = {
  error: "secrets of a secret manager are not supported; give the key without _ref, or the one with _file",
};
const jwt: KeyRule = {
  error:
    "signed assertions are not supported; give client_secret or client_secret_file, or pass your own `auth` in code",
};
const connectHeader: KeyRule = {
  error: "headers for the proxy are not supported; put user name and password into proxy_url",
};

function inFile(key: string): KeyRule {
  return { error: `is not supported; put it into a file and give ${key}_file` };
}

/** What a client for HTTP is configured with, in Prometheus' files of all kinds. */
function tlsKeys(path: string): KeyRules {
  return {
    [path]: "works",
    [`${path}.ca`]: inFile("ca"),
    [`${path}.ca_file`]: "works",
    [`${path}.ca_ref`]: secretManager,
    [`${path}.cert`]: inFile("cert"),
    [`${path}.cert_file`]: "works",
    [`${path}.cert_ref`]: secretManager,
    [`${path}.key`]: inFile("key"),
    [`${path}.key_file`]: "works",
    [`${path}.key_ref`]: secretManager,
    [`${path}.server_name`]: "works",
    [`${path}.insecure_skip_verify`]: "works",
    [`${path}.min_version`]: "works",
    [`${path}.max_version`]: {
      warning: "has no effect; the newest version that both sides speak is used",
      unless: "TLS13",
    },
  };
}

/**
 * Every key of an entry of Prometheus' `remote_write` (3.x), of `prometheus/common`'s HTTP clients, and of the retired Go
 * exporter's file, and what becomes of it. The README shows the same in a table.
 */
export const remoteWriteKeys: KeyRules = {
  url: "works",
  name: "works",
  remote_timeout: "works",
  headers: "works",
  "headers.*": "works",
  http_headers: "works",
  "http_headers.*.values": "works",
  "http_headers.*.secrets": "works",
  "http_headers.*.files": "works",
  protobuf_message: "works",
  external_labels: "works",
  "external_labels.*": "works",
  send_exemplars: "works",
  send_native_histograms: "works",
  round_robin_dns: {
    error:
      "is not supported; leave it out, and let a load balancer or the name server choose among the addresses",
    unless: "false",
  },

  basic_auth: "works",
  "basic_auth.username": "works",
  "basic_auth.username_file": "works",
  "basic_auth.username_ref": secretManager,
  "basic_auth.password": "works",
  "basic_auth.password_file": "works",
  "basic_auth.password_ref": secretManager,
  authorization: "works",
  "authorization.type": "works",
  "authorization.credentials": "works",
  "authorization.credentials_file": "works",
  "authorization.credentials_ref": secretManager,
  bearer_token: "works",
  bearer_token_file: "works",
  oauth2: "works",
  "oauth2.client_id": "works",
  "oauth2.client_secret": "works",
  "oauth2.client_secret_file": "works",
  "oauth2.client_secret_ref": secretManager,
  "oauth2.token_url": "works",
  "oauth2.scopes": "works",
  "oauth2.endpoint_params": "works",
  "oauth2.endpoint_params.*": "works",
  "oauth2.proxy_url": "works",
  "oauth2.no_proxy": "works",
  "oauth2.proxy_from_environment": "works",
  "oauth2.proxy_connect_header": connectHeader,
  "oauth2.grant_type": jwt,
  "oauth2.client_certificate_key": jwt,
  "oauth2.client_certificate_key_file": jwt,
  "oauth2.client_certificate_key_ref": jwt,
  "oauth2.client_certificate_key_id": jwt,
  "oauth2.signature_algorithm": jwt,
  "oauth2.iss": jwt,
  "oauth2.claims": jwt,
  "oauth2.audience": "works",
  ...tlsKeys("oauth2.tls_config"),
  sigv4: "works",
  "sigv4.region": "works",
  "sigv4.access_key": "works",
  "sigv4.secret_key": "works",
  "sigv4.profile": "works",
  "sigv4.role_arn": "works",
  "sigv4.external_id": "works",
  "sigv4.session_name": "works",
  "sigv4.service_name": "works",
  "sigv4.tags": {
    error:
      "is not supported; leave it out, or pass sigV4Auth() with a credentials provider of your own as `auth` in code",
  },
  "sigv4.use_fips_sts_endpoint": {
    error: "is not supported here; set the environment variable AWS_USE_FIPS_ENDPOINT=true, and leave it out",
    unless: "false",
  },
  azuread: {
    error:
      "is not supported in files; for an application of Entra ID use oauth2 with token_url " +
      "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token and scopes [https://monitor.azure.com//.default], for a " +
      "managed identity bearerAuth({ getToken }) with @azure/identity in code",
  },
  google_iam: {
    error:
      "is not supported in files; use bearerAuth({ getToken }) with google-auth-library as `auth` in code",
  },

  ...tlsKeys("tls_config"),
  proxy_url: "works",
  no_proxy: "works",
  proxy_from_environment: "works",
  proxy_connect_header: connectHeader,
  follow_redirects: "works",
  enable_http2: { warning: "has no effect; requests go over HTTP/1.1, which every receiver takes" },

  queue_config: "works",
  "queue_config.capacity": "works",
  "queue_config.max_samples_per_send": "works",
  "queue_config.min_backoff": "works",
  "queue_config.max_backoff": "works",
  "queue_config.sample_age_limit": "works",
  "queue_config.max_shards": {
    warning:
      "has no effect, as there are no shards; `queue.maxParallelSends` in code says how many requests go at once",
  },
  "queue_config.min_shards": {
    warning:
      "has no effect, as there are no shards; `queue.maxParallelSends` in code says how many requests go at once",
  },
  "queue_config.batch_send_deadline": {
    warning:
      "has no effect, as every collection is sent at once; push_interval or OTEL_METRIC_EXPORT_INTERVAL says how often",
  },
  "queue_config.max_retries": {
    warning: "has no effect; sample_age_limit says for how long samples are tried",
  },
  "queue_config.retry_on_http_429": "works",
  metadata_config: "works",
  "metadata_config.send": "works",
  "metadata_config.send_interval": "works",
  "metadata_config.max_samples_per_send": {
    warning: "has no effect; queue_config.max_samples_per_send counts for metadata, too",
  },

  write_relabel_configs: "works",
  "write_relabel_configs[].source_labels": "works",
  "write_relabel_configs[].separator": "works",
  "write_relabel_configs[].regex": "works",
  "write_relabel_configs[].modulus": "works",
  "write_relabel_configs[].target_label": "works",
  "write_relabel_configs[].replacement": "works",
  "write_relabel_configs[].action": "works",

  push_interval: "works",
  quantiles: "works",
  histogram_boundaries: "works",
};

const globalWarning: KeyRule = { warning: "has no effect here; of global only external_labels is read" };

/** The other keys of a Prometheus configuration file, of which only `remote_write` is wanted. */
export const prometheusFileKeys: KeyRules = {
  remote_write: "works",
  global: "works",
  "global.external_labels": "works",
  "global.external_labels.*": "works",
  "global.scrape_interval": {
    warning:
      "has no effect here; push_interval in the entry or OTEL_METRIC_EXPORT_INTERVAL says how often metrics are sent",
  },
  ...Object.fromEntries(
    [
      "scrape_timeout",
      "scrape_protocols",
      "scrape_native_histograms",
      "scrape_classic_histograms",
      "always_scrape_classic_histograms",
      "convert_classic_histograms_to_nhcb",
      "extra_scrape_metrics",
      "evaluation_interval",
      "rule_query_offset",
      "query_log_file",
      "scrape_failure_log_file",
      "body_size_limit",
      "sample_limit",
      "label_limit",
      "label_name_length_limit",
      "label_value_length_limit",
      "target_limit",
      "keep_dropped_targets",
      "metric_name_validation_scheme",
      "metric_name_escaping_scheme",
    ].map((key) => [`global.${key}`, globalWarning]),
  ),
  ...Object.fromEntries(
    [
      "rule_files",
      "scrape_config_files",
      "scrape_configs",
      "alerting",
      "remote_read",
      "storage",
      "tracing",
      "otlp",
      "runtime",
    ].map((key) => [
      key,
      { warning: "has no effect here; only remote_write and global.external_labels are read" },
    ]),
  ),
};
