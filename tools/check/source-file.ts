import { parseAst } from 'rolldown/parseAst';
import { type Node, walk } from './walk.ts';

/** One place where a file reaches for another module, whatever the syntax. */
export type Import = {
  /** As written; undefined where it is computed and nobody can tell what it reaches. */
  specifier: string | undefined;
  line: number;
  /** True only when nothing is left of it at run time: `import { type X }` still runs the module. */
  typeOnly: boolean;
  /** The names it takes; 'all' for a namespace, a default, a dynamic or a bare import. */
  names: readonly string[] | 'all';
};
/** One use of something ambient: `Date`, `Math.random`; `globalThis.setTimeout` counts as `setTimeout`. */
export type Use = { name: string; line: number };
export type SourceFile = { path: string; imports: Import[]; uses: Use[] };

const GLOBAL_OBJECTS = ['globalThis', 'global', 'window', 'self'];
const WATCHED_OBJECTS = ['Math', 'AbortSignal', 'process', 'Atomics'];

/** Parses a source and lists what it reaches for. Throws with the parser's words when the syntax is bad. */
export function readSource(path: string, text: string): SourceFile {
  const imports: Import[] = [];
  const uses: Use[] = [];
  const lineOf = (node: Node) => text.slice(0, node.start).split('\n').length;
  walk(parseAst(text, { lang: langOf(path) }, path) as unknown as Node, (node, place) => {
    const found = importAt(node);
    if (found) imports.push({ ...found, line: lineOf(node) });
    const name = place.inType ? undefined : useAt(node, place);
    if (name) uses.push({ name, line: lineOf(node) });
  });
  return { path, imports, uses };
}

function langOf(path: string): 'ts' | 'tsx' | 'js' | 'jsx' {
  const [, module, x] = /\.[mc]?(ts|js)(x?)$/.exec(path) ?? [];
  return `${module === 'ts' ? 'ts' : 'js'}${x === 'x' ? 'x' : ''}`;
}

function importAt(node: Node): Omit<Import, 'line'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: literal(node.source), typeOnly: node.importKind === 'type', names: namesOf(node) };
    case 'ExportNamedDeclaration':
      if (!node.source) return undefined;
      return { specifier: literal(node.source), typeOnly: node.exportKind === 'type', names: namesOf(node) };
    case 'ExportAllDeclaration':
      return { specifier: literal(node.source), typeOnly: node.exportKind === 'type', names: 'all' };
    case 'ImportExpression':
      return { specifier: literal(node.source), typeOnly: false, names: 'all' };
    case 'TSImportType':
      return { specifier: literal(node.source), typeOnly: true, names: 'all' };
    case 'TSExternalModuleReference':
      return { specifier: literal(node.expression), typeOnly: false, names: 'all' };
    case 'CallExpression':
      return isRequire(node.callee)
        ? { specifier: literal(node.arguments[0]), typeOnly: false, names: 'all' }
        : undefined;
    default:
      return undefined;
  }
}

function namesOf(node: Node): readonly string[] | 'all' {
  const named = node.specifiers.map((one: Node) => (one.imported ?? one.local)?.name as string | undefined);
  const whole = node.specifiers.some((one: Node) => /Default|Namespace/.test(one.type));
  return whole || named.length === 0 ? 'all' : named;
}

function literal(node: Node | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** `require(x)`, `require.resolve(x)` and `import.meta.resolve(x)`. */
function isRequire(callee: Node): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require';
  if (callee.type !== 'MemberExpression' || callee.property.name !== 'resolve') return false;
  return callee.object.type === 'MetaProperty' || callee.object.name === 'require';
}

function useAt(node: Node, { parent, key }: { parent: Node | undefined; key: string }): string | undefined {
  if (node.type === 'MemberExpression') return memberUse(node);
  if (node.type !== 'Identifier' || isOnlyAName(parent, key)) return undefined;
  const isLookedInto = parent?.type === 'MemberExpression' && key === 'object';
  if (isLookedInto && [...GLOBAL_OBJECTS, ...WATCHED_OBJECTS].includes(node.name)) return undefined; // memberUse says more
  return node.name;
}

function memberUse(node: Node): string | undefined {
  if (node.object.type !== 'Identifier') return undefined;
  const property = node.computed ? (literal(node.property) ?? '(computed)') : node.property.name;
  if (GLOBAL_OBJECTS.includes(node.object.name)) return property === '(computed)' ? node.object.name : property;
  return WATCHED_OBJECTS.includes(node.object.name) ? `${node.object.name}.${property}` : undefined;
}

/** A property or an imported name is not a reference to the global of that name. */
function isOnlyAName(parent: Node | undefined, key: string): boolean {
  if (parent === undefined) return false;
  if (/^(Import|Export)\w*Specifier$/.test(parent.type)) return true;
  return (key === 'property' || key === 'key') && !parent.computed;
}
