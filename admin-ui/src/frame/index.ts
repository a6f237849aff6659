export {
  type ConsoleError,
  type MountedConsole,
  type MountOptions,
  mountConsole,
} from './mount-console.ts'
