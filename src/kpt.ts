import type { Configs, KptFunc, KubernetesObject, Result } from 'kpt-functions'
import { map } from './components/words.ts'
import { runFunction } from './hosts/krm.ts'
import { readDocuments } from './yaml/read.ts'

/**
 * The function for programs that are built with kpt-functions: `run(renderIstio)` makes an executable of it, a pipeline
 * of such functions may call it, and their test runner tests what is around it.
 *
 * `Configs` sorts its objects, so that only the annotations of the objects tell their order, and it has lost the
 * comments already. On a mistake the objects stay as they are, and the results say why. It never rejects.
 */
export const renderIstio: KptFunc = async (configs) => {
  const list = {
    apiVersion: 'config.kubernetes.io/v1',
    kind: 'ResourceList',
    items: configs.getAll(),
    functionConfig: configs.getFunctionConfig(),
  }
  const { stdout, exitCode } = runFunction(new TextEncoder().encode(JSON.stringify(list)))
  const answer = map(readDocuments(stdout, 'stdout', () => undefined)[0]?.value)
  if (exitCode === 0) replace(configs, listOf(answer.items) as KubernetesObject[])
  configs.addResults(...listOf(answer.results).map(result))
}

renderIstio.usage = `Renders the IstioOperators among the objects into the Kubernetes manifests of their mesh.

What an earlier run rendered is replaced; all other objects pass through. The functionConfig is an IstioOperator, a
RenderIstio of render-istio.dev/v1alpha1, or a ConfigMap with the same settings as text. It never talks to a cluster or
a network.`

function replace(configs: Configs, objects: readonly KubernetesObject[]): void {
  configs.deleteAll()
  configs.insert(...objects)
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** kpt-functions has words of its own for two things of the specification. */
function result(told: unknown): Result {
  const { severity, field, ...rest } = map(told)
  const { proposedValue, ...place } = map(field)
  return {
    ...rest,
    severity: severity === 'warning' ? 'warn' : severity,
    ...(field !== undefined && {
      field: { ...place, ...(proposedValue !== undefined && { suggestedValue: proposedValue }) },
    }),
  } as Result
}
