import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readDocuments } from '../yaml/read.ts'
import { parseSet, setPath, typeValue } from './set.ts'

test.each<[text: string, value: unknown]>([
  ['1', 1],
  ['-5', -5],
  ['+5', 5],
  ['007', 7],
  ['-0', 0],
  ['-0.', -0],
  ['1.50', 1.5],
  ['.5', 0.5],
  ['1.', 1],
  ['1e3', 1000],
  ['1_000', 1000],
  ['1e1_0', 1e10],
  ['0x1p4', 16],
  ['0x_1.8p1', 3],
  ['-0X.8P1', -1],
  ['0x8p-1076', 2 ** -1073],
  ['0x0p99999', 0],
  ['1234567890123', 1234567890123],
  ['12345678901234567890', 1.2345678901234567e19],
  ['inf', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['NaN', Number.NaN],
  ['t', true],
  ['TRUE', true],
  ['F', false],
  // Text, though it looks like something.
  ['', ''],
  ['tRUE', 'tRUE'],
  ['yes', 'yes'],
  ['null', 'null'],
  ['0x10', '0x10'],
  ['0o17', '0o17'],
  ['1e400', '1e400'],
  ['0x1p99999', '0x1p99999'],
  ['1__0', '1__0'],
  ['_1', '_1'],
  ['1_.5', '1_.5'],
  ['1_e5', '1_e5'],
  ['0x1_p2', '0x1_p2'],
  ['0xp1', '0xp1'],
  ['1e', '1e'],
  ['.', '.'],
  ["'5'", "'5'"],
  ['{a,b}', '{a,b}'],
  ['a\\,b,c', 'a,b,c'],
])('"%s" is %s', (text, value) => {
  expect(typeValue(text)).toBe(value)
})

const read = (text: string) => {
  const argument = parseSet(text)
  return argument.problem ?? [argument.path.map((segment) => segment.text).join(' '), argument.value]
}

test.each<[text: string, path: string, value: unknown]>([
  ['hub=x', 'spec hub', 'x'],
  [' hub = x ', 'spec  hub', 'x'],
  ['values.pilot.env.A=1', 'spec values pilot env A', 1],
  ['values.a\\.b=1', 'spec values a.b', 1],
  ['values.list[0].x=', 'spec values list [0] x', ''],
  // Always text; a prefix is enough.
  ['tag=1.10', 'spec tag', '1.10'],
  ['compatibilityVersion=1.29', 'spec compatibilityVersion', '1.29'],
  ['values.compatibilityVersion=1.29', 'spec values compatibilityVersion', '1.29'],
  ['values.global.tag=1.10', 'spec values global tag', '1.10'],
  ['values.global.tagline=1.10', 'spec values global tagline', '1.10'],
  ['meshConfig.defaultConfig.proxyMetadata.A=true', 'spec meshConfig defaultConfig proxyMetadata A', 'true'],
  ['values.meshConfig.defaultConfig.proxyMetadata.A=1', 'spec values meshConfig defaultConfig proxyMetadata A', '1'],
  ['tag=a\\,b', 'spec tag', 'a\\,b'],
  // Not always text.
  ['values.pilot.tag=1.10', 'spec values pilot tag', 1.1],
  // Cleaned like the name of a file, together with what stands before it.
  ['a/../b=1', 'b', 1],
  ['a.b/=1', 'spec a b', 1],
])('reads %s', (text, path, value) => {
  expect(read(text)).toEqual([path, value])
  expect(parseSet(text)).toMatchObject({ doubt: undefined })
})

test.each([
  ['values.pilot.env.FOO=a=b', 'spec values pilot env FOO=a=b', 22],
  ['values.pilot.env.FOO', 'spec values pilot env FOO', 20],
])('doubts %s', (text, path, offset) => {
  expect(read(text)).toEqual([path, ''])
  expect(parseSet(text)).toMatchObject({ doubt: { offset } })
})

test.each([
  ['', 0, 'name a field'],
  ['=1', 0, 'name a field'],
  ['values.pilot.x=inf', 15, 'JSON can hold'],
  ['values.pilot.x=NaN', 15, 'JSON can hold'],
  [`${'a.'.repeat(300)}b=1`, 398, 'deeper'],
])('refuses %s', (text, offset, message) => {
  expect(parseSet(text)).toMatchObject({ problem: { offset, message: expect.stringContaining(message) } })
})

test('offsets count in the argument', () => {
  const argument = parseSet('a.b[name:x].c=1')
  expect(argument.problem ?? argument.path.map((segment) => segment.offset)).toEqual([0, 0, 2, 3, 12])
})

const set = (tree: unknown, ...texts: string[]) => {
  let result = tree
  for (const text of texts) {
    const argument = parseSet(text)
    const written = argument.problem ? argument : setPath(result, argument.path, argument.value)
    if (written.problem) return written.problem
    result = written.tree
  }
  return result
}

test.each<[before: unknown, texts: string[], after: unknown]>([
  [{}, ['a.b=1'], { spec: { a: { b: 1 } } }],
  [undefined, ['a.b=1'], { spec: { a: { b: 1 } } }],
  [{ spec: { a: { x: 1 } } }, ['a.b=1', 'a.b=2'], { spec: { a: { x: 1, b: 2 } } }],
  [{ spec: { a: [1] } }, ['a=1'], { spec: { a: 1 } }],
  // Lists: by index, appended beyond the end and below 0.
  [{}, ['a[0].x=1', 'a.[0].y=2'], { spec: { a: [{ x: 1, y: 2 }] } }],
  [{}, ['a[7].x=1', 'a[-1].x=2', 'a[1].y=3'], { spec: { a: [{ x: 1 }, { x: 2, y: 3 }] } }],
  [{}, ['a[0]=x', 'a[1]=y'], { spec: { a: ['x', 'y'] } }],
  [{}, ['a[0].b[0].c=1'], { spec: { a: [{ b: [{ c: 1 }] }] } }],
  // By key and text.
  [
    { spec: { a: [{ n: 1 }, { n: 'x' }, { n: 'x' }] } },
    ['a[n:x].v=1'],
    { spec: { a: [{ n: 1 }, { n: 'x', v: 1 }, { n: 'x' }] } },
  ],
  [{ spec: { a: [{ n: 'p.q' }] } }, ['a.[n:p\\.q].v=1'], { spec: { a: [{ n: 'p.q', v: 1 }] } }],
  [{ spec: { a: [{ n: 'x:y' }] } }, ['a[n:x:y].v=1'], { spec: { a: [{ n: 'x:y', v: 1 }] } }],
  // A null in a list is replaced; a second selector is a key.
  [{ spec: { a: [null] } }, ['a[0].v=1'], { spec: { a: [{ v: 1 }] } }],
  [{}, ['a.[0].[1]=1'], { spec: { a: [{ '[1]': 1 }] } }],
  // Names that JavaScript has its own mind about.
  [{}, ['constructor.x=1'], { spec: { constructor: { x: 1 } } }],
  [{}, ['__proto__.x=1'], { spec: JSON.parse('{"__proto__": {"x": 1}}') }],
])('%j with %j', (before, texts, after) => {
  const kept = structuredClone(before)
  expect(set(before, ...texts)).toEqual(after)
  expect(before).toEqual(kept)
})

test.each<[before: unknown, text: string, offset: number, message: string]>([
  [{ spec: { profile: 'minimal' } }, 'profile.sub=1', 8, '`spec.profile` must be a map to have `sub`; it is "minimal"'],
  [{ spec: { a: [] } }, 'a.b=1', 2, '`spec.a` must be a map to have `b`; it is a list'],
  [{}, 'components.ingressGateways[abc].enabled=false', 26, 'must be followed by an index'],
  [{}, 'components.ingressGateways.[name:nope].enabled=false', 27, 'must have an item `[name:nope]`'],
  [{ spec: { a: {} } }, 'a[0].b=1', 1, '`spec.a` must be a list to have an item `[0]`; it is a map'],
  [{ spec: { a: null } }, 'a[0].b=1', 1, 'it is null'],
  [{ spec: { a: [1] } }, 'a[0].b=1', 5, '`spec.a[0]` must be a map to have `b`; it is 1'],
  [{ spec: { a: [{}] } }, 'a[0]=1', 1, '`spec.a[0]` must not be replaced as a whole'],
  [{ spec: { a: [{ n: 8080 }] } }, 'a[n:8080].b=1', 1, 'must have an item `[n:8080]`'],
  [{}, 'a[0.b=1', 1, 'must be followed by an index'],
  [{ spec: {} }, '[0].b=1', 0, '`spec` must be a list to have an item `[0]`; it is a map'],
  [{}, 'a[0][1]=1', 1, 'must be followed by an index'],
  // Below a null all is lost, but what is wrong there is wrong all the same.
  [{ spec: { a: null } }, 'a.l[n:x].b=1', 3, 'must have an item'],
])('%j refuses %s', (before, text, offset, message) => {
  expect(set(before, text)).toMatchObject({ offset, message: expect.stringContaining(message) })
})

test('the steps of a path are those that were taken', () => {
  const argument = parseSet('a[n:x].l[9].v=1')
  expect(!argument.problem && setPath({ spec: { a: [{ n: 'y' }, { n: 'x' }] } }, argument.path, 1)).toMatchObject({
    path: ['spec', 'a', 1, 'l', 0, 'v'],
  })
})

test('what is set below a null is lost, and doubted', () => {
  const argument = parseSet('a.b.c=1')
  const tree = { spec: { a: null } }
  expect(!argument.problem && setPath(tree, argument.path, 1)).toMatchObject({
    tree,
    doubt: { offset: 2, message: '`spec.a` must be a map to have `b`; it is null' },
  })
})

test('the hint names what is there', () => {
  const tree = { spec: { a: [{ name: 'x' }, { name: 'y' }, 5] } }
  expect(set(tree, 'a[name:z].b=1')).toMatchObject({ hint: 'there: "x", "y".' })
  expect(set({}, 'a[name:z].b=1')).toMatchObject({ hint: expect.stringContaining('not those of the profile') })
})

const cases = new URL('../../../shared/conformance/cases/', import.meta.url)

test.skipIf(!existsSync(cases)).each([
  [
    'h-set-lists-index-and-selector',
    {
      env: [
        { name: 'ONE', value: 'first' },
        { name: 'dotted.name', value: 'second' },
        { name: 'APPENDED', value: 'third' },
        { name: 'ALSO_APPENDED' },
      ],
      tolerations: [{ key: 'a' }, { operator: 'Exists' }],
    },
  ],
  [
    'd-set-flag-overlay',
    {
      overlays: [
        expect.objectContaining({
          patches: expect.arrayContaining([
            { path: 'spec.type', value: 'LoadBalancer' },
            { path: 'spec.healthCheckNodePort', value: 32000 },
          ]),
        }),
      ],
    },
  ],
])('case %s (skipped without ../shared)', (name, k8s) => {
  const text = readFileSync(new URL(`${name}/input.yaml`, cases), 'utf8')
  const args = readFileSync(new URL(`${name}/args.txt`, cases), 'utf8')
    .trim()
    .split('\n')
    .filter((line) => line !== '--set')
  const [document] = readDocuments(text, 'input.yaml', () => {})
  expect(set(document?.value, ...args)).toMatchObject({ spec: { components: { pilot: { k8s } } } })
})
