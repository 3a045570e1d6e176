import { type Fields, type KubeObject, object } from '../k8s/object.ts'
import { first, givenAs, raw, text, truth } from './words.ts'

/** What `values.base` says of the webhook that checks Istio's configuration. */
export interface ValidationSettings {
  readonly validationURL?: unknown
  readonly validationCABundle?: unknown
  readonly validationFailurePolicy?: unknown
}

/** Every object of Istio's own APIs, when it is written. */
const istioConfiguration = {
  apiGroups: ['security.istio.io', 'networking.istio.io', 'telemetry.istio.io', 'extensions.istio.io'],
  apiVersions: ['*'],
  operations: ['CREATE', 'UPDATE'],
  resources: ['*'],
} as const

/** Objects that carry the label of that revision. */
export function ofRevision(revision: unknown): Fields {
  return { matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values: [revision] }] }
}

/**
 * The webhook through which istiod checks configuration.
 *
 * With a CA bundle in the values it fails closed. Without one istiod has to write its own bundle first, and an API
 * server that cannot call the webhook until then must not refuse everything, unless the values ask for it.
 */
export function validatingWebhook(
  name: string,
  service: { readonly name: unknown; readonly namespace: unknown },
  settings: ValidationSettings,
  objectSelector?: Fields,
): Fields {
  return {
    name,
    clientConfig: {
      ...(truth(settings.validationURL)
        ? { url: raw(settings.validationURL) }
        : { service: { name: service.name, namespace: service.namespace, path: '/validate' } }),
      caBundle: givenAs(settings.validationCABundle, text),
    },
    rules: [istioConfiguration],
    failurePolicy: truth(settings.validationCABundle) ? 'Fail' : raw(first(settings.validationFailurePolicy, 'Ignore')),
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    objectSelector,
  }
}

/** Kinds that the policy speaks of; each becomes a variable such as `isTelemetry`. */
const kinds = ['EnvoyFilter', 'WasmPlugin', 'ProxyConfig', 'Telemetry', 'AuthorizationPolicy']

/** Lists of a Telemetry, a letter for their items, and the field of an item that no stable API promises. */
const telemetryFields = [
  ['tracing', 't', 'useRequestIdForTraceSampling'],
  ['metrics', 'm', 'reportingInterval'],
  ['accessLogging', 'l', 'filter'],
] as const

const usesTelemetryField = telemetryFields.map(
  ([list, item, field]) =>
    `(has(object.spec.${list}) ? object.spec.${list} : {}).exists(${item}, has(${item}.${field}))`,
)

/** What an object must satisfy, as CEL. */
const stableChannel = [
  '!variables.isEnvoyFilter',
  '!variables.isWasmPlugin',
  '!variables.isProxyConfig',
  `!(
  variables.isTelemetry && (
    ${usesTelemetryField.join(' ||\n    ')}
  )
)
`,
  `!(
  variables.isAuthorizationPolicy &&
  has(object.spec.rules) &&
  object.spec.rules.exists(r,
    has(r.from) && r.from.exists(f,
      has(f.source) && (has(f.source.trustDomains) || has(f.source.notTrustDomains))
    )
  )
)`,
]

/** The admission policy that keeps kinds and fields without a stable API out of the mesh, and its binding. */
export function stablePolicy(
  name: unknown,
  binding: unknown,
  labels: Fields,
  objectSelector?: Fields,
): readonly [KubeObject, KubeObject] {
  return [
    object(
      'ValidatingAdmissionPolicy',
      { name, labels },
      {
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: { resourceRules: [istioConfiguration], objectSelector },
          variables: kinds.map((kind) => ({ name: `is${kind}`, expression: `object.kind == '${kind}'` })),
          validations: stableChannel.map((expression) => ({ expression })),
        },
      },
    ),
    object(
      'ValidatingAdmissionPolicyBinding',
      { name: binding },
      { spec: { policyName: name, validationActions: ['Deny'] } },
    ),
  ]
}
