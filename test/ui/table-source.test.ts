import assert from 'node:assert/strict';
import {test} from 'node:test';
import {resourceKinds} from '../../source/resources/index.ts';
import {tableColumns} from '../../source/ui/table-source.ts';
import {openApp} from '../tools/open-app.ts';

const pods = {selection: {targets: [{kind: 'pods'}]}};

test('columns: the namespace first where all are shown, wide ones on demand, or those the user chose', () => {
	const kind = resourceKinds.find(({plural}) => plural === 'pods');
	assert.ok(kind);
	const ids = (options: Parameters<typeof tableColumns>[1]): readonly string[] => tableColumns(kind, options).map(({id}) => id);
	const usual = ids({allNamespaces: false, wide: false});
	assert.deepEqual(ids({allNamespaces: true, wide: false}), ['namespace', ...usual]);
	assert.ok(ids({allNamespaces: false, wide: true}).length > usual.length);
	assert.deepEqual(ids({allNamespaces: false, wide: false, chosen: ['status', 'nothing', 'name']}), ['status', 'name']);
	assert.deepEqual(ids({allNamespaces: false, wide: false, chosen: ['nothing']}), usual);
});

test('settings give columns and order of a kind', async () => {
	await using app = await openApp({
		...pods,
		scenario: 'oom-eviction',
		settings: {columns: {pods: ['name', 'restarts']}, sorts: {pods: {by: 'restarts', descending: true}}},
	});
	const [, , head, first] = app.screen.lines();
	assert.match(head ?? '', /^ +NAME +RESTARTSv$/);
	assert.match(first ?? '', /payments-0 +400/);
});

test('a wrong filter from the command line says so and shows all', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}], filter: 'restarts>5x'}});
	assert.match(app.text(), /Pods\(shop\) +18 /);
});

test('rows without a value for the column that the filter compares are counted', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'services'}]}});
	await app.press('/endpoints<lt>1<enter>');
	assert.match(app.text(), /1 without endpoints/);
});

test('a mistyped column that passes for a label is said, with the column of a near name', async () => {
	await using app = await openApp({selection: {targets: [{kind: 'pods'}]}});
	await app.press('/statsu!=Running');
	assert.match(app.text(), /\^ There is no column statsu, and no row has that label\. Try status/);
	await app.press('<enter>');
	assert.equal(app.state().prompt, undefined, 'it may be what was meant: Enter keeps it');
	assert.match(app.text(), /18 {3}filter statsu!=Running/);
	assert.match(app.text(), /There is no column statsu, and no row has that label\. Try status/);
	await app.press('/<c-u>statsu=Running<enter>');
	assert.match(app.text(), /statsu=Running +0 of 18 match/);
	assert.equal(app.text().match(/There is no column statsu/g)?.length, 2, 'in the place of the rows, and in the status');
	await app.press('/<c-u>app!=web<enter>');
	assert.doesNotMatch(app.text(), /There is no column/);
	await app.press('/<c-u>label:statsu!=x<enter>');
	assert.doesNotMatch(app.text(), /There is no column/, 'what is written as a label is one');
});

test('who may is asked once for a denied list', async () => {
	await using app = await openApp({as: 'nobody', selection: {targets: [{kind: 'secrets'}]}});
	assert.match(app.text(), /You may not list secrets in namespace shop/);
	const questions = (): number => app.server.requests.all().filter(({path}) => path.includes('rolebindings')).length;
	const asked = questions();
	await app.press('j');
	await app.pass(1000);
	assert.equal(questions(), asked);
});

test('a kind that nobody serves any more says that it is gone', async () => {
	await using app = await openApp();
	await app.press(':backups -A<enter>');
	assert.match(app.text(), /media-nightly/);
	app.server.cluster.delete('customresourcedefinitions.apiextensions.k8s.io', undefined, 'backups.backup.example.test', 0);
	await app.pass(40_000);
	assert.doesNotMatch(app.text(), /media-nightly/);
	assert.match(app.text(), /removed from the server|no longer|gone/);
});
