import assert from 'node:assert/strict';
import {test} from 'node:test';
import {answerOf, answerOfWord, queryHex, readMessage} from '../../../../source/core/net/probe/dns-message.ts';

const query = queryHex('kubernetes.default.', 0x6b38);
const name = '0a6b756265726e657465730764656661756c7400';

test('a question as it goes to the wire', () => {
	assert.equal(query, `6b3801000001000000000000${name}00010001`);
	assert.equal(queryHex('.', 1), '0001010000010000000000000000010001');
});

test('an answer with an alias and an address', () => {
	const head = '6b38818000010002000000 00'.replace(' ', '');
	const alias = 'c00c000500010000000500020a00';
	const address = 'c00c00010001000000050004 0a600001';
	assert.deepEqual(readMessage(`${head}${name}00010001${alias} ${address}`, 0x6b38), {answer: 'NOERROR', values: ['10.96.0.1']});
});

test('what is no answer to this question is none', () => {
	const empty = `${name}00010001`;
	assert.deepEqual(readMessage(`6b388183000100000000 0000${empty}`, 0x6b38)?.answer, 'NXDOMAIN');
	assert.equal(readMessage(`0001818300010000000 00000${empty}`, 0x6b38), undefined);
	assert.equal(readMessage(query, 0x6b38), undefined);
	assert.equal(readMessage('6b38', 0x6b38), undefined);
	assert.equal(readMessage('not hex at all, not hex', 0x6b38), undefined);
	// Lengths that lead nowhere must end.
	assert.ok(readMessage(`6b38818000ff00ff00000000${'3f'.repeat(40)}`, 0x6b38) !== undefined);
});

test('codes and words', () => {
	assert.deepEqual(
		[0, 1, 2, 3, 4, 5, 9].map(code => answerOf(code, 1)),
		['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'OTHER', 'REFUSED', 'OTHER'],
	);
	assert.equal(answerOf(0, 0), 'NODATA');
	assert.equal(answerOfWord('servfail', 0), 'SERVFAIL');
	assert.equal(answerOfWord('NOTIMP', 0), 'OTHER');
});
