/** Something that is found again by its content, and forgotten when it has not been used for a while. */
export interface Registered {
  /** The round in which it was used last. */
  round: number;
  /** False once it is forgotten; who still holds it looks for its successor. */
  live: boolean;
}

/**
 * Finds things by the object that stood for them last time, and otherwise by a text of their content: the object is a
 * shortcut, never the identity. The registry does not keep the object alive.
 */
export interface Registry<T extends Registered> {
  byShortcut(shortcut: object): T | undefined;
  byKey(key: string, shortcut: object): T | undefined;
  add(key: string, shortcut: object, item: T): T;
  values(): Iterable<T>;
  /** Forgets what was last used before a round. */
  sweep(oldestRound: number): void;
}

export function createRegistry<T extends Registered>(): Registry<T> {
  const shortcuts = new WeakMap<object, T>();
  const items = new Map<string, T>();
  return {
    byShortcut(shortcut) {
      const item = shortcuts.get(shortcut);
      return item?.live === true ? item : undefined;
    },
    byKey(key, shortcut) {
      const item = items.get(key);
      if (item !== undefined) shortcuts.set(shortcut, item);
      return item;
    },
    add(key, shortcut, item) {
      items.set(key, item);
      shortcuts.set(shortcut, item);
      return item;
    },
    values: () => items.values(),
    sweep(oldestRound) {
      for (const [key, item] of items) {
        if (item.round >= oldestRound) continue;
        item.live = false;
        items.delete(key);
      }
    },
  };
}
