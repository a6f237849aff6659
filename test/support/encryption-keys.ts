/** What every Posthorn of the tests encrypts with, unless a test is about keys. */
export const encryptionKeys = [`test:${Buffer.alloc(32, 7).toString('base64')}`]
