import { type MountedConsole, mountConsole } from '@posthorn/admin-ui/frame'
import { useEffect, useEffectEvent, useRef } from 'react'
import { getToken } from './get-token.ts'

interface Props {
  src: string
  theme: 'light' | 'dark' | 'auto'
  accent: string
  onNavigate: (view: string) => void
}

export function ConsoleFrame({ src, theme, accent, onNavigate }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const mounted = useRef<MountedConsole>(undefined)
  const navigated = useEffectEvent(onNavigate)
  useEffect(() => {
    if (!place.current) return
    mounted.current = mountConsole(place.current, { src, getToken, onNavigate: navigated })
    return mounted.current.destroy
  }, [src])
  useEffect(() => mounted.current?.setTheme(theme, accent), [theme, accent])
  return <div ref={place} className="place" />
}
