import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Root} from '../../../source/core/diagnose/rank.ts';
import {verdictOf, type VerdictQuestion} from '../../../source/core/diagnose/verdict.ts';
import type {Finding} from '../../../source/core/finding.ts';
import type {ProbeCell} from '../../../source/core/net/cell.ts';
import {fault} from '../../../source/core/net/fault.ts';
import {verdictCode, verdictMark} from '../../../source/core/net/net-words.ts';
import {viewNow} from '../../tools/cluster-view.ts';

const subject = {apiVersion: 'v1', kind: 'Service', namespace: 'kube-system', name: 'kube-dns'};

function root(rest: Partial<Finding> = {}): Root {
	const finding: Finding = {...fault({id: 'DNS_LOOP', family: 'DNS', severity: 'critical', confidence: 'proven', subject, title: 'a loop'}), ...rest};
	return {finding, explains: [], score: 0};
}

function cell(rest: Partial<ProbeCell> = {}): ProbeCell {
	return {
		row: 'R2',
		from: {role: 'A', namespace: 'shop', pod: 'cart', container: 'main', node: 'n1', podIp: '10.244.1.20', hasDns: false},
		to: {kind: 'dns-service', title: 'kube-dns', address: '10.96.0.10', port: 53},
		protocol: 'udp',
		transport: 'ok',
		answer: 'NOERROR',
		tried: 3,
		failed: 0,
		tool: 'dig',
		detail: '',
		at: viewNow,
		...rest,
	};
}

function verdict(roots: readonly Root[], rest: Partial<VerdictQuestion> = {}) {
	const found = verdictOf(roots, {about: 'DNS', subject, probed: false, cells: [], ...rest});
	return [found.id, found.severity, verdictCode(found), verdictMark(found)];
}

test('a fault of some weight is the verdict; info, practice and coverage never are', () => {
	assert.deepEqual(verdict([root()]), ['DNS_LOOP', 'critical', 2, 'X']);
	assert.deepEqual(verdict([root({severity: 'warning'})]), ['DNS_LOOP', 'warning', 1, '!']);
	for (const rest of [{severity: 'info'}, {class: 'practice'}, {class: 'coverage'}] as const) assert.equal(verdict([root(rest)])[0], 'NET_NOT_PROBED');
});

test('nothing found: not probed is no plus, probed and well is', () => {
	assert.deepEqual(verdict([]), ['NET_NOT_PROBED', 'none', 0, '.']);
	assert.deepEqual(verdict([], {probed: true, cells: [cell(), cell()]}), ['NET_NO_FAULT_REPRODUCED', 'none', 0, '+']);
});

test('NXDOMAIN arrived; controls that fail as they must are no failure', () => {
	const cells = [cell({answer: 'NXDOMAIN', row: 'R8'}), cell(), cell({row: 'R16', transport: 'refused', failed: 1, tried: 1})];
	assert.equal(verdict([], {probed: true, cells})[0], 'NET_NO_FAULT_REPRODUCED');
});

test('too few cells that say anything, or a failure that no rule explains: undecided, with what happened', () => {
	assert.deepEqual(verdict([], {probed: true, cells: [cell(), cell({transport: 'tool-missing', detail: 'no tool'})]}), [
		'NET_INCONCLUSIVE',
		'undecided',
		3,
		'?',
	]);
	const failed = verdictOf([], {about: 'DNS', subject, probed: true, cells: [cell(), cell(), cell({transport: 'timeout', failed: 3})]});
	assert.match(failed.title, /shop\/cart to kube-dns timeout, and no rule tells why/);
});

test('a fault that is only possible gives way to probes that are answered', () => {
	const possible = root({confidence: 'possible'});
	assert.equal(verdict([possible], {probed: true, cells: [cell(), cell()]})[0], 'NET_NO_FAULT_REPRODUCED');
	assert.equal(verdict([possible])[0], 'DNS_LOOP');
});

test('a path: complete, not readable in part, probed by one cell alone', () => {
	assert.equal(verdict([], {path: 'complete'})[0], 'PATH_OK');
	assert.deepEqual(verdict([], {path: 'unknown'}), ['NET_INCONCLUSIVE', 'undecided', 3, '?']);
	const one = verdictOf([], {about: 'pod/web', subject, probed: true, cells: [cell({row: 'R11'})], path: 'complete'});
	assert.deepEqual([one.id, one.confidence], ['PATH_OK', 'proven']);
});
