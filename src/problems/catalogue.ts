import type { Severity } from '../problem.ts'

/** What is known of a kind of problem besides the words of a single one. */
export interface ProblemKind {
  /** How grave it is, unless levels or istioctl's leniency say otherwise. */
  readonly severity: Severity
  /** What it is, as a heading. */
  readonly title: string
  /** What it means, and why it matters. */
  readonly about: string
  /** istioctl lets it through in silence: a warning for those who ask for its behaviour. */
  readonly lenient?: true
  /** An error without which there is still one right answer: levels and suppressions may lower it. */
  readonly optional?: true
}

/**
 * Every problem by its code, which is stable: pipelines, suppressions and documentation name it. A code is a word or
 * two for the mistake, not for the place where it is found. `docs/problems` has a page for each.
 */
const catalogue = {
  // What is read
  'file-not-read': {
    severity: 'error',
    title: 'A file that cannot be read',
    about: 'A file that the command line names is missing, is a directory, or may not be opened.',
  },
  'outside-root': {
    severity: 'error',
    title: 'A profile or charts outside of the folders that may be read',
    about:
      'What an IstioOperator names, a custom profile or charts, is read below the working directory or below the folder of the file that names it, and nowhere else, so that an input from somebody else cannot have files of the machine rendered. A flag or a setting may name any place.',
  },
  'invalid-text': {
    severity: 'error',
    title: 'Bytes that are no text',
    about: 'The input is not valid UTF-8 (or UTF-16 with its mark), or holds control characters that YAML forbids.',
  },
  'input-too-large': {
    severity: 'error',
    title: 'More input than is read',
    about: 'Inputs are limited in size, so that a hostile one cannot keep the host busy.',
  },
  'yaml-syntax': {
    severity: 'error',
    title: 'Text that is no YAML',
    about: 'The text cannot be read as YAML at this place. What follows it on the same line is not told separately.',
  },
  'yaml-too-deep': {
    severity: 'error',
    title: 'YAML nested too deeply',
    about: 'Maps and lists are nested deeper than any Kubernetes object is.',
  },
  'yaml-alias': {
    severity: 'error',
    title: 'An alias that leads nowhere',
    about:
      'An alias (`*name`) repeats what an anchor (`&name`) before it marks. Here there is none, or it holds itself.',
  },
  'yaml-alias-limit': {
    severity: 'error',
    title: 'Aliases that repeat too much',
    about: 'Aliases of aliases multiply: a few lines can stand for gigabytes. The number of repeated nodes is limited.',
  },
  'yaml-key': {
    severity: 'error',
    title: 'A key that cannot be one',
    about: 'Kubernetes documents are JSON at heart: the keys of maps are text, and a merge key takes maps.',
  },
  'yaml-number': {
    severity: 'error',
    title: 'A number that JSON cannot hold',
    about: 'Infinity, not-a-number and numbers beyond all bounds have no form in JSON, and so none in Kubernetes.',
  },
  'yaml-tag': {
    severity: 'error',
    title: 'A tag that is not known, or does not fit',
    about:
      'A tag such as `!!int` says how a value is to be read. This one is not known, or its value is not of that form.',
  },
  'duplicate-key': {
    severity: 'warning',
    title: 'A key that stands twice in a map',
    about: 'Of two equal keys in one map only the last counts, so that the first one looks set and is not.',
  },
  'missing-kind': {
    severity: 'error',
    title: 'A document without a kind',
    about: 'A document that is handed over as an IstioOperator must say so.',
  },
  'not-an-operator': {
    severity: 'error',
    title: 'A document of another kind',
    about:
      'What is handed over as an IstioOperator calls itself something else. istioctl takes any kind and any version, and renders what it finds under `spec`.',
    lenient: true,
    optional: true,
  },
  'several-operators': {
    severity: 'error',
    title: 'Several documents in a file that must hold one',
    about: 'Files given by `-f` are merged into one control plane, and each of them holds one IstioOperator.',
  },
  'no-operator': {
    severity: 'error',
    title: 'An input without an IstioOperator',
    about: 'There is nothing to render. An empty answer would make an engine that prunes delete the mesh.',
  },

  // The command line, and what the function is told
  usage: {
    severity: 'error',
    title: 'A command line that cannot be understood',
    about: 'A command or a flag is not known, or lacks its value. The exit code is 2.',
  },
  'unexpected-argument': {
    severity: 'error',
    title: 'An argument too many',
    about: 'Files are named by `-f`, or one file or folder without it; not both, and not two folders.',
  },
  'stdin-not-last': {
    severity: 'error',
    title: 'Standard input before other files',
    about: 'Of several files the later ones win, and standard input is always the last.',
  },
  'charts-not-read': {
    severity: 'error',
    title: 'Charts that cannot be read',
    about:
      'What is named as charts is not there, holds no chart of Istio, or lies in a network: charts are folders and `.tgz` archives on the disk, and nothing is ever fetched.',
  },
  'function-config': {
    severity: 'error',
    title: 'A functionConfig of another kind',
    about: 'A KRM function is configured by an IstioOperator, a RenderIstio or a ConfigMap.',
  },
  'not-a-resource-list': {
    severity: 'error',
    title: 'Standard input that is no ResourceList',
    about: 'Without arguments the program is a KRM function, which reads a ResourceList.',
  },
  'already-there': {
    severity: 'error',
    title: 'An object that is rendered and lies there too',
    about: 'The package holds an object of somebody else that is rendered as well. No engine can apply both.',
  },
  'unknown-setting': {
    severity: 'error',
    title: 'A setting that RenderIstio does not have',
    about: 'A setting that is not known would be without effect, and nobody would notice.',
  },
  'wrong-setting': {
    severity: 'error',
    title: 'A setting with a value that it cannot have',
    about: 'The value of a setting, or of the flag of its name, is not one of those that it takes.',
  },
  'unknown-environment': {
    severity: 'error',
    title: 'An environment that has no preset',
    about: 'The environment chooses one of the built-in presets.',
  },
  'unknown-problem': {
    severity: 'error',
    title: 'A level or suppression for no problem',
    about: 'A level or a suppression names a code that is never reported, so that it can never have an effect.',
  },
  'missing-reason': {
    severity: 'error',
    title: 'A suppression without a reason',
    about: 'Who suppresses a problem says why, for those who come after.',
  },
  'firm-problem': {
    severity: 'error',
    title: 'An error that cannot be lowered',
    about:
      'Some errors leave no right answer: nothing could be rendered, or only a guess. They stay errors whatever the levels say.',
  },
  'unused-suppression': {
    severity: 'warning',
    title: 'A suppression that suppresses nothing',
    about: 'The problem that it was written for is gone. Left there, it would hide the next one of its kind.',
  },

  // Argo CD
  'wrong-parameter': {
    severity: 'error',
    title: 'A parameter of the Application that cannot be read',
    about: 'Parameters of an Application are texts, lists of texts or maps of texts, and each one takes one of these.',
  },
  'unknown-parameter': {
    severity: 'error',
    title: 'A parameter or variable that is not known',
    about:
      'A parameter of the Application is misspelt, and would have no effect. A variable that is not known is a warning, as it may be meant for others.',
  },
  'api-unlisted': {
    severity: 'warning',
    title: 'An API that Argo CD does not find in the cluster',
    about:
      'Argo CD tells which APIs the cluster serves, and something that is rendered needs another one: the sync would fail. It is no error, as the list may be cut short by what Argo CD is told to leave out.',
  },
  'api-not-served': {
    severity: 'error',
    title: 'An API that the cluster does not have',
    about: 'The version of Kubernetes that is given does not serve an API that something rendered needs.',
    optional: true,
  },

  // Folders that are written
  'edited-file': {
    severity: 'error',
    title: 'A written file that somebody changed',
    about:
      'A folder that is written keeps a list of the files in it with their digests. This file is no longer what was written, and a change that somebody made by hand is not thrown away.',
  },
  'foreign-file': {
    severity: 'error',
    title: 'A file of somebody else in the way',
    about:
      'A file has to be written where one lies that was not written by this program, or where a link or a folder is.',
  },
  'file-list': {
    severity: 'error',
    title: 'A list of written files that cannot be read',
    about:
      'The list `.render-istio.json` in a written folder tells which files may be replaced or removed. Without it, none may.',
  },
  'file-not-written': {
    severity: 'error',
    title: 'A file that cannot be written',
    about: 'The disk is full, the folder is read-only, or something else keeps the program from writing.',
  },
  'outdated-folder': {
    severity: 'error',
    title: 'A written folder that is out of date',
    about:
      '`generate --check` found that rendering again would change the folder: the input or the program changed since.',
  },

  // --set
  'set-argument': {
    severity: 'error',
    title: 'A `--set` that cannot be applied',
    about: 'The path leads nowhere, or the value has no form in JSON.',
  },
  'set-doubt': {
    severity: 'error',
    title: 'A `--set` that hardly does what it says',
    about: 'istioctl takes this argument in silence and does something with it that can hardly be meant.',
    lenient: true,
    optional: true,
  },

  // Profiles and presets
  'unknown-profile': {
    severity: 'error',
    title: 'A profile that is not known',
    about: 'A profile is a built-in one, an IstioOperator beside this one by its name, or a file by a relative path.',
  },
  'profile-cycle': {
    severity: 'error',
    title: 'Profiles that stand on themselves',
    about: 'Each custom profile may name the one that it changes. Here the way leads back to where it began.',
  },
  'unknown-values-profile': {
    severity: 'error',
    title: 'A values profile that is not known',
    about: 'The charts have presets of their own, which `values.profile` and `values.global.profile` choose.',
  },
  'unknown-compatibility-version': {
    severity: 'error',
    title: 'A compatibility version that the release does not have',
    about: 'A release can keep the behaviour of a few minor versions before it, and of no others.',
  },
  'unknown-platform': {
    severity: 'error',
    title: 'A platform that is not known',
    about: 'A platform chooses settings for where the cluster runs. One that is not known would choose none.',
  },

  // Schemas
  'unknown-field': {
    severity: 'error',
    title: 'A field that is not known',
    about:
      'Nobody reads a field of this name here: it is misspelt, stands in the wrong place, or belongs to another release. What it says has no effect.',
    optional: true,
  },
  'wrong-case': {
    severity: 'error',
    title: 'A field in the wrong case',
    about: 'The name differs from that of a field only in its capitals. istioctl takes it, and then it is not read.',
    optional: true,
  },
  'other-name': {
    severity: 'warning',
    title: 'A field by a name that the charts do not read',
    about: 'The decoder knows the field by this name too, so that it passes, but the charts read the other one.',
  },
  'wrong-type': {
    severity: 'error',
    title: 'A value of the wrong type',
    about: 'The field holds another type: text instead of a number, a map instead of a list, and so on.',
  },
  'wrong-format': {
    severity: 'error',
    title: 'A value of the wrong form',
    about: 'The type is right and the form is not: a quantity, a duration, a label, a port, a name.',
    optional: true,
  },
  'out-of-range': {
    severity: 'error',
    title: 'A number beyond its bounds',
    about: 'The number is too small or too large for what the field means.',
    optional: true,
  },
  'not-allowed-value': {
    severity: 'error',
    title: 'A word that is none of those allowed',
    about: 'The field takes one of a few words, and this is another one.',
    optional: true,
  },
  'exclusive-fields': {
    severity: 'error',
    title: 'Fields that exclude each other',
    about: 'Of several fields only one can be meant, and more than one is given.',
    optional: true,
  },
  'missing-field': {
    severity: 'error',
    title: 'A field that is missing',
    about: 'The object makes no sense without this field, and the API server would refuse it.',
    optional: true,
  },
  'istioctl-rejects': {
    severity: 'info',
    title: 'A value that istioctl refuses',
    about: 'The charts read the value as it is here, but istioctl decodes it into another type first and stops.',
  },

  // Names
  'invalid-name': {
    severity: 'error',
    title: 'A name that Kubernetes refuses',
    about:
      'Names of objects are lower-case letters, digits and hyphens, and some may have dots. Anything else is refused when it is applied.',
    optional: true,
  },
  'missing-name': {
    severity: 'error',
    title: 'Something that must be named and is not',
    about: 'A gateway is called by its name, and a Service with several ports tells them apart by theirs.',
    optional: true,
  },
  'invalid-namespace': {
    severity: 'error',
    title: 'A namespace that cannot exist',
    about: 'A namespace is a DNS label: at most 63 lower-case letters, digits and hyphens.',
    optional: true,
  },
  'invalid-object-name': {
    severity: 'error',
    title: 'A name that became too long, or of the wrong form',
    about:
      'Names of objects are put together of revisions, gateways and namespaces. This one breaks the rules of Kubernetes, although each part may be fine.',
    optional: true,
  },
  'invalid-label': {
    severity: 'error',
    title: 'A label with a value that Kubernetes refuses',
    about:
      'Values of labels have at most 63 characters. This one is made of a setting that is longer, or of another form.',
    optional: true,
  },
  'invalid-revision': {
    severity: 'error',
    title: 'A revision that cannot be part of names',
    about: 'The revision is part of the names of objects and a label of pods, and so has the form of both.',
    optional: true,
  },
  'reserved-revision': {
    severity: 'warning',
    title: 'A revision called `default`',
    about:
      'The word stands for the control plane without a revision. As a name it makes objects that settings and overlays miss.',
  },
  'two-defaults': {
    severity: 'error',
    title: 'Two default control planes',
    about:
      "Injection and validation without a revision belong to one control plane. Two of them overwrite each other's webhooks.",
    optional: true,
  },
  'duplicate-item': {
    severity: 'error',
    title: 'An item that stands twice in its list',
    about: 'Of two items with the same key only one can count: ports, variables, mounts, providers, tags.',
    optional: true,
  },

  // Images
  'invalid-hub': {
    severity: 'error',
    title: 'A registry that images cannot be pulled from',
    about: 'Image, tag and digest are put behind the hub, so it is a registry and a path, and nothing else.',
    optional: true,
  },
  'invalid-tag': {
    severity: 'error',
    title: 'A tag that no image can have',
    about:
      'A tag is at most 128 letters, digits, underscores, dots and hyphens. What `variant` says is put behind it, so that a tag that ends in the variant already (a warning) names no image either.',
    optional: true,
  },
  'invalid-image': {
    severity: 'error',
    title: 'An image that cannot be pulled',
    about: 'The text is neither the name of an image nor a whole reference to one.',
    optional: true,
  },
  'float-tag': {
    severity: 'warning',
    title: 'A tag that YAML reads as a number',
    about:
      'A tag such as `1.30` is a number to YAML, which drops the zero at its end. The image that is pulled is another one.',
  },

  // Mesh configuration
  'empty-field': {
    severity: 'error',
    title: 'A field that must not be empty',
    about: 'The field is there and says nothing, which istiod takes for a mistake.',
    optional: true,
  },
  'invalid-port': {
    severity: 'error',
    title: 'A number that is no port',
    about: 'Ports are numbers from 1 to 65535. Lists of them for interception may also hold 0 or be a star.',
    optional: true,
  },
  'invalid-range': {
    severity: 'error',
    title: 'A range of addresses that is none',
    about:
      'The lists of ranges decide which traffic passes through the proxy. What cannot be read as a range stops the pods from starting.',
    optional: true,
  },
  'invalid-address': {
    severity: 'error',
    title: 'An address that leads nowhere',
    about: 'The text is neither a host name nor an IP address, or has a scheme, a path or a port where none belongs.',
    optional: true,
  },
  'invalid-host': {
    severity: 'error',
    title: 'A host name that is none',
    about: 'The text cannot be the name of a host, so that nothing can be found by it.',
    optional: true,
  },
  'invalid-url': {
    severity: 'error',
    title: 'A URL that cannot be called',
    about: 'The API server calls webhooks only at `https` URLs of a plain form.',
    optional: true,
  },
  'invalid-duration': {
    severity: 'error',
    title: 'A duration beyond what istiod takes',
    about: 'The duration can be read, and is too short, too long or too fine for what it is used for.',
    optional: true,
  },
  'invalid-trust-domain': {
    severity: 'error',
    title: 'A trust domain that is none',
    about: "The trust domain is part of every workload's identity, and has the form of a DNS name.",
    optional: true,
  },
  'invalid-locality': {
    severity: 'error',
    title: 'A locality setting that contradicts itself',
    about:
      'Weights that do not add up, regions that overlap, or ways of balancing that exclude each other. istiod ignores all of it.',
    optional: true,
  },
  'invalid-certificate': {
    severity: 'error',
    title: 'A certificate that cannot be read',
    about: 'The field takes certificates in one encoding, and this is another one or none.',
    optional: true,
  },
  'invalid-pattern': {
    severity: 'error',
    title: 'A regular expression that is none',
    about: 'istiod compiles the expression with RE2, and stops reading the configuration when that fails.',
    optional: true,
  },
  'unknown-provider': {
    severity: 'error',
    title: 'A provider that is not defined',
    about:
      'Telemetry and authorization name providers of `extensionProviders`. Without one of that name nothing is done.',
    optional: true,
  },

  // Pods and their objects
  'invalid-selector': {
    severity: 'error',
    title: 'A selector that Kubernetes refuses',
    about: 'The operator of a selector decides how many values it takes, and of which form.',
    optional: true,
  },
  'invalid-toleration': {
    severity: 'error',
    title: 'A toleration that Kubernetes refuses',
    about: 'Key, operator, value and effect of a toleration do not go together.',
    optional: true,
  },
  'request-above-limit': {
    severity: 'error',
    title: 'A request above its limit',
    about: 'No node can give a container more than it may use; the API server refuses the pod.',
    optional: true,
  },
  'negative-number': {
    severity: 'error',
    title: 'A number below zero',
    about: 'Fewer than no pods cannot run; the API server refuses the object.',
    optional: true,
  },
  'unknown-volume': {
    severity: 'error',
    title: 'A mount of a volume that the pod does not have',
    about: 'Every mount names a volume of the pod. Without it the API server refuses the workload.',
    optional: true,
  },
  'selector-mismatch': {
    severity: 'error',
    title: 'A workload that does not find its own pods',
    about: 'The selector of a workload must match the labels of its pods; the API server refuses it otherwise.',
    optional: true,
  },
  'overlapping-selectors': {
    severity: 'warning',
    title: 'Workloads that cannot be told apart',
    about:
      'The pods of two workloads have the same labels. Services and disruption budgets of one take the pods of the other for their own.',
  },
  'conflicting-fields': {
    severity: 'error',
    title: 'Fields that cannot stand together in an object',
    about: 'Laid over what is rendered the setting makes an object with two fields that exclude each other.',
    optional: true,
  },
  'privileged-port': {
    severity: 'error',
    title: 'A port below 1024 for a gateway that is not root',
    about: 'Gateways run without the right to open such a port. They would never become ready.',
    optional: true,
  },
  'unknown-target-port': {
    severity: 'warning',
    title: 'A target port that no container has',
    about: 'The Service leads to a port by a name that no container gives to one.',
  },
  'service-without-pods': {
    severity: 'warning',
    title: 'A Service that selects no pod',
    about: 'Nothing that is rendered has all labels of the selector, so that traffic to the Service goes nowhere.',
  },
  'autoscaler-bounds': {
    severity: 'error',
    title: 'An autoscaler with its bounds upside down',
    about: 'The fewest pods must not be more than the most, and at least one.',
    optional: true,
  },
  'scaled-twice': {
    severity: 'warning',
    title: 'Replicas beside an autoscaler',
    about:
      'The autoscaler counts the pods. A number of replicas beside it is without effect, or makes each sync scale the workload back.',
  },
  'budget-blocks-drain': {
    severity: 'warning',
    title: 'A disruption budget that lets no pod go',
    about: 'A budget that no pod may leave blocks every drain of a node, and so every upgrade of the cluster.',
  },
  'unsuitable-setting': {
    severity: 'error',
    title: 'A setting where the API has no such field',
    about:
      'The setting lands in an object of a kind that has no field of this name. The API server refuses it or drops it.',
    optional: true,
  },

  // Control planes, clusters and gateways
  'missing-component': {
    severity: 'warning',
    title: 'A component that misses its partner',
    about:
      'What is rendered depends on a component that is not rendered beside it. That is fine if somebody else installs it.',
  },
  'revision-not-rendered': {
    severity: 'warning',
    title: 'A revision that nobody renders',
    about: 'Injection and gateways ask for an istiod of a revision that is not part of the output.',
  },
  'ambient-conflict': {
    severity: 'error',
    title: 'Ambient mode that is only half on',
    about:
      'ztunnel, the node agent and istiod must all know of ambient mode. As it is, pods in it would have no traffic.',
    optional: true,
  },
  'remote-without-address': {
    severity: 'error',
    title: 'A remote cluster without an istiod',
    about: 'The profile of remote clusters renders no istiod of its own, and nothing says where the other one is.',
    optional: true,
  },
  'remote-incomplete': {
    severity: 'warning',
    title: 'A remote cluster that does not say who it is',
    about: 'istiod tells clusters apart by name and network. Without them endpoints of several clusters are mixed up.',
  },
  'network-mismatch': {
    severity: 'warning',
    title: 'A network that nobody knows',
    about:
      'The networks of cluster, gateways and mesh must have the same names, or traffic between them takes the wrong way.',
  },
  'half-enabled': {
    severity: 'warning',
    title: 'A component that is rendered and not used',
    about: 'The component is on, and the setting that makes the others use it is off.',
  },
  'overridden-setting': {
    severity: 'warning',
    title: 'A setting that another one overrides',
    about: 'Two settings for the same thing differ. Which one wins is fixed, and easily overlooked.',
  },

  // Versions
  'unsupported-kubernetes': {
    severity: 'warning',
    title: 'A Kubernetes version that the release is not tested on',
    about:
      'Each release of Istio supports a few minor versions of Kubernetes. On others it may work, and nobody tries.',
  },
  'old-compatibility-version': {
    severity: 'warning',
    title: 'A compatibility version that is about to go',
    about: 'Compatibility with an old minor version is for the time of an upgrade. It ends after a few releases.',
  },
  'version-mismatch': {
    severity: 'warning',
    title: 'A tag of another release',
    about: 'Everything is rendered for the bundled release. Images of another minor version may not understand it.',
  },
  'version-skew': {
    severity: 'warning',
    title: 'Versions too far apart',
    about: 'Node agents and proxies go with istiods of the same or a neighbouring minor version.',
  },
  'skipped-minor': {
    severity: 'error',
    title: 'An upgrade that skips a minor version',
    about: 'Istio supports upgrades from one minor version to the next. What is deprecated in between is never told.',
    optional: true,
  },
  downgrade: {
    severity: 'warning',
    title: 'A way back to an older release',
    about: 'What the newer release wrote may not be understood by the older one.',
  },
  'deprecated-field': {
    severity: 'warning',
    title: 'A field that is on its way out',
    about: 'The field still works, and will be gone in one of the next releases.',
  },

  // Patches of the mesh, and the package
  'patch-miss': {
    severity: 'error',
    title: 'A patch that matches nothing',
    about:
      'The patch of the RenderIstio names a target, or a path in it, that is not there. `optional: true` lets it pass.',
    optional: true,
  },
  'owner-gone': {
    severity: 'warning',
    title: 'Objects whose IstioOperator is gone',
    about:
      'The package holds objects that were rendered for an IstioOperator that is not in it any more. They are kept, as it may only be out of sight.',
  },

  // What is rendered
  'values-block': {
    severity: 'error',
    title: 'A block of values that was taken away',
    about: 'A block whose members are read was set to null or to a scalar, which takes its defaults away too.',
  },
  'unrenderable-value': {
    severity: 'error',
    title: 'A value of a type that cannot be rendered',
    about: 'At this value the templates of Istio would stop: they compare, loop over or look into another type.',
  },
  'unprintable-value': {
    severity: 'error',
    title: 'A value that breaks out of its place',
    about:
      'The charts print values into the text of a manifest. This one holds quotes, backslashes or line breaks that end the text around it early, so that the rest would become part of the manifest.',
  },
  'init-container-template': {
    severity: 'error',
    title: 'Init containers that are no template',
    about: 'The init containers of istiod are a template in a value, and what it expands to must be YAML.',
  },
  'template-syntax': {
    severity: 'error',
    title: 'An injection template that is none',
    about:
      'All templates by which istiod injects are parsed when it loads them. One that is no template of Go takes away injection as a whole.',
    lenient: true,
    optional: true,
  },
  'template-function': {
    severity: 'error',
    title: 'A function that injection templates do not have',
    about:
      "Templates may call the functions of Go, those of sprig and the injector's own, and not those of Helm. One that calls another function is refused, and with it all injection.",
    lenient: true,
    optional: true,
  },
  'template-field': {
    severity: 'error',
    title: 'Data that injection templates are not given',
    about:
      'A template for pods that reads a field which is not in its data fails for every pod that gets to that line.',
    lenient: true,
    optional: true,
  },
  'unknown-template': {
    severity: 'error',
    title: 'A name that no injection template has',
    about: 'A pod that asks for a template which istiod does not have is not created.',
    lenient: true,
    optional: true,
  },
  'env-not-text': {
    severity: 'warning',
    title: 'An environment variable that is not text',
    about: 'Environment variables are text. A number is printed in the form of Go, which for large ones is `1e+06`.',
  },
  'obsolete-mesh-field': {
    severity: 'warning',
    title: 'A mesh setting that Istio no longer reads',
    about: 'The field was part of MeshConfig once. It still reaches istiod, which takes no notice of it.',
  },
  'removed-setting': {
    severity: 'error',
    title: 'A setting that Istio has removed',
    about: 'The charts of this release refuse the setting, so that nobody relies on what is gone.',
  },
  'removed-certificate-provider': {
    severity: 'error',
    title: 'A provider of certificates that Istio has removed',
    about: 'Certificates signed through the API of Kubernetes 1.21 and earlier are gone.',
  },
  'empty-mesh': {
    severity: 'error',
    title: 'A mesh without any object',
    about:
      'Nothing is enabled, so that nothing is rendered. An engine that prunes would delete the mesh; if that is meant, `allowEmpty` says so.',
    lenient: true,
  },

  // Patches
  'overlay-miss': {
    severity: 'error',
    title: 'An overlay that matches nothing',
    about: 'The overlay names an object or a path that is not there. istioctl drops it without a word.',
    lenient: true,
    optional: true,
  },
  'bad-patch': {
    severity: 'error',
    title: 'A setting that cannot be merged',
    about:
      'The setting is merged into the object as Kubernetes merges patches, and is none: its form does not fit. So it is with a patch or an overlay that takes away what makes the object one: its `apiVersion`, `kind`, `metadata` or name.',
  },
  'patch-without-target': {
    severity: 'warning',
    title: 'A setting for an object that is not rendered',
    about: 'The setting changes an object that this component does not have as it is configured.',
  },
  'ignored-setting': {
    severity: 'warning',
    title: 'A setting that is never applied',
    about: 'The field is part of the API, and the installer has never done anything with it.',
  },

  // Order
  'duplicate-object': {
    severity: 'error',
    title: 'An object that is rendered twice',
    about: 'Two components, or two control planes, render an object of the same kind, namespace and name.',
    lenient: true,
    optional: true,
  },
  'dependency-cycle': {
    severity: 'error',
    title: 'Dependencies in a circle',
    about: 'Objects wait for each other, so that none of them could ever be applied.',
  },
  'invalid-dependency': {
    severity: 'warning',
    title: 'A `depends-on` that names nothing',
    about:
      'The annotation takes references such as `apps/namespaces/istio-system/Deployment/istiod`. kpt refuses others.',
  },
  'unknown-dependency': {
    severity: 'warning',
    title: 'A `depends-on` for an object that is not there',
    about: 'The annotation names an object that is not in the output. kpt refuses that, other engines never notice.',
  },
  'invalid-sync-wave': {
    severity: 'error',
    title: 'A sync wave that is no number',
    about: 'Argo CD takes whole numbers, and anything else for wave 0.',
    optional: true,
  },
  'wave-before-dependency': {
    severity: 'warning',
    title: 'A sync wave before what the object needs',
    about: 'The wave that an overlay gives the object comes before the wave of something that it needs.',
  },
  'blocking-load-balancer': {
    severity: 'warning',
    title: 'A load balancer that the mesh has to wait for',
    about:
      'The Service of istiod is healthy once it has an address, and webhooks and proxies wait for it. A cluster that gives none blocks the sync.',
  },
  // Charts
  'invalid-chart': {
    severity: 'error',
    title: 'A chart that cannot be loaded',
    about:
      'The folder or archive is no chart: `Chart.yaml` is missing or wrong, a chart that it depends on is not in `charts/`, an archive or a link leads out of its folder, or the chart is not made for the version of Kubernetes.',
  },
  'chart-values': {
    severity: 'error',
    title: 'Values that a chart does not take',
    about:
      "The values break the chart's schema (`values.schema.json`), are no YAML, or an argument such as `--set` does not follow Helm's grammar.",
  },
  'ignored-chart-value': {
    severity: 'warning',
    title: 'A value that is left out because it does not fit',
    about:
      'A map of values was given where the chart has none, or the other way round. Helm keeps one of them, and goes on.',
  },
  'chart-template': {
    severity: 'error',
    title: 'A template of a chart that fails',
    about:
      'The text is no template, the template calls `fail` or `required`, or it takes a value for what it is not. The hint says which value, and through which templates this one was reached.',
  },
  'chart-limit': {
    severity: 'error',
    title: 'A chart that takes too much',
    about:
      'Templates are limited in the steps they take, in how deeply they call each other and in what they write, so that a hostile chart cannot keep the host busy. No chart that is meant to be installed comes near.',
  },
  'missing-chart': {
    severity: 'error',
    title: 'A component without a chart',
    about:
      'The charts hold none for a component that is on. Charts of the bundled release go with what is bundled, which is rendered instead, and this is a warning; of another one, the mesh would be of two releases.',
    optional: true,
  },
  'ambiguous-chart': {
    severity: 'error',
    title: 'Two charts for one component',
    about: 'A folder of charts holds two that are made for the same component, and nothing says which one is meant.',
  },
  'chart-release': {
    severity: 'warning',
    title: 'Charts of another release',
    about:
      'Settings are checked as the bundled release knows them. Charts of another minor version may know more, or less: what only one release knows is then a warning. Charts of several releases in one control plane are told as well, and components that releases before 1.24 leave out because they do not say `enabled: true`.',
  },
  'chart-warning': {
    severity: 'warning',
    title: 'Something that a chart warns of',
    about: 'The notes of a chart warn of a setting. istioctl shows such warnings when it installs, and nowhere else.',
  },
  'chart-output': {
    severity: 'error',
    title: 'Text of a template that is no manifest',
    about:
      'What a template wrote is no YAML, or no object of Kubernetes, or `--show-only` names a template without any.',
  },
} as const satisfies { readonly [code: string]: ProblemKind }

export type ProblemCode = keyof typeof catalogue

/** What is known of a code; nothing when no problem has it. */
export function problemKind(code: string): ProblemKind | undefined {
  return Object.hasOwn(catalogue, code) ? catalogue[code as ProblemCode] : undefined
}

/** All codes, in the order of the journey. */
export function problemCodes(): readonly ProblemCode[] {
  return Object.keys(catalogue) as ProblemCode[]
}

/** How grave a kind of problem is, and who can change that. */
export function gradeText({ severity, lenient, optional }: ProblemKind): string {
  const first = { error: 'It is an error', warning: 'It is a warning', info: 'It is for information' }[severity]
  const under = lenient ? ', and a warning under `--compat istioctl`' : ''
  const firm = severity === 'error' && !optional
  return `${first}${under}. ${firm ? 'Levels and suppressions do not lower it.' : 'Levels and suppressions may change that.'}`
}
