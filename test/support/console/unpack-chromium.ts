// Unpacks the Chromium that comes with npm into the temporary folder of this process.
import chromium from '@sparticuz/chromium'

await chromium.executablePath()
