import {volumeAttachments} from '../../source/resources/volume-attachments.ts';
import {testKind} from '../tools/kind-cases.ts';

const failed = (which: string) => ({status: {[which]: {message: 'disk not found', time: '2026-11-21T14:00:00Z'}}});

testKind(volumeAttachments, {
	fixture: 'attaching',
	shows: {name: 'csi-1', attacher: 'csi.example.test', pv: 'pv-1', node: 'n1', attached: 'false', status: 'Attaching', age: '60m'},
	cases: [
		{name: 'attaching', tone: 'progressing'},
		{name: 'attached', cells: {Attached: true}, tone: 'ok', shows: {status: 'Attached'}},
		{name: 'could not be attached', object: failed('attachError'), tone: 'error', why: 'disk not found', shows: {status: 'Attach failed'}},
		{name: 'could not be detached', object: failed('detachError'), tone: 'error', why: 'disk not found', shows: {status: 'Detach failed'}},
	],
});
