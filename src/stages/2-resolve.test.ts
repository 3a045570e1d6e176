import { describe, expect, test } from 'vitest'
import { at } from '../../test/at.ts'
import { profiles as builtIn } from '../istio/profiles.ts'
import { dotted, type Path, type Problem } from '../problem.ts'
import { placeText } from '../problem-text.ts'
import { defaultSettings, type Settings } from '../settings.ts'
import { readDocuments } from '../yaml/read.ts'
import { type Resolved, resolve } from './2-resolve.ts'

/** The files of a run by name; those called `*-profile.yaml` are found as profiles, the others are merged in order. */
type Files = { readonly [file: string]: string }

interface Outcome extends Resolved {
  readonly problems: readonly Problem[]
  /** `file:line:col` of what stands at a path. */
  readonly place: (path: Path, part?: 'key' | 'value') => string | undefined
}

const head = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\n'

function resolved(files: Files, settings: Partial<Settings> = {}): Outcome {
  const problems: Problem[] = []
  const documents = Object.entries(files).map(([file, text]) => {
    const [document] = readDocuments(text, file, (problem) => problems.push(problem))
    if (!document) throw new Error(`${file} holds nothing`)
    return document
  })
  const isProfile = (file: string) => file.endsWith('-profile.yaml')
  const found = resolve(
    { owner: 'istio-system/cp', documents: documents.filter(({ file }) => !isProfile(file)) },
    { ...defaultSettings, ...settings },
    {
      names: ['company'],
      find: (name) => documents.find(({ file }) => file === `${name}-profile.yaml`),
    },
    (problem) => problems.push(problem),
  )
  const place = (path: Path, part?: 'key' | 'value') => {
    const position = found.locate(path, part)
    return position && placeText(position)
  }
  return { ...found, problems, place }
}

/** An IstioOperator whose `spec` begins in line 4, indented by two. */
function operator(...spec: string[]): string {
  return `${head}spec:\n${spec.map((line) => `  ${line}\n`).join('')}`
}

const sets = (...texts: string[]): Partial<Settings> => ({
  sets: texts.map((text, index) => ({ text, source: '--set', line: index + 1 })),
})

const logLevel: Path = ['values', 'global', 'proxy', 'logLevel']
const platform: Path = ['values', 'global', 'platform']
const logs = (level: string) => operator('values:', '  global:', '    proxy:', `      logLevel: ${level}`)

describe('what lies above what', () => {
  test.each<[string, Files, Partial<Settings>, Path, unknown, string | undefined]>([
    ['nothing but the base', {}, {}, ['hub'], 'registry.istio.io/release', undefined],
    [
      'a profile above the base',
      { 'a.yaml': operator('profile: minimal') },
      {},
      ['components', 'ingressGateways'],
      [{ name: 'istio-ingressgateway', enabled: false }],
      // What is built in stands nowhere; the nearest that the user wrote is the spec.
      'a.yaml:4:3',
    ],
    [
      'a custom profile above a built-in one',
      {
        'a.yaml': operator('profile: company'),
        'company-profile.yaml': operator('profile: openshift', 'values: {global: {platform: k3s}}'),
      },
      {},
      platform,
      'k3s',
      'company-profile.yaml:5:31',
    ],
    [
      'a custom profile above the one that it names',
      {
        'a.yaml': operator('profile: company'),
        'company-profile.yaml': operator('profile: group', 'hub: company'),
        'group-profile.yaml': operator('profile: minimal', 'hub: group', 'tag: group'),
      },
      {},
      ['hub'],
      'company',
      'company-profile.yaml:5:8',
    ],
    [
      'the lower custom profile where the upper one is silent',
      {
        'a.yaml': operator('profile: company'),
        'company-profile.yaml': operator('profile: group'),
        'group-profile.yaml': operator('profile: minimal', 'tag: group'),
      },
      {},
      ['tag'],
      'group',
      'group-profile.yaml:5:8',
    ],
    [
      'an environment above custom profiles',
      { 'a.yaml': operator('profile: company'), 'company-profile.yaml': logs('info') },
      { environment: 'dev' },
      logLevel,
      'debug',
      // The preset stands in no file; the nearest that the user wrote is the spec.
      'a.yaml:4:3',
    ],
    [
      'a file above the environment',
      { 'a.yaml': logs('info') },
      { environment: 'dev' },
      logLevel,
      'info',
      'a.yaml:7:19',
    ],
    [
      'what was detected above a custom profile',
      {
        'a.yaml': operator('profile: company'),
        'company-profile.yaml': operator('values: {global: {platform: k3s}}'),
      },
      { kubeVersion: '1.33.1-gke.100' },
      platform,
      'gke',
      'a.yaml:4:3',
    ],
    [
      'a file above what was detected',
      { 'a.yaml': operator('values: {global: {platform: k3s}}') },
      { kubeVersion: '1.33.1-gke.100' },
      platform,
      'k3s',
      'a.yaml:4:31',
    ],
    [
      'a later file above an earlier one',
      { 'a.yaml': logs('info'), 'b.yaml': logs('warning') },
      {},
      logLevel,
      'warning',
      'b.yaml:7:19',
    ],
    [
      'an earlier file where the later one is silent',
      { 'a.yaml': logs('info'), 'b.yaml': operator('hub: b') },
      {},
      logLevel,
      'info',
      'a.yaml:7:19',
    ],
    [
      'a flag above files',
      { 'a.yaml': logs('info'), 'b.yaml': logs('warning') },
      sets('values.global.proxy.logLevel=error'),
      logLevel,
      'error',
      '--set:1:30',
    ],
    [
      'a later flag above an earlier one',
      {},
      sets('values.global.proxy.logLevel=error', 'hub=x', 'values.global.proxy.logLevel=trace'),
      logLevel,
      'trace',
      '--set:3:30',
    ],
    [
      'a flag for one field leaves its neighbours where they are',
      { 'a.yaml': operator('values: {global: {platform: k3s}}') },
      sets('values.global.proxy.logLevel=error'),
      platform,
      'k3s',
      'a.yaml:4:31',
    ],
  ])('%s', (_, files, settings, path, value, place) => {
    const { spec, place: placeOf, problems } = resolved(files, settings)
    expect(problems).toEqual([])
    expect(at(spec, path)).toEqual(value)
    expect(placeOf(['spec', ...path], 'value')).toBe(place)
  })

  test('the profile that the last file or a flag names counts', () => {
    const files = { 'a.yaml': operator('profile: demo'), 'b.yaml': operator('profile: ambient') }
    const enabled = (outcome: Resolved) => at(outcome.spec, ['components', 'ztunnel', 'enabled'])
    expect(enabled(resolved(files))).toBe(true)
    expect(enabled(resolved(files, sets('profile=remote')))).toBe(undefined)
    expect(at(resolved(files, sets('profile=remote')).spec, ['values', 'profile'])).toBe('remote')
  })

  test('GKE moves a CNI agent that is there, and brings none', () => {
    const settings = { kubeVersion: 'v1.33.1-gke.100' }
    const cni = ['components', 'cni']
    expect(at(resolved({ 'a.yaml': operator('profile: minimal') }, settings).spec, cni)).toBe(undefined)
    const ambient = resolved({ 'a.yaml': operator('profile: ambient') }, settings)
    expect(at(ambient.spec, cni)).toEqual({ enabled: true, namespace: 'kube-system' })
    expect(at(ambient.values, ['cni', 'resourceQuotas', 'enabled'])).toBe(false)
    expect(at(resolved({ 'a.yaml': operator('profile: ambient') }, { kubeVersion: '1.33.1' }).spec, cni)).toEqual({
      enabled: true,
    })
  })

  test.each(Object.keys(builtIn))('the built-in profile %s lies above the default one', (name) => {
    const { spec, problems } = resolved({ 'a.yaml': operator(`profile: ${name}`) })
    expect(problems).toEqual([])
    expect(spec).toMatchObject({ profile: name, hub: 'registry.istio.io/release', tag: '1.30.3' })
  })
})

describe('lists', () => {
  const gateways = (...lines: string[]) =>
    operator('components:', '  ingressGateways:', ...lines.map((line) => `  ${line}`))
  const two = {
    'a.yaml': gateways('- name: istio-ingressgateway', '  label: {a: "1"}', '- name: edge'),
    'b.yaml': gateways('- name: public', '- name: edge', '  enabled: false'),
  }
  const list: Path = ['components', 'ingressGateways']

  test.each<[string, Settings['merge'], string[], (string | undefined)[]]>([
    ['replace', { lists: 'replace', paths: {} }, ['public', 'edge'], ['b.yaml:6:13', 'b.yaml:7:13']],
    [
      'append',
      { lists: 'append', paths: {} },
      ['istio-ingressgateway', 'istio-ingressgateway', 'edge', 'public', 'edge'],
      // The profile's own stands nowhere; the list does.
      ['b.yaml:6:5', 'a.yaml:6:13', 'a.yaml:8:13', 'b.yaml:6:13', 'b.yaml:7:13'],
    ],
    [
      'merge',
      { lists: 'merge', paths: {} },
      ['istio-ingressgateway', 'edge', 'public'],
      ['a.yaml:6:13', 'b.yaml:7:13', 'b.yaml:6:13'],
    ],
    [
      'merge for this path alone',
      { lists: 'replace', paths: { 'spec.components.ingressGateways': 'merge' } },
      ['istio-ingressgateway', 'edge', 'public'],
      ['a.yaml:6:13', 'b.yaml:7:13', 'b.yaml:6:13'],
    ],
    [
      'replace for this path alone',
      { lists: 'merge', paths: { 'spec.components.ingressGateways': 'replace' } },
      ['public', 'edge'],
      ['b.yaml:6:13', 'b.yaml:7:13'],
    ],
  ])('%s', (_, merge, names, places) => {
    const { spec, place } = resolved(two, { merge })
    const items = at(spec, list) as { name: string }[]
    expect(items.map(({ name }) => name)).toEqual(names)
    expect(names.map((_, index) => place(['spec', ...list, index, 'name'], 'value'))).toEqual(places)
  })

  test('merged items have the fields of both, each from its own place', () => {
    const { spec, place } = resolved(two, { merge: { lists: 'merge', paths: {} } })
    expect(at(spec, [...list, 'istio-ingressgateway'])).toEqual({
      name: 'istio-ingressgateway',
      enabled: true,
      label: { a: '1' },
    })
    expect(at(spec, [...list, 'edge'])).toEqual({ name: 'edge', enabled: false })
    expect(place(['spec', ...list, 0, 'label', 'a'], 'key')).toBe('a.yaml:7:15')
    expect(place(['spec', ...list, 1, 'enabled'], 'value')).toBe('b.yaml:8:16')
  })

  test('a flag sets a field of an item of the files, whatever its index becomes', () => {
    const { spec, place, problems } = resolved(two, {
      merge: { lists: 'merge', paths: {} },
      ...sets('components.ingressGateways[name:public].enabled=true'),
    })
    expect(problems).toEqual([])
    expect(at(spec, [...list, 'public'])).toEqual({ name: 'public', enabled: true })
    expect(place(['spec', ...list, 2, 'enabled'], 'value')).toBe('--set:1:49')
    expect(place(['spec', ...list, 2, 'name'], 'value')).toBe('b.yaml:6:13')
  })
})

describe('null', () => {
  test.each<[string, string, Path, unknown, string]>([
    ['a scalar of a profile', 'hub: null', ['hub'], null, 'a.yaml:4:8'],
    ['a block of values', 'values: {global: null}', ['values', 'global'], null, 'a.yaml:4:20'],
    ['a component', 'components: {pilot: ~}', ['components', 'pilot'], null, 'a.yaml:4:23'],
    ['nothing written is null', 'tag:', ['tag'], null, 'a.yaml:4:3'],
  ])('takes away %s', (_, line, path, value, place) => {
    const { spec, place: placeOf } = resolved({ 'a.yaml': operator(line) })
    expect(at(spec, path)).toBe(value)
    expect(placeOf(['spec', ...path], 'value')).toBe(place)
  })

  test('of an earlier file is overridden by a later one', () => {
    const { spec } = resolved({ 'a.yaml': operator('hub: null'), 'b.yaml': operator('hub: b') })
    expect(spec.hub).toBe('b')
  })

  test('a spec with nothing below it changes nothing', () => {
    const plain = resolved({ 'a.yaml': operator('profile: demo') })
    const { spec } = resolved({ 'a.yaml': operator('profile: demo'), 'b.yaml': `${head}spec:\n` })
    expect(spec).toEqual(plain.spec)
    expect(resolved({ 'a.yaml': head }).spec).toEqual(resolved({}).spec)
  })
})

describe('aliases and merge keys', () => {
  const text = `${head}spec:
  components:
    pilot: &component
      k8s: &k8s
        nodeSelector: {pool: mesh}
    cni:
      <<: *component
      enabled: true
    ztunnel:
      k8s: *k8s
      namespace: lower
`
  test('are what they stand for', () => {
    const { spec, problems } = resolved({ 'a.yaml': text })
    expect(problems).toEqual([])
    expect(at(spec, ['components', 'cni'])).toEqual({ enabled: true, k8s: { nodeSelector: { pool: 'mesh' } } })
    expect(at(spec, ['components', 'ztunnel', 'k8s', 'nodeSelector', 'pool'])).toBe('mesh')
  })

  test('lead to where the value is written', () => {
    const { place } = resolved({ 'a.yaml': text, 'b.yaml': operator('components: {ztunnel: {namespace: upper}}') })
    const pool: Path = ['k8s', 'nodeSelector', 'pool']
    for (const component of ['pilot', 'cni', 'ztunnel']) {
      expect(place(['spec', 'components', component, ...pool], 'value')).toBe('a.yaml:7:30')
    }
    expect(place(['spec', 'components', 'ztunnel', 'namespace'], 'value')).toBe('b.yaml:4:37')
  })

  test('a file merged upon an alias changes one of its places only', () => {
    const { spec } = resolved({
      'a.yaml': text,
      'b.yaml': operator('components: {ztunnel: {k8s: {nodeSelector: {pool: other}}}}'),
    })
    expect(at(spec, ['components', 'pilot', 'k8s', 'nodeSelector', 'pool'])).toBe('mesh')
    expect(at(spec, ['components', 'ztunnel', 'k8s', 'nodeSelector', 'pool'])).toBe('other')
  })
})

describe('values that follow from other fields', () => {
  test.each<[string, string[], Path, unknown, string]>([
    ['hub', ['hub: h'], ['global', 'hub'], 'h', 'a.yaml:4:8'],
    ['a hub that reads as a number', ['hub: 15'], ['global', 'hub'], 15, 'a.yaml:4:8'],
    ['tag', ['tag: t'], ['global', 'tag'], 't', 'a.yaml:4:8'],
    ['a tag that reads as a number stays text', ['tag: 1.10'], ['global', 'tag'], '1.1', 'a.yaml:4:8'],
    ['a tag between quotes', ['tag: "1.10"'], ['global', 'tag'], '1.10', 'a.yaml:4:8'],
    ['a large tag prints as Go prints it', ['tag: 20260101'], ['global', 'tag'], '2.0260101e+07', 'a.yaml:4:8'],
    ['revision', ['revision: r'], ['revision'], 'r', 'a.yaml:4:13'],
    ['compatibilityVersion', ['compatibilityVersion: "1.28"'], ['compatibilityVersion'], '1.28', 'a.yaml:4:25'],
    [
      'a value that says it itself, above the field',
      ['hub: h', 'values: {global: {hub: v}}'],
      ['global', 'hub'],
      'v',
      'a.yaml:5:26',
    ],
    [
      'unvalidatedValues above values',
      ['values: {pilot: {env: {A: v}}}', 'unvalidatedValues: {pilot: {env: {A: u}}}'],
      ['pilot', 'env', 'A'],
      'u',
      'a.yaml:5:40',
    ],
    [
      'values where unvalidatedValues are silent',
      ['values: {pilot: {env: {A: v}}}', 'unvalidatedValues: {pilot: {env: {B: u}}}'],
      ['pilot', 'env', 'A'],
      'v',
      'a.yaml:4:29',
    ],
    ['the mesh configuration', ['meshConfig: {accessLogFile: m}'], ['meshConfig', 'accessLogFile'], 'm', 'a.yaml:4:31'],
    [
      "the mesh configuration above the values' own",
      ['meshConfig: {accessLogFile: m}', 'values: {meshConfig: {accessLogFile: v, rootNamespace: r}}'],
      ['meshConfig', 'accessLogFile'],
      'm',
      'a.yaml:4:31',
    ],
    [
      "the values' own where the mesh configuration is silent",
      ['meshConfig: {accessLogFile: m}', 'values: {meshConfig: {accessLogFile: v, rootNamespace: r}}'],
      ['meshConfig', 'rootNamespace'],
      'r',
      'a.yaml:5:58',
    ],
  ])('%s', (_, spec, path, value, place) => {
    const { values, place: placeOf, problems } = resolved({ 'a.yaml': operator(...spec) })
    expect(problems).toEqual([])
    expect(at(values, path)).toEqual(value)
    expect(placeOf(['spec', 'values', ...path], 'value')).toBe(place)
  })

  test.each<[string, Files, Partial<Settings>, unknown, string]>([
    [
      'a later file',
      { 'a.yaml': operator('values: {global: {hub: v}}'), 'b.yaml': operator('hub: h') },
      {},
      'v',
      'a.yaml:4:26',
    ],
    [
      'a file above a profile',
      {
        'a.yaml': operator('profile: company', 'hub: h'),
        'company-profile.yaml': operator('values: {global: {hub: v}}'),
      },
      {},
      'h',
      'a.yaml:5:8',
    ],
    [
      'a profile below a file that says the value',
      {
        'a.yaml': operator('profile: company', 'values: {global: {hub: v}}'),
        'company-profile.yaml': operator('hub: h'),
      },
      {},
      'v',
      'a.yaml:5:26',
    ],
    ['a flag', { 'a.yaml': operator('hub: h') }, sets('hub=flag'), 'flag', '--set:1:5'],
    ['a flag for the value', { 'a.yaml': operator('hub: h') }, sets('values.global.hub=flag'), 'flag', '--set:1:19'],
  ])('the hub, from %s', (_, files, settings, hub, place) => {
    const { values, place: placeOf } = resolved(files, settings)
    expect(at(values, ['global', 'hub'])).toBe(hub)
    expect(placeOf(['spec', 'values', 'global', 'hub'], 'value')).toBe(place)
  })

  test('which components are on is a value, whatever the user wrote there', () => {
    const { values } = resolved({
      'a.yaml': operator('profile: ambient', 'values: {pilot: {enabled: false, cni: {enabled: false}}}'),
    })
    expect(at(values, ['pilot', 'enabled'])).toBe(true)
    expect(at(values, ['pilot', 'cni', 'enabled'])).toBe(true)
  })

  test.each<[string, string, string, string]>([
    ['the value', 'namespace: meta', 'values: {global: {istioNamespace: value}}', 'value'],
    ['the default, which is a value too', 'namespace: meta', 'values: {}', 'istio-system'],
    ['the metadata where there is no such value', 'namespace: meta', 'values: {global: {istioNamespace: ""}}', 'meta'],
    ['istio-system where there is neither', 'name: x', 'values: {global: {istioNamespace: null}}', 'istio-system'],
  ])('the namespace is %s', (_, metadata, spec, namespace) => {
    const text = `${head}metadata:\n  ${metadata}\nspec:\n  ${spec}\n`
    expect(resolved({ 'a.yaml': text }).namespace).toBe(namespace)
  })

  test('the revision is what the values say of it', () => {
    expect(resolved({}).revision).toBe('')
    expect(resolved({ 'a.yaml': operator('revision: canary') }).revision).toBe('canary')
    expect(resolved({ 'a.yaml': operator('values: {revision: canary}') }).revision).toBe('canary')
  })
})

describe('what is wrong', () => {
  test.each<[string, Files, Partial<Settings>, string, string | undefined, string]>([
    [
      'an unknown profile',
      { 'a.yaml': operator('profile: minimol') },
      {},
      'unknown-profile',
      'a.yaml:4:12',
      'did you mean "minimal"?',
    ],
    [
      'an unknown profile of a profile',
      { 'a.yaml': operator('profile: company'), 'company-profile.yaml': operator('profile: compny') },
      {},
      'unknown-profile',
      'company-profile.yaml:4:12',
      'did you mean "company"?',
    ],
    ['an unknown profile of a flag', {}, sets('hub=x', 'profile=nope'), 'unknown-profile', '--set:2:9', 'Known are'],
    [
      'a cycle of profiles',
      {
        'a.yaml': operator('profile: one'),
        'one-profile.yaml': operator('profile: two'),
        'two-profile.yaml': operator('profile: one'),
      },
      {},
      'profile-cycle',
      'two-profile.yaml:4:12',
      'built-in',
    ],
    [
      'a profile that stands on itself',
      { 'a.yaml': operator('profile: one'), 'one-profile.yaml': operator('profile: one') },
      {},
      'profile-cycle',
      'one-profile.yaml:4:12',
      'built-in',
    ],
    [
      'a flag into the middle of nowhere',
      { 'a.yaml': operator('values: 5') },
      sets('hub=x', 'values.global.hub=y'),
      'set-argument',
      '--set:2:8',
      '',
    ],
    ['a flag without a value', {}, sets('hub'), 'set-doubt', '--set:1:4', 'path=value'],
    ['charts of the user', { 'a.yaml': operator('installPackagePath: /x') }, {}, 'charts-not-read', 'a.yaml:4:23', ''],
    ['charts of the user, as a flag', {}, sets('installPackagePath=/x'), 'charts-not-read', '--set:1:20', ''],
  ])('%s', (_, files, settings, code, place, hint) => {
    const { problems } = resolved(files, settings)
    expect(problems.map((problem) => [problem.code, problem.at && placeText(problem.at)])).toEqual([[code, place]])
    expect(problems[0]?.hint ?? '').toContain(hint)
  })

  test('a wrong flag is left out, and the others count', () => {
    const { spec, problems } = resolved({}, sets('hub=a', 'hub[0].x=b', 'tag=c'))
    expect(problems).toHaveLength(1)
    expect([spec.hub, spec.tag]).toEqual(['a', 'c'])
  })
})

test('nothing has a place when the user wrote nothing', () => {
  const { place, spec } = resolved({}, { environment: 'prod', kubeVersion: '1.33.1-gke.1' })
  for (const path of [[], ['spec'], ['spec', 'hub'], ['spec', 'values', 'pilot', 'env']]) {
    expect([dotted(path), place(path)]).toEqual([dotted(path), undefined])
  }
  expect(at(spec, ['values', 'pilot', 'autoscaleMin'])).toBe(3)
})

test.each<[name: string, text: string, namespace: string]>([
  ['the profile', operator('profile: minimal'), 'istio-system'],
  ['a value', operator('values: {global: {istioNamespace: mesh}}'), 'mesh'],
  [
    'metadata, where the value is empty',
    `metadata: {namespace: x}\n${operator('values: {global: {istioNamespace: ""}}')}`,
    'x',
  ],
  // The installer lays these over the values when it has chosen its namespace already.
  ['no value that comes later', operator('unvalidatedValues: {global: {istioNamespace: mesh}}'), 'istio-system'],
  ['a value, whatever the metadata', `metadata:\n${operator('values: {global: {istioNamespace: mesh}}')}`, 'mesh'],
])('the namespace follows %s', (_, text, namespace) => {
  expect(resolved({ 'a.yaml': text }).namespace).toBe(namespace)
})

test('istioctl loses its namespace where there is nothing to keep it in', () => {
  const text = `metadata:\n${operator('values: {global: {istioNamespace: mesh}}')}`
  expect(resolved({ 'a.yaml': text }, { compat: 'istioctl' }).namespace).toBe('istio-system')
})

test.each<[text: string, path: (string | number)[], part: 'key' | 'value' | undefined, col: number]>([
  ['hub=x', ['spec', 'hub'], 'value', 5],
  ['hub=x', ['spec', 'hub'], 'key', 1],
  ['hub=x', ['spec', 'hub'], undefined, 1],
  ['hub=  x', ['spec', 'hub'], 'value', 7],
  ['hub=', ['spec', 'hub'], 'value', 5],
  ['values.pilot.image=x', ['spec', 'values', 'pilot'], 'key', 8],
  ['values.pilot.image=x', ['spec', 'values'], 'value', 1],
  ['values.pilot.image=x', ['spec', 'values', 'pilot', 'image'], 'key', 14],
  ['values..pilot.env.a\\.b=x', ['spec', 'values', 'pilot', 'env', 'a.b'], 'key', 19],
  ['components.egressGateways[0].name=x', ['spec', 'components', 'egressGateways', 0], 'key', 26],
  ['components.egressGateways[0].name=x', ['spec', 'components', 'egressGateways', 0, 'name'], 'value', 35],
  // What is inside of a value stands where the value does.
  ['hub=x', ['spec', 'hub', 0], 'key', 5],
])('--set %s has %j (%s) at column %i', (text, path, part, col) => {
  const { locate } = resolved({}, sets(text))
  expect(locate(path, part)).toEqual({ file: '--set', line: 1, col })
})

test('of a flag that is short for a --set only the value was typed', () => {
  const { locate } = resolved({}, { sets: [{ text: 'revision=a', lead: 9, source: '--revision', line: 1 }] })
  expect(locate(['spec', 'revision'], 'value')).toEqual({ file: '--revision', line: 1, col: 1 })
  expect(locate(['spec', 'revision'], 'key')).toEqual({ file: '--revision', line: 1, col: 1 })
})
