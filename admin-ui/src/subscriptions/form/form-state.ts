import { type UseFormReturnType, useForm } from '@mantine/form'
import { PosthornApiError } from '@posthorn/sdk'
import { useEffect, useState } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { forgetDraft, readDraft, writeDraft } from './form-draft.ts'
import { toFieldErrors } from './form-errors.ts'
import type { FormValues } from './form-values.ts'
import { validateForm } from './validate-form.ts'

export type FormState = UseFormReturnType<FormValues>

interface Options {
  initial: FormValues
  /** Where what is typed is kept while the page is loaded again. */
  draftName: string
  /** Sends it; whether it is stored then. @throws what the server says against it */
  onSubmit(values: FormValues): Promise<boolean>
}

/** The fields, what is wrong with them, and what was typed before a reload. */
export function useSubscriptionForm({ initial, draftName, onSubmit }: Options) {
  const t = useMessages().subscriptionForm
  const form = useForm<FormValues>({
    initialValues: initial,
    validate: (values) => validateForm(values, t),
  })
  const [problem, setProblem] = useState<unknown>()
  const [sending, setSending] = useState(false)
  const [restored, setRestored] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, before anything is typed
  useEffect(() => {
    const draft = readDraft(draftName)
    if (!draft) return
    form.setValues(draft)
    setRestored(true)
  }, [draftName])
  const dirty = form.isDirty()
  useEffect(() => {
    if (dirty) writeDraft(draftName, form.values)
    else forgetDraft(draftName)
  }, [draftName, dirty, form.values])

  const [refusals, setRefusals] = useState(0)
  const refused = () => setRefusals((count) => count + 1)
  const submit = form.onSubmit(async (values) => {
    setSending(true)
    setProblem(undefined)
    try {
      if (await onSubmit(values)) {
        form.setInitialValues(values)
        forgetDraft(draftName)
        setRestored(false)
      }
    } catch (error) {
      setProblem(error)
      if (error instanceof PosthornApiError) form.setErrors(toFieldErrors(error.issues, values))
      refused()
    } finally {
      setSending(false)
    }
  }, refused)
  const discard = () => {
    form.reset()
    setProblem(undefined)
    setRestored(false)
  }
  return { form, dirty, problem, sending, restored, refusals, submit, discard }
}
