import { expect, test } from 'vitest'
import { judgeAudit } from '../../.ci/judge-audit.ts'

const report = (vulnerabilities: object) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities })

test.for(['high', 'critical'])(
  'a known vulnerability of %s severity fails and is named',
  (severity) => {
    const judgement = judgeAudit(report({ undici: { severity, range: '<8.0.0' } }))
    expect(judgement).toEqual({ kind: 'vulnerable', packages: [`undici <8.0.0 (${severity})`] })
  },
)

test('milder ones and none at all pass', () => {
  expect(judgeAudit(report({ a: { severity: 'moderate' } }))).toEqual({ kind: 'clean' })
  expect(judgeAudit(report({}))).toEqual({ kind: 'clean' })
})

test.for([
  ['a registry without the endpoint', '{"message":"405 Method Not Allowed","statusCode":405}'],
  ['no network', '{"error":{"code":"ENOTFOUND","summary":""}}'],
  ['no answer in time', ''],
  ['something that is no report', '<html>'],
  ['null', 'null'],
])('%s is neither clean nor a failure', ([, output]) => {
  const judgement = judgeAudit(output as string)
  expect(judgement.kind).toBe('skipped')
  expect(judgement).toHaveProperty('reason', expect.stringMatching(/.{5}/))
})
