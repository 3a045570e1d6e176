// Makes a case of what stands on stdin: npm run case topic/name < input.yaml
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [name = ''] = process.argv.slice(2)
if (!/^[\w-]+\/[\w-]+$/.test(name)) {
  console.error('usage: npm run case topic/name < input.yaml')
  process.exit(2)
}
const folder = join('test/cases', name)
const text = readFileSync(0, 'utf8')
const file = /^kind: ResourceList\s*$/m.test(text) ? 'resource-list.yaml' : 'input.yaml'
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, file), text)
const { status } = spawnSync('npx', ['vitest', 'run', 'test/cases.test.ts', '-t', `case ${name}`, '-u'], {
  stdio: 'inherit',
})
if (status === 0) console.log(readFileSync(join(folder, 'told.txt'), 'utf8'))
process.exit(status ?? 1)
