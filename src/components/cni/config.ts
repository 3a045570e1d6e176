import { type KubeObject, object } from '../../k8s/object.ts'
import { toGoYaml } from '../../yaml/go-yaml.ts'
import { each, first, givenAs, print, quoted, raw, sorted, text } from '../words.ts'
import { labels } from './labels.ts'
import type { CniContext } from './values.ts'

/** The settings of the node agent, which it reads as environment variables. */
export function config(context: CniContext): KubeObject {
  const { values: v, namespace } = context
  const { ambient, repair } = v
  return object(
    'ConfigMap',
    { name: 'istio-cni-config', namespace, labels: { app: 'istio-cni', ...labels(context) } },
    {
      data: {
        CURRENT_AGENT_VERSION: quoted(first(v.tag, v.global.tag)),
        AMBIENT_ENABLED: quoted(ambient.enabled),
        AMBIENT_ENABLEMENT_SELECTOR: toGoYaml(ambient.enablementSelectors ?? null).replace(/\n$/, ''),
        AMBIENT_DNS_CAPTURE: quoted(ambient.dnsCapture),
        AMBIENT_IPV6: quoted(ambient.ipv6),
        AMBIENT_RECONCILE_POD_RULES_ON_STARTUP: quoted(ambient.reconcileIptablesOnStartup),
        ENABLE_AMBIENT_DETECTION_RETRY: quoted(ambient.enableAmbientDetectionRetry),
        CNI_CONF_NAME: givenAs(v.cniConfFileName, raw),
        ISTIO_OWNED_CNI_CONFIG: quoted(v.istioOwnedCNIConfig),
        ISTIO_OWNED_CNI_CONF_FILENAME: givenAs(v.istioOwnedCNIConfig, () => quoted(v.istioOwnedCNIConfigFileName)),
        CHAINED_CNI_PLUGIN: quoted(v.chained),
        EXCLUDE_NAMESPACES: text(each(v.excludeNamespaces).map(print).join(',')),
        REPAIR_ENABLED: quoted(repair.enabled),
        REPAIR_LABEL_PODS: quoted(repair.labelPods),
        REPAIR_DELETE_PODS: quoted(repair.deletePods),
        REPAIR_REPAIR_PODS: quoted(repair.repairPods),
        REPAIR_INIT_CONTAINER_NAME: quoted(repair.initContainerName),
        REPAIR_BROKEN_POD_LABEL_KEY: quoted(repair.brokenPodLabelKey),
        REPAIR_BROKEN_POD_LABEL_VALUE: quoted(repair.brokenPodLabelValue),
        NATIVE_NFTABLES: quoted(v.global.nativeNftables),
        // Keys stand unquoted, so that `YES` reads as true first and becomes the key "true".
        ...Object.fromEntries(sorted(v.env).map(([key, value]) => [print(raw(key)), text(value)])),
      },
    },
  )
}
