import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runFunction } from '../src/hosts/krm.ts'

type Tree = {
  [key: string]: unknown
  metadata: { name: string; labels?: object; annotations: { [name: string]: string } }
}

const operator = (name: string, spec: string, extra = '') => `- apiVersion: install.istio.io/v1alpha1
  kind: IstioOperator
  metadata:
    name: ${name}
    annotations:
      internal.config.kubernetes.io/path: mesh/${name}.yaml
      internal.config.kubernetes.io/index: '0'${extra}
  spec: ${spec}
`
const list = (items: string, rest = '', version = 'v1') =>
  `apiVersion: config.kubernetes.io/${version}\nkind: ResourceList\nitems:\n${items}${rest}`

function run(text: string) {
  const outcome = runFunction(new TextEncoder().encode(text))
  const read = outcome.stdout === '' ? undefined : parse(outcome.stdout, { maxAliasCount: -1 })
  return { ...outcome, items: (read?.items ?? []) as Tree[], results: (read?.results ?? []) as Tree[], read }
}

const names = (items: readonly Tree[], kind: string) =>
  items.filter((item) => item.kind === kind).map(({ metadata }) => metadata.name)

const foreign = `- apiVersion: v1 # a comment
  kind: ConfigMap
  metadata:
    name: "mine"
    annotations:
      config.k8s.io/id: '7'
      internal.config.kubernetes.io/id: '7'
  data:
    text: |
      - a
      # no comment

      b
`

describe('items', () => {
  test('what is not ours passes through untouched, in order and to the letter', () => {
    const { stdout, exitCode } = run(
      list(foreign + operator('cp', '{profile: minimal}') + foreign.replaceAll('7', '8').replace('mine', 'mine-too')),
    )
    expect(exitCode).toBe(0)
    expect(stdout).toContain(foreign)
    expect(stdout).toContain(foreign.replaceAll('7', '8').replace('mine', 'mine-too'))
    expect(stdout.indexOf('mine"')).toBeLessThan(stdout.indexOf('kind: IstioOperator'))
    expect(stdout.indexOf('kind: IstioOperator')).toBeLessThan(stdout.indexOf('mine-too'))
  })

  test('an item that leans on an anchor elsewhere keeps its meaning', () => {
    const anchored = foreign
      .replace('name: "mine"', 'name: &name "mine"')
      .replace('text: |', 'name: *name\n    text: |')
    const { items } = run(
      list(
        `${anchored}- {apiVersion: v1, kind: Secret, metadata: {name: *name}}\n${operator('cp', '{profile: minimal}')}`,
      ),
    )
    expect(names(items, 'Secret')).toEqual(['mine'])
  })

  test('the IstioOperator goes back marked, so that nobody applies it', () => {
    const { items } = run(list(operator('cp', '{profile: minimal}')))
    const [first] = items
    expect(first?.kind).toBe('IstioOperator')
    expect(first?.metadata.annotations['config.kubernetes.io/local-config']).toBe('true')
  })

  test('rendered objects have a place of their own under both keys, and an owner', () => {
    const { items } = run(list(operator('cp', '{profile: default}')))
    const rendered = items.slice(1)
    const places = rendered.map(({ metadata: { annotations: a } }) => {
      expect(a['config.kubernetes.io/path']).toBe(a['internal.config.kubernetes.io/path'])
      expect(a['config.kubernetes.io/index']).toBe(a['internal.config.kubernetes.io/index'])
      expect(a['render-istio.dev/owner']).toBe('istio-system/cp')
      return `${a['config.kubernetes.io/path']}#${a['config.kubernetes.io/index']}`
    })
    expect(new Set(places).size).toBe(rendered.length)
    expect(places.every((place) => place.startsWith('mesh/cp/'))).toBe(true)
  })

  test('a file of somebody else in the same place keeps its index', () => {
    const squatter = foreign
      .replace(
        "id: '7'\n      internal",
        "path: mesh/cp/istiod.yaml\n      internal.config.kubernetes.io/path: mesh/cp/istiod.yaml\n      internal.config.kubernetes.io/index: '3'\n      config.kubernetes.io/index: '3'\n      x",
      )
      .replace('config.k8s.io/path', 'config.kubernetes.io/path')
    const { items } = run(list(squatter + operator('cp', '{profile: minimal}')))
    const indexes = items
      .slice(2)
      .flatMap(({ metadata: { annotations: a } }) =>
        a['config.kubernetes.io/path'] === 'mesh/cp/istiod.yaml' ? [Number(a['config.kubernetes.io/index'])] : [],
      )
    expect(Math.min(...indexes)).toBe(4)
  })
})

describe('running again', () => {
  test('changes nothing', () => {
    const once = run(list(foreign + operator('cp', '{profile: ambient}')))
    expect(run(once.stdout).stdout).toBe(once.stdout)
  })

  test('takes away what is switched off, and nothing else', () => {
    const before = run(list(foreign + operator('cp', '{profile: default}')))
    expect(names(before.items, 'Deployment')).toEqual(['istiod', 'istio-ingressgateway'])
    const after = run(before.stdout.replace('profile: default', 'profile: minimal'))
    expect(names(after.items, 'Deployment')).toEqual(['istiod'])
    expect(names(after.items, 'ConfigMap')).toContain('mine')
    const fresh = run(list(foreign + operator('cp', '{profile: minimal}')))
    expect(after.stdout).toBe(fresh.stdout)
  })

  test('takes over what a renamed IstioOperator rendered, and says what is left of it', () => {
    const before = run(list(operator('old', '{profile: default}')))
    const { items, exitCode, results } = run(
      before.stdout
        .replace(/name: old$/m, 'name: new')
        .replace('default}', 'minimal}')
        .replace('profile: default', 'profile: minimal'),
    )
    expect(exitCode).toBe(0)
    expect(names(items, 'Deployment').sort()).toEqual(['istio-ingressgateway', 'istiod'])
    expect(results.filter(({ tags }) => (tags as { code: string } | undefined)?.code === 'owner-gone')).toHaveLength(1)
  })

  test('refuses what somebody else has too', () => {
    const theirs = '- {apiVersion: apps/v1, kind: Deployment, metadata: {name: istiod, namespace: istio-system}}\n'
    const { exitCode, results } = run(list(theirs + operator('cp', '{profile: minimal}')))
    expect(exitCode).toBe(1)
    expect(results[0]?.message).toContain('beside the one that is rendered')
  })
})

describe('the IstioOperator', () => {
  const config = operator('cp', '{profile: minimal}').replace(/^- /, '  ').replaceAll('\n  ', '\n  ').replace(/^/, '')
  const asConfig = `functionConfig:\n${config}`

  test.each([
    ['as an item', list(operator('cp', '{profile: minimal}'))],
    ['as the functionConfig', list('- {apiVersion: v1, kind: Secret, metadata: {name: a}}\n', asConfig)],
    ['as both, which kustomize generators do', list(operator('cp', '{profile: minimal}'), asConfig)],
    ['in a v1beta1 list', list(operator('cp', '{profile: minimal}'), '', 'v1beta1')],
  ])('%s is rendered once', (_, text) => {
    const { items, exitCode, read } = run(text)
    expect(exitCode).toBe(0)
    expect(names(items, 'Deployment')).toEqual(['istiod'])
    expect(read.apiVersion).toBe(/^apiVersion: (.*)$/m.exec(text)?.[1])
  })

  test('several are several control planes; what they share is there once', () => {
    const { items } = run(
      list(
        operator('blue', '{profile: minimal, revision: blue}') +
          operator('green', '{profile: minimal, revision: green}'),
      ),
    )
    expect(names(items, 'Deployment')).toEqual(['istiod-blue', 'istiod-green'])
    expect(names(items, 'CustomResourceDefinition')).toHaveLength(15)
    expect(names(items, 'Namespace')).toEqual(['istio-system'])
  })

  test('that another one names as its profile is no control plane', () => {
    const company = operator('company', '{profile: minimal, hub: company.example.com/istio}')
    const { items } = run(list(operator('cp', '{profile: company}') + company))
    expect(names(items, 'Deployment')).toEqual(['istiod'])
    expect(JSON.stringify(items)).toContain('company.example.com/istio/pilot:1.30.3')
    const byPath = run(list(operator('cp', '{profile: ./company.yaml}') + company))
    expect(byPath.items.length).toBe(items.length)
  })
})

describe('the functionConfig', () => {
  const item = operator('cp', '{profile: minimal}')

  test('a RenderIstio sets engine and waves', () => {
    const settings = `functionConfig:
  apiVersion: render-istio.dev/v1alpha1
  kind: RenderIstio
  spec: {engine: argocd, waves: {start: 10, step: 5}, set: ["values.global.network=net1"]}
`
    const { items } = run(list(item, settings))
    const [namespace] = items.filter(({ kind }) => kind === 'Namespace')
    expect(namespace?.metadata.annotations['argocd.argoproj.io/sync-wave']).toBe('10')
    expect(namespace?.metadata.labels).toEqual({ 'topology.istio.io/network': 'net1' })
    expect(JSON.stringify(items)).not.toContain('depends-on')
  })

  test('a ConfigMap says the same as text', () => {
    const settings = `functionConfig:
  apiVersion: v1
  kind: ConfigMap
  data: {engine: argocd, waves.start: "10", waves.step: "5", set: "values.global.network=net1\\nhub=h.example.com/x"}
`
    const { items, exitCode } = run(list(item, settings))
    expect(exitCode).toBe(0)
    expect(items.find(({ kind }) => kind === 'Namespace')?.metadata.annotations['argocd.argoproj.io/sync-wave']).toBe(
      '10',
    )
    expect(JSON.stringify(items)).toContain('h.example.com/x/pilot')
  })

  test('anything else is refused, and the items go back', () => {
    const { items, exitCode, results } = run(list(item, 'functionConfig: {apiVersion: v1, kind: Secret}\n'))
    expect(exitCode).toBe(1)
    expect(items).toHaveLength(1)
    expect(results[0]).toMatchObject({ severity: 'error', tags: { code: 'function-config' } })
  })
})

test('problems point into the item, in the file that it comes from', () => {
  const text = list(operator('cp', '\n    profile: defalt', '\n      config.kubernetes.io/index: "0"'))
  const { problems, results, items } = run(text)
  expect(problems[0]?.at).toEqual({ file: 'mesh/cp.yaml', line: 6, col: 14 - 2, item: 0 })
  expect(results[0]).toMatchObject({
    severity: 'error',
    resourceRef: { kind: 'IstioOperator', name: 'cp' },
    field: { path: 'spec.profile' },
    file: { path: 'mesh/cp.yaml', index: 0 },
  })
  expect(items).toHaveLength(1)
})

test('with `mode: validate` every item goes back to the letter, and the results tell', () => {
  const settings = 'functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  data: {mode: validate}\n'
  const sound = foreign + operator('cp', '{profile: minimal} # enough')
  const { stdout, exitCode, results, items } = run(list(sound, settings))
  expect({ exitCode, kinds: items.map(({ kind }) => kind) }).toEqual({
    exitCode: 0,
    kinds: ['ConfigMap', 'IstioOperator'],
  })
  expect(stdout).toContain(sound)
  expect(results).toEqual([{ severity: 'info', message: expect.stringMatching(/^valid, for \d+ objects: /) }])
  const wrong = run(list(operator('cp', '{profile: minimul}'), settings))
  expect({ exitCode: wrong.exitCode, severity: wrong.results[0]?.severity }).toEqual({ exitCode: 1, severity: 'error' })
})

test('the IstioOperator keeps its comments when it is marked', () => {
  const { stdout } = run(list(operator('cp', '{profile: minimal} # kpt-set: ${profile}')))
  expect(stdout).toContain('spec: {profile: minimal} # kpt-set: ${profile}')
  expect(stdout).toContain('config.kubernetes.io/local-config: "true"')
})

describe('what was done is said aloud', () => {
  const kustomized = (mode: string, key = 'config.kubernetes.io/function') =>
    `functionConfig:
  apiVersion: render-istio.dev/v1alpha1
  kind: RenderIstio
  metadata:
    name: settings
    annotations: {${key}: "exec: {path: render-istio}"}
  spec: {mode: ${mode}}
`
  test.each<[string, string, string, unknown]>([
    ['under kustomize', '{profile: minimal}', kustomized('render'), expect.stringMatching(/^rendered 35 objects: /)],
    ['under an older one', '{profile: minimal}', kustomized('render', 'config.k8s.io/function'), expect.any(String)],
    [
      'under kustomize',
      '{profile: minimal}',
      kustomized('validate'),
      expect.stringMatching(/^valid, for 35 objects: /),
    ],
    ['not when it went wrong', '{profile: minimul}', kustomized('render'), undefined],
    ['not where results are shown', '{profile: minimal}', '', undefined],
  ])('%s', (_, spec, config, expected) => {
    expect(run(list(operator('cp', spec), config)).notice).toEqual(expected)
  })
})
