/** A node of what EXPLAIN says as JSON, as far as it is looked at. */
export interface PlanNode {
  readonly 'Node Type': string
  readonly 'Scan Direction'?: string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly PlanNode[]
}

/**
 * A plan without costs, conditions and numbers of rows: its nodes, each before what it reads. A node that reads one other
 * stands in a line with it, those that several are read by stand below, indented.
 */
export function shapeOf(plan: PlanNode, indent = ''): string {
  const line = [nodeOf(plan)]
  let last = plan
  for (let next = last.Plans; next?.length === 1 && next[0]; next = last.Plans) {
    last = next[0]
    line.push(nodeOf(last))
  }
  return [indent + line.join(' ← '), ...(last.Plans ?? []).map((one) => shapeOf(one, `${indent}  `))].join('\n')
}

function nodeOf(node: PlanNode): string {
  const { 'Node Type': type, 'Scan Direction': direction, 'Relation Name': table, 'Index Name': index } = node
  const names = [index, index === undefined ? table : undefined].filter((name) => name !== undefined)
  return [type, ...(direction === 'Backward' ? ['backward'] : []), ...names].join(' ')
}
