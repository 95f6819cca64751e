import { once } from "node:events";
import { createServer } from "node:http";
import { metrics } from "@opentelemetry/api";
import { startRemoteWrite } from "@otel-remote-write/exporter";
import { startReceiver } from "@otel-remote-write/receiver";
import { loginAuth } from "./login-auth.js";

// The gateway: its login gives out token after token, and only the newest is good.
let logins = 0;
const login = createServer((_request, response) => {
  logins += 1;
  response.end(`secret-${logins}`);
});
login.listen(0, "127.0.0.1");
await once(login, "listening");
const address = login.address();
const loginPort = typeof address === "object" ? address?.port : undefined;
const receiver = await startReceiver();
receiver.answerEvery(({ headers }) =>
  headers["authorization"] === `Token secret-${logins}` ? undefined : { status: 401, store: false },
);

const remoteWrite = startRemoteWrite({
  url: receiver.url,
  auth: loginAuth({
    loginUrl: `http://127.0.0.1:${loginPort}/login`,
    user: "shop",
    password: "not a real one",
  }),
});
const orders = metrics.getMeter("shop").createCounter("orders");

orders.add(1);
await remoteWrite.forceFlush();
logins += 1; // somebody else logs in: our token is no good any more
orders.add(1);
await remoteWrite.shutdown();

console.log(receiver.requests.map(({ status }) => status).join(", "));
console.log(`orders_total ${receiver.value({ __name__: "orders_total" })}`);
await receiver.close();
login.close();
