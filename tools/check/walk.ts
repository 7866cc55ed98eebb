/** A node of the parser's tree; its fields depend on `type`, see the ESTree and TS-ESTree specifications. */
// biome-ignore lint/suspicious/noExplicitAny: a hundred node types, of which we look at a dozen
export type Node = { type: string; start: number; end: number; [field: string]: any };
export type Place = { parent: Node | undefined; key: string; inType: boolean };

const TYPE_FIELDS = new Set(['typeAnnotation', 'returnType', 'typeArguments', 'typeParameters', 'implements']);
const TYPE_DECLARATIONS = new Set(['TSTypeAliasDeclaration', 'TSInterfaceDeclaration']);

/** Calls `visit` for every node, outermost first, with its place: the node around it, and whether it is only a type. */
export function walk(node: Node, visit: (node: Node, place: Place) => void, place: Place = TOP): void {
  visit(node, place);
  for (const [key, value] of Object.entries(node)) {
    const inType = place.inType || TYPE_FIELDS.has(key) || TYPE_DECLARATIONS.has(node.type);
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, { parent: node, key, inType });
    }
  }
}

const TOP: Place = { parent: undefined, key: '', inType: false };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
