import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readArguments} from '../../source/core/arguments.ts';
import {commandLineOf} from '../../source/core/command-line-of.ts';
import {spellOut} from '../../source/core/spell-out.ts';
import {objectScreen, tableScreen} from '../../source/core/targets.ts';
import {parseFlags} from '../../source/parse-flags.ts';
import {pageFrame, tableFrame} from '../tools/frames.ts';

test('a view is a command line', () => {
	assert.equal(commandLineOf(tableFrame()), 'k8tui pods -n shop --context prod-eu1');
	assert.equal(commandLineOf(tableFrame({of: 'nodes'})), 'k8tui nodes --context prod-eu1');
	assert.equal(commandLineOf(pageFrame()), 'k8tui --context prod-eu1');
	assert.equal(commandLineOf(pageFrame({screen: {type: 'contexts', top: 0}})), 'k8tui contexts --context prod-eu1');
	const pod = objectScreen('pods', {apiVersion: 'v1', kind: 'Pod', name: 'web-1', namespace: 'shop'});
	assert.equal(commandLineOf(pageFrame({screen: pod})), 'k8tui pods web-1 -n shop --context prod-eu1');
});

test('all namespaces, selectors, filter and order are in it, quoted for a shell', () => {
	const frame = tableFrame({
		screen: {labelSelector: 'app in (a,b)', fieldSelector: 'spec.nodeName=n1', filter: "status!=Completed it's", sort: {by: 'restarts', descending: true}},
	});
	assert.equal(
		commandLineOf(frame),
		"k8tui pods -n shop -l 'app in (a,b)' --field-selector spec.nodeName=n1 --filter 'status!=Completed it'\\''s' --sort=-restarts --context prod-eu1",
	);
	const everywhere = tableFrame({state: {stack: [{type: 'overview', top: 0}, tableScreen('pods')]}});
	assert.equal(commandLineOf(everywhere), 'k8tui pods -A --context prod-eu1');
});

test('the demo is opened again with its story', () => {
	const frame = tableFrame();
	const demo = {...frame, head: {...frame.head, context: {...frame.head.context, name: 'demo', demo: true}, demoStory: 'oom-eviction'}};
	assert.equal(commandLineOf(demo), 'k8tui pods -n shop --demo oom-eviction');
});

/** The words of a line as a POSIX shell would hand them over. */
function shellWords(line: string): readonly string[] {
	return Array.from(line.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/g), ([word]) =>
		word.replaceAll(/'([^']*)'|\\(.)/g, (_all, quoted: string | undefined, escaped: string | undefined) => quoted ?? escaped ?? ''),
	);
}

test('pasted into a shell it asks for the same view again', () => {
	const filters = ['web', "it's", 'a "b" c', '$HOME `id`', 'status!=Running restarts>5', '/^web-\\d/', '-x', '\\', '*'];
	for (const filter of filters) {
		const argv = shellWords(commandLineOf(tableFrame({screen: {filter, labelSelector: 'app=web', sort: {by: 'age', descending: true}}}))).slice(1);
		const spelled = spellOut(argv);
		assert.ok(spelled.ok, filter);
		const read = readArguments(parseFlags(spelled.argv), argv, {hasTerminal: true, isDumb: false});
		assert.ok(read.ok && read.invocation.mode === 'screen', filter);
		assert.deepEqual(
			read.invocation.selection,
			{targets: [{kind: 'pods'}], allNamespaces: false, labelSelector: 'app=web', filter, sort: {by: 'age', descending: true}},
			filter,
		);
		assert.deepEqual([read.invocation.connection.context, read.invocation.connection.namespace], ['prod-eu1', 'shop']);
	}
});
