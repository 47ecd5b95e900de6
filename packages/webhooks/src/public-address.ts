import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address that webhooks must not go to. */
export class RefusedAddressError extends Error {
  override readonly name = 'RefusedAddressError';
}

/** True when the address is one of the public internet; an IPv4 in an IPv6 is taken as what it is. */
export const isPublicAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';

/** Asks for all addresses of a name; the system's own resolver unless a test brings another. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Decides which addresses webhooks may go to. */
export class AddressGuard {
  readonly #allowPrivate: boolean;
  readonly #resolve: Resolve;

  constructor(allowPrivate: boolean, resolve: Resolve = systemLookup) {
    this.#allowPrivate = allowPrivate;
    this.#resolve = resolve;
  }

  /**
   * A resolver for the connection itself: what it lets through is what is connected to, so a name
   * that changes its address after it was looked at gains nothing.
   */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    this.#resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const refused = addresses.find(({ address }) => !this.#allows(address));
      const [first] = addresses;
      if (refused !== undefined || first === undefined) {
        return callback(refusal(hostname, refused?.address), []);
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

  /** Throws `RefusedAddressError` when the URL names an address outright that is refused. */
  checkLiteral(url: URL): void {
    const host = hostOf(url);
    if (isIP(host) !== 0 && !this.#allows(host)) throw refusal(host, host);
  }

  /** Resolves when the URL's host is allowed as of now; throws why it isn't, or can't be found. */
  async check(url: URL): Promise<void> {
    this.checkLiteral(url);
    const host = hostOf(url);
    if (isIP(host) !== 0) return;
    await new Promise<void>((resolve, reject) => {
      this.lookup(host, {}, (error) => (error === null ? resolve() : reject(error)));
    });
  }

  #allows(address: string): boolean {
    return this.#allowPrivate || isPublicAddress(address);
  }
}

/** The host of a URL; an IPv6 without its brackets. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

const refusal = (hostname: string, address: string | undefined): RefusedAddressError =>
  new RefusedAddressError(
    address === undefined
      ? `${hostname} has no address`
      : `${hostname} is at ${address}, which is not an address of the public internet`,
  );
