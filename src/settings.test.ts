import { describe, expect, test } from 'vitest'
import { readConfiguration } from './hosts/krm/function-config.ts'
import type { Problem } from './problem.ts'
import { placeText } from './problem-text.ts'
import { changeNames, defaultSettings, engineNames, listStrategies, readSettings, type Settings } from './settings.ts'

interface Said {
  readonly settings: Settings
  readonly problems: readonly Problem[]
}

function inFile(text: string): Said {
  const problems: Problem[] = []
  const { settings } = readConfiguration(text, 'f.yaml', defaultSettings, (problem) => problems.push(problem))
  return { settings, problems }
}

/** A RenderIstio whose `spec` begins in line 5, indented by two. */
function renderIstio(...spec: string[]): Said {
  const lines = ['apiVersion: render-istio.dev/v1alpha1', 'kind: RenderIstio', '# settings', 'spec:']
  return inFile(`${[...lines, ...spec.map((line) => `  ${line}`)].join('\n')}\n`)
}

/** A ConfigMap whose `data` begins in line 5, indented by two. */
function configMap(...data: string[]): Said {
  const lines = ['apiVersion: v1', 'kind: ConfigMap', 'metadata: {name: settings}', 'data:']
  return inFile(`${[...lines, ...data.map((line) => `  ${line}`)].join('\n')}\n`)
}

const plain = ({ place: _, sets, ...rest }: Settings) => ({ ...rest, sets: sets.map(({ text }) => text) })

test('without a word everything is as it is by default', () => {
  expect(plain(renderIstio().settings)).toEqual(plain(defaultSettings))
  expect(plain(configMap().settings)).toEqual(plain(defaultSettings))
})

describe('a field that is right', () => {
  test.each<[string[], string[], object]>([
    [['engine: kpt'], ['engine: kpt'], { engine: 'kpt' }],
    [['compat: istioctl'], ['compat: istioctl'], { compat: 'istioctl', engine: 'none' }],
    [
      ['compat: istioctl', 'engine: flux'],
      ['engine: flux', 'compat: istioctl'],
      { compat: 'istioctl', engine: 'flux' },
    ],
    [['environment: prod'], ['environment: prod'], { environment: 'prod' }],
    [['kubeVersion: "1.33"'], ['kubeVersion: "1.33"'], { kubeVersion: '1.33' }],
    [['kubeVersion: v1.33.1-gke.100'], ['kubeVersion: v1.33.1-gke.100'], { kubeVersion: 'v1.33.1-gke.100' }],
    [['previousVersion: 1.29.2'], ['previousVersion: 1.29.2'], { previousVersion: '1.29.2' }],
    [['profile: demo'], ['profile: demo'], { sets: ['profile=demo'] }],
    [['set: [hub=a, "values.x=on"]'], ['set: |', '  hub=a', '', '  values.x=on'], { sets: ['hub=a', 'values.x=on'] }],
    [['set: []'], ['set: ""'], { sets: [] }],
    [['profile: demo', 'set: [hub=a]'], ['profile: demo', 'set: hub=a'], { sets: ['profile=demo', 'hub=a'] }],
    [['merge: {lists: append}'], ['merge.lists: append'], { merge: { lists: 'append', paths: {} } }],
    [
      ['merge: {paths: {spec.meshConfig.extensionProviders: merge, spec.a: replace}}'],
      ['merge.paths.spec.meshConfig.extensionProviders: merge', 'merge.paths.spec.a: replace'],
      {
        merge: { lists: 'replace', paths: { 'spec.meshConfig.extensionProviders': 'merge', 'spec.a': 'replace' } },
      },
    ],
    [['merge: {}'], [], { merge: { lists: 'replace', paths: {} } }],
    [['waves: {start: 10, step: 5}'], ['waves.start: "10"', 'waves.step: "5"'], { waves: { start: 10, step: 5 } }],
    [['waves: {start: -20}'], ['waves.start: "-20"'], { waves: { start: -20 } }],
    [['waves: {start: 0}'], ['waves.start: "0"'], { waves: { start: 0 } }],
    [['allowEmpty: true'], ['allowEmpty: "true"'], { allowEmpty: true }],
    [['allowEmpty: false'], ['allowEmpty: "false"'], { allowEmpty: false }],
    [['keep: [replicas, namespaces]'], ['keep: |', '  replicas', '  namespaces'], { keep: ['replicas', 'namespaces'] }],
    [['keep: []'], ['keep: ""'], { keep: [] }],
  ])('%s', (spec, data, expected) => {
    for (const { settings, problems } of [renderIstio(...spec), configMap(...data)]) {
      expect(problems).toEqual([])
      expect(plain(settings)).toEqual({ ...plain(defaultSettings), ...expected })
    }
  })

  test.each(engineNames)('engine %s', (engine) => {
    expect(renderIstio(`engine: ${engine}`).settings.engine).toBe(engine)
  })

  test.each(listStrategies)('lists are to %s', (lists) => {
    expect(renderIstio(`merge: {lists: ${lists}}`).settings.merge.lists).toBe(lists)
  })

  test.each(changeNames)('%s is kept', (name) => {
    expect(renderIstio(`keep: [${name}]`).settings.keep).toEqual([name])
  })

  test('is laid over what was said before', () => {
    const before: Settings = {
      ...defaultSettings,
      waves: { step: 3 },
      merge: { lists: 'merge', paths: { 'spec.a': 'append' } },
    }
    const after = readSettings(
      { waves: { start: 1 }, merge: { paths: { 'spec.b': 'replace' } }, set: ['a=b'] },
      { ...before, sets: [{ text: 'x=y', source: '--set', line: 1 }] },
      () => undefined,
      () => {},
    )
    expect(plain(after)).toMatchObject({
      waves: { start: 1, step: 3 },
      merge: { lists: 'merge', paths: { 'spec.a': 'append', 'spec.b': 'replace' } },
      sets: ['x=y', 'a=b'],
    })
  })
})

describe('a field that is wrong', () => {
  test.each<[string, string, string]>([
    ['engine: argo', '5:11', '`spec.engine` must be one of "argocd", "kpt", "flux", "none"; it is "argo"'],
    [
      'engine: constructor',
      '5:11',
      '`spec.engine` must be one of "argocd", "kpt", "flux", "none"; it is "constructor"',
    ],
    ['engine: null', '5:11', 'it is null'],
    ['engine:', '5:3', 'it is null'],
    ['compat: helm', '5:11', '`spec.compat` must be "istioctl"; it is "helm"'],
    ['environment: 5', '5:16', '`spec.environment` must be text; it is 5'],
    ['environment: ""', '5:16', '`spec.environment` must be text; it is ""'],
    ['kubeVersion: 1.33', '5:16', '`spec.kubeVersion` must be a version, such as "1.33.1"; it is 1.33'],
    ['kubeVersion: latest', '5:16', 'it is "latest"'],
    ['previousVersion: latest', '5:20', '`spec.previousVersion` must be a version of Istio'],
    ['profile: [demo]', '5:12', '`spec.profile` must be text; it is ["demo"]'],
    ['set: hub=a', '5:8', '`spec.set` must be a list of "path=value"; it is "hub=a"'],
    ['set: [hub=a, 5]', '5:8', 'it is ["hub=a",5]'],
    ['set: {hub: a}', '5:8', 'it is {"hub":"a"}'],
    ['merge: append', '5:10', '`spec.merge` must be a map; it is "append"'],
    [
      'merge: {lists: concat}',
      '5:18',
      '`spec.merge.lists` must be one of "replace", "append", "merge"; it is "concat"',
    ],
    ['merge: {paths: [spec.a]}', '5:18', '`spec.merge.paths` must name fields below `spec`'],
    ['merge: {paths: {spec.a: concat}}', '5:18', '{"spec.a":"concat"}'],
    [
      'merge: {paths: {meshConfig.extensionProviders: merge}}',
      '5:18',
      '`spec.merge.paths` must name fields below `spec`',
    ],
    ['waves: 5', '5:10', '`spec.waves` must be a map; it is 5'],
    ['waves: {start: "10"}', '5:18', '`spec.waves.start` must be a whole number; it is "10"'],
    ['waves: {start: 1.5}', '5:18', 'it is 1.5'],
    ['waves: {start: 1, step: 0}', '5:27', '`spec.waves.step` must be a whole number of at least 1; it is 0'],
    ['waves: {step: -1}', '5:17', 'it is -1'],
    ['waves: {step: null}', '5:17', 'it is null'],
    ['waves: {step: 1e300}', '5:17', 'must be a whole number of at least 1'],
    ['allowEmpty: "true"', '5:15', '`spec.allowEmpty` must be true or false; it is "true"'],
    ['keep: replicas', '5:9', '`spec.keep` must be a list of "default-revision", "failure-policy",'],
    ['keep: [replicas, replica]', '5:9', 'it is ["replicas","replica"]'],
  ])('%s', (line, place, message) => {
    const { settings, problems } = renderIstio(line)
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['wrong-setting', 'error']])
    expect(problems[0]?.at && placeText(problems[0].at)).toBe(`f.yaml:${place}`)
    expect(problems[0]?.message).toContain(message)
    expect(plain(settings)).toEqual(
      plain({ ...defaultSettings, ...(line.includes('start: 1,') && { waves: { start: 1 } }) }),
    )
  })

  test.each<[string[], string, string]>([
    [['engine: argo'], '5:11', '`data.engine` must be one of'],
    [['# why', 'waves.step: "0"'], '6:15', '`data["waves.step"]` must be a whole number of at least 1; it is 0'],
    [
      ['engine: kpt', 'merge.paths.spec.a: concat'],
      '6:23',
      '`data["merge.paths.spec.a"]` must name fields below `spec`',
    ],
    [['allowEmpty: maybe'], '5:15', '`data.allowEmpty` must be true or false; it is "maybe"'],
    [['keep: replica'], '5:9', 'it is ["replica"]'],
    [['waves: "5"'], '5:10', '`data.waves` must be a map; it is 5'],
  ])('in a ConfigMap: %s', (data, place, message) => {
    const { problems } = configMap(...data)
    expect(problems.map(({ code, at }) => [code, at && placeText(at)])).toEqual([['wrong-setting', `f.yaml:${place}`]])
    expect(problems[0]?.message).toContain(message)
  })

  test.each<[string, string, string]>([
    ['problems.levels.env-not-txt: off', '5:3', '`data["problems.levels.env-not-txt"]` must be the code of a problem'],
    ['problems.levels.env-not-text: loud', '5:33', '`data["problems.levels.env-not-text"]` must be "off", "warn" or'],
    ['problems.ignore: env-not-text', '5:20', '`data["problems.ignore"]` must have a `reason`'],
    ['wave.step: "2"', '5:3', '`data["wave.step"]` must be a setting of RenderIstio'],
  ])('in a ConfigMap is called as it is written there: %s', (line, place, message) => {
    const { problems } = configMap(line)
    expect(problems.map(({ at }) => at && placeText(at))).toEqual([`f.yaml:${place}`])
    expect(problems[0]?.message).toContain(message)
    expect(message).toContain(`\`${problems[0]?.path}\``)
  })

  test.each<[string, string, string]>([
    ['spec: demo', '3:7', '`spec` must be a map; it is "demo"'],
    ['spec: [engine]', '3:7', '`spec` must be a map; it is ["engine"]'],
  ])('%s', (line, place, message) => {
    const { problems } = inFile(`apiVersion: render-istio.dev/v1alpha1\nkind: RenderIstio\n${line}\n`)
    expect(problems.map(({ code, at }) => [code, at && placeText(at)])).toEqual([['wrong-setting', `f.yaml:${place}`]])
    expect(problems[0]?.message).toContain(message)
  })

  test.each<[string]>([['data: engine'], ['data: [engine]'], ['data: 5']])('in a ConfigMap: %s', (line) => {
    const { problems } = inFile(`apiVersion: v1\nkind: ConfigMap\n${line}\n`)
    expect(problems.map(({ code, at }) => [code, at && placeText(at)])).toEqual([['wrong-setting', 'f.yaml:3:7']])
    expect(problems[0]?.message).toContain('`data` must be a map; it is')
  })

  test('all of them are told', () => {
    const { problems } = renderIstio('engine: x', 'waves: {start: x, step: y}', 'nope: 1')
    expect(problems.map(({ path }) => path)).toEqual([
      'spec.engine',
      'spec.waves.start',
      'spec.waves.step',
      'spec.nope',
    ])
  })
})

describe('a field that is not known', () => {
  test.each<[string, string, string, string | undefined]>([
    ['engin: kpt', '5:3', '`spec.engin` must be a setting of RenderIstio; "engin" is none', 'did you mean `engine`?'],
    ['problem: {}', '5:3', '`spec.problem` must be', 'did you mean `problems`?'],
    ['colour: red', '5:3', '`spec.colour` must be', 'known are engine, '],
    ['waves: {stride: 2}', '5:11', '`spec.waves.stride` must be', 'known are start, step.'],
    ['merge: {list: append}', '5:11', '`spec.merge.list` must be', 'did you mean `lists`?'],
    ['toString: 1', '5:3', '`spec.toString` must be', 'known are engine, '],
  ])('%s', (line, place, message, hint) => {
    const { problems } = renderIstio(line)
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['unknown-setting', 'error']])
    expect(problems[0]?.at && placeText(problems[0].at)).toBe(`f.yaml:${place}`)
    expect(problems[0]?.message).toContain(message)
    expect(problems[0]?.hint).toContain(hint)
  })

  test('in a ConfigMap', () => {
    const { problems } = configMap('engine: kpt', 'waves.stride: "2"')
    expect(problems.map(({ code, at }) => [code, at && placeText(at)])).toEqual([['unknown-setting', 'f.yaml:6:3']])
  })
})

describe('the file', () => {
  test.each<[string, string, string, string]>([
    ['of another kind', 'apiVersion: v1\nkind: Secret\n', 'function-config', 'a "Secret" of "v1"'],
    [
      'of another version',
      'apiVersion: render-istio.dev/v9\nkind: RenderIstio\n',
      'function-config',
      '"RenderIstio" of "render-istio.dev/v9"',
    ],
    ['with nothing in it', '', 'function-config', 'must be'],
    ['that is broken', 'spec: [\n', 'yaml-syntax', 'must be closed'],
    ['with two documents', 'kind: A\n---\nkind: B\n', 'function-config', 'one document'],
  ])('%s is refused', (_, text, code, message) => {
    const { problems } = inFile(text)
    expect(problems[0]?.code).toBe(code)
    expect(problems[0]?.message).toContain(message)
  })
})
