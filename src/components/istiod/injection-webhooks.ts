import { type Fields, type KubeObject, object } from '../../k8s/object.ts'
import { given, givenAs, raw, text, truth, withRevision } from '../words.ts'
import { chosenAs, istiodLabels, revisioned } from './names.ts'
import type { IstiodContext } from './values.ts'

/** The webhooks through which pods reach this istiod's injector. */
export function injectionWebhooks(context: IstiodContext): KubeObject[] {
  const { values: v } = context
  return [
    webhookConfiguration(
      context,
      withRevision('istio-sidecar-injector', v.revision),
      {},
      {
        revision: text(chosenAs(v)),
        isDefault: v.revision === '',
      },
    ),
  ]
}

/** By which words pods ask for an injector: the value of `istio.io/rev`, and whether also without a revision. */
interface Call {
  readonly revision: unknown
  readonly isDefault: boolean
}

/** The configuration of webhooks that lead pods which ask in these words to this istiod. */
export function webhookConfiguration(context: IstiodContext, name: string, labels: Fields, call: Call): KubeObject {
  const { values: v, namespace } = context
  const { enableNamespacesByDefault } = v.sidecarInjectorWebhook
  return object(
    'MutatingWebhookConfiguration',
    {
      // Cluster-scoped: a control plane outside the usual namespace must not take the name of another one.
      name: raw(namespace === 'istio-system' ? name : `${name}-${namespace}`),
      labels: { app: 'sidecar-injector', ...labels, ...istiodLabels(context) },
      annotations: given(v.sidecarInjectorWebhookAnnotations),
    },
    {
      webhooks: [
        ...byRevision(call.revision),
        ...(call.isDefault ? byInjectionLabel : []),
        ...(call.isDefault && truth(enableNamespacesByDefault) ? unasked : []),
      ].map(({ prefix, namespaces, pods }) => ({
        name: `${prefix}.sidecar-injector.istio.io`,
        ...webhook(context),
        namespaceSelector: { matchExpressions: namespaces },
        objectSelector: { matchExpressions: pods },
      })),
    },
  )
}

/** What all webhooks of one istiod share. */
function webhook({ values: v, namespace }: IstiodContext): Fields {
  const { injectionURL, injectionPath, injectionCABundle } = v.istiodRemote
  return {
    clientConfig: {
      ...(truth(injectionURL)
        ? { url: text(injectionURL) }
        : { service: { name: revisioned('istiod', v), namespace, path: text(injectionPath), port: 443 } }),
      caBundle: givenAs(injectionCABundle, text),
    },
    sideEffects: 'None',
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    failurePolicy: 'Fail',
    reinvocationPolicy: text(v.sidecarInjectorWebhook.reinvocationPolicy),
    admissionReviewVersions: ['v1'],
  }
}

/** Which pods a webhook is called for. */
interface Selection {
  readonly prefix: string
  readonly namespaces: readonly Fields[]
  readonly pods: readonly Fields[]
}

const isIn = (key: string, value: unknown): Fields => ({ key, operator: 'In', values: [value] })
const isNot = (key: string, ...values: readonly string[]): Fields => ({ key, operator: 'NotIn', values })
const isUnset = (key: string): Fields => ({ key, operator: 'DoesNotExist' })

/** Pods of a namespace that names the revision, and pods that name it themselves where the namespace says nothing. */
function byRevision(revision: unknown): Selection[] {
  return [
    {
      prefix: 'rev.namespace',
      namespaces: [isIn('istio.io/rev', revision), isUnset('istio-injection')],
      pods: [isNot('sidecar.istio.io/inject', 'false')],
    },
    {
      prefix: 'rev.object',
      namespaces: [isUnset('istio.io/rev'), isUnset('istio-injection')],
      pods: [isNot('sidecar.istio.io/inject', 'false'), isIn('istio.io/rev', revision)],
    },
  ]
}

/** The same without a revision, by the labels that only ask for injection as such. */
const byInjectionLabel: readonly Selection[] = [
  {
    prefix: 'namespace',
    namespaces: [isIn('istio-injection', 'enabled')],
    pods: [isNot('sidecar.istio.io/inject', 'false')],
  },
  {
    prefix: 'object',
    namespaces: [isUnset('istio-injection'), isUnset('istio.io/rev')],
    pods: [isIn('sidecar.istio.io/inject', 'true'), isUnset('istio.io/rev')],
  },
]

/** Pods for which nobody says anything, outside of the cluster's own namespaces. */
const unasked: readonly Selection[] = [
  {
    prefix: 'auto',
    namespaces: [
      isUnset('istio-injection'),
      isUnset('istio.io/rev'),
      isNot('kubernetes.io/metadata.name', 'kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'),
    ],
    pods: [isUnset('sidecar.istio.io/inject'), isUnset('istio.io/rev')],
  },
]
