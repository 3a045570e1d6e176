import { describe, expect, test } from 'vitest'
import { isMap, type KubeObject } from '../../k8s/object.ts'
import { problemLine } from '../../problem-text.ts'
import { readDocuments } from '../../yaml/read.ts'
import { runFunction } from '../krm.ts'

function run(input: string | Uint8Array) {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  const { stdout, exitCode, problems } = runFunction(bytes)
  const list = readDocuments(stdout, 'stdout', () => {})[0]?.value as
    | { items: KubeObject[]; results?: { message: string; severity: string }[] }
    | undefined
  return { stdout, exitCode, items: list?.items, results: list?.results, lines: problems.map(problemLine) }
}

const head = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n'
const items = `items:
- apiVersion: install.istio.io/v1alpha1
  kind: IstioOperator
  metadata: {name: cp}
  spec: {profile: minimal}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: mine} # kept
`
const object = {
  apiVersion: 'config.kubernetes.io/v1',
  kind: 'ResourceList',
  items: [
    {
      apiVersion: 'install.istio.io/v1alpha1',
      kind: 'IstioOperator',
      metadata: { name: 'cp' },
      spec: { profile: 'minimal' },
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine' } },
  ],
}
const withMark = (text: string) => Uint8Array.of(0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text))

describe('a list', () => {
  test.each<[string, string | Uint8Array]>([
    ['of the present version', head + items],
    ['of v1beta1', (head + items).replace('/v1', '/v1beta1')],
    ['of v1alpha1', (head + items).replace('/v1', '/v1alpha1')],
    ['with its kind behind its items', items + head],
    ['with indented items', head + items.replace(/^(?!items)/gm, '  ').trimEnd()],
    ['behind a comment and a separator', `# generated\n---\n${head}${items}`],
    ['with an end marker', `${head}${items}...\n`],
    ['with Windows line ends', (head + items).replaceAll('\n', '\r\n')],
    ['behind a byte order mark', withMark(head + items)],
    [
      'with blank lines and comments between items',
      head + items.replace('- apiVersion: v1', '\n# theirs\n- apiVersion: v1'),
    ],
    ['without a last line end', (head + items).trimEnd()],
    ['as JSON', JSON.stringify(object)],
    ['as indented JSON', JSON.stringify(object, undefined, 2)],
    ['in flow style', `${head}items: ${JSON.stringify(object.items)}\n`],
    ['with results of somebody else', `${head}${items}results:\n- {message: theirs, severity: info}\n`],
    ['with an empty functionConfig', `${head}${items}functionConfig:\n`],
    ['with items that are no objects', `${head}${items}- just text\n- 5\n- null\n- []\n- {}\n`],
  ])('%s is read', (_, text) => {
    const { exitCode, items, lines } = run(text)
    expect({ exitCode, lines }).toEqual({ exitCode: 0, lines: [] })
    const found = (items ?? []).filter(isMap).map(({ kind, metadata }) => `${kind} ${metadata?.name}`)
    expect(found).toContain('ConfigMap mine')
    expect(found).toContain('Deployment istiod')
  })

  test('keeps Windows line ends and comments of the items that it passes on', () => {
    const { stdout } = run((head + items).replaceAll('\n', '\r\n'))
    expect(stdout).toContain('- apiVersion: v1\r\n  kind: ConfigMap\r\n  metadata: {name: mine} # kept\r\n')
  })

  test('hands back items that are no objects as they are', () => {
    const { items: back } = run(`${head}${items}- just text\n- 5\n- null\n- []\n`)
    expect(back?.slice(2, 6)).toEqual(['just text', 5, null, []])
  })

  test.each<[string, string]>([
    ['no items', ''],
    ['null items', 'items: null\n'],
    ['nothing as items', 'items:\n'],
    ['an empty list of items', 'items: []\n'],
  ])('with %s is fine when the functionConfig is the IstioOperator', (_, text) => {
    const config = JSON.stringify(object.items[0])
    const { exitCode, items, lines } = run(`${head}${text}functionConfig: ${config}\n`)
    expect({ exitCode, lines }).toEqual({ exitCode: 0, lines: [] })
    expect(items?.some(({ kind }) => kind === 'Deployment')).toBe(true)
  })

  test.each<[string, string]>([
    ['no items', ''],
    ['null items', 'items: null\n'],
    ['an empty list of items', 'items: []\n'],
  ])('with %s and no functionConfig has nothing to render', (_, text) => {
    const { exitCode, items, lines, results } = run(head + text)
    expect({ exitCode, items }).toEqual({ exitCode: 1, items: [] })
    expect(lines).toEqual([
      expect.stringMatching(/^stdin:1:1: error: the ResourceList must hold an IstioOperator.*\[no-operator\]$/),
    ])
    expect(results).toHaveLength(1)
  })
})

describe('what is no list', () => {
  const hint =
    'without arguments this is a KRM function; to render a file use `render-istio generate -f FILE`. [not-a-resource-list]'
  const none = 'error: stdin must hold a ResourceList of "config.kubernetes.io/v1"'
  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', `stdin:1:1: ${none}; ${hint}`],
    ['blank lines', '\n\n', `stdin:1:1: ${none}; ${hint}`],
    ['a comment', '# nothing\n', `stdin:1:1: ${none}; ${hint}`],
    ['null', 'null\n', `stdin:1:1: ${none}; ${hint}`],
    ['text', 'hello\n', `stdin:1:1: ${none}; ${hint}`],
    ['a list of items alone', items.replace('items:\n', ''), `stdin:1:1: ${none}; ${hint}`],
    ['an IstioOperator', '# mine\nkind: IstioOperator\n', `stdin:2:1: ${none}; ${hint}`],
    ['another version', (head + items).replace('/v1', '/v2'), `stdin:1:1: ${none}; ${hint}`],
    ['a kind in another case', (head + items).replace('ResourceList', 'resourceList'), `stdin:1:1: ${none}; ${hint}`],
    ['no kind', items, `stdin:1:1: ${none}; ${hint}`],
    [
      'two lists',
      `${head}${items}---\n${head}${items}`,
      `stdin:12:1: error: stdin must hold one ResourceList and nothing behind it; ${hint}`,
    ],
    [
      'items that are a map',
      `${head}items: {a: 1}\n`,
      `stdin:3:8: error: \`items\` of the ResourceList must be a list; ${hint}`,
    ],
    [
      'items that are text',
      `${head}items: none\n`,
      `stdin:3:8: error: \`items\` of the ResourceList must be a list; ${hint}`,
    ],
    ['broken YAML', `${head}items: [\n`, 'stdin:3:8: error: a brace or bracket must be closed [yaml-syntax]'],
    [
      'bytes that are no text',
      Uint8Array.of(0x6b, 0xff),
      'stdin:1:2: error: the text must be valid UTF-8 [invalid-text]',
    ],
    [
      'a control character',
      `${head}items: []\u0007\n`,
      'stdin:3:10: error: the text must be Unicode without control characters, but U+0007 is in it [invalid-text]',
    ],
  ])('%s is refused in one line', (_, text, line) => {
    expect(run(text)).toMatchObject({ stdout: '', exitCode: 1, lines: [line] })
  })
})

test('problems of an item that leans on an anchor elsewhere have a place in it as well', () => {
  const leaning = `items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: mine}
  data: &data {a: b}
- apiVersion: install.istio.io/v1alpha1
  kind: IstioOperator
  metadata: {name: cp, annotations: *data}
  spec:
    profil: demo
    tag: &tag x
    tag: *tag
`
  expect(run(head + leaning).lines.find((line) => line.includes('profil'))).toContain('items[1]:8:3: error')
  const alone = leaning.replace('*data', '{a: b}')
  expect(run(head + alone).lines.find((line) => line.includes('profil'))).toContain('items[1]:5:3: error')
})

test.each<[how: string, config: string, place: string]>([
  [
    'with comments, as its file has them',
    `functionConfig:
  # what we are
  apiVersion: render-istio.dev/v1alpha1
  kind: RenderIstio
  metadata:
    name: mesh
    annotations:
      config.kubernetes.io/path: config/mesh.yaml
  spec:

    # why
    engine: argo
`,
    'config/mesh.yaml:9:11',
  ],
  [
    'in flow style, as it would be written',
    'functionConfig: {apiVersion: render-istio.dev/v1alpha1, kind: RenderIstio, metadata: {name: x}, spec: {engine: argo}}\n',
    'functionConfig:6:11',
  ],
  [
    'as a ConfigMap',
    'functionConfig:\n    apiVersion: v1\n    kind: ConfigMap\n    # why\n    data:\n      engine: argo\n',
    'functionConfig:5:11',
  ],
])('places in the functionConfig count in its text: %s', (_, config, place) => {
  for (const list of [head + config + items, head + items + config])
    expect(run(list).lines.find((line) => line.includes('engine'))).toContain(`${place}: error`)
})

test('several IstioOperators of one name are told apart by nobody', () => {
  const twice = `${head}${items}${items.replace('items:\n', '').split('\n').slice(0, 4).join('\n').replace('minimal', 'demo')}\n`
  const { exitCode, lines } = run(twice)
  expect(exitCode).toBe(1)
  expect(lines.some((line) => line.includes('error'))).toBe(true)
})
