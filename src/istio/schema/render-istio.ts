import { type Area, bool, choice, field, type Groups, list, map, text } from './words.ts'

const strategies = ['replace', 'append', 'merge'] as const

/** RenderIstio, the functionConfig with everything that a run can be told besides the IstioOperators. */
export const renderIstioTypes = () =>
  ({
    RenderIstio: {
      apiVersion: text('`render-istio.dev/v1alpha1`.', { default: 'render-istio.dev/v1alpha1' }),
      kind: text('`RenderIstio`.', { default: 'RenderIstio' }),
      metadata: field('meta/v1.ObjectMeta', 'Name and annotations of this document.'),
      spec: field('RenderIstioSpec', 'The settings.'),
    },
    RenderIstioSpec: {
      engine: choice(
        ['argocd', 'kpt', 'flux', 'none'],
        'Who applies the objects, and so which order is written down.',
        {
          default: 'argocd',
        },
      ),
      mode: choice(['render', 'validate'], 'With `validate` the function checks, and changes no item.', {
        default: 'render',
      }),
      compat: choice(['istioctl'], 'What istioctl lets through in silence becomes a warning instead of an error.'),
      environment: choice(['dev', 'test', 'staging', 'prod'], 'Preset of settings, laid over the profile.'),
      kubeVersion: text('Kubernetes version of the cluster.', { examples: ['1.33.1'] }),
      previousVersion: text('The release of Istio that runs in the cluster now.', { examples: ['1.29.2'] }),
      profile: text('As `spec.profile` of the IstioOperator, and stronger.'),
      set: list('string', 'Settings in the form of `--set`: a path and a value.', {
        examples: [['values.global.proxy.logLevel=debug']],
      }),
      merge: field('MergeSettings', 'How lists of two documents become one.'),
      waves: field('WaveSettings', 'The numbers of the waves of Argo CD.'),
      allowEmpty: bool('Whether a run that renders no object is fine.', { default: false }),
      keep: list('string', 'Changes for GitOps that are switched off, by name.'),
      charts: field('ChartSettings', 'Charts that take the place of the bundled renderers.'),
      patches: list('PatchSettings', 'Patches of the whole mesh, in order.'),
      problems: field('ProblemSettings', 'Which problems count for how much, and which ones are accepted.'),
    },
    ChartSettings: {
      path: text('The folder or archive that holds them.', { examples: ['istio-1.28.0/manifests'] }),
      components: map('string', 'The chart of a single component, or `bundled`, by its name in the IstioOperator.', {
        examples: [{ ztunnel: 'charts/ztunnel-1.30.3.tgz', cni: 'bundled' }],
      }),
    },
    PatchSettings: {
      target: field('PatchTargetSettings', 'The objects that are meant.'),
      patch: field('any', 'A strategic merge patch, or a list of JSON patch operations.'),
      optional: bool('Whether it is fine that nothing matches.', { default: false }),
    },
    PatchTargetSettings: {
      kind: text('Their kind.'),
      name: text('Their name; any when left out.'),
      namespace: text('Their namespace; any when left out.'),
    },
    ProblemSettings: {
      levels: map({ words: ['off', 'warn', 'error'] }, 'How grave a kind of problem is, by its code.', {
        examples: [{ 'env-not-text': 'error' }],
      }),
      ignore: list('SuppressionSettings', 'Problems that are accepted.'),
    },
    SuppressionSettings: {
      code: text('Code of the problem.'),
      path: text('The field that it is about, with all below; everywhere when left out.'),
      reason: text('Why it is accepted.'),
    },
    MergeSettings: {
      lists: choice(strategies, 'For all lists.', { default: 'replace' }),
      paths: map({ words: strategies }, 'For single lists, by their path.', {
        examples: [{ 'spec.meshConfig.extensionProviders': 'merge' }],
      }),
    },
    WaveSettings: {
      start: field('int32', 'Number of the first wave.', { default: -5 }),
      step: field('positive', 'From one wave to the next.', { default: 1 }),
    },
  }) satisfies Area

export const renderIstioGroups: Groups = {
  SuppressionSettings: { required: ['code', 'reason'] },
  PatchSettings: { required: ['target', 'patch'] },
  PatchTargetSettings: { required: ['kind'] },
}
