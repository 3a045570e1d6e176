import { expect, test } from 'vitest'
import { componentDependencies, componentSets } from './components.ts'
import { type Edge, topologicalSets } from './graph.ts'

function edges(text: string): Edge<string>[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((pair) => ({ from: pair[0] ?? '', to: pair[1] ?? '', reason: 'needs' }))
}

test.each([
  ['', 'a', 'a'],
  ['', 'b a', 'b a'],
  ['ba', 'b a', 'a | b'],
  ['ba ca db dc', 'a b c d', 'a | b c | d'],
  ['ba ba', 'a b', 'a | b'],
  ['bx', 'a b', 'a b'],
  ['ca cb', 'c b a', 'b a | c'],
])('edges "%s" put "%s" into "%s"', (pairs, nodes, expected) => {
  const { sets, cycle } = topologicalSets(nodes.split(' '), edges(pairs))
  expect(sets.map((set) => set.join(' ')).join(' | ')).toBe(expected)
  expect(cycle).toBeUndefined()
})

test.each([
  ['aa', 'a', 'aa'],
  ['ab ba', 'a b c', 'ab ba'],
  ['ab bc cb', 'a b c', 'bc cb'],
  ['da ab bc ca', 'd a b c', 'ab bc ca'],
])('of the edges "%s" between "%s", "%s" is the cycle', (pairs, nodes, expected) => {
  const { cycle } = topologicalSets(nodes.split(' '), edges(pairs))
  expect(cycle?.map(({ from, to }) => `${from}${to}`).join(' ')).toBe(expected)
})

test('what stands on a cycle or behind one is in no set', () => {
  expect(topologicalSets(['a', 'b', 'c', 'd'], edges('bc cb db')).sets).toEqual([['a']])
})

test.each([
  [['Pilot', 'Base'] as const, [['Base'], ['Pilot']]],
  [['Ztunnel', 'Pilot'] as const, [['Pilot'], ['Ztunnel']]],
  [['IngressGateways'] as const, [['IngressGateways']]],
  [
    ['EgressGateways', 'IngressGateways', 'Ztunnel', 'Cni', 'Pilot', 'Base', 'Pilot'] as const,
    [['Base'], ['Cni', 'Pilot'], ['EgressGateways', 'IngressGateways', 'Ztunnel']],
  ],
])('components %s', (present, sets) => {
  expect(componentSets(present, componentDependencies)).toEqual({ sets, cycle: undefined })
})
