import { choice, intOrString, list, obj, str, timestamp } from '../../k8s/schema.ts'

/** The status of every Istio resource: conditions, and what the analyzers found. */
export const status = obj(
  {
    conditions: list(
      obj({
        lastProbeTime: timestamp,
        lastTransitionTime: timestamp,
        message: str,
        observedGeneration: intOrString,
        reason: str,
        status: str,
        type: str,
      }),
    ),
    observedGeneration: intOrString,
    validationMessages: list(
      obj({
        documentationUrl: str,
        level: choice('UNKNOWN', 'ERROR', 'WARNING', 'INFO'),
        type: obj({ code: str, name: str }),
      }),
    ),
  },
  { 'x-kubernetes-preserve-unknown-fields': true },
)
