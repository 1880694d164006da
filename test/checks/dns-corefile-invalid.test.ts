import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dnsCorefileInvalid} from '../../source/checks/dns-corefile-invalid.ts';
import {findings, told, withoutKind} from '../tools/run-check.ts';
import {dnsObjects, logOf, usualCorefile} from '../core/net/dns/dns-fixture.ts';

const refused = "/etc/coredns/Corefile:18 - Error during parsing: Unknown directive 'no_such_plugin'";
const kept = "[ERROR] plugin/reload: Corefile changed but reload failed: Corefile:18 - Error during parsing: Unknown directive 'x'";
const done = '[INFO] Reloading complete';

test('CoreDNS does not start: critical, with its own words', () => {
	const found = findings(dnsCorefileInvalid, dnsObjects({crashing: true}), {
		oneShot: true,
		observations: [logOf(0, [[200, refused]]), logOf(1, [[190, refused]])],
	});
	assert.deepEqual(
		found.map(({severity, confidence, title}) => `${severity} ${confidence} ${title}`),
		[`critical proven CoreDNS refuses its Corefile: ${refused}`],
	);
	assert.ok(found[0]?.evidence.some(({path, value}) => path === 'metadata.resourceVersion' && value === '312'));
});

test('a reload that failed: it goes on with the old one, however long ago that was', () => {
	assert.deepEqual(
		told(dnsCorefileInvalid, dnsObjects(), {
			oneShot: true,
			observations: [
				logOf(0, [
					[9000, done],
					[4000, kept],
				]),
			],
		}),
		[
			"DNS_COREFILE_INVALID warning proven: CoreDNS keeps its old configuration, for it refuses the new Corefile: Corefile:18 - Error during parsing: Unknown directive 'x'",
		],
	);
});

test('history: a later reload went well, a run that ended was followed by a good one', () => {
	assert.deepEqual(
		told(dnsCorefileInvalid, dnsObjects(), {
			observations: [
				logOf(0, [
					[400, kept],
					[300, done],
				]),
			],
		}),
		[],
	);
	assert.deepEqual(told(dnsCorefileInvalid, dnsObjects(), {observations: [logOf(0, [[50, done]], [[100, refused]])]}), []);
});

test('a Corefile that does not parse while no CoreDNS runs is likely the reason; while they run it is not', () => {
	const broken = usualCorefile.replace(/}\n$/, '');
	assert.match(
		told(dnsCorefileInvalid, dnsObjects({corefile: broken, crashing: true}))[0] ?? '',
		/^DNS_COREFILE_INVALID critical likely: .*line 1: the block that begins here is not closed/,
	);
	assert.deepEqual(told(dnsCorefileInvalid, dnsObjects({corefile: broken})), []);
});

test('pods that may not be read are not checked', () => {
	assert.deepEqual(withoutKind(dnsCorefileInvalid, dnsObjects(), 'pods'), ['NOT_CHECKED coverage']);
});
