/**
 * Matches a repository path against a pattern: `*` is one name or part of one, `**` any number of folders, `:x` one name
 * that is remembered (and must be the same when it stands there twice). Returns what was remembered, or undefined.
 */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const found = toRegExp(pattern).exec(path);
  return found ? { ...found.groups } : undefined;
}

export function matchesAny(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) => toRegExp(pattern).test(path));
}

function toRegExp(pattern: string): RegExp {
  return new RegExp(`^${source(pattern)}$`);
}

function source(pattern: string): string {
  const seen = new Set<string>();
  return pattern.replaceAll(/\*\*\/|\*\*|\*|(?<=^|\/):(\w+)|[.+()]/g, (part, name: string | undefined) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (name === undefined) return `\\${part}`;
    if (seen.has(name)) return `\\k<${name}>`;
    seen.add(name);
    return `(?<${name}>[^/.]+)`;
  });
}
