interface Named {
  id: string
  name: string
}

/** What a `<select>` offers, by name. */
export function Options({ of }: { of: readonly Named[] }) {
  return of.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ))
}
