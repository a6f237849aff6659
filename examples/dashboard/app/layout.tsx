import type { Metadata } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { Navigation } from '../parts/navigation.tsx'
import { UserSwitch } from '../parts/user-switch.tsx'
import './dashboard.css'

export const metadata: Metadata = {
  title: { default: 'Gable', template: '%s · Gable' },
  description: 'A property-management dashboard with Posthorn in it',
}

export default async function Layout({ children }: { children: ReactNode }) {
  // Every page is of the person who is signed in, so nothing is rendered while building.
  await connection()
  return (
    <html lang="en">
      <body>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <header className="bar">
          <span className="brand">Gable</span>
          <Navigation />
          <UserSwitch />
        </header>
        <main id="content">{children}</main>
      </body>
    </html>
  )
}
