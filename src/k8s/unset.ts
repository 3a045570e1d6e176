import { type Fields, isMap, type KubeObject } from './object.ts'
import { fieldShape, isTypeName, itemShape, kindType, type Shape, type TypeName } from './types.ts'

/**
 * Scalars for which the API has no word between "not set" and `""`, `0` or `false`: the API server does not store such
 * a value. Every other scalar either has to be there or can be told to be empty, so that its zero is one of its values.
 */
export const plain: { readonly [Type in TypeName]?: readonly string[] } = {
  'meta/v1.ObjectMeta': ['generateName', 'namespace', 'resourceVersion', 'uid'],
  'core/v1.ObjectReference': ['fieldPath', 'name', 'namespace', 'resourceVersion', 'uid'],
  'core/v1.LocalObjectReference': ['name'],
  'apps/v1.DeploymentSpec': ['minReadySeconds', 'paused'],
  'apps/v1.DeploymentStrategy': ['type'],
  'apps/v1.DaemonSetSpec': ['minReadySeconds'],
  'apps/v1.DaemonSetUpdateStrategy': ['type'],
  'core/v1.PodSpec': [
    ...['dnsPolicy', 'hostIPC', 'hostNetwork', 'hostPID', 'hostname', 'nodeName', 'priorityClassName'],
    ...['restartPolicy', 'schedulerName', 'serviceAccount', 'serviceAccountName', 'subdomain'],
  ],
  'core/v1.PodDNSConfigOption': ['name'],
  'core/v1.SELinuxOptions': ['level', 'role', 'type', 'user'],
  'core/v1.Toleration': ['effect', 'key', 'operator', 'value'],
  'core/v1.Container': [
    ...['image', 'imagePullPolicy', 'stdin', 'stdinOnce', 'terminationMessagePath', 'terminationMessagePolicy'],
    ...['tty', 'workingDir'],
  ],
  'core/v1.ContainerPort': ['hostIP', 'hostPort', 'name', 'protocol'],
  'core/v1.Probe': ['failureThreshold', 'initialDelaySeconds', 'periodSeconds', 'successThreshold', 'timeoutSeconds'],
  'core/v1.HTTPGetAction': ['host', 'path', 'scheme'],
  'core/v1.TCPSocketAction': ['host'],
  'core/v1.EnvVar': ['value'],
  'core/v1.EnvFromSource': ['prefix'],
  'core/v1.ConfigMapEnvSource': ['name'],
  'core/v1.ConfigMapKeySelector': ['name'],
  'core/v1.SecretEnvSource': ['name'],
  'core/v1.SecretKeySelector': ['name'],
  'core/v1.ResourceClaim': ['request'],
  'core/v1.ResourceFieldSelector': ['containerName'],
  'core/v1.VolumeMount': ['readOnly', 'subPath', 'subPathExpr'],
  'core/v1.ConfigMapProjection': ['name'],
  'core/v1.ConfigMapVolumeSource': ['name'],
  'core/v1.EmptyDirVolumeSource': ['medium'],
  'core/v1.NFSVolumeSource': ['readOnly'],
  'core/v1.PersistentVolumeClaimSpec': ['volumeName'],
  'core/v1.PersistentVolumeClaimVolumeSource': ['readOnly'],
  'core/v1.SecretProjection': ['name'],
  'core/v1.SecretVolumeSource': ['secretName'],
  'core/v1.ServiceAccountTokenProjection': ['audience'],
  'core/v1.ServiceSpec': [
    ...['clusterIP', 'externalName', 'externalTrafficPolicy', 'healthCheckNodePort', 'loadBalancerIP'],
    ...['publishNotReadyAddresses', 'sessionAffinity', 'type'],
  ],
  'core/v1.ServicePort': ['name', 'nodePort', 'protocol'],
  'rbac/v1.Subject': ['apiGroup', 'namespace'],
  'admissionregistration/v1.ParamRef': ['name', 'namespace'],
  'admissionregistration/v1.Validation': ['message', 'messageExpression'],
  'admissionregistration/v1.ValidatingAdmissionPolicyBindingSpec': ['policyName'],
  'admissionregistration/v1.WebhookClientConfig': ['caBundle'],
}

/** Lists that the API writes even when they are empty. */
const alwaysThere: { readonly [Type in TypeName]?: readonly string[] } = {
  'rbac/v1.Role': ['rules'],
  'rbac/v1.ClusterRole': ['rules'],
  'rbac/v1.PolicyRule': ['verbs'],
  'core/v1.PodSpec': ['containers'],
  'core/v1.NodeSelector': ['nodeSelectorTerms'],
  'core/v1.ProjectedVolumeSource': ['sources'],
  'discovery/v1.EndpointSlice': ['endpoints', 'ports'],
  'discovery/v1.Endpoint': ['addresses'],
  'admissionregistration/v1.MutatingWebhook': ['admissionReviewVersions'],
  'admissionregistration/v1.ValidatingWebhook': ['admissionReviewVersions'],
}

/** Parts that the API writes although nothing is set in them, in lists that engines compare as a whole. */
const alwaysWritten: { readonly [Type in TypeName]?: Fields } = {
  'discovery/v1.Endpoint': { conditions: {} },
}
/** The kinds that have such parts. */
const written: ReadonlySet<string> = new Set(['EndpointSlice'])

/**
 * The object with nothing set that the API server takes for "not set" and does not store: an empty list or map of the
 * API, and the zero of a field that can't be told to be empty. What users name themselves keeps its empty values, and
 * objects of kinds that aren't Kubernetes' own stay as they are.
 */
export function unsetAsStored(object: KubeObject): KubeObject {
  if (!written.has(object.kind) && !holdsUnset(object)) return object
  const type = kindType(object.apiVersion, object.kind)
  return type === undefined ? object : (walk(object, type) as KubeObject)
}

/** Whether anything in it may say that nothing is set. Most objects hold no such thing, and cost no more than this. */
function holdsUnset(value: unknown): boolean {
  if (Array.isArray(value))
    return value.length === 0 || value.some((item) => typeof item === 'object' && holdsUnset(item))
  if (!isMap(value)) return false
  let isEmpty = true
  for (const key in value) {
    const member = value[key]
    if (member === '' || member === 0 || member === false) return true
    if (typeof member === 'object' && holdsUnset(member)) return true
    if (member !== undefined) isEmpty = false
  }
  return isEmpty
}

function walk(value: unknown, outer: Shape | undefined): unknown {
  const shape = typeof outer === 'object' && 'atomic' in outer ? outer.atomic : outer
  if (shape === undefined || shape === 'any') return value
  if (Array.isArray(value)) return value.map((item) => walk(item, itemShape(shape)))
  if (!isMap(value)) return value
  const type = isTypeName(shape) ? shape : undefined
  const members = Object.entries(value).flatMap(([key, member]) =>
    type !== undefined && isUnset(type, key, member) ? [] : [[key, walk(member, fieldShape(shape, key))]],
  )
  const added = type === undefined ? [] : Object.entries(alwaysWritten[type] ?? {}).filter(([key]) => !(key in value))
  return Object.fromEntries([...members, ...added])
}

function isUnset(type: TypeName, field: string, value: unknown): boolean {
  if (value === '' || value === 0 || value === false) return plain[type]?.includes(field) ?? false
  const shape = fieldShape(type, field)
  if (typeof shape !== 'object' || alwaysThere[type]?.includes(field)) return false
  if (Array.isArray(value)) return value.length === 0 && !('map' in shape)
  return isMap(value) && 'map' in shape && Object.values(value).every((member) => member === undefined)
}
