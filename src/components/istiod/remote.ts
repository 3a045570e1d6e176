import { type KubeObject, list, object } from '../../k8s/object.ts'
import { each, first, givenAs, print, quoted, raw, truth } from '../words.ts'
import { namedLabels } from './names.ts'
import type { IstiodContext, IstiodValues } from './values.ts'

/** Whether this cluster has a name for an istiod that runs elsewhere. */
export function pointsElsewhere(v: IstiodValues): boolean {
  return truth(v.istiodRemote.enabled) && truth(v.global.remotePilotAddress)
}

/** The remote istiod under a local name: a DNS alias for a host, or a Service with the address as its endpoint. */
export function remoteIstiod(context: IstiodContext): KubeObject[] {
  const { values: v, namespace } = context
  const address = v.global.remotePilotAddress
  const family = addressFamily(print(address))
  // Beside an istiod of the cluster's own, which has the plain name.
  const suffix = truth(v.istiodRemote.enabledLocalInjectorIstiod) ? '-remote' : ''
  const name = raw(`istiod${truth(v.revision) ? `-${print(v.revision)}` : ''}${suffix}`)
  return list(
    object(
      'Service',
      {
        name,
        namespace,
        labels: { 'istio.io/rev': quoted(first(v.revision, 'default')), ...namedLabels(context) },
      },
      {
        spec: {
          type: family ? undefined : 'ExternalName',
          externalName: family ? undefined : raw(address),
          ports: [
            { port: 15012, name: 'tcp-istiod', protocol: 'TCP' },
            { port: 443, targetPort: 15017, name: 'tcp-webhook', protocol: 'TCP' },
          ],
          ipFamilyPolicy: givenAs(v.global.ipFamilyPolicy, raw),
          ipFamilies: givenAs(v.global.ipFamilies, (families) => each(families).map(raw)),
        },
      },
    ),
    family &&
      object(
        'EndpointSlice',
        {
          name,
          namespace,
          labels: {
            'kubernetes.io/service-name': name,
            'endpointslice.kubernetes.io/managed-by': 'Helm',
            ...namedLabels(context),
          },
        },
        {
          addressType: family,
          endpoints: [{ addresses: [raw(address)] }],
          ports: [
            { port: 15012, name: 'tcp-istiod', protocol: 'TCP' },
            { port: 15017, name: 'tcp-webhook', protocol: 'TCP' },
          ],
        },
      ),
  )
}

/** What an address looks like, as far as Istio looks: `1.2.3.` passes for IPv4 and `a:` for IPv6. */
function addressFamily(address: string): 'IPv4' | 'IPv6' | undefined {
  if (/^([0-9]*\.){3}[0-9]*$/.test(address)) return 'IPv4'
  return /^([0-9a-fA-F]*:)+[0-9a-fA-F]*$/.test(address) ? 'IPv6' : undefined
}
