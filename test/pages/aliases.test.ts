import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import {aliasesPage} from '../../source/pages/aliases.ts';
import {types} from './other-fixture.ts';
import {assertFits, setting, textOf} from './page-fixture.ts';

const small = setting(80, 24);

test('aliases: kinds that can be listed, with their short names; removed ones say so', () => {
	const page = aliasesPage(types, {type: 'aliases', top: 0}, small);
	assert.deepEqual(textOf(page), [
		' ------------------------------------------------------------------------------',
		'   KIND               SHORT   API                   NAMESPACED  VERBS',
		'   deployments        deploy  apps/v1               yes         get list watch',
		'   nodes              no      v1                    no          get list watch',
		'   pods               po      v1                    yes         get list watch',
		' ? widgets (removed)  -       example.com/v1alpha1  yes         get list watch',
	]);
	const [opened] = page.lines[0]?.enter ?? [];
	assert.ok(opened?.type === 'go' && opened.screen.type === 'table');
	assert.equal(opened.screen.kind, 'deployments.apps');
	assert.equal(plain(aliasesPage(types, {type: 'aliases', top: 0, search: 'po'}, small).head), '1 of 4 kinds');
});

test('verbs: the reading ones first, the others only counted where they would crowd the names', () => {
	const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
	const [type] = types;
	assert.ok(type);
	const long = {...type, group: 'admissionregistration.k8s.io', plural: 'validatingadmissionpolicies', shortNames: [], verbs};
	const row = (columns: number) => textOf(aliasesPage([long], {type: 'aliases', top: 0}, setting(columns, 24)))[2];
	assert.equal(row(80), '   validatingadmissionpolicies  -      ~egistration.k8s.io/v1  get list watch +5');
	assert.match(row(200) ?? '', /get list watch create delete deletecollection patch update$/);
	const none = aliasesPage([{...long, verbs: ['list']}], {type: 'aliases', top: 0}, small);
	assert.match(textOf(none)[2] ?? '', / list$/);
});

test('a column without room is counted where it can be seen, however far the kinds go on', () => {
	const [type] = types;
	assert.ok(type);
	const many = Array.from({length: 40}, (_, index) => ({
		...type,
		group: 'admissionregistration.k8s.io',
		plural: `validatingadmissionpolicies${index}`,
		verbs: ['get', 'list', 'watch', 'delete'],
	}));
	const page = aliasesPage(many, {type: 'aliases', top: 0}, small);
	assert.deepEqual(page.foot?.map(plain), ['   hidden at this width: NAMESPACED']);
	assert.equal(page.lines.length, 40, 'and does not scroll away with them');
	const few = aliasesPage(many.slice(0, 3), {type: 'aliases', top: 0}, small);
	assert.deepEqual([textOf(few).at(-1), few.foot], ['   hidden at this width: NAMESPACED', undefined], 'under them where there is room');
});

test('every line fits every size', () => assertFits(at => aliasesPage(types, {type: 'aliases', top: 0}, at)));
