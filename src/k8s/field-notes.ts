import type { FormName } from './forms.ts'

/** What the API server asks of a field beyond its type, and what an editor tells of it. */
export interface Note {
  /** The form of the scalar, or of each item or value of the container. */
  readonly form?: FormName
  /** The words that it may be, or each of its items. */
  readonly words?: readonly string[]
  /** The form of a map's keys. */
  readonly keys?: FormName
  readonly about?: string
}

const labels = { keys: 'qualifiedName', form: 'labelValue' } as const
const annotations = { keys: 'annotationKey' } as const
const selectorOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist']
const protocols = ['TCP', 'UDP', 'SCTP']
const pullPolicies = ['Always', 'IfNotPresent', 'Never']
const honoring = ['Honor', 'Ignore']
const profileTypes = ['RuntimeDefault', 'Localhost', 'Unconfined']

/** By `type.field` of the Kubernetes API. */
export const fieldNotes = (): { readonly [field: string]: Note } => ({
  'meta/v1.ObjectMeta.name': { about: 'Name of the object; together with the namespace it names the control plane.' },
  'meta/v1.ObjectMeta.namespace': { about: 'Namespace of the IstioOperator itself, not of the mesh.' },
  'meta/v1.ObjectMeta.labels': { ...labels },
  'meta/v1.ObjectMeta.annotations': { ...annotations },
  'meta/v1.LabelSelector.matchLabels': { ...labels, about: 'Labels that must all be there with these values.' },
  'meta/v1.LabelSelector.matchExpressions': { about: 'Conditions that must all hold.' },
  'meta/v1.LabelSelectorRequirement.key': { form: 'qualifiedName' },
  'meta/v1.LabelSelectorRequirement.operator': { words: selectorOperators },
  'meta/v1.LabelSelectorRequirement.values': { form: 'labelValue' },

  'core/v1.ServiceSpec.type': {
    words: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
    about: 'How the Service is published.',
  },
  'core/v1.ServiceSpec.ports': { about: 'Ports of the Service; an entry with a known `port` changes that one.' },
  'core/v1.ServiceSpec.selector': labels,
  'core/v1.ServiceSpec.externalTrafficPolicy': {
    words: ['Cluster', 'Local'],
    about: 'Whether traffic from outside may hop to another node; `Local` keeps the source address.',
  },
  'core/v1.ServiceSpec.internalTrafficPolicy': { words: ['Cluster', 'Local'] },
  'core/v1.ServiceSpec.sessionAffinity': { words: ['None', 'ClientIP'] },
  'core/v1.ServiceSpec.ipFamilies': { words: ['IPv4', 'IPv6'] },
  'core/v1.ServiceSpec.ipFamilyPolicy': { words: ['SingleStack', 'PreferDualStack', 'RequireDualStack'] },
  'core/v1.ServiceSpec.loadBalancerIP': {
    about: 'Address to ask the load balancer for; clouds differ in honouring it.',
  },
  'core/v1.ServiceSpec.loadBalancerSourceRanges': { form: 'cidr', about: 'Who may reach the load balancer.' },
  'core/v1.ServiceSpec.healthCheckNodePort': { form: 'portOrZero' },
  'core/v1.ServicePort.name': { form: 'dnsLabel' },
  'core/v1.ServicePort.protocol': { words: protocols },
  'core/v1.ServicePort.port': { form: 'port', about: 'Port of the Service.' },
  'core/v1.ServicePort.targetPort': { form: 'portOrName', about: 'Port of the pods, by number or name.' },
  'core/v1.ServicePort.nodePort': { form: 'portOrZero' },

  'core/v1.EnvVar.name': { form: 'envName' },
  'core/v1.EnvVar.value': { about: 'Text; quote numbers and booleans.' },
  'core/v1.ResourceRequirements.limits': { about: 'The most that a container may use.' },
  'core/v1.ResourceRequirements.requests': { about: 'What the scheduler sets aside for a container.' },
  'core/v1.ContainerPort.containerPort': { form: 'port' },
  'core/v1.ContainerPort.hostPort': { form: 'portOrZero' },
  'core/v1.ContainerPort.protocol': { words: protocols },
  'core/v1.Container.imagePullPolicy': { words: pullPolicies },
  'core/v1.Container.terminationMessagePolicy': { words: ['File', 'FallbackToLogsOnError'] },
  'core/v1.HTTPGetAction.port': { form: 'portOrName' },
  'core/v1.HTTPGetAction.scheme': { words: ['HTTP', 'HTTPS'] },
  'core/v1.TCPSocketAction.port': { form: 'portOrName' },
  'core/v1.GRPCAction.port': { form: 'port' },
  'core/v1.Probe.initialDelaySeconds': { form: 'nonNegative' },
  'core/v1.Probe.timeoutSeconds': { form: 'nonNegative' },
  'core/v1.Probe.periodSeconds': { form: 'nonNegative' },
  'core/v1.Probe.successThreshold': { form: 'nonNegative' },
  'core/v1.Probe.failureThreshold': { form: 'nonNegative' },
  'core/v1.SecurityContext.runAsUser': { form: 'nonNegative64' },
  'core/v1.SecurityContext.runAsGroup': { form: 'nonNegative64' },
  'core/v1.PodSecurityContext.runAsUser': { form: 'nonNegative64' },
  'core/v1.PodSecurityContext.runAsGroup': { form: 'nonNegative64' },
  'core/v1.PodSecurityContext.fsGroup': { form: 'nonNegative64' },
  'core/v1.PodSecurityContext.supplementalGroups': { form: 'nonNegative64' },
  'core/v1.PodSecurityContext.supplementalGroupsPolicy': { words: ['Merge', 'Strict'] },
  'core/v1.PodSecurityContext.fsGroupChangePolicy': { words: ['OnRootMismatch', 'Always'] },
  'core/v1.PodSecurityContext.seLinuxChangePolicy': { words: ['MountOption', 'Recursive'] },
  'core/v1.SeccompProfile.type': { words: profileTypes },
  'core/v1.AppArmorProfile.type': { words: profileTypes },
  'core/v1.VolumeMount.mountPropagation': { words: ['None', 'HostToContainer', 'Bidirectional'] },
  'core/v1.VolumeMount.recursiveReadOnly': { words: ['Disabled', 'IfPossible', 'Enabled'] },
  'core/v1.Volume.name': { form: 'dnsLabel' },
  'core/v1.HostPathVolumeSource.type': {
    words: ['DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'],
  },
  'core/v1.SecretVolumeSource.defaultMode': { form: 'fileMode' },
  'core/v1.ConfigMapVolumeSource.defaultMode': { form: 'fileMode' },
  'core/v1.ProjectedVolumeSource.defaultMode': { form: 'fileMode' },
  'core/v1.DownwardAPIVolumeSource.defaultMode': { form: 'fileMode' },
  'core/v1.KeyToPath.mode': { form: 'fileMode' },
  'core/v1.PodSpec.dnsPolicy': { words: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] },

  'core/v1.Toleration.key': { form: 'qualifiedName', about: 'The taint; without it any taint.' },
  'core/v1.Toleration.operator': { words: ['Exists', 'Equal', 'Lt', 'Gt'] },
  'core/v1.Toleration.effect': { words: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] },
  'core/v1.NodeSelectorRequirement.operator': { words: [...selectorOperators, 'Gt', 'Lt'] },
  'core/v1.PreferredSchedulingTerm.weight': { form: 'weight' },
  'core/v1.WeightedPodAffinityTerm.weight': { form: 'weight' },
  'core/v1.TopologySpreadConstraint.maxSkew': { form: 'positive' },
  'core/v1.TopologySpreadConstraint.minDomains': { form: 'positive' },
  'core/v1.TopologySpreadConstraint.whenUnsatisfiable': { words: ['DoNotSchedule', 'ScheduleAnyway'] },
  'core/v1.TopologySpreadConstraint.nodeAffinityPolicy': { words: honoring },
  'core/v1.TopologySpreadConstraint.nodeTaintsPolicy': { words: honoring },

  'apps/v1.DeploymentStrategy.type': { words: ['RollingUpdate', 'Recreate'] },
  'apps/v1.RollingUpdateDeployment.maxSurge': { form: 'countOrPercent' },
  'apps/v1.RollingUpdateDeployment.maxUnavailable': { form: 'countOrPercent' },
  'apps/v1.DaemonSetUpdateStrategy.type': { words: ['RollingUpdate', 'OnDelete'] },
  'apps/v1.RollingUpdateDaemonSet.maxSurge': { form: 'countOrPercent' },
  'apps/v1.RollingUpdateDaemonSet.maxUnavailable': { form: 'countOrPercent' },
  'policy/v1.PodDisruptionBudgetSpec.minAvailable': {
    form: 'countOrPercent',
    about: 'How many pods must stay while nodes are drained; not together with `maxUnavailable`.',
  },
  'policy/v1.PodDisruptionBudgetSpec.maxUnavailable': {
    form: 'countOrPercent',
    about: 'How many pods may be down while nodes are drained; not together with `minAvailable`.',
  },
  'policy/v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy': { words: ['IfHealthyBudget', 'AlwaysAllow'] },
  'autoscaling/v2.HorizontalPodAutoscalerSpec.minReplicas': { form: 'nonNegative', about: 'The fewest pods.' },
  'autoscaling/v2.HorizontalPodAutoscalerSpec.maxReplicas': { form: 'positive', about: 'The most pods.' },
  'autoscaling/v2.HorizontalPodAutoscalerSpec.metrics': {
    about: 'What the number of pods follows; replaces the list.',
  },
  'autoscaling/v2.MetricSpec.type': { words: ['Resource', 'ContainerResource', 'Pods', 'Object', 'External'] },
  'autoscaling/v2.MetricTarget.type': { words: ['Utilization', 'Value', 'AverageValue'] },
  'autoscaling/v2.MetricTarget.averageUtilization': { form: 'positive' },
  'autoscaling/v2.HPAScalingRules.selectPolicy': { words: ['Max', 'Min', 'Disabled'] },
  'autoscaling/v2.HPAScalingRules.stabilizationWindowSeconds': { form: 'nonNegative' },
  'autoscaling/v2.HPAScalingPolicy.type': { words: ['Pods', 'Percent'] },
  'autoscaling/v2.HPAScalingPolicy.value': { form: 'positive' },
  'autoscaling/v2.HPAScalingPolicy.periodSeconds': { form: 'positive' },
})

/**
 * The fields that an object can't do without, for types that only occur as items of lists or inside such an item:
 * anything else in a user's settings may be a patch that leaves out what is there already.
 */
export const requiredFields = (): { readonly [type: string]: readonly string[] } => ({
  'meta/v1.LabelSelectorRequirement': ['key', 'operator'],
  'core/v1.EnvVar': ['name'],
  'core/v1.ServicePort': ['port'],
  'core/v1.HTTPHeader': ['name', 'value'],
  'core/v1.Volume': ['name'],
  'core/v1.VolumeMount': ['name', 'mountPath'],
  'core/v1.KeyToPath': ['key', 'path'],
  'core/v1.Sysctl': ['name', 'value'],
  'core/v1.NodeSelectorRequirement': ['key', 'operator'],
  'core/v1.PreferredSchedulingTerm': ['weight', 'preference'],
  'core/v1.WeightedPodAffinityTerm': ['weight', 'podAffinityTerm'],
  'core/v1.PodAffinityTerm': ['topologyKey'],
  'core/v1.TopologySpreadConstraint': ['maxSkew', 'topologyKey', 'whenUnsatisfiable'],
  'autoscaling/v2.MetricSpec': ['type'],
  'autoscaling/v2.HPAScalingPolicy': ['type', 'value', 'periodSeconds'],
})
