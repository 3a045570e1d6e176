import { any, bool, int64, list, map, set, str, time } from './words.ts'

/** What every object says about itself, and how labels are selected. */
export const meta = {
  'meta/v1.ObjectMeta': {
    name: str,
    generateName: str,
    namespace: str,
    selfLink: str,
    uid: str,
    resourceVersion: str,
    generation: int64,
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: int64,
    labels: map(str),
    annotations: map(str),
    ownerReferences: list('meta/v1.OwnerReference', 'uid'),
    finalizers: set(str),
    managedFields: list('meta/v1.ManagedFieldsEntry'),
  },
  'meta/v1.OwnerReference': {
    apiVersion: str,
    kind: str,
    name: str,
    uid: str,
    controller: bool,
    blockOwnerDeletion: bool,
  },
  'meta/v1.ManagedFieldsEntry': {
    manager: str,
    operation: str,
    apiVersion: str,
    time,
    fieldsType: str,
    fieldsV1: any,
    subresource: str,
  },
  'meta/v1.LabelSelector': { matchLabels: map(str), matchExpressions: list('meta/v1.LabelSelectorRequirement') },
  'meta/v1.LabelSelectorRequirement': { key: str, operator: str, values: list(str) },
} as const
