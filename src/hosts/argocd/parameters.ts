/** What a parameter holds in Argo CD: one text, a list of texts, or texts by name. */
export type Collection = '' | 'array' | 'map'

/** A parameter of an Application, as Argo CD's form shows it. */
export interface Parameter {
  readonly name: string
  readonly title: string
  readonly tooltip: string
  readonly collectionType: Collection
  /** Where it is announced: by the command, which knows the folder, or by `plugin.yaml`; others are only understood. */
  readonly announced: 'dynamic' | 'static' | undefined
}

/**
 * The parameters of an Application, in the order of the form. Settings have the names that they have in a RenderIstio;
 * the others are shorthands of `set`.
 */
export const parameters = [
  one('profile', 'Profile', 'A built-in profile, the name of one in the folder, or the relative path of one.'),
  one('revision', 'Revision', 'The revision of the control plane. Empty is the default one.'),
  one('hub', 'Image registry', 'The registry and folder that images are pulled from.'),
  one('tag', 'Image tag', 'The tag of the images.'),
  one('environment', 'Environment', 'A preset over the profile: dev, test, staging or prod.'),
  many('set', 'array', 'Fields', 'path=value for any field below spec, such as components.cni.enabled=true.'),
  many('values', 'map', 'Values', 'Fields below spec.values, by their path: global.network is one.'),
  { ...one('kubeVersion', 'Kubernetes version', "Instead of the cluster's own, such as 1.33.1."), announced: 'static' },
  { ...many('keep', 'array', 'Keep', 'Differences from istioctl that are not made, by name.'), announced: 'static' },
  {
    ...many('waves', 'map', 'Waves', 'start and step: the number of the first wave, and the distance.'),
    announced: 'static',
  },
  { ...many('merge', 'map', 'Lists', 'lists, or the path of one: replace, append or merge.'), announced: 'static' },
  {
    ...one('previousVersion', 'Previous release', 'The release of Istio that the cluster runs so far.'),
    announced: undefined,
  },
  { ...one('allowEmpty', 'Allow an empty mesh', 'true if a mesh without objects is meant.'), announced: undefined },
  { ...one('compat', 'Compatibility', 'istioctl for its leniency.'), announced: undefined },
] as const satisfies readonly Parameter[]

export type ParameterName = (typeof parameters)[number]['name']

function one<Name extends string>(name: Name, title: string, tooltip: string) {
  return { name, title, tooltip, collectionType: '', announced: 'dynamic' } as const
}

function many<Name extends string, C extends Collection>(
  name: Name,
  collectionType: C,
  title: string,
  tooltip: string,
) {
  return { name, title, tooltip, collectionType, announced: 'dynamic' } as const
}
