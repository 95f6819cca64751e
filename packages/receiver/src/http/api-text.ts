/** What `GET /` answers. */
export const apiText = `otel-remote-write receiver

POST   /api/v1/write    remote write 1.0 and 2.0; /api/v1/push does the same
GET    /api/series      series with their recent points and metadata
GET    /api/latest      the newest point of each series
GET    /api/metadata    metadata by family (1.0)
GET    /api/requests    recent requests
GET    /api/violations  rules that recent requests break
POST   /api/answers     script answers: [503, {"status": 429, "headers": {"Retry-After": "1"}}]
                        or {"every": 503}, {"every": null}
DELETE /api/data        forget all that was received
`;
