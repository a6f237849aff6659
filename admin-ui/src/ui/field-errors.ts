import { PosthornApiError } from '@posthorn/sdk'

interface Form {
  setErrors(errors: Record<string, string>): void
}

/** Puts what the server says of each field at that field. */
export function setFieldErrors(form: Form, error: unknown): void {
  if (!(error instanceof PosthornApiError)) return
  const errors = error.issues.map(({ field, message, fix }) => [
    fieldOfForm(field),
    fix ? `${message}. ${fix}` : message,
  ])
  form.setErrors(Object.fromEntries(errors))
}

/** What is wrong with an item of a list stands at the list. */
function fieldOfForm(field: string): string {
  return field.replace(/\.\d+(\..*)?$/, '')
}
