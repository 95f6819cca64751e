/** @import { Distribution } from "../measure/statistics.mjs" */

/** Three digits that count. @param {number} value */
export function number(value) {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en");
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

/** Small ones as the targets are written: 1/6. @param {number} value */
export function ratio(value) {
  return value < 0.5 ? `1/${number(1 / value)}` : number(value);
}

/** @param {Distribution} values */
export function spread({ low, high }) {
  return `${number(low)} – ${number(high)}`;
}
