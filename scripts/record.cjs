// Runs the program, and writes what V8 has compiled of its parts when it ends: `node record.cjs FILE PROGRAM ARGUMENTS…`
const { writeFileSync } = require('node:fs')
const { resolve } = require('node:path')
const vm = require('node:vm')

const [, , file, program, ...argv] = process.argv
const scripts = []
vm.Script = class extends vm.Script {
  constructor(code, options) {
    super(code, options)
    scripts.push([options.filename.split('#').at(-1), this])
  }
}
process.on('exit', () => {
  const data = scripts.map(([number, script]) => [number, script.createCachedData().toString('base64')])
  writeFileSync(file, JSON.stringify(Object.fromEntries(data)))
})
process.argv = [process.execPath, resolve(program), ...argv]
require(resolve(program))
