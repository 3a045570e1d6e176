import { atMostOne, bool, choice, list, map, nullable, obj, orElse, req, rule, str } from '../../k8s/schema.ts'
import { age, define } from './definition.ts'
import { duration, filled, percentage } from './scalars.ts'
import { attachedOnce, targetRef, targetRefs } from './target-reference.ts'
import { workloadSelector } from './workload-selector.ts'

/** Access logs, metrics and traces of workloads. */
export const telemetry = define({
  group: 'telemetry.istio.io',
  kind: 'Telemetry',
  plural: 'telemetries',
  shortNames: ['telemetry'],
  versions: ['v1', 'v1alpha1'],
  // Unlike the other kinds that have a v1: objects stay stored in the older version.
  storage: 'v1alpha1',
  columns: [age],
  spec() {
    const mode = choice('CLIENT_AND_SERVER', 'CLIENT', 'SERVER')
    const providers = list(obj({ name: filled }, req('name')))
    return obj(
      {
        accessLogging: list(
          obj({ disabled: nullable(bool), filter: obj({ expression: str }), match: obj({ mode }), providers }),
        ),
        metrics: list(
          obj({
            overrides: list(
              obj({
                disabled: nullable(bool),
                match: obj({ customMetric: filled, metric: metric(), mode }, atMostOne('metric', 'customMetric')),
                tagOverrides: map(tagOverride()),
              }),
            ),
            providers,
            reportingInterval: duration,
          }),
        ),
        selector: workloadSelector,
        targetRef,
        targetRefs,
        tracing: list(
          obj({
            customTags: map(customTag()),
            disableContextPropagation: nullable(bool),
            disableSpanReporting: nullable(bool),
            enableIstioTags: nullable(bool),
            match: obj({ mode }),
            providers,
            randomSamplingPercentage: percentage,
            useRequestIdForTraceSampling: nullable(bool),
          }),
        ),
      },
      attachedOnce,
    )
  },
})

function metric() {
  return choice(
    'ALL_METRICS',
    'REQUEST_COUNT',
    'REQUEST_DURATION',
    'REQUEST_SIZE',
    'RESPONSE_SIZE',
    'TCP_OPENED_CONNECTIONS',
    'TCP_CLOSED_CONNECTIONS',
    'TCP_SENT_BYTES',
    'TCP_RECEIVED_BYTES',
    'GRPC_REQUEST_MESSAGES',
    'GRPC_RESPONSE_MESSAGES',
  )
}

function tagOverride() {
  const operation = orElse('operation', '""')
  return obj(
    { operation: choice('UPSERT', 'REMOVE'), value: str },
    rule(`(${operation} == "UPSERT") ? (self.value != "") : true`, 'value must be set when operation is UPSERT'),
    rule(`(${operation} == "REMOVE") ? !has(self.value) : true`, 'value must not be set when operation is REMOVE'),
  )
}

function customTag() {
  const named = obj({ defaultValue: str, name: filled }, req('name'))
  const valued = obj({ value: filled }, req('value'))
  return obj(
    { environment: named, formatter: valued, header: named, literal: valued },
    atMostOne('literal', 'environment', 'header', 'formatter'),
  )
}
