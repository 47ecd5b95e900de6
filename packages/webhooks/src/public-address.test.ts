import { expect, test } from 'vitest';
import { AddressGuard, isPublicAddress } from './public-address.js';

test.each([
  ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
  ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '192.0.2.1', '198.18.0.1'],
  ...['::1', '::', 'fe80::1', 'fc00::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1'],
  ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'localhost', ''],
])('%s is no address of the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test('every spelling of a private address in a URL is refused', async () => {
  const guard = new AddressGuard(false);
  const urls = ['127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '[::1]', '[::ffff:7f00:1]'];
  for (const host of urls) {
    await expect(guard.check(new URL(`http://${host}/`)), host).rejects.toThrow('public internet');
  }
  await expect(new AddressGuard(true).check(new URL('http://127.0.0.1'))).resolves.toBeUndefined();
});

test('a name is refused when any of its addresses is private, each time it is looked up', async () => {
  const answers = [['93.184.216.34'], ['93.184.216.34', '10.0.0.7'], ['127.0.0.1'], []];
  const guard = new AddressGuard(false, (_hostname, _options, callback) => {
    const addresses = (answers.shift() ?? []).map((address) => ({ address, family: 4 }));
    callback(null, addresses);
  });
  const url = new URL('https://partner.example/hook');
  await expect(guard.check(url)).resolves.toBeUndefined();
  await expect(guard.check(url)).rejects.toThrow('partner.example is at 10.0.0.7');
  await expect(guard.check(url)).rejects.toThrow('partner.example is at 127.0.0.1');
  await expect(guard.check(url)).rejects.toThrow('partner.example has no address');
});
