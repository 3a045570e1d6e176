import { describe, expect, test } from 'vitest'
import { dotted, nearest, type Path } from './problem.ts'

test.each<[Path, string]>([
  [[], ''],
  [['spec'], 'spec'],
  [['spec', 'env', 0, 'name'], 'spec.env[0].name'],
  [[0], '[0]'],
  [['a', 0, 1], 'a[0][1]'],
  [['a', '0'], 'a["0"]'],
  [['metadata', 'labels', 'app.kubernetes.io/name'], 'metadata.labels["app.kubernetes.io/name"]'],
  [['a', 'b c', 'd'], 'a["b c"].d'],
  [['a', ''], 'a[""]'],
  [['a', 'say "x"\n'], 'a["say \\"x\\"\\n"]'],
  [['gateways', 'istio-ingressgateway', '_x'], 'gateways.istio-ingressgateway._x'],
  [['a.b', 'c'], '["a.b"].c'],
])('%j is written %s', (path, text) => {
  expect(dotted(path)).toBe(text)
})

describe('nearest', () => {
  const known = ['default', 'demo', 'minimal', 'remote', 'empty']
  test.each<[string, readonly string[], string[]]>([
    ['defalt', known, ['default']],
    ['dfeault', known, ['default']],
    ['DEFAULT', known, ['default']],
    ['default', known, ['default']],
    ['demp', known, ['demo']],
    ['min', known, ['minimal']],
    ['mi', known, []],
    ['production', known, []],
    ['', known, []],
    ['x', [], []],
    // The nearest comes first, and of equally near ones that which begins alike, or is the first in order.
    ['cat', ['bat', 'cart', 'cat', 'hat', 'rat'], ['cat', 'cart', 'bat']],
    ['igressGateways', ['egressGateways', 'ingressGateways'], ['ingressGateways', 'egressGateways']],
    ['ngressGateways', ['egressGateways', 'ingressGateways'], ['ingressGateways', 'egressGateways']],
    // A letter too few comes before a word too few.
    ['volume', ['volumeMounts', 'volumes'], ['volumes', 'volumeMounts']],
    ['ccertificates', ['caCertificates', 'certificates'], ['certificates', 'caCertificates']],
    // Every third letter may be wrong.
    ['abcdef', ['abcxyz', 'abcdxy'], ['abcdxy']],
    ['accesLogFiel', ['accessLogFile', 'accessLogFormat'], ['accessLogFile']],
    // A name that long is nobody's.
    ['d'.repeat(101), ['d'.repeat(101)], []],
    ['d'.repeat(100), ['d'.repeat(100)], ['d'.repeat(100)]],
  ])('of %j among %j: %j', (word, names, expected) => {
    expect(nearest(word, names)).toEqual(expected)
    expect(nearest(word, new Set(names))).toEqual(expected)
  })
})
