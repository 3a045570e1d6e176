import { choice, int32, nullable, obj, req } from '../../k8s/schema.ts'
import { age, define } from './definition.ts'
import { attachedOnce, targetRef, targetRefs } from './target-reference.ts'
import { trafficMatch, wasmModule } from './wasm-module.ts'
import { workloadSelector } from './workload-selector.ts'

/** A WebAssembly module in the path of the traffic. */
export const wasmPlugin = define({
  group: 'extensions.istio.io',
  kind: 'WasmPlugin',
  plural: 'wasmplugins',
  versions: ['v1alpha1'],
  columns: [age],
  specRequired: true,
  spec: () =>
    obj(
      {
        ...wasmModule('http', 'https', 'oci', 'file'),
        match: trafficMatch(),
        phase: choice('UNSPECIFIED_PHASE', 'AUTHN', 'AUTHZ', 'STATS'),
        priority: nullable(int32),
        selector: workloadSelector,
        targetRef,
        targetRefs,
      },
      req('url'),
      attachedOnce,
    ),
})
