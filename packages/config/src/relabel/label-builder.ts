/** A label; the shape that the exporter's option `relabel` has. */
export interface Label {
  readonly name: string;
  readonly value: string;
}

/** Labels that are being changed, in the order in which Prometheus walks over them: those changed last come last. */
export interface LabelBuilder {
  /** Empty where there is no such label. */
  get(name: string): string;
  /** An empty value deletes. */
  set(name: string, value: string): void;
  delete(name: string): void;
  /** The labels at this moment. */
  entries(): readonly (readonly [name: string, value: string])[];
  /** The labels, objects that were not changed being the same as before. */
  labels(): readonly Label[];
}

export function createLabelBuilder(original: readonly Label[]): LabelBuilder {
  const values = new Map(original.map(({ name, value }) => [name, value]));
  const changed = new Set<string>();

  function remove(name: string): void {
    values.delete(name);
    changed.delete(name);
  }

  return {
    get: (name) => values.get(name) ?? "",
    set(name, value) {
      if (value === "") {
        remove(name);
        return;
      }
      if (!changed.has(name)) values.delete(name);
      values.set(name, value);
      changed.add(name);
    },
    delete: remove,
    entries: () => [...values],
    labels() {
      const before = new Map(original.map((label) => [label.name, label]));
      return Array.from(values, ([name, value]) => {
        const label = before.get(name);
        return label?.value === value ? label : { name, value };
      });
    },
  };
}
