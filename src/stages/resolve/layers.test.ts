import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Path } from '../../problem.ts'
import type { ListStrategy } from '../../settings.ts'
import { type Layer, mergeLayers, type Strategy } from './layers.ts'

/** Layers called `a`, `b`, `c`, lowest first; a place tells the layer and the path in it. */
function layers(values: readonly unknown[]): Layer[] {
  return values.map((value, index) => ({ value, source: 'abcdef'.charAt(index), locate: () => undefined }))
}

function merge(values: readonly unknown[], strategy: Strategy = () => 'replace') {
  const { value, origin } = mergeLayers(layers(values), strategy)
  const from = (path: Path) => {
    const found = origin(path)
    return found && `${found.layer.source}:${found.path.join('.')}`
  }
  return { value, from }
}

describe('maps and scalars', () => {
  test.each<[string, unknown[], unknown]>([
    ['nothing at all', [], {}],
    ['maps go into maps', [{ a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }], { a: { b: 1, c: 3, d: 4 } }],
    [
      'keys keep the place of the lower layer',
      [
        { b: 1, a: 2 },
        { a: 3, c: 4, b: 5 },
      ],
      { b: 5, a: 3, c: 4 },
    ],
    ['a scalar replaces a map', [{ a: { b: 1 } }, { a: 2 }], { a: 2 }],
    ['a map replaces a scalar', [{ a: 2 }, { a: { b: 1 } }], { a: { b: 1 } }],
    [
      'a list replaces a map, and the other way round',
      [
        { a: {}, b: [] },
        { a: [], b: {} },
      ],
      { a: [], b: {} },
    ],
    ['a null replaces, and stays', [{ a: { b: 1 } }, { a: null }], { a: null }],
    ['a map replaces a null', [{ a: { b: 1 } }, { a: null }, { a: { c: 2 } }], { a: { c: 2 } }],
    ['an empty map says nothing', [{ a: { b: 1 } }, { a: {} }], { a: { b: 1 } }],
    [
      'empty text, zero and false are values',
      [
        { a: 1, b: 1, c: 1 },
        { a: '', b: 0, c: false },
      ],
      { a: '', b: 0, c: false },
    ],
    [
      'the names of what every object inherits are keys like others',
      [{}, { constructor: { toString: 1 } }],
      { constructor: { toString: 1 } },
    ],
  ])('%s', (_, values, merged) => {
    const { value } = merge(values)
    expect(value).toEqual(merged)
    expect(JSON.stringify(value)).toBe(JSON.stringify(merged))
  })
})

describe('lists', () => {
  const providers = (...names: string[]) => names.map((name) => ({ name }))
  test.each<[string, ListStrategy, string, unknown, unknown, unknown]>([
    ['the upper one alone', 'replace', 'x', [1, 2], [3], [3]],
    ['the upper one alone, even if it is empty', 'replace', 'x', [1, 2], [], []],
    ['both in a row', 'append', 'x', [1, 2], [2, 3], [1, 2, 2, 3]],
    ['nothing to append', 'append', 'x', [1], [], [1]],
    ['texts that are there already', 'merge', 'x', ['a', 'b'], ['b', 'c'], ['a', 'b', 'c']],
    [
      'items of one name',
      'merge',
      'x',
      [{ name: 'a', v: { k: 1, l: 1 } }, { name: 'b' }],
      [{ name: 'c' }, { name: 'a', v: { l: 2 } }],
      [{ name: 'a', v: { k: 1, l: 2 } }, { name: 'b' }, { name: 'c' }],
    ],
    ['items without a name', 'merge', 'x', [{ v: 1 }], [{ v: 1 }], [{ v: 1 }, { v: 1 }]],
    [
      'an item that is named twice, into the first',
      'merge',
      'x',
      providers('a', 'a'),
      [{ name: 'a', v: 1 }],
      [{ name: 'a', v: 1 }, { name: 'a' }],
    ],
    [
      'ports',
      'merge',
      'ports',
      [{ port: 80, name: 'x' }],
      [{ port: 80, targetPort: 8080 }],
      [{ port: 80, name: 'x', targetPort: 8080 }],
    ],
    [
      'tolerations',
      'merge',
      'tolerations',
      [{ key: 'a' }],
      [{ key: 'a', effect: 'NoExecute' }],
      [{ key: 'a', effect: 'NoExecute' }],
    ],
    [
      'volumeMounts',
      'merge',
      'volumeMounts',
      [{ mountPath: '/a', name: 'x' }],
      [{ mountPath: '/a', readOnly: true }],
      [{ mountPath: '/a', name: 'x', readOnly: true }],
    ],
    [
      'topologySpreadConstraints',
      'merge',
      'topologySpreadConstraints',
      [{ topologyKey: 'a', maxSkew: 1 }],
      [{ topologyKey: 'a', maxSkew: 2 }],
      [{ topologyKey: 'a', maxSkew: 2 }],
    ],
    [
      'hostAliases',
      'merge',
      'hostAliases',
      [{ ip: '1', hostnames: ['a'] }],
      [{ ip: '1', hostnames: ['b'] }],
      [{ ip: '1', hostnames: ['a', 'b'] }],
    ],
    [
      'patches of an overlay',
      'merge',
      'patches',
      [{ path: 'a', value: 1 }],
      [{ path: 'a', value: 2 }],
      [{ path: 'a', value: 2 }],
    ],
    [
      'what the upper list says twice, twice',
      'merge',
      'x',
      [{ name: 'a' }],
      [
        { name: 'a', v: 1 },
        { name: 'a', v: 2 },
        { name: 'b', v: 1 },
        { name: 'b', v: 2 },
      ],
      [
        { name: 'a', v: 1 },
        { name: 'a', v: 2 },
        { name: 'b', v: 1 },
        { name: 'b', v: 2 },
      ],
    ],
    [
      'gateways by name',
      'merge',
      'ingressGateways',
      [{ name: 'a', enabled: true }, { name: 'b' }],
      [{ name: 'b', enabled: false }, { name: 'c' }],
      [{ name: 'a', enabled: true }, { name: 'b', enabled: false }, { name: 'c' }],
    ],
    [
      'gateways of one name in two namespaces, as two',
      'merge',
      'egressGateways',
      [{ name: 'a', namespace: 'x', v: 1 }],
      [
        { name: 'a', namespace: 'y' },
        { name: 'a', namespace: 'x', v: 2 },
      ],
      [
        { name: 'a', namespace: 'x', v: 2 },
        { name: 'a', namespace: 'y' },
      ],
    ],
    [
      'a gateway that names no namespace, into the one of its name',
      'merge',
      'ingressGateways',
      [{ name: 'a', namespace: 'x' }],
      [{ name: 'a', enabled: true }],
      [{ name: 'a', namespace: 'x', enabled: true }],
    ],
    [
      'overlays of one kind and name',
      'merge',
      'overlays',
      [{ kind: 'Service', name: 'istiod', patches: [{ path: 'a', value: 1 }] }],
      [
        { kind: 'Deployment', name: 'istiod', patches: [{ path: 'a', value: 2 }] },
        { kind: 'Service', name: 'istiod', patches: [{ path: 'b', value: 3 }] },
      ],
      [
        {
          kind: 'Service',
          name: 'istiod',
          patches: [
            { path: 'a', value: 1 },
            { path: 'b', value: 3 },
          ],
        },
        { kind: 'Deployment', name: 'istiod', patches: [{ path: 'a', value: 2 }] },
      ],
    ],
    ['a null instead of a list', 'merge', 'x', [1], null, null],
    ['a list over a null', 'append', 'x', null, [1], [1]],
  ])('%s (%s)', (_, strategy, key, base, over, expected) => {
    expect(merge([{ [key]: base }, { [key]: over }], () => strategy).value).toEqual({ [key]: expected })
  })

  test('the strategy is asked for the path of each list', () => {
    const asked: string[] = []
    const both = { spec: { a: [1], 'b.c': [{ name: 'n', d: [1] }], only: [1] } }
    merge([both, { spec: { a: [2], 'b.c': [{ name: 'n', d: [2] }] } }], (path) => {
      asked.push(path)
      return 'merge'
    })
    expect(asked).toEqual(['spec.a', 'spec["b.c"]', 'spec["b.c"][0].d'])
  })
})

describe('where a value comes from', () => {
  const named = (name: string, rest: object) => ({ name, ...rest })
  test.each<[string, ListStrategy, unknown[], [Path, string | undefined][]]>([
    [
      'the uppermost layer that has it',
      'replace',
      [{ a: { b: 1, c: 1 } }, { a: { b: 2 } }],
      [
        [['a', 'b'], 'b:a.b'],
        [['a', 'c'], 'a:a.c'],
        [['a'], 'b:a'],
        [['a', 'd'], undefined],
        [[], 'b:'],
      ],
    ],
    ['a null is something', 'replace', [{ a: 1 }, { a: null }], [[['a'], 'b:a']]],
    [
      'what a scalar took away stands nowhere',
      'replace',
      [{ a: { b: 1 } }, { a: 5 }],
      [
        [['a', 'b'], undefined],
        [['a'], 'b:a'],
      ],
    ],
    [
      'what a shorter list took away stands nowhere',
      'replace',
      [{ a: [{ b: 1 }, { b: 2 }] }, { a: [{ c: 3 }] }],
      [
        [['a', 0, 'c'], 'b:a.0.c'],
        [['a', 0, 'b'], undefined],
        [['a', 1, 'b'], undefined],
      ],
    ],
    [
      'items keep their index in the layer that they come from',
      'append',
      [{ a: [1] }, { a: [2, 3] }, { a: [4] }],
      [
        [['a', 0], 'a:a.0'],
        [['a', 1], 'b:a.0'],
        [['a', 2], 'b:a.1'],
        [['a', 3], 'c:a.0'],
        [['a', 4], undefined],
      ],
    ],
    [
      'fields of a merged item come from either side',
      'merge',
      [
        { a: [named('x', { v: 1, w: 1 }), named('y', { v: 1 })] },
        { a: [named('z', {}), named('y', { v: 2, u: 2 })] },
        { a: [named('y', { u: 3 })] },
      ],
      [
        [['a', 0, 'v'], 'a:a.0.v'],
        [['a', 1, 'v'], 'b:a.1.v'],
        [['a', 1, 'u'], 'c:a.0.u'],
        [['a', 2, 'name'], 'b:a.0.name'],
        [['a', 1, 'name'], 'c:a.0.name'],
      ],
    ],
    [
      'lists within merged items',
      'merge',
      [{ a: [named('x', { l: ['p'] })] }, { a: [named('w', {}), named('x', { l: ['q', 'p'] })] }],
      [
        [['a', 0, 'l', 0], 'b:a.1.l.1'],
        [['a', 0, 'l', 1], 'b:a.1.l.0'],
        [['a', 1, 'name'], 'b:a.0.name'],
      ],
    ],
    [
      'a list that was taken away before it came again',
      'append',
      [{ a: [1] }, { a: [2] }, { a: null }, { a: [3] }],
      [[['a', 0], 'd:a.0']],
    ],
  ])('%s (%s)', (_, strategy, values, expected) => {
    const { from } = merge(values, () => strategy)
    for (const [path, origin] of expected) expect([path, from(path)]).toEqual([path, origin])
  })

  test('a strategy may hold for one list only', () => {
    const { value, from } = merge(
      [
        { a: ['x'], b: ['x'] },
        { a: ['y'], b: ['y'] },
      ],
      (path) => (path === 'a' ? 'append' : 'replace'),
    )
    expect(value).toEqual({ a: ['x', 'y'], b: ['y'] })
    expect([from(['a', 0]), from(['a', 1]), from(['b', 0])]).toEqual(['a:a.0', 'b:a.0', 'b:b.0'])
  })
})

const names = fc.constantFrom('a', 'b', 'name', 'ports', 'port')
const scalar = fc.constantFrom<unknown>(null, 0, 1, '', 'x', 'y', false)
const { tree } = fc.letrec<{ tree: unknown; map: unknown; list: unknown; item: unknown }>((tie) => ({
  tree: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, scalar, tie('map'), tie('list')),
  map: fc.dictionary(names, tie('tree'), { maxKeys: 4 }),
  list: fc.array(fc.oneof(tie('tree'), tie('item')), { maxLength: 3 }),
  item: fc.record({ name: fc.constantFrom('x', 'y'), a: tie('tree'), b: tie('list') }, { requiredKeys: ['name'] }),
}))
const document = fc.dictionary(names, tree, { maxKeys: 3 })
const strategies = fc.constantFrom<ListStrategy>('replace', 'append', 'merge')
const byPath = fc.func(strategies) as fc.Arbitrary<Strategy>

function* paths(value: unknown, at: Path = []): Generator<[Path, unknown]> {
  yield [at, value]
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    yield* paths(member, [...at, Array.isArray(value) ? Number(key) : key])
  }
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, step) => (here as { [key: string]: unknown })[step], value)
}

describe('for any layers and any strategies', () => {
  test('a document that says nothing changes nothing', () => {
    fc.assert(
      fc.property(fc.array(document, { maxLength: 3 }), byPath, fc.nat(3), (values, strategy, where) => {
        expect(merge(values.toSpliced(where, 0, {}), strategy).value).toEqual(merge(values, strategy).value)
      }),
    )
  })

  test('a document merged upon itself is itself, unless lists are appended', () => {
    fc.assert(
      fc.property(document, (value) => {
        expect(merge([value, value]).value).toEqual(value)
      }),
    )
  })

  test('what is merged is left as it was', () => {
    fc.assert(
      fc.property(fc.array(document, { maxLength: 3 }), byPath, (values, strategy) => {
        const before = structuredClone(values)
        merge(values, strategy)
        expect(values).toEqual(before)
      }),
    )
  })

  test('every value of the result stands where it is said to come from', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), byPath, (values, strategy) => {
        const { value, origin } = mergeLayers(layers(values), strategy)
        for (const [path, leaf] of paths(value)) {
          const found = origin(path)
          if (!found) throw new Error(`${path.join('.')} comes from nowhere`)
          const source = at(found.layer.value, found.path)
          const isLeaf = typeof leaf !== 'object' || leaf === null || Object.keys(leaf).length === 0
          if (isLeaf) expect([path, source]).toEqual([path, leaf])
          else expect([path, Array.isArray(source)]).toEqual([path, Array.isArray(leaf)])
        }
      }),
      { numRuns: 500 },
    )
  })
})
