import { expect } from 'vitest'
import {
  checkIstiod,
  type IstiodContext,
  type IstiodValues,
  istiodBlocks,
  istiodChart,
  renderIstiod,
} from '../../src/components/istiod/index.ts'
import { chartValues } from '../../src/components/values.ts'
import { type Fields, isMap, type KubeObject } from '../../src/k8s/object.ts'
import type { Problem } from '../../src/problem.ts'

/** What the chart of istiod makes of the values. */
export function istiodContext(given: Fields, namespace = 'istio-system', kubeVersion = '1.32.0'): IstiodContext {
  const values = chartValues(istiodChart, given, (problem) => expect.fail(problem.message))
  const injectionTemplates = { sidecar: 'spec: {{ .Spec }}\n', gateway: 'metadata: {}\n' }
  return {
    values: values as unknown as IstiodValues,
    given,
    namespace,
    version: '1.30.3',
    kubeVersion,
    injectionTemplates,
  }
}

/** The objects of an istiod with those values, which must be without a problem. */
export function istiod(given: Fields, namespace?: string): KubeObject[] {
  const context = istiodContext(given, namespace)
  expect(problems(given)).toEqual([])
  return renderIstiod(context)
}

/** What is wrong with the values, as `code path`. */
export function problems(given: Fields): string[] {
  const context = istiodContext(given)
  for (const block of istiodBlocks) expect(at(context.values, block.split('.'))).toBeTypeOf('object')
  const found: Problem[] = []
  checkIstiod(context, (problem) => found.push(problem))
  return found.map(({ code, path }) => `${code} ${path}`)
}

/** The one object of that kind whose name begins so. */
export function one(objects: readonly KubeObject[], kind: string, name = ''): KubeObject {
  const found = objects.filter((object) => object.kind === kind && String(object.metadata.name).startsWith(name))
  expect(found.map(({ metadata }) => metadata.name)).toHaveLength(1)
  return found[0] as KubeObject
}

/** What stands at a path; a name among the steps picks the item of a list that is called so. */
export function at(tree: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((here: unknown, step) => {
    if (Array.isArray(here)) return typeof step === 'number' ? here[step] : here.find((item) => item.name === step)
    return isMap(here) ? here[step] : undefined
  }, tree)
}

/** The kinds and names of objects, without the labels and specs. */
export function listing(objects: readonly KubeObject[]): string[] {
  return objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()
}
