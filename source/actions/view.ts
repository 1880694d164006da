import type {Action} from '../core/action.ts';
import {namespaceFor, tableOf, tableScreen} from '../core/targets.ts';

const nextTimes = {age: 'utc', utc: 'local', local: 'age'} as const;

/** `z`: how the view is shown (screens.md M13). */
export const viewActions: readonly Action[] = [
	{
		id: 'view.wide',
		title: 'wide columns',
		on: ['table'],
		keys: ['z w', 'ctrl-w'],
		group: 'view',
		run: ({frame}) => [{type: 'change', screen: {type: 'table', wide: !(tableOf(frame)?.screen.wide ?? false)}}],
	},
	{
		id: 'view.faults',
		title: 'faults only',
		on: ['table'],
		keys: ['!', 'z f'],
		group: 'view',
		run: ({frame}) => [{type: 'change', screen: {type: 'table', faultsOnly: !(tableOf(frame)?.screen.faultsOnly ?? false)}}],
	},
	{
		id: 'view.times',
		title: 'ages, UTC or local time',
		on: ['any'],
		keys: ['z t'],
		group: 'view',
		run: ({frame}) => [{type: 'switch', to: {times: nextTimes[frame.state.times]}}],
	},
	{
		id: 'view.split',
		title: 'preview beside the table',
		on: ['table'],
		keys: ['z s'],
		group: 'view',
		disabled: ({frame}) => (frame.viewport.columns < 100 ? `The preview needs 100 columns; this terminal has ${frame.viewport.columns}` : undefined),
		run: ({frame}) => [{type: 'switch', to: {split: !(frame.state.split ?? frame.viewport.columns >= 140)}}],
	},
	{id: 'view.header', title: 'header', on: ['any'], keys: ['z h'], group: 'view', run: ({frame}) => [{type: 'switch', to: {header: !frame.state.header}}]},
	{
		id: 'view.motion',
		title: 'less motion',
		on: ['any'],
		keys: ['z v'],
		group: 'view',
		run: ({frame}) => [
			{type: 'switch', to: {motion: !frame.state.motion}},
			{type: 'notice', tone: 'muted', text: frame.state.motion ? 'Motion is off: no flash, no spinner' : 'Motion is on'},
		],
	},
	{
		id: 'view.replicasets',
		title: 'ReplicaSets',
		on: ['any'],
		keys: ['z r'],
		group: 'view',
		run: ({frame, catalogue}) => {
			const type = catalogue.find('replicasets.apps');
			return type ? [{type: 'open', screen: tableScreen('replicasets.apps', namespaceFor(type, frame.state.namespace))}] : [];
		},
	},
	{
		id: 'view.pin',
		title: 'pin as tab',
		on: ['any'],
		keys: ['z p'],
		group: 'view',
		disabled: ({frame}) => (frame.state.pins.length >= 9 ? 'Nine tabs are pinned; that is all g 1-9 can reach' : undefined),
		run: ({frame}) => [{type: 'pin'}, {type: 'notice', tone: 'ok', text: `Pinned: g ${frame.state.pins.length + 1} comes back here`}],
	},
	{
		id: 'view.clear',
		title: 'clear filter',
		on: ['table'],
		keys: ['z /'],
		group: 'view',
		run: () => [{type: 'change', screen: {type: 'table', filter: '', faultsOnly: false}}],
	},
];
