import { type Fields, type KubeObject, object } from '../../k8s/object.ts'
import { each, first, given, givenAs, items, map, quoted, raw, resources, text, truth } from '../words.ts'
import { affinity } from './affinity.ts'
import type { Gateway, GatewaySettings } from './gateway.ts'
import { injected } from './injected.ts'
import { standalone } from './standalone.ts'

/** The gateway's pods: complete in themselves, or a frame that istiod's injector fills in. */
export function deployment(gateway: Gateway): KubeObject {
  const { settings: g, values: v, namespace } = gateway
  const form = isInjected(g) ? injected(gateway) : standalone(gateway)
  const root = truth(g.runAsRoot)
  // OpenShift assigns the user and group itself.
  const user = first(v.platform, v.global.platform) === 'openshift' ? undefined : 1337
  return object(
    'Deployment',
    { name: form.name, namespace, labels: form.labels },
    {
      spec: {
        replicas: truth(g.autoscaleEnabled) ? undefined : givenAs(g.replicaCount, raw),
        selector: { matchLabels: g.labels },
        strategy: {
          rollingUpdate: { maxSurge: raw(g.rollingMaxSurge), maxUnavailable: raw(g.rollingMaxUnavailable) },
        },
        template: {
          metadata: {
            labels: { ...g.labels, ...(namespace === 'istio-system' ? legacyLabels : {}), ...form.podLabels },
            annotations: {
              ...(truth(v.meshConfig.enablePrometheusMerge) ? scraping : {}),
              ...form.podAnnotations,
              ...map(g.podAnnotations),
            },
          },
          spec: {
            securityContext: root ? undefined : { runAsUser: user, runAsGroup: user, runAsNonRoot: true },
            serviceAccountName: form.serviceAccountName,
            priorityClassName: givenAs(v.global.priorityClassName, text),
            containers: [
              {
                name: 'istio-proxy',
                ...form.container,
                imagePullPolicy: givenAs(v.global.imagePullPolicy, raw),
                ports: [
                  ...each(g.ports)
                    .map(map)
                    .map(({ targetPort, port, protocol }) => ({
                      containerPort: raw(first(targetPort, port)),
                      protocol: raw(first(protocol, 'TCP')),
                    })),
                  { containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' },
                ],
                securityContext: root
                  ? undefined
                  : {
                      allowPrivilegeEscalation: false,
                      capabilities: { drop: ['ALL'] },
                      privileged: false,
                      readOnlyRootFilesystem: true,
                    },
                resources: resources(first(g.resources, v.global.defaultResources)),
                env: given(form.env) ?? null,
                volumeMounts: given([...form.volumeMounts, ...mounts(g)]) ?? null,
              },
              ...items(g.additionalContainers),
            ],
            volumes: given([...form.volumes, ...volumes(g)]) ?? null,
            affinity: affinity(gateway),
            tolerations: given(first(g.tolerations, v.global.defaultTolerations)),
          },
        },
      },
    },
  )
}

/** Whether istiod is to inject the proxy; a template that was set to null counts as one. */
export function isInjected(g: GatewaySettings): boolean {
  return g.injectionTemplate !== ''
}

const legacyLabels = { heritage: 'Tiller', release: 'istio', chart: 'gateways' }

const scraping = {
  'prometheus.io/port': '15020',
  'prometheus.io/scrape': 'true',
  'prometheus.io/path': '/stats/prometheus',
}

/** The Secrets and ConfigMaps of the user's own, mounted where each says; a ConfigMap may stay unmounted. */
function mounts(g: GatewaySettings): Fields[] {
  const configs = each(g.configVolumes).filter((volume) => truth(map(volume).mountPath))
  return [...each(g.secretVolumes), ...configs]
    .map(map)
    .map(({ name, mountPath }) => ({ name: raw(name), mountPath: quoted(mountPath), readOnly: true }))
}

function volumes(g: GatewaySettings): Fields[] {
  return [
    ...each(g.secretVolumes)
      .map(map)
      .map(({ name, secretName }) => ({
        name: raw(name),
        secret: { secretName: quoted(secretName), optional: true },
      })),
    ...each(g.configVolumes)
      .map(map)
      .map(({ name, configMapName }) => ({
        name: raw(name),
        configMap: { name: quoted(configMapName), optional: true },
      })),
  ]
}
