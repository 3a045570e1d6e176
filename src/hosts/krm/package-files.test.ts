import { describe, expect, test } from 'vitest'
import { object } from '../../k8s/object.ts'
import type { Document } from '../../yaml/document.ts'
import { placeInFiles } from './package-files.ts'

const operator = (name: string, file: string): Document => ({
  value: { apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', metadata: { name } },
  file,
  at: { file, line: 1, col: 1 },
  locate: () => undefined,
})

const rendered = (owner: string, ...components: ('Base' | 'Pilot' | 'IngressGateways')[]) =>
  components.map((component, index) => ({
    owner,
    phase: 'crds' as const,
    component,
    object: object('ConfigMap', { name: `x${index}`, annotations: { mine: 'kept' } }),
  }))

const places = (objects: ReturnType<typeof placeInFiles>) =>
  objects.map(({ metadata: { annotations } }) => {
    const a = annotations as { readonly [name: string]: string }
    for (const key of ['path', 'index'])
      expect(a[`config.kubernetes.io/${key}`]).toBe(a[`internal.config.kubernetes.io/${key}`])
    expect(a.mine).toBe('kept')
    return `${a['config.kubernetes.io/path']} ${a['config.kubernetes.io/index']}`
  })

describe('where rendered objects stand', () => {
  test.each<[string, string, string, string]>([
    ['beside the IstioOperator', 'cp', 'mesh/istio.yaml', 'mesh/cp/base.yaml 0'],
    ['in the root of the package', 'cp', 'istio.yaml', 'cp/base.yaml 0'],
    ['deep in the package', 'cp', 'a/b/c/istio.yaml', 'a/b/c/cp/base.yaml 0'],
    ['under a name with dots', 'cp.v1', 'istio.yaml', 'cp.v1/base.yaml 0'],
    ['never above, whatever the name', '../../x', 'mesh/istio.yaml', 'mesh/--..-x/base.yaml 0'],
    ['never in the folder itself', '.', 'mesh/istio.yaml', 'mesh/-/base.yaml 0'],
    ['in one folder, whatever the name', 'a/b\\c d\n', 'istio.yaml', 'a-b-c-d-/base.yaml 0'],
  ])('%s', (_, name, file, expected) => {
    expect(places(placeInFiles(rendered(`istio-system/${name}`, 'Base'), [operator(name, file)], []))).toEqual([
      expected,
    ])
  })

  test('a file a component, numbered in order', () => {
    const objects = rendered('istio-system/cp', 'Base', 'Pilot', 'Base', 'IngressGateways', 'Pilot')
    expect(places(placeInFiles(objects, [operator('cp', 'istio.yaml')], []))).toEqual([
      'cp/base.yaml 0',
      'cp/istiod.yaml 0',
      'cp/base.yaml 1',
      'cp/ingress-gateways.yaml 0',
      'cp/istiod.yaml 1',
    ])
  })

  test('behind what others have in the same file', () => {
    const squatter = (annotations: object) => ({ value: { metadata: { annotations } }, text: undefined })
    const kept = [
      squatter({ 'config.kubernetes.io/path': 'cp/base.yaml', 'config.kubernetes.io/index': '4' }),
      squatter({ 'internal.config.kubernetes.io/path': 'cp/istiod.yaml' }),
      squatter({}),
      { value: 'text', text: undefined },
    ]
    expect(
      places(placeInFiles(rendered('istio-system/cp', 'Base', 'Pilot'), [operator('cp', 'i.yaml')], kept)),
    ).toEqual(['cp/base.yaml 5', 'cp/istiod.yaml 1'])
  })
})
