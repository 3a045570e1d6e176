import type { Metadata } from '../../k8s/object.ts'
import { commonLabels, first, map, raw, truth } from '../words.ts'
import type { ZtunnelContext, ZtunnelValues } from './values.ts'

/** What all of ztunnel's objects are called. */
export function resourceName({ resourceName: name }: ZtunnelValues): unknown {
  return raw(first(name, 'ztunnel'))
}

/** The labels of the chart below those that the user gives to every object. */
export function labels({ values: v, version }: ZtunnelContext) {
  return { 'app.kubernetes.io/name': 'ztunnel', ...commonLabels('ztunnel', version), ...map(v.labels) }
}

/** The user's annotations with the revision; the charts write them down even where there are none. */
export function annotations({ annotations: own, revision }: ZtunnelValues): unknown {
  return truth(revision) ? { ...map(own), 'istio.io/rev': revision } : own
}

/** Name, place, labels and annotations of an object in ztunnel's namespace. */
export function metadata(context: ZtunnelContext): Metadata {
  const { values: v, namespace } = context
  return { name: resourceName(v), namespace, labels: labels(context), annotations: annotations(v) }
}
