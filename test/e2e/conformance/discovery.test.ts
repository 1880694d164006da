import assert from 'node:assert/strict';
import {apiVersionOf, collectionPath, type ResourceType} from '../../../source/core/resource-type.ts';
import {type ConformanceCluster, conformanceTest, groupOfTests} from '../../tools/conformance-cluster.ts';
import {createCollectingSink} from '../../tools/collecting-sink.ts';
import {eventually, patienceMs} from '../../tools/eventually.ts';

/** One line of `kubectl api-resources -o wide`. */
type Row = Readonly<{name: string; shortNames: string; apiVersion: string; namespaced: boolean; kind: string; verbs: string; categories: string}>;

const sorted = (values: readonly string[]) => [...values].sort().join();
/** Kinds that another test file defines and removes meanwhile are nobody's answer. */
const isLasting = ({apiVersion}: Row) => !apiVersion.startsWith(groupOfTests);
const byName = (rows: readonly Row[]) => rows.filter(isLasting).toSorted((a, b) => (`${a.name} ${a.apiVersion}` < `${b.name} ${b.apiVersion}` ? -1 : 1));

function rowOf(type: ResourceType): Row {
	return {
		name: type.plural,
		shortNames: sorted(type.shortNames),
		apiVersion: apiVersionOf(type),
		namespaced: type.namespaced,
		kind: type.kind,
		verbs: sorted(type.verbs),
		categories: sorted(type.categories),
	};
}

async function ourRows(cluster: ConformanceCluster): Promise<readonly Row[]> {
	const stop = new AbortController();
	const {types} = await cluster.client.discover(() => undefined, stop.signal);
	stop.abort();
	return byName(types.filter(type => type.preferred).map(rowOf));
}

type ServedResource = Readonly<{name: string; shortNames?: string[]; namespaced: boolean; kind: string; verbs: string[]; categories?: string[]}>;
type ServedGroup = Readonly<{name: string; versions: ReadonlyArray<{groupVersion: string}>; preferredVersion: {groupVersion: string}}>;

/** The same facts by the old requests, one a version, read without any code of the program: the preferred version of each resource. */
async function legacyRows({raw}: ConformanceCluster): Promise<readonly Row[]> {
	// Shapes of APIGroupList and APIResourceList, as asked for.
	const {groups} = (await raw.call('GET', '/apis')).json as {groups: readonly ServedGroup[]};
	const named = groups.map(group => [group.preferredVersion.groupVersion, ...group.versions.map(({groupVersion}) => groupVersion)]);
	const rows: Row[] = [];
	for (const versions of [['v1'], ...named]) {
		const seen = new Set<string>();
		for (const apiVersion of new Set(versions)) {
			const {resources} = (await raw.call('GET', apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`)).json as {resources: readonly ServedResource[]};
			for (const {name, shortNames = [], namespaced, kind, verbs, categories = []} of resources) {
				if (name.includes('/') || seen.has(name)) continue;
				seen.add(name);
				rows.push({name, shortNames: sorted(shortNames), apiVersion, namespaced, kind, verbs: sorted(verbs), categories: sorted(categories)});
			}
		}
	}
	return byName(rows);
}

/** Reads `kubectl api-resources -o wide` by the offsets of its header: cells may be empty. */
function kubectlRows(text: string): readonly Row[] {
	const [header = '', ...lines] = text.split('\n').filter(line => line !== '');
	const starts = [...header.matchAll(/\S+/g)].map(({index}) => index);
	const list = (cell = '') => sorted(cell.split(',').filter(part => part !== ''));
	return byName(
		lines.map(line => {
			const [name = '', shortNames, apiVersion = '', namespaced, kind = '', verbs, categories] = starts.map((start, index) =>
				line.slice(start, starts[index + 1]).trim(),
			);
			return {name, shortNames: list(shortNames), apiVersion, namespaced: namespaced === 'true', kind, verbs: list(verbs), categories: list(categories)};
		}),
	);
}

conformanceTest('T11: every resource with its names, verbs and categories, as the legacy requests have them', async cluster => {
	const ours = await ourRows(cluster);
	assert.ok(ours.length > 40);
	assert.deepEqual(ours, await legacyRows(cluster));
});

conformanceTest('T11: every resource with its names, verbs and categories, as kubectl api-resources', async (cluster, context) => {
	if (cluster.kubectl === undefined) {
		context.skip('there is no kubectl on the PATH (or in KUBECTL)');
		return;
	}
	const {code, out, errors} = await cluster.kubectl(['api-resources', '-o', 'wide', '--cached=false']);
	assert.equal(code, 0, errors);
	assert.deepEqual(await ourRows(cluster), kubectlRows(out));
});

/**
 * It is 3 s where time is the test's own (test/kube/discovery.test.ts). Here server, program and test share a machine that others load too: half the minute
 * after which discovery asks again where it may not watch.
 */
const soonMs = 30_000;

conformanceTest('T14: a new kind is usable soon, and gone soon after its removal', async cluster => {
	const stop = new AbortController();
	let {types} = await cluster.client.discover(changed => {
		({types} = changed);
	}, stop.signal);
	const watchOfDefinitions = () =>
		cluster.client.calls.snapshot().some(call => call.stream && call.path.includes('customresourcedefinitions') && call.status === 200);
	await eventually(watchOfDefinitions, patienceMs, () => 'the definitions are not watched');
	const {definition, plural, group, path} = await cluster.defineKind();
	const find = () => types.find(type => type.plural === plural && type.group === group);
	const type = await eventually(find, soonMs, () => 'discovery does not know the new kind');
	assert.equal(collectionPath(type), path);
	const sink = createCollectingSink();
	void cluster.client.feedOf({type, mode: 'metadata'})(sink, stop.signal);
	await eventually(
		() => sink.state()?.state === 'live',
		soonMs,
		() => JSON.stringify(sink.states),
	);
	await cluster.remove(definition);
	await eventually(
		() => sink.state()?.state === 'gone',
		soonMs,
		() => JSON.stringify(sink.states),
	);
	await eventually(
		() => find() === undefined,
		soonMs,
		() => 'discovery still knows the removed kind',
	);
	stop.abort();
});
