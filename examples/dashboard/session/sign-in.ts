'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { viewerCookie } from './viewer.ts'

/** The action of the form in the header. */
export async function signIn(form: FormData): Promise<void> {
  const jar = await cookies()
  jar.set(viewerCookie, String(form.get('userId')), { httpOnly: true, sameSite: 'lax' })
  redirect('/issues')
}
