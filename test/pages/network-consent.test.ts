import assert from 'node:assert/strict';
import {test} from 'node:test';
import {planDns} from '../../source/core/net/probe/plan-dns.ts';
import type {ProbeWay} from '../../source/core/net/probe/probe-plan.ts';
import {type ConsentQuestion, consentDialog, type WayOffer} from '../../source/pages/network-consent.ts';
import {probes as kinds} from '../../source/probes/index.ts';
import {clusterView} from '../tools/cluster-view.ts';
import {smallCluster} from '../tools/small-cluster.ts';

const view = clusterView(smallCluster());
const offerOf = (way: ProbeWay, more: Partial<WayOffer> = {}): WayOffer => ({plan: planDns({view, from: 'demo/shell-1', way}), rights: {}, ...more});

function ask(picked: ConsentQuestion['picked'], more: Partial<ConsentQuestion> = {}) {
	const offers = {exec: offerOf('exec'), ephemeral: offerOf('ephemeral'), pod: offerOf('pod')};
	return consentDialog({
		picked,
		offers,
		kinds,
		place: {image: 'repo/tools:1', namespace: 'debug'},
		level: 'read',
		context: {name: 'eu', server: 'https://10.0.0.1:6443'},
		isProduction: false,
		leftovers: [],
		...more,
	});
}

test('a way that is open: the mode is raised, then it runs; it may be remembered', () => {
	const {lines, effects, remember, word, choices = []} = ask('exec');
	assert.equal(lines[0], 'DNS from demo/shell-1, on eu (https://10.0.0.1:6443)');
	assert.deepEqual(effects, [
		{type: 'level', level: 'probe'},
		{type: 'page-command', command: 'run'},
	]);
	assert.deepEqual(remember?.effects, [{type: 'page-command', command: 'remember', words: ['exec']}]);
	assert.equal(word, undefined);
	assert.deepEqual(
		choices.map(({title, picked, effects: [effect]}) => [title, picked, effect?.type === 'page-command' && effect.words?.[0]]),
		[
			['passive', false, 'passive'],
			['exec', true, 'exec'],
			['ephemeral', false, 'ephemeral'],
			['pod', false, 'pod'],
		],
	);
	assert.deepEqual(ask('exec', {level: 'probe'}).effects, [{type: 'page-command', command: 'run'}]);
});

test('in production what is made in the cluster asks for the name of the context, every time', () => {
	for (const way of ['ephemeral', 'pod'] as const)
		assert.deepEqual([ask(way, {isProduction: true}).word, ask(way, {isProduction: true}).remember], ['eu', undefined]);
	assert.equal(ask('exec', {isProduction: true}).word, undefined);
});

test('a way that is closed says why and does nothing; one that is open in part says what stays empty', () => {
	const refused = {exec: offerOf('exec', {rights: {refused: 'you may not create pods/exec in demo'}}), ephemeral: offerOf('ephemeral'), pod: offerOf('pod')};
	const closed = ask('exec', {offers: refused});
	assert.equal(closed.lines[1], 'Refused: you may not create pods/exec in demo.');
	assert.deepEqual([closed.effects, closed.confirm, closed.choices?.[1]?.note], [[], 'close', 'not allowed']);
	assert.equal(ask('pod', {offers: refused}).choices?.[1]?.note, 'not allowed', 'seen from every way');
	const partly = {...refused, pod: offerOf('pod', {rights: {partly: ['Namespace debug enforces PodSecurity baseline']}})};
	assert.ok(ask('pod', {offers: partly}).lines.includes('In part only: Namespace debug enforces PodSecurity baseline.'));
	const empty = {...refused, exec: {plan: {title: 'DNS', sources: [], questions: [], notes: ['There is no running pod to ask from.']}, rights: {}}};
	const nothing = ask('exec', {offers: empty});
	assert.deepEqual([nothing.effects, nothing.choices?.[1]?.note], [[], 'nothing to ask']);
	assert.ok(nothing.lines.includes('There is no running pod to ask from.'));
});

test('what happened the last time, what was left, that rights are being asked, and the exporter are said', () => {
	const {rights: _unknown, ...asking} = offerOf('pod');
	const offers = {exec: offerOf('exec'), ephemeral: offerOf('ephemeral'), pod: {...asking, lastFailure: 'ErrImagePull'}};
	const blackbox = {exporter: {namespace: 'mon', service: 'bb', port: 'http'}, questions: [{kind: 'dns', target: '10.96.0.10:53'} as const]};
	const {lines, choices} = ask('pod', {offers, leftovers: ['debug/k8tui-probe-x'], blackbox});
	for (const line of [
		'The last time nothing could be asked in this way: ErrImagePull.',
		'Rights: the server is being asked.',
		'Left by a run before: pod debug/k8tui-probe-x; it ends by itself.',
		'The blackbox exporter mon/bb is asked as well, by the service proxy: dns 10.96.0.10:53.',
	])
		assert.ok(lines.includes(line), line);
	assert.equal(choices?.[3]?.note, 'failed before');
});

test('passive runs nothing; from PROBE it goes back and forgets what was allowed', () => {
	assert.deepEqual(ask('passive').effects, [{type: 'page-command', command: 'forget'}]);
	const back = ask('passive', {level: 'probe'});
	assert.deepEqual(back.effects, [
		{type: 'page-command', command: 'forget'},
		{type: 'level', level: 'read'},
	]);
	assert.match(back.lines.join('\n'), /back from PROBE to READ-ONLY/);
	assert.equal(ask('passive', {level: 'write'}).effects.length, 1, 'a level that was chosen for more stays');
});
