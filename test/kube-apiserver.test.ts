import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generate } from '../src/commands/generate.ts'
import { syncWave } from '../src/engines/argocd.ts'
import type { KubeObject } from '../src/k8s/object.ts'
import { unsetAsStored } from '../src/k8s/unset.ts'
import { type Cluster, clusterOf, rewritten } from './kube-apiserver/apply.ts'
import { findBinaries, type Server, startServer } from './kube-apiserver/server.ts'
import { argumentsOf, cases, inFolder, isList } from './run.ts'
import { sync } from './simulators/argocd.ts'
import { annotation, at, nameOf } from './simulators/timeline.ts'

const binaries = findBinaries()
const title = binaries
  ? 'a real kube-apiserver'
  : 'a real kube-apiserver (skipped: etcd and kube-apiserver are neither on the path nor in KUBEBUILDER_ASSETS)'

/** What other programs bring into a cluster before a mesh comes. */
const definitions = [
  definition('k8s.cni.cncf.io', 'v1', 'NetworkAttachmentDefinition', 'network-attachment-definitions'),
]

let server: Server
let cluster: Cluster

describe.skipIf(!binaries)(title, () => {
  beforeAll(async () => {
    server = await startServer(binaries as NonNullable<typeof binaries>)
    cluster = clusterOf(server)
    for (const one of definitions) expect((await cluster.apply(one)).status).toBeLessThan(300)
  }, 180_000)
  afterAll(() => server?.stop())

  const inputs = ['fixtures', 'examples'].flatMap((above) => readdirSync(above).map((name) => join(above, name)))
  test.each(inputs)('takes %s as it is', async (folder) => {
    const [file = ''] = readdirSync(folder).filter((name) => /^(istio-operator|production-profile)/.test(name))
    expect(await applied(['-f', join(folder, file)])).toBe(folder.endsWith('-validate') ? undefined : '')
  })

  test.each(['kpt', 'flux', 'none'])('takes what engine %s makes of a fixture', async (engine) => {
    expect(await applied(['-f', 'fixtures/ambient-gke/istio-operator.yaml', '--engine', engine])).toBe('')
  })

  const rendering = cases.filter(
    (name) => !isList(join('test/cases', name)) && !argumentsOf(join('test/cases', name)).includes('-o'),
  )
  test.each(rendering)('takes case %s as it is', async (name) => {
    const folder = join('test/cases', name)
    expect((await inFolder(folder, () => applied(argumentsOf(folder)))) ?? '').toBe('')
  })

  test('stores what is left out of an object as if it had been there', async () => {
    for (const empty of emptyObjects) {
      const given = (await cluster.apply(empty, 'dryRun')).body
      expect(given).toMatchObject({ kind: empty.kind })
      const object = unsetAsStored(empty)
      const { body } = await cluster.apply(object, 'dryRun')
      expect(rewritten(empty, given), nameOf(empty)).not.toEqual([])
      expect(rewritten(object, body), nameOf(empty)).toEqual([])
      expect(withoutFresh(body)).toEqual(withoutFresh(given))
    }
  })

  test('stores endpoints, which engines compare as a whole, as they are written', async () => {
    const [endpoints, ports] = [[{ addresses: ['192.0.2.1'] }], [{ name: 'p', port: 80, protocol: 'TCP' }]]
    const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', addressType: 'IPv4', endpoints, ports }
    const object = unsetAsStored({ ...slice, metadata: { name: 'x', namespace: 'default' } })
    const { body } = await cluster.apply(object, 'dryRun')
    expect([body.endpoints, body.ports]).toEqual([object.endpoints, object.ports])
  })

  const shared = '../shared/conformance/cases'
  const compared = existsSync(shared) ? readdirSync(shared) : []
  const skipped = compared.length === 0 ? ' (skipped: ../shared/conformance is not there)' : ''
  describe.skipIf(compared.length === 0)(`the inputs that istioctl is compared with${skipped}`, () => {
    test.each(compared.length === 0 ? ['none'] : compared)('%s', async (name) => {
      const folder = join(shared, name)
      const args = existsSync(join(folder, 'args.txt'))
        ? readFileSync(join(folder, 'args.txt'), 'utf8').trim().split('\n')
        : []
      const files = args.some((word) => word === '-f' || word === '--filename')
        ? []
        : readdirSync(folder)
            .filter((file) => file.startsWith('input'))
            .sort()
            .flatMap((file) => ['-f', file])
      expect((await inFolder(folder, () => applied([...files, ...args]))) ?? '').toBe('')
    })
  })
})

/** What two answers hold in different ways, apart from what the server keeps for itself. */
function changes(before: unknown, after: unknown): string[] {
  const [left, right] = [lasting(before), lasting(after)]
  return [...new Set([...rewritten(left, right), ...rewritten(right, left)])]
}

function lasting(object: unknown) {
  const { status: _, metadata, ...rest } = object as KubeObject
  const { managedFields: _fields, resourceVersion: _version, ...ours } = metadata
  return { ...rest, metadata: ours }
}

/** A kind of others, which takes anything. */
function definition(group: string, version: string, kind: string, plural: string): KubeObject {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      scope: 'Namespaced',
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  }
}

/** Objects with all that can be said and says nothing. */
const named = { name: 'x', namespace: 'default', labels: {}, annotations: {} }
const selected = { a: 'b' }
const emptyObjects: readonly KubeObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...named, generateName: '', finalizers: [], ownerReferences: [] },
    spec: {
      paused: false,
      minReadySeconds: 0,
      replicas: 0,
      selector: { matchLabels: selected, matchExpressions: [] },
      strategy: { type: '' },
      template: {
        metadata: { labels: selected, annotations: { kept: '' } },
        spec: {
          ...{ dnsPolicy: '', hostIPC: false, hostNetwork: false, hostPID: false, hostname: '', nodeName: '' },
          ...{ priorityClassName: '', restartPolicy: '', schedulerName: '', serviceAccountName: '', subdomain: '' },
          ...{ nodeSelector: {}, tolerations: [], imagePullSecrets: [], hostAliases: [], initContainers: [] },
          ...{ automountServiceAccountToken: false, topologySpreadConstraints: [], readinessGates: [] },
          securityContext: {
            runAsUser: 0,
            supplementalGroups: [],
            sysctls: [],
            seLinuxOptions: { level: '', type: '' },
          },
          affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] }, podAntiAffinity: {} },
          containers: [
            {
              ...{ name: 'c', image: 'i', command: [], args: [''], workingDir: '', imagePullPolicy: '' },
              ...{ stdin: false, stdinOnce: false, tty: false, terminationMessagePath: '', volumeDevices: [] },
              ports: [{ containerPort: 80, hostPort: 0, hostIP: '', name: '', protocol: 'TCP' }],
              env: [{ name: 'A', value: '' }],
              envFrom: [{ prefix: '', configMapRef: { name: 'm', optional: false } }],
              resources: { limits: {}, requests: {}, claims: [] },
              livenessProbe: {
                httpGet: { host: '', path: '', port: 80, scheme: '', httpHeaders: [] },
                ...{ initialDelaySeconds: 0, timeoutSeconds: 0, periodSeconds: 0, failureThreshold: 0 },
              },
              securityContext: { capabilities: { add: [], drop: [] }, privileged: false, runAsGroup: 0 },
              volumeMounts: [{ name: 'v', mountPath: '/v', readOnly: false, subPath: '', subPathExpr: '' }],
            },
          ],
          volumes: [
            { name: 'v', emptyDir: { medium: '' } },
            { name: 's', secret: { secretName: 's', items: [], optional: false } },
            { name: 'p', projected: { sources: [{ serviceAccountToken: { audience: '', path: 't' } }] } },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: named,
    spec: {
      ...{ clusterIP: 'None', externalName: '', externalIPs: [], sessionAffinity: '', type: '', loadBalancerIP: '' },
      ...{ healthCheckNodePort: 0, publishNotReadyAddresses: false, loadBalancerSourceRanges: [], selector: {} },
      ports: [{ port: 80, name: '', nodePort: 0, protocol: 'TCP' }],
    },
  },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: named, secrets: [], imagePullSecrets: [] },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: named, data: {}, binaryData: {} },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: named,
    spec: { minAvailable: 0, selector: { matchLabels: {}, matchExpressions: [] } },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: named,
    spec: { podSelector: { matchLabels: {} }, ingress: [{ from: [], ports: [] }], egress: [] },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: named,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
    subjects: [{ kind: 'ServiceAccount', apiGroup: '', name: 'a', namespace: 'default' }],
  },
]

/** Apart from what differs between any two objects. */
function withoutFresh(object: { readonly [field: string]: unknown }) {
  const { creationTimestamp: _, managedFields: __, uid: ___, ...metadata } = object.metadata as KubeObject['metadata']
  return { ...object, metadata }
}

/** What these were; identical objects behave identically. */
const seen = new Set<string>()

/**
 * Applies the mesh that these arguments render, in the order in which Argo CD does: what is refused, what is stored
 * otherwise, and what a second apply would change. A mesh with errors is not there, and has nothing to tell.
 */
async function applied(argv: readonly string[]): Promise<string | undefined> {
  const { stdout, exitCode } = generate([...argv, '-o', 'json'])
  if (exitCode !== 0 || stdout === '') return undefined
  const objects = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as KubeObject)
  const fresh = objects.filter((object) => object.kind === 'Namespace' || !seen.has(JSON.stringify(object)))
  // Whoever asks for istioctl's own objects gets them in its form.
  const promised = !argv.includes('stored-form') && objects.some((object) => annotation(object, syncWave) !== undefined)
  const complaints: string[] = []
  const stored = new Map<KubeObject, unknown>()
  for (const { object } of sync(fresh).timeline) {
    seen.add(JSON.stringify(object))
    const { status, body } = await cluster.apply(object)
    if (status >= 300) complaints.push(`${nameOf(object)} is refused: ${at(body, 'message')}`)
    else {
      stored.set(object, body)
      if (promised) complaints.push(...rewritten(object, body).map((line) => `${nameOf(object)}${line}`))
    }
  }
  for (const [object, first] of stored) {
    const { body } = await cluster.apply(object, 'dryRun')
    complaints.push(...changes(first, body).map((line) => `a second apply changes ${nameOf(object)}${line}`))
  }
  for (const object of [...stored.keys()].reverse()) {
    if (!['Namespace', 'CustomResourceDefinition'].includes(object.kind)) await cluster.remove(object)
  }
  return complaints.join('\n')
}
