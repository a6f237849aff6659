'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'

const pages = [
  ['/issues', 'Issues'],
  ['/properties', 'Properties'],
  ['/tenants', 'Tenants'],
  ['/documents', 'Documents'],
  ['/activity', 'Activity'],
  ['/integrations', 'Integrations'],
  ['/receiver', 'Receiver'],
] as const

export function Navigation() {
  const path = usePathname()
  return (
    <nav aria-label="Dashboard">
      {pages.map(([href, name]) => (
        <Link key={href} href={href} aria-current={path.startsWith(href) ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}
