/** What every process of a run seals and opens secrets with. */
export const encryptionKey = `bench:${Buffer.alloc(32, 7).toString('base64')}`
