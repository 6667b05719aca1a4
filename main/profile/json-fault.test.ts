import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonFault } from './json-fault.ts';

const place = (text: string): string | null => {
  const fault = findJsonFault(text);
  return fault && `${fault.line}:${fault.column} ${fault.problem}`;
};

test.each([
  ['nothing', '', '1:1 the file ends here'],
  ['an open brace', '{', '1:2 the file ends here, where a name'],
  ['half a line', '{\n  "tid": "TR', '2:10 this text does not end'],
  ['cut after a colon', '{\n  "tid":', '2:9 the file ends here, where a value'],
  ['cut after a value', '{\n  "tid": "A"\n', '3:1 the file ends here, where a comma or }'],
  ['a comma too many', '{\n  "tid": "A",\n}', '3:1 a comma too many'],
  ['a comma missing', '{\n  "tid": "A"\n  "mid": "B"\n}', '3:3 a comma or }'],
  ['a bare word', '{\n"environment": training\n}', '2:16 a value should stand here'],
  ['single quotes', "{'tid': 1}", '1:2 a name in double quotes'],
  ['a comment', '{ // terminal\n}', '1:3 a name in double quotes'],
  ['a leading zero', '{"a": 012}', '1:7 a value'],
  ['two documents', '{} {}', '1:4 there is more'],
  ['a key twice', '{"tid": "A",\n "tid": "B"}', '2:2 "tid" stands here for the second time'],
  ['a lone backslash', '{"a": "C:\\pos"}', '1:7 this text'],
])('%s is found, with its line', (_what, text, fault) => {
  expect(place(text)).toContain(fault);
});

test('nesting has an end', () => {
  expect(place('['.repeat(100_000))).toContain('nested too deeply');
});

test('any JSON is accepted', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      expect(place(JSON.stringify(value, null, 2))).toBeNull();
    }),
  );
});

test('it agrees with JSON.parse on damaged texts', () => {
  const whole = JSON.stringify({ a: [1, -2.5e3, true, null], b: { c: 'x\\"\u2028' } }, null, 1);
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(3), fc.string({ maxLength: 2 }), (at, cut, put) => {
      const text = whole.slice(0, at) + put + whole.slice(at + cut);
      let parses = true;
      try {
        JSON.parse(text);
      } catch {
        parses = false;
      }
      const fault = findJsonFault(text);
      if (fault?.problem.includes('second time')) return;
      expect(fault === null).toBe(parses);
    }),
    { numRuns: 2_000 },
  );
});
