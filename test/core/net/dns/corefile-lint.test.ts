import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseCorefile} from '../../../../source/core/net/dns/corefile.ts';
import {lintCorefile, type LintSetting} from '../../../../source/core/net/dns/corefile-lint.ts';
import {usualCorefile} from './dns-fixture.ts';

const setting: LintSetting = {serviceIps: ['10.96.0.10'], version: '1.12.4', probedPorts: [8080, 8181]};

function lints(text: string, more: Partial<LintSetting> = {}): readonly string[] {
	return lintCorefile(parseCorefile(text), {...setting, ...more}).map(({rule, severity, line}) => `${rule} ${severity} ${line}`);
}

test('the Corefile of kubeadm has nothing to be said about', () => {
	assert.deepEqual(lints(usualCorefile), []);
});

test('each of the twelve rules, with its line', () => {
	const cases: ReadonlyArray<readonly [text: string, expected: string, version?: string]> = [
		[usualCorefile.replace('10.0.0.2', '127.0.0.53'), 'a warning 13'],
		[usualCorefile.replace('10.0.0.2', '10.96.0.10'), 'a warning 13'],
		[usualCorefile.replace('forward . 10.0.0.2 {\n        max_concurrent 1000\n    }', 'proxy . 10.0.0.2'), 'b warning 13'],
		[usualCorefile.replace('pods insecure', 'upstream'), 'b warning 8'],
		[usualCorefile.replace('    errors\n', ''), 'c info 1'],
		[usualCorefile.replace('    ready\n', ''), 'd critical 1'],
		[usualCorefile.replace('    health {\n        lameduck 5s\n    }\n', ''), 'd critical 1'],
		[usualCorefile.replace('    cache 30\n', ''), 'e info 1'],
		[usualCorefile.replace('    loop\n', ''), 'f info 1'],
		[usualCorefile.replace('    reload\n', ''), 'g info 1'],
		[usualCorefile.replace('ttl 30', 'ttl 0'), 'h info 10'],
		[usualCorefile.replace('    kubernetes', '    hosts {\n        10.0.0.9 db.corp\n    }\n    kubernetes'), 'i info 7'],
		[usualCorefile.replace('max_concurrent 1000', 'max_fails 0'), 'j info 14'],
		[usualCorefile.replace('pods insecure', 'pods verified'), 'k info 8'],
		[usualCorefile.replace('    errors\n', '    errors\n    log\n'), 'l info 3'],
	];
	for (const [text, expected] of cases) assert.deepEqual(lints(text), [expected]);
});

test('false positives: an old version, probes on other ports, plugins in a file that was not read, hosts with fallthrough', () => {
	assert.deepEqual(lints(usualCorefile.replace('forward . 10.0.0.2 {\n        max_concurrent 1000\n    }', 'proxy . 10.0.0.2'), {version: '1.4.0'}), []);
	assert.deepEqual(lints(usualCorefile.replace('    ready\n', ''), {probedPorts: []}), []);
	assert.deepEqual(lints('. {\n import custom/*.override\n}\n'), []);
	assert.deepEqual(lints(usualCorefile.replace('    kubernetes', '    hosts {\n        fallthrough\n    }\n    kubernetes')), []);
	// CoreDNS itself says which plugins it runs.
	assert.deepEqual(lints(usualCorefile.replace('    ready\n', ''), {running: new Set(['ready'])}), []);
});
