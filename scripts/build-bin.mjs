// Builds dist/render-istio, one executable file for machines without Node: the Node that runs this script, with the
// program and its compiled code inside (a single executable application), charts included.
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { inject } from 'postject'
import { whole } from './bundle.mjs'

const outfile = `dist/render-istio${process.platform === 'win32' ? '.exe' : ''}`
const work = mkdtempSync(join(tmpdir(), 'build-bin-'))
try {
  const [main, blob, config] = ['main.cjs', 'blob', 'config.json'].map((name) => join(work, name))
  mkdirSync('dist', { recursive: true })
  // The interpreter's line is for systems, which never see this file.
  await build({ ...whole, banner: {}, outfile: main, logLevel: 'warning' })
  writeFileSync(config, JSON.stringify({ main, output: blob, disableExperimentalSEAWarning: true, useCodeCache: true }))
  run(process.execPath, ['--experimental-sea-config', config])
  rmSync(outfile, { force: true })
  copyFileSync(process.execPath, outfile)
  chmodSync(outfile, 0o755)
  // macOS runs nothing whose signature is broken.
  if (process.platform === 'darwin') run('codesign', ['--remove-signature', outfile])
  await inject(outfile, 'NODE_SEA_BLOB', readFileSync(blob), {
    // The words by which Node marks in its own binary whether something was put into it.
    sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
    ...(process.platform === 'darwin' && { machoSegmentName: 'NODE_SEA' }),
  })
  if (process.platform === 'darwin') run('codesign', ['--sign', '-', outfile])
} finally {
  rmSync(work, { recursive: true })
}
console.log(`${outfile}: ${(statSync(outfile).size / 1e6).toFixed(0)} MB, Node ${process.versions.node}`)

function run(command, args) {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}
