import fc from 'fast-check';

/** Text that has broken other servers. */
const classics = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff\ud800',
    '\ufeff',
    '\u202eabc',
    'İ',
    'ß',
    '💺',
  ],
  ...[
    "' OR '1'='1",
    "'; DROP TABLE bookings; --",
    '$1',
    '$$',
    '\\',
    '{}',
    '{"a"',
    '1); SELECT 1; --',
  ],
  ...['%00', '%s%n', '{{7*7}}', '<script>alert(1)</script>', '"><img src=x onerror=x>'],
  ...[
    '\r\nSet-Cookie: a=b',
    '\n{"level":60,"msg":"forged"}',
    '\u001b[31m',
    '../../etc/passwd',
    '//x',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'null', 'NULL', 'NaN', 'Infinity', '-0'],
  ...[
    '1e400',
    '9'.repeat(400),
    '0x10',
    '1_000',
    'true',
    'urn:uuid:018f0000-0000-7000-8000-000000000000',
  ],
  ...['2024-02-30T25:61:61Z', '+275760-09-13T00:00:00.001Z', '0000-00-00', 'a'.repeat(5_000)],
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...classics),
  fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 60 }),
);

/** What a header or a raw address can carry: anything else is no HTTP and is sent over sockets. */
export const hostileHeader: fc.Arbitrary<string> = hostileText.map((text) =>
  text.replace(/[^\x20-\x7e\xa0-\xff]/g, '').slice(0, 1_000),
);

const hostileNumber = fc.constantFrom(
  ...[0, -0, -1, 0.1, 1e300, -1e300, 5e-324, 2 ** 31, 2 ** 53, -(2 ** 63), 2 ** 64],
);

/** Any value that JSON has. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom<unknown>(null, true, [], {}, [[[[]]]], [null]),
  fc.jsonValue({ maxDepth: 3 }),
);

const deep = (open: string, close: string, depth: number) =>
  open.repeat(depth) + close.repeat(depth);

/** Bodies that are no JSON, or JSON that asks too much of a parser. */
export const hostileBody: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['', '{', '{"a":', '[1,]', "{'a':1}", 'undefined', '\ufeff{}', '{"a":1}{"a":2}', 'nul'],
    ...[deep('[', ']', 20_000), deep('{"a":', '}', 2_000), '{"quantity":1e400}', '-', '"\\ud800"'],
    ...['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"a":1}}}', '{"a":1,"a":2}'],
    ...['{"quantity":1,"quantity":2}', `{"name":"${'x'.repeat(20_000)}"}`],
  ),
  fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0019-.eE+ntf ') }),
);
