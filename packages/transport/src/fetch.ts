export { createFetch } from "./http/connection-fetch.js";
