import { expect, test } from 'vitest'
import { loadChart } from './load.ts'

const loaded = (yaml: string) =>
  loadChart([{ name: 'Chart.yaml', data: new TextEncoder().encode(`name: c\nversion: 1.0.0\n${yaml}`) }])

test.each([
  ['apiVersion: v1', undefined],
  ['apiVersion: v2', undefined],
  ['', undefined],
  ['apiVersion: v3', 'invalid chart apiVersion'],
  ['apiVersion: v4', 'unsupported chart version'],
  ['apiVersion: 2', 'unsupported chart version'],
])('a chart with "%s"', (yaml, message) => {
  const chart = loaded(yaml)
  expect('problem' in chart ? chart.problem.message : undefined).toBe(message)
  if ('problem' in chart) expect(chart.problem).toMatchObject({ code: 'invalid-chart', severity: 'error' })
})
