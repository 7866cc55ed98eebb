/** Lets something happen right after the kiosk's next durable write of a name: the only places where a crash can fall. */
export interface WriteHooks {
  /** Called by the store after each commit. */
  written(name: string): void;
  /** `act` runs once, synchronously, before anything that follows the write. What it throws the writer gets. */
  after(name: string, act: () => void): void;
  /** Names of all writes so far. */
  readonly names: string[];
}

export function writeHooks(): WriteHooks {
  const waiting = new Map<string, () => void>();
  const names: string[] = [];
  return {
    names,
    after: (name, act) => void waiting.set(name, act),
    written(name) {
      names.push(name);
      const act = waiting.get(name);
      waiting.delete(name);
      act?.();
    },
  };
}
