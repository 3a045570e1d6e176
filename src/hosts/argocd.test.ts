import { expect, test } from 'vitest'
import { object } from '../k8s/object.ts'
import type { Problem } from '../problem.ts'
import { defaultSettings, type Settings } from '../settings.ts'
import { type Environment, hostOf, settingsBelowParameters, settingsOfApplication, unservedApis } from './argocd.ts'

function settings(environment: Environment, base: Settings = defaultSettings) {
  const problems: Problem[] = []
  const read = settingsOfApplication({ ARGOCD_APP_NAME: 'mesh', ...environment }, base, (one) => problems.push(one))
  return { ...read, problems, texts: read.sets.map(({ text }) => text) }
}

const parameters = (...list: unknown[]) => ({ ARGOCD_APP_PARAMETERS: JSON.stringify(list) })

test.each<[string, Environment, Partial<Settings> & { texts?: string[] }]>([
  ['no section about the plugin', {}, { sets: [] }],
  ['a section without parameters', { ARGOCD_APP_PARAMETERS: 'null' }, { sets: [] }],
  ['an empty list', { ARGOCD_APP_PARAMETERS: '[]' }, { sets: [] }],
  ['nothing at all', { ARGOCD_APP_PARAMETERS: '' }, { sets: [] }],
  ['a text', parameters({ name: 'profile', string: 'demo' }), { texts: ['profile=demo'] }],
  ['an empty text', parameters({ name: 'profile', string: '' }), { texts: [] }],
  ['a parameter without a value', parameters({ name: 'profile' }), { texts: [] }],
  ['a list', parameters({ name: 'set', array: ['a=b', 'c=d'] }), { texts: ['a=b', 'c=d'] }],
  ['an empty list as value', parameters({ name: 'set', array: [] }), { texts: [] }],
  ['lines for a list', parameters({ name: 'set', string: 'a=b\n\n c=d\n' }), { texts: ['a=b', 'c=d'] }],
  [
    'a map, in the order of its keys',
    parameters({ name: 'values', map: { 'pilot.b': '2', 'global.a': '1' } }),
    { texts: ['values.global.a=1', 'values.pilot.b=2'] },
  ],
  ['an empty map', parameters({ name: 'values', map: {} }), { texts: [] }],
  [
    'one that is given twice',
    parameters({ name: 'hub', string: 'a' }, { name: 'hub', string: 'b' }),
    { texts: ['hub=b'] },
  ],
  ['the default revision', parameters({ name: 'revision', string: 'default' }), { texts: [] }],
  [
    'all that are written into the IstioOperator, the particular ones last',
    parameters(
      { name: 'revision', string: 'blue' },
      { name: 'set', array: ['hub=c'] },
      { name: 'values', map: { x: 'y' } },
      { name: 'tag', string: '1' },
      { name: 'hub', string: 'b' },
      { name: 'profile', string: 'a' },
    ),
    { texts: ['profile=a', 'hub=b', 'tag=1', 'values.x=y', 'hub=c', 'revision=blue'] },
  ],
  ['a setting', parameters({ name: 'environment', string: 'prod' }), { environment: 'prod' }],
  [
    'settings of other types',
    parameters(
      { name: 'waves', map: { start: '10', step: '5' } },
      { name: 'keep', array: ['namespaces'] },
      { name: 'allowEmpty', string: 'true' },
      { name: 'merge', map: { lists: 'append', 'spec.meshConfig.extensionProviders': 'merge' } },
    ),
    {
      waves: { start: 10, step: 5 },
      keep: ['namespaces'],
      allowEmpty: true,
      merge: { lists: 'append', paths: { 'spec.meshConfig.extensionProviders': 'merge' } },
    },
  ],
  [
    'leniency, with the waves of Argo CD',
    parameters({ name: 'compat', string: 'istioctl' }),
    { compat: 'istioctl', engine: 'argocd' },
  ],
  ['a variable', { ARGOCD_ENV_PROFILE: 'demo' }, { texts: ['profile=demo'] }],
  ['a variable of two words', { ARGOCD_ENV_KUBE_VERSION: '1.30.0', KUBE_VERSION: '1.33.1' }, { kubeVersion: '1.30.0' }],
  ['a variable with a list', { ARGOCD_ENV_SET: 'a=b\nc=d' }, { texts: ['a=b', 'c=d'] }],
  ['a variable with a map', { ARGOCD_ENV_VALUES: 'a.b = c=d\ne=' }, { texts: ['values.a.b=c=d', 'values.e='] }],
  ['an empty variable', { ARGOCD_ENV_PROFILE: ' ' }, { texts: [] }],
  [
    'parameters after variables',
    { ARGOCD_ENV_HUB: 'a', ...parameters({ name: 'hub', string: 'b' }) },
    { texts: ['hub=a', 'hub=b'] },
  ],
  ["the cluster's version", { KUBE_VERSION: '1.33.1' }, { kubeVersion: '1.33.1' }],
  ['no version', { KUBE_VERSION: '' }, { sets: [] }],
])('%s', (_, environment, expected) => {
  const read = settings(environment)
  expect(read.problems).toEqual([])
  expect(read).toMatchObject(expected)
})

test("what the plugin's arguments say is overridden by variables, and these by parameters", () => {
  const base = { ...defaultSettings, kubeVersion: '1.29.0', environment: 'dev', keep: ['namespaces'] }
  expect(settings({ KUBE_VERSION: '1.33.1' }, base)).toMatchObject({ kubeVersion: '1.29.0', environment: 'dev' })
  expect(settings({ ARGOCD_ENV_ENVIRONMENT: 'test' }, base)).toMatchObject({ environment: 'test' })
  const both = { ARGOCD_ENV_ENVIRONMENT: 'test', ...parameters({ name: 'environment', string: 'prod' }) }
  expect(settings(both, base)).toMatchObject({ environment: 'prod', keep: ['namespaces'] })
})

test.each<[string, Environment, string, RegExp]>([
  ['no JSON', { ARGOCD_APP_PARAMETERS: '[{' }, 'ARGOCD_APP_PARAMETERS', /must be a JSON list/],
  ['no list', { ARGOCD_APP_PARAMETERS: '{}' }, 'ARGOCD_APP_PARAMETERS', /must be a JSON list/],
  ['no name', parameters({ string: 'a' }), 'parameter 1', /must have a `name`/],
  ['no parameter', parameters('a'), 'parameter 1', /must have a `name`/],
  ['an unknown name', parameters({ name: 'profil', string: 'a' }), 'parameter profil', /"profil" is none/],
  ['a list for a text', parameters({ name: 'hub', array: ['a'] }), 'parameter hub', /must be a `string`/],
  ['a text for a map', parameters({ name: 'values', string: 'a' }), 'parameter values', /must be a `map`/],
  ['numbers in a list', parameters({ name: 'set', array: [1] }), 'parameter set', /must be an `array` of texts/],
  ['numbers in a map', parameters({ name: 'values', map: { a: 1 } }), 'parameter values', /must be a `map` of texts/],
  ['a number', parameters({ name: 'tag', string: 1 }), 'parameter tag', /must be a `string`/],
  [
    'a wave that is no number',
    parameters({ name: 'waves', map: { start: 'x' } }),
    'parameter waves',
    /must be a whole number/,
  ],
])('%s is an error that names its place', (_, environment, file, message) => {
  const { problems } = settings(environment)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ severity: 'error', at: { file } })
  expect(problems[0]?.message).toMatch(message)
})

test('a variable that is not known is told and has no effect, as it may be meant for others', () => {
  const { problems, sets } = settings({ ARGOCD_ENV_PROFIL: 'demo', ARGOCD_ENV_GIT_SSH: '1' })
  expect(sets).toEqual([])
  expect(problems.map(({ severity, hint }) => ({ severity, hint }))).toEqual([
    { severity: 'warning', hint: 'did you mean `PROFILE`?' },
    { severity: 'warning', hint: 'it has no effect.' },
  ])
})

test('outside of Argo CD the environment means nothing', () => {
  expect(hostOf({ KUBE_VERSION: '1.20.0', PARAM_PROFILE: 'demo', PATH: '/bin' })).toBeUndefined()
  expect(settingsOfApplication({ KUBE_VERSION: '1.20.0' }, defaultSettings, () => {})).toBe(defaultSettings)
})

test('what the form shows as defaults is what holds without it', () => {
  const environment = { ARGOCD_ENV_HUB: 'a', ...parameters({ name: 'hub', string: 'b' }) }
  expect(settingsBelowParameters(environment, defaultSettings, () => {}).sets.map(({ text }) => text)).toEqual([
    'hub=a',
  ])
})

test.each<[string, string | undefined, string[]]>([
  ['unset', undefined, []],
  ['empty', '', []],
  ['with versions', 'v1,apps/v1', ['policy/v1beta1']],
  ['with kinds', 'v1/Pod,apps/v1/Deployment,policy/v1/PodDisruptionBudget', ['policy/v1beta1']],
  ['with all', 'v1,apps/v1,policy/v1beta1', []],
])('APIs that the cluster does not serve, by a list that is %s', (_, served, expected) => {
  const objects = [
    object('Deployment', { name: 'a' }),
    object('Service', { name: 'a' }),
    object('Service', { name: 'b' }),
    { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'a' } },
    { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'a' } },
  ]
  const problems = unservedApis(objects, served === undefined ? {} : { KUBE_API_VERSIONS: served })
  expect(problems.map(({ message }) => /"(.*?)"/.exec(message)?.[1])).toEqual(expected)
  expect(problems.every(({ severity }) => severity === 'warning')).toBe(true)
})
