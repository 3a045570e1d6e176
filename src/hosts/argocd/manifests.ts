/** What the manifests are made for. */
export interface Installation {
  /** The image with the program and its plugin.yaml. */
  readonly image: string
  /** Where the Applications find the IstioOperators. */
  readonly repository: string
  readonly revision: string
  readonly path: string
}

/** A part of what it takes to use the plugin: a document, and what is to be done with it. */
export interface Part {
  readonly about: string
  readonly make: (installation: Installation) => unknown
}

/** What installs the plugin and uses it, by the names that `init argocd` takes. */
export const parts: { readonly [name: string]: Part } = {
  kustomize: {
    about: "A patch for Argo CD's own manifests: save it as render-istio.yaml, and list it under `patches:`.",
    make: ({ image }) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'argocd-repo-server' },
      spec: { template: { spec: { containers: [sidecar(image)], volumes: [temporary] } } },
    }),
  },
  helm: {
    about: 'The same as values of the Helm chart argo-cd.',
    make: ({ image }) => ({ repoServer: { extraContainers: [sidecar(image)], volumes: [temporary] } }),
  },
  application: {
    about: 'An Application: one cluster, and the folder with its IstioOperator.',
    make: (installation) => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'istio', namespace: 'argocd' },
      spec: application(installation, { server: 'https://kubernetes.default.svc' }),
    }),
  },
  applicationset: {
    about: 'An ApplicationSet: every cluster with the label `istio: "true"`, each one under its own name.',
    make: (installation) => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { name: 'istio', namespace: 'argocd' },
      spec: {
        goTemplate: true,
        goTemplateOptions: ['missingkey=error'],
        generators: [{ clusters: { selector: { matchLabels: { istio: 'true' } } } }],
        template: {
          metadata: { name: 'istio-{{.nameNormalized}}' },
          spec: application(
            installation,
            { server: '{{.server}}' },
            { 'global.multiCluster.clusterName': '{{.nameNormalized}}' },
          ),
        },
      },
    }),
  },
}

const temporary = { name: 'render-istio-tmp', emptyDir: {} }

/** The plugin beside the repo-server. Argo CD brings its server in a volume, and copies repositories below /tmp. */
function sidecar(image: string) {
  return {
    name: 'render-istio',
    image,
    command: ['/var/run/argocd/argocd-cmp-server'],
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 999,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [
      { name: 'var-files', mountPath: '/var/run/argocd' },
      { name: 'plugins', mountPath: '/home/argocd/cmp-server/plugins' },
      { name: temporary.name, mountPath: '/tmp' },
    ],
  }
}

/**
 * Only what the output needs of Argo CD. istiod writes its certificate into its webhooks, which is no difference and
 * must not be taken back; waves, and what must not be pruned, stand in the objects themselves. Namespaces are among
 * them, so that Argo CD makes none.
 */
function application(
  { repository, revision, path }: Installation,
  destination: { readonly server: string },
  values?: { readonly [path: string]: string },
) {
  return {
    project: 'default',
    destination: { ...destination, namespace: 'istio-system' },
    source: {
      repoURL: repository,
      targetRevision: revision,
      path,
      plugin: { name: 'render-istio', parameters: values && [{ name: 'values', map: values }] },
    },
    ignoreDifferences: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].map((kind) => ({
      group: 'admissionregistration.k8s.io',
      kind,
      jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
    })),
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      syncOptions: ['RespectIgnoreDifferences=true'],
    },
  }
}
