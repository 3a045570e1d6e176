import { atMostOne, choice, exclusive, int32, nullable, obj, req, rule, str, where } from '../../k8s/schema.ts'
import { age, define } from './definition.ts'
import { targetRefs } from './target-reference.ts'
import { trafficMatch, wasmModule } from './wasm-module.ts'
import { workloadSelector } from './workload-selector.ts'

/** A WebAssembly module or a Lua script in the path of the traffic. */
export const trafficExtension = define({
  group: 'extensions.istio.io',
  kind: 'TrafficExtension',
  plural: 'trafficextensions',
  versions: ['v1alpha1'],
  columns: [age],
  specRequired: true,
  spec: () =>
    obj(
      {
        lua: obj({ inlineCode: where(str, { maxLength: 65536, minLength: 1 }) }, req('inlineCode')),
        match: trafficMatch(),
        phase: choice('UNSPECIFIED', 'AUTHN', 'AUTHZ', 'STATS'),
        priority: nullable(int32),
        selector: workloadSelector,
        targetRefs,
        wasm: obj(wasmModule('http', 'https', 'file', 'oci'), req('url')),
      },
      atMostOne('wasm', 'lua'),
      exclusive('only one of targetRefs or selector can be set', 'selector', 'targetRefs'),
      rule('has(self.wasm) != has(self.lua)', 'exactly one of wasm or lua must be set'),
    ),
})
