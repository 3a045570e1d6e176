import { any, atomic, bool, int32, intOrString, list, manifest, quantity, str } from './words.ts'

/** What keeps pods running: Deployments, DaemonSets, and what scales and protects them. */
export const workload = {
  'apps/v1.Deployment': { ...manifest, spec: 'apps/v1.DeploymentSpec', status: any },
  'apps/v1.DeploymentSpec': {
    replicas: int32,
    selector: 'meta/v1.LabelSelector',
    template: 'core/v1.PodTemplateSpec',
    strategy: 'apps/v1.DeploymentStrategy',
    minReadySeconds: int32,
    revisionHistoryLimit: int32,
    paused: bool,
    progressDeadlineSeconds: int32,
  },
  'apps/v1.DeploymentStrategy': { type: str, rollingUpdate: 'apps/v1.RollingUpdateDeployment' },
  'apps/v1.RollingUpdateDeployment': { maxUnavailable: intOrString, maxSurge: intOrString },
  'apps/v1.DaemonSet': { ...manifest, spec: 'apps/v1.DaemonSetSpec', status: any },
  'apps/v1.DaemonSetSpec': {
    selector: 'meta/v1.LabelSelector',
    template: 'core/v1.PodTemplateSpec',
    updateStrategy: 'apps/v1.DaemonSetUpdateStrategy',
    minReadySeconds: int32,
    revisionHistoryLimit: int32,
  },
  'apps/v1.DaemonSetUpdateStrategy': { type: str, rollingUpdate: 'apps/v1.RollingUpdateDaemonSet' },
  'apps/v1.RollingUpdateDaemonSet': { maxUnavailable: intOrString, maxSurge: intOrString },
  'autoscaling/v2.HorizontalPodAutoscaler': {
    ...manifest,
    spec: 'autoscaling/v2.HorizontalPodAutoscalerSpec',
    status: any,
  },
  'autoscaling/v2.HorizontalPodAutoscalerSpec': {
    scaleTargetRef: 'autoscaling/v2.CrossVersionObjectReference',
    minReplicas: int32,
    maxReplicas: int32,
    metrics: list('autoscaling/v2.MetricSpec'),
    behavior: 'autoscaling/v2.HorizontalPodAutoscalerBehavior',
  },
  'autoscaling/v2.CrossVersionObjectReference': { kind: str, name: str, apiVersion: str },
  'autoscaling/v2.MetricSpec': {
    type: str,
    object: 'autoscaling/v2.ObjectMetricSource',
    pods: 'autoscaling/v2.PodsMetricSource',
    resource: 'autoscaling/v2.ResourceMetricSource',
    containerResource: 'autoscaling/v2.ContainerResourceMetricSource',
    external: 'autoscaling/v2.ExternalMetricSource',
  },
  'autoscaling/v2.ObjectMetricSource': {
    describedObject: 'autoscaling/v2.CrossVersionObjectReference',
    target: 'autoscaling/v2.MetricTarget',
    metric: 'autoscaling/v2.MetricIdentifier',
  },
  'autoscaling/v2.MetricTarget': { type: str, value: quantity, averageValue: quantity, averageUtilization: int32 },
  'autoscaling/v2.MetricIdentifier': { name: str, selector: 'meta/v1.LabelSelector' },
  'autoscaling/v2.PodsMetricSource': {
    metric: 'autoscaling/v2.MetricIdentifier',
    target: 'autoscaling/v2.MetricTarget',
  },
  'autoscaling/v2.ResourceMetricSource': { name: str, target: 'autoscaling/v2.MetricTarget' },
  'autoscaling/v2.ContainerResourceMetricSource': { name: str, target: 'autoscaling/v2.MetricTarget', container: str },
  'autoscaling/v2.ExternalMetricSource': {
    metric: 'autoscaling/v2.MetricIdentifier',
    target: 'autoscaling/v2.MetricTarget',
  },
  'autoscaling/v2.HorizontalPodAutoscalerBehavior': {
    scaleUp: 'autoscaling/v2.HPAScalingRules',
    scaleDown: 'autoscaling/v2.HPAScalingRules',
  },
  'autoscaling/v2.HPAScalingRules': {
    stabilizationWindowSeconds: int32,
    selectPolicy: str,
    policies: list('autoscaling/v2.HPAScalingPolicy'),
    tolerance: quantity,
  },
  'autoscaling/v2.HPAScalingPolicy': { type: str, value: int32, periodSeconds: int32 },
  'policy/v1.PodDisruptionBudget': { ...manifest, spec: 'policy/v1.PodDisruptionBudgetSpec', status: any },
  'policy/v1.PodDisruptionBudgetSpec': {
    minAvailable: intOrString,
    selector: atomic('meta/v1.LabelSelector'),
    maxUnavailable: intOrString,
    unhealthyPodEvictionPolicy: str,
  },
} as const
