import assert from 'node:assert/strict';
import {test} from 'node:test';
import {blockFor, parseCorefile} from '../../../../source/core/net/dns/corefile.ts';
import {forwardsOf, upstreamAddresses} from '../../../../source/core/net/dns/forwards.ts';
import {seededRandom} from '../../../tools/random.ts';
import {usualCorefile} from './dns-fixture.ts';

test('server blocks, plugins and their options have their lines', () => {
	const {blocks, errors, unread} = parseCorefile(usualCorefile);
	assert.deepEqual(errors, []);
	assert.deepEqual(unread, []);
	assert.deepEqual(
		blocks.map(({keys, line}) => [keys, line]),
		[[[{scheme: 'dns', zone: '.', port: 53}], 1]],
	);
	assert.deepEqual(
		blocks[0]?.plugins.map(({name, args, line}) => `${line} ${[name, ...args].join(' ')}`),
		[
			'2 errors',
			'3 health',
			'6 ready',
			'7 kubernetes cluster.local in-addr.arpa ip6.arpa',
			'12 prometheus :9153',
			'13 forward . 10.0.0.2',
			'16 cache 30',
			'17 loop',
			'18 reload',
			'19 loadbalance',
		],
	);
	assert.deepEqual(
		blocks[0]?.plugins[3]?.block.map(({name, args}) => [name, ...args].join(' ')),
		['pods insecure', 'fallthrough in-addr.arpa ip6.arpa', 'ttl 30'],
	);
});

test('zones, ports and schemes of the keys', () => {
	const {blocks} = parseCorefile('example.org:5353 tls://Corp.Example. {\n whoami\n}\n.:53, 10.0.0.0/24\n{\n errors\n}\n');
	assert.deepEqual(
		blocks.map(({keys}) => keys.map(({scheme, zone, port}) => `${scheme}://${zone}:${port}`)),
		[
			['dns://example.org:5353', 'tls://corp.example:853'],
			['dns://.:53', 'dns://10.0.0.0/24:53'],
		],
	);
});

test('comments, quotes and a block without braces', () => {
	const {blocks, errors} = parseCorefile('. # the root\nerrors # nothing\nhosts {\n  # 10.0.0.1 a\n  10.0.0.1 "a b"\n}\nlog "{remote} \\"x\\""\n');
	assert.deepEqual(errors, []);
	assert.deepEqual(
		blocks[0]?.plugins.map(({name, args}) => [name, ...args]),
		[['errors'], ['hosts'], ['log', '{remote} "x"']],
	);
	assert.deepEqual(blocks[0]?.plugins[1]?.block, [{name: '10.0.0.1', args: ['a b'], line: 5, block: []}]);
});

test('snippets and imports: of a snippet, of a file at hand, of one that is not', () => {
	const text = '(common) {\n errors\n cache\n}\nimport custom/*.server\n. {\n import common\n import custom/*.override\n import other/*.conf\n}\n';
	const {blocks, unread, errors} = parseCorefile(text, {'a.override': 'log\n', 'b.server': 'corp.example {\n forward . 10.1.1.1\n}\n'});
	assert.deepEqual(errors, []);
	assert.deepEqual(
		blocks.map(({keys, plugins}) => `${keys[0]?.zone} ${plugins.map(({name}) => name).join(' ')}`),
		['corp.example forward', '. errors cache log'],
	);
	assert.deepEqual(unread, [{pattern: 'other/*.conf', line: 9}]);
	// A file that imports itself does not go round for ever.
	assert.deepEqual(parseCorefile('. {\n import x\n}', {x: 'import x\n'}).unread, [{pattern: 'x', line: 2}]);
});

test('what does not parse is told with its line', () => {
	assert.deepEqual(parseCorefile('. {\n errors\n forward . 10.0.0.2 {\n').errors, [
		{line: 3, text: 'the block that begins here is not closed: a } is missing'},
		{line: 1, text: 'the block that begins here is not closed: a } is missing'},
	]);
	assert.deepEqual(parseCorefile('. {\n errors\n}\n}\n').errors, [{line: 4, text: 'a } that closes nothing'}]);
	assert.deepEqual(parseCorefile('{\n errors\n}\n').errors, [{line: 1, text: 'a server block without a zone'}]);
	assert.deepEqual(parseCorefile('').errors, []);
});

test('no text at all makes it throw or hang', () => {
	const random = seededRandom(11);
	const parts = ['{', '}', '\n', ' ', 'import', '(a)', '.:53', 'forward', '"', '#', 'kubernetes', ',', '\t', '\\', ':99999', 'x://y'];
	for (let run = 0; run < 2000; run++) {
		const text = Array.from({length: random.below(30)}, () => random.pick(parts)).join('');
		assert.ok(parseCorefile(text, {a: text}).blocks.length < 100, text);
	}
});

test('the block with the longest zone answers', () => {
	const corefile = parseCorefile('. {\n errors\n}\ncorp.example {\n errors\n}\neu.corp.example:5300 {\n errors\n}\n');
	assert.equal(blockFor(corefile, 'db.eu.corp.example.')?.line, 4);
	assert.equal(blockFor(corefile, 'xcorp.example')?.line, 1);
});

test('forward targets: addresses with ports, a file of the node, TLS, stub domains', () => {
	const corefile = parseCorefile(
		'. {\n forward . 10.0.0.2 10.0.0.3:5353 tls://9.9.9.9 [2001:db8::1]:53 2001:db8::2\n}\ncorp.example {\n forward . 10.1.1.1\n}\n:53 {\n forward internal.example /etc/resolv.conf\n}\n',
	);
	const forwards = forwardsOf(corefile);
	assert.deepEqual(
		forwards.map(({zone, stub, line}) => `${zone} ${stub} ${line}`),
		['. false 2', 'corp.example true 5', 'internal.example true 8'],
	);
	assert.deepEqual(upstreamAddresses(corefile), ['10.0.0.2:53', '10.0.0.3:5353', '9.9.9.9:853', '[2001:db8::1]:53', '[2001:db8::2]:53', '10.1.1.1:53']);
	assert.deepEqual(forwards[2]?.targets, [{kind: 'file', text: '/etc/resolv.conf', port: 53, tls: false}]);
});
