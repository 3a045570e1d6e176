/** `from` needs `to` first, and why: "`from` <reason> `to`" reads as a sentence. */
export interface Edge<Node> {
  readonly from: Node
  readonly to: Node
  readonly reason: string
}

export interface Sets<Node> {
  /** What needs nothing, then what needs only that, and so on; what stands on a cycle or behind one is missing. */
  readonly sets: readonly (readonly Node[])[]
  /** The edges once round, when there is a cycle. */
  readonly cycle: readonly Edge<Node>[] | undefined
}

/** Topological sets of the nodes, each in the order in which they were given; edges to strangers don't count. */
export function topologicalSets<Node>(nodes: readonly Node[], edges: readonly Edge<Node>[]): Sets<Node> {
  const needs = new Map<Node, Edge<Node>[]>(nodes.map((node) => [node, []]))
  const neededBy = new Map<Node, Node[]>(nodes.map((node) => [node, []]))
  for (const edge of edges) {
    if (!needs.has(edge.from) || !needs.has(edge.to)) continue
    needs.get(edge.from)?.push(edge)
    neededBy.get(edge.to)?.push(edge.from)
  }
  const open = new Map([...needs].map(([node, own]) => [node, own.length]))
  const sets: Node[][] = []
  let free = new Set(nodes.filter((node) => open.get(node) === 0))
  while (free.size > 0) {
    const next = new Set<Node>()
    for (const node of free) {
      open.delete(node)
      for (const user of neededBy.get(node) ?? []) {
        const left = (open.get(user) ?? 0) - 1
        open.set(user, left)
        if (left === 0) next.add(user)
      }
    }
    sets.push(nodes.filter((node) => free.has(node)))
    free = next
  }
  const stuck = nodes.find((node) => open.has(node))
  return { sets, cycle: stuck === undefined ? undefined : cycleFrom(stuck, needs, open) }
}

/** Every node that is left needs another one that is left, so following these edges must come round. */
function cycleFrom<Node>(
  start: Node,
  needs: ReadonlyMap<Node, readonly Edge<Node>[]>,
  left: ReadonlyMap<Node, unknown>,
): Edge<Node>[] {
  const walked: Edge<Node>[] = []
  let node = start
  while (!walked.some(({ from }) => from === node)) {
    const edge = needs.get(node)?.find(({ to }) => left.has(to))
    if (!edge) throw new Error('a node without an open edge was left over')
    walked.push(edge)
    node = edge.to
  }
  return walked.slice(walked.findIndex(({ from }) => from === node))
}
