// The same queue as rows of a table, to compare with.
import { DatabaseSync } from "node:sqlite";

/** @typedef {import("../dist/index.js").SpoolRecord} SpoolRecord */

/** @param {string} path @param {boolean} syncWrites */
export function createSqliteSpool(path, syncWrites) {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${syncWrites ? "FULL" : "OFF"};
    CREATE TABLE IF NOT EXISTS records (id INTEGER PRIMARY KEY, accepted REAL, samples INTEGER, message BLOB)`);
  const insert = database.prepare("INSERT INTO records (accepted, samples, message) VALUES (?, ?, ?)");
  const select = database.prepare("SELECT * FROM records WHERE id > ? ORDER BY id LIMIT 1");
  const remove = database.prepare("DELETE FROM records WHERE id <= ?");
  /** @type {WeakMap<SpoolRecord, number>} */
  const ids = new WeakMap();
  let cursor = 0;
  return {
    /** @param {readonly SpoolRecord[]} records */
    async append(records) {
      for (const { acceptedMillis, counts, message } of records) {
        insert.run(acceptedMillis, counts.samples, message);
      }
    },
    /** @returns {Promise<SpoolRecord[]>} */
    async read() {
      const row = select.get(cursor);
      if (row === undefined) return [];
      cursor = Number(row["id"]);
      const record = {
        message: /** @type {Uint8Array} */ (row["message"]),
        counts: { samples: Number(row["samples"]), histograms: 0, exemplars: 0 },
        acceptedMillis: Number(row["accepted"]),
      };
      ids.set(record, cursor);
      return [record];
    },
    /** @param {SpoolRecord} record */
    ack(record) {
      remove.run(ids.get(record) ?? 0);
    },
    async close() {
      database.close();
    },
  };
}
