import { int32, int64, list, str } from './words.ts'

/** Where a pod may run. */
export const scheduling = {
  'core/v1.Affinity': {
    nodeAffinity: 'core/v1.NodeAffinity',
    podAffinity: 'core/v1.PodAffinity',
    podAntiAffinity: 'core/v1.PodAntiAffinity',
  },
  'core/v1.NodeAffinity': {
    requiredDuringSchedulingIgnoredDuringExecution: 'core/v1.NodeSelector',
    preferredDuringSchedulingIgnoredDuringExecution: list('core/v1.PreferredSchedulingTerm'),
  },
  'core/v1.NodeSelector': { nodeSelectorTerms: list('core/v1.NodeSelectorTerm') },
  'core/v1.NodeSelectorTerm': {
    matchExpressions: list('core/v1.NodeSelectorRequirement'),
    matchFields: list('core/v1.NodeSelectorRequirement'),
  },
  'core/v1.NodeSelectorRequirement': { key: str, operator: str, values: list(str) },
  'core/v1.PreferredSchedulingTerm': { weight: int32, preference: 'core/v1.NodeSelectorTerm' },
  'core/v1.PodAffinity': {
    requiredDuringSchedulingIgnoredDuringExecution: list('core/v1.PodAffinityTerm'),
    preferredDuringSchedulingIgnoredDuringExecution: list('core/v1.WeightedPodAffinityTerm'),
  },
  'core/v1.PodAffinityTerm': {
    labelSelector: 'meta/v1.LabelSelector',
    namespaces: list(str),
    topologyKey: str,
    namespaceSelector: 'meta/v1.LabelSelector',
    matchLabelKeys: list(str),
    mismatchLabelKeys: list(str),
  },
  'core/v1.WeightedPodAffinityTerm': { weight: int32, podAffinityTerm: 'core/v1.PodAffinityTerm' },
  'core/v1.PodAntiAffinity': {
    requiredDuringSchedulingIgnoredDuringExecution: list('core/v1.PodAffinityTerm'),
    preferredDuringSchedulingIgnoredDuringExecution: list('core/v1.WeightedPodAffinityTerm'),
  },
  'core/v1.Toleration': { key: str, operator: str, value: str, effect: str, tolerationSeconds: int64 },
  'core/v1.PodReadinessGate': { conditionType: str },
  'core/v1.TopologySpreadConstraint': {
    maxSkew: int32,
    topologyKey: str,
    whenUnsatisfiable: str,
    labelSelector: 'meta/v1.LabelSelector',
    minDomains: int32,
    nodeAffinityPolicy: str,
    nodeTaintsPolicy: str,
    matchLabelKeys: list(str),
  },
  'core/v1.PodSchedulingGate': { name: str },
  'core/v1.PodResourceClaim': { name: str, resourceClaimName: str, resourceClaimTemplateName: str },
  'core/v1.WorkloadReference': { name: str, podGroup: str, podGroupReplicaKey: str },
} as const
