import { randomBytes } from 'node:crypto'
import { operations } from '../support/openapi.ts'
import type { Things } from './organisations.ts'
import { aims, inParameters, inPath } from './places.ts'

/** A request with places for what it names. */
export interface Shot {
  name: string
  method: string
  path: string
  headers: Record<string, string>
  body: unknown
}

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
}

interface Documented {
  parameters?: Parameter[]
  requestBody?: unknown
}

/** Whatever reads comes first, and what makes something under a name of others last: it is there from then on. */
const rankOf = ({ method, path }: { method: string; path: string }): number =>
  method === 'GET' ? 0 : method === 'PUT' || makers.includes(path) ? 2 : 1
const makers = ['/v1/subscriptions', '/v1/events', '/v1/events/batch']

/** Of figures over time: otherwise the same question is another one a moment later. */
const hourMs = 3_600_000
const nowMs = Math.floor(Date.now() / hourMs) * hourMs
const range = [
  `since=${new Date(nowMs - 2 * hourMs).toISOString()}`,
  `until=${new Date(nowMs + hourMs).toISOString()}`,
]

/**
 * Every request of the sweep, from the document. @throws for an operation or a parameter that `places.ts` says nothing
 * about
 */
export function shotsOf(all = operations): Shot[] {
  return all
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .flatMap(({ method, path, operation }) => {
      const name = `${method} ${path}`
      const { parameters = [], requestBody } = operation as Documented
      if (requestBody !== undefined && aims[name] === undefined)
        throw new Error(`test/tenancy/places.ts says nothing of the body of ${name}`)
      const isOverTime = /\/(stats|histogram)/.test(path) && path !== '/v1/stats/queue'
      const required = parameters
        .filter((one) => one.in === 'query' && one.required)
        .map((one) => `${one.name}=${placesOf(one.name, name)[0]}`)
      const shots: Shot[] = []
      const add = (at: string, query: string[], more: Partial<Shot> = {}) => {
        const asked = [...required, ...(isOverTime ? range : []), ...query].join('&')
        shots.push({
          name,
          method,
          path: asked ? `${at}?${asked}` : at,
          headers: {},
          body: undefined,
          ...more,
        })
      }
      for (const at of pathsOf(path))
        for (const { path: other, query, body } of aims[name] ?? [{}])
          add(other ?? at, query ? [query] : [], { body })
      const [at = path] = pathsOf(path)
      const [{ body } = { body: undefined }] = aims[name] ?? []
      for (const parameter of parameters)
        for (const place of placesOf(parameter.name, name)) {
          if (parameter.in === 'header') add(at, [], { body, headers: { [parameter.name]: place } })
          else if (!parameter.required) add(at, [`${parameter.name}=${place}`], { body })
        }
      return shots
    })
}

function placesOf(parameter: string, name: string): string[] {
  const places = inParameters[parameter]
  if (places === undefined)
    throw new Error(`test/tenancy/places.ts says nothing of the parameter ${parameter} of ${name}`)
  return places
}

function pathsOf(path: string): string[] {
  if (!path.includes('{')) return [path]
  const places = inPath[path.split('/')[2] ?? '']
  if (places === undefined)
    throw new Error(`test/tenancy/places.ts says nothing of the id in ${path}`)
  return places.map((place) => path.replace(/\{\w+\}/, place))
}

/** What nobody has: as old, for lists are by time, and of the same length. */
export function missingLike(things: Things): Things {
  const tail = (text: string) => text.replace(/[0-9a-f]{10}$/, randomBytes(5).toString('hex'))
  return Object.fromEntries(Object.entries(things).map(([name, text]) => [name, tail(text)]))
}

/** Fills in the places of a shot. What was filled in comes back, to be taken out of the answer. */
export function aimed(shot: Shot, { at, own }: { at: Things; own: Things }) {
  const sent = new Set<string>()
  const fill = (text: string) =>
    text.replace(/\{([\w.]+)\}/g, (_, place: string) => {
      const [kind = '', name = ''] = place.split('.')
      if (kind === 'own') return own[name] ?? ''
      const value = kind === 'cursor' ? cursorOf(name, at) : textOf(kind, at)
      sent.add(value)
      sent.add(value.toLowerCase())
      return value
    })
  const filled = JSON.parse(fill(JSON.stringify({ ...shot, name: '' }))) as Shot
  return { ...filled, sent: [...sent] }
}

function textOf(name: string, at: Things): string {
  return /^[A-Z]+$/.test(name) ? (at[name.toLowerCase()] ?? '').toUpperCase() : (at[name] ?? '')
}

function cursorOf(name: string, at: Things): string {
  return name === 'history'
    ? Buffer.from(`2026-01-01 00:00:00+00/${at['event']}`).toString('base64url')
    : Buffer.from((at[name] ?? '').replaceAll('-', ''), 'hex').toString('base64url')
}
