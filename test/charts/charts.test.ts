import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { generate } from '../../src/commands/generate.ts'
import { at } from '../at.ts'
import { inFolder } from '../run.ts'
import {
  archive,
  below,
  type Files,
  folderOf,
  type Generation,
  generations,
  istioCharts,
  link,
  profiles,
  within,
} from './package.ts'
import { inPackage, type Made, madeOf, make, operator } from './run.ts'

const newest = generations['1.30'] as Generation
const older = generations['1.24 to 1.29'] as Generation
const oldest = generations['1.20 and 1.21'] as Generation

const whole = (generation: Generation): Files => inPackage({ ...istioCharts(generation), ...profiles(generation) })
const ambient = 'profile: ambient'

const image = ({ objects }: Made, workload: string) =>
  at(objects[workload], ['spec', 'template', 'spec', 'containers', 0, 'image'])
const data = ({ objects }: Made, name: string) => at(objects[`ConfigMap/${name}`], ['data']) as Record<string, string>
const errors = ({ told }: Made) => told.filter((line) => line.startsWith('error'))

describe.each(Object.entries(generations))('charts of %s', (_, generation) => {
  test('render every component of a profile of theirs', () => {
    const made = make(whole(generation), ambient)
    expect(errors(made)).toEqual([])
    expect(Object.keys(made.objects).sort()).toEqual([
      'ConfigMap/istio',
      'ConfigMap/istio-cni-config',
      'ConfigMap/ztunnel',
      'CustomResourceDefinition/gateways.networking.istio.io',
      'DaemonSet/istio-cni-node',
      'DaemonSet/ztunnel',
      'Deployment/istiod',
      'ServiceAccount/istio-cni-node',
      'ServiceAccount/istio-reader-service-account',
      'ServiceAccount/istiod',
      'ServiceAccount/ztunnel',
    ])
    expect(at(made.objects['Deployment/istiod'], ['metadata', 'labels'])).toEqual({
      release: 'istio',
      'app.kubernetes.io/version': generation.release,
      'istio.io/rev': 'default',
    })
    expect(at(made.objects['Deployment/istiod'], ['metadata', 'namespace'])).toBe('istio-system')
  })

  test('tell istiod that there is a CNI', () => {
    expect(data(make(whole(generation), ambient), 'istio').cni).toBe('true')
    expect(data(make(whole(generation), 'profile: default'), 'istio').cni).toBe('false')
  })

  test('take images from the profile beside them', () => {
    const made = make(whole(generation), ambient)
    expect(image(made, 'Deployment/istiod')).toBe(`hub.of/profile/image:${generation.release}`)
    expect(image(made, 'DaemonSet/ztunnel')).toBe(`hub.of/profile/image:${generation.release}`)
  })

  test('render gateways with their names, labels and ports', () => {
    const made = make(
      whole(generation),
      `components:
  ingressGateways:
  - name: public
    enabled: true
    k8s:
      service:
        ports:
        - { name: tls, port: 15443, targetPort: 15443 }
  - name: private
    enabled: true
    namespace: inside
  egressGateways:
  - name: out
    enabled: true`,
    )
    expect(at(made.objects['Service/public'], ['spec', 'ports'])).toMatchObject([{ name: 'tls', port: 15443 }])
    expect(at(made.objects['Service/private'], ['spec', 'ports'])).toMatchObject([{ name: 'https', port: 443 }])
    expect(at(made.objects['Deployment/private'], ['metadata', 'namespace'])).toBe('inside')
    expect(image(made, 'Deployment/out')).toBe(`hub.of/profile/image:${generation.release}`)
  })

  test('get hub and tag of a component', () => {
    const made = make(whole(generation), `${ambient}\ncomponents:\n  ztunnel:\n    hub: mine\n    tag: v1`)
    expect(image(made, 'DaemonSet/ztunnel')).toBe('mine/image:v1')
    expect(image(made, 'Deployment/istiod')).toBe(`hub.of/profile/image:${generation.release}`)
  })

  test('get values that no schema has looked at', () => {
    const made = make(whole(generation), 'unvalidatedValues:\n  pilot:\n    env:\n      NAME: "1"\n    old: true')
    expect(JSON.parse(data(made, 'istio').env ?? '')).toMatchObject({ NAME: '1' })
    expect(made.told).toContainEqual(
      expect.stringMatching(/^warning chart-warning: `spec.components.pilot` .*"pilot.old" is deprecated/),
    )
  })
})

describe('values', () => {
  test('of 1.20 to 1.23 say where istiod is, and flatten the globals for ztunnel', () => {
    const made = make(whole(oldest), `${ambient}\nrevision: r\ncomponents:\n  pilot:\n    namespace: control`)
    expect(data(made, 'istio-r').namespaces).toBe('istio-system')
    expect(data(made, 'ztunnel').given).toBe('enabled hub istioNamespace logLevel namespace revision tag')
    const named = make(whole(oldest), `${ambient}\ncomponents:\n  pilot:\n    namespace: control`, [
      '--charts',
      'package',
      '--set',
      'values.global.istioNamespace=elsewhere',
    ])
    expect(data(named, 'istio').namespaces).toBe('elsewhere')
  })

  test('of 1.20 to 1.23 lie over component settings, and their nulls change nothing', () => {
    const values = 'values:\n  global:\n    logging: null\n  ztunnel:\n    tag: mine'
    const made = make(whole(oldest), `${ambient}\n${values}\ncomponents:\n  ztunnel:\n    hub: h\n    tag: t`)
    expect(image(made, 'DaemonSet/ztunnel')).toBe('h/image:mine')
  })

  test('of some patch releases hold the replicas of `k8s` settings', () => {
    const text =
      '{{ with (index .Values.gateways "istio-ingressgateway").autoscaleMin }}{{ fail (print "at least " .) }}{{ end }}'
    const spec = 'components:\n  ingressGateways:\n  - name: in\n    k8s:\n      hpaSpec:\n        minReplicas: 3'
    const told = (release: string) => {
      const charts = whole({ ...older, release })
      return errors(make({ ...charts, 'package/charts/gateways/istio-ingress/templates/a.yaml': text }, spec))
    }
    expect(told('1.28.7').join()).not.toContain('at least')
    expect(told('1.28.8')).toEqual([expect.stringMatching(/chart-template: .*at least 3/)])
  })

  test('of 1.24 and later hand ztunnel what is no map, the globals and its own', () => {
    const made = make(whole(newest), `${ambient}\nrevision: r\nvalues:\n  ztunnel:\n    logLevel: debug`)
    expect(data(made, 'ztunnel').level).toBe('debug')
    expect(data(made, 'ztunnel').given).toBe('global logLevel profile revision')
  })

  test('choose the files of a profile, a compatibility version and a platform', () => {
    const made = make(whole(older), `${ambient}\ncompatibilityVersion: "1.27"\nvalues:\n  global:\n    platform: k3s`)
    expect(data(made, 'istio').mesh).toContain('ISTIO_META_ENABLE_HBONE: "true"')
    expect(JSON.parse(data(made, 'istio').env ?? '')).toMatchObject({ FROM_COMPATIBILITY: '1.27' })
    expect(data(made, 'istio-cni-config').CNI_BIN_DIR).toBe('/var/lib/k3s/bin')
  })
})

describe('profiles', () => {
  test('beside the charts take the place of the built-in ones', () => {
    const made = make(whole(newest), 'profile: vendor')
    expect(errors(made)).toEqual([])
    expect(Object.keys(made.objects)).not.toContain('Deployment/istio-ingressgateway')
    expect(errors(make(whole(newest), 'profile: demo'))).toEqual([
      expect.stringMatching(/unknown-profile: .*"demo".*Known are "ambient", "default", "vendor"/),
    ])
  })

  test('are not held against the schema of the bundled release', () => {
    const files = {
      'package/profiles/odd.yaml': operator('values:\n  gone:\n    since: "1.10"'),
    }
    expect(make({ ...whole(oldest), ...files }, 'profile: odd').told).toEqual([
      expect.stringMatching(/^warning chart-release/),
    ])
    expect(errors(make({ ...whole(newest), ...files }, 'profile: odd'))).toEqual([])
  })

  test('are the built-in ones where the charts bring none, and images then those of the charts', () => {
    const files = inPackage(istioCharts(older))
    const made = make(files, ambient)
    expect(image(made, 'DaemonSet/ztunnel')).toBe('hub.of/ztunnel/image:1.28.0')
    expect(image(make(files, `${ambient}\ntag: mine`), 'DaemonSet/ztunnel')).toBe('hub.of/ztunnel/image:mine')
    expect(image(make(files, `${ambient}\nvalues:\n  global:\n    hub: h`), 'Deployment/istiod')).toBe('h/image:1.28.0')
    expect(image(make(inPackage(istioCharts(newest)), ambient), 'Deployment/istiod')).toBe(
      'registry.istio.io/release/image:1.30.3',
    )
  })

  test('that are broken are told in their own file', () => {
    const { outcome } = make({ ...whole(newest), 'package/profiles/ambient.yaml': 'kind: [' }, ambient)
    expect(outcome).toMatchObject({ exitCode: 1, problems: [{ at: { file: 'package/profiles/ambient.yaml' } }] })
  })
})

describe('packages', () => {
  const charts = below(istioCharts(newest), 'charts')
  const tgz = (folder: string, name: string) => [name, archive(within(name, below(charts, folder)))] as const
  const singles = [
    tgz('base', 'base'),
    tgz('istio-control/istio-discovery', 'istiod'),
    tgz('istio-cni', 'cni'),
    tgz('ztunnel', 'ztunnel'),
  ]

  function from(files: Files, archives: readonly (readonly [string, Buffer])[], path = 'package'): Made {
    const folder = folderOf({ 'package/keep': '', ...files, 'in.yaml': operator(ambient) })
    for (const [name, bytes] of archives) writeFileSync(join(folder, 'package', `${name}-1.30.3.tgz`), bytes)
    return madeOf(inFolder(folder, () => generate(['-f', 'in.yaml', '--engine', 'none', '--charts', path])))
  }

  test.each<[string, Files, string?]>([
    ['the folder of a release', within('package/manifests', { ...istioCharts(newest), ...profiles(newest) })],
    ['the folder that istioctl takes', whole(newest)],
    ['the folder of the charts', inPackage(charts)],
    [
      'folders with other names',
      inPackage(Object.fromEntries(Object.entries(charts).map(([path, text]) => [`a/${path}`, text]))),
    ],
  ])('%s', (_, files, path) => {
    const made = from(files, [], path)
    expect(errors(made)).toEqual([])
    expect(Object.keys(made.objects)).toContain('ConfigMap/ztunnel')
    expect(Object.keys(made.objects)).toContain('ConfigMap/istio')
  })

  test('archives that were downloaded one by one', () => {
    const made = from({}, singles)
    expect(made.told).toEqual([])
    expect(Object.keys(made.objects)).toContain('ConfigMap/ztunnel')
  })

  test('one archive', () => {
    const made = from({}, singles, 'package/ztunnel-1.30.3.tgz')
    expect(made.told).toEqual([])
    expect(Object.keys(made.objects)).toContain('ConfigMap/ztunnel')
    expect(Object.keys(made.objects)).toContain('ConfigMap/istio-sidecar-injector')
  })

  test('a chart of charts', () => {
    const umbrella = {
      'ambient/Chart.yaml': 'apiVersion: v2\nname: ambient\nversion: 1.30.3\n',
      ...within('ambient/charts/ztunnel', below(charts, 'ztunnel')),
      ...within('ambient/charts/cni', below(charts, 'istio-cni')),
    }
    const made = from(inPackage(umbrella), [])
    expect(errors(made)).toEqual([])
    expect(Object.keys(made.objects)).toContain('ConfigMap/ztunnel')
    const packed = from({}, [['ambient', archive(umbrella)]])
    expect(packed.outcome.stdout).toBe(made.outcome.stdout)
  })

  test.each(['package', 'package/', './package', 'package/charts'])('%s with a chart of copies in it', (path) => {
    const copies = {
      'charts/ambient/Chart.yaml': 'apiVersion: v2\nname: ambient\nversion: 1.30.3\n',
      ...within('charts/ambient/charts/ztunnel', below(charts, 'ztunnel')),
    }
    const made = from(inPackage({ ...istioCharts(newest), ...copies }), [], path)
    expect(made.told).toEqual([])
    expect(Object.keys(made.objects)).toContain('ConfigMap/ztunnel')
  })

  test.each<[string, Files, RegExp]>([
    ['an empty folder', {}, /charts-not-read: .*"package" does not: it holds no chart of Istio/],
    [
      'a chart of something else',
      { 'package/a/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n' },
      /no chart of Istio/,
    ],
    [
      'a broken chart',
      inPackage({ ...charts, 'ztunnel/Chart.yaml': 'name: [' }),
      /invalid-chart: .*"package\/ztunnel" is none/,
    ],
    [
      'two charts for one',
      inPackage({ ...charts, ...within('second', below(charts, 'ztunnel')) }),
      /ambiguous-chart: .*one chart for ztunnel; "package\/second" and "package\/ztunnel"/,
    ],
  ])('%s is refused', (_, files, message) => {
    const made = from(files, [])
    expect(made.outcome).toMatchObject({ exitCode: 1, stdout: '' })
    expect(errors(made)).toEqual([expect.stringMatching(message)])
  })

  test('an archive that was cut off is told', () => {
    const [[name, bytes] = ['', Buffer.alloc(0)]] = singles
    expect(errors(from({}, [[name, bytes.subarray(0, 90)], ...singles.slice(1)]))).toEqual([
      expect.stringMatching(/invalid-chart: .*"package\/base-1.30.3.tgz" is none: gzip/),
    ])
  })

  /** The layouts in which people pack all charts of a release. */
  const packed: readonly (readonly [string, Files])[] = [
    ['the charts', charts],
    ['the charts, as tar writes paths', within('.', charts)],
    ['the folder `charts`', within('charts', charts)],
    ['the folder `manifests`', within('manifests', istioCharts(newest))],
    ['a release', { ...within('istio-1.30.3/manifests', istioCharts(newest)), 'istio-1.30.3/bin/istioctl': 'binary' }],
    ['a folder of charts', within('mine', charts)],
    [
      'a release with charts elsewhere, too',
      {
        ...within('istio-1.30.3/manifests', istioCharts(newest)),
        ...within('istio-1.30.3/samples/charts/ztunnel', below(charts, 'ztunnel')),
        ...within('istio-1.30.3/manifests/charts/ambient/charts/ztunnel', below(charts, 'ztunnel')),
        'istio-1.30.3/manifests/charts/ambient/Chart.yaml': 'apiVersion: v2\nname: ambient\nversion: 1.30.3\n',
      },
    ],
  ]
  test.each(packed)('an archive of %s', (_, files) => {
    const unpacked = from(inPackage(istioCharts(newest)), [])
    const made = from({}, [['all', archive(files)]], 'package/all-1.30.3.tgz')
    expect(made.told).toEqual([])
    expect(made.outcome.stdout).toBe(unpacked.outcome.stdout)
    expect(Object.keys(made.objects)).toContain('ConfigMap/ztunnel')
  })

  test('an archive of charts in a folder', () => {
    const made = from({}, [['all', archive(within('charts', charts))]])
    expect(made.told).toEqual([])
    expect(Object.keys(made.objects)).toContain('ConfigMap/ztunnel')
  })

  test('an archive of archives', () => {
    const binary = Object.fromEntries(singles.map(([name, bytes]) => [`pulled/${name}-1.30.3.tgz`, bytes] as const))
    const made = from({}, [['all', archive(binary)]], 'package/all-1.30.3.tgz')
    expect(made.told).toEqual([])
    expect(made.outcome.stdout).toBe(from({}, singles).outcome.stdout)
  })

  test('profiles in an archive are those of the run', () => {
    const files = within('istio-1.30.3/manifests', { ...istioCharts(newest), ...profiles(newest) })
    const unpacked = from(within('package/manifests', { ...istioCharts(newest), ...profiles(newest) }), [])
    const made = from({}, [['all', archive(files)]], 'package/all-1.30.3.tgz')
    expect(made.outcome.stdout).toBe(unpacked.outcome.stdout)
    const broken = { ...files, 'istio-1.30.3/manifests/profiles/ambient.yaml': 'kind: [' }
    const { outcome } = from({}, [['all', archive(broken)]], 'package/all-1.30.3.tgz')
    const file = 'package/all-1.30.3.tgz/manifests/profiles/ambient.yaml'
    expect(outcome).toMatchObject({ exitCode: 1, problems: [{ at: { file } }] })
  })

  test.each<[string, Files, RegExp]>([
    [
      'a broken chart in it',
      within('charts', { ...charts, 'ztunnel/Chart.yaml': 'name: [' }),
      /invalid-chart: .*"package\/all-1.30.3.tgz\/charts\/ztunnel" is none/,
    ],
    [
      'two charts for one',
      within('charts', { ...charts, ...within('second', below(charts, 'ztunnel')) }),
      /ambiguous-chart: .*"package\/all-1.30.3.tgz\/charts\/second" and "package\/all-1.30.3.tgz\/charts\/ztunnel"/,
    ],
    ['a path that leads out of it', { ...charts, '../out/Chart.yaml': '' }, /references parent directory/],
    ['an absolute path', { ...charts, '/out/Chart.yaml': '' }, /absolute paths/],
    [
      'a link in a chart',
      { ...charts, 'ztunnel/templates/link.yaml': link },
      /link ztunnel\/templates\/link.yaml is not/,
    ],
    ['no chart', { 'a/readme': '', 'b/readme': '' }, /Chart.yaml file is missing/],
    [
      'charts of something else',
      { 'charts/a/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'charts/b/x': '' },
      /holds no chart of Istio/,
    ],
  ])('an archive with %s is refused', (_, files, message) => {
    const made = from({}, [['all', archive(files)]], 'package/all-1.30.3.tgz')
    expect(made.outcome).toMatchObject({ exitCode: 1, stdout: '' })
    expect(errors(made)).toEqual([expect.stringMatching(message)])
  })

  test('what a `.helmignore` names is no part of a chart in an archive', () => {
    const files = within('charts', {
      ...charts,
      'ztunnel/.helmignore': 'left/\n',
      'ztunnel/templates/left/broken.yaml': '{{',
    })
    const made = from({}, [['all', archive(files)]], 'package/all-1.30.3.tgz')
    expect(made.told).toEqual([])
  })
})

describe('some components charted, others bundled', () => {
  const ztunnel = inPackage(below(istioCharts(newest), 'charts/ztunnel'))

  test('of the bundled release', () => {
    const made = make(ztunnel, ambient)
    expect(made.told).toEqual([])
    expect(data(made, 'ztunnel').level).toBe('info')
    expect(Object.keys(made.objects)).toContain('ConfigMap/istio-sidecar-injector')
  })

  test('chosen one by one', () => {
    const files = { ...whole(newest), ...within('mine', below(istioCharts(newest), 'charts/ztunnel')) }
    const values = { 'mine/values.yaml': '_internal_defaults_do_not_set:\n  hub: h\n  tag: t\n  logLevel: trace\n' }
    const argv = ['--charts', 'package', '--charts', 'ztunnel=mine', '--charts', 'pilot=bundled']
    const made = make({ ...files, ...values }, ambient, argv)
    expect(made.told).toEqual([])
    expect(data(made, 'ztunnel').level).toBe('trace')
    expect(Object.keys(made.objects)).toContain('ConfigMap/istio-sidecar-injector')
    expect(Object.keys(made.objects)).toContain('ConfigMap/istio-cni-config')
    expect(data(made, 'istio-cni-config').CNI_BIN_DIR).toBe('/opt/cni/bin')
  })

  const without = (folder: string, generation: Generation): Files =>
    Object.fromEntries(
      Object.entries(whole(generation)).filter(([path]) => !path.startsWith(`package/charts/${folder}/`)),
    )

  test('without the folder of a component that is on', () => {
    const made = make(without('istio-cni', newest), ambient)
    expect(made.told).toEqual([
      expect.stringMatching(
        /^warning missing-chart: `--charts` must hold a chart for every component that is on; there is none for cni in "package"; looked for charts called "cni" or "istio-cni" \(Istio's `charts\/istio-cni`\); the bundled 1.30.3 is rendered instead/,
      ),
    ])
    const far = make(without('istio-cni', older), ambient)
    expect(far.outcome).toMatchObject({ exitCode: 1, stdout: '' })
    expect(errors(far)).toEqual([
      expect.stringMatching(/missing-chart: .* for cni .* the bundled 1.30.3 is no answer beside charts of 1.28.0/),
    ])
    const argv = ['--charts', 'package', '--charts', 'cni=bundled']
    expect(errors(make(without('istio-cni', older), ambient, argv))).toEqual([])
    expect(errors(make(without('istio-cni', older), 'profile: default'))).toEqual([])
  })

  test('of another release', () => {
    expect(make(whole(older), ambient).told).toEqual([
      expect.stringMatching(
        /^warning chart-release: `--charts` .* of 1.28.0, and settings are taken for those of 1.30.3/,
      ),
    ])
    const mixed = {
      ...whole(older),
      ...inPackage(within('charts/ztunnel', below(istioCharts(newest), 'charts/ztunnel'))),
    }
    expect(make(mixed, ambient).told).toContainEqual(
      expect.stringMatching(
        /^warning chart-release: .*"package\/charts\/ztunnel" is of 1.30.3, and istiod is of 1.28.0/,
      ),
    )
    const single = make(inPackage(below(istioCharts(older), 'charts/ztunnel')), ambient, [
      '--charts',
      'ztunnel=package',
    ])
    expect(single.told).toEqual([
      expect.stringMatching(
        /^warning chart-release: `--charts` .* one release; "package" is of 1.28.0, and istiod is of 1.30.3/,
      ),
    ])
    const ztunnel = 'components:\n  cni:\n    enabled: true\n  ztunnel:\n    enabled: true'
    expect(errors(make(whole(newest), ztunnel))).toContainEqual(expect.stringMatching(/ambient-conflict/))
    expect(errors(make(whole(older), ztunnel))).toEqual([])
    expect(make(whole(older), ztunnel).told).toContainEqual(
      expect.stringMatching(/^warning ambient-conflict: .*may know it/),
    )
    expect(make(whole(older), 'tag: 1.28.1').told.join()).not.toContain('version-mismatch')
    expect(make(whole(older), 'tag: 1.30.3').told).toContainEqual(expect.stringMatching(/version-mismatch/))
    expect(make(whole(older), 'values:\n  pilot:\n    goneSince: "1.29"').told).toContainEqual(
      expect.stringMatching(/^warning unknown-field: .*goneSince.*Istio 1.28.0, which the charts are of, may know it/),
    )
    expect(errors(make(whole(newest), 'values:\n  pilot:\n    goneSince: "1.29"'))).toHaveLength(1)
  })

  test('of a release that reads what the bundled one ignores', () => {
    const profile = {
      'package/profiles/old.yaml': operator('values:\n  global:\n    jwtPolicy: a\n  pilot:\n    replicaCount: 1'),
    }
    const told = (spec: string) =>
      make({ ...whole(oldest), ...profile }, spec).told.filter((line) => !line.includes('chart-release'))
    expect(told('profile: old')).toEqual([])
    expect(told('profile: old\nvalues:\n  global:\n    jwtPolicy: b')).toEqual([
      expect.stringMatching(
        /^warning ignored-setting: .*jwtPolicy.*; Istio 1.20.8, which the charts are of, may know it/,
      ),
    ])
  })

  test('of a release that nobody knows', () => {
    const { told } = make(whole({ ...newest, release: '2.6.1' }), 'tag: 1.30.3')
    expect(told).toEqual([
      expect.stringMatching(
        /^warning chart-release: .* that is known; "package\/charts\/base" is of "2.6.1", and is handed .* of 1.30.3 are/,
      ),
    ])
  })

  test('before 1.24, where only what says so is on', () => {
    const spec = `profile: vendor
components:
  cni:
    namespace: kube-system
  ingressGateways:
  - name: istio-ingressgateway
  - name: second
  - name: third
    enabled: true`
    const gateways = ({ objects }: Made) => Object.keys(objects).filter((name) => /^Service\/|DaemonSet/.test(name))
    const old = make(whole(oldest), spec)
    expect(gateways(old)).toEqual(['Service/third'])
    const silent = old.told.filter((line) => line.includes('must say'))
    expect(silent).toEqual(
      ['ingressGateways[1]', 'cni'].map((name) =>
        expect.stringContaining(`warning chart-release: \`spec.components.${name}\` must say \`enabled: true\``),
      ),
    )
    expect(gateways(make(whole(older), spec)).sort()).toEqual([
      'DaemonSet/istio-cni-node',
      'Service/istio-ingressgateway',
      'Service/second',
      'Service/third',
    ])
    const value = (enabled: boolean) =>
      `${spec}\nvalues:\n  gateways:\n    istio-ingressgateway:\n      enabled: ${enabled}`
    expect(gateways(make(whole(oldest), value(true)))).toEqual(['Service/istio-ingressgateway', 'Service/third'])
    expect(gateways(make(whole(oldest), value(false)))).toEqual(['Service/third'])
  })

  test('before 1.24, where replicas give way to an autoscaler that the values ask for', () => {
    const replicas = (generation: Generation, values = '') => {
      const spec = `components:\n  pilot:\n    k8s:\n      replicaCount: 3\n${values}`
      return at(make(whole(generation), spec).objects['Deployment/istiod'], ['spec', 'replicas'])
    }
    const scaled = 'values:\n  pilot:\n    autoscaleEnabled: true'
    expect([replicas(oldest), replicas(oldest, scaled), replicas(older, scaled)]).toEqual([3, undefined, 3])
  })

  test('before 1.24, where gateways are merged by name', () => {
    const gateways = (generation: Generation, gateway: string) => {
      const { objects } = make(whole(generation), `components:\n  ingressGateways:\n  - ${gateway}`)
      return Object.values(objects).flatMap(({ kind, metadata, spec }) =>
        kind === 'Service' ? [[metadata.name, at(spec, ['ports', 0, 'port'])]] : [],
      )
    }
    const named = '{ name: istio-ingressgateway, k8s: { service: { ports: [{ port: 1234 }] } } }'
    expect(gateways(oldest, named)).toEqual([['istio-ingressgateway', 1234]])
    expect(gateways(older, named)).toEqual([['istio-ingressgateway', 1234]])
    const other = '{ name: other, enabled: true }'
    expect(gateways(oldest, other)).toEqual([
      ['istio-ingressgateway', 443],
      ['other', 443],
    ])
    expect(gateways(older, other)).toEqual([['other', 443]])
  })

  test('with none of the charts in use', () => {
    const { told } = make(inPackage(below(istioCharts(newest), 'charts/istio-cni')), 'profile: minimal')
    expect(told).toEqual([expect.stringMatching(/^warning missing-chart: .* for base, pilot in/)])
  })
})

describe('charts that fail', () => {
  const broken = (template: string, text: string): Files => ({
    ...whole(newest),
    [`package/charts/${template}`]: text,
  })

  test('are told with component, place and the way there', () => {
    const files = broken(
      'ztunnel/templates/_parts.tpl',
      '{{- define "outer" }}\n{{ include "inner" . }}\n{{- end }}\n{{- define "inner" }}\n  {{ .Values.nothing.here }}\n{{- end }}\n',
    )
    const { outcome } = make(
      { ...files, 'package/charts/ztunnel/templates/a.yaml': '{{ include "outer" . }}\n' },
      ambient,
    )
    expect(outcome.stdout).toBe('')
    expect(outcome.exitCode).toBe(1)
    expect(outcome.problems).toMatchObject([
      {
        code: 'chart-template',
        path: 'spec.components.ztunnel',
        at: { file: 'package/charts/ztunnel/templates/_parts.tpl', line: 5 },
        message: expect.stringMatching(/^the chart of `spec.components.ztunnel` must be rendered: /),
        hint: expect.stringMatching(/reached through .*package\/charts\/ztunnel\/templates\/a.yaml:1/),
      },
    ])
  })

  test.each<[string, string, string, RegExp]>([
    ['a text that is no template', 'base/templates/a.yaml', '{{ if }}', /chart-template/],
    [
      'a chart that says so itself',
      'base/templates/a.yaml',
      '{{ fail "not like that" }}',
      /chart-template: .*not like that/,
    ],
    ['what is no YAML', 'base/templates/a.yaml', 'a: b: c\n', /chart-output/],
    [
      'an object without a name',
      'base/templates/a.yaml',
      'apiVersion: v1\nkind: Secret\n',
      /chart-output: .*`metadata.name`; a Secret of base\/templates\/a.yaml/,
    ],
    [
      'an object without a version',
      'base/templates/a.yaml',
      'kind: Secret\nmetadata: { name: a }\n',
      /chart-output: .*`apiVersion`/,
    ],
    [
      'values that the chart forbids',
      'base/values.schema.json',
      '{"properties":{"global":{"type":"string"}}}',
      /chart-values: .*spec.components.base/,
    ],
    [
      'a template without end',
      'base/templates/a.yaml',
      '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
      /chart-(limit|template)/,
    ],
  ])('%s', (_, path, text, message) => {
    const made = make(broken(path, text), 'profile: default')
    expect(made.outcome).toMatchObject({ exitCode: 1, stdout: '' })
    expect(errors(made)).toEqual([expect.stringMatching(message)])
  })

  test('by objects without a name give them to those who ask for what istioctl does', () => {
    const files = broken('base/templates/a.yaml', 'apiVersion: v1\nkind: Secret\n')
    const made = make(files, 'profile: default', ['--charts', 'package', '--engine', 'none', '--compat', 'istioctl'])
    expect(made.told).toEqual([expect.stringMatching(/^warning chart-output/)])
    expect(made.list.filter(({ kind }) => kind === 'Secret')).toEqual([
      { apiVersion: 'v1', kind: 'Secret', metadata: {} },
    ])
  })
})

describe('objects of charts', () => {
  const object = (text: string): Files => ({ ...whole(newest), 'package/charts/base/templates/more.yaml': text })

  test('without a namespace get that of their component, except for istioctl', () => {
    const spec = `${ambient}\ncomponents:\n  cni:\n    namespace: kube-system`
    const argv = (engine: string) => ['--charts', 'package', '--engine', engine]
    const namespace = (made: Made, name: string) => at(made.objects[name], ['metadata', 'namespace'])
    const argocd = make(whole(newest), spec, argv('argocd'))
    expect(namespace(argocd, 'ConfigMap/istio-cni-config')).toBe('kube-system')
    expect(namespace(argocd, 'CustomResourceDefinition/gateways.networking.istio.io')).toBeUndefined()
    expect(namespace(make(whole(newest), spec, argv('none')), 'ConfigMap/istio-cni-config')).toBeUndefined()
  })

  test('are put in order like any others', () => {
    const { list } = make(whole(newest), `${ambient}\ncomponents:\n  ingressGateways:\n  - name: in`, [
      '--charts',
      'package',
      '--engine',
      'argocd',
    ])
    const waves = list.map(({ kind, metadata }) => [
      `${kind}/${metadata.name}`,
      at(metadata, ['annotations', 'argocd.argoproj.io/sync-wave']),
    ])
    expect(Object.fromEntries(waves)).toMatchObject({
      'Namespace/istio-system': '-5',
      'CustomResourceDefinition/gateways.networking.istio.io': '-4',
      'ServiceAccount/istiod': '-3',
      'Deployment/istiod': '-2',
      'DaemonSet/istio-cni-node': '-2',
      'DaemonSet/ztunnel': '-1',
      'Deployment/in': '1',
      'Service/in': '2',
    })
  })

  test('are patched by `k8s` settings, overlays and patches of the mesh', () => {
    const files = {
      ...whole(newest),
      'render.yaml': `apiVersion: render-istio.dev/v1alpha1
kind: RenderIstio
metadata: { name: all }
spec:
  engine: none
  charts:
    path: package
  patches:
  - target: { kind: ConfigMap, name: istio }
    patch: { data: { patched: "yes" } }
`,
    }
    const made = make(
      files,
      `components:
  pilot:
    k8s:
      replicaCount: 3
      env:
      - name: A
        value: b
      overlays:
      - kind: Deployment
        name: istiod
        patches:
        - path: spec.template.spec.serviceAccountName
          value: other
  ingressGateways:
  - name: in
    k8s:
      serviceAnnotations:
        a: b`,
      ['--config', 'render.yaml'],
    )
    expect(errors(made)).toEqual([])
    const spec = at(made.objects['Deployment/istiod'], ['spec'])
    expect(spec).toMatchObject({ replicas: 3, template: { spec: { serviceAccountName: 'other' } } })
    expect(at(spec, ['template', 'spec', 'containers', 'discovery', 'env'])).toEqual([{ name: 'A', value: 'b' }])
    expect(data(made, 'istio').patched).toBe('yes')
    expect(at(made.objects['Service/in'], ['metadata', 'annotations'])).toEqual({ a: 'b' })
    const missed = make(
      files,
      'components:\n  pilot:\n    k8s:\n      overlays:\n      - kind: Deployment\n        name: none\n        patches: []',
    )
    expect(errors(missed)).toEqual([expect.stringMatching(/overlay-miss/)])
  })

  test('may be hooks, and CRDs in their folder, which a value switches off', () => {
    const hook =
      'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: before\n  annotations:\n    helm.sh/hook: pre-install\n'
    expect(Object.keys(make(object(hook), 'profile: default').objects)).toContain('Job/before')
    const off = 'unvalidatedValues:\n  base:\n    enableIstioConfigCRDs: false'
    const crd = 'CustomResourceDefinition/gateways.networking.istio.io'
    expect(Object.keys(make(whole(oldest), 'profile: default').objects)).toContain(crd)
    expect(Object.keys(make(whole(oldest), off).objects)).not.toContain(crd)
  })

  test('may stand in a list', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: listed\n'
    expect(Object.keys(make(object(list), 'profile: default').objects)).toContain('ConfigMap/listed')
  })

  test('lose the last line break of a text that ends a document, as with istioctl', () => {
    const { objects } = make(
      object('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: last\ndata:\n  first: |\n    a\n  text: |\n    b\n'),
      'profile: default',
    )
    expect(at(objects['ConfigMap/last'], ['data'])).toEqual({ first: 'a\n', text: 'b' })
  })
})

describe('istiod elsewhere, as 1.20 to 1.23 have it', () => {
  const remote = (generation: Generation): Files => ({
    ...whole(generation),
    ...inPackage({
      'charts/istiod-remote/Chart.yaml': `apiVersion: v2\nname: istiod-remote\nversion: ${generation.release}\n`,
      'charts/istiod-remote/templates/a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: istiod\n  namespace: {{ .Release.Namespace }}\nspec:\n  externalName: {{ .Values.global.remotePilotAddress }}\n  type: ExternalName\n',
    }),
  })
  const spec =
    'components:\n  pilot:\n    enabled: false\n  istiodRemote:\n    enabled: true\nvalues:\n  global:\n    remotePilotAddress: host.example'

  test('is a component of its own', () => {
    const made = make(remote(oldest), spec)
    expect(errors(made)).toEqual([])
    expect(made.told.join()).not.toContain('ignored-setting')
    expect(at(made.objects['Service/istiod'], ['spec', 'externalName'])).toBe('host.example')
  })

  test('is none of 1.30', () => {
    expect(make(whole(newest), spec).told).toContainEqual(expect.stringMatching(/ignored-setting: .*istiodRemote/))
  })
})

test('the chart for gateways that people install with Helm stands in for those of the installer', () => {
  const files = inPackage({
    ...below(istioCharts(newest), 'charts'),
    'gateway/Chart.yaml': 'apiVersion: v2\nname: gateway\nversion: 1.30.3\nappVersion: 1.30.3\n',
    'gateway/templates/a.yaml':
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name | default .Release.Name }}\n  namespace: {{ .Release.Namespace }}\n  labels: {{ toJson .Values.labels }}\nspec: {{ toJson (set .Values.service "ports" (list (dict "port" 80))) }}\n',
  })
  const own = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('package/gateways')))
  const made = make(
    own,
    'components:\n  ingressGateways:\n  - name: in\n    label: { a: b }\nvalues:\n  gateways:\n    istio-ingressgateway:\n      type: ClusterIP\n      serviceAnnotations: { c: d }',
  )
  expect(errors(made)).toEqual([])
  expect(made.objects['Service/in']).toMatchObject({
    metadata: { labels: { a: 'b' } },
    spec: { type: 'ClusterIP', annotations: { c: 'd' } },
  })
})

describe('paths that lead to no charts', () => {
  const refused = (path: string, prepare: (folder: string) => void = () => undefined) => {
    const folder = folderOf({ 'in.yaml': operator(ambient), 'a/b/file': '' })
    prepare(folder)
    return madeOf(inFolder(folder, () => generate(['-f', 'in.yaml', '--charts', path])))
  }

  test.each<[string, string, RegExp, ((folder: string) => void)?]>([
    ['nothing', 'none', /there is none/],
    ['a device', '/dev/null', /it is neither/],
    ['a file', 'in.yaml', /seems to be a YAML file/],
    ['an address', 'https://charts.example/istio', /nothing is fetched from a network/],
    [
      'a folder with a link in a circle',
      '.',
      /no chart of Istio/,
      (folder) => symlinkSync('..', join(folder, 'a/b/up')),
    ],
    [
      'a folder with a link to nothing',
      'a',
      /no chart of Istio/,
      (folder) => symlinkSync('gone', join(folder, 'a/link')),
    ],
    [
      'a folder whose charts are links out of it',
      'a',
      /no chart of Istio/,
      (folder) => {
        mkdirSync(join(folder, 'charts'))
        writeFileSync(join(folder, 'charts/Chart.yaml'), 'name: base\nversion: 1.30.3\n')
        symlinkSync('../charts', join(folder, 'a/base'))
      },
    ],
    [
      'charts too deep below it',
      'a',
      /no chart of Istio/,
      (folder) => {
        const deep = join(folder, 'a/1/2/3/4/5/6/7/8')
        mkdirSync(deep, { recursive: true })
        writeFileSync(join(deep, 'Chart.yaml'), 'apiVersion: v2\nname: base\nversion: 1.30.3\n')
      },
    ],
  ])('%s', (_, path, message, prepare) => {
    const made = refused(path, prepare)
    expect(made.outcome).toMatchObject({ exitCode: 1, stdout: '' })
    expect(errors(made)).toEqual([expect.stringMatching(message)])
  })
})
