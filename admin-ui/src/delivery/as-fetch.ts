import type { RecordedRequest } from './recorded-request.ts'

/** The same request as JavaScript, for Node and everything else with fetch. */
export function asFetch({ url, headers, body }: RecordedRequest): string {
  const lines = Object.entries(headers).map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
  )
  return `const response = await fetch(${JSON.stringify(url)}, {
  method: 'POST',
  headers: {
${lines.join('\n')}
  },
  body: ${JSON.stringify(body)},
})
console.log(response.status, await response.text())
`
}
