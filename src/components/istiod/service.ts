import { type Fields, type KubeObject, object } from '../../k8s/object.ts'
import { each, given, givenAs, raw, truth } from '../words.ts'
import { istiodLabels, podSelector, revisioned } from './names.ts'
import type { IstiodContext } from './values.ts'

/** The Service through which proxies, webhooks and Prometheus reach istiod. */
export function service(context: IstiodContext): KubeObject[] {
  const { values: v } = context
  return [serviceOf(context, revisioned('istiod', v), {}, { trafficDistribution: givenAs(v.trafficDistribution, raw) })]
}

/** A Service in front of this istiod, with further labels and settings. */
export function serviceOf(context: IstiodContext, name: unknown, labels: Fields, settings: Fields): KubeObject {
  const { values: v, namespace } = context
  return object(
    'Service',
    {
      name,
      namespace,
      labels: { app: 'istiod', istio: 'pilot', ...labels, ...istiodLabels(context) },
      annotations: given(v.serviceAnnotations),
    },
    {
      spec: {
        ports: [
          { port: 15010, name: 'grpc-xds', protocol: 'TCP' },
          { port: 15012, name: 'https-dns', protocol: 'TCP' },
          { port: 443, name: 'https-webhook', targetPort: 15017, protocol: 'TCP' },
          { port: 15014, name: 'http-monitoring', protocol: 'TCP' },
        ],
        selector: podSelector(v),
        ipFamilyPolicy: givenAs(v.ipFamilyPolicy, raw),
        ipFamilies: truth(v.ipFamilies) ? each(v.ipFamilies).map(raw) : undefined,
        ...settings,
      },
    },
  )
}
