/** One label of a series. Names and values are never empty (W1.14). */
export interface Label {
  readonly name: string;
  readonly value: string;
}
