import type { CrdDefinition } from '../istio/crds/definition.ts'
import { baseDefaults } from '../istio/defaults/base.ts'
import { type Fields, type KubeObject, list, object } from '../k8s/object.ts'
import type { Report } from '../problem.ts'
import type { Context, ValuesOf } from './context.ts'
import { isReaderWanted } from './reader.ts'
import { checkShapes, type Demand } from './shape.ts'
import { stablePolicy, type ValidationSettings, validatingWebhook } from './validation.ts'
import type { Chart } from './values.ts'
import { commonLabels, inScope, items, print, pullSecrets, quoted, raw, truth } from './words.ts'

export const baseChart: Chart = { defaults: baseDefaults }

export type BaseValues = ValuesOf<typeof baseDefaults> & {
  readonly base: ValidationSettings
}

/** What the base component is rendered from: its values, and the CRDs of the release. */
export interface BaseContext extends Context<BaseValues> {
  readonly crds: readonly CrdDefinition[]
}

/** The blocks of values whose children are read whatever the rest says. */
export const baseBlocks: readonly string[] = ['global']

/** Reports `unrenderable-value` for each value at which the base chart would stop. */
export function checkBase({ values }: BaseContext, report: Report): void {
  checkShapes(values, demands(values), (path) => `values.${path}`, report)
}

function demands(v: BaseValues): Demand[] {
  const cluster = inScope(v.global.resourceScope, 'cluster')
  return [
    ['global.resourceScope', 'text or nothing'],
    ['base', 'map', cluster],
    ['experimental', 'map', cluster],
    ['defaultRevision', 'text or nothing', cluster],
    [
      'global.imagePullSecrets',
      'members if any',
      inScope(v.global.resourceScope, 'namespace') && isReaderWanted(v.global.enableReaderRBAC),
    ],
  ]
}

/**
 * What a mesh needs once in a cluster: the CRDs, the account that other clusters read this one with, and what checks
 * configuration on behalf of the default revision. Values that `checkBase` reports a problem with cannot be rendered.
 */
export function renderBase(context: BaseContext): KubeObject[] {
  const { values: v } = context
  const cluster = inScope(v.global.resourceScope, 'cluster')
  const isDefault = cluster && v.defaultRevision !== ''
  return list(
    ...(cluster ? customResourceDefinitions(context) : []),
    inScope(v.global.resourceScope, 'namespace') && isReaderWanted(v.global.enableReaderRBAC) && readerAccount(context),
    isDefault && defaultValidator(context),
    ...(isDefault && truth(v.experimental.stableValidationPolicy) ? defaultPolicy(context) : []),
  )
}

/** The CRDs but for those left out by name; without templates they come as fixed files, complete and with old labels. */
function customResourceDefinitions({ values: v, version, crds }: BaseContext): KubeObject[] {
  const templated = truth(v.base.enableCRDTemplates)
  const excluded = new Set(templated ? items(v.base.excludedCRDs) : [])
  const labels = commonLabels('base', version)
  return crds
    .filter(({ name }) => !excluded.has(name))
    .map((crd) => {
      const { metadata, spec } = crd.define()
      return object(
        'CustomResourceDefinition',
        { name: crd.name, labels: templated ? labels : crd.staticLabels, annotations: metadata.annotations },
        { spec },
      )
    })
}

function readerAccount({ values: v, version }: BaseContext): KubeObject {
  return object(
    'ServiceAccount',
    {
      name: 'istio-reader-service-account',
      namespace: raw(v.global.istioNamespace),
      labels: {
        app: 'istio-reader',
        release: 'istio',
        'app.kubernetes.io/name': 'istio-reader',
        ...commonLabels('base', version),
      },
    },
    { imagePullSecrets: pullSecrets(v.global.imagePullSecrets) },
  )
}

function defaultValidator({ values: v, version }: BaseContext): KubeObject {
  const name = v.defaultRevision === 'default' ? 'istiod' : raw(`istiod-${print(v.defaultRevision)}`)
  return object(
    'ValidatingWebhookConfiguration',
    {
      name: 'istiod-default-validator',
      labels: { app: 'istiod', ...policyLabels(quoted(v.defaultRevision), version) },
    },
    { webhooks: [validatingWebhook('validation.istio.io', { name, namespace: raw(v.global.istioNamespace) }, v.base)] },
  )
}

function defaultPolicy({ values: v, version }: BaseContext): readonly KubeObject[] {
  return stablePolicy(
    'stable-channel-default-policy.istio.io',
    'stable-channel-default-policy-binding.istio.io',
    policyLabels(raw(v.defaultRevision), version),
  )
}

function policyLabels(revision: unknown, version: string): Fields {
  return {
    release: 'istio',
    istio: 'istiod',
    'istio.io/rev': revision,
    'app.kubernetes.io/name': 'istiod',
    ...commonLabels('base', version),
  }
}
