import type {ResourceKind} from '../core/resource-kind.ts';
import {age, labels, name} from '../core/standard-columns.ts';
import type {Column} from '../core/table.ts';

/** A definition is named after what it defines: `certificates.cert-manager.io`. */
const group: Column = {
	id: 'group',
	title: 'GROUP',
	priority: 2,
	cell: ({meta}) => ({type: 'text', text: meta.name.slice(meta.name.indexOf('.') + 1)}),
};

/** Without whole objects: schemas make them very large. */
export const customResourceDefinitions: ResourceKind = {
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	plural: 'customresourcedefinitions',
	aliases: [],
	scope: 'cluster',
	mode: 'metadata',
	columns: [name, group, age, labels],
	sort: {by: 'name'},
};
