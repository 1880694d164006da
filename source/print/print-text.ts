import type {ServerColumn} from '../core/feed.ts';
import {humanDuration} from '../core/age.ts';
import type {Item, PrintedCell} from '../core/kubernetes.ts';
import {serverCellText, textTable} from '../core/text-table.ts';
import {timestamp} from '../core/timestamp.ts';
import type {Group} from './read-groups.ts';

export type TextOptions = Readonly<{wide: boolean; headers: boolean; allNamespaces: boolean; now: number}>;

/**
 * What `kubectl get` prints for these kinds, byte for byte but for ages: each kind under its own header, a blank line
 * between two, names as `kind.group/name` where there are several kinds, NAMESPACE first with -A. '' when there is no row.
 */
export function kubectlText(groups: readonly Group[], options: TextOptions): string {
	const withKind = new Set(groups.map(group => group.type)).size > 1;
	const firstNamespaced = groups.findIndex(group => group.type.namespaced);
	// kubectl keeps the NAMESPACE column for all kinds behind the first that has one, also for those without namespaces.
	const withNamespace = (group: Group) => options.allNamespaces && firstNamespaced !== -1 && groups.indexOf(group) >= firstNamespaced;
	const blocks = groups
		.filter(group => group.items.length > 0)
		.map(group => `${groupLines(group, {...options, withKind, withNamespace: withNamespace(group)}).join('\n')}\n`);
	return blocks.join(options.headers ? '\n' : '');
}

type Decoration = Readonly<{withKind: boolean; withNamespace: boolean}>;

function groupLines(group: Group, options: TextOptions & Decoration): string[] {
	const {withKind, withNamespace} = options;
	const columns = group.columns.filter(column => options.wide || column.priority === 0);
	const nameColumn = withKind ? columns.find(column => column.format === 'name' && column.type === 'string') : undefined;
	const {group: apiGroup, kind} = group.type;
	const prefix = `${kind.toLowerCase()}${apiGroup === '' ? '' : `.${apiGroup}`}/`;
	const header = [...(withNamespace ? ['NAMESPACE'] : []), ...columns.map(column => column.name.toUpperCase())];
	const rows = group.items.map(item => [
		...(withNamespace ? [item.meta.namespace ?? ''] : []),
		...columns.map(column => (column === nameColumn ? prefix : '') + serverCellText(printedCell(item, column, options.now))),
	]);
	return textTable(options.headers ? [header, ...rows] : rows);
}

/** Where the server printed no Table, the age column holds the time of creation; kubectl prints its age then. */
function printedCell(item: Item, column: ServerColumn, now: number): PrintedCell {
	const cell = item.printed(column.name);
	if (column.type !== 'date' || column.name !== 'Age' || cell !== item.meta.creationTimestamp) return cell;
	const created = timestamp(item.meta.creationTimestamp);
	return created === undefined ? '<unknown>' : humanDuration(now - created);
}

/** kubectl's words for an empty answer. */
export function nothingFound(groups: ReadonlyArray<Pick<Group, 'type'>>, allNamespaces: boolean, namespace: string): string {
	const inNamespace = !allNamespaces && groups.every(group => group.type.namespaced);
	return inNamespace ? `No resources found in ${namespace} namespace.` : 'No resources found';
}
