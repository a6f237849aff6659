import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { generate } from 'selfsigned'

const day = 86_400_000

interface Certificate {
  key: string
  cert: string
}

export interface Certificates {
  trusted: Certificate
  /** Nobody has signed it but itself. */
  selfSigned: Certificate
  /** Trusted, and over since yesterday. */
  expired: Certificate
  /** Trusted, for another host. */
  otherHost: Certificate
}

/** Certificates for 127.0.0.1. This process trusts all but one of them from now on. */
export async function makeCertificates(nowMs: number): Promise<Certificates> {
  const make = async (name: string, ip: string, fromDays: number): Promise<Certificate> => {
    // A name of its own: OpenSSL looks by name for who signed, and of two of the same takes either.
    const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
      keyType: 'ec',
      notBeforeDate: new Date(nowMs + fromDays * day),
      notAfterDate: new Date(nowMs + (fromDays + 10) * day),
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip }] },
      ],
    })
    return { key, cert }
  }
  const [trusted, selfSigned, expired, otherHost] = await Promise.all([
    make('trusted.test', '127.0.0.1', -1),
    make('self-signed.test', '127.0.0.1', -1),
    make('expired.test', '127.0.0.1', -11),
    make('other-host.test', '127.0.0.9', -1),
  ])
  const more = [trusted, expired, otherHost].map(({ cert }) => cert)
  setDefaultCACertificates([...getCACertificates(), ...more])
  return { trusted, selfSigned, expired, otherHost }
}
