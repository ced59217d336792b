import type { Params } from "@/lib/http/answer";

export type Found<T> = { target: T; params: Params };

type Node<T> = { fixed: Map<string, Node<T>>; open?: { name: string; node: Node<T> }; target?: T };

/** Finds what stands at a path by patterns such as `/api/v1/tasks/{id}`; a name that is spelt out goes before an open one. */
export function createPaths<T>(entries: readonly (readonly [pattern: string, target: T])[]) {
  const root: Node<T> = { fixed: new Map() };
  for (const [pattern, target] of entries) {
    let node = root;
    for (const segment of pattern.split("/").slice(1)) node = childOf(node, segment);
    node.target = target;
  }
  return (path: string): Found<T> | undefined => {
    const params: Params = {};
    const target = walk(root, path.split("/"), 1, params);
    return target && { target, params };
  };
}

function childOf<T>(node: Node<T>, segment: string): Node<T> {
  if (segment.startsWith("{")) {
    node.open ??= { name: segment.slice(1, -1), node: { fixed: new Map() } };
    return node.open.node;
  }
  const child = node.fixed.get(segment) ?? { fixed: new Map() };
  node.fixed.set(segment, child);
  return child;
}

function walk<T>(node: Node<T>, segments: readonly string[], at: number, params: Params): T | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.target;
  const fixed = node.fixed.get(segment);
  const found = fixed && walk(fixed, segments, at + 1, params);
  if (found || !node.open) return found;
  const value = decode(segment);
  if (!value) return undefined;
  params[node.open.name] = value;
  const below = walk(node.open.node, segments, at + 1, params);
  if (!below) delete params[node.open.name];
  return below;
}

function decode(segment: string): string | undefined {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
