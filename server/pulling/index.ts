export { pullingRoutes } from './routes.ts'
