import https from "node:https";

/** A GET with certificates of one's own, which the global fetch does not know. */
export function createTlsGet(options: https.RequestOptions): (url: string) => Promise<Response> {
  return (url) =>
    new Promise((resolve, reject) => {
      https
        .get(url, { ...options, agent: false }, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () =>
            resolve(new Response(Buffer.concat(chunks), { status: response.statusCode ?? 0 })),
          );
        })
        .on("error", reject);
    });
}
