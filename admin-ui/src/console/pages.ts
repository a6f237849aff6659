import type { Scope } from '@posthorn/sdk'
import {
  Building2,
  ChartLine,
  CircleX,
  FileClock,
  KeyRound,
  Layers,
  type LucideIcon,
  RotateCcw,
  Send,
  ServerCog,
  Settings,
  Webhook,
  Zap,
} from 'lucide-react'
import type { Messages } from '../messages/use-messages.ts'

export interface ConsolePage {
  name: keyof Messages['navigation']['pages']
  group: keyof Messages['navigation']['groups']
  path: string
  icon: LucideIcon
  /** Pressed after `g`. */
  key: string
  /** Without it the page has nothing to show. */
  scope?: Scope
  /** Only for who is not bound to one organisation. */
  platform?: true
  /** Shows one organisation, never all of them. */
  oneOrganisation?: true
}

/** The pages of the navigation, in its order. */
export const pages = [
  {
    name: 'overview',
    group: 'monitor',
    path: '/',
    icon: ChartLine,
    key: 'o',
    scope: 'deliveries:read',
  },
  {
    name: 'deliveries',
    group: 'monitor',
    path: '/deliveries',
    icon: Send,
    key: 'd',
    scope: 'deliveries:read',
    oneOrganisation: true,
  },
  {
    name: 'failures',
    group: 'monitor',
    path: '/failures',
    icon: CircleX,
    key: 'f',
    scope: 'deliveries:read',
    oneOrganisation: true,
  },
  {
    name: 'replays',
    group: 'monitor',
    path: '/replays',
    icon: RotateCcw,
    key: 'r',
    scope: 'deliveries:read',
  },
  {
    name: 'subscriptions',
    group: 'configure',
    path: '/subscriptions',
    icon: Webhook,
    key: 's',
    scope: 'subscriptions:read',
  },
  { name: 'catalogue', group: 'configure', path: '/catalogue', icon: Layers, key: 'c' },
  {
    name: 'events',
    group: 'data',
    path: '/events',
    icon: Zap,
    key: 'e',
    scope: 'events:read',
    oneOrganisation: true,
  },
  { name: 'keys', group: 'admin', path: '/keys', icon: KeyRound, key: 'k', scope: 'admin' },
  { name: 'audit', group: 'admin', path: '/audit', icon: FileClock, key: 'a', scope: 'admin' },
  {
    name: 'organisations',
    group: 'admin',
    path: '/organisations',
    icon: Building2,
    key: 'z',
    scope: 'admin',
    platform: true,
  },
  {
    name: 'system',
    group: 'admin',
    path: '/system',
    icon: ServerCog,
    key: 'y',
    scope: 'admin',
    platform: true,
  },
  { name: 'settings', group: 'admin', path: '/settings', icon: Settings, key: ',' },
] as const satisfies readonly ConsolePage[]
