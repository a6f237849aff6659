/** SQLSTATE of a Postgres error, or undefined for anything else. */
function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}

export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === '23505'
}

/** The statement met a value it cannot take (classes 22, 23, 54): sending it again will fail again. */
export function isDataError(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlState(error) ?? '')
}

/**
 * Another session created, changed or dropped the same object meanwhile, or was preferred in a deadlock. XX000 is "tuple
 * concurrently updated".
 */
export function isLostRace(error: unknown): boolean {
  return /^(40P01|42P01|42710|55000|XX000)$/.test(sqlState(error) ?? '')
}
